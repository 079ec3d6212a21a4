// Works on kept deliveries: claim, decode, hand over, write down what became of each. Apart from receiving, so that GitHub has its
// answer before anything is decided, and a process that dies leaves its work to the next.
import type { Database } from "../db/database.ts";
import { describeFault, type Log } from "../log.ts";
import type { Metrics } from "../metrics.ts";
import {
  type ClaimedDelivery,
  claimDeliveries,
  extendClaims,
  type Settlement,
  settleDeliveries,
} from "./deliveries-store.ts";
import { type Fault, faultOf } from "./faults.ts";
import { unpackBody } from "./receive-body.ts";

export type Delivery = { readonly id: string; readonly name: string; readonly payload: unknown };

/** `unreadable`: GitHub sent what we cannot read, and trying again would not help. It stays in sight. */
export type Received =
  | { readonly kind: "done" }
  | { readonly kind: "ignored" | "unreadable"; readonly because: string };

export type InboxLimits = {
  /** Deliveries worked on at once. */
  readonly concurrency: number;
  /** Deliveries in hand, those that wait their turn here included. */
  readonly inHand: number;
  readonly leaseMillis: number;
  readonly pollMillis: number;
  readonly attempts: number;
  /** The same while it is GitHub that fails: with an hour between them, about a day. */
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

const LIMITS: InboxLimits = {
  concurrency: 8,
  inHand: 32,
  leaseMillis: 60_000,
  pollMillis: 1000,
  attempts: 8,
  attemptsAtGitHub: 32,
};
const FIRST_WAIT_MILLIS = 10_000;
const LONGEST_WAIT_MILLIS = 3_600_000;

/** How long to wait after attempt number `attempts` failed: 10 s, doubled each time, an hour at most. */
export function waitMillisAfter(attempts: number): number {
  return Math.min(FIRST_WAIT_MILLIS * 2 ** (attempts - 1), LONGEST_WAIT_MILLIS);
}

/** Probot wraps what a reaction threw, together with whatever else failed. */
function faultBehind(cause: unknown, now: number): Fault {
  const [first] = cause instanceof AggregateError ? cause.errors : [cause];
  return faultOf(first, now);
}

const isGitHubs = ({ kind }: Fault): boolean =>
  kind === "passing" || kind === "rate-limited" || kind === "refused-installation";

/** Makes the worker of one process. Any number of processes may work on one database. */
export function createInbox({ database, receive, now, log, metrics, limits: given }: Parts): Inbox {
  const limits = { ...LIMITS, ...given };
  const inHand = new Set<string>();
  const waiting: ClaimedDelivery[] = [];
  let working = 0;
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

  const launch = () => {
    while (!isStopping && working < limits.concurrency) {
      const next = waiting.shift();
      if (next === undefined) return;
      working += 1;
      void settle(next).then((settlement) => {
        settled.push(settlement);
        working -= 1;
        launch();
        stir();
      });
    }
  };

  const settle = async ({ id, event, attempts, error: lastError, body }: ClaimedDelivery): Promise<Settlement> => {
    const fail = (error: string): Settlement => {
      log.error({ delivery: id, event, attempts, error }, "a delivery failed for good; see `deliveries list`");
      return { kind: "failed", id, error };
    };
    const endings = lastError === null ? limits.attempts : limits.attemptsAtGitHub;
    if (attempts > endings) return fail(`the process ended ${endings} times while it worked on this`);
    const decoded = decode(body);
    if (decoded.kind === "garbage") return fail(decoded.because);
    try {
      const received = await receive({ id, name: event, payload: decoded.payload });
      if (received.kind === "unreadable") return fail(received.because);
      return received.kind === "done" ? { kind: "done", id } : { kind: "ignored", id, because: received.because };
    } catch (cause) {
      const error = describeFault(cause);
      const fault = faultBehind(cause, now());
      // GitHub may be away or ask us to wait for longer than a fault of ours is worth trying.
      if (attempts >= (isGitHubs(fault) ? limits.attemptsAtGitHub : limits.attempts)) return fail(error);
      log.warn({ delivery: id, event, attempts, error }, "a delivery could not be worked on; it is tried again");
      const runAfter = now() + waitMillisAfter(attempts);
      return {
        kind: "retry",
        id,
        error,
        runAfter: fault.kind === "rate-limited" ? Math.max(runAfter, fault.untilAt) : runAfter,
      };
    }
  };

  /** One transaction: writes down what is settled, takes what there is room for. Answers how many it wrote down. */
  const exchange = async (): Promise<number> => {
    const released = isStopping ? waiting.splice(0).map(({ id }) => ({ kind: "released" as const, id })) : [];
    const writing = [...settled, ...released];
    settled = [];
    const room = isStopping ? 0 : limits.inHand - inHand.size + writing.length;
    if (room === 0 && writing.length === 0) return 0;
    try {
      const at = now();
      const claimed = await database.transaction(async (tx) => {
        await settleDeliveries(tx, writing, at);
        const claim = { now: at, claimedUntil: at + limits.leaseMillis, limit: room };
        return room === 0 ? [] : claimDeliveries(tx, database.dialect, claim);
      });
      for (const { id } of writing) inHand.delete(id);
      // One whose lease ran out while it was in this very hand is not worked on twice.
      const fresh = claimed.filter(({ id }) => !inHand.has(id));
      for (const { id } of fresh) inHand.add(id);
      waiting.push(...fresh);
    } catch (cause) {
      settled.push(...writing);
      throw new Error("the inbox could not exchange deliveries with the database", { cause });
    }
    for (const { kind } of writing) if (kind !== "released") metrics.processed(kind === "retry" ? "retried" : kind);
    return writing.length;
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
    extendClaims(database.db, [...inHand], now() + limits.leaseMillis).catch((error: unknown) =>
      log.error({ err: error }, "the inbox could not keep its deliveries in hand"),
    );
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

type Decoded =
  | { readonly kind: "payload"; readonly payload: object }
  | { readonly kind: "garbage"; readonly because: string };

/** What is wrong is said without a word of the payload: JSON.parse would quote it. */
function decode(body: Uint8Array | null): Decoded {
  if (body === null) return { kind: "garbage", because: "the payload is no longer there" };
  try {
    const payload: unknown = parse(unpackBody(body));
    if (typeof payload === "object" && payload !== null && !Array.isArray(payload)) return { kind: "payload", payload };
    return { kind: "garbage", because: "the payload is not a JSON object" };
  } catch {
    return { kind: "garbage", because: "the payload is not JSON" };
  }
}

/** PostgreSQL takes no text with this character, and nobody writes it. */
function parse(text: string): unknown {
  if (!text.includes("\\u0000")) return JSON.parse(text);
  return JSON.parse(text, (_, value: unknown) => (typeof value === "string" ? value.replaceAll("\u0000", "") : value));
}
