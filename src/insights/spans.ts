// Months and weeks of a time zone as instants, so that thousands of patches are sorted into them by comparing numbers. Pure.
import type { Span } from "./figures.ts";
import type { Period } from "./insight.ts";

const MONTHS_BACK: Readonly<Record<Exclude<Period, "all">, number>> = { "3m": 3, "12m": 12 };

/** No patch is older, and a span more costs a little. */
const MOST_MONTHS = 30 * 12;

/** The first instant of the month so many months back; the beginning of time for all. */
export function periodStartsAt(
  period: Period,
  { now, timezone }: { readonly now: number; readonly timezone: string },
): number {
  if (period === "all") return 0;
  return monthOf(now, timezone)
    .subtract({ months: MONTHS_BACK[period] })
    .toPlainDate({ day: 1 })
    .toZonedDateTime(timezone).epochMilliseconds;
}

/** Every month from the one of `fromAt` to that of `now`, as "2026-03", oldest first. */
export function monthsBetween(
  fromAt: number,
  { now, timezone }: { readonly now: number; readonly timezone: string },
): readonly Span[] {
  const spans: Span[] = [];
  const first = monthOf(fromAt, timezone);
  let month = monthOf(now, timezone);
  for (let count = 0; count < MOST_MONTHS && Temporal.PlainYearMonth.compare(month, first) >= 0; count += 1) {
    const startAt = month.toPlainDate({ day: 1 }).toZonedDateTime(timezone).epochMilliseconds;
    spans.unshift({ label: month.toString(), startAt });
    month = month.subtract({ months: 1 });
  }
  return spans;
}

/** So many weeks by ISO 8601 up to the one of `now`, as "2026-W49", oldest first. They begin on Mondays. */
export function lastWeeks(
  count: number,
  { now, timezone }: { readonly now: number; readonly timezone: string },
): readonly Span[] {
  const today = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(timezone).toPlainDate();
  const monday = today.subtract({ days: today.dayOfWeek - 1 });
  return Array.from({ length: count }, (_, index) => {
    const start = monday.subtract({ weeks: count - 1 - index });
    const label = `${start.yearOfWeek}-W${String(start.weekOfYear).padStart(2, "0")}`;
    return { label, startAt: start.toZonedDateTime(timezone).epochMilliseconds };
  });
}

const monthOf = (at: number, timezone: string): Temporal.PlainYearMonth =>
  Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timezone).toPlainDate().toPlainYearMonth();
