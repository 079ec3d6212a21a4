// When somebody may be told: in their own working hours, not on their public holidays, and at once where it is urgent. Pure.
import { calendarOf, nextWorkingMoment } from "../policy/calendar.ts";
import type { Recipient } from "./notice.ts";

const USUAL = { fromMinute: 9 * 60, toMinute: 18 * 60 };

/**
 * The moment itself where it lies in the reader's hours (Monday to Friday; hours that span midnight belong to the day on which they
 * begin), else the next that does. `holidays` are the dates ("YYYY-MM-DD") of their country.
 */
export function deliverAt(
  recipient: Pick<Recipient, "timezone" | "hours">,
  at: { readonly isUrgent: boolean; readonly now: number; readonly holidays: ReadonlySet<string> },
): number {
  if (at.isUrgent) return at.now;
  const calendar = calendarOf(
    {
      kind: "hours",
      timezone: recipient.timezone,
      days: ["mon", "tue", "wed", "thu", "fri"],
      hours: hoursOf(recipient.hours) ?? USUAL,
      holidays: [],
      closed: [],
      always: [],
    },
    at.holidays,
  );
  return nextWorkingMoment(calendar, at.now);
}

function hoursOf(text: string | null): { readonly fromMinute: number; readonly toMinute: number } | null {
  const [, fromHour, fromMinute, toHour, toMinute] = /^(\d\d):(\d\d)-(\d\d):(\d\d)$/.exec(text ?? "") ?? [];
  if (fromHour === undefined) return null;
  return {
    fromMinute: Number(fromHour) * 60 + Number(fromMinute),
    toMinute: Number(toHour) * 60 + Number(toMinute),
  };
}

/** The country (ISO 3166, "JP") that a time zone lies in; null for UTC and the like. */
export function countryOfZone(timezone: string): string | null {
  countries ??= countriesByZone();
  const known = countries.get(timezone);
  if (known !== undefined) return known;
  // A zone has several names, of which the table has one.
  const canonical = new Intl.DateTimeFormat("en", { timeZone: timezone }).resolvedOptions().timeZone;
  return countries.get(canonical) ?? null;
}

let countries: ReadonlyMap<string, string> | null = null;

const LETTERS = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"];

function countriesByZone(): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const code of LETTERS.flatMap((first) => LETTERS.map((second) => first + second))) {
    const locale = new Intl.Locale(`und-${code}`);
    // A country that is no more answers as its successor.
    if (locale.region !== code) continue;
    for (const zone of locale.getTimeZones() ?? []) found.set(zone, code);
  }
  return found;
}
