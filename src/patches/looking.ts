// When what GitHub keeps no history of has to be looked at: before anything is said, while GitHub is still working it out, and once a
// working day while it is all that holds a patch back. Pure.
import { addWorkingMillis, dayMillis } from "../policy/calendar.ts";
import type { Situation } from "./situation.ts";
import type { Standing } from "./standing.ts";

const FRESH_MILLIS = 10 * 60_000;
/** GitHub works mergeability out when it is asked, and says so a moment later. */
const AGAIN_MILLIS = 60_000;
const TRIES = 3;

export type Look =
  | { readonly kind: "fresh" }
  | { readonly kind: "now" }
  | { readonly kind: "later"; readonly at: number };

/** Whether what was seen may be decided on now. */
export function lookNeeded({ observation, patch, now }: Situation): Look {
  if (observation === null || observation.headSha !== patch.headSha) return { kind: "now" };
  if (observation.unknownTimes > 0 && observation.unknownTimes < TRIES) {
    const againAt = observation.at + AGAIN_MILLIS;
    return againAt <= now ? { kind: "now" } : { kind: "later", at: againAt };
  }
  return now - observation.at > FRESH_MILLIS ? { kind: "now" } : { kind: "fresh" };
}

/** A conflict or failing checks can pass without a push, and no event tells of it: the next look at a patch that waits only for that. */
export function nextLookAt(situation: Situation, { because }: Standing): number | null {
  if (because.code !== "conflict" && because.code !== "checks-failing") return null;
  return aWorkingDayLater(situation);
}

/** The same where it is blocked though somebody said that this is not the author's to mend; null where nothing blocks it. */
export function blockedLookAt(situation: Situation): number | null {
  const { observation } = situation;
  const isBlocked = observation !== null && (observation.hasConflict || observation.failingChecks.length > 0);
  return isBlocked ? aWorkingDayLater(situation) : null;
}

const aWorkingDayLater = ({ observation, officeHours }: Situation): number | null =>
  observation === null ? null : addWorkingMillis(officeHours, observation.at, dayMillis(officeHours));
