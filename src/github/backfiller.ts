// The engine that reads repositories: claims one at a time, lets it be read, and puts off or gives up what fails.
import { parkRepository } from "../effects/pauses-store.ts";
import { createLoop, type Loop } from "../work/loop.ts";
import { readOne } from "./backfill.ts";
import { faultOf } from "./faults.ts";
import type { Reacting } from "./handled.ts";
import { type BackfillRow, claimBackfill, saveBackfill } from "./installation-store.ts";

const POLL_MILLIS = 5000;
const ATTEMPTS = 10;

export function createBackfiller(parts: Reacting): Loop {
  const { database, log, now } = parts;

  async function pass(): Promise<number> {
    const row = await claimBackfill(database, now());
    if (row === undefined) return 0;
    try {
      await readOne(parts, row);
    } catch (error) {
      await putOff(row, error);
    }
    return 1;
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

  return createLoop({
    database,
    log,
    topic: "backfills",
    pollMillis: POLL_MILLIS,
    pass,
    failure: "reading repositories failed",
  });
}
