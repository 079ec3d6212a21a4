// What is left to do in a product's database, and making it due at once. Apart from start-process, because the bench that kills needs it
// without a test runner.
import type { Database } from "../../src/db/database.ts";

/** Counted in one statement, so that nothing is overlooked that moves from one table to the next meanwhile. */
export async function workLeft({ db }: Database): Promise<number> {
  const soon = Date.now() + 5000;
  const left = db
    .selectFrom("deliveries")
    .select(({ lit }) => lit(1).as("one"))
    .where("state", "=", "pending")
    .unionAll(({ selectFrom, lit }) => selectFrom("backfills").select(lit(1).as("one")).where("state", "=", "pending"))
    .unionAll(({ selectFrom, lit }) => selectFrom("patches").select(lit(1).as("one")).where("due_at", "<=", soon))
    .unionAll(({ selectFrom, lit }) => selectFrom("effects").select(lit(1).as("one")).where("state", "=", "due"))
    .unionAll(({ selectFrom, lit }) => selectFrom("notices").select(lit(1).as("one")).where("state", "=", "due"));
  const { n } = await db
    .selectFrom(left.as("left"))
    .select(({ fn }) => fn.countAll().as("n"))
    .executeTakeFirstOrThrow();
  return Number(n);
}

/** Makes due at once what waits for the lease of a killed process or for a second try. */
export async function skipWaiting({ db }: Database): Promise<void> {
  await db
    .updateTable("deliveries")
    .set({ claimed_until: null, run_after: 0 })
    .where("state", "=", "pending")
    .execute();
  await db.updateTable("backfills").set({ claimed_until: null, run_after: 0 }).where("state", "=", "pending").execute();
  await db.updateTable("patches").set({ claimed_until: null }).execute();
  await db.updateTable("schedules").set({ claimed_until: null }).execute();
  await db
    .updateTable("effects")
    .set({ claimed_until: null, claimed_by: null, run_after: 0 })
    .where("state", "=", "due")
    .execute();
  await db
    .updateTable("notices")
    .set({ claimed_until: null, claimed_by: null, run_after: 0 })
    .where("state", "=", "due")
    .execute();
  await db
    .updateTable("effects")
    .set((eb) => ({ first_try_at: eb("first_try_at", "-", 120_000) }))
    .where("state", "=", "due")
    .where("first_try_at", "is not", null)
    .execute();
}
