// What somebody was told once, as rows: a key each, open as long as it holds.
import { sql } from "kysely";
import type { Db, Tx } from "../db/database.ts";

export type ToldKind = "author-turn" | "pause" | "unreleased" | "contract" | "closed";

export type NewTold = {
  readonly key: string;
  readonly ownerId: number;
  readonly kind: ToldKind;
  readonly patchId: string | null;
  readonly customerId: string | null;
  readonly at: number;
};

/** Notes what is being told; false where it was told before: it only holds again, and is not told twice. */
export async function noteTold(tx: Tx, told: NewTold): Promise<boolean> {
  const result = await tx
    .insertInto("told")
    .values({
      key: told.key,
      owner_id: told.ownerId,
      kind: told.kind,
      patch_id: told.patchId,
      customer_id: told.customerId,
      told_at: told.at,
    })
    .onConflict((conflict) => conflict.column("key").doNothing())
    .executeTakeFirst();
  if ((result.numInsertedOrUpdatedRows ?? 0n) > 0n) return true;
  await tx.updateTable("told").set({ ended_at: null }).where("key", "=", told.key).execute();
  return false;
}

// In the text of the statement, else SQLite does not use the partial index.
const STILL_OPEN = sql<boolean>`ended_at is null and patch_id is not null`;

/** What was told of a patch and holds still, by key. */
export async function openTold(
  db: Db,
  patchId: string,
): Promise<readonly { readonly key: string; readonly kind: string; readonly at: number }[]> {
  const rows = await db
    .selectFrom("told")
    .select(["key", "kind", "told_at"])
    .where("patch_id", "=", patchId)
    .where(STILL_OPEN)
    .execute();
  return rows.map((row) => ({ key: row.key, kind: row.kind, at: row.told_at }));
}

/** It holds no longer. */
export async function endTold(tx: Tx, keys: readonly string[], at: number): Promise<void> {
  if (keys.length === 0) return;
  await tx.updateTable("told").set({ ended_at: at }).where("key", "in", keys).execute();
}
