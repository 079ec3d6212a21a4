// What becomes of a delivery that could not be worked on: tried again, when, and whether that counts, or failed for good. Pure, so that it is
// a table in tests.
import type { Fault } from "./faults.ts";

export type Fate =
  | { readonly kind: "failed"; readonly because: string }
  /** `isCounted` false: it was not the delivery's fault, and it is waited for as long as its payload is kept. */
  | { readonly kind: "again"; readonly runAfter: number; readonly isCounted: boolean };

export type Tried = {
  readonly attempts: number;
  readonly receivedAt: number;
  readonly now: number;
  readonly limits: { readonly attempts: number; readonly attemptsAtGitHub: number };
};

const FIRST_WAIT_MILLIS = 10_000;
const FIRST_REFUSED_MILLIS = 60_000;
const LONGEST_WAIT_MILLIS = 3_600_000;
/** What is said of a pull request a week ago is read anew, not worked on. */
const LONGEST_WAITED_FOR_MILLIS = 7 * 24 * 3_600_000;

/** How long to wait after attempt number `attempts` failed: 10 s, doubled each time, an hour at most. */
export function waitMillisAfter(attempts: number): number {
  return Math.min(FIRST_WAIT_MILLIS * 2 ** (attempts - 1), LONGEST_WAIT_MILLIS);
}

export function fateOf(fault: Fault, { attempts, receivedAt, now, limits }: Tried): Fate {
  const because = fault.because;
  const soonest = fault.kind === "rate-limited" ? fault.untilAt : now;
  const runAfter = Math.max(now + waitMillisAfter(attempts), soonest);
  switch (fault.kind) {
    // GitHub says no, and would say it again: a person has to do something first.
    case "permission":
    case "gone":
    case "invalid":
      return { kind: "failed", because };
    // The whole installation waits, suspended perhaps, until it is let in again: for as long again as until now, since no attempt counts.
    case "refused-installation": {
      const waited = Math.max(now - receivedAt, FIRST_REFUSED_MILLIS);
      if (waited >= LONGEST_WAITED_FOR_MILLIS) return { kind: "failed", because };
      return { kind: "again", runAfter: now + Math.min(waited, LONGEST_WAIT_MILLIS), isCounted: false };
    }
    // GitHub may be away for longer than a fault of ours is worth trying.
    case "rate-limited":
    case "passing":
    case "moved":
      return attempts >= limits.attemptsAtGitHub
        ? { kind: "failed", because }
        : { kind: "again", runAfter, isCounted: true };
    case "unknown":
      return attempts >= limits.attempts ? { kind: "failed", because } : { kind: "again", runAfter, isCounted: true };
  }
}
