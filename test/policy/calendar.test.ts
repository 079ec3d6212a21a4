// Working time by tables: daylight saving, midnight, holidays.
import { describe, expect, test } from "vitest";
import {
  ALWAYS,
  addWorkingMillis,
  type Calendar,
  calendarForSeverity,
  calendarOf,
  dayMillis,
  durationMillis,
  isWorkingMoment,
  localDate,
  localWeek,
  nextWorkingMoment,
  startOfDate,
  workingMillis,
} from "../../src/policy/calendar.ts";
import { DEFAULT_HOURS } from "../../src/policy/defaults.ts";
import { at, calendar, EVERY_DAY, HOUR, iso } from "./tables.ts";

const BERLIN = { timezone: "Europe/Berlin", days: EVERY_DAY };
const NEW_YORK = { timezone: "America/New_York", days: EVERY_DAY };
const LORD_HOWE = { timezone: "Australia/Lord_Howe", days: EVERY_DAY };

describe("working time between two instants", () => {
  test.for<[string, Calendar, string, string, number]>([
    ["a working day", calendar("09:00-17:00"), "2026-03-02T00:00Z", "2026-03-03T00:00Z", 8],
    ["part of a working day", calendar("09:00-17:00"), "2026-03-02T10:30Z", "2026-03-02T12:00Z", 1.5],
    ["a weekend is nothing", calendar("09:00-17:00"), "2026-03-06T17:00Z", "2026-03-09T09:00Z", 0],
    ["a week", calendar("09:00-17:00"), "2026-03-02T00:00Z", "2026-03-09T00:00Z", 40],
    ["backwards is nothing", calendar("09:00-17:00"), "2026-03-03T00:00Z", "2026-03-02T00:00Z", 0],
    [
      "the zone's hours, not UTC's",
      calendar("09:00-18:00", { timezone: "Asia/Tokyo" }),
      "2026-03-02T00:00Z",
      "2026-03-02T09:00Z",
      9,
    ],
    [
      "a Monday in Tokyo begins on Sunday in UTC",
      calendar("00:00-24:00", { timezone: "Asia/Tokyo" }),
      "2026-03-01T15:00Z",
      "2026-03-01T16:00Z",
      1,
    ],
    ["a closed day", calendar("09:00-17:00", { closed: ["2026-03-03"] }), "2026-03-02T00:00Z", "2026-03-04T00:00Z", 8],
    ["a holiday", calendar("09:00-17:00", {}, ["2026-03-03"]), "2026-03-02T00:00Z", "2026-03-04T00:00Z", 8],
    ["hours over midnight", calendar("22:00-06:00"), "2026-03-02T00:00Z", "2026-03-03T12:00Z", 8],
    ["a Friday's night shift runs into Saturday", calendar("22:00-06:00"), "2026-03-06T12:00Z", "2026-03-08T12:00Z", 8],
    [
      "a Sunday's night shift does not run into Monday",
      calendar("22:00-06:00"),
      "2026-03-08T12:00Z",
      "2026-03-09T12:00Z",
      0,
    ],
    [
      "a holiday's night shift is off whole",
      calendar("22:00-06:00", {}, ["2026-03-03"]),
      "2026-03-03T12:00Z",
      "2026-03-04T12:00Z",
      0,
    ],
    ["Berlin's day of 23 hours", calendar("00:00-24:00", BERLIN), "2026-03-28T23:00Z", "2026-03-29T22:00Z", 23],
    ["Berlin's day of 25 hours", calendar("00:00-24:00", BERLIN), "2026-10-24T22:00Z", "2026-10-25T23:00Z", 25],
    [
      "office hours on Berlin's short day",
      calendar("09:00-17:00", BERLIN),
      "2026-03-28T23:00Z",
      "2026-03-29T22:00Z",
      8,
    ],
    [
      "the hour that Berlin skips is no time",
      calendar("02:00-03:00", BERLIN),
      "2026-03-28T23:00Z",
      "2026-03-29T22:00Z",
      0,
    ],
    [
      "hours that begin in what Berlin skips begin after it",
      calendar("02:30-04:00", BERLIN),
      "2026-03-28T23:00Z",
      "2026-03-29T22:00Z",
      1,
    ],
    [
      "hours that end in what Berlin skips end before it",
      calendar("01:00-02:30", BERLIN),
      "2026-03-28T23:00Z",
      "2026-03-29T22:00Z",
      1,
    ],
    ["a night over Berlin's short night", calendar("22:00-06:00", BERLIN), "2026-03-28T12:00Z", "2026-03-29T12:00Z", 7],
    ["a night over Berlin's long night", calendar("22:00-06:00", BERLIN), "2026-10-24T12:00Z", "2026-10-25T12:00Z", 9],
    [
      "half an hour within what Berlin has twice counts once",
      calendar("02:00-02:30", BERLIN),
      "2026-10-24T22:00Z",
      "2026-10-25T23:00Z",
      0.5,
    ],
    ["New York's short day", calendar("00:00-24:00", NEW_YORK), "2026-03-08T05:00Z", "2026-03-09T04:00Z", 23],
    ["New York's long day", calendar("00:00-24:00", NEW_YORK), "2026-11-01T04:00Z", "2026-11-02T05:00Z", 25],
    ["New York's short night shift", calendar("20:00-04:00", NEW_YORK), "2026-03-07T12:00Z", "2026-03-08T12:00Z", 7],
    [
      "Lord Howe's day that is half an hour shorter",
      calendar("00:00-24:00", LORD_HOWE),
      "2026-10-03T13:30Z",
      "2026-10-04T13:00Z",
      23.5,
    ],
    [
      "Lord Howe's day that is half an hour longer",
      calendar("00:00-24:00", LORD_HOWE),
      "2026-04-04T13:00Z",
      "2026-04-05T13:30Z",
      24.5,
    ],
    [
      "the day that Samoa left out",
      calendar("09:00-17:00", { timezone: "Pacific/Apia", days: EVERY_DAY }),
      "2011-12-29T10:00Z",
      "2011-12-31T10:00Z",
      16,
    ],
    ["every hour", ALWAYS, "2026-03-06T17:00Z", "2026-03-09T09:00Z", 64],
  ])("%s", ([, hours, from, to, expected]) => {
    expect(workingMillis(hours, at(from), at(to)) / HOUR).toBe(expected);
  });
});

describe("the instant after so much working time", () => {
  test.for<[string, Calendar, string, number, string]>([
    ["within the day", calendar("09:00-17:00"), "2026-03-02T09:00Z", 3, "2026-03-02T12:00:00Z"],
    [
      "just the day is its end, not the next morning",
      calendar("09:00-17:00"),
      "2026-03-02T09:00Z",
      8,
      "2026-03-02T17:00:00Z",
    ],
    ["over a weekend", calendar("09:00-17:00"), "2026-03-06T16:00Z", 2, "2026-03-09T10:00:00Z"],
    ["from the night", calendar("09:00-17:00"), "2026-03-02T02:00Z", 1, "2026-03-02T10:00:00Z"],
    ["nothing is at once, in the night too", calendar("09:00-17:00"), "2026-03-02T02:00Z", 0, "2026-03-02T02:00:00Z"],
    ["in the small hours of a night shift", calendar("22:00-06:00"), "2026-03-03T05:00Z", 2, "2026-03-03T23:00:00Z"],
    ["over Berlin's short night", calendar("00:00-24:00", BERLIN), "2026-03-29T00:00Z", 3, "2026-03-29T03:00:00Z"],
    ["every hour", ALWAYS, "2026-03-06T16:00Z", 48, "2026-03-08T16:00:00Z"],
  ])("%s", ([, hours, from, amount, expected]) => {
    expect(iso(addWorkingMillis(hours, at(from), amount * HOUR))).toBe(expected);
  });

  test("a calendar that never works ends after 400 days instead of never", () => {
    const never = calendarOf({ kind: "hours", ...DEFAULT_HOURS, days: [] }, new Set());
    const from = at("2026-03-02T00:00Z");
    expect(iso(addWorkingMillis(never, from, HOUR))).toBe("2027-04-06T00:00:00Z");
    expect(iso(nextWorkingMoment(never, from))).toBe("2027-04-06T00:00:00Z");
  });
});

describe("whether and when work goes on", () => {
  test.for<[string, boolean, string]>([
    ["2026-03-02T08:59:59Z", false, "2026-03-02T09:00:00Z"],
    ["2026-03-02T09:00:00Z", true, "2026-03-02T09:00:00Z"],
    ["2026-03-02T16:59:59Z", true, "2026-03-02T16:59:59Z"],
    ["2026-03-02T17:00:00Z", false, "2026-03-03T09:00:00Z"],
    ["2026-03-06T17:00:00Z", false, "2026-03-09T09:00:00Z"],
  ])("at %s: %s, next %s", ([moment, isWorking, next]) => {
    const office = calendar("09:00-17:00");
    expect(isWorkingMoment(office, at(moment))).toBe(isWorking);
    expect(iso(nextWorkingMoment(office, at(moment)))).toBe(next);
  });

  test("every moment is one where every hour counts", () => {
    expect(isWorkingMoment(ALWAYS, at("2026-03-07T03:00Z"))).toBe(true);
  });
});

describe("durations", () => {
  test.for<[number, "s" | "m" | "h" | "d" | "w", number, number]>([
    [30, "s", 30 / 3600, 30 / 3600],
    [15, "m", 0.25, 0.25],
    [4, "h", 4, 4],
    [2, "d", 16, 48],
    [1, "w", 40, 168],
  ])("%d%s is %d hours in the office and %d where every hour counts", ([amount, unit, office, always]) => {
    expect(durationMillis({ amount, unit }, calendar("09:00-17:00")) / HOUR).toBeCloseTo(office, 9);
    expect(durationMillis({ amount, unit }, ALWAYS) / HOUR).toBeCloseTo(always, 9);
  });

  test("a working day over midnight has all its hours", () => {
    expect(dayMillis(calendar("22:00-06:00"))).toBe(8 * HOUR);
    expect(dayMillis(calendar("00:00-24:00"))).toBe(24 * HOUR);
    expect(dayMillis(ALWAYS)).toBe(24 * HOUR);
  });
});

test("a severity under `always` is measured by every hour, the others by the calendar", () => {
  const policy = { kind: "hours" as const, ...DEFAULT_HOURS, always: ["S1" as const] };
  const office = calendarOf(policy, new Set());
  expect(calendarForSeverity(office, policy, "S1")).toBe(ALWAYS);
  expect(calendarForSeverity(office, policy, "S2")).toBe(office);
  expect(calendarForSeverity(office, policy, null)).toBe(office);
});

test("dates and weeks are the zone's", () => {
  const moment = at("2026-12-31T16:00Z");
  expect(localDate("Asia/Tokyo", moment)).toBe("2027-01-01");
  expect(localDate("UTC", moment)).toBe("2026-12-31");
  expect(localWeek("Asia/Tokyo", moment)).toBe("2026-W53");
  expect(iso(startOfDate("Asia/Tokyo", "2027-01-01"))).toBe("2026-12-31T15:00:00Z");
});
