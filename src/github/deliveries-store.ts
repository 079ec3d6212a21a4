// The table `deliveries`: webhooks as they arrived, kept until they are worked on and a while longer, so that one GUID is one row.
import { sql } from "kysely";
import type { Database, Db, Tx } from "../db/database.ts";

/** In the text of statements, since SQLite does not see through a parameter that a partial index holds just these. */
const PENDING = sql.lit("pending" as const);
const FAILED = sql.lit("failed" as const);
const OVER = { settled: sql<boolean>`state in ('done', 'ignored')`, failed: sql<boolean>`state = 'failed'` };

/** A delivery about to be kept. `body` is compressed. */
export type DeliveryRow = {
  readonly id: string;
  readonly event: string;
  readonly receivedAt: number;
  /** Null: not known before the payload is read. */
  readonly installationId: number | null;
  readonly body: Uint8Array;
};

/** A delivery in hand. `attempts` counts this one; `error` is what the one before came to, null where it came to no word. */
export type ClaimedDelivery = {
  readonly id: string;
  readonly event: string;
  readonly attempts: number;
  readonly receivedAt: number;
  readonly error: string | null;
  readonly installationId: number | null;
  readonly body: Uint8Array | null;
};

export type DeliveryState = "pending" | "done" | "ignored" | "failed";

/** What became of a delivery in hand. */
export type Settlement =
  | { readonly kind: "done"; readonly id: string }
  | { readonly kind: "ignored"; readonly id: string; readonly because: string }
  /** `isCounted` false: the attempt was not one. */
  | {
      readonly kind: "retry";
      readonly id: string;
      readonly error: string;
      readonly runAfter: number;
      readonly isCounted: boolean;
    }
  | { readonly kind: "failed"; readonly id: string; readonly error: string }
  /** Given back untouched: the process stops, others come first, or only now is known whose it is. */
  | {
      readonly kind: "released";
      readonly id: string;
      readonly installationId: number | null;
      /** Not before then. */
      readonly runAfter?: number;
    };

/** Keeps deliveries, a GUID once, in statements of at most 200 rows. Needs no transaction: each statement is whole in itself. */
export async function keepDeliveries(db: Db, rows: readonly DeliveryRow[]): Promise<void> {
  for (let from = 0; from < rows.length; from += 200) {
    const values = rows.slice(from, from + 200).map((row) => ({
      id: row.id,
      event: row.event,
      received_at: row.receivedAt,
      state: "pending" as const,
      run_after: row.receivedAt,
      installation_id: row.installationId,
      body: row.body,
    }));
    await db
      .insertInto("deliveries")
      .values(values)
      .onConflict((conflict) => conflict.column("id").doNothing())
      .execute();
  }
}

/**
 * Takes up to `limit` deliveries that are due and in nobody's hand, until `claimedUntil`. A process that dies leaves its own
 * to whoever comes after that time. The count of attempts goes up here, so that one that kills the process is not tried for ever.
 * Those of the installations `except` are passed over.
 */
export async function claimDeliveries(
  tx: Tx,
  dialect: Database["dialect"],
  claim: {
    readonly now: number;
    readonly claimedUntil: number;
    readonly limit: number;
    readonly except?: readonly number[];
  },
): Promise<readonly ClaimedDelivery[]> {
  const { except = [] } = claim;
  const due = tx
    .selectFrom("deliveries")
    .select("id")
    .where("state", "=", PENDING)
    .where("run_after", "<=", claim.now)
    .where((is) => is.or([is("claimed_until", "is", null), is("claimed_until", "<=", claim.now)]))
    .$if(except.length > 0, (query) =>
      query.where((is) => is.or([is("installation_id", "is", null), is("installation_id", "not in", except)])),
    )
    .orderBy("run_after")
    .limit(claim.limit);
  return tx
    .updateTable("deliveries")
    .set((column) => ({ claimed_until: claim.claimedUntil, attempts: column("attempts", "+", 1) }))
    .where("id", "in", dialect === "postgres" ? due.forUpdate().skipLocked() : due)
    .returning([
      "id",
      "event",
      "attempts",
      "received_at as receivedAt",
      "error",
      "installation_id as installationId",
      "body",
    ])
    .execute();
}

/** Keeps deliveries that take long in this process's hand until `claimedUntil`. */
export async function extendClaims(db: Db, ids: readonly string[], claimedUntil: number): Promise<void> {
  if (ids.length === 0) return;
  await db
    .updateTable("deliveries")
    .set({ claimed_until: claimedUntil })
    .where("id", "in", ids)
    .where("state", "=", "pending")
    .execute();
}

/** Writes down what became of deliveries; one that another process has settled meanwhile stays as it is. */
export async function settleDeliveries(tx: Tx, settlements: readonly Settlement[], now: number): Promise<void> {
  const done = settlements.filter((settlement) => settlement.kind === "done").map(({ id }) => id);
  if (done.length > 0) {
    await tx
      .updateTable("deliveries")
      .set({ state: "done", finished_at: now, claimed_until: null, error: null, because: null })
      .where("id", "in", done)
      .where("state", "=", "pending")
      .execute();
  }
  for (const settlement of settlements) {
    if (settlement.kind === "done") continue;
    await tx
      .updateTable("deliveries")
      .set({ claimed_until: null, ...changesOf(settlement, now) })
      .where("id", "=", settlement.id)
      .where("state", "=", "pending")
      .execute();
  }
}

function changesOf(settlement: Exclude<Settlement, { kind: "done" }>, now: number) {
  switch (settlement.kind) {
    case "ignored":
      return { state: "ignored" as const, finished_at: now, error: null, because: settlement.because };
    case "retry":
      return {
        run_after: settlement.runAfter,
        error: settlement.error,
        because: null,
        ...uncounted(!settlement.isCounted),
      };
    case "failed":
      return { state: "failed" as const, finished_at: now, error: settlement.error, because: null };
    case "released":
      return {
        installation_id: settlement.installationId,
        because: null,
        ...(settlement.runAfter !== undefined && { run_after: settlement.runAfter }),
        ...uncounted(true),
      };
  }
}

const uncounted = (isUncounted: boolean) => (isUncounted ? { attempts: sql<number>`attempts - 1` } : {});

/** What a person sees of a delivery: never its payload. */
export type DeliverySummary = {
  readonly id: string;
  readonly event: string;
  readonly state: DeliveryState;
  readonly receivedAt: number;
  readonly attempts: number;
  readonly because: string | null;
  readonly error: string | null;
};

/** Deliveries of one state or of all: failed ones first, then the newest. */
export async function listDeliveries(
  db: Db,
  { state, limit }: { readonly state: DeliveryState | null; readonly limit: number },
): Promise<readonly DeliverySummary[]> {
  return db
    .selectFrom("deliveries")
    .select(["id", "event", "state", "received_at as receivedAt", "attempts", "because", "error"])
    .$if(state !== null, (query) => query.where("state", "=", state ?? "failed"))
    .orderBy((column) => column.case().when("state", "=", "failed").then(0).else(1).end())
    .orderBy("received_at", "desc")
    .orderBy("id")
    .limit(limit)
    .execute();
}

/** Makes a delivery due now, a failed one with all its attempts before it, and says what was found. */
export async function retryDelivery(
  tx: Tx,
  id: string,
  now: number,
): Promise<"due again" | "unknown" | "settled" | "payload dropped"> {
  const row = await tx
    .selectFrom("deliveries")
    .select((column) => ["state", column("body", "is", null).as("isDropped")])
    .where("id", "=", id)
    .executeTakeFirst();
  if (row === undefined) return "unknown";
  if (row.state === "done" || row.state === "ignored") return "settled";
  if (row.isDropped) return "payload dropped";
  const due = row.state === "failed" ? againAt(now) : { run_after: now };
  await tx.updateTable("deliveries").set(due).where("id", "=", id).where("state", "=", row.state).execute();
  return "due again";
}

/** Makes every failed delivery due again. Answers how many there were. */
export async function retryFailedDeliveries(tx: Tx, now: number): Promise<number> {
  const result = await tx
    .updateTable("deliveries")
    .set(againAt(now))
    .where("state", "=", FAILED)
    .where("body", "is not", null)
    .executeTakeFirst();
  return Number(result.numUpdatedRows);
}

/** Makes an installation's deliveries that wait for another attempt due now: it is let in again. */
export async function retryDeliveriesOf(tx: Tx, installationId: number, now: number): Promise<void> {
  await tx
    .updateTable("deliveries")
    .set({ run_after: now })
    .where("state", "=", PENDING)
    .where("run_after", ">", now)
    .where("installation_id", "=", installationId)
    .execute();
}

function againAt(now: number) {
  return { state: "pending" as const, run_after: now, attempts: 0, claimed_until: null, finished_at: null };
}

/** How far behind the inbox is: the oldest delivery due and how many wait, and how many failed for good. */
export async function inboxFigures(
  db: Db,
  now: number,
): Promise<{ readonly oldestDueAt: number | null; readonly pending: number; readonly failed: number }> {
  const pending = await db
    .selectFrom("deliveries")
    .select((column) => [column.fn.countAll<number>().as("count"), column.fn.min("run_after").as("oldest")])
    .where("state", "=", PENDING)
    .executeTakeFirstOrThrow();
  const failed = await db
    .selectFrom("deliveries")
    .select((column) => column.fn.countAll<number>().as("count"))
    .where("state", "=", FAILED)
    .executeTakeFirstOrThrow();
  const isDue = pending.oldest !== null && pending.oldest <= now;
  return { oldestDueAt: isDue ? pending.oldest : null, pending: Number(pending.count), failed: Number(failed.count) };
}

/** When deliveries were over that are left out from now on; failed ones are kept for longer, as a person may want them again. */
export type Before = { readonly settled: number; readonly failed: number };

/** Drops the payloads of deliveries that were over before. */
export async function dropOldPayloads(tx: Tx, before: Before): Promise<void> {
  for (const how of ["settled", "failed"] as const)
    await tx
      .updateTable("deliveries")
      .set({ body: null })
      .where(OVER[how])
      .where("finished_at", "<", before[how])
      .where("body", "is not", null)
      .execute();
}

/** Forgets deliveries that were over before; until then a GUID that comes again is known. */
export async function forgetOldDeliveries(tx: Tx, before: Before): Promise<void> {
  for (const how of ["settled", "failed"] as const)
    await tx.deleteFrom("deliveries").where(OVER[how]).where("finished_at", "<", before[how]).execute();
}
