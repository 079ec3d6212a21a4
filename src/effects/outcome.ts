// What came of trying an effect, and what a fault makes of it. Pure: when to try again is a table in tests.
import type { Fault } from "../github/faults.ts";
import type { LabelMarks } from "../patches/labels.ts";
import type { EffectClass } from "./row.ts";

/** What is there now on GitHub because of the effect; kept with the row. */
export type Result =
  | {
      readonly kind: "comment";
      readonly commentId: number;
      readonly commentNodeId: string;
      readonly isFoundAgain: boolean;
    }
  | {
      readonly kind: "labels";
      readonly added: readonly string[];
      readonly removed: readonly string[];
      /** Every label on the patch, where GitHub was asked. */
      readonly read: readonly string[] | null;
      /** By whose hand: as kept before the writes, and what follows from them. */
      readonly before: LabelMarks;
      readonly marks: LabelMarks;
    }
  /** `isWritten`: it said something else before, or was not there. */
  | {
      readonly kind: "case-comment";
      readonly commentId: number;
      readonly commentNodeId: string;
      readonly hash: string;
      readonly news: string;
      readonly isWritten: boolean;
    }
  | { readonly kind: "reaction" }
  | { readonly kind: "folded"; readonly commentNodeId: string }
  | { readonly kind: "check-run"; readonly checkRunId: number };

export type Outcome =
  | { readonly kind: "done"; readonly outcome: Result }
  /** It holds no longer. */
  | { readonly kind: "withdrawn"; readonly because: string }
  /** It would have been done, but nothing may be written here. `labels`: which would have been put on and taken off. */
  | {
      readonly kind: "observed";
      readonly because: string;
      readonly labels?: { readonly added: readonly string[]; readonly removed: readonly string[] };
    }
  /** Not now. `holds` names the class that has to wait as well, in the same installation. Counts as no attempt. */
  | { readonly kind: "later"; readonly at: number; readonly because: string; readonly holds?: EffectClass }
  /** Something failed that may pass: counts as an attempt. GitHub may be away for longer than a fault of ours is worth trying. */
  | {
      readonly kind: "again";
      readonly because: string;
      readonly retryAfterMillis?: number;
      readonly isGitHubs?: true;
    }
  /** Failed for good: stays in sight. */
  | { readonly kind: "failed"; readonly because: string }
  /** The whole installation waits; `untilAt` null: longer each time. */
  | { readonly kind: "parked"; readonly untilAt: number | null; readonly because: string }
  /** The repository belongs to another installation now, whose turn and limits count. */
  | { readonly kind: "moved"; readonly installationId: number }
  /** Another process has taken the row over, or the row is not ours any more. */
  | { readonly kind: "lost" };

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const ATTEMPTS = 10;
/** With an hour between them, about a day. */
const ATTEMPTS_AT_GITHUB = 32;

/** After so many attempts it has failed for good. */
export const attemptsOf = ({ isGitHubs }: Extract<Outcome, { kind: "again" }>): number =>
  isGitHubs === true ? ATTEMPTS_AT_GITHUB : ATTEMPTS;

/** What a fault makes of an effect; `permission`, `gone` and `invalid` stop it at once. */
export function outcomeOfFault(fault: Fault): Outcome {
  switch (fault.kind) {
    case "passing":
      return {
        kind: "again",
        because: fault.because,
        isGitHubs: true,
        ...(fault.retryAfterMillis !== undefined && { retryAfterMillis: fault.retryAfterMillis }),
      };
    case "unknown":
      return { kind: "again", because: fault.because };
    case "rate-limited":
      // REST's hour is another one: all but what asks by GraphQL goes on.
      if (fault.resource === "graphql") return { kind: "later", at: fault.untilAt, because: fault.because };
      return { kind: "parked", untilAt: fault.isTold ? fault.untilAt : null, because: fault.because };
    case "refused-installation":
      return { kind: "parked", untilAt: null, because: fault.because };
    case "moved":
      return { kind: "again", because: fault.because, isGitHubs: true };
    case "permission":
    case "gone":
    case "invalid":
      return { kind: "failed", because: fault.because };
  }
}

/** How long until the next try after `attempts` failed ones: from 5 seconds (a comment: a minute) doubling up to an hour. */
export function backoffMillis(attempts: number, isComment: { readonly isComment: boolean }): number {
  const first = isComment.isComment ? MINUTE : 5000;
  return Math.min(first * 2 ** Math.max(attempts - 1, 0), HOUR);
}

/** How long an installation waits after being refused `refusals` times on end: from a minute up to an hour. */
export function parkMillis(refusals: number): number {
  return Math.min(MINUTE * 2 ** Math.min(Math.max(refusals - 1, 0), 10), HOUR);
}
