// What falls due of customers by the calendar alone: a contract begins, ends, or its grace is over, and labels follow that day.
import type { Database } from "../db/database.ts";
import { repositoryId } from "../github/refs.ts";
import { makeOpenPatchesDue } from "../patches/batch-store.ts";
import { effectivePolicy } from "../policy/effective.ts";
import { nextBoundaryAt } from "./contracts.ts";
import { customersDueAt, setCustomerDue } from "./store.ts";

const BATCH = 100;

/** Makes the patches of customers due whose standing as customers may have changed; answers how many customers there were. */
export async function sweepCustomers(database: Database, now: number): Promise<number> {
  const due = await customersDueAt(database.db, now, BATCH);
  const owners = new Set<number>();
  for (const { ownerId, customer, dueAt } of due) {
    const { policy } = await effectivePolicy(database.db, {
      ownerId,
      repositoryId: repositoryId(0),
      visibility: "private",
    });
    const nextAt = nextBoundaryAt(customer, now, policy.contracts.grace);
    await database.transaction(async (tx) => {
      // Whose patches these are follows from logins and organisations as well as links, so the owner's open ones are decided anew.
      if (!owners.has(ownerId)) await makeOpenPatchesDue(tx, { ownerId }, now);
      await setCustomerDue(tx, { ownerId, customerId: customer.id, wasDueAt: dueAt, dueAt: nextAt });
    });
    owners.add(ownerId);
  }
  if (due.length > 0) database.hint("patches");
  return due.length;
}
