// A pool that works on claimed rows side by side: takes as many as there is room for, renews their claims, and fills up again as each ends.
// Apart from what is claimed and how it is done, because writes to GitHub and private messages go out in the same way.
import type { Database, Topic } from "../db/database.ts";
import type { Log } from "../log.ts";

export type Pool = {
  /** Works until nothing is due now; answers how much was tried. */
  readonly runUntilIdle: () => Promise<number>;
  /** Works whenever there is a hint, and looks every few seconds. */
  readonly start: () => void;
  /** Claims nothing more and waits for what is in hand. */
  readonly stop: () => Promise<void>;
  readonly wake: () => void;
};

type Parts<Row extends { readonly id: number }> = {
  readonly database: Pick<Database, "onHint">;
  readonly log: Pick<Log, "error" | "warn">;
  readonly topic: Topic;
  readonly pollMillis: number;
  readonly renewMillis?: number;
  /** Claims what there is room for beside what is in hand; `take` begins with a row at once. */
  readonly claim: (held: Held<Row>) => Promise<number>;
  /** Does one row to its end. Where it throws, what failed would fail again at once: its row stays in hand until the next poll. */
  readonly finish: (row: Row, held: Held<Row>) => Promise<void>;
  /** Where claims have to be kept alive while their rows are in hand. */
  readonly renew?: (ids: readonly number[]) => Promise<void>;
};

export type Held<Row> = {
  readonly rows: () => readonly Row[];
  readonly take: (row: Row) => void;
  readonly isStopped: () => boolean;
};

/** Makes a pool at rest. */
export function createPool<Row extends { readonly id: number }>(parts: Parts<Row>): Pool {
  const { database, log, topic, pollMillis, claim, finish } = parts;
  const running = new Map<number, { readonly row: Row; readonly end: Promise<void> }>();
  const resting = new Map<number, Row>();
  let isStarted = false;
  let isStopped = false;
  let isWanted = false;
  let filling: Promise<number> | null = null;
  let timers: readonly NodeJS.Timeout[] = [];
  let unsubscribe = (): void => undefined;

  const held: Held<Row> = {
    rows: () => [...[...running.values()].map(({ row }) => row), ...resting.values()],
    take: (row) => {
      const end = finish(row, held).then(
        () => {
          running.delete(row.id);
          wake();
        },
        (error: unknown) => {
          log.error({ err: error }, `${topic} could not be worked on`);
          running.delete(row.id);
          resting.set(row.id, row);
        },
      );
      running.set(row.id, { row, end });
    },
    isStopped: () => isStopped,
  };

  /** One claiming at a time; what is asked for meanwhile is done right after. */
  function fill(): Promise<number> {
    isWanted = true;
    filling ??= claimWhileWanted();
    return filling;
  }

  async function claimWhileWanted(): Promise<number> {
    let claimed = 0;
    try {
      while (isWanted) {
        isWanted = false;
        claimed += isStopped ? 0 : await claim(held);
      }
    } finally {
      // In the same turn as the last look at `isWanted`, so that no wish falls between.
      filling = null;
    }
    return claimed;
  }

  function wake(): void {
    if (!isStarted || isStopped) return;
    fill().catch((error: unknown) => log.error({ err: error }, `${topic} could not be claimed`));
  }

  const poll = (): void => {
    resting.clear();
    wake();
  };

  const renew = (): void => {
    if (running.size === 0) return;
    parts
      .renew?.([...running.keys()])
      .catch((error: unknown) => log.warn({ err: error }, `claims of ${topic} could not be renewed`));
  };

  return {
    wake,
    runUntilIdle: async () => {
      resting.clear();
      let total = 0;
      for (;;) {
        // What ended while we were claiming may have freed its lane after we looked: idle is who claims nothing at rest.
        const isAtRest = running.size === 0;
        const claimed = await fill();
        total += claimed;
        if (isAtRest && claimed === 0 && running.size === 0) return total;
        if (running.size > 0) await Promise.race([...running.values()].map(({ end }) => end));
      }
    },
    start: () => {
      isStarted = true;
      unsubscribe = database.onHint((hinted) => {
        if (hinted === topic) wake();
      });
      timers = [setInterval(poll, pollMillis)];
      if (parts.renewMillis !== undefined) timers = [...timers, setInterval(renew, parts.renewMillis)];
      wake();
    },
    stop: async () => {
      isStopped = true;
      unsubscribe();
      await filling?.catch(() => 0);
      await Promise.all([...running.values()].map(({ end }) => end));
      for (const timer of timers) clearInterval(timer);
    },
  };
}
