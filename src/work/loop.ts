// A loop that works off due rows, one pass at a time: woken by hints, polling behind them, so that a lost hint costs time and nothing else.
// Apart, because every engine that has no lanes turns in the same way.
import type { Database, Topic } from "../db/database.ts";
import type { Log } from "../log.ts";

export type Loop = {
  /** Works until nothing is due now; answers how much was done. */
  readonly runUntilIdle: () => Promise<number>;
  readonly start: () => void;
  /** Begins nothing more and waits for what is in hand. */
  readonly stop: () => Promise<void>;
  /** A long pass ends early once it is told to. */
  readonly isStopped: () => boolean;
};

type Parts = {
  readonly database: Pick<Database, "onHint">;
  readonly log: Pick<Log, "error">;
  readonly topic: Topic;
  readonly pollMillis: number;
  /** Does what is due and answers how much that was; it is asked again until that is nothing. */
  readonly pass: () => Promise<number>;
  /** How long to sleep at most, where something falls due before the next poll. */
  readonly sleepMillis?: () => Promise<number>;
  /** What to log when a pass fails. */
  readonly failure: string;
};

/** Makes a loop at rest. */
export function createLoop({ database, log, topic, pollMillis, pass, sleepMillis, failure }: Parts): Loop {
  let running: Promise<number> | null = null;
  let isWanted = false;
  let isTurning = false;
  let isStopped = false;
  let timer: NodeJS.Timeout | null = null;
  let unsubscribe = (): void => undefined;

  async function run(): Promise<number> {
    let done = 0;
    try {
      while (isWanted && !isStopped) {
        isWanted = false;
        const now = await pass();
        done += now;
        if (now > 0) isWanted = true;
      }
    } finally {
      // In the same turn as the last look at `isWanted`, so that no wish falls between.
      running = null;
    }
    return done;
  }

  const runUntilIdle = (): Promise<number> => {
    isWanted = true;
    running ??= run();
    return running;
  };

  /** However many hints come while it turns, they are one more pass and one look at when to turn again. */
  async function turnWhileWanted(): Promise<void> {
    let sleep = pollMillis;
    while (isWanted && !isStopped) {
      await runUntilIdle().catch((error: unknown) => log.error({ err: error }, failure));
      if (sleepMillis !== undefined) sleep = await sleepMillis().catch(() => pollMillis);
    }
    isTurning = false;
    if (!isStopped) timer = setTimeout(turn, Math.min(sleep, pollMillis));
  }

  const turn = (): void => {
    isWanted = true;
    if (isTurning) return;
    isTurning = true;
    if (timer !== null) clearTimeout(timer);
    void turnWhileWanted();
  };

  return {
    runUntilIdle,
    start: () => {
      unsubscribe = database.onHint((hinted) => {
        if (hinted === topic) turn();
      });
      turn();
    },
    stop: async () => {
      isStopped = true;
      unsubscribe();
      if (timer !== null) clearTimeout(timer);
      await running?.catch(() => undefined);
    },
    isStopped: () => isStopped,
  };
}
