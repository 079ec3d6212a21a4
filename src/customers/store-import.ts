// Writing what a customers file says. Apart from the questions in store.ts: one import is one plan, written in one transaction.
import { sql } from "kysely";
import type { Db, Tx } from "../db/database.ts";
import { makeDigestsDue } from "../digests/due-store.ts";
import { keepSetting } from "../github/identity-store.ts";
import { type Changes, type PlannedImport, planImport } from "./changes.ts";
import { identitiesOf } from "./claims.ts";
import { type Customer, type CustomersFile, type Person, toPlainCustomer } from "./customer.ts";
import type { FileProblem } from "./file.ts";
import { type ChangeAuthor, keepCustomerChanges, type WrittenCustomer } from "./history-store.ts";
import type { ReadCustomersFile } from "./parse.ts";
import { batches, customersOfOwner, peopleOfOwner } from "./store.ts";

export type ImportRequest = {
  readonly ownerId: number;
  readonly read: ReadCustomersFile;
  readonly now: number;
  /** Who imports, for the customers' history; left out where it is a command. */
  readonly who?: ChangeAuthor;
};

export type ImportOutcome =
  | { readonly kind: "changes"; readonly changes: Changes }
  | { readonly kind: "problems"; readonly problems: readonly FileProblem[] };

/**
 * Stores what the file says. Customers and people that are not in it stay; the same file again changes nothing. What is added or changed
 * is due at `now`, so that its patches are labelled anew at once, and stands in the customer's history.
 */
export async function importCustomers(tx: Tx, request: ImportRequest): Promise<ImportOutcome> {
  await holdCustomers(tx, request);
  const plan = await planStored(tx, request);
  if (plan.kind === "problems") return plan;
  await writePlanned(tx, plan, request);
  return { kind: "changes", changes: plan.changes };
}

/**
 * Keeps everybody else from writing an owner's customers until the transaction ends; asked before what is stored is read. PostgreSQL would
 * let two plan on the same rows, and the later one overwrite what it never saw.
 */
export async function holdCustomers(tx: Tx, { ownerId, now }: Pick<ImportRequest, "ownerId" | "now">): Promise<void> {
  await keepSetting(tx, { name: `customers-written:${ownerId}`, value: String(now) });
}

/** What `importCustomers` would do, without writing. */
export async function checkImport(db: Db, request: Pick<ImportRequest, "ownerId" | "read">): Promise<ImportOutcome> {
  const plan = await planStored(db, request);
  return plan.kind === "problems" ? plan : { kind: "changes", changes: plan.changes };
}

/** A plan that knows what it changes: whoever showed it first can see whether it is still the same before it is written. */
export async function planStored(
  db: Db,
  { ownerId, read }: Pick<ImportRequest, "ownerId" | "read">,
): Promise<StoredPlan> {
  const stored = await exportCustomers(db, ownerId);
  const plan = planImport(read, stored);
  return plan.kind === "problems"
    ? plan
    : { ...plan, before: new Map(stored.customers.map((each) => [each.id, each])) };
}

export type StoredPlan =
  | (Extract<PlannedImport, { kind: "plan" }> & { readonly before: ReadonlyMap<string, Customer> })
  | Extract<PlannedImport, { kind: "problems" }>;

/** Writes a plan that was made in the same transaction, under `holdCustomers`. */
export async function writePlanned(
  tx: Tx,
  plan: Extract<StoredPlan, { kind: "plan" }>,
  { ownerId, now, who = BY_COMMAND }: Omit<ImportRequest, "read">,
): Promise<void> {
  await writePeople(tx, ownerId, plan.people);
  const changes = plan.customers.map((after) => ({ after, before: plan.before.get(after.id) ?? null }));
  await writeChanges(tx, changes, { ownerId, now, who });
}

/** Writes customers that were held against all others in the same transaction, under `holdCustomers`. */
export async function writeChanges(
  tx: Tx,
  changes: readonly WrittenCustomer[],
  { ownerId, now, who }: { readonly ownerId: number; readonly now: number; readonly who: ChangeAuthor },
): Promise<void> {
  await writeCustomers(tx, { ownerId, customers: changes.map(({ after }) => after), now });
  await keepCustomerChanges(tx, changes, { ownerId, at: now, who });
  await makeDigestsDue(tx, ownerId, now);
}

const BY_COMMAND: ChangeAuthor = { by: "command", how: "command" };

/** All that is stored of an owner, as a file would say it. */
export async function exportCustomers(db: Db, ownerId: number): Promise<CustomersFile> {
  return { customers: await customersOfOwner(db, ownerId), people: await peopleOfOwner(db, ownerId) };
}

async function writeCustomers(
  tx: Tx,
  {
    ownerId,
    customers,
    now,
  }: { readonly ownerId: number; readonly customers: readonly Customer[]; readonly now: number },
): Promise<void> {
  for (const some of batches(customers)) {
    const ids = some.map(({ id }) => id);
    await tx
      .insertInto("customers")
      .values(some.map((customer) => toRow(customer, ownerId, now)))
      .onConflict((conflict) =>
        conflict.columns(["owner_id", "id"]).doUpdateSet((row) => ({
          name: row.ref("excluded.name"),
          timezone: row.ref("excluded.timezone"),
          is_confidential: row.ref("excluded.is_confidential"),
          data: row.ref("excluded.data"),
          due_at: row.ref("excluded.due_at"),
        })),
      )
      .execute();
    await tx
      .deleteFrom("customer_identities")
      .where("owner_id", "=", ownerId)
      .where("customer_id", "in", ids)
      .execute();
  }
  // Only after all are gone, for one customer of the file may get what another had.
  const identities = customers.flatMap((customer) =>
    identitiesOf(customer).map((identity) => ({ ...identity, owner_id: ownerId, customer_id: customer.id })),
  );
  for (const some of batches(identities)) await tx.insertInto("customer_identities").values(some).execute();
}

function toRow(customer: Customer, ownerId: number, now: number) {
  return {
    owner_id: ownerId,
    id: customer.id,
    name: customer.name,
    timezone: customer.timezone,
    is_confidential: customer.confidential ? (1 as const) : (0 as const),
    data: JSON.stringify(toPlainCustomer(customer)),
    due_at: now,
  };
}

async function writePeople(tx: Tx, ownerId: number, people: readonly Person[]): Promise<void> {
  for (const some of batches(people)) {
    const rows = some.map((person) => ({
      owner_id: ownerId,
      github: person.github.toLowerCase(),
      data: JSON.stringify(person),
    }));
    await tx
      .insertInto("people")
      .values(rows)
      .onConflict((conflict) =>
        conflict.columns(["owner_id", "github"]).doUpdateSet({ data: sql<string>`excluded.data` }),
      )
      .execute();
  }
}
