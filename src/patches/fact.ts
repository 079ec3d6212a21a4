// What happened to a patch, as timestamped facts whose keys make the same fact one whichever way it reached us.
import type { Actor } from "../github/refs.ts";

export type Mentions = { readonly logins: readonly string[]; readonly teams: readonly string[] };

/** Who is asked for a review. */
export type Reviewer =
  | { readonly kind: "user"; readonly id: number; readonly login: string }
  | { readonly kind: "team"; readonly id: number; readonly slug: string };

export type FactBody =
  | { readonly kind: "opened"; readonly isDraft: boolean }
  | { readonly kind: "ready" }
  | { readonly kind: "drafted" }
  | { readonly kind: "pushed"; readonly headSha: string }
  | { readonly kind: "commented"; readonly mentions: Mentions; readonly isOnlyCommands: boolean }
  | {
      readonly kind: "reviewed";
      readonly reviewId: number;
      readonly state: "approved" | "changes_requested" | "commented";
      readonly mentions: Mentions;
      readonly isOnlyCommands: boolean;
    }
  | { readonly kind: "review-dismissed"; readonly reviewId: number }
  | { readonly kind: "review-requested"; readonly of: Reviewer }
  | { readonly kind: "review-request-removed"; readonly of: Reviewer }
  | { readonly kind: "closed" }
  | { readonly kind: "merged" }
  | { readonly kind: "reopened" }
  | { readonly kind: "archived" }
  | { readonly kind: "unarchived" }
  | { readonly kind: "exempted"; readonly label: string }
  | { readonly kind: "exemption-ended"; readonly label: string }
  /** What GitHub keeps no history of, when we saw it change. */
  | {
      readonly kind: "observed";
      readonly hasConflict: boolean;
      readonly failingChecks: readonly string[];
      readonly headSha: string;
    }
  | { readonly kind: "turn-set"; readonly turn: "author" | "maintainer" }
  | { readonly kind: "snoozed"; readonly untilAt: number; readonly reason: string | null }
  | { readonly kind: "unsnoozed" }
  | {
      readonly kind: "asked";
      readonly logins: readonly string[];
      /** Their ids, in the same order. */
      readonly ids: readonly (number | null)[];
      readonly teams: readonly string[];
    }
  | { readonly kind: "taken"; readonly untilAt: number }
  | { readonly kind: "quieted"; readonly untilAt: number }
  /** A decision: not now, but from a day on. */
  | { readonly kind: "put-off"; readonly untilAt: number; readonly reason: string }
  /** The change is in the default branch by another commit (`sha`) or pull request (`pull`, as `owner/repo#N`). */
  | {
      readonly kind: "landed";
      readonly sha: string | null;
      readonly pull: string | null;
      readonly how: "command" | "closing" | "comment" | "push" | "cherry-pick";
    }
  /** Another pull request took its place. */
  | { readonly kind: "superseded"; readonly byPatch: string; readonly pull: string }
  /** What a pull request that it supersedes had waited, in working time: it moves over. */
  | {
      readonly kind: "carried-over";
      readonly fromPatch: string;
      readonly pull: string;
      /** Until when it waited there: what waited here meanwhile is not counted twice. */
      readonly untilAt: number;
      readonly clockMillis: number;
      readonly heldMillis: { readonly maintainer: number; readonly author: number };
    }
  /** The team said that closing it was a no; `by` as the team knows them. */
  | { readonly kind: "decline-confirmed"; readonly by: string }
  /** A release contains it. */
  | { readonly kind: "released"; readonly tag: string; readonly url: string | null }
  /** Somebody asked for the next step up. `as`: who they were then, since not everybody may insist. */
  | {
      readonly kind: "escalation-asked";
      readonly isAnyway: boolean;
      readonly reason: string | null;
      readonly as: "account-owner" | "supporter" | "maintainer";
      /** As the team knows whoever has no account; told privately only. */
      readonly by?: string;
    }
  /** Somebody folded or deleted one of our comments, or took one of our labels off: leave them alone for a while. */
  | { readonly kind: "unwanted"; readonly what: "comment" | "label" };

export type FactKind = FactBody["kind"];

export type Fact = FactBody & { readonly key: string; readonly at: number; readonly actor: Actor | null };

/**
 * Where two facts bear the same second, causes come before what follows from them: a pull request is opened before its reviewers
 * are asked, and closed before it is reopened.
 */
const RANK: Readonly<Record<FactKind, number>> = {
  opened: 0,
  drafted: 1,
  ready: 2,
  pushed: 3,
  "review-requested": 4,
  "review-request-removed": 5,
  commented: 6,
  reviewed: 7,
  "review-dismissed": 8,
  "turn-set": 9,
  asked: 10,
  taken: 11,
  quieted: 12,
  snoozed: 13,
  unsnoozed: 14,
  "put-off": 15,
  "escalation-asked": 16,
  unwanted: 17,
  exempted: 18,
  "exemption-ended": 19,
  observed: 20,
  "carried-over": 21,
  merged: 22,
  closed: 23,
  landed: 24,
  superseded: 25,
  "decline-confirmed": 26,
  reopened: 27,
  released: 28,
  archived: 29,
  unarchived: 30,
};

/** Events that GitHub gives no id in webhooks are known by what they are, who did it and the second. */
export function naturalKey(
  kind: FactKind,
  subject: string | number | null,
  actorAndTime: { actor: Actor | null; at: number },
): string {
  const second = Math.floor(actorAndTime.at / 1000);
  return `${kind}:${subject ?? ""}:${actorAndTime.actor?.id ?? 0}:${second}`;
}

/** The order in which facts count, whatever the order in which they came. */
export function inOrder(facts: readonly Fact[]): readonly Fact[] {
  return facts.toSorted(
    (a, b) => a.at - b.at || RANK[a.kind] - RANK[b.kind] || (a.key < b.key ? -1 : a.key > b.key ? 1 : 0),
  );
}
