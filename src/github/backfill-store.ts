// The table `backfills`: what is still to be read of which repository, and by whom. Apart from the repositories themselves, which every webhook
// keeps.
import { sql } from "kysely";
import type { Database, Db, Tx } from "../db/database.ts";
import type { Schema } from "../db/schema.ts";

export type BackfillRow = import("kysely").Selectable<Schema["backfills"]>;
export type ClaimedBackfill = BackfillRow & { readonly installation_id: number };

/** Asks that what is there be read; begun anew where it was read before. */
export async function queueBackfill(
  tx: Tx,
  repositoryIds: readonly number[],
  what: { kind: "patches" | "cases"; at: number },
): Promise<void> {
  for (const id of repositoryIds) {
    const fresh = {
      state: "pending" as const,
      cursor: null,
      done: 0,
      total: null,
      run_after: what.at,
      attempts: 0,
      error: null,
      claimed_until: null,
    };
    await tx
      .insertInto("backfills")
      .values({ repository_id: id, kind: what.kind, ...fresh })
      .onConflict((conflict) => conflict.columns(["repository_id", "kind"]).doUpdateSet(fresh))
      .execute();
  }
}

/** Takes one repository that is to be read, of an installation that is not busy; a lease brings it back if its reader dies. */
export async function claimBackfill(
  database: Database,
  now: number,
  busy: readonly number[] = [],
): Promise<ClaimedBackfill | undefined> {
  return database.transaction(async (tx) => {
    let due = tx
      .selectFrom("backfills")
      .innerJoin("repositories", "repositories.id", "backfills.repository_id")
      .innerJoin("installations", "installations.id", "repositories.installation_id")
      .selectAll("backfills")
      .select("installations.id as installation_id")
      .where("backfills.state", "=", "pending")
      .where("backfills.run_after", "<=", now)
      .where("installations.state", "=", "active")
      .where((eb) => eb.or([eb("installations.parked_until", "is", null), eb("installations.parked_until", "<=", now)]))
      .where((eb) => eb.or([eb("backfills.claimed_until", "is", null), eb("backfills.claimed_until", "<=", now)]))
      .$if(busy.length > 0, (query) => query.where("installations.id", "not in", busy))
      .orderBy("backfills.run_after")
      .limit(1);
    if (database.dialect === "postgres") due = due.forUpdate("backfills").skipLocked();
    const row = await due.executeTakeFirst();
    if (row === undefined) return undefined;
    await tx
      .updateTable("backfills")
      .set({ claimed_until: now + 120_000 })
      .where("repository_id", "=", row.repository_id)
      .where("kind", "=", row.kind)
      .execute();
    return row;
  });
}

export async function saveBackfill(
  db: Db,
  row: Pick<BackfillRow, "repository_id" | "kind">,
  progress: Partial<
    Pick<BackfillRow, "state" | "cursor" | "done" | "total" | "run_after" | "attempts" | "error" | "claimed_until">
  >,
): Promise<void> {
  await db
    .updateTable("backfills")
    .set(progress)
    .where("repository_id", "=", row.repository_id)
    .where("kind", "=", row.kind)
    .execute();
}

export async function hasBackfill(db: Db, repositoryId: number, kind: "patches" | "cases"): Promise<boolean> {
  const row = await db
    .selectFrom("backfills")
    .select("state")
    .where("repository_id", "=", repositoryId)
    .where("kind", "=", kind)
    .executeTakeFirst();
  return row !== undefined;
}

/** Whether the owner's repositories are still to be read; one that failed several times, or is put off, keeps nobody waiting. */
export async function isBeingRead(db: Db, ownerId: number, now: number): Promise<boolean> {
  const row = await db
    .selectFrom("backfills")
    .innerJoin("repositories", "repositories.id", "backfills.repository_id")
    .select("backfills.kind")
    .where("backfills.state", "=", sql.lit("pending" as const))
    .where("backfills.attempts", "<", 3)
    .where("backfills.run_after", "<=", now + 5 * 60_000)
    .where("repositories.owner_id", "=", ownerId)
    .where("repositories.installation_id", "is not", null)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}
