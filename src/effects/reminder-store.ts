// What the outbox changes of reminders, in the transaction of the effect's own outcome. Apart from the outbox, which knows no
// product words.
import type { Tx } from "../db/database.ts";
import type { PatchId } from "../github/refs.ts";

export type ReminderId = { readonly patchId: PatchId; readonly round: string; readonly n: number };

/** The reminder stands on GitHub. Where that is known already, the first comment stays. */
export async function completeReminder(
  tx: Tx,
  id: ReminderId,
  sent: { readonly at: number; readonly commentId: number; readonly commentNodeId: string },
): Promise<void> {
  await reminder(tx, id)
    .set({ state: "sent", sent_at: sent.at, comment_id: sent.commentId, comment_node_id: sent.commentNodeId })
    .where("comment_id", "is", null)
    .execute();
}

/** The reminder will not be sent. */
export async function endReminder(tx: Tx, id: ReminderId, state: "withdrawn" | "failed" | "observed"): Promise<void> {
  await reminder(tx, id).set({ state }).where("state", "=", "waiting").execute();
}

/** One of our comments was folded away by us. */
export async function foldReminder(tx: Tx, commentNodeId: string): Promise<void> {
  await tx
    .updateTable("reminders")
    .set({ state: "folded" })
    .where("comment_node_id", "=", commentNodeId)
    .where("state", "=", "sent")
    .execute();
}

const reminder = (tx: Tx, id: ReminderId) =>
  tx.updateTable("reminders").where("patch_id", "=", id.patchId).where("round", "=", id.round).where("n", "=", id.n);
