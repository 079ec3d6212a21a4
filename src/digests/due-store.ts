// When digests fall due and until when their readers have been told, as rows. Apart from what digests are made of.
import { type SqlBool, sql } from "kysely";
import type { Db, Tx } from "../db/database.ts";

export type DueDigest = { readonly ownerId: number; readonly dueAt: number; readonly beganAt: number };

/** Owners who have the app and no row yet: theirs begin now. */
export async function ownersWithoutDigests(db: Db): Promise<readonly number[]> {
  const rows = await db
    .selectFrom("installations")
    .select("owner_id")
    .distinct()
    .where("state", "=", "active")
    .where(sql<SqlBool>`not exists (select 1 from digests where digests.owner_id = installations.owner_id)`)
    .execute();
  return rows.map((row) => row.owner_id);
}

export async function beginDigests(tx: Tx, ownerId: number, at: number): Promise<void> {
  await tx
    .insertInto("digests")
    .values({ owner_id: ownerId, due_at: at, began_at: at })
    .onConflict((conflict) => conflict.column("owner_id").doNothing())
    .execute();
}

export async function digestsDueAt(db: Db, now: number): Promise<readonly DueDigest[]> {
  const rows = await db.selectFrom("digests").selectAll().where("due_at", "<=", now).orderBy("due_at").execute();
  return rows.map((row) => ({ ownerId: row.owner_id, dueAt: row.due_at, beganAt: row.began_at }));
}

/** Sets when the owner's digests are looked at next; false where another process or a change was first. */
export async function setDigestDue(
  tx: Tx,
  due: { readonly ownerId: number; readonly wasDueAt: number; readonly dueAt: number; readonly beganAt?: number },
): Promise<boolean> {
  const result = await tx
    .updateTable("digests")
    .set({ due_at: due.dueAt, ...(due.beganAt !== undefined && { began_at: due.beganAt }) })
    .where("owner_id", "=", due.ownerId)
    .where("due_at", "=", due.wasDueAt)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

/** Nobody has the app there any more; whoever installs it again begins anew. */
export async function endDigests(tx: Tx, ownerId: number): Promise<void> {
  await tx.deleteFrom("digests").where("owner_id", "=", ownerId).execute();
}

/** Their times may be others now, as when the policy or people changed. */
export async function makeDigestsDue(tx: Tx, ownerId: number, at: number): Promise<void> {
  await tx
    .updateTable("digests")
    .set({ due_at: at })
    .where("owner_id", "=", ownerId)
    .where("due_at", ">", at)
    .execute();
}

/** Until when each reader has been told, by their key. */
export async function readersCovered(db: Db, ownerId: number): Promise<ReadonlyMap<string, number>> {
  const rows = await db.selectFrom("digest_readers").selectAll().where("owner_id", "=", ownerId).execute();
  return new Map(rows.map((row) => [row.recipient, row.covered_until]));
}

export async function noteCovered(tx: Tx, reader: { ownerId: number; key: string; at: number }): Promise<void> {
  await tx
    .insertInto("digest_readers")
    .values({ owner_id: reader.ownerId, recipient: reader.key, covered_until: reader.at })
    .onConflict((conflict) => conflict.columns(["owner_id", "recipient"]).doUpdateSet({ covered_until: reader.at }))
    .execute();
}
