// What deciders hear of in one ranked list, because they have had their dossiers of the week. Apart, because the ladder writes it and a sweep
// sends it.
import type { Selectable } from "kysely";
import type { Db, Tx } from "../db/database.ts";
import type { Schema } from "../db/schema.ts";
import type { Recipient } from "../notify/notice.ts";

export type ListedRow = Selectable<Schema["listed_decisions"]>;

export async function listDecision(
  tx: Tx,
  listed: {
    readonly ownerId: number;
    readonly to: Recipient;
    readonly patchId: string;
    readonly stepKey: string;
    readonly dueAt: number;
  },
): Promise<void> {
  await tx
    .insertInto("listed_decisions")
    .values({
      owner_id: listed.ownerId,
      recipient: listed.to.key,
      recipient_data: JSON.stringify(listed.to),
      patch_id: listed.patchId,
      step_key: listed.stepKey,
      due_at: listed.dueAt,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Of whom a list is due, with all that belongs in it, what is not due yet as well. */
export async function listsDueAt(db: Db, now: number): Promise<readonly ListedRow[]> {
  const due = await db
    .selectFrom("listed_decisions")
    .select(["owner_id", "recipient"])
    .distinct()
    .where("sent_at", "is", null)
    .where("due_at", "<=", now)
    .execute();
  if (due.length === 0) return [];
  const rows = await db
    .selectFrom("listed_decisions")
    .selectAll()
    .where("sent_at", "is", null)
    .where("recipient", "in", [...new Set(due.map(({ recipient }) => recipient))])
    .orderBy("id")
    .execute();
  // Whoever decides for two owners gets a list of each.
  return rows.filter((row) => due.some((each) => each.owner_id === row.owner_id && each.recipient === row.recipient));
}

/** Marks as sent; answers which were not before, so that of two processes each sends what the other does not. */
export async function noteListed(tx: Tx, ids: readonly number[], now: number): Promise<ReadonlySet<number>> {
  const marked = await tx
    .updateTable("listed_decisions")
    .set({ sent_at: now })
    .where("id", "in", ids)
    .where("sent_at", "is", null)
    .returning("id")
    .execute();
  return new Set(marked.map(({ id }) => id));
}
