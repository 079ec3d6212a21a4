// What was changed about customers: by whom, how and when. Apart from the questions in store.ts, because an import writes it and pages read it.
import type { Selectable } from "kysely";
import type { Db, Tx } from "../db/database.ts";
import type { Schema } from "../db/schema.ts";
import { type FieldChange, fieldChanges } from "./changes.ts";
import { type Customer, toPlainCustomer } from "./customer.ts";
import { batches } from "./store.ts";

/** `by`: a person as the log names them, a token's name, or `command`. */
export type ChangeAuthor = { readonly by: string; readonly how: "command" | "page" | "api" };

export type CustomerChange = {
  readonly id: number;
  readonly customerId: string;
  readonly at: number;
  readonly author: ChangeAuthor;
  /** Whether the customer was there before. */
  readonly isAdded: boolean;
  readonly fields: readonly FieldChange[];
};

export type WrittenCustomer = { readonly before: Customer | null; readonly after: Customer };

/** Keeps what an import writes, in its transaction. */
export async function keepCustomerChanges(
  tx: Tx,
  changes: readonly WrittenCustomer[],
  { ownerId, at, who }: { readonly ownerId: number; readonly at: number; readonly who: ChangeAuthor },
): Promise<void> {
  const rows = changes.map(({ before, after }) => ({
    owner_id: ownerId,
    customer_id: after.id,
    at,
    by: who.by,
    how: who.how,
    before: before === null ? null : JSON.stringify(toPlainCustomer(before)),
    after: JSON.stringify(toPlainCustomer(after)),
  }));
  for (const some of batches(rows)) await tx.insertInto("customer_changes").values(some).execute();
}

/** The newest first; of one customer, or of all where `customerId` is null. `beforeId`: only older ones. */
export async function customerChanges(
  db: Db,
  ownerId: number,
  which: { readonly customerId: string | null; readonly beforeId: number | null; readonly limit: number },
): Promise<readonly CustomerChange[]> {
  const { customerId, beforeId, limit } = which;
  const rows = await db
    .selectFrom("customer_changes")
    .selectAll()
    .where("owner_id", "=", ownerId)
    .$if(customerId !== null, (query) => query.where("customer_id", "=", customerId ?? ""))
    .$if(beforeId !== null, (query) => query.where("id", "<", beforeId ?? 0))
    .orderBy("id", "desc")
    .limit(limit)
    .execute();
  return rows.map(toChange);
}

function toChange(row: Selectable<Schema["customer_changes"]>): CustomerChange {
  return {
    id: row.id,
    customerId: row.customer_id,
    at: row.at,
    author: { by: row.by, how: row.how },
    isAdded: row.before === null,
    fields: fieldChanges(plainOf(row.before), plainOf(row.after)),
  };
}

const plainOf = (json: string | null): unknown => (json === null ? null : JSON.parse(json));
