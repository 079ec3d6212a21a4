// Works on kept deliveries: claim, decode, hand over, write down what became of each. Apart from receiving, so that GitHub has its
// answer before anything is decided, and a process that dies leaves its work to the next.
import type { Database, Tx } from "../db/database.ts";
import { troubleIn } from "../db/storage.ts";
import { parkWhereRefused } from "../effects/park.ts";
import { describeFault, type Log } from "../log.ts";
import type { Metrics } from "../metrics.ts";
import { decodeDelivery } from "./decode-delivery.ts";
import {
  type ClaimedDelivery,
  claimDeliveries,
  extendClaims,
  type Settlement,
  settleDeliveries,
} from "./deliveries-store.ts";
import { fateOf } from "./delivery-fate.ts";
import { faultOf } from "./faults.ts";
import { createTurns, type TurnLimits } from "./inbox-turns.ts";
import { isDeleted } from "./installation-store.ts";
import { atMostOneSuspect, isSuspect } from "./suspects.ts";

export type Delivery = { readonly id: string; readonly name: string; readonly payload: unknown };

/** `unreadable`: GitHub sent what we cannot read, and trying again would not help. It stays in sight. */
export type Received =
  | { readonly kind: "done" }
  | { readonly kind: "ignored" | "unreadable"; readonly because: string };

export type InboxLimits = TurnLimits & {
  /** Deliveries in hand, those that wait their turn here included, and those aside that wait long for GitHub. */
  readonly inHand: number;
  readonly leaseMillis: number;
  readonly pollMillis: number;
  readonly attempts: number;
  /** How often the process may end over one. More than its tries, since most processes end for reasons of their own. */
  readonly endings: number;
  /** The same as `attempts` while it is GitHub that fails: with an hour between them, about a day. */
  readonly attemptsAtGitHub: number;
};

export type Inbox = {
  /** Works until nothing is due any more; answers how many deliveries were settled. Throws when the database does. */
  readonly runUntilIdle: () => Promise<number>;
  readonly start: () => void;
  /** Takes nothing new and resolves once what is being worked on is written down. */
  readonly stop: () => Promise<void>;
  /** Looks for work now instead of at the next poll. */
  readonly wake: () => void;
};

type Parts = {
  readonly database: Database;
  /** Acts on one delivery. What it throws is tried again later. */
  readonly receive: (delivery: Delivery) => Promise<Received>;
  readonly now: () => number;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly limits?: Partial<InboxLimits>;
};

type Claiming = { readonly at: number; readonly limit: number; readonly held: ReadonlySet<string> };
type InHand = ClaimedDelivery & { readonly isSuspect: boolean };

/** How long a delivery waits that could not be worked on because the database took no writes. */
const NOT_WRITTEN_MILLIS = 5000;
const LIMITS: InboxLimits = {
  concurrency: 8,
  slowMillis: 1000,
  slowAnInstallation: 4,
  slowInAll: 64,
  inHand: 32,
  leaseMillis: 60_000,
  pollMillis: 1000,
  attempts: 8,
  endings: 16,
  attemptsAtGitHub: 32,
};

/** Makes the worker of one process. Any number of processes may work on one database. */
export function createInbox({ database, receive, now, log, metrics, limits: given }: Parts): Inbox {
  const limits = { ...LIMITS, ...given };
  const inHand = new Set<string>();
  let settled: Settlement[] = [];
  let isStopping = false;
  let stirs = 0;
  let sleepers: Array<() => void> = [];
  let draining: Promise<number> | null = null;
  let running: Promise<void> | null = null;

  const stir = () => {
    stirs += 1;
    const awake = sleepers;
    sleepers = [];
    for (const wake of awake) wake();
  };

  /** Resolves once there was a stir after the one numbered `seen`, for everybody who waits: the worker and whoever drains. */
  const stirredSince = (seen: number): Promise<void> =>
    stirs !== seen ? Promise.resolve() : new Promise((wake) => sleepers.push(wake));

  const turns = createTurns<InHand>(limits, {
    work: async (delivery) => {
      const settlement = await settle(delivery);
      settled.push(settlement);
    },
    onPlace: () => {
      launch();
      stir();
    },
  });
  const launch = () => {
    if (!isStopping) turns.launch();
  };

  const settle = async ({ id, event, attempts, body, ...delivery }: ClaimedDelivery): Promise<Settlement> => {
    const fail = (error: string): Settlement => {
      log.error({ delivery: id, event, attempts, error }, "a delivery failed for good; see `deliveries list`");
      return { kind: "failed", id, error };
    };
    const endings = delivery.error === null ? limits.endings : limits.attemptsAtGitHub;
    if (attempts > endings) return fail(`the process ended ${endings} times while it worked on this`);
    // Not before its turn, so that what is in hand is not read in one go while webhooks wait for their answer.
    const decoded = decodeDelivery(body);
    if (decoded.kind === "garbage") return fail(decoded.because);
    const { installationId } = decoded;
    if (delivery.installationId === null) return { kind: "released", id, installationId };
    try {
      const received = await receive({ id, name: event, payload: decoded.payload });
      if (received.kind === "unreadable") return fail(received.because);
      return received.kind === "done" ? { kind: "done", id } : { kind: "ignored", id, because: received.because };
    } catch (cause) {
      const error = describeFault(cause);
      // No fault of the delivery's: it is tried again for as long as that takes.
      if (troubleIn(cause) !== null)
        return { kind: "retry", id, error, runAfter: now() + NOT_WRITTEN_MILLIS, isCounted: false };
      const [first] = cause instanceof AggregateError ? cause.errors : [cause];
      const fault = faultOf(first, now());
      await parkWhereRefused(database, { of: { installationId }, fault, now: now() }).catch((err: unknown) =>
        log.warn({ delivery: id, err }, "that GitHub refuses an installation could not be kept"),
      );
      if (fault.kind === "refused-installation" && (await isLeft(installationId)))
        return { kind: "ignored", id, because: "the app is not installed there any more" };
      const { receivedAt } = delivery;
      const fate = fateOf(fault, { attempts, receivedAt, now: now(), limits });
      if (fate.kind === "failed") return fail(error);
      log.warn({ delivery: id, event, attempts, error }, "a delivery could not be worked on; it is tried again");
      return { kind: "retry", id, error, runAfter: fate.runAfter, isCounted: fate.isCounted };
    }
  };

  /** A database that is away says nothing of it: then it is tried again. */
  const isLeft = (installationId: number): Promise<boolean> =>
    isDeleted(database.db, installationId).catch(() => false);

  /** Suspects but one are given back at once: what the process has in its hand when it ends counts against it. */
  const claim = async (tx: Tx, { at, limit, held }: Claiming) => {
    const asked = { now: at, claimedUntil: at + limits.leaseMillis, limit, except: turns.blocked() };
    const claimed = (await claimDeliveries(tx, database.dialect, asked))
      // One whose lease ran out while it was in this very hand is not worked on twice.
      .filter(({ id }) => !held.has(id))
      .map((each) => ({ ...each, isSuspect: isSuspect(each) }));
    const { kept, later, runAfter } = atMostOneSuspect(claimed, { hasSuspect: turns.hasSuspect(), now: at });
    const back = later.map(({ id, installationId }) => ({ kind: "released" as const, id, installationId, runAfter }));
    await settleDeliveries(tx, back, at);
    return kept;
  };

  /** One transaction: writes down what is settled, takes what there is room for. Answers how many it wrote down. */
  const exchange = async (): Promise<number> => {
    const back = isStopping ? turns.takeAll() : turns.takeBlocked();
    const released = back.map(({ id, installationId }) => ({ kind: "released" as const, id, installationId }));
    const writing = [...settled, ...released];
    settled = [];
    const room = isStopping ? 0 : limits.inHand - (inHand.size - turns.slow()) + writing.length;
    if (room === 0 && writing.length === 0) return 0;
    try {
      const at = now();
      const claimed = await database.transaction(async (tx) => {
        await settleDeliveries(tx, writing, at);
        return room === 0
          ? []
          : claim(tx, { at, limit: room, held: inHand.difference(new Set(writing.map(({ id }) => id))) });
      });
      for (const { id } of writing) inHand.delete(id);
      for (const { id } of claimed) inHand.add(id);
      turns.add(claimed);
    } catch (cause) {
      settled.push(...writing);
      throw new Error("the inbox could not exchange deliveries with the database", { cause });
    }
    const worked = writing.flatMap(({ kind }) => (kind === "released" ? [] : [kind]));
    for (const kind of worked) metrics.processed(kind === "retry" ? "retried" : kind);
    return worked.length;
  };

  const drain = async (): Promise<number> => {
    for (let count = 0; ; ) {
      const seen = stirs;
      count += await exchange();
      launch();
      if (inHand.size === 0) return count;
      if (settled.length === 0) await stirredSince(seen);
      // What ends in the same turn of the event loop is written down in one transaction.
      await new Promise<void>((turn) => setImmediate(turn));
    }
  };

  const runUntilIdle = async (): Promise<number> => {
    let count = 0;
    while (draining !== null) count += await draining;
    draining = drain().finally(() => {
      draining = null;
    });
    return count + (await draining);
  };

  const run = async () => {
    while (!isStopping) {
      try {
        const seen = stirs;
        await runUntilIdle();
        await stirredSince(seen);
      } catch (error) {
        log.error({ err: error }, "the inbox cannot work; it tries again");
        await new Promise((again) => setTimeout(again, limits.pollMillis));
      }
    }
  };

  const renew = () => {
    // A transaction, so that it is tried again where it met one that writes down the same deliveries.
    database
      .transaction((tx) => extendClaims(tx, [...inHand], now() + limits.leaseMillis))
      .catch((error: unknown) => log.error({ err: error }, "the inbox could not keep its deliveries in hand"));
  };

  let end: () => void = () => undefined;
  return {
    runUntilIdle,
    wake: stir,
    start: () => {
      const offHint = database.onHint((topic) => {
        if (topic === "deliveries") stir();
      });
      const poll = setInterval(stir, limits.pollMillis);
      const renewal = setInterval(renew, limits.leaseMillis / 3);
      end = () => {
        offHint();
        clearInterval(poll);
        clearInterval(renewal);
      };
      running = run();
    },
    stop: async () => {
      isStopping = true;
      stir();
      await running;
      await runUntilIdle().catch((error: unknown) => {
        log.error({ err: error }, "the inbox stopped with deliveries in hand; they come back when their time is over");
      });
      end();
    },
  };
}
