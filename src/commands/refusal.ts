// Why a command that was understood is not done, as values, and what a language's catalogue of texts has to hold. Apart from the words, so
// that rules name reasons without them.
import type { PublicText } from "../effects/public-text.ts";
import type { Lack } from "../escalations/decidable.ts";
import type { ProblemCode, Verb } from "./command.ts";

/** Why a command that was understood is not done. */
export type RefusalReason =
  /** Private words where they do not belong. */
  | { readonly code: "not-here" }
  | { readonly code: "only-on-patch" }
  | { readonly code: "unknown-case"; readonly reference: string }
  | { readonly code: "unknown-customer"; readonly customer: string }
  | { readonly code: "not-a-case-repository"; readonly reference: string }
  | { readonly code: "not-a-patch"; readonly reference: string }
  | { readonly code: "not-installed"; readonly repository: string }
  | { readonly code: "no-case-linked" }
  | { readonly code: "no-patch-linked" }
  | { readonly code: "which-case"; readonly references: readonly string[] }
  /** Several cases are linked, and the command takes no reference. */
  | { readonly code: "write-on-case"; readonly references: readonly string[] }
  | { readonly code: "only-observes" }
  | { readonly code: "anyway-needs-reason" }
  | { readonly code: "anyway-not-yours" }
  | {
      readonly code: "cannot-be-decided";
      readonly lacks: readonly Lack[];
      readonly mayInsist: boolean;
      readonly timezone: string;
    }
  | {
      readonly code: "some-cannot-be-decided";
      readonly count: number;
      readonly of: number;
      readonly mayInsist: boolean;
    }
  | { readonly code: "already-merged" }
  | { readonly code: "itself" }
  | { readonly code: "superseded-by-this" }
  | { readonly code: "no-such-commit"; readonly reference: string }
  | { readonly code: "no-such-pull"; readonly reference: string }
  | { readonly code: "not-merged"; readonly reference: string }
  | { readonly code: "not-in-default-branch"; readonly reference: string; readonly branch: string }
  | { readonly code: "foreign-team"; readonly team: string }
  | { readonly code: "unknown-person"; readonly login: string }
  | { readonly code: "in-the-past" }
  | { readonly code: "too-far" }
  | { readonly code: "taken-twice" }
  | { readonly code: "take-too-long"; readonly longestAt: number; readonly timezone: string };

export type CommandTexts = {
  readonly problems: Record<ProblemCode, PublicText>;
  readonly refusals: {
    readonly [C in RefusalReason["code"]]: (reason: Extract<RefusalReason, { code: C }>) => PublicText;
  };
  /** A sentence about one command, and how it is written. */
  readonly about: (verb: Verb, sentence: PublicText, example: PublicText | null) => PublicText;
  readonly didYouMean: (verb: Verb | null) => PublicText;
};
