// Which delivery in hand is worked on next, so that an installation for which GitHub is slow to answer takes nobody else's place. Apart from
// the inbox, which knows the database; here are only places.

/**
 * `installationId` null: whose it is is not known, and nobody waits long with it. `isSuspect`: it is worked on alone, since it may end the
 * process, and others with it.
 */
export type Waiting = { readonly id: string; readonly installationId: number | null; readonly isSuspect: boolean };

export type TurnLimits = {
  /** Worked on at once, those aside that wait long for GitHub. */
  readonly concurrency: number;
  /** Whoever works for longer than this waits for GitHub, and gives the place to the next. */
  readonly slowMillis: number;
  /** So many of one installation wait long at once; more of its deliveries are not begun. */
  readonly slowAnInstallation: number;
  /** So many of all installations. */
  readonly slowInAll: number;
};

export type Turns<Item extends Waiting> = {
  readonly add: (items: readonly Item[]) => void;
  /** Begins what there is a place for. */
  readonly launch: () => void;
  /** Takes out what is not begun because its installation has too many that wait long, or all of it. */
  readonly takeBlocked: () => readonly Item[];
  readonly takeAll: () => readonly Item[];
  /** Installations of which nothing more is begun now. */
  readonly blocked: () => readonly number[];
  /** How many that are being worked on wait long. */
  readonly slow: () => number;
  /** Whether a suspect waits or is worked on. */
  readonly hasSuspect: () => boolean;
};

/** `work` never rejects; `onPlace` hears when there may be room for more. */
export function createTurns<Item extends Waiting>(
  limits: TurnLimits,
  { work, onPlace }: { readonly work: (item: Item) => Promise<void>; readonly onPlace: () => void },
): Turns<Item> {
  let waiting: Item[] = [];
  let working = 0;
  let suspect: Item | null = null;
  const slow = new Map<string, number | null>();

  const isBlocked = ({ installationId }: Pick<Item, "installationId">): boolean =>
    installationId !== null &&
    [...slow.values()].filter((id) => id === installationId).length >= limits.slowAnInstallation;

  const begin = (item: Item): void => {
    working += 1;
    if (item.isSuspect) suspect = item;
    const leave = () => {
      if (suspect === item) suspect = null;
    };
    const timer = setTimeout(() => {
      if (slow.size >= limits.slowInAll) return;
      slow.set(item.id, item.installationId);
      working -= 1;
      // Who waits for GitHub ends no process.
      leave();
      onPlace();
    }, limits.slowMillis);
    void work(item).then(() => {
      clearTimeout(timer);
      if (!slow.delete(item.id)) working -= 1;
      leave();
      onPlace();
    });
  };

  const next = (): Item | undefined => {
    if (suspect !== null) return undefined;
    const alone = waiting.find((each) => each.isSuspect && !isBlocked(each));
    if (alone !== undefined) return working === 0 ? alone : undefined;
    return waiting.find((each) => !isBlocked(each));
  };

  return {
    add: (items) => {
      waiting = [...waiting, ...items];
    },
    launch: () => {
      while (working < limits.concurrency) {
        const item = next();
        if (item === undefined) return;
        waiting = waiting.filter((each) => each !== item);
        begin(item);
      }
    },
    takeBlocked: () => {
      const taken = waiting.filter(isBlocked);
      if (taken.length > 0) waiting = waiting.filter((each) => !isBlocked(each));
      return taken;
    },
    takeAll: () => waiting.splice(0),
    blocked: () =>
      [...new Set(slow.values())].filter((id) => id !== null).filter((installationId) => isBlocked({ installationId })),
    slow: () => slow.size,
    hasSuspect: () => suspect !== null || waiting.some((each) => each.isSuspect),
  };
}
