// PostgreSQL's lock by which one process at a time brings the schema up to date.
import { type Kysely, sql } from "kysely";

/** Kysely's own number, so that a release that locks by the session waits for this one, and this one for it. */
const MIGRATION_LOCK = "3853314791062309107";

/** Waits until no other process brings the schema up to date; holds until the end of the transaction that `db` is. */
export async function lockMigrations(db: Pick<Kysely<unknown>, "getExecutor">): Promise<void> {
  await sql`select pg_advisory_xact_lock(${sql.lit(BigInt(MIGRATION_LOCK))})`.execute(db);
}
