// The one question that says whether the database answers at all.
import { sql } from "kysely";
import type { Db } from "../db/database.ts";

/** Resolves when the database has answered the smallest question there is. */
export async function askDatabase(db: Db): Promise<void> {
  await sql`select 1`.execute(db);
}
