// The next moment at which anything of a run is to be done, what a dead process still holds included.
import { sql } from "kysely";
import type { Db } from "../../src/db/database.ts";

/** Null when nothing is. */
export async function nextDueAt(db: Db, now: number): Promise<number | null> {
  const { rows } = await sql<{ at: number | null }>`select min(at) as at from (
    select min(due_at) as at from patches where due_at > ${now}
    union all select min(claimed_until) from patches where claimed_until > ${now}
    union all select min(due_at) from customers where due_at > ${now}
    union all select min(due_at) from digests where due_at > ${now}
    union all select min(due_at) from listed_decisions where sent_at is null and due_at > ${now}
    union all select min(run_after) from effects where state = 'due' and run_after > ${now}
    union all select min(claimed_until) from effects where state = 'due' and claimed_until > ${now}
    union all select min(parked_until) from installations where parked_until > ${now}
    union all select min(run_after) from notices where state = 'due' and run_after > ${now}
    union all select min(claimed_until) from notices where state = 'due' and claimed_until > ${now}
    union all select min(run_after) from deliveries where state = 'pending' and run_after > ${now}
    union all select min(claimed_until) from deliveries where state = 'pending' and claimed_until > ${now}
    union all select min(claimed_until) from schedules where claimed_until > ${now}
    union all select min(run_after) from releases where run_after > ${now}
    union all select min(run_after) from backfills where state = 'pending' and run_after > ${now}
    union all select min(claimed_until) from backfills where state = 'pending' and claimed_until > ${now}
  ) as due`.execute(db);
  return rows[0]?.at ?? null;
}
