// What falls due by time alone, looked for every minute by one process of however many: contracts, old proposals, what need not be kept any
// longer.
import { randomUUID } from "node:crypto";
import { forgetAccessReadBefore } from "./board/access-store.ts";
import { nameOwners } from "./board/log/owner-store.ts";
import { forgetSessionsOverBefore } from "./board/session-store.ts";
import { sweepReports } from "./cases/report.ts";
import { dropProposalsBefore } from "./cases/store.ts";
import { forgetChoicesExpiredBefore } from "./choices/store.ts";
import { LINK_KEPT_MILLIS } from "./customer-page/link.ts";
import { forgetLinksOverBefore } from "./customer-page/store.ts";
import { sweepCustomers } from "./customers/sweep.ts";
import { sweepDigests } from "./digests/sweep.ts";
import { dropOldWrites } from "./effects/pacing-store.ts";
import { forgetRemoved } from "./erasure/removed.ts";
import { sweepRankedLists } from "./escalations/sweep.ts";
import { dropOldPayloads, forgetOldDeliveries } from "./github/deliveries-store.ts";
import { dropKeysTold, dropOldNoticeBodies } from "./notify/store.ts";
import { dropOldPlaces } from "./patches/limit-store.ts";
import { makeDue } from "./patches/store.ts";
import { tellTurns } from "./patches/turnless-store.ts";
import { createScheduler, type Ran, type Scheduler, type Turn } from "./schedules/scheduler.ts";
import type { TellingWiring } from "./silences/owner-place.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** A little less than the loop takes, or a turn that comes early would be left out. */
const SWEEP_MILLIS = 55_000;

/** A proposal that nobody answers is dropped. */
const PROPOSAL_DAYS = 90;
/** How many rows of an earlier release are mended at a time. */
const MENDED_ROWS = 500;
const PAYLOAD_DAYS = 7;
const DELIVERY_DAYS = 30;
const FAILED_PAYLOAD_DAYS = 30;
const FAILED_DELIVERY_DAYS = 60;
const NOTICE_DAYS = 30;
/** How long a message with a key in it may be told again by hand, after it failed. */
const KEY_DAYS = 7;
/** How long a question's page still tells what was answered, after it can no longer be. */
const CHOICE_DAYS = 90;
/** Longer than any session: whoever comes again is asked for anew. */
const ACCESS_DAYS = 30;

/** The schedule of what falls due to the minute. */
export const SWEEP = "sweep";

export function createSweeper(wiring: TellingWiring, { keepRemovedDays = 30 } = {}): Scheduler {
  const { database, log, now } = wiring;

  /** What falls due, each apart: one that fails, as by a row that nobody can read, keeps none of the others from their turn. */
  const parts: Readonly<Record<string, (at: number) => Promise<number>>> = {
    contracts: () => sweepCustomers(wiring),
    reports: () => sweepReports(wiring),
    digests: () => sweepDigests(wiring),
    lists: () => sweepRankedLists(wiring),
    proposals: dropProposals,
  };

  async function sweep(at: number): Promise<Ran> {
    let done = 0;
    const faults: unknown[] = [];
    for (const [part, run] of Object.entries(parts)) {
      try {
        done += await run(at);
      } catch (error) {
        log.error({ part, err: error }, "a part of the sweep failed");
        faults.push(error);
      }
    }
    return { done, faults };
  }

  async function dropProposals(at: number): Promise<number> {
    const count = await database.transaction(async (tx) => {
      const dropped = await dropProposalsBefore(tx, at - PROPOSAL_DAYS * DAY);
      await makeDue(tx, dropped, at);
      return dropped.length;
    });
    if (count > 0) database.hint("patches");
    return count;
  }

  /** What an earlier release that runs beside this one leaves out: some at a time, and once there is nothing left only every hour. */
  async function mend(at: number): Promise<Ran> {
    const done = await database.transaction(
      async (tx) => (await nameOwners(tx, MENDED_ROWS)) + (await tellTurns(tx, MENDED_ROWS)),
    );
    return done === 0 ? { done } : { done, nextAt: at };
  }

  async function forget(at: number): Promise<Ran> {
    await database.transaction(async (tx) => {
      await dropOldPayloads(tx, { settled: at - PAYLOAD_DAYS * DAY, failed: at - FAILED_PAYLOAD_DAYS * DAY });
      await forgetOldDeliveries(tx, { settled: at - DELIVERY_DAYS * DAY, failed: at - FAILED_DELIVERY_DAYS * DAY });
      await dropOldPlaces(tx, at);
      await dropOldWrites(tx, at - DAY);
      await dropKeysTold(tx, { now: at, overBefore: at - KEY_DAYS * DAY });
      await dropOldNoticeBodies(tx, at - NOTICE_DAYS * DAY);
      await forgetChoicesExpiredBefore(tx, at - CHOICE_DAYS * DAY);
      await forgetSessionsOverBefore(tx, at);
      await forgetAccessReadBefore(tx, at - ACCESS_DAYS * DAY);
      await forgetLinksOverBefore(tx, at - LINK_KEPT_MILLIS);
    });
    return { done: 0 };
  }

  async function forgetOwners(at: number, turn: Turn): Promise<Ran> {
    const { done, isUnfinished } = await forgetRemoved({ database, log, keptDays: keepRemovedDays, now: at, turn });
    return isUnfinished ? { done, nextAt: at } : { done };
  }

  return createScheduler({
    database,
    log,
    now,
    holder: randomUUID(),
    schedules: [
      { name: SWEEP, everyMillis: SWEEP_MILLIS, run: sweep },
      { name: "mending", everyMillis: HOUR, run: mend },
      { name: "forgetting", everyMillis: HOUR, run: forget },
      { name: "forgetting-removed", everyMillis: HOUR, run: forgetOwners },
    ],
  });
}
