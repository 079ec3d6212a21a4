// Questions about stored customers and people, one function each. What an import writes is in store-import.ts.
import { sql } from "kysely";
import type { Db, Tx } from "../db/database.ts";
import { type OwnerId, ownerId as toOwnerId } from "../github/refs.ts";
import { type Customer, type Person, storedCustomer, storedPerson } from "./customer.ts";

/** Owner of what was imported before any installation. */
export const NO_OWNER = toOwnerId(0);

/** PostgreSQL and SQLite both take this many parameters with room to spare. */
const BATCH = 500;

type IdentityKind = "login" | "organization" | "domain";

export type DueCustomer = { readonly ownerId: OwnerId; readonly customer: Customer; readonly dueAt: number };

export type InstalledOwner = { readonly ownerId: number; readonly login: string };

/** The owners where the app is installed (or suspended), by login. */
export async function installedOwners(db: Db): Promise<InstalledOwner[]> {
  const rows = await db
    .selectFrom("installations")
    .select(["owner_id", "owner_login"])
    .distinct()
    .where("state", "!=", "deleted")
    .orderBy("owner_login")
    .execute();
  return rows.map((row) => ({ ownerId: row.owner_id, login: row.owner_login }));
}

/** All customers of an owner, by id. */
export async function customersOfOwner(db: Db, ownerId: number): Promise<Customer[]> {
  const rows = await db.selectFrom("customers").select("data").where("owner_id", "=", ownerId).execute();
  return rows.map(({ data }) => storedCustomer(data)).sort(byId);
}

/** By code points, since the databases sort by rules of their own. */
function byId(a: Customer, b: Customer): number {
  return a.id < b.id ? -1 : 1;
}

/** The customer of that id, whatever the case it is written in. */
export async function customerById(db: Db, ownerId: number, id: string): Promise<Customer | null> {
  const row = await db
    .selectFrom("customers")
    .select("data")
    .where("owner_id", "=", ownerId)
    .where((is) => is.or([is("id", "=", id), is(sql<string>`lower(id)`, "=", id.toLowerCase())]))
    .executeTakeFirst();
  return row === undefined ? null : storedCustomer(row.data);
}

/** Whom a login on GitHub belongs to: none or one, since an import refuses a second claim. */
export async function customersByLogin(db: Db, ownerId: number, login: string): Promise<Customer[]> {
  return await customersByIdentity(db, ownerId, { kind: "login", values: [login] });
}

/** The customers that any of these organisations on GitHub belongs to. */
export async function customersByOrganizations(
  db: Db,
  ownerId: number,
  logins: readonly string[],
): Promise<Customer[]> {
  return await customersByIdentity(db, ownerId, { kind: "organization", values: logins });
}

/** The customer of an e-mail domain or of the nearest domain above it. It only proposes: anyone can write any address into a commit. */
export async function customersByDomain(db: Db, ownerId: number, domain: string): Promise<Customer[]> {
  const labels = domain.toLowerCase().slice(0, 253).split(".");
  const domains = labels.slice(1).map((_, index) => labels.slice(index).join("."));
  const rows = await db
    .selectFrom("customer_identities")
    .select("value")
    .where("owner_id", "=", ownerId)
    .where("kind", "=", "domain")
    .where("value", "in", domains.length > 0 ? domains : [""])
    .execute();
  const nearest = rows.map(({ value }) => value).sort((a, b) => b.length - a.length)[0];
  return nearest === undefined ? [] : await customersByIdentity(db, ownerId, { kind: "domain", values: [nearest] });
}

async function customersByIdentity(
  db: Db,
  ownerId: number,
  { kind, values }: { readonly kind: IdentityKind; readonly values: readonly string[] },
): Promise<Customer[]> {
  const found = new Map<string, Customer>();
  for (const some of batches(values.map((value) => value.toLowerCase()))) {
    const rows = await db
      .selectFrom("customer_identities as identity")
      .innerJoin("customers as customer", (join) =>
        join.onRef("customer.owner_id", "=", "identity.owner_id").onRef("customer.id", "=", "identity.customer_id"),
      )
      .select(["customer.id", "customer.data"])
      .where("identity.owner_id", "=", ownerId)
      .where("identity.kind", "=", kind)
      .where("identity.value", "in", some)
      .execute();
    for (const { id, data } of rows) if (!found.has(id)) found.set(id, storedCustomer(data));
  }
  return [...found.values()].sort(byId);
}

/** Every organisation on GitHub, lower case, that belongs to a customer of this owner. */
export async function organizationsOfCustomers(db: Db, ownerId: number): Promise<string[]> {
  const rows = await db
    .selectFrom("customer_identities")
    .select("value")
    .where("owner_id", "=", ownerId)
    .where("kind", "=", "organization")
    .execute();
  return rows.map(({ value }) => value).sort();
}

export async function peopleOfOwner(db: Db, ownerId: number): Promise<Person[]> {
  const rows = await db.selectFrom("people").select("data").where("owner_id", "=", ownerId).execute();
  return rows.map(({ data }) => storedPerson(data)).sort((a, b) => (a.github < b.github ? -1 : 1));
}

/** Where the person behind a login hears things privately. */
export async function personByGithub(db: Db, ownerId: number, login: string): Promise<Person | null> {
  const row = await db
    .selectFrom("people")
    .select("data")
    .where("owner_id", "=", ownerId)
    .where("github", "=", login.toLowerCase())
    .executeTakeFirst();
  return row === undefined ? null : storedPerson(row.data);
}

/** Customers whose contracts may answer otherwise by now, longest due first. What belongs to no owner yet is never due. */
export async function customersDueAt(db: Db, now: number, limit: number): Promise<DueCustomer[]> {
  const rows = await db
    .selectFrom("customers")
    .select(["owner_id", "data", "due_at"])
    .where("due_at", "is not", null)
    .where("due_at", "<=", now)
    .where("owner_id", "!=", NO_OWNER)
    .orderBy("due_at")
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    ownerId: toOwnerId(row.owner_id),
    customer: storedCustomer(row.data),
    dueAt: row.due_at ?? now,
  }));
}

/** Sets when the customer is due next, unless an import has made it due anew since it was read with `wasDueAt`. */
export async function setCustomerDue(
  tx: Db,
  due: {
    readonly ownerId: OwnerId;
    readonly customerId: string;
    readonly wasDueAt: number;
    readonly dueAt: number | null;
  },
): Promise<void> {
  await tx
    .updateTable("customers")
    .set({ due_at: due.dueAt })
    .where("owner_id", "=", due.ownerId)
    .where("id", "=", due.customerId)
    .where("due_at", "=", due.wasDueAt)
    .execute();
}

/** Makes all customers of an owner due at `at`, as when the policy's grace changes. */
export async function setAllCustomersDue(tx: Db, ownerId: number, at: number): Promise<void> {
  await tx.updateTable("customers").set({ due_at: at }).where("owner_id", "=", ownerId).execute();
}

export type Claimed = { readonly customers: number; readonly people: number; readonly cases: number };

/**
 * Gives what was imported before any installation to the first owner that comes. What that owner already has by the same name stays
 * the owner's, and the unowned one stays where it is.
 */
export async function claimUnowned(tx: Tx, ownerId: number): Promise<Claimed> {
  const claimable = await claimableCustomers(tx, ownerId);
  for (const ids of batches(claimable)) {
    await tx
      .updateTable("customers")
      .set({ owner_id: ownerId })
      .where("owner_id", "=", NO_OWNER)
      .where("id", "in", ids)
      .execute();
    await tx
      .updateTable("customer_identities")
      .set({ owner_id: ownerId })
      .where("owner_id", "=", NO_OWNER)
      .where("customer_id", "in", ids)
      .execute();
    await tx
      .updateTable("customer_changes")
      .set({ owner_id: ownerId })
      .where("owner_id", "=", NO_OWNER)
      .where("customer_id", "in", ids)
      .execute();
    await tx
      .updateTable("feeds")
      .set({ owner_id: ownerId })
      .where("owner_id", "=", NO_OWNER)
      .where("customer_id", "in", ids)
      .execute();
  }
  const people = await tx
    .updateTable("people")
    .set({ owner_id: ownerId })
    .where("owner_id", "=", NO_OWNER)
    .where(
      "github",
      "not in",
      tx.selectFrom("people as known").select("known.github").where("known.owner_id", "=", ownerId),
    )
    .executeTakeFirst();
  const cases = await tx
    .updateTable("cases")
    .set({ owner_id: ownerId })
    .where("owner_id", "=", NO_OWNER)
    .where(
      "reference",
      "not in",
      tx.selectFrom("cases as known").select("known.reference").where("known.owner_id", "=", ownerId),
    )
    .executeTakeFirst();
  return { customers: claimable.length, people: Number(people.numUpdatedRows), cases: Number(cases.numUpdatedRows) };
}

async function claimableCustomers(tx: Tx, ownerId: number): Promise<string[]> {
  const unowned = await tx.selectFrom("customers").select("id").where("owner_id", "=", NO_OWNER).execute();
  if (unowned.length === 0) return [];
  const known = await tx.selectFrom("customers").select("id").where("owner_id", "=", ownerId).execute();
  const clashing = await tx
    .selectFrom("customer_identities as mine")
    .innerJoin("customer_identities as theirs", (join) =>
      join.onRef("mine.kind", "=", "theirs.kind").onRef("mine.value", "=", "theirs.value"),
    )
    .select("mine.customer_id as id")
    .where("mine.owner_id", "=", NO_OWNER)
    .where("theirs.owner_id", "=", ownerId)
    .execute();
  const taken = new Set([...known.map(({ id }) => id.toLowerCase()), ...clashing.map(({ id }) => id.toLowerCase())]);
  return unowned.map(({ id }) => id).filter((id) => !taken.has(id.toLowerCase()));
}

/** The list in pieces that fit into one statement. */
export function batches<Item>(items: readonly Item[], size: number = BATCH): Item[][] {
  const pieces: Item[][] = [];
  for (let from = 0; from < items.length; from += size) pieces.push(items.slice(from, from + size));
  return pieces;
}

/** Whether any customer of the owner has a domain, so that commits need not be read where none has. */
export async function hasDomains(db: Db, ownerId: number): Promise<boolean> {
  const row = await db
    .selectFrom("customer_identities")
    .select("value")
    .where("owner_id", "=", ownerId)
    .where("kind", "=", "domain")
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** The owners of customers that have this organisation. */
export async function ownersOfOrganization(db: Db, organization: string): Promise<readonly number[]> {
  const rows = await db
    .selectFrom("customer_identities")
    .select("owner_id")
    .distinct()
    .where("kind", "=", "organization")
    .where("value", "=", organization.toLowerCase())
    .execute();
  return rows.map((row) => row.owner_id);
}
