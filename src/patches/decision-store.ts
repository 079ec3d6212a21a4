// What a decision leaves behind beside the patch's own row: whom it concerned, and its because.
import type { Tx } from "../db/database.ts";

/** Keeps which customers a patch concerns, for look-ups by customer. */
export async function keepPatchCustomers(
  tx: Tx,
  patch: { id: string; owner_id: number },
  customerIds: readonly string[],
): Promise<void> {
  const known = await tx.selectFrom("patch_customers").select("customer_id").where("patch_id", "=", patch.id).execute();
  const gone = known.map((each) => each.customer_id).filter((id) => !customerIds.includes(id));
  const fresh = customerIds.filter((id) => !known.some((each) => each.customer_id === id));
  if (gone.length > 0) {
    await tx.deleteFrom("patch_customers").where("patch_id", "=", patch.id).where("customer_id", "in", gone).execute();
  }
  if (fresh.length === 0) return;
  await tx
    .insertInto("patch_customers")
    .values(fresh.map((id) => ({ patch_id: patch.id, customer_id: id, owner_id: patch.owner_id })))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** One row a decision that says something new; deciding the same again is not written down again. */
export async function keepBecause(
  tx: Tx,
  decision: { patchId: string; ownerId: number; at: number; kind: string; because: string; data: string },
): Promise<void> {
  const last = await tx
    .selectFrom("decisions")
    .select(["kind", "because"])
    .where("patch_id", "=", decision.patchId)
    .orderBy("id", "desc")
    .limit(1)
    .executeTakeFirst();
  if (last?.kind === decision.kind && last.because === decision.because) return;
  const { patchId, ownerId, at, kind, because, data } = decision;
  await tx.insertInto("decisions").values({ patch_id: patchId, owner_id: ownerId, at, kind, because, data }).execute();
}
