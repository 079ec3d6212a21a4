// Working time: which moments count, how much of it lies between two instants, when a given amount has passed. Pure; Temporal knows the zones.
import type { Duration, PolicyCalendar, Severity, Weekday } from "./policy.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Where no working time lies within this many days, none is looked for further on. */
const HORIZON_DAYS = 400;
/** No zone has ever moved its clocks by more than a day; near a change, Temporal is asked instead of the offset. */
const NEAR_CHANGE = 2 * DAY;
const MONDAY_FIRST: readonly Weekday[] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/** Days are counted from 1970-01-01, minutes from midnight, as the zone's clocks show them. */
export type Calendar =
  | { readonly kind: "always" }
  | {
      readonly kind: "hours";
      readonly zone: string;
      readonly days: ReadonlySet<Weekday>;
      readonly fromMinute: number;
      /** More than 1440 where the hours span midnight; they belong to the day on which they begin. */
      readonly toMinute: number;
      /** Numbers of days off: public holidays and closed days. */
      readonly off: ReadonlySet<number>;
    };

/** Every hour of every day. */
export const ALWAYS: Calendar = { kind: "always" };

/** The calendar of a policy; `holidays` are the dates ("YYYY-MM-DD") of its regions for the years in question. */
export function calendarOf(calendar: PolicyCalendar, holidays: ReadonlySet<string>): Calendar {
  if (calendar.kind === "always") return ALWAYS;
  const { fromMinute, toMinute } = calendar.hours;
  const off = new Set<number>();
  for (const date of calendar.closed) off.add(dayOfDate(date));
  for (const date of holidays) off.add(dayOfDate(date));
  return {
    kind: "hours",
    zone: calendar.timezone,
    days: new Set(calendar.days),
    fromMinute,
    toMinute: toMinute > fromMinute ? toMinute : toMinute + 24 * 60,
    off,
  };
}

/** The calendar by which a case of this severity is measured: every hour for those under `always`. */
export function calendarForSeverity(calendar: Calendar, policy: PolicyCalendar, severity: Severity | null): Calendar {
  if (policy.kind === "always" || severity === null) return calendar;
  return policy.always.includes(severity) ? ALWAYS : calendar;
}

/** The working milliseconds from `fromAt` to `toAt`; none where `toAt` is not later. */
export function workingMillis(calendar: Calendar, fromAt: number, toAt: number): number {
  if (toAt <= fromAt) return 0;
  if (calendar.kind === "always") return toAt - fromAt;
  const clock = clockOf(calendar.zone);
  const lastDay = clock.dayAt(toAt);
  let millis = 0;
  for (let day = clock.dayAt(fromAt) - 1; day <= lastDay; day += 1) {
    const span = spanOf(calendar, clock, day);
    if (span !== null) millis += Math.max(0, Math.min(span.endAt, toAt) - Math.max(span.startAt, fromAt));
  }
  return millis;
}

/**
 * The instant at which `millis` of working time have passed since `fromAt`; `fromAt` itself for none.
 * Where 400 days hold no working time, the end of those days.
 */
export function addWorkingMillis(calendar: Calendar, fromAt: number, millis: number): number {
  if (millis <= 0) return fromAt;
  if (calendar.kind === "always") return fromAt + millis;
  const clock = clockOf(calendar.zone);
  let left = millis;
  let lastWorkedAt = fromAt;
  let day = clock.dayAt(fromAt) - 1;
  for (let idle = 0; idle <= HORIZON_DAYS + 1; idle += 1, day += 1) {
    const span = spanOf(calendar, clock, day);
    if (span === null || span.endAt <= fromAt) continue;
    const startAt = Math.max(span.startAt, fromAt);
    if (startAt + left <= span.endAt) return startAt + left;
    left -= span.endAt - startAt;
    lastWorkedAt = span.endAt;
    idle = 0;
  }
  return lastWorkedAt + HORIZON_DAYS * DAY;
}

/** Whether the moment lies in working hours; their last instant no longer does. */
export function isWorkingMoment(calendar: Calendar, at: number): boolean {
  return nextWorkingMoment(calendar, at) === at;
}

/** The moment itself where it lies in working hours, else the next at which they begin; 400 days on where there is none. */
export function nextWorkingMoment(calendar: Calendar, at: number): number {
  if (calendar.kind === "always") return at;
  const clock = clockOf(calendar.zone);
  const today = clock.dayAt(at);
  for (let day = today - 1; day <= today + HORIZON_DAYS; day += 1) {
    const span = spanOf(calendar, clock, day);
    if (span !== null && span.endAt > at) return Math.max(span.startAt, at);
  }
  return at + HORIZON_DAYS * DAY;
}

/** How long one working day is: all its hours, 24 where every hour counts. */
export function dayMillis(calendar: Calendar): number {
  return calendar.kind === "always" ? DAY : (calendar.toMinute - calendar.fromMinute) * MINUTE;
}

/** A duration in working milliseconds: `d` is one working day, `w` five of them (seven where every day counts). */
export function durationMillis(duration: Duration, calendar: Calendar): number {
  switch (duration.unit) {
    case "s":
      return duration.amount * 1_000;
    case "m":
      return duration.amount * MINUTE;
    case "h":
      return duration.amount * HOUR;
    case "d":
      return duration.amount * dayMillis(calendar);
    case "w":
      return duration.amount * dayMillis(calendar) * (calendar.kind === "always" ? 7 : 5);
  }
}

/** The date that the zone's clocks show: "YYYY-MM-DD". */
export function localDate(zone: string, at: number): string {
  return zoned(zone, at).toPlainDate().toString();
}

/** The zone's week by ISO 8601: "2026-W49". */
export function localWeek(zone: string, at: number): string {
  const { yearOfWeek, weekOfYear } = zoned(zone, at);
  return `${yearOfWeek}-W${String(weekOfYear).padStart(2, "0")}`;
}

/** The first instant of the zone's date ("YYYY-MM-DD"). */
export function startOfDate(zone: string, date: string): number {
  return Temporal.PlainDate.from(date).toZonedDateTime(zone).epochMilliseconds;
}

type Span = { readonly startAt: number; readonly endAt: number };

/** The working hours that begin on this day; null where there are none or the clocks jump over them. */
function spanOf(calendar: Extract<Calendar, { kind: "hours" }>, clock: Clock, day: number): Span | null {
  if (calendar.off.has(day) || !calendar.days.has(weekdayOf(day))) return null;
  const startAt = clock.instantOf(day * DAY + calendar.fromMinute * MINUTE);
  const endAt = clock.instantOf(day * DAY + calendar.toMinute * MINUTE);
  return endAt > startAt ? { startAt, endAt } : null;
}

function weekdayOf(day: number): Weekday {
  // 1970-01-01 was a Thursday.
  return MONDAY_FIRST[(((day + 3) % 7) + 7) % 7] ?? "mon";
}

function dayOfDate(date: string): number {
  return Math.round(Date.parse(`${date}T00:00:00Z`) / DAY);
}

type Clock = {
  /** The day that the zone's clocks show. */
  readonly dayAt: (at: number) => number;
  /** The instant of a time on the zone's clocks: the first of two, and for one that they jump over the instant of the jump. */
  readonly instantOf: (local: number) => number;
};

/** Between two changes of a zone's offset a conversion is a subtraction; the stretch that was asked last is kept for one call's days. */
function clockOf(zone: string): Clock {
  let stretch = { fromAt: 0, toAt: 0, offset: 0 };
  const stretchAt = (at: number) => {
    if (at < stretch.fromAt || at >= stretch.toAt) {
      const moment = zoned(zone, at);
      stretch = {
        // "previous" is strictly before, and a change belongs to the stretch that it begins.
        fromAt: zoned(zone, at + 1).getTimeZoneTransition("previous")?.epochMilliseconds ?? Number.NEGATIVE_INFINITY,
        toAt: moment.getTimeZoneTransition("next")?.epochMilliseconds ?? Number.POSITIVE_INFINITY,
        offset: moment.offsetNanoseconds / 1_000_000,
      };
    }
    return stretch;
  };
  return {
    dayAt: (at) => Math.floor((at + stretchAt(at).offset) / DAY),
    instantOf: (local) => {
      const { fromAt, toAt, offset } = stretchAt(local);
      const at = local - offset;
      return at - fromAt > NEAR_CHANGE && toAt - at > NEAR_CHANGE ? at : instantNearChange(zone, local);
    },
  };
}

function instantNearChange(zone: string, local: number): number {
  const wall = Temporal.Instant.fromEpochMilliseconds(local).toZonedDateTimeISO("UTC").toPlainDateTime();
  const earlier = wall.toZonedDateTime(zone, { disambiguation: "earlier" });
  if (earlier.toPlainDateTime().equals(wall)) return earlier.epochMilliseconds;
  return earlier.getTimeZoneTransition("next")?.epochMilliseconds ?? earlier.epochMilliseconds;
}

function zoned(zone: string, at: number): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(Math.trunc(at)).toZonedDateTimeISO(zone);
}
