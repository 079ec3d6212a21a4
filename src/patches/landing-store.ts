// Which patches a commit may be about.
import type { Db } from "../db/database.ts";

/** The owner's patches whose newest commit is one of these. */
export async function patchesByHead(db: Db, ownerId: number, heads: readonly string[]): Promise<readonly string[]> {
  if (heads.length === 0) return [];
  const rows = await db
    .selectFrom("patches")
    .select("id")
    .where("owner_id", "=", ownerId)
    .where("head_sha", "in", heads)
    .orderBy("id")
    .execute();
  return rows.map(({ id }) => id);
}
