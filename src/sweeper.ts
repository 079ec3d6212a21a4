// What falls due by time alone, looked for every minute: contracts, old proposals, what need not be kept any longer.
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
import { sweepRankedLists } from "./escalations/sweep.ts";
import { dropOldPayloads, forgetOldDeliveries } from "./github/deliveries-store.ts";
import { dropKeysTold, dropOldNoticeBodies } from "./notify/store.ts";
import { dropOldPlaces } from "./patches/limit-store.ts";
import { makeDue } from "./patches/store.ts";
import { tellTurns } from "./patches/turnless-store.ts";
import type { TellingWiring } from "./silences/owner-place.ts";

export type Sweeper = {
  readonly runOnce: () => Promise<number>;
  readonly start: () => void;
  readonly stop: () => Promise<void>;
};

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** A proposal that nobody answers is dropped. */
const PROPOSAL_DAYS = 90;
/** How many rows of an earlier release are mended at a time. */
const MENDED_ROWS = 500;
const PAYLOAD_DAYS = 7;
const DELIVERY_DAYS = 30;
const NOTICE_DAYS = 30;
/** How long a message with a key in it may be told again by hand, after it failed. */
const KEY_DAYS = 7;
/** How long a question's page still tells what was answered, after it can no longer be. */
const CHOICE_DAYS = 90;
/** Longer than any session: whoever comes again is asked for anew. */
const ACCESS_DAYS = 30;

export function createSweeper(wiring: TellingWiring): Sweeper {
  const { database, log, now } = wiring;
  let timer: NodeJS.Timeout | null = null;
  let running: Promise<number> | null = null;
  let isStopped = false;
  let cleanedAt = 0;
  let mendedAt = 0;

  /** What falls due, each apart: one that fails, as by a row that nobody can read, keeps none of the others from their turn. */
  const parts: Readonly<Record<string, (at: number) => Promise<number>>> = {
    contracts: () => sweepCustomers(wiring),
    reports: () => sweepReports(wiring),
    digests: () => sweepDigests(wiring),
    lists: () => sweepRankedLists(wiring),
    proposals: dropProposals,
    mending: mend,
    forgetting: forget,
  };

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
  async function mend(at: number): Promise<number> {
    if (at - mendedAt < 60 * MINUTE) return 0;
    const count = await database.transaction(
      async (tx) => (await nameOwners(tx, MENDED_ROWS)) + (await tellTurns(tx, MENDED_ROWS)),
    );
    if (count === 0) mendedAt = at;
    return count;
  }

  async function forget(at: number): Promise<number> {
    if (at - cleanedAt < 60 * MINUTE) return 0;
    await database.transaction(async (tx) => {
      await dropOldPayloads(tx, at - PAYLOAD_DAYS * DAY);
      await forgetOldDeliveries(tx, at - DELIVERY_DAYS * DAY);
      await dropOldPlaces(tx, at);
      await dropOldWrites(tx, at - DAY);
      await dropKeysTold(tx, { now: at, overBefore: at - KEY_DAYS * DAY });
      await dropOldNoticeBodies(tx, at - NOTICE_DAYS * DAY);
      await forgetChoicesExpiredBefore(tx, at - CHOICE_DAYS * DAY);
      await forgetSessionsOverBefore(tx, at);
      await forgetAccessReadBefore(tx, at - ACCESS_DAYS * DAY);
      await forgetLinksOverBefore(tx, at - LINK_KEPT_MILLIS);
    });
    cleanedAt = at;
    return 0;
  }

  async function sweep(): Promise<number> {
    const at = now();
    let count = 0;
    const faults: unknown[] = [];
    for (const [part, run] of Object.entries(parts)) {
      try {
        count += await run(at);
      } catch (error) {
        log.error({ part, err: error }, "a part of the sweep failed");
        faults.push(error);
      }
    }
    if (faults.length > 0) throw new AggregateError(faults, "the sweep failed in part");
    return count;
  }

  const runOnce = (): Promise<number> => {
    running ??= sweep().finally(() => {
      running = null;
    });
    return running;
  };
  const loop = (): void => {
    runOnce()
      // Logged where it failed.
      .catch(() => undefined)
      .finally(() => {
        if (!isStopped) timer = setTimeout(loop, MINUTE);
      });
  };
  return {
    runOnce,
    start: loop,
    stop: async () => {
      isStopped = true;
      if (timer !== null) clearTimeout(timer);
      await running?.catch(() => undefined);
    },
  };
}
