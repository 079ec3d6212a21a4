// A message that no longer holds may be in a sender's hands just then: why it is not to go out is kept beside it, for whoever puts it off.
import { type Kysely, sql } from "kysely";

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw("alter table notices add column recalled text").execute(db);
}
