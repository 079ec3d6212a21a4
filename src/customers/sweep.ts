// What falls due of customers by the calendar alone: a contract begins, ends, or its grace is over, and labels follow that day.
import { policiesOfOwner } from "../cases/repositories.ts";
import type { Database, Db } from "../db/database.ts";
import type { OwnerId } from "../github/refs.ts";
import { makeOpenPatchesDue } from "../patches/batch-store.ts";
import type { Duration } from "../policy/policy.ts";
import { nextBoundaryAt } from "./contracts.ts";
import { customersDueAt, setCustomerDue } from "./store.ts";

const BATCH = 100;

/** Makes the patches of customers due whose standing as customers may have changed; answers how many customers there were. */
export async function sweepCustomers(database: Database, now: number): Promise<number> {
  const owners = new Map<number, readonly Duration[]>();
  let count = 0;
  for (;;) {
    const due = await customersDueAt(database.db, now, BATCH);
    if (due.length === 0) break;
    for (const { ownerId, customer, dueAt } of due) {
      const isFirst = !owners.has(ownerId);
      const graces = owners.get(ownerId) ?? (await gracesOf(database.db, ownerId));
      owners.set(ownerId, graces);
      const boundaries = graces.flatMap((grace) => nextBoundaryAt(customer, now, grace) ?? []);
      await database.transaction(async (tx) => {
        // Whose patches these are follows from logins and organisations as well as links, so the owner's open ones are decided anew.
        if (isFirst) await makeOpenPatchesDue(tx, { ownerId }, now);
        const nextAt = boundaries.length === 0 ? null : Math.min(...boundaries);
        await setCustomerDue(tx, { ownerId, customerId: customer.id, wasDueAt: dueAt, dueAt: nextAt });
      });
    }
    count += due.length;
  }
  if (count > 0) database.hint("patches");
  return count;
}

/** How long contracts count after their end, by the owner's policy and by those of repositories that say otherwise. */
async function gracesOf(db: Db, owner: OwnerId): Promise<readonly Duration[]> {
  const graces = new Map<string, Duration>();
  for (const { policy } of await policiesOfOwner(db, owner))
    graces.set(JSON.stringify(policy.contracts.grace), policy.contracts.grace);
  return [...graces.values()];
}
