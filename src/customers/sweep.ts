// What falls due of customers by the calendar alone: a contract begins, ends, or its grace is over, and labels follow that day.
import { policiesOfOwner } from "../cases/repositories.ts";
import type { Db } from "../db/database.ts";
import type { OwnerId } from "../github/refs.ts";
import { makeOpenPatchesDue } from "../patches/batch-store.ts";
import type { Duration } from "../policy/policy.ts";
import { nextLapseAt } from "../silences/contracts.ts";
import { type OwnersPlace, ownersPlace, type TellingWiring } from "../silences/owner-place.ts";
import { tellLapses } from "../silences/tell-contracts.ts";
import { nextBoundaryAt } from "./contracts.ts";
import { customersDueAt, type DueCustomer, setCustomerDue } from "./store.ts";

const BATCH = 100;
const AGAIN_MILLIS = 10 * 60_000;

/**
 * Makes the patches of customers due whose standing as customers may have changed, and tells account owners and support of contracts that
 * lapse; answers how many customers there were.
 */
export async function sweepCustomers(wiring: TellingWiring): Promise<number> {
  const { database } = wiring;
  const seen = new Set<number>();
  let count = 0;
  for (;;) {
    const now = wiring.now();
    const due = await customersDueAt(database.db, now, BATCH);
    if (due.length === 0) break;
    for (const [ownerId, theirs] of Map.groupBy(due, (each) => each.ownerId)) {
      await sweepOwner(wiring, { ownerId, due: theirs, isFirst: !seen.has(ownerId), now });
      seen.add(ownerId);
    }
    count += due.length;
  }
  if (count > 0) database.hint("patches");
  return count;
}

async function sweepOwner(
  wiring: TellingWiring,
  of: { ownerId: OwnerId; due: readonly DueCustomer[]; isFirst: boolean; now: number },
): Promise<void> {
  const { database } = wiring;
  const { ownerId, due, isFirst, now } = of;
  const graces = await gracesOf(database.db, ownerId);
  const place = await ownersPlace(wiring, ownerId);
  const isTold = place === null || (await areToldOf(wiring, { place, due }));
  const nextAt = ({ customer }: DueCustomer): number | null => {
    const moments = [
      ...graces.flatMap((grace) => nextBoundaryAt(customer, now, grace) ?? []),
      ...(place === null ? [] : [nextLapseAt(customer, place.policy.contracts, now) ?? []].flat()),
      ...(isTold ? [] : [now + AGAIN_MILLIS]),
    ];
    return moments.length === 0 ? null : Math.min(...moments);
  };
  // All at once: after a large import thousands are due, and each commit waits for the disk.
  await database.transaction(async (tx) => {
    // Whose patches these are follows from logins and organisations as well as links, so the owner's open ones are decided anew.
    if (isFirst) await makeOpenPatchesDue(tx, { ownerId }, now);
    for (const each of due)
      await setCustomerDue(tx, {
        ownerId,
        customerId: each.customer.id,
        wasDueAt: each.dueAt,
        dueAt: nextAt(each),
      });
  });
}

/** False where GitHub could not be asked who is to be told: then it is tried again, and labels do not wait for it. */
async function areToldOf(
  wiring: TellingWiring,
  { place, due }: { place: OwnersPlace; due: readonly DueCustomer[] },
): Promise<boolean> {
  try {
    const customers = due.map((each) => each.customer);
    await tellLapses(wiring, place, customers);
    return true;
  } catch (error) {
    wiring.log.warn({ owner: place.ownerId, err: error }, "contracts that lapse could not be told");
    return false;
  }
}

/** How long contracts count after their end, by the owner's policy and by those of repositories that say otherwise. */
async function gracesOf(db: Db, owner: OwnerId): Promise<readonly Duration[]> {
  const graces = new Map<string, Duration>();
  for (const { policy } of await policiesOfOwner(db, owner))
    graces.set(JSON.stringify(policy.contracts.grace), policy.contracts.grace);
  return [...graces.values()];
}
