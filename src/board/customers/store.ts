// The questions of the pages of customers.
import { type SqlBool, sql } from "kysely";
import { type Customer, storedCustomer } from "../../customers/customer.ts";
import type { Db } from "../../db/database.ts";
import { likePattern } from "../../db/like.ts";

/** Customers by name, of those whose name or id holds the text. */
export async function listedCustomers(
  db: Db,
  asked: {
    readonly ownerId: number;
    readonly text: string | null;
    readonly only: readonly string[] | null;
    readonly offset: number;
    readonly limit: number;
  },
): Promise<readonly Customer[]> {
  const { ownerId, text, only, offset, limit } = asked;
  const pattern = likePattern(text ?? "");
  const chosen = db
    .selectFrom("customers")
    .select("id")
    .where("owner_id", "=", ownerId)
    .$if(text !== null, (all) =>
      all.where(sql<SqlBool>`(lower(name) like ${pattern} escape '\\' or lower(id) like ${pattern} escape '\\')`),
    )
    .$if(only !== null, (all) => all.where("id", "in", [...(only ?? []), ""]))
    .orderBy(sql`lower(name)`)
    .orderBy("id")
    .limit(limit)
    .offset(offset);
  const ids = (await chosen.execute()).map(({ id }) => id);
  if (ids.length === 0) return [];
  const rows = await db
    .selectFrom("customers")
    .select(["id", "data"])
    .where("owner_id", "=", ownerId)
    .where("id", "in", ids)
    .execute();
  const byId = new Map(rows.map((row) => [row.id, row.data]));
  return ids.flatMap((id) => {
    const data = byId.get(id);
    return data === undefined ? [] : [storedCustomer(data)];
  });
}

/** How many open cases each of these customers has. */
export async function openCasesOf(
  db: Db,
  ownerId: number,
  customerIds: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  if (customerIds.length === 0) return new Map();
  const rows = await db
    .selectFrom("cases")
    .select((eb) => ["customer_id", eb.fn.countAll<number>().as("count")])
    .where("owner_id", "=", ownerId)
    .where("customer_id", "in", customerIds)
    .where("state", "=", sql.lit("open" as const))
    .groupBy("customer_id")
    .execute();
  return new Map(rows.flatMap((row) => (row.customer_id === null ? [] : [[row.customer_id, Number(row.count)]])));
}

/** How many followed open patches each of these customers waits for. */
export async function waitingPatchesOf(
  db: Db,
  ownerId: number,
  customerIds: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  if (customerIds.length === 0) return new Map();
  const rows = await db
    .selectFrom("patch_customers")
    .innerJoin("patches", "patches.id", "patch_customers.patch_id")
    .select((eb) => ["customer_id", eb.fn.countAll<number>().as("count")])
    .where("patch_customers.owner_id", "=", ownerId)
    .where("customer_id", "in", customerIds)
    .where("patches.state", "=", sql.lit("open" as const))
    .where("patches.is_tracked", "=", sql.lit(1 as const))
    .groupBy("customer_id")
    .execute();
  return new Map(rows.map((row) => [row.customer_id, Number(row.count)]));
}

/** The newest of a customer's patches, waiting or not. */
export async function settledPatchesOf(
  db: Db,
  ownerId: number,
  customerId: string,
  limit: number,
): Promise<readonly string[]> {
  const rows = await db
    .selectFrom("patch_customers")
    .innerJoin("patch_times", "patch_times.patch_id", "patch_customers.patch_id")
    .select("patch_customers.patch_id")
    .where("patch_customers.owner_id", "=", ownerId)
    .where("patch_customers.customer_id", "=", customerId)
    .where("patch_times.decided_at", "is not", null)
    .orderBy("patch_times.decided_at", "desc")
    .orderBy("patch_customers.patch_id")
    .limit(limit)
    .execute();
  return rows.map(({ patch_id }) => patch_id);
}

export type FeedShown = { readonly prefix: string; readonly createdAt: number };

/** The customer's feeds that can be read, the oldest first. */
export async function liveFeedsOf(db: Db, ownerId: number, customerId: string): Promise<readonly FeedShown[]> {
  const rows = await db
    .selectFrom("feeds")
    .select(["prefix", "created_at"])
    .where("owner_id", "=", ownerId)
    .where("customer_id", "=", customerId)
    .where("revoked_at", "is", null)
    .orderBy("created_at")
    .orderBy("prefix")
    .limit(MOST_FEEDS)
    .execute();
  return rows.map((row) => ({ prefix: row.prefix, createdAt: row.created_at }));
}

const MOST_FEEDS = 50;
