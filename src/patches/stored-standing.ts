// What is kept of a standing with its patch, as a type: written where a decision is kept, read by whoever shows it later.
import type { Happening, NextReason } from "./reasons.ts";
import type { Mode } from "./situation.ts";
import type { Turn } from "./turn.ts";

/** What comes next and because of what; `at` where it waits for a time. */
export type NextStored = { readonly at: number | null; readonly because: NextReason };

export type StoredStanding = {
  readonly turn: Turn;
  readonly sinceAt: number;
  readonly because: Happening;
  readonly clockMillis: number;
  readonly heldMillis: { readonly maintainer: number; readonly author: number };
  readonly round: string;
  readonly step: { readonly kind: string; readonly because: NextReason };
  /** Not there in what an earlier release kept. */
  readonly next?: NextStored;
  readonly waitsForUs: boolean;
  /** Keys of those who would be reminded while it is the maintainers' turn. Not there in what an earlier release kept. */
  readonly asked?: readonly string[];
  readonly mode: Mode;
  readonly labelsHash: string;
};
