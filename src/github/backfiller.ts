// The engine that reads repositories: one at a time of each installation, put off while little is left of GitHub's hour, and given up where
// GitHub does not let us.

import { putOffAfter } from "../effects/park.ts";
import { createLanes, type Lane, type Loop } from "../work/lanes.ts";
import { putOffUntil, readOne } from "./backfill.ts";
import { type BackfillRow, type ClaimedBackfill, claimBackfill, saveBackfill } from "./backfill-store.ts";
import type { Reacting } from "./handled.ts";

const POLL_MILLIS = 5000;
const LANES = 8;
const ATTEMPTS = 10;
/** The same while it is GitHub that fails: with an hour between them, about a day. */
const ATTEMPTS_AT_GITHUB = 32;

export function createBackfiller(parts: Reacting): Loop {
  const { database, github, log, now } = parts;

  async function claim({ busy, room }: { readonly busy: readonly number[]; readonly room: number }) {
    const lanes: Lane[] = [];
    while (lanes.length < room) {
      const row = await claimBackfill(database, now(), [...busy, ...lanes.map(({ id }) => id)]);
      if (row === undefined) break;
      lanes.push({ id: row.installation_id, work: () => read(row) });
    }
    return lanes;
  }

  async function read({ installation_id, ...row }: ClaimedBackfill): Promise<void> {
    const untilAt = github.readsWaitUntil(installation_id);
    if (untilAt !== null) {
      await saveBackfill(database.db, row, putOffUntil(untilAt));
      return;
    }
    try {
      await readOne(parts, row);
    } catch (error) {
      await putOff(row, error);
    }
  }

  async function putOff(row: BackfillRow, error: unknown): Promise<void> {
    const failed = { of: { repositoryId: row.repository_id }, error, attempts: row.attempts, now: now() };
    const { fault, runAfter, attempts } = await putOffAfter(database, failed);
    const isFinal = fault.kind === "gone" || fault.kind === "permission" || fault.kind === "invalid";
    const isOver = isFinal || attempts >= (fault.kind === "passing" ? ATTEMPTS_AT_GITHUB : ATTEMPTS);
    log.warn(
      { repository: row.repository_id, kind: row.kind, fault: fault.kind, because: fault.because },
      isOver ? "reading a repository failed" : "reading a repository put off",
    );
    await saveBackfill(database.db, row, {
      state: isOver ? "failed" : "pending",
      run_after: runAfter,
      attempts,
      error: fault.because.slice(0, 500),
      claimed_until: null,
    });
  }

  return createLanes({
    database,
    log,
    topic: "backfills",
    pollMillis: POLL_MILLIS,
    claim,
    lanes: LANES,
  });
}
