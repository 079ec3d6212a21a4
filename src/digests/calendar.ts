// When a digest falls due by its reader's own clock. Pure.
import { localDate } from "../policy/calendar.ts";
import type { Policy, Weekday } from "../policy/policy.ts";

export type DigestTime = Exclude<Policy["digest"], false>;

const DAYS: Readonly<Record<Weekday, number>> = { mon: 1, tue: 2, wed: 3, thu: 4, fri: 5, sat: 6, sun: 7 };

/** The last time of a digest until `now`, that moment included. */
export function lastDigestAt(time: DigestTime, timezone: string, now: number): number {
  const today = Temporal.PlainDate.from(localDate(timezone, now));
  const day = today.subtract({ days: (today.dayOfWeek - DAYS[time.day] + 7) % 7 });
  const at = momentOf(day, time, timezone);
  return at <= now ? at : momentOf(day.subtract({ days: 7 }), time, timezone);
}

/** The first time of a digest after `now`. */
export function nextDigestAt(time: DigestTime, timezone: string, now: number): number {
  const last = Temporal.PlainDate.from(localDate(timezone, lastDigestAt(time, timezone, now)));
  return momentOf(last.add({ days: 7 }), time, timezone);
}

/** Where the clocks jump over the time, it is as much later; where they show it twice, the first. */
function momentOf(day: Temporal.PlainDate, { atMinute }: DigestTime, timezone: string): number {
  const plainTime = Temporal.PlainTime.from({ hour: Math.floor(atMinute / 60), minute: atMinute % 60 });
  return day.toZonedDateTime({ timeZone: timezone, plainTime }).epochMilliseconds;
}
