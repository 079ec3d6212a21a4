// The engine that reads repositories: claims one at a time, lets it be read, and puts off or gives up what fails.
import { parkRepository } from "../effects/pauses-store.ts";
import { readOne } from "./backfill.ts";
import { faultOf } from "./faults.ts";
import type { Reacting } from "./handled.ts";
import { type BackfillRow, claimBackfill, saveBackfill } from "./installation-store.ts";

export type Backfiller = {
  readonly runUntilIdle: () => Promise<number>;
  readonly start: () => void;
  readonly stop: () => Promise<void>;
};

const POLL_MILLIS = 5000;
const ATTEMPTS = 10;

export function createBackfiller(parts: Reacting): Backfiller {
  const { database, log, now } = parts;
  let running: Promise<number> | null = null;
  let isStopped = false;
  let isWanted = false;
  let timer: NodeJS.Timeout | null = null;
  let unsubscribe = (): void => undefined;

  async function run(): Promise<number> {
    let read = 0;
    try {
      while (isWanted && !isStopped) {
        isWanted = false;
        const row = await claimBackfill(database, now());
        if (row === undefined) continue;
        isWanted = true;
        try {
          await readOne(parts, row);
          read += 1;
        } catch (error) {
          await putOff(row, error);
        }
      }
    } finally {
      // In the same turn as the last look at `isWanted`, so that no wish falls between.
      running = null;
    }
    return read;
  }

  async function putOff(row: BackfillRow, error: unknown): Promise<void> {
    const fault = faultOf(error, now());
    // Being asked to wait is no failure.
    const attempts = fault.kind === "rate-limited" ? row.attempts : row.attempts + 1;
    if (fault.kind === "rate-limited" || fault.kind === "refused-installation") {
      const untilAt = fault.kind === "rate-limited" && fault.isTold ? fault.untilAt : null;
      await parkRepository(database, { repositoryId: row.repository_id, untilAt, because: fault.because, now: now() });
    }
    const isOver = fault.kind === "gone" || fault.kind === "permission" || attempts >= ATTEMPTS;
    log.warn(
      { repository: row.repository_id, kind: row.kind, fault: fault.kind, because: fault.because },
      isOver ? "reading a repository failed" : "reading a repository put off",
    );
    const wait =
      fault.kind === "rate-limited" ? fault.untilAt : now() + Math.min(60_000 * 2 ** row.attempts, 3_600_000);
    await saveBackfill(database.db, row, {
      state: isOver ? "failed" : "pending",
      run_after: wait,
      attempts,
      error: fault.because.slice(0, 500),
      claimed_until: null,
    });
  }

  const runUntilIdle = (): Promise<number> => {
    isWanted = true;
    running ??= run();
    return running;
  };
  const loop = (): void => {
    if (timer !== null) clearTimeout(timer);
    runUntilIdle()
      .catch((error: unknown) => log.error({ err: error }, "reading repositories failed"))
      .finally(() => {
        if (timer !== null) clearTimeout(timer);
        if (!isStopped) timer = setTimeout(loop, POLL_MILLIS);
      });
  };
  return {
    runUntilIdle,
    start: () => {
      unsubscribe = database.onHint((topic) => {
        if (topic === "backfills") loop();
      });
      loop();
    },
    stop: async () => {
      isStopped = true;
      unsubscribe();
      if (timer !== null) clearTimeout(timer);
      await running?.catch(() => undefined);
    },
  };
}
