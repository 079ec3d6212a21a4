// What was only observed, as values, and what it comes to by day: pure, so that numbers are a table in tests. Nobody is counted by name: who
// would have been spoken to is told, not how often.
import { localDate } from "../../policy/calendar.ts";

export type ObservedRow = {
  readonly at: number;
  readonly kind: string;
  readonly lane: string;
  /** Names of people (logins) and teams, of a reminder. */
  readonly addressees: readonly string[];
  /** Of labels: whether anything would have changed. */
  readonly isChange: boolean;
};

export type ObservedDay = {
  /** YYYY-MM-DD in the reader's zone. */
  readonly day: string;
  readonly reminders: number;
  /** How many people and teams these would have addressed. */
  readonly addressed: number;
  readonly authors: number;
  readonly labels: number;
  readonly others: number;
};

export type ObservedNumbers = {
  readonly reminders: number;
  readonly addressed: number;
  readonly mostADay: number;
  readonly days: readonly ObservedDay[];
};

/** `zone` is IANA; newest day first. */
export function numbersOf(rows: readonly ObservedRow[], zone: string): ObservedNumbers {
  const byDay = Map.groupBy(
    rows.filter(({ kind, isChange }) => kind !== "labels" || isChange),
    ({ at }) => localDate(zone, at),
  );
  const days = [...byDay]
    .map(([day, all]) => ({
      day,
      reminders: count(all, "reminder"),
      addressed: addressedIn(all),
      authors: count(all, "author-turn"),
      labels: count(all, "labels"),
      others: all.filter(({ kind }) => !["reminder", "author-turn", "labels"].includes(kind)).length,
    }))
    .toSorted((a, b) => (a.day < b.day ? 1 : -1));
  return {
    reminders: count(rows, "reminder"),
    addressed: addressedIn(rows),
    mostADay: Math.max(0, ...days.map(({ reminders }) => reminders)),
    days,
  };
}

/** From its first moment to the next day's, in the zone; null where there is no such day. */
export function spanOf(day: string, zone: string): { readonly fromAt: number; readonly untilAt: number } | null {
  try {
    const date = Temporal.PlainDate.from(day);
    const at = (plain: Temporal.PlainDate) => plain.toZonedDateTime(zone).epochMilliseconds;
    return { fromAt: at(date), untilAt: at(date.add({ days: 1 })) };
  } catch {
    return null;
  }
}

const count = (rows: readonly ObservedRow[], kind: string): number => rows.filter((row) => row.kind === kind).length;

const addressedIn = (rows: readonly ObservedRow[]): number =>
  new Set(rows.flatMap(({ kind, addressees }) => (kind === "reminder" ? addressees : []))).size;
