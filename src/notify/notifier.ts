// The notifier's engine: claims what is to be told, one a recipient at a time, has it delivered, and keeps what came of it. Apart from
// deliver, so that it knows nothing of mail or Slack.
import type { Logger } from "pino";
import type { Database, Tx } from "../db/database.ts";
import { createCircuit } from "./circuit.ts";
import {
  type ClaimedNotice,
  claimNotices,
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

export type Notifier = {
  /** Tells until nothing is due now; answers how many messages were tried. */
  readonly runUntilIdle: () => Promise<number>;
  /** Tells whenever there is a hint, and looks every few seconds. */
  readonly start: () => void;
  /** Claims nothing more and waits for what is on its way. */
  readonly stop: () => Promise<void>;
  readonly wake: () => void;
};

type NotifierParts = {
  readonly database: Database;
  readonly now: () => number;
  readonly log: Logger;
  /** Tells this process's claims from others'. */
  readonly holder: string;
  readonly senders: Senders;
  /** Hears of every outcome, for figures. */
  readonly onOutcome?: (channel: string, outcome: NoticeOutcome["kind"]) => void;
};

const LANES = 8;
const POLL_MILLIS = 5000;
const LEASE_MILLIS = 120_000;
const RENEW_MILLIS = 30_000;

/** Makes a notifier at rest. */
export function createNotifier({ database, now, log, holder, senders, onOutcome }: NotifierParts): Notifier {
  const running = new Map<number, { readonly recipient: string; readonly end: Promise<void> }>();
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
  let isStarted = false;
  let isStopped = false;
  let isWanted = false;
  let filling: Promise<number> | null = null;
  let timers: readonly NodeJS.Timeout[] = [];
  let unsubscribe = (): void => undefined;

  async function claimAll(): Promise<number> {
    const limit = LANES - running.size;
    if (isStopped || limit <= 0) return 0;
    const at = now();
    const rows = await claimNotices(database, {
      now: at,
      limit,
      holder,
      until: at + LEASE_MILLIS,
      busy: [...running.values()].map(({ recipient }) => recipient),
    });
    for (const row of rows) {
      const end = finish(row).finally(() => {
        running.delete(row.id);
        wake();
      });
      running.set(row.id, { recipient: row.recipient, end });
    }
    return rows.length;
  }

  async function finish(row: ClaimedNotice): Promise<void> {
    // Its key may name a customer.
    const fields = { notice: row.id, kind: row.kind };
    try {
      const told = readRow(row);
      const firstTryAt = row.firstTryAt ?? now();
      const outcome = givenUp(told === null ? UNREADABLE : await deliver(row, told), { firstTryAt, now: now() });
      await database.transaction((tx) => keep(tx, row, { outcome, firstTryAt, now: now() }));
      onOutcome?.(row.channel, outcome.kind);
      const because = "because" in outcome ? outcome.because : undefined;
      const said = { ...fields, outcome: outcome.kind, because };
      if (outcome.kind === "failed" || outcome.kind === "again") log.warn(said, "message not sent");
      else log.info(said, "message settled");
    } catch (error) {
      // The claim runs out by itself; what was sent already goes out again then, under the same id.
      log.error({ ...fields, because: messageOf(error) }, "a message's outcome could not be kept");
    }
  }

  /** One claiming at a time; what is asked for meanwhile is done right after. */
  function fill(): Promise<number> {
    isWanted = true;
    filling ??= claimWhileWanted();
    return filling;
  }

  async function claimWhileWanted(): Promise<number> {
    let claimed = 0;
    try {
      while (isWanted) {
        isWanted = false;
        claimed += await claimAll();
      }
    } finally {
      // In the same turn as the last look at `isWanted`, so that no wish falls between.
      filling = null;
    }
    return claimed;
  }

  function wake(): void {
    if (!isStarted || isStopped) return;
    fill().catch((error: unknown) => log.error({ because: messageOf(error) }, "messages could not be claimed"));
  }

  async function renew(): Promise<void> {
    if (running.size > 0)
      await renewNoticeClaims(database.db, { ids: [...running.keys()], holder, until: now() + LEASE_MILLIS });
  }

  return {
    wake,
    runUntilIdle: async () => {
      let total = 0;
      for (;;) {
        // What ended while we were claiming may have freed its lane after we looked: idle is who claims nothing at rest.
        const isAtRest = running.size === 0;
        const claimed = await fill();
        total += claimed;
        if (isAtRest && claimed === 0 && running.size === 0) return total;
        if (running.size > 0) await Promise.race([...running.values()].map(({ end }) => end));
      }
    },
    start: () => {
      isStarted = true;
      unsubscribe = database.onHint((topic) => {
        if (topic === "notices") wake();
      });
      timers = [
        setInterval(wake, POLL_MILLIS),
        setInterval(() => {
          renew().catch((error: unknown) => log.warn({ because: messageOf(error) }, "claims could not be renewed"));
        }, RENEW_MILLIS),
      ];
      wake();
    },
    stop: async () => {
      isStopped = true;
      unsubscribe();
      await filling?.catch(() => 0);
      await Promise.all([...running.values()].map(({ end }) => end));
      for (const timer of timers) clearInterval(timer);
    },
  };
}

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
    case "later":
      return delayNotice(tx, row, {
        runAfter: Math.max(outcome.at, now + 1),
        attempts: row.attempts,
        firstTryAt: row.firstTryAt,
        refusedBy: outcome.refusedBy,
        outcome: text,
      });
    case "again": {
      const attempts = row.attempts + 1;
      const wait = Math.max(noticeBackoffMillis(attempts, row), outcome.retryAfterMillis ?? 0);
      return delayNotice(tx, row, {
        runAfter: now + wait,
        attempts,
        firstTryAt,
        refusedBy: outcome.refusedBy,
        outcome: text,
      });
    }
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error)).slice(0, 500);
