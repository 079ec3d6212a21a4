// By which clock a patch's working time is read: its repository's calendar, or every hour for severities under `always`. Pure; the thresholds
// that it finds let thousands of patches be compared by instants instead of counting each one's working time.
import { type Calendar, calendarForSeverity, dayMillis, durationMillis, workingMillis } from "../policy/calendar.ts";
import type { Duration, Policy, Severity } from "../policy/policy.ts";
import type { Gravity } from "./insight.ts";

export type Place = { readonly policy: Policy; readonly calendar: Calendar };

export type Clock = {
  readonly dayMillis: number;
  readonly targetMillisOf: (severity: Gravity) => number;
  readonly millisOf: (duration: Duration) => number;
  /** The instant since which so much working time has passed until now: what waits since before has waited longer. */
  readonly reachedAt: (millis: number) => number;
};

/** The clocks of one place, each made when it is first asked for. */
export function createClocks({ policy, calendar }: Place, now: number): (severity: Gravity) => Clock {
  const known = new Map<Gravity, Clock>();
  return (gravity) => {
    const found = known.get(gravity);
    if (found !== undefined) return found;
    const severity: Severity | null = gravity === "none" ? null : gravity;
    const own = calendarForSeverity(calendar, policy.calendar, severity);
    const reached = new Map<number, number>();
    const clock: Clock = {
      dayMillis: dayMillis(own),
      targetMillisOf: (asked) => durationMillis(policy.targets[asked], own),
      millisOf: (duration) => durationMillis(duration, own),
      reachedAt: (millis) => {
        const at = reached.get(millis) ?? instantBefore(own, now, millis);
        reached.set(millis, at);
        return at;
      },
    };
    known.set(gravity, clock);
    return clock;
  };
}

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** As far as a calendar is read back; what waits since before has waited longer than any target that matters here. */
export const HORIZON_MILLIS = 400 * DAY;

/** The latest instant, to the minute, from which to `now` at least `millis` of working time lie; the horizon where there are fewer. */
export function instantBefore(calendar: Calendar, now: number, millis: number): number {
  if (millis <= 0) return now;
  if (calendar.kind === "always") return now - millis;
  let length = Math.min(HORIZON_MILLIS, millis + DAY);
  while (length < HORIZON_MILLIS && workingMillis(calendar, now - length, now) < millis)
    length = Math.min(HORIZON_MILLIS, length * 2);
  let early = now - length;
  if (workingMillis(calendar, early, now) < millis) return early;
  let late = now;
  while (late - early > MINUTE) {
    const middle = early + Math.floor((late - early) / 2);
    if (workingMillis(calendar, middle, now) >= millis) early = middle;
    else late = middle;
  }
  return early;
}
