// What is to be told, as rows: asked for here, in the transaction of the decision that asks. Sending is the notifier's.
import { sql } from "kysely";
import type { Db, Tx } from "../db/database.ts";
import type { NewNotice, NoticeKind } from "./notice.ts";
import { withdrawnBecause } from "./outcome.ts";

/** Writes rows for what is to be told; a key that is there already is left alone. Hint "notices" after commit. */
export async function enqueueNotices(tx: Tx, notices: readonly NewNotice[], now: number): Promise<void> {
  for (const notice of notices) {
    await tx
      .insertInto("notices")
      .values({
        key: notice.key,
        owner_id: notice.ownerId,
        channel: notice.channel,
        recipient: notice.channel === "person" ? notice.to.key : notice.channel,
        recipient_data: JSON.stringify(notice.channel === "person" ? notice.to : null),
        patch_id: notice.patchId,
        kind: notice.kind,
        thread: notice.channel === "person" ? notice.thread : null,
        is_urgent: notice.channel === "pagerduty" || (notice.channel === "person" && notice.isUrgent) ? 1 : 0,
        body: JSON.stringify(notice.channel === "person" ? notice.message : notice.event),
        because: notice.because,
        state: "due",
        run_after: notice.runAfter,
        created_at: now,
      })
      .onConflict((conflict) => conflict.column("key").doNothing())
      .execute();
  }
}

type Reason = { readonly because: string; readonly now: number };

const DUE = sql.lit("due" as const);

/** What waits is withdrawn. One in hand may have left already: it is recalled, and ends withdrawn where it is put off. */
const recall = (tx: Tx, { because, now }: Reason) => {
  const isInHand = sql<boolean>`coalesce(claimed_until, 0) > ${now}`;
  return tx
    .updateTable("notices")
    .set({
      state: sql<"due" | "withdrawn">`case when ${isInHand} then 'due' else 'withdrawn' end`,
      outcome: sql<string | null>`case when ${isInHand} then outcome else ${withdrawnBecause(because)} end`,
      finished_at: sql<number | null>`case when ${isInHand} then finished_at else ${now} end`,
      recalled: because,
    })
    .where("state", "=", DUE);
};

/** What of a patch's messages was not sent yet is not sent any more, as when it was decided meanwhile. Answers how many there were. */
export async function withdrawNotices(
  tx: Tx,
  which: {
    readonly patchId: string;
    readonly kinds: readonly NoticeKind[];
    readonly because: string;
    readonly now: number;
  },
): Promise<number> {
  if (which.kinds.length === 0) return 0;
  const taken = await recall(tx, which)
    .where("patch_id", "=", which.patchId)
    .where("kind", "in", which.kinds)
    .returning("state")
    .execute();
  return taken.filter(({ state }) => state === "withdrawn").length;
}

/** The same of messages by their keys, as when what they bring holds no longer. */
export async function withdrawNoticesByKey(
  tx: Tx,
  which: { readonly keys: readonly string[]; readonly because: string; readonly now: number },
): Promise<void> {
  if (which.keys.length === 0) return;
  await recall(tx, which).where("key", "in", which.keys).execute();
}

/**
 * What people were to be told under keys that begin so, and were not yet, they are not told any more. Answers who heard nothing under such a key
 * because of that.
 */
export async function withdrawUntold(
  tx: Tx,
  which: {
    readonly patchId: string;
    readonly keyPrefix: string;
    readonly because: string;
    readonly now: number;
  },
): Promise<ReadonlySet<string>> {
  const recalled = await recall(tx, which)
    .where("patch_id", "=", which.patchId)
    .where("channel", "=", "person")
    .where("key", "like", `${which.keyPrefix}%`)
    .returning(["recipient", "state"])
    .execute();
  const taken = recalled.filter(({ state }) => state === "withdrawn");
  const others = await tx
    .selectFrom("notices")
    .select("recipient")
    .where("patch_id", "=", which.patchId)
    .where("channel", "=", "person")
    .where("key", "like", `${which.keyPrefix}%`)
    .where("state", "in", [DUE, sql.lit("done" as const)])
    .execute();
  const heard = new Set(others.map(({ recipient }) => recipient));
  return new Set(taken.map(({ recipient }) => recipient).filter((recipient) => !heard.has(recipient)));
}

/** The app was taken off everywhere at this owner's: what was to be told is not any more. */
export async function withdrawNoticesOfOwner(tx: Tx, ownerId: number, now: number): Promise<void> {
  const other = await tx
    .selectFrom("installations")
    .select("id")
    .where("owner_id", "=", ownerId)
    .where("state", "!=", "deleted")
    .executeTakeFirst();
  if (other !== undefined) return;
  await recall(tx, { because: "the app was uninstalled", now }).where("owner_id", "=", ownerId).execute();
}

export type FailedNotice = {
  readonly id: number;
  readonly key: string;
  readonly kind: string;
  readonly recipient: string;
  readonly outcome: string | null;
  readonly finishedAt: number;
};

/** What could not be told, the newest first. */
export async function failedNotices(db: Db, limit: number): Promise<readonly FailedNotice[]> {
  const rows = await db
    .selectFrom("notices")
    .select(["id", "key", "kind", "recipient", "outcome", "finished_at"])
    .where("state", "=", sql.lit("failed" as const))
    .orderBy("finished_at", "desc")
    .orderBy("id", "desc")
    .limit(limit)
    .execute();
  return rows.map(({ finished_at, ...row }) => ({ ...row, finishedAt: finished_at ?? 0 }));
}

export async function failedNoticeCount(db: Db): Promise<number> {
  const row = await db
    .selectFrom("notices")
    .select((column) => column.fn.countAll<number>().as("count"))
    .where("state", "=", sql.lit("failed" as const))
    .executeTakeFirst();
  return Number(row?.count ?? 0);
}

/** Makes what failed due again, by every way: those ids, or everything that failed. Hint "notices" after commit. */
export async function retryFailedNotices(tx: Tx, ids: readonly number[] | "all", now: number): Promise<number> {
  if (ids !== "all" && ids.length === 0) return 0;
  const retried = await tx
    .updateTable("notices")
    .set({ state: "due", run_after: now, attempts: 0, first_try_at: null, tried: "[]", finished_at: null })
    .where("state", "=", "failed")
    .$if(ids !== "all", (query) => query.where("id", "in", ids === "all" ? [] : ids))
    .executeTakeFirst();
  return Number(retried.numUpdatedRows);
}

/** Forgets what was said to whom before a moment; that something was said stays. */
export async function dropOldNoticeBodies(tx: Tx, before: number): Promise<void> {
  await tx
    .updateTable("notices")
    .set({ body: "", recipient_data: "" })
    .where("state", "in", [sql.lit("done" as const), sql.lit("withdrawn" as const)])
    .where("finished_at", "<", before)
    .where("body", "!=", sql.lit(""))
    .execute();
}

/** Messages that hold a key to a page, by kind: nobody who reads a backup is to find it. */
const KEY_BEARING = ["sign-in", "contact-link"];

/** Takes the keys out of what was sent; what failed is not tried again once it failed before `overBefore`, and loses them then. */
export async function dropKeysTold(tx: Tx, at: { readonly now: number; readonly overBefore: number }): Promise<void> {
  const empty = { body: "", recipient_data: "" };
  await tx
    .updateTable("notices")
    .set(empty)
    .where("kind", "in", KEY_BEARING)
    .where("state", "in", [sql.lit("done" as const), sql.lit("withdrawn" as const)])
    .where("body", "!=", sql.lit(""))
    .execute();
  await tx
    .updateTable("notices")
    .set({ ...empty, state: "withdrawn", outcome: withdrawnBecause("the key in it is over"), finished_at: at.now })
    .where("kind", "in", KEY_BEARING)
    .where("state", "=", sql.lit("failed" as const))
    .where("finished_at", "<", at.overBefore)
    .execute();
}

/** Who an owner is now; null where the app was never installed there. */
export async function loginOfOwner(db: Db, ownerId: number): Promise<string | null> {
  const row = await db
    .selectFrom("installations")
    .select("owner_login")
    .where("owner_id", "=", ownerId)
    .orderBy("id", "desc")
    .executeTakeFirst();
  return row?.owner_login ?? null;
}
