// An escalation's words as types: where it stands and what its next move can be. Apart, because the ladder decides on these and others keep and tell them.
import type { NextReason } from "../patches/reasons.ts";
import type { Severity } from "../policy/policy.ts";

/** Whose answer an open escalation waits for, or what they answered. */
export type EscalationState =
  | "support"
  | "owner"
  | "owner-again"
  | "owner-silent"
  | "owner-waits"
  | "owner-refused"
  | "deciders";

/** `closed`: closed without a word, which may have been a slip. */
export type PauseReason = "response" | "put-off" | "taken" | "closed";

export type Cause = "reminders" | "target" | "nobody" | "command";

export type OpenEscalation = {
  readonly id: number;
  readonly openedAt: number;
  readonly cause: Cause;
  readonly askedBy: string | null;
  readonly reason: string | null;
  readonly isAnyway: boolean;
  readonly missing: readonly string[];
  readonly severity: Severity | null;
  readonly state: EscalationState;
  readonly stateAt: number;
  /** The stretch between two responses that it belongs to. */
  readonly round: string;
  readonly waitUntilAt: number | null;
  readonly decideByAt: number | null;
  readonly timesAsked: number;
  readonly pausedBecause: PauseReason | null;
  readonly stepCount: number;
  /** The one request on the pull request: `waiting` as long as it is not being written. */
  readonly request: "none" | "waiting" | "out";
};

/** What the first lines of a dossier have to say before anything else. */
export type Notable =
  | { readonly code: "anyway" }
  | { readonly code: "owner-not-heard" }
  | { readonly code: "again" }
  | { readonly code: "put-off-is-over" };

/** A word of a case that nobody has said. `reference` is null where no case is linked at all. */
export type LackingWord = {
  readonly reference: string | null;
  readonly word: "summary" | "stake" | "workaround" | "severity" | "customer";
};

/** What opens an escalation. `missing`: codes of what a decision lacks, where somebody went through anyway. */
export type Opening = {
  readonly cause: Cause;
  readonly askedBy: string | null;
  readonly reason: string | null;
  readonly isAnyway: boolean;
  readonly missing: readonly string[];
};

export type LadderStep = {
  readonly kind: "ask-support" | "ask-owner" | "ask-owner-again" | "tell-owner-silent" | "ask-deciders";
  /** What it goes back to: what opened it now, or asked for it while one is open; null where the ladder goes on by itself. */
  readonly opening: Opening | null;
  readonly isUrgent: boolean;
  readonly notables: readonly Notable[];
  /** Until when an answer or a decision is asked for. */
  readonly answerByAt: number | null;
  /** The key of the fact that asked for it. */
  readonly causeKey: string | null;
  readonly because: NextReason;
};

export type EscalationEnd = "merged" | "landed" | "superseded" | "closed" | "not-followed" | "gone";

export type LadderMove =
  | { readonly kind: "none" }
  | { readonly kind: "wait"; readonly untilAt: number | null; readonly because: NextReason }
  /** What GitHub keeps no history of has to be looked at before anybody is asked. */
  | { readonly kind: "look"; readonly because: NextReason }
  | { readonly kind: "step"; readonly step: LadderStep }
  | { readonly kind: "pause"; readonly why: PauseReason; readonly because: NextReason }
  /** What held it is over before anybody's date: nobody is asked again. */
  | { readonly kind: "resume"; readonly because: NextReason }
  | { readonly kind: "end"; readonly end: EscalationEnd };

/** What the keys of all that an escalation says begin with. */
export const escalationKey = (patch: string, openedAt: number): string => `${patch}:${openedAt}`;
