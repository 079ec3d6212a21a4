// What insights count and how it is narrowed: types and limits alone. Apart, because reading, figures, charts and pages share them.
import type { Severity } from "../policy/policy.ts";

export const FIGURES = [
  "first-response",
  "decision",
  "escalation",
  "targets",
  "customers",
  "waiting",
  "reminders",
] as const;

export type FigureName = (typeof FIGURES)[number];

export const PERIODS = ["3m", "12m", "all"] as const;

export type Period = (typeof PERIODS)[number];

/** `none`: patches to which no case with a severity is linked. */
export type Gravity = Severity | "none";

export const GRAVITIES: readonly Gravity[] = ["S1", "S2", "S3", "S4", "none"];

/** What is counted; null is everything. */
export type Filters = {
  readonly period: Period;
  readonly severity: Gravity | null;
  readonly customer: { readonly id: string; readonly name: string } | null;
  readonly repository: { readonly id: number; readonly name: string } | null;
};

export type FilterName = keyof Filters;

/** Of fewer no distribution is drawn: it would tell of single patches and not of a rule. */
export const FEWEST = 5;

/** A patch as figures count it. Lengths are working days by its repository's calendar; `null` has not happened. */
export type CountedPatch = {
  readonly openedAt: number;
  readonly responseDays: number | null;
  readonly decisionDays: number | null;
  readonly escalatedAt: number | null;
  readonly decidedAt: number | null;
  readonly escalatedDecisionDays: number | null;
  readonly severity: Gravity;
  readonly hasCustomer: boolean;
  /** The plans and tiers of its customers' contracts that counted when it was opened, such as `subscription gold`. */
  readonly contracts: readonly string[];
  readonly target: TargetOutcome;
};

/** `open`: unanswered, and not late yet. `silent`: unanswered, and nobody waits for an answer. */
export type TargetOutcome = "within" | "late" | "open" | "silent";

/** Where one bucket of ages ends and the next begins, in working days. */
export const AGES: readonly number[] = [1, 3, 5, 10, 20];

/** How often the same were reminded together in a week. `week` counts from the first of the weeks that are shown. */
export type RemindersSent = {
  readonly week: number;
  readonly count: number;
  readonly asked: readonly Asked[];
};

export type Asked = { readonly kind: "person" | "team"; readonly key: string };
