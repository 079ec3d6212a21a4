// The notifier's engine: claims what is to be told, one a recipient at a time, has it delivered, and keeps what came of it. Apart from
// deliver, so that it knows nothing of mail or Slack.
import type { Logger } from "pino";
import type { Database, Tx } from "../db/database.ts";
import { keepOutcome } from "../work/keep-outcome.ts";
import { createPool, type Held, type Pool } from "../work/pool.ts";
import { createCircuit } from "./circuit.ts";
import {
  type ClaimedNotice,
  claimNotices,
  delayChannel,
  delayNotice,
  finishNotice,
  keepThread,
  renewNoticeClaims,
  threadReference,
} from "./claims-store.ts";
import { createDeliver, type Senders } from "./deliver.ts";
import { givenUp, type NoticeOutcome, noticeBackoffMillis } from "./outcome.ts";
import { createReadersHolidays } from "./readers-holidays.ts";
import { readTold, type Told } from "./row.ts";
import { loginOfOwner } from "./store.ts";

export type Notifier = Pool;

type NotifierParts = {
  readonly database: Database;
  readonly now: () => number;
  readonly log: Logger;
  /** Tells this process's claims from others'. */
  readonly holder: string;
  readonly senders: Senders;
  /** Whether a policy says by now that nobody is told. */
  readonly isObserved: (row: ClaimedNotice) => Promise<boolean>;
  /** Hears of every outcome, for figures. */
  readonly onOutcome?: (channel: string, outcome: NoticeOutcome["kind"]) => void;
};

const LANES = 8;
const POLL_MILLIS = 5000;
const LEASE_MILLIS = 120_000;
const RENEW_MILLIS = 30_000;

/** Makes a notifier at rest. */
export function createNotifier(parts: NotifierParts): Notifier {
  const { database, now, log, holder, senders, isObserved, onOutcome } = parts;
  const deliver = createDeliver({
    senders,
    circuit: createCircuit(),
    now,
    holidaysOf: createReadersHolidays({ db: database.db, log }),
    referenceOf: async (row, channel) =>
      row.thread === null
        ? null
        : threadReference(database.db, { thread: row.thread, recipient: row.recipient, channel }),
    ownerOf: (ownerId) => loginOfOwner(database.db, ownerId),
  });

  async function claim(held: Held<ClaimedNotice>): Promise<number> {
    const busy = held.rows().map(({ recipient }) => recipient);
    const limit = LANES - busy.length;
    if (limit <= 0) return 0;
    const at = now();
    const rows = await claimNotices(database, { now: at, limit, holder, until: at + LEASE_MILLIS, busy });
    for (const row of rows) held.take(row);
    return rows.length;
  }

  async function finish(row: ClaimedNotice, { isStopped }: Held<ClaimedNotice>): Promise<void> {
    // Its key may name a customer.
    const fields = { notice: row.id, kind: row.kind };
    try {
      const firstTryAt = row.firstTryAt ?? now();
      const outcome = givenUp(await tryToTell(row), { firstTryAt, now: now() });
      const write = () => database.transaction((tx) => keep(tx, row, { outcome, firstTryAt, now: now() }));
      await keepOutcome(write, isStopped);
      onOutcome?.(row.channel, outcome.kind);
      const because = "because" in outcome ? outcome.because : undefined;
      const said = { ...fields, outcome: outcome.kind, because };
      if (outcome.kind === "failed" || outcome.kind === "again") log.warn(said, "message not sent");
      else log.info(said, "message settled");
    } catch (error) {
      // The claim runs out by itself; what was sent already goes out again then, under the same id.
      log.error({ ...fields, err: error }, "a message's outcome could not be kept");
    }
  }

  async function tryToTell(row: ClaimedNotice): Promise<NoticeOutcome> {
    const told = readRow(row);
    if (told === null) return UNREADABLE;
    if (row.recalled !== null) return { kind: "withdrawn", because: row.recalled };
    return (await isObserved(row)) ? OBSERVED : deliver(row, told);
  }

  return createPool({
    database,
    log,
    topic: "notices",
    pollMillis: POLL_MILLIS,
    renewMillis: RENEW_MILLIS,
    claim,
    finish,
    renew: (ids) => renewNoticeClaims(database.db, { ids, holder, until: now() + LEASE_MILLIS }),
  });
}

const OBSERVED: NoticeOutcome = { kind: "withdrawn", because: "the policy says to observe" };
const UNREADABLE: NoticeOutcome = { kind: "failed", because: "its row cannot be read", refusedBy: [] };

function readRow(row: ClaimedNotice): Told | null {
  try {
    return readTold(row);
  } catch {
    return null;
  }
}

type Result = { readonly outcome: NoticeOutcome; readonly firstTryAt: number; readonly now: number };

async function keep(tx: Tx, row: ClaimedNotice, { outcome, firstTryAt, now }: Result): Promise<void> {
  const text = JSON.stringify(outcome);
  switch (outcome.kind) {
    case "done":
      if (row.thread !== null && outcome.reference !== null && (outcome.by === "mail" || outcome.by === "slack")) {
        const place = { thread: row.thread, recipient: row.recipient, channel: outcome.by };
        await keepThread(tx, place, { reference: outcome.reference, at: now });
      }
      return finishNotice(tx, row, { state: "done", outcome: text, at: now });
    case "withdrawn":
    case "failed":
      return finishNotice(tx, row, { state: outcome.kind, outcome: text, at: now });
    case "later": {
      const runAfter = Math.max(outcome.at, now + 1);
      if (row.channel !== "person") await delayChannel(tx, row.channel, { runAfter, outcome: text, now });
      return delayNotice(tx, row, {
        at: now,
        runAfter,
        attempts: row.attempts,
        firstTryAt: row.firstTryAt,
        refusedBy: outcome.refusedBy,
        outcome: text,
      });
    }
    case "again": {
      const attempts = row.attempts + 1;
      const wait = Math.max(noticeBackoffMillis(attempts, row), outcome.retryAfterMillis ?? 0);
      return delayNotice(tx, row, {
        at: now,
        runAfter: now + wait,
        attempts,
        firstTryAt,
        refusedBy: outcome.refusedBy,
        outcome: text,
      });
    }
  }
}
