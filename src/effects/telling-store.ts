// Comments of ours that said more than a public place may hear: folded away when a repository is made public.
import { sql } from "kysely";
import type { Tx } from "../db/database.ts";
import { repositoryId } from "../github/refs.ts";
import { enqueue } from "./store.ts";

/** Asks to fold every comment of ours in the repository that was written under more than disclosure `none`. */
export async function foldTellingComments(
  tx: Tx,
  where: { repositoryId: number; installationId: number; now: number },
): Promise<void> {
  const rows = await tx
    .selectFrom("effects")
    .select(["lane", "body", "outcome"])
    .where("lane", "like", `${where.repositoryId}#%`)
    .where("kind", "in", ["reply", "reminder", "author-turn", "case-note", "case-comment"])
    .where("state", "=", sql.lit("done" as const))
    .execute();
  const folds = rows.flatMap((row) => {
    const { disclosure } = JSON.parse(row.body) as { disclosure?: string };
    const { commentNodeId } = JSON.parse(row.outcome ?? "{}") as { commentNodeId?: string };
    return disclosure === "none" || commentNodeId === undefined ? [] : [{ lane: row.lane, commentNodeId }];
  });
  await enqueue(
    tx,
    folds.map(({ lane, commentNodeId }) => ({
      key: `fold:${commentNodeId}`,
      installationId: where.installationId,
      lane,
      because: "the repository was made public, and the comment says more than may be said there",
      runAfter: where.now,
      effect: { kind: "fold", repositoryId: repositoryId(where.repositoryId), commentNodeId, patchId: null },
    })),
    where.now,
  );
}
