// What a customer's feed and digests tell: rows that are written once, in the transaction of what happened.
import type { Db, Tx } from "../db/database.ts";
import type { CustomerEventBody, EventPull } from "./customer-event.ts";

export type { CustomerEventBody, EventPull } from "./customer-event.ts";

type About = {
  readonly ownerId: number;
  readonly customerId: string;
  readonly at: number;
  readonly case: { readonly id: number; readonly reference: string; readonly title: string } | null;
  readonly patchId: string | null;
  readonly pull: EventPull | null;
  readonly event: CustomerEventBody;
};

/** `key` names what happened within the customer: written once, however often it is asked for. */
export type NewCustomerEvent = About & { readonly key: string };

export type CustomerEvent = About & { readonly id: number };

type Stored = Pick<About, "pull" | "event"> & {
  readonly case: { readonly reference: string; readonly title: string } | null;
};

/** Writes an event unless it is there; true when it is new. */
export async function addCustomerEvent(tx: Tx, event: NewCustomerEvent): Promise<boolean> {
  const data: Stored = {
    case: event.case === null ? null : { reference: event.case.reference, title: event.case.title },
    pull: event.pull,
    event: event.event,
  };
  const result = await tx
    .insertInto("customer_events")
    .values({
      key: `${event.ownerId}:${event.customerId}:${event.key}`,
      owner_id: event.ownerId,
      customer_id: event.customerId,
      case_id: event.case?.id ?? null,
      patch_id: event.patchId,
      kind: event.event.kind,
      at: event.at,
      data: JSON.stringify(data),
    })
    .onConflict((conflict) => conflict.column("key").doNothing())
    .executeTakeFirst();
  return (result.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

/** A customer's events since a time, the newest first. */
export async function eventsOfCustomer(
  db: Db,
  ownerId: number,
  customerId: string,
  asked: { readonly sinceAt: number; readonly limit: number },
): Promise<readonly CustomerEvent[]> {
  const rows = await db
    .selectFrom("customer_events")
    .selectAll()
    .where("owner_id", "=", ownerId)
    .where("customer_id", "=", customerId)
    .where("at", ">=", asked.sinceAt)
    .orderBy("at", "desc")
    .orderBy("id", "desc")
    .limit(asked.limit)
    .execute();
  return rows.map((row) => {
    const { case: about, pull, event } = JSON.parse(row.data) as Stored;
    return {
      id: row.id,
      ownerId: row.owner_id,
      customerId: row.customer_id,
      at: row.at,
      case: about === null || row.case_id === null ? null : { id: row.case_id, ...about },
      patchId: row.patch_id,
      pull,
      event,
    };
  });
}
