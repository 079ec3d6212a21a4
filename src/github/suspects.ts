// Deliveries in whose hand the process ended before: one of them may be why, and the others must not pay for it. Each is worked on alone, so that
// only the one that really ends the process is given up. Pure.
import type { ClaimedDelivery } from "./deliveries-store.ts";

/** So often the process may have ended by chance while it had a delivery in hand. */
const DEATHS_BY_CHANCE = 3;
/** How long the others rest before one of them is taken up. */
const REST_MILLIS = 1000;

/** Whether the process has ended too often for chance with this in hand: none of its tries came to a word. */
export const isSuspect = ({ attempts, error }: Pick<ClaimedDelivery, "attempts" | "error">): boolean =>
  error === null && attempts > DEATHS_BY_CHANCE + 1;

/** What of it is kept in hand, and what is given back until later: of suspects one at a time. */
export function atMostOneSuspect<Item extends { readonly isSuspect: boolean }>(
  claimed: readonly Item[],
  { hasSuspect, now }: { readonly hasSuspect: boolean; readonly now: number },
): { readonly kept: readonly Item[]; readonly later: readonly Item[]; readonly runAfter: number } {
  const first = hasSuspect ? undefined : claimed.find((each) => each.isSuspect);
  return {
    kept: claimed.filter((each) => !each.isSuspect || each === first),
    later: claimed.filter((each) => each.isSuspect && each !== first),
    runAfter: now + REST_MILLIS,
  };
}
