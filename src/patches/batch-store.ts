// The questions about many patches of one owner, repository or author at once.
import type { Db, Tx } from "../db/database.ts";

/** Makes patches due in batches by a condition, without reading them. */
export async function makeOpenPatchesDue(
  tx: Tx,
  which: { ownerId: number; repositoryId?: number; authorId?: number },
  at: number,
): Promise<void> {
  await tx
    .updateTable("patches")
    // The version is raised also where it is due already: a decision under way did not see why.
    .set((eb) => ({
      due_at: eb
        .case()
        .when(eb.or([eb("due_at", "is", null), eb("due_at", ">", at)]))
        .then(at)
        .else(eb.ref("due_at"))
        .end(),
      version: eb("version", "+", 1),
    }))
    .where("state", "=", "open")
    .where("owner_id", "=", which.ownerId)
    .$if(which.repositoryId !== undefined, (query) => query.where("repository_id", "=", which.repositoryId ?? 0))
    .$if(which.authorId !== undefined, (query) => query.where("author_id", "=", which.authorId ?? 0))
    .execute();
}

export async function openPatchIds(db: Db, repositoryId: number): Promise<readonly string[]> {
  const rows = await db
    .selectFrom("patches")
    .select("id")
    .where("repository_id", "=", repositoryId)
    .where("state", "=", "open")
    .execute();
  return rows.map((row) => row.id);
}

/** Open patches of a repository whose newest payload is older than `before`, by the id that GraphQL takes. */
export async function openPatchesUnseen(
  db: Db,
  repositoryId: number,
  before: number,
): Promise<readonly { readonly id: string; readonly nodeId: string }[]> {
  const rows = await db
    .selectFrom("patches")
    .select(["id", "node_id"])
    .where("repository_id", "=", repositoryId)
    .where("state", "=", "open")
    .where("seen_at", "<", before)
    .execute();
  return rows.flatMap((row) => (row.node_id === null ? [] : [{ id: row.id, nodeId: row.node_id }]));
}

/** Makes the open patches of an author due, whoever's repositories they are in. */
export async function makePatchesOfAuthorDue(tx: Tx, authorId: number, at: number): Promise<void> {
  await tx
    .updateTable("patches")
    .set((eb) => ({ due_at: at, version: eb("version", "+", 1) }))
    .where("author_id", "=", authorId)
    .where("state", "=", "open")
    .execute();
}

/** A repository goes to another owner: its patches go along, what the old owner's customers and cases were to them does not. */
export async function movePatchesToOwner(tx: Tx, repositoryId: number, ownerId: number): Promise<void> {
  const ofRepository = tx.selectFrom("patches").select("id").where("repository_id", "=", repositoryId);
  await tx.deleteFrom("links").where("patch_id", "in", ofRepository).execute();
  await tx.deleteFrom("patch_customers").where("patch_id", "in", ofRepository).execute();
  await tx.updateTable("patches").set({ owner_id: ownerId }).where("repository_id", "=", repositoryId).execute();
}
