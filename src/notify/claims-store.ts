// Private messages and events in hand, in SQL: claimed one a recipient at a time, and how they end. Apart from what is asked for, because
// only the notifier itself may touch a claim.
import { sql } from "kysely";
import type { Database, Db, Tx } from "../db/database.ts";
import type { Way } from "./channels.ts";
import { withdrawnBecause } from "./outcome.ts";
import { ways } from "./row.ts";

// A literal, not a parameter: SQLite uses a partial index only where the statement itself says its condition.
const DUE = sql.lit("due" as const);

/** Serialises the claims of all processes; any number that nobody else uses would do. */
const CLAIM_LOCK = 4_211_907;

/** A notice as it was claimed, its body unread. */
export type ClaimedNotice = {
  readonly id: number;
  readonly key: string;
  readonly ownerId: number;
  readonly channel: "person" | "webhook" | "pagerduty";
  readonly recipient: string;
  readonly recipientData: string;
  readonly patchId: string | null;
  readonly kind: string;
  readonly thread: string | null;
  readonly isUrgent: boolean;
  readonly body: string;
  readonly attempts: number;
  readonly firstTryAt: number | null;
  /** Ways that refused it for good. */
  readonly refusedBy: readonly Way[];
  /** Why it holds no longer, where that came up in the hands of somebody who did not end it. */
  readonly recalled: string | null;
  readonly claimedBy: string;
};

export type NoticeClaim = {
  readonly now: number;
  readonly limit: number;
  readonly holder: string;
  readonly until: number;
  /** Recipients whom this process is just telling something, whatever the clock says of their lease. */
  readonly busy: readonly string[];
};

/**
 * Claims what is due of owners who use the app and are not paused: of each recipient the first (urgent before others, then what failed least, then the
 * oldest), and none for whom one is in hand, so that a thread begins with one message.
 */
export async function claimNotices(database: Database, claim: NoticeClaim): Promise<readonly ClaimedNotice[]> {
  if (!(await isAnyDue(database.db, claim.now))) return [];
  return database.transaction(async (tx) => {
    if (database.dialect === "postgres") await sql`select pg_advisory_xact_lock(${CLAIM_LOCK})`.execute(tx);
    const claimed: ClaimedNotice[] = [];
    for (const lane of await freeLanes(tx, claim)) {
      const id = await firstOf(tx, lane, claim.now);
      const row = id === undefined ? undefined : await take(tx, id, claim);
      if (row !== undefined) claimed.push(row);
    }
    return claimed;
  });
}

type Lane = { readonly owner_id: number; readonly recipient: string };

/** Recipients of whom something is due and nothing in hand, by what each of them waits for. One look along `notices_lane`, however much is due. */
async function freeLanes(tx: Tx, { now, busy, limit }: NoticeClaim): Promise<readonly Lane[]> {
  return (
    tx
      .selectFrom("notices as n")
      .select(["n.owner_id", "n.recipient"])
      .where("n.state", "=", DUE)
      // One in hand may be due by the clock of whoever has it, and not by ours.
      .where((eb) => eb.or([eb("n.run_after", "<=", now), eb("n.claimed_until", ">", now)]))
      .$if(busy.length > 0, (query) => query.where("n.recipient", "not in", busy))
      .groupBy(["n.owner_id", "n.recipient"])
      .having(sql<boolean>`max(coalesce(n.claimed_until, 0)) <= ${now}`)
      .having(({ exists, selectFrom }) =>
        exists(
          selectFrom("installations as i")
            .select("i.id")
            .whereRef("i.owner_id", "=", "n.owner_id")
            .where("i.state", "=", "active"),
        ),
      )
      .having(({ not, exists, selectFrom }) =>
        not(
          exists(
            selectFrom("pauses as p")
              .select("p.scope")
              .where(sql<boolean>`p.scope = 'all' or p.scope = 'owner:' || n.owner_id`),
          ),
        ),
      )
      .orderBy(sql`max(n.is_urgent)`, "desc")
      .orderBy(sql`min(n.attempts)`)
      .orderBy(sql`min(n.id)`)
      .limit(limit)
      .execute()
  );
}

async function firstOf(tx: Tx, lane: Lane, now: number): Promise<number | undefined> {
  const first = await tx
    .selectFrom("notices")
    .select("id")
    .where("state", "=", DUE)
    .where("owner_id", "=", lane.owner_id)
    .where("recipient", "=", lane.recipient)
    .where("run_after", "<=", now)
    .orderBy("is_urgent", "desc")
    .orderBy("attempts")
    .orderBy("id")
    .limit(1)
    .executeTakeFirst();
  return first?.id;
}

/** Nothing where it was withdrawn since it was looked at. */
async function take(tx: Tx, id: number, { until, holder }: NoticeClaim): Promise<ClaimedNotice | undefined> {
  const row = await tx
    .updateTable("notices")
    .set({ claimed_until: until, claimed_by: holder })
    .where("id", "=", id)
    .where("state", "=", DUE)
    .returningAll()
    .executeTakeFirst();
  return (
    row && {
      id: row.id,
      key: row.key,
      ownerId: row.owner_id,
      channel: row.channel,
      recipient: row.recipient,
      recipientData: row.recipient_data,
      patchId: row.patch_id,
      kind: row.kind,
      thread: row.thread,
      isUrgent: row.is_urgent === 1,
      body: row.body,
      attempts: row.attempts,
      firstTryAt: row.first_try_at,
      refusedBy: ways.parse(JSON.parse(row.tried)),
      recalled: row.recalled,
      claimedBy: holder,
    }
  );
}

async function isAnyDue(db: Db, now: number): Promise<boolean> {
  const row = await db
    .selectFrom("notices")
    .select("id")
    .where("state", "=", DUE)
    .where("run_after", "<=", now)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** Keeps claims alive while their messages are on their way. */
export async function renewNoticeClaims(
  db: Db,
  claims: { readonly ids: readonly number[]; readonly holder: string; readonly until: number },
): Promise<void> {
  await db
    .updateTable("notices")
    .set({ claimed_until: claims.until })
    .where("id", "in", claims.ids)
    .where("claimed_by", "=", claims.holder)
    .where("state", "=", DUE)
    .execute();
}

type Held = Pick<ClaimedNotice, "id" | "claimedBy">;

/** Ends a claimed notice; one that was withdrawn meanwhile stays withdrawn. */
export async function finishNotice(
  tx: Tx,
  row: Held,
  finish: { readonly state: "done" | "failed" | "withdrawn"; readonly outcome: string; readonly at: number },
): Promise<void> {
  await tx
    .updateTable("notices")
    .set({
      state: finish.state,
      outcome: finish.outcome,
      finished_at: finish.at,
      claimed_until: null,
      claimed_by: null,
    })
    .where("id", "=", row.id)
    .where("claimed_by", "=", row.claimedBy)
    .where("state", "=", DUE)
    .execute();
}

export type NoticeDelay = {
  readonly at: number;
  readonly runAfter: number;
  readonly attempts: number;
  readonly firstTryAt: number | null;
  readonly refusedBy: readonly Way[];
  readonly outcome: string;
};

/** Puts a claimed notice off, or ends it where it was recalled meanwhile. */
export async function delayNotice(tx: Tx, row: Held, delay: NoticeDelay): Promise<void> {
  await tx
    .updateTable("notices")
    .set({
      run_after: delay.runAfter,
      attempts: delay.attempts,
      first_try_at: delay.firstTryAt,
      tried: JSON.stringify(delay.refusedBy),
      outcome: delay.outcome,
      claimed_until: null,
      claimed_by: null,
    })
    .where("id", "=", row.id)
    .where("claimed_by", "=", row.claimedBy)
    .where("state", "=", DUE)
    .where("recalled", "is", null)
    .execute();
  const left = await tx
    .selectFrom("notices")
    .select("recalled")
    .where("id", "=", row.id)
    .where("claimed_by", "=", row.claimedBy)
    .where("state", "=", DUE)
    .executeTakeFirst();
  if (left === undefined || left.recalled === null) return;
  await finishNotice(tx, row, { state: "withdrawn", outcome: withdrawnBecause(left.recalled), at: delay.at });
}

/** Puts off all that waits for one outside system, so that it need not be claimed one by one to find the same. */
export async function delayChannel(
  tx: Tx,
  channel: "webhook" | "pagerduty",
  delay: { readonly runAfter: number; readonly outcome: string; readonly now: number },
): Promise<void> {
  await tx
    .updateTable("notices")
    .set({ run_after: delay.runAfter, outcome: delay.outcome })
    .where("channel", "=", channel)
    .where("state", "=", DUE)
    .where("run_after", "<=", delay.now)
    .where((eb) => eb.or([eb("claimed_until", "is", null), eb("claimed_until", "<=", delay.now)]))
    .execute();
}

type ThreadPlace = { readonly thread: string; readonly recipient: string; readonly channel: Way };

/** What the first message of a thread to somebody was called by its way; null where there was none. */
export async function threadReference(db: Db, place: ThreadPlace): Promise<string | null> {
  const row = await db
    .selectFrom("notice_threads")
    .select("reference")
    .where("thread", "=", place.thread)
    .where("recipient", "=", place.recipient)
    .where("channel", "=", place.channel)
    .executeTakeFirst();
  return row?.reference ?? null;
}

/** Keeps the first message of a thread; a later one changes nothing. */
export async function keepThread(
  tx: Tx,
  place: ThreadPlace,
  first: { readonly reference: string; readonly at: number },
): Promise<void> {
  await tx
    .insertInto("notice_threads")
    .values({ ...place, ...first })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}
