// Whose turn it is, in columns, where a release that knew none of them decided last. Apart from deciding, which writes them itself.
import { z } from "zod";
import type { Tx } from "../db/database.ts";

const standing = z.object({
  turn: z.enum(["maintainer", "author", "nobody"]),
  sinceAt: z.number(),
  waitsForUs: z.boolean().catch(false),
});

/** Fills in up to `limit` patches; answers how many there were. What is no standing becomes nobody's turn until it is decided anew. */
export async function tellTurns(tx: Tx, limit: number): Promise<number> {
  const rows = await tx
    .selectFrom("patches")
    .select(["id", "standing"])
    .where("turn", "is", null)
    .where("standing", "is not", null)
    .limit(limit)
    .execute();
  for (const { id, standing: json } of rows) {
    const parsed = standing.safeParse(JSON.parse(json ?? "null"));
    await tx
      .updateTable("patches")
      .set(
        parsed.success
          ? {
              turn: parsed.data.turn,
              turn_since_at: parsed.data.sinceAt,
              waits_for_us: parsed.data.waitsForUs ? 1 : 0,
            }
          : { turn: "nobody" },
      )
      .where("id", "=", id)
      .where("turn", "is", null)
      .execute();
  }
  return rows.length;
}
