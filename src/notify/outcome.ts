// What came of sending something, and when it is tried again. Pure: the waits are a table in tests.
import type { Way } from "./channels.ts";

export type Target = Way | "webhook" | "pagerduty";

/** What one try by one way came to. `because` may stand in a log; `detail`, which may name people, only in the row. */
export type SendOutcome =
  /** `reference`: what an answer in the same thread refers to. */
  | { readonly kind: "sent"; readonly reference: string | null }
  /** It may pass. `isDown`: the way itself is at fault, not this message. */
  | {
      readonly kind: "again";
      readonly because: string;
      readonly detail?: string;
      readonly retryAfterMillis?: number;
      readonly isDown: boolean;
    }
  /** By this way it never reaches them. */
  | { readonly kind: "refused"; readonly because: string; readonly detail?: string }
  /** The way refuses all that we send until somebody mends it, as with a token that was revoked. */
  | { readonly kind: "unusable"; readonly because: string; readonly detail?: string };

export type NoticeOutcome =
  | {
      readonly kind: "done";
      readonly by: Target;
      readonly reference: string | null;
      readonly refusedBy: readonly Way[];
    }
  | { readonly kind: "withdrawn"; readonly because: string }
  /** Not now; counts as no attempt. */
  | { readonly kind: "later"; readonly at: number; readonly because: string; readonly refusedBy: readonly Way[] }
  | {
      readonly kind: "again";
      readonly because: string;
      readonly detail?: string;
      readonly retryAfterMillis?: number;
      readonly refusedBy: readonly Way[];
    }
  /** For good: it stays in sight until somebody acts. */
  | { readonly kind: "failed"; readonly because: string; readonly detail?: string; readonly refusedBy: readonly Way[] };

/** The outcome, as a row keeps it, of a notice that nobody is told any more. */
export const withdrawnBecause = (because: string): string =>
  JSON.stringify({ kind: "withdrawn", because } satisfies NoticeOutcome);

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** As long as mail servers keep trying, and more than a weekend with nobody there. */
const GIVE_UP_MILLIS = 7 * 24 * HOUR;

/** How long until the next try after `attempts` failed ones: 5 seconds, doubling up to an hour; urgent ones up to five minutes. */
export function noticeBackoffMillis(attempts: number, { isUrgent }: { readonly isUrgent: boolean }): number {
  const longest = isUrgent ? 5 * MINUTE : HOUR;
  return Math.min(5 * SECOND * 2 ** Math.min(Math.max(attempts - 1, 0), 20), longest);
}

/** How long a target is left alone after `failures` on end: nothing before the third, then 20 seconds doubling up to ten minutes. */
export function circuitMillis(failures: number): number {
  return failures < 3 ? 0 : Math.min(20 * SECOND * 2 ** Math.min(failures - 3, 20), 10 * MINUTE);
}

/** What has been tried in vain for a week has failed. */
export function givenUp(
  outcome: NoticeOutcome,
  tries: { readonly firstTryAt: number | null; readonly now: number },
): NoticeOutcome {
  if (outcome.kind !== "again" || tries.firstTryAt === null) return outcome;
  if (tries.now - tries.firstTryAt < GIVE_UP_MILLIS) return outcome;
  const { kind: _, retryAfterMillis: __, ...rest } = outcome;
  return { ...rest, kind: "failed", because: `it was tried for a week, the last time with: ${outcome.because}` };
}
