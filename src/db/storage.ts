// Whether the place where the data lies takes writes: a disk can be full, a file read-only or damaged. Apart from what each worker does about
// its own failure, because it is said once, by whoever meets it first, and because `/readyz` has to know.

export type Trouble = "full" | "read-only" | "damaged";

export type StorageNews =
  | { readonly kind: "trouble"; readonly trouble: Trouble; readonly faults: number }
  | { readonly kind: "over"; readonly seconds: number };

export type Storage = {
  /** Notes what failed; what is no fault of the storage's is left to whoever noted it. */
  readonly noteFault: (error: unknown) => void;
  /** Something was written. */
  readonly noteWritten: () => void;
  /** What is wrong now, found out by a small write unless one went through just before. Rejects for what is no trouble of the storage's. */
  readonly check: () => Promise<Trouble | null>;
  readonly onNews: (listener: (news: StorageNews) => void) => void;
  readonly close: () => void;
};

type Parts = {
  /** Writes a little; resolves where that works. */
  readonly probe: () => Promise<unknown>;
  /** How long one write vouches for the next; else ten seconds. */
  readonly freshMillis?: number;
};

const FRESH_MILLIS = 10_000;
/** While there is trouble it is looked after, so that its end is noticed where nobody else writes. */
const LOOK_MILLIS = 2000;
/** How often the same trouble is told of. */
const TELL_MILLIS = 5 * 60_000;

/** Makes the watch over one database's storage. */
export function createStorage({ probe, freshMillis = FRESH_MILLIS }: Parts): Storage {
  let trouble: Trouble | null = null;
  let since = 0;
  let faults = 0;
  let writtenAt = Number.NEGATIVE_INFINITY;
  let told: { readonly trouble: Trouble; readonly at: number } | null = null;
  let isEndDue = false;
  let timer: NodeJS.Timeout | null = null;
  const listeners: Array<(news: StorageNews) => void> = [];
  const tell = (news: StorageNews) => {
    for (const listener of listeners) listener(news);
  };

  const look = () => {
    timer = null;
    check()
      .catch(() => undefined)
      .finally(() => {
        if (trouble !== null) lookLater();
      });
  };
  const lookLater = () => {
    timer ??= setTimeout(look, LOOK_MILLIS).unref();
  };

  const noteFault = (error: unknown) => {
    const found = troubleIn(error);
    if (found === null) return;
    const at = performance.now();
    if (trouble === null) since = at;
    trouble = found;
    faults += 1;
    lookLater();
    // Near the limit small writes go through and large ones do not: that is one trouble, and not one each time.
    if (told?.trouble === found && at - told.at < TELL_MILLIS) return;
    told = { trouble: found, at };
    isEndDue = true;
    tell({ kind: "trouble", trouble: found, faults });
  };

  const noteWritten = () => {
    writtenAt = performance.now();
    if (trouble === null) return;
    trouble = null;
    faults = 0;
    if (!isEndDue) return;
    isEndDue = false;
    tell({ kind: "over", seconds: Math.round((writtenAt - since) / 1000) });
  };

  const check = async (): Promise<Trouble | null> => {
    if (trouble === null && performance.now() - writtenAt < freshMillis) return null;
    try {
      await probe();
      noteWritten();
    } catch (error) {
      noteFault(error);
      if (troubleIn(error) === null) throw error;
    }
    return trouble;
  };

  return {
    noteFault,
    noteWritten,
    check,
    onNews: (listener) => {
      listeners.push(listener);
    },
    close: () => {
      if (timer !== null) clearTimeout(timer);
    },
  };
}

/** What to do about it, in one line: for the log, `/readyz` and whoever starts a server. */
export function troubleText(trouble: Trouble): string {
  switch (trouble) {
    case "full":
      return "the database's disk is full: make room there, it goes on by itself; until then deliveries are answered with 503";
    case "read-only":
      return "the database cannot be written: let this user write to its file and folder, on a disk that is not mounted read-only";
    case "damaged":
      return "the database's file cannot be read or written: look after the disk, and put back a backup where the file is damaged";
  }
}

/** By https://www.sqlite.org/rescode.html; the primary code is the lowest byte. */
const SQLITE: Readonly<Record<number, Trouble>> = {
  8: "read-only",
  10: "damaged",
  11: "damaged",
  13: "full",
  14: "read-only",
  26: "damaged",
};
/** The file beside the database that connections share could not grow. */
const SQLITE_IOERR_SHMSIZE = 4874;
/** By https://www.postgresql.org/docs/current/errcodes-appendix.html. */
const POSTGRES: Readonly<Record<string, Trouble>> = { "53100": "full", "25006": "read-only" };
const DEEPEST = 6;

/** What of the database's storage is behind a fault; null where it is something else. A fault at GitHub or a mail server is none. */
export function troubleIn(error: unknown, depth = 0): Trouble | null {
  if (!(error instanceof Error) || depth > DEEPEST) return null;
  const own = ownTrouble(error);
  if (own !== null) return own;
  const causes: readonly unknown[] = error instanceof AggregateError ? [...error.errors, error.cause] : [error.cause];
  for (const cause of causes) {
    const found = troubleIn(cause, depth + 1);
    if (found !== null) return found;
  }
  return null;
}

function ownTrouble(error: Error): Trouble | null {
  if ("errcode" in error && typeof error.errcode === "number") {
    return error.errcode === SQLITE_IOERR_SHMSIZE ? "full" : (SQLITE[error.errcode & 0xff] ?? null);
  }
  if ("severity" in error && "code" in error && typeof error.code === "string") {
    return POSTGRES[error.code] ?? null;
  }
  return null;
}
