// An engine whose due work is done in lanes side by side, each an owner's or an installation's own: where GitHub is slow to answer for one,
// the others go on. Apart from the pool, which knows rows and leases; a lane is as much as one claim gave it.
import type { Database, Topic } from "../db/database.ts";
import type { Log } from "../log.ts";
import { createPool, type Held, type Pool } from "./pool.ts";

export type Loop = Pick<Pool, "runUntilIdle" | "start" | "stop"> & {
  /** Long work ends early once it is told to. */
  readonly isStopped: () => boolean;
};

/** Work that was claimed for one lane; `id` says whose it is. Where it throws, that one waits for the next poll. */
export type Lane = { readonly id: number; readonly work: () => Promise<unknown> };

type Parts = {
  readonly database: Pick<Database, "onHint">;
  readonly log: Pick<Log, "error" | "warn">;
  readonly topic: Topic;
  readonly pollMillis: number;
  /** Claims what is due in lanes that are not busy, for about `room` of them; it is asked again until there is nothing. */
  readonly claim: (asked: { readonly busy: readonly number[]; readonly room: number }) => Promise<readonly Lane[]>;
  /** How long to sleep at most, where something falls due before the next poll. */
  readonly sleepMillis?: () => Promise<number>;
  readonly lanes?: number;
};

/** Each waits for GitHub most of its time. */
const MOST_LANES = 64;

const busyIn = (held: Held<Lane>): readonly number[] => held.rows().map(({ id }) => id);

/** Makes an engine at rest. */
export function createLanes(parts: Parts): Loop {
  const { database, log, topic, pollMillis, claim, sleepMillis, lanes = MOST_LANES } = parts;
  let isStarted = false;
  let isStopped = false;
  let timer: NodeJS.Timeout | null = null;

  const pool = createPool<Lane>({
    database,
    log,
    topic,
    pollMillis,
    claim: async (held) => {
      let count = 0;
      // Until nothing is left: what one claim did not reach must not wait for a lane to end.
      for (let busy = busyIn(held); busy.length < lanes && !held.isStopped(); busy = busyIn(held)) {
        const claimed = await claim({ busy, room: lanes - busy.length });
        if (claimed.length === 0) break;
        for (const lane of claimed) held.take(lane);
        count += claimed.length;
      }
      await sleep();
      return count;
    },
    finish: async ({ work }) => {
      await work();
    },
  });

  async function sleep(): Promise<void> {
    if (sleepMillis === undefined || !isStarted || isStopped) return;
    const millis = await sleepMillis().catch(() => pollMillis);
    if (timer !== null) clearTimeout(timer);
    // Behind every sleep stands the pool's own poll.
    timer = millis >= pollMillis || isStopped ? null : setTimeout(pool.wake, millis);
  }

  return {
    runUntilIdle: pool.runUntilIdle,
    start: () => {
      isStarted = true;
      pool.start();
    },
    stop: async () => {
      isStopped = true;
      if (timer !== null) clearTimeout(timer);
      await pool.stop();
    },
    isStopped: () => isStopped,
  };
}
