// The writes of the last hour, counted and added to. Apart, because pacing reads them under a lock in one short transaction.
import type { Db, Tx } from "../db/database.ts";

/**
 * The time of the `nth` newest write (or comment) since `since`: while there is one, `nth` places are taken. Null: fewer.
 */
export async function nthNewestWrite(
  db: Db,
  question: {
    readonly installationId: number;
    readonly since: number;
    readonly nth: number;
    readonly counted: "writes" | "comments";
  },
): Promise<number | null> {
  if (question.nth < 1) return question.since;
  const row = await db
    .selectFrom("writes")
    .select("at")
    .where("installation_id", "=", question.installationId)
    .where("at", ">", question.since)
    .$if(question.counted === "comments", (query) => query.where("is_comment", "=", 1))
    .orderBy("at", "desc")
    .limit(1)
    .offset(question.nth - 1)
    .executeTakeFirst();
  return row?.at ?? null;
}

/** Notes writes that are about to be sent. */
export async function addWrites(
  tx: Tx,
  writes: {
    readonly installationId: number;
    readonly at: number;
    readonly count: number;
    readonly counted: "writes" | "comments";
  },
): Promise<void> {
  const row = {
    installation_id: writes.installationId,
    at: writes.at,
    is_comment: writes.counted === "comments" ? (1 as const) : (0 as const),
  };
  await tx
    .insertInto("writes")
    .values(Array.from({ length: writes.count }, () => row))
    .execute();
}

/** Forgets writes that no limit counts any more. */
export async function forgetWrites(
  tx: Tx,
  before: { readonly installationId: number; readonly at: number },
): Promise<void> {
  await tx
    .deleteFrom("writes")
    .where("installation_id", "=", before.installationId)
    .where("at", "<=", before.at)
    .execute();
}

/** What of an installation decides whether it may write now. */
export async function installationForWriting(
  db: Db,
  installationId: number,
): Promise<{ ownerId: number; state: "active" | "suspended" | "deleted"; parkedUntil: number | null } | null> {
  const row = await db
    .selectFrom("installations")
    .select(["owner_id", "state", "parked_until"])
    .where("id", "=", installationId)
    .executeTakeFirst();
  return row === undefined ? null : { ownerId: row.owner_id, state: row.state, parkedUntil: row.parked_until };
}

/** Writes of more than an hour ago count for no limit. */
export async function dropOldWrites(tx: Tx, before: number): Promise<void> {
  await tx.deleteFrom("writes").where("at", "<", before).execute();
}
