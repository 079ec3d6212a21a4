// What was observed of a pull request that GitHub has no history of, kept with its row. Apart from store.ts only for length.
import type { Db } from "../db/database.ts";

/** Keeps what GitHub has no history of, as it was read. */
export async function keepObservation(
  db: Db,
  id: string,
  observation: { json: string; headSha: string; at: number },
): Promise<void> {
  await db
    .updateTable("patches")
    // The head too: where the push's webhook was lost, what was seen would be taken for old and be looked at without end.
    .set({ observation: observation.json, observed_at: observation.at, head_sha: observation.headSha })
    .where("id", "=", id)
    .execute();
}
