// Comments of ours that said more than a public place may hear: folded away when a repository is made public.
import { sql } from "kysely";
import type { Tx } from "../db/database.ts";
import { repositoryId } from "../github/refs.ts";
import { enqueue } from "./store.ts";

/** A comment of ours that says more than a public place may hear: on which issue or pull request, and how much. */
export type TellingComment = { readonly number: number; readonly disclosure: "reference" | "full" };

/** Asks to fold every comment of ours in the repository that tells more than disclosure `none`; gives them. */
export async function foldTellingComments(
  tx: Tx,
  where: { repositoryId: number; installationId: number; now: number },
): Promise<readonly TellingComment[]> {
  const rows = await tx
    .selectFrom("effects")
    .select(["lane", "body", "outcome"])
    .where("lane", "like", `${where.repositoryId}#%`)
    .where("kind", "in", ["reply", "reminder", "author-turn", "decision-request", "case-note", "case-comment"])
    .where("state", "=", sql.lit("done" as const))
    .execute();
  const folds = rows.flatMap((row) => {
    // What a case's comments say needs no disclosure: they are for private case repositories alone.
    const { disclosure = "full" } = JSON.parse(row.body) as { disclosure?: "none" | "reference" | "full" };
    const { commentNodeId } = JSON.parse(row.outcome ?? "{}") as { commentNodeId?: string };
    return disclosure === "none" || commentNodeId === undefined ? [] : [{ lane: row.lane, commentNodeId, disclosure }];
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
  const tellings = new Map(
    folds.map(({ lane, commentNodeId, disclosure }) => [
      commentNodeId,
      { number: Number(lane.slice(lane.indexOf("#") + 1)), disclosure },
    ]),
  );
  return [...tellings.values()];
}
