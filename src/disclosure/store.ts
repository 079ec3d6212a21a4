// Whether somebody was told of a text already, so that one text is one message.
import type { Db } from "../db/database.ts";

/** Whether the writer of a comment or body was told that private words in it were refused. `source` holds no wildcard: ids alone. */
export async function wasToldOfPrivateWords(db: Db, source: string): Promise<boolean> {
  const row = await db
    .selectFrom("notices")
    .select("id")
    .where("key", "like", `private-words:${source}:%`)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}
