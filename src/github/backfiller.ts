// The engine that reads repositories: one at a time of each installation, put off while little is left of GitHub's hour, and given up where
// GitHub does not let us.

import { troubleIn } from "../db/storage.ts";
import { parkWhereRefused } from "../effects/park.ts";
import { createLanes, type Lane, type Loop } from "../work/lanes.ts";
import { putOffUntil, readOne } from "./backfill.ts";
import { type BackfillRow, type ClaimedBackfill, claimBackfill, saveBackfill } from "./backfill-store.ts";
import { faultOf } from "./faults.ts";
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
    const fault = faultOf(error, now());
    // Being asked to wait is no failure, nor is an installation that is suspended: it is read once it is no longer. Nor is a full disk of ours.
    const isWaiting =
      fault.kind === "rate-limited" || fault.kind === "refused-installation" || troubleIn(error) !== null;
    const attempts = isWaiting ? row.attempts : row.attempts + 1;
    await parkWhereRefused(database, { of: { repositoryId: row.repository_id }, fault, now: now() });
    const isFinal = fault.kind === "gone" || fault.kind === "permission" || fault.kind === "invalid";
    const isOver = isFinal || attempts >= (fault.kind === "passing" ? ATTEMPTS_AT_GITHUB : ATTEMPTS);
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

  return createLanes({
    database,
    log,
    topic: "backfills",
    pollMillis: POLL_MILLIS,
    claim,
    lanes: LANES,
  });
}
