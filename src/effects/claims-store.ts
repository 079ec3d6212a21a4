// The outbox in SQL, what is in hand: claims by lane, and how they end. Apart from what is asked for, because only the outbox
// itself may touch a claim.
import { type ExpressionBuilder, sql } from "kysely";
import type { Database, Db, Tx } from "../db/database.ts";
import type { Schema } from "../db/schema.ts";
import type { Effect } from "./effect.ts";

// A literal, not a parameter: SQLite uses a partial index only where the statement itself says its condition.
const DUE = sql.lit("due" as const);

/** An effect as it was claimed, its body unread. */
export type ClaimedEffect = {
  readonly id: number;
  readonly key: string;
  readonly kind: string;
  readonly installationId: number;
  readonly lane: string;
  readonly body: string;
  readonly because: string;
  readonly runAfter: number;
  readonly attempts: number;
  readonly firstTryAt: number | null;
  readonly claimedBy: string;
  readonly revision: number;
};

/** Installations that have something due now and may write: active, not parked, not paused. */
export async function installationsWithDue(db: Db, now: number): Promise<readonly number[]> {
  const some = await db
    .selectFrom("effects")
    .select("id")
    .where("state", "=", DUE)
    .where("run_after", "<=", now)
    .limit(1)
    .executeTakeFirst();
  if (some === undefined) return [];
  const rows = await db
    .selectFrom("installations as i")
    .select("i.id")
    .where("i.state", "=", "active")
    .where((eb) => eb.or([eb("i.parked_until", "is", null), eb("i.parked_until", "<=", now)]))
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom("pauses as p")
            .select("p.scope")
            .where(sql<boolean>`p.scope = 'all' or p.scope = 'owner:' || i.owner_id`),
        ),
      ),
    )
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom("effects as e")
          .select("e.id")
          .whereRef("e.installation_id", "=", "i.id")
          .where("e.state", "=", DUE)
          .where("e.run_after", "<=", now),
      ),
    )
    .orderBy("i.id")
    .execute();
  return rows.map((row) => row.id);
}

export type Claim = {
  readonly installationId: number;
  readonly now: number;
  readonly limit: number;
  readonly holder: string;
  readonly until: number;
  /** Lanes that this process is busy in, whatever the clock says of their lease. */
  readonly busyLanes: readonly string[];
  /** Kinds that have to wait, as pacing said. */
  readonly heldKinds: readonly Effect["kind"][];
};

/**
 * Claims effects of one installation: in each lane the first of those due now (by priority, then id), and none in a lane where
 * one is being performed. What waits for later does not hold up its lane.
 */
export function claimDue(database: Database, claim: Claim): Promise<readonly ClaimedEffect[]> {
  return database.transaction(async (tx) => {
    // One claim an installation at a time, else two processes could each take a different effect of one lane.
    await lockInstallation(tx, { dialect: database.dialect, installationId: claim.installationId });
    const rows = await tx
      .selectFrom("effects as e")
      .selectAll("e")
      .where("e.installation_id", "=", claim.installationId)
      .where("e.state", "=", DUE)
      .where("e.run_after", "<=", claim.now)
      .where((eb) => isFree(eb, claim))
      .$if(claim.busyLanes.length > 0, (query) => query.where("e.lane", "not in", claim.busyLanes))
      .$if(claim.heldKinds.length > 0, (query) => query.where("e.kind", "not in", claim.heldKinds))
      .where(({ not, exists, selectFrom }) =>
        not(
          exists(
            selectFrom("effects as o")
              .select("o.id")
              .whereRef("o.lane", "=", "e.lane")
              .where("o.state", "=", DUE)
              .where((eb) =>
                eb.or([
                  eb("o.claimed_until", ">", claim.now),
                  eb.and([
                    eb("o.run_after", "<=", claim.now),
                    ...(claim.heldKinds.length > 0 ? [eb("o.kind", "not in", claim.heldKinds)] : []),
                    sql<boolean>`(o.priority < e.priority or (o.priority = e.priority and o.id < e.id))`,
                  ]),
                ]),
              ),
          ),
        ),
      )
      .orderBy("e.priority")
      .orderBy("e.id")
      .limit(claim.limit)
      .execute();
    if (rows.length === 0) return [];
    await tx
      .updateTable("effects")
      .set({ claimed_until: claim.until, claimed_by: claim.holder })
      .where(
        "id",
        "in",
        rows.map((row) => row.id),
      )
      .execute();
    return rows.map((row) => ({
      id: row.id,
      key: row.key,
      kind: row.kind,
      installationId: row.installation_id,
      lane: row.lane,
      body: row.body,
      because: row.because,
      runAfter: row.run_after,
      attempts: row.attempts,
      firstTryAt: row.first_try_at,
      claimedBy: claim.holder,
      revision: row.revision,
    }));
  });
}

const isFree = (eb: ExpressionBuilder<Schema & { e: Schema["effects"] }, "e">, claim: Claim) =>
  eb.or([eb("e.claimed_until", "is", null), eb("e.claimed_until", "<=", claim.now)]);

/** Locks an installation's row until the transaction ends; SQLite has one writer anyway. */
export async function lockInstallation(
  tx: Tx,
  at: { readonly dialect: Database["dialect"]; readonly installationId: number },
): Promise<void> {
  if (at.dialect === "sqlite") return;
  await tx.selectFrom("installations").select("id").where("id", "=", at.installationId).forUpdate().execute();
}

/** Keeps claims alive while their effects are being performed. */
export async function renewClaims(
  db: Db,
  claims: { readonly ids: readonly number[]; readonly holder: string; readonly until: number },
): Promise<void> {
  await db
    .updateTable("effects")
    .set({ claimed_until: claims.until })
    .where("id", "in", claims.ids)
    .where("claimed_by", "=", claims.holder)
    .where("state", "=", "due")
    .execute();
}

type Held = Pick<ClaimedEffect, "id" | "claimedBy" | "revision">;

export type Finish = {
  readonly state: "done" | "withdrawn" | "observed" | "failed";
  readonly outcome: string;
  readonly at: number;
};

/** Ends a claimed effect. Where it was asked for again meanwhile it only becomes free, and due. */
export async function finishEffect(tx: Tx, row: Held, finish: Finish): Promise<void> {
  const finished = await tx
    .updateTable("effects")
    .set({
      state: finish.state,
      outcome: finish.outcome,
      finished_at: finish.at,
      claimed_until: null,
      claimed_by: null,
    })
    .where("id", "=", row.id)
    .where("claimed_by", "=", row.claimedBy)
    .where("revision", "=", row.revision)
    .executeTakeFirst();
  if (finished.numUpdatedRows === 0n) await freeClaim(tx, row);
}

export type Delay = { readonly runAfter: number; readonly attempts: number; readonly because: string };

/** Puts a claimed effect off. Where it was asked for again meanwhile, what was asked then counts. */
export async function delayEffect(tx: Tx, row: Held, delay: Delay): Promise<void> {
  const delayed = await tx
    .updateTable("effects")
    .set({
      run_after: delay.runAfter,
      attempts: delay.attempts,
      outcome: JSON.stringify({ kind: "later", because: delay.because }),
      claimed_until: null,
      claimed_by: null,
    })
    .where("id", "=", row.id)
    .where("claimed_by", "=", row.claimedBy)
    .where("revision", "=", row.revision)
    .executeTakeFirst();
  if (delayed.numUpdatedRows === 0n) await freeClaim(tx, row);
}

/** Gives a claim back to another installation, and this with it. */
export async function moveEffect(tx: Tx, row: Held, installationId: number): Promise<void> {
  await tx
    .updateTable("effects")
    .set({ installation_id: installationId, claimed_until: null, claimed_by: null })
    .where("id", "=", row.id)
    .where("claimed_by", "=", row.claimedBy)
    .execute();
}

/** Gives a claim back, with nothing else changed. */
export async function freeClaim(tx: Tx, row: Held): Promise<void> {
  await tx
    .updateTable("effects")
    .set({ claimed_until: null, claimed_by: null })
    .where("id", "=", row.id)
    .where("claimed_by", "=", row.claimedBy)
    .execute();
}

/**
 * Notes, before a write, that a try begins. False where the claim is no longer ours. What cannot be repeated safely is not due
 * again before `notBefore`, so that after a crash GitHub has had time to show what we wrote.
 */
export async function beginTry(
  tx: Tx,
  row: Held,
  begin: { readonly now: number; readonly notBefore: number | null },
): Promise<boolean> {
  const begun = await tx
    .updateTable("effects")
    .set((eb) => ({
      first_try_at: sql<number>`coalesce(first_try_at, ${begin.now})`,
      ...(begin.notBefore === null ? { run_after: eb.ref("run_after") } : { run_after: begin.notBefore }),
    }))
    .where("id", "=", row.id)
    .where("claimed_by", "=", row.claimedBy)
    .where("state", "=", "due")
    .executeTakeFirst();
  return begun.numUpdatedRows > 0n;
}
