// Whether a policy came to observe after something was to be told. Apart from the notifier, which knows of rows and claims only.
import { policiesOfOwner } from "../cases/repositories.ts";
import type { Database } from "../db/database.ts";
import { placeOf } from "../patches/place.ts";
import { patchById } from "../patches/store.ts";
import type { ClaimedNotice } from "./claims-store.ts";

/** What somebody asked for by hand, for themselves or for a customer's contact: no rule decided it, so that observing does not hold it back. */
const ASKED_BY_HAND: ReadonlySet<string> = new Set(["sign-in", "contact-link", "test"]);

/** A patch is told of as its repository's policy says, anything else while any policy of the owner acts. */
export async function isObserved(
  database: Database,
  { patchId, ownerId, kind }: Pick<ClaimedNotice, "patchId" | "ownerId" | "kind">,
  now: number,
): Promise<boolean> {
  if (ASKED_BY_HAND.has(kind)) return false;
  const patch = patchId === null ? undefined : await patchById(database.db, patchId);
  if (patch !== undefined) {
    const place = await placeOf(database, patch.repository_id, { fromAt: now, now });
    return place !== null && place.mode !== "act";
  }
  const policies = await policiesOfOwner(database.db, ownerId);
  return !policies.some(({ isInForce, policy }) => isInForce && policy.mode === "act");
}
