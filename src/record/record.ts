// A customer's year as values, and the rules by which its figures are made of rows: pure, so that what is handed to a customer can be
// checked figure by figure.
import type { Severity } from "../policy/policy.ts";

export type RecordCase = {
  readonly reference: string;
  readonly severity: Severity | null;
  readonly summary: string | null;
  /** A text, `none`, or null where nobody knows. */
  readonly workaround: string | null;
  readonly isOpen: boolean;
  readonly receivedAt: number;
};

/** `total`: how many cases were received. `withWorkaround`: of those. */
export type CaseCounts = { readonly total: number; readonly withWorkaround: number };

export type FixDecision = "merged" | "landed" | "declined" | "superseded";

/** A fix for one case; times are null where that has not happened, or is not sure yet. */
export type RecordFix = {
  readonly patchId: string;
  readonly reference: string;
  readonly sentAt: number;
  readonly decision: FixDecision | null;
  readonly decidedAt: number | null;
  readonly tag: string | null;
  readonly releasedAt: number | null;
};

/** A day (YYYY-MM-DD) on which the customer was promised to hear of a case. */
export type PromisedDay = { readonly reference: string; readonly day: string };

/** How long a decision took, in working time. `afterMillis`: what of it came after the deciders were asked; null where they were not. */
export type DecisionTime = {
  readonly patchId: string;
  readonly decidedAt: number;
  readonly millis: number;
  readonly afterMillis: number | null;
};

/** The middle of several lengths, and of how many; `millis` is null where they are too few to say. */
export type Typical = { readonly count: number; readonly millis: number | null };

export type TimeSaved = {
  /** The customer's fixes that were decided in the year. */
  readonly own: Typical;
  /** The same in the year before. */
  readonly before: Typical;
  /** Patches of everybody else in the same repositories, decided in the same year. */
  readonly others: Typical;
  /** Of the customer's fixes those that were put before the deciders: how long until then, and how long from then on. */
  readonly untilAsked: Typical;
  readonly sinceAsked: Typical;
};

/** Fewer than these say nothing of what is usual: one slow or fast one would be the figure. */
export const FEWEST_OWN = 3;
export const FEWEST_OTHERS = 5;

/** Both ends, in epoch milliseconds, the second excluded. */
export type Span = { readonly fromAt: number; readonly toAt: number };

export function timeSaved({
  own,
  others,
  year,
}: {
  /** Of the year and the year before. */
  readonly own: readonly DecisionTime[];
  readonly others: readonly DecisionTime[];
  readonly year: Span;
}): TimeSaved {
  const now = own.filter(({ decidedAt }) => decidedAt >= year.fromAt && decidedAt < year.toAt);
  const earlier = own.filter(({ decidedAt }) => decidedAt < year.fromAt);
  const asked = now.flatMap(({ millis, afterMillis }) => (afterMillis === null ? [] : { millis, afterMillis }));
  const millisOf = ({ millis }: DecisionTime) => millis;
  return {
    own: typicalOf(now.map(millisOf), FEWEST_OWN),
    before: typicalOf(earlier.map(millisOf), FEWEST_OWN),
    others: typicalOf(others.map(millisOf), FEWEST_OTHERS),
    untilAsked: typicalOf(
      asked.map(({ millis, afterMillis }) => Math.max(0, millis - afterMillis)),
      FEWEST_OWN,
    ),
    sinceAsked: typicalOf(
      asked.map(({ afterMillis }) => afterMillis),
      FEWEST_OWN,
    ),
  };
}

function typicalOf(lengths: readonly number[], fewest: number): Typical {
  return { count: lengths.length, millis: lengths.length < fewest ? null : median(lengths) };
}

/** Half took no longer, half no less; of an even number the mean of the middle two. */
export function median(lengths: readonly number[]): number {
  const sorted = lengths.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}

/** The first and the last instant of a year where the customer is. */
export function spanOfYear(year: number, timezone: string): Span {
  const startOf = (each: number) =>
    Temporal.PlainDate.from({ year: each, month: 1, day: 1 }).toZonedDateTime(timezone).epochMilliseconds;
  return { fromAt: startOf(year), toAt: startOf(year + 1) };
}

export const yearAt = (at: number, timezone: string): number =>
  Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timezone).year;

const MOST_YEARS = 20;

/**
 * The years of which there can be a record, the newest first: from the first contract or case on until now, at most twenty.
 */
export function yearsOf({
  contracts,
  firstCaseAt,
  now,
  timezone,
}: {
  readonly contracts: readonly { readonly from: string }[];
  readonly firstCaseAt: number | null;
  readonly now: number;
  readonly timezone: string;
}): readonly number[] {
  const last = yearAt(now, timezone);
  const begun = [
    ...contracts.map(({ from }) => Temporal.PlainDate.from(from).year),
    ...(firstCaseAt === null ? [] : [yearAt(firstCaseAt, timezone)]),
  ].filter((year) => year <= last);
  if (begun.length === 0) return [];
  const first = Math.max(Math.min(...begun), last - MOST_YEARS + 1);
  return Array.from({ length: last - first + 1 }, (_, index) => last - index);
}
