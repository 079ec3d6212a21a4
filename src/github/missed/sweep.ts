// Deliveries that never reached us are asked for again, since GitHub does not send them again by itself: read its list down to where we were,
// keep what is missing, ask for what is due. Every step is kept before the next, so that any other process goes on from it.
import type { Database } from "../../db/database.ts";
import type { Log } from "../../log.ts";
import type { Metrics } from "../../metrics.ts";
import type { Ran, Schedule, Turn } from "../../schedules/scheduler.ts";
import type { GitHub } from "../client.ts";
import { type Fault, faultOf } from "../faults.ts";
import { decideMissed, decideRedelivery, type Listed, YOUNG_MILLIS } from "./decide.ts";
import { askAgain, type DeliveriesPage, readDeliveries } from "./list.ts";
import { keepProgress, type Progress, readProgress } from "./progress.ts";
import {
  countTry,
  forgetArrived,
  forgetGivenUp,
  giveUpDelivery,
  keepMissed,
  knownDeliveries,
  missedDueAt,
  nextMissedTryAt,
  takeTryBack,
  type WaitingDelivery,
} from "./store.ts";

type Parts = {
  readonly database: Database;
  readonly github: Pick<GitHub, "app">;
  readonly log: Log;
  readonly now: () => number;
  readonly metrics: Pick<Metrics, "missedDeliveries">;
  /** Names the App and its GitHub. */
  readonly of: string;
  /** What happened is known no longer from deliveries: of one installation, or (null) of all. */
  readonly onGap: (installationId: number | null, at: number) => Promise<void>;
};

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const EVERY_MILLIS = 5 * MINUTE;
/** Read again each time, since a delivery is listed only once its attempt is over, and clocks differ. */
const OVERLAP_MILLIS = 2 * MINUTE;
/** A turn's share: what is left is done a minute later, so that the list of a long outage keeps nothing else waiting. */
const PAGES_A_TURN = 30;
const ASKS_A_TURN = 60;
/** So many failures one after the other are GitHub's, not the deliveries'. */
const FAILED_ON_END = 3;
/** A list longer than this is read no further: by then, comparing with GitHub is cheaper. */
const PAGES_A_READING = 600;
/** Requests left to whatever else the App asks in this hour. */
const RESERVE = 500;
/** GitHub keeps deliveries for three days, GitHub Enterprise Server for seven. */
const KEPT_MILLIS = 3 * DAY;
const GIVEN_UP_DAYS = 30;
const REFUSED_MILLIS = 15 * MINUTE;

/** The schedule that finds missed deliveries and asks for them. */
export function missedDeliveries(parts: Parts): Schedule {
  return {
    name: "missed-deliveries",
    everyMillis: EVERY_MILLIS,
    isDueAtStart: true,
    run: (at, turn) => run(parts, at, turn),
  };
}

async function run(parts: Parts, at: number, turn: Turn): Promise<Ran> {
  const { database, log, metrics } = parts;
  let done = 0;
  try {
    const reading = await readList(parts, at, turn);
    const arrived = await forgetArrived(database.db);
    metrics.missedDeliveries("arrived", arrived);
    const asking = reading.waitUntil === null ? await askForDue(parts, at, turn) : { asked: 0, isMore: false };
    await forgetGivenUp(database.db, at - GIVEN_UP_DAYS * DAY);
    done = reading.found + arrived + asking.asked;
    if (reading.waitUntil !== null) return { done, nextAt: reading.waitUntil };
    if (reading.isMore || asking.isMore) return { done, nextAt: at + MINUTE };
    const nextTryAt = (await nextMissedTryAt(database.db)) ?? Number.POSITIVE_INFINITY;
    return { done, nextAt: Math.min(at + EVERY_MILLIS, Math.max(nextTryAt, at + MINUTE)) };
  } catch (error) {
    const fault = faultOf(error, at);
    if (fault.kind === "unknown") throw error;
    log.warn({ fault: fault.kind, because: fault.because }, "GitHub could not be asked for missed deliveries");
    return { done, nextAt: againAt(fault, at) };
  }
}

/** Nothing is lost by waiting: what was read and asked is kept. */
function againAt(fault: Fault, at: number): number {
  switch (fault.kind) {
    case "rate-limited":
      return fault.untilAt;
    case "passing":
      return at + Math.max(MINUTE, fault.retryAfterMillis ?? 0);
    default:
      return at + REFUSED_MILLIS;
  }
}

type Reading = { readonly found: number; readonly isMore: boolean; readonly waitUntil: number | null };

/** Reads the list from its newest, or from where the last turn stopped, down to what was read before. */
async function readList(parts: Parts, at: number, turn: Turn): Promise<Reading> {
  const { database, of } = parts;
  const { doneAt, reading } = await readProgress(database, of);
  let cursor = reading?.cursor ?? null;
  let beganAt = reading?.beganAt ?? null;
  let pages = reading?.pages ?? 0;
  let found = 0;
  for (let n = 0; n < PAGES_A_TURN && !turn.isStopped(); n += 1) {
    const page = await readPage(parts, cursor);
    if (page === null) return { found, isMore: true, waitUntil: null };
    beganAt ??= Math.min(page.answeredAt ?? at, at) - OVERLAP_MILLIS;
    pages += 1;
    found += await keepFound(parts, page.listed);
    const isDown = doneAt !== null && page.listed.some(({ deliveredAt }) => deliveredAt < doneAt);
    if (isDown || page.nextCursor === null || pages >= PAGES_A_READING) {
      await keepProgress(database, of, { doneAt: beganAt, reading: null });
      await noteGap(parts, { at, isDown, doneAt, isCutOff: page.nextCursor !== null });
      return { found, isMore: false, waitUntil: null };
    }
    cursor = page.nextCursor;
    await keepProgress(database, of, { doneAt, reading: { cursor, beganAt, pages } });
    if (page.budget !== null && page.budget.remaining < RESERVE) {
      parts.log.warn({ remaining: page.budget.remaining }, "missed deliveries wait for GitHub's hourly limit");
      return { found, isMore: true, waitUntil: page.budget.resetAt };
    }
  }
  return { found, isMore: true, waitUntil: null };
}

/** Null where GitHub no longer knows the place to go on from: the next reading begins anew. */
async function readPage(parts: Parts, cursor: string | null): Promise<DeliveriesPage | null> {
  try {
    const page = await readDeliveries(parts.github, { cursor, now: parts.now() });
    if (page.unreadable > 0)
      parts.log.warn({ unreadable: page.unreadable }, "entries of GitHub's list of deliveries were not understood");
    return page;
  } catch (error) {
    const { kind } = faultOf(error, parts.now());
    if (cursor === null || (kind !== "gone" && kind !== "invalid")) throw error;
    const { doneAt } = await readProgress(parts.database, parts.of);
    await keepProgress(parts.database, parts.of, { doneAt, reading: null });
    return null;
  }
}

async function keepFound({ database, metrics }: Parts, listed: readonly Listed[]): Promise<number> {
  const failed = [...new Set(listed.filter(({ status }) => status !== "OK").map(({ guid }) => guid))];
  const missed = decideMissed(listed, await knownDeliveries(database.db, failed));
  const found = await keepMissed(
    database.db,
    missed.map((each) => ({ ...each, tryAt: each.deliveredAt + YOUNG_MILLIS })),
  );
  metrics.missedDeliveries("found", found);
  return found;
}

/** Where the list ends, or is too long, before what was read the last time, some of it is known to nobody. */
async function noteGap(
  { log, onGap }: Parts,
  read: {
    readonly at: number;
    readonly isDown: boolean;
    readonly doneAt: Progress["doneAt"];
    readonly isCutOff: boolean;
  },
): Promise<void> {
  const isGap = !read.isDown && (read.isCutOff || (read.doneAt !== null && read.doneAt < read.at - KEPT_MILLIS));
  if (!isGap) return;
  log.warn(
    { since: read.doneAt },
    "GitHub's list of deliveries does not reach back: everything is compared with GitHub",
  );
  await onGap(null, read.at);
}

async function askForDue(
  parts: Parts,
  at: number,
  turn: Turn,
): Promise<{ readonly asked: number; readonly isMore: boolean }> {
  const due = await missedDueAt(parts.database.db, at, ASKS_A_TURN);
  let asked = 0;
  let failed: WaitingDelivery[] = [];
  for (const waiting of due) {
    if (turn.isStopped()) break;
    const decision = decideRedelivery(waiting, at);
    if (decision.kind === "give up") {
      await giveUp(parts, waiting, { at, because: decision.because });
      continue;
    }
    const { nextTryAt } = decision;
    const outcome = await ask(parts, waiting, { at, nextTryAt });
    if (outcome.kind === "others") continue;
    asked += 1;
    // One that cannot be had keeps no other waiting; where several on end cannot, it is GitHub that is in trouble, and not they.
    failed = outcome.kind === "failed" ? [...failed, { ...waiting, tryAt: nextTryAt }] : [];
    if (outcome.kind !== "failed" || failed.length < FAILED_ON_END) continue;
    for (const each of failed) await takeTryBack(parts.database.db, each);
    throw outcome.error;
  }
  return { asked, isMore: due.length === ASKS_A_TURN };
}

type Asked = { readonly kind: "over" | "others" } | { readonly kind: "failed"; readonly error: unknown };

/**
 * Asks for one, unless another process did. Where that fails its try counts, so that it comes again after others.
 * @throws where GitHub lets us ask for none: then it does not count.
 */
async function ask(
  parts: Parts,
  waiting: WaitingDelivery,
  { at, nextTryAt }: { readonly at: number; readonly nextTryAt: number },
): Promise<Asked> {
  const { database, github, log, metrics } = parts;
  const { guid, event, tries } = waiting;
  if (!(await countTry(database.db, { guid, triesBefore: tries, nextTryAt }))) return { kind: "others" };
  try {
    await askAgain(github, waiting.deliveryId);
  } catch (error) {
    const fault = faultOf(error, at);
    switch (fault.kind) {
      case "gone":
      case "invalid":
        await giveUp(parts, waiting, { at, because: `GitHub does not send it again (${fault.because})` });
        return { kind: "over" };
      case "passing":
      case "permission":
        log.warn({ delivery: guid, event, because: fault.because }, "GitHub could not be asked for a missed delivery");
        return { kind: "failed", error };
      default:
        await takeTryBack(database.db, waiting);
        throw error;
    }
  }
  log.info({ delivery: guid, event, attempt: tries + 1 }, "GitHub was asked for a missed delivery again");
  metrics.missedDeliveries("asked", 1);
  return { kind: "over" };
}

async function giveUp(
  { database, log, metrics, onGap }: Parts,
  waiting: WaitingDelivery,
  { at, because }: { readonly at: number; readonly because: string },
): Promise<void> {
  await giveUpDelivery(database.db, waiting.guid, because);
  log.warn({ delivery: waiting.guid, event: waiting.event, because }, "a missed delivery was given up");
  metrics.missedDeliveries("given up", 1);
  if (waiting.installationId !== null) await onGap(waiting.installationId, at);
}
