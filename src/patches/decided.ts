// What became of a patch in the end: merged, landed, superseded or declined, with what is told of it. A pure function of its facts, so that
// the order in which they came does not matter and reopening takes it back. The standing knows the same ends, by ending.ts.
import { type Fact, inOrder } from "./fact.ts";

/** Closed without a word is told outside the team only after this, or once a supporter confirms it. */
export const DECLINE_MILLIS = 3 * 24 * 60 * 60_000;

/** So soon after a closing nobody is asked what it meant: who closes a pull request for a commit says so in the next minutes. */
export const ASK_MILLIS = 60 * 60_000;

/** `by` is a login, or null where GitHub does not say. */
type By = { readonly at: number; readonly by: string | null };

export type Decided =
  | (By & { readonly kind: "merged" })
  | (By & { readonly kind: "landed"; readonly sha: string | null; readonly pull: string | null })
  | (By & { readonly kind: "superseded"; readonly byPatch: string; readonly pull: string })
  /** `isSure`: a supporter confirmed it, or nothing else was said for three days. */
  | (By & { readonly kind: "declined"; readonly isSure: boolean; readonly sureAt: number });

/** How it ended, or null while it is open. */
export function decidedOf(facts: readonly Fact[], now: number): Decided | null {
  let merged: Decided | null = null;
  let other: Decided | null = null;
  let seen: Decided | null = null;
  let closed: By | null = null;
  let isConfirmed = false;
  for (const fact of inOrder(facts)) {
    if (fact.at > now) continue;
    const by: By = { at: fact.at, by: fact.actor?.login ?? null };
    switch (fact.kind) {
      case "merged":
        merged ??= { kind: "merged", ...by };
        break;
      case "closed":
        closed ??= by;
        break;
      case "landed": {
        const landed: Decided = { kind: "landed", ...by, sha: fact.sha, pull: fact.pull };
        // The last word by a person stands; what we saw ourselves explains a closing.
        if (fact.how === "command") other = landed;
        else seen ??= landed;
        break;
      }
      case "superseded":
        other = { kind: "superseded", ...by, byPatch: fact.byPatch, pull: fact.pull };
        break;
      case "turn-set":
        other = null;
        break;
      case "decline-confirmed":
        // An answer that came after the reopening was about a closing that is none any more.
        if (closed !== null) isConfirmed = true;
        break;
      case "reopened":
        merged = other = seen = closed = null;
        isConfirmed = false;
        break;
      default:
    }
  }
  if (merged !== null) return merged;
  if (other !== null) return other;
  if (closed === null) return null;
  if (seen !== null) return seen;
  const sureAt = closed.at + DECLINE_MILLIS;
  return { kind: "declined", ...closed, isSure: isConfirmed || now >= sureAt, sureAt };
}

/** When a closing has to be looked at again: to ask what it meant, and once it counts as a no. */
export function declineDueAt(decided: Decided | null, now: number): number | null {
  if (decided?.kind !== "declined" || decided.isSure) return null;
  return now < decided.at + ASK_MILLIS ? decided.at + ASK_MILLIS : decided.sureAt;
}
