// What we may do to the world, as values: a row of the outbox is one of these. Apart, because deciders make them and perform does them.
import type { PatchId, RepositoryId } from "../github/refs.ts";

/** Where a comment or a reaction goes: an issue or pull request, or a comment on one. */
export type Subject =
  | { readonly on: "issue"; readonly repositoryId: RepositoryId; readonly number: number }
  | { readonly on: "issue-comment"; readonly repositoryId: RepositoryId; readonly commentId: number }
  | { readonly on: "review-comment"; readonly repositoryId: RepositoryId; readonly commentId: number };

/** What a text was allowed to say when it was written; where that is no longer allowed it is withdrawn. */
export type Disclosure = "none" | "reference" | "full";

export type Effect =
  /** Make the patch's labels so: computed from `patches.wanted_labels` when performed. One row a patch, coalesced. */
  | { readonly kind: "labels"; readonly patchId: PatchId }
  | {
      readonly kind: "reminder";
      readonly patchId: PatchId;
      readonly round: string;
      readonly n: number;
      readonly markdown: string;
      readonly disclosure: Disclosure;
    }
  /** The author's side hears that it is their turn: `turnSince` names the turn that it speaks of. */
  | {
      readonly kind: "author-turn";
      readonly patchId: PatchId;
      readonly turnSince: number;
      readonly markdown: string;
      readonly disclosure: Disclosure;
    }
  /** The one neutral request for a decision, for as long as nobody has responded. */
  | {
      readonly kind: "decision-request";
      readonly patchId: PatchId;
      readonly escalationId: number;
      readonly round: string;
      /** Whom it mentions, by their keys: nobody is mentioned twice on a patch. */
      readonly mentioned: readonly string[];
      readonly markdown: string;
      readonly disclosure: Disclosure;
    }
  /** An answer to somebody's command, on the issue or pull request where it was given. */
  | {
      readonly kind: "reply";
      readonly repositoryId: RepositoryId;
      readonly number: number;
      readonly markdown: string;
      readonly disclosure: Disclosure;
    }
  /** The comment that is kept up to date on a case: its text is made when it is performed. One row a case, coalesced. */
  | {
      readonly kind: "case-comment";
      readonly caseId: number;
      readonly repositoryId: RepositoryId;
      readonly number: number;
    }
  /** What the people of a case must hear. `end`: how the patch ended by it; withdrawn where it has not ended so after all. */
  | {
      readonly kind: "case-note";
      readonly caseId: number;
      readonly repositoryId: RepositoryId;
      readonly number: number;
      readonly patchId: PatchId | null;
      readonly end: "merged" | "landed" | "superseded" | "declined" | null;
      readonly markdown: string;
    }
  | { readonly kind: "reaction"; readonly subject: Subject; readonly content: "+1" | "confused" }
  /** Fold one of our own comments away as outdated. */
  | {
      readonly kind: "fold";
      readonly repositoryId: RepositoryId;
      readonly commentNodeId: string;
      readonly patchId: PatchId | null;
    }
  | {
      readonly kind: "check-run";
      readonly repositoryId: RepositoryId;
      readonly headSha: string;
      readonly conclusion: "success" | "failure" | "neutral";
      readonly title: string;
      readonly summary: string;
    };

/** A row to be: `key` makes it one however often it is asked for, `lane` keeps order within a patch. */
export type NewEffect = {
  readonly key: string;
  readonly installationId: number;
  readonly lane: string;
  readonly effect: Effect;
  readonly because: string;
  readonly runAfter: number;
  /** Who goes first within its class: 0 (the gravest) to 9; `patches.gravity` fits. */
  readonly rank?: number;
};
