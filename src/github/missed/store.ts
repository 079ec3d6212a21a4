// The table `missed_deliveries`: what GitHub could not bring us, from when it was found until it arrives or is given up.
import { sql } from "kysely";
import type { Db } from "../../db/database.ts";
import type { Missed } from "./decide.ts";

export type WaitingDelivery = {
  readonly guid: string;
  readonly deliveryId: number;
  readonly event: string;
  readonly installationId: number | null;
  readonly deliveredAt: number;
  readonly tries: number;
  readonly tryAt: number;
};

/** Literal, since SQLite does not see through parameters that the partial index holds just these. */
const DUE = sql.lit("due" as const);

/** Which of these arrived at some time. */
export async function knownDeliveries(db: Db, guids: readonly string[]): Promise<ReadonlySet<string>> {
  if (guids.length === 0) return new Set();
  const rows = await db.selectFrom("deliveries").select("id").where("id", "in", guids).execute();
  return new Set(rows.map(({ id }) => id));
}

/** Keeps what was found missing, each once; answers how many were not known as such. */
export async function keepMissed(db: Db, missed: readonly (Missed & { readonly tryAt: number })[]): Promise<number> {
  if (missed.length === 0) return 0;
  const before = await db
    .selectFrom("missed_deliveries")
    .select("guid")
    .where(
      "guid",
      "in",
      missed.map(({ guid }) => guid),
    )
    .execute();
  await db
    .insertInto("missed_deliveries")
    .values(
      missed.map((each) => ({
        guid: each.guid,
        delivery_id: each.deliveryId,
        event: each.event,
        installation_id: each.installationId,
        delivered_at: each.deliveredAt,
        state: "due" as const,
        try_at: each.tryAt,
      })),
    )
    .onConflict((conflict) =>
      conflict
        .column("guid")
        .doUpdateSet((is) => ({ delivery_id: is.ref("excluded.delivery_id") }))
        .whereRef("excluded.delivery_id", ">", "missed_deliveries.delivery_id"),
    )
    .execute();
  return missed.length - before.length;
}

/** Forgets what has arrived meanwhile, by our asking or by a person's; answers how many. */
export async function forgetArrived(db: Db): Promise<number> {
  const result = await db
    .deleteFrom("missed_deliveries")
    .where("guid", "in", (query) =>
      query.selectFrom("deliveries").select("id").whereRef("id", "=", "missed_deliveries.guid"),
    )
    .executeTakeFirst();
  return Number(result.numDeletedRows);
}

/** What is to be asked for now, oldest first: GitHub forgets those soonest. */
export async function missedDueAt(db: Db, now: number, limit: number): Promise<readonly WaitingDelivery[]> {
  return db
    .selectFrom("missed_deliveries")
    .select([
      "guid",
      "delivery_id as deliveryId",
      "event",
      "installation_id as installationId",
      "delivered_at as deliveredAt",
      "tries",
      "try_at as tryAt",
    ])
    .where("state", "=", DUE)
    .where("try_at", "<=", now)
    .orderBy("delivered_at")
    .limit(limit)
    .execute();
}

/** When the next one falls due; null where none waits. */
export async function nextMissedTryAt(db: Db): Promise<number | null> {
  const row = await db
    .selectFrom("missed_deliveries")
    .select((is) => is.fn.min("try_at").as("at"))
    .where("state", "=", DUE)
    .executeTakeFirst();
  return row?.at ?? null;
}

/** Counts a try before it is made, so that there are never more of them than that; false where somebody else has counted it. */
export async function countTry(
  db: Db,
  tried: { readonly guid: string; readonly triesBefore: number; readonly nextTryAt: number },
): Promise<boolean> {
  const result = await db
    .updateTable("missed_deliveries")
    .set({ tries: tried.triesBefore + 1, try_at: tried.nextTryAt })
    .where("guid", "=", tried.guid)
    .where("state", "=", DUE)
    .where("tries", "=", tried.triesBefore)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** Takes a try back that GitHub did not take in; due again at `tryAt`. */
export async function takeTryBack(db: Db, { guid, tries, tryAt }: WaitingDelivery): Promise<void> {
  await db
    .updateTable("missed_deliveries")
    .set({ tries, try_at: tryAt })
    .where("guid", "=", guid)
    .where("tries", "=", tries + 1)
    .execute();
}

export async function giveUpDelivery(db: Db, guid: string, because: string): Promise<void> {
  await db.updateTable("missed_deliveries").set({ state: "given up", because }).where("guid", "=", guid).execute();
}

/** Forgets what was given up so long ago that nobody can do anything about it any more. */
export async function forgetGivenUp(db: Db, deliveredBefore: number): Promise<void> {
  await db
    .deleteFrom("missed_deliveries")
    .where("state", "=", "given up")
    .where("delivered_at", "<", deliveredBefore)
    .execute();
}

/** What is missing, for a person to see: given up first, then the oldest. */
export async function listMissed(
  db: Db,
  limit: number,
): Promise<
  readonly (Omit<WaitingDelivery, "deliveryId"> & {
    readonly state: "due" | "given up";
    readonly because: string | null;
  })[]
> {
  return db
    .selectFrom("missed_deliveries")
    .select([
      "guid",
      "event",
      "installation_id as installationId",
      "delivered_at as deliveredAt",
      "state",
      "tries",
      "try_at as tryAt",
      "because",
    ])
    .where("guid", "not in", (query) =>
      query.selectFrom("deliveries").select("id").whereRef("id", "=", "missed_deliveries.guid"),
    )
    .orderBy((column) => column.case().when("state", "=", "given up").then(0).else(1).end())
    .orderBy("delivered_at")
    .limit(limit)
    .execute();
}

/** How many are still waited for, and how many were given up. */
export async function missedFigures(db: Db): Promise<{ readonly due: number; readonly givenUp: number }> {
  const rows = await db
    .selectFrom("missed_deliveries")
    .select((is) => ["state", is.fn.countAll().as("count")])
    .groupBy("state")
    .execute();
  const count = (state: string) => Number(rows.find((row) => row.state === state)?.count ?? 0);
  return { due: count("due"), givenUp: count("given up") };
}
