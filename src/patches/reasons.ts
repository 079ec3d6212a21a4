// Why a patch stands as it does, as values: standing makes them, `/case why`, the board and every `because` tell them. Apart from the
// standing, so that a rule and its words can each be read alone.

import { type PublicText, renderPublic } from "../effects/public-text.ts";
import type { Duration, Language, Severity } from "../policy/policy.ts";
import { reasonsInEnglish } from "./reasons-en.ts";
import { reasonsInJapanese } from "./reasons-ja.ts";

/** Somebody did it, at a time. `by` is null where the account is gone or GitHub does not say. */
type Done = { readonly by: string | null; readonly at: number };

/** What happened to a patch: it started, paused, restarted or set the clock to zero. */
export type Happening =
  // It is the maintainers' turn from here on.
  | (Done & { readonly code: "opened-ready" })
  | (Done & { readonly code: "ready-for-review" })
  | (Done & { readonly code: "reopened" })
  | (Done & { readonly code: "pushed-after-request" })
  | (Done & { readonly code: "comment-by-author-side" })
  | (Done & { readonly code: "review-reply-by-author-side" })
  | (Done & { readonly code: "review-requested"; readonly of: string | null })
  | (Done & { readonly code: "review-requested-again"; readonly of: string | null })
  | (Done & { readonly code: "review-dismissed" })
  | (Done & { readonly code: "approved-not-merged" })
  | (Done & { readonly code: "waiting-for-maintainer" })
  | { readonly code: "conflict-resolved"; readonly at: number }
  | { readonly code: "checks-passing"; readonly at: number }
  // It is the author's turn from here on.
  | (Done & { readonly code: "changes-requested" })
  | (Done & { readonly code: "maintainer-comment" })
  | (Done & { readonly code: "waiting-for-author" })
  | { readonly code: "conflict"; readonly at: number }
  | { readonly code: "checks-failing"; readonly at: number; readonly checks: readonly string[] }
  // It is nobody's turn from here on.
  | (Done & { readonly code: "opened-draft" })
  | (Done & { readonly code: "draft" })
  | (Done & { readonly code: "snoozed"; readonly until: number; readonly reason: string | null })
  | (Done & { readonly code: "put-off"; readonly until: number; readonly reason: string })
  | { readonly code: "exempt-by-label"; readonly label: string; readonly at: number | null }
  | { readonly code: "exempt-author"; readonly by: string }
  | { readonly code: "exempt-bot"; readonly by: string }
  | (Done & { readonly code: "merged" })
  | (Done & { readonly code: "closed" })
  | (Done & { readonly code: "landed" })
  | (Done & { readonly code: "superseded" })
  | { readonly code: "archived"; readonly at: number | null }
  // The turn goes on, or back to whose it was.
  | (Done & { readonly code: "unsnoozed" })
  | { readonly code: "snooze-ended"; readonly at: number }
  | { readonly code: "unarchived"; readonly at: number }
  // A response: the clock and the count of reminders are at zero again.
  | (Done & { readonly code: "response"; readonly how: "review" | "comment" })
  | (Done & { readonly code: "response-only-commands" })
  | (Done & { readonly code: "response-to-maintainers" })
  // It took the place of another pull request, whose waiting counts on.
  | { readonly code: "carried-over"; readonly at: number; readonly pull: string }
  // It changes nothing, and people ask why.
  | (Done & { readonly code: "pinged-by-author-side" })
  // What was asked of us.
  | (Done & { readonly code: "asked"; readonly people: readonly string[] })
  | (Done & { readonly code: "taken"; readonly until: number })
  | (Done & { readonly code: "escalation-asked" })
  | { readonly code: "take-ended"; readonly at: number }
  | (Done & { readonly code: "quieted"; readonly until: number })
  // What we did.
  | { readonly code: "reminded"; readonly at: number; readonly n: number; readonly people: readonly string[] }
  | { readonly code: "author-side-told"; readonly at: number };

/** Why the next step is what it is, or why there is none. */
export type NextReason =
  | { readonly code: "reminder-due"; readonly target: Duration; readonly severity: Severity | null }
  | { readonly code: "next-reminder-due"; readonly every: Duration; readonly n: number; readonly limit: number }
  | { readonly code: "escalation-due"; readonly reminders: number; readonly every: Duration }
  | { readonly code: "nobody-to-remind" }
  | { readonly code: "target-missed"; readonly target: Duration }
  // The ladder: whom the patch is put before.
  | { readonly code: "escalation-asked-for" }
  | { readonly code: "support-asked"; readonly until: number }
  | { readonly code: "owner-to-decide" }
  | { readonly code: "owner-asked"; readonly until: number }
  | { readonly code: "owner-not-answered"; readonly within: Duration }
  | { readonly code: "owner-silent" }
  | { readonly code: "owner-waits"; readonly until: number }
  | { readonly code: "owner-refused" }
  | { readonly code: "deciders-to-decide" }
  | { readonly code: "deciders-asked"; readonly until: number }
  | { readonly code: "ladder-paused" }
  | { readonly code: "author-to-act" }
  | { readonly code: "author-turn-due"; readonly target: Duration }
  | { readonly code: "author-turn-listed"; readonly every: Duration }
  | { readonly code: "still-nobodys-turn"; readonly workingDays: number }
  | { readonly code: "repository-limit-reached"; readonly limit: number; readonly until: number | null }
  | { readonly code: "maintainer-limit-reached"; readonly limit: number; readonly until: number | null }
  | { readonly code: "outside-hours"; readonly until: number }
  | { readonly code: "quiet"; readonly until: number }
  | { readonly code: "everybody-quiet" }
  | { readonly code: "unwanted"; readonly until: number }
  | { readonly code: "taken-until"; readonly until: number }
  | { readonly code: "snoozed-until"; readonly until: number }
  | { readonly code: "nobodys-turn" }
  | { readonly code: "gone" }
  | { readonly code: "observing" }
  | { readonly code: "no-policy" }
  | { readonly code: "paused" }
  | { readonly code: "not-tracked" }
  | { readonly code: "proposal" }
  | { readonly code: "not-installed" };

export type Reason = Happening | NextReason;

export type ReasonCode = Reason["code"];

export const isReasonCode = (code: string): code is ReasonCode => Object.hasOwn(reasonsInEnglish, code);

/** One language's words for every reason: a code without words does not type-check. */
export type ReasonTexts = {
  readonly [Code in ReasonCode]: (reason: Extract<Reason, { code: Code }>, timezone: string) => PublicText;
};

const texts: Record<Language, ReasonTexts> = { en: reasonsInEnglish, ja: reasonsInJapanese };

/**
 * The reason as a clause without a full stop, for a list or after a colon: "mira requested changes". Times in it are in
 * `timezone`; when it happened is not part of it. The reason that somebody gave for a snooze shows only where all may be said.
 */
export function reasonText(reason: Reason, words: { language: Language; timezone: string }): PublicText {
  // The catalogue's type holds a text for exactly this reason's code; TypeScript cannot follow the two through one index.
  const text = texts[words.language][reason.code] as (reason: Reason, timezone: string) => PublicText;
  return text(reason, words.timezone);
}

/** The same for who may read what goes on on the customer's side, but no customer's name: a step of the ladder, an event for outside. */
export const insideBecauseOf = (reason: Reason): string =>
  renderPublic(reasonText(reason, { language: "en", timezone: "UTC" }), "reference");

/** The reason as one English line for a row's `because`: times in UTC, nothing in it that only some may read. */
export const becauseOf = (reason: Reason): string =>
  renderPublic(reasonText(reason, { language: "en", timezone: "UTC" }), "none");
