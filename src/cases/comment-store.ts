// Our one comment on a case, as we know it: which it is, what it says, and whether somebody deleted it.
import type { Db, Tx } from "../db/database.ts";

export type KeptComment = {
  readonly commentId: number | null;
  readonly commentNodeId: string | null;
  readonly hash: string | null;
  readonly news: string | null;
  readonly isDeleted: boolean;
};

export async function keptComment(db: Db, caseId: number): Promise<KeptComment | null> {
  const row = await db.selectFrom("case_comments").selectAll().where("case_id", "=", caseId).executeTakeFirst();
  if (row === undefined) return null;
  return {
    commentId: row.comment_id,
    commentNodeId: row.comment_node_id,
    hash: row.written_hash,
    news: row.news,
    isDeleted: row.deleted_at !== null,
  };
}

/** It stands on GitHub as that comment, with that text. */
export async function keepCaseComment(
  tx: Tx,
  caseId: number,
  written: {
    readonly commentId: number;
    readonly commentNodeId: string;
    readonly hash: string;
    readonly news: string;
    readonly at: number;
  },
): Promise<void> {
  const row = {
    comment_id: written.commentId,
    comment_node_id: written.commentNodeId,
    written_hash: written.hash,
    written_at: written.at,
    news: written.news,
    deleted_at: null,
  };
  await tx
    .insertInto("case_comments")
    .values({ case_id: caseId, ...row })
    .onConflict((conflict) => conflict.column("case_id").doUpdateSet(row))
    .execute();
}

/** Somebody deleted it. Answers whether it was one of these. */
export async function noteCaseCommentDeleted(tx: Tx, commentId: number, at: number): Promise<boolean> {
  const noted = await tx
    .updateTable("case_comments")
    .set({ deleted_at: at })
    .where("comment_id", "=", commentId)
    .where("deleted_at", "is", null)
    .executeTakeFirst();
  return noted.numUpdatedRows > 0n;
}

/** Cases that have such a comment and whose link to the patch was dropped: it still names the patch. */
export async function casesLeftBy(
  db: Db,
  patch: string,
): Promise<readonly { readonly id: number; readonly repositoryId: number; readonly number: number }[]> {
  const rows = await db
    .selectFrom("links")
    .innerJoin("case_comments", "case_comments.case_id", "links.case_id")
    .innerJoin("cases", "cases.id", "links.case_id")
    .select(["cases.id", "cases.repository_id", "cases.number"])
    .where("links.patch_id", "=", patch)
    .where("links.state", "=", "dropped")
    .execute();
  return rows.flatMap(({ id, repository_id, number }) =>
    repository_id === null || number === null ? [] : [{ id, repositoryId: repository_id, number }],
  );
}
