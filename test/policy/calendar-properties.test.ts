// What always holds of working time, in whatever zone, hours and holidays.
import fc from "fast-check";
import { expect, test } from "vitest";
import {
  addWorkingMillis,
  calendarOf,
  isWorkingMoment,
  nextWorkingMoment,
  workingMillis,
} from "../../src/policy/calendar.ts";
import { DEFAULT_HOURS } from "../../src/policy/defaults.ts";
import { at, calendar, EVERY_DAY, HOUR } from "./tables.ts";

const zones = fc.constantFrom(
  "UTC",
  "Asia/Tokyo",
  "Europe/Berlin",
  "America/New_York",
  "Australia/Lord_Howe",
  "Pacific/Apia",
  "Africa/Casablanca",
);
const calendars = fc
  .record({
    timezone: zones,
    days: fc.subarray([...EVERY_DAY], { minLength: 1 }),
    from: fc.integer({ min: 0, max: 1439 }),
    to: fc.integer({ min: 1, max: 1440 }),
    holidays: fc.subarray(["2026-03-27", "2026-03-30", "2026-10-23", "2026-10-26", "2026-12-25"]),
  })
  .filter(({ from, to }) => from !== to)
  .map(({ timezone, days, from, to, holidays }) =>
    calendarOf(
      { kind: "hours", ...DEFAULT_HOURS, timezone, days, hours: { fromMinute: from, toMinute: to } },
      new Set(holidays),
    ),
  );
const instants = fc.integer({ min: at("2026-01-01T00:00Z"), max: at("2027-12-31T00:00Z") });

test("working time is the sum of its parts, wherever it is cut", () => {
  fc.assert(
    fc.property(calendars, fc.array(instants, { minLength: 3, maxLength: 3 }), (hours, cuts) => {
      const [first = 0, second = 0, third = 0] = cuts.toSorted((a, b) => a - b);
      expect(workingMillis(hours, first, second) + workingMillis(hours, second, third)).toBe(
        workingMillis(hours, first, third),
      );
    }),
  );
});

test("after so much working time, just so much has passed, and not a moment sooner", () => {
  fc.assert(
    fc.property(calendars, instants, fc.integer({ min: 1, max: 60 * HOUR }), (hours, from, millis) => {
      const until = addWorkingMillis(hours, from, millis);
      expect(workingMillis(hours, from, until)).toBe(millis);
      expect(workingMillis(hours, from, until - 1)).toBe(millis - 1);
    }),
  );
});

test("no time passes before the next working moment, and some right after it", () => {
  fc.assert(
    fc.property(calendars, instants, (hours, from) => {
      const next = nextWorkingMoment(hours, from);
      expect(workingMillis(hours, from, next)).toBe(0);
      expect(workingMillis(hours, next, next + 1)).toBe(1);
      expect(isWorkingMoment(hours, from)).toBe(next === from);
    }),
  );
});

test("every minute counts as the zone's clocks say, whatever the zone does", () => {
  fc.assert(
    fc.property(zones, instants, (timezone, from) => {
      const wholeDay = calendarOf(
        { kind: "hours", ...DEFAULT_HOURS, timezone, days: EVERY_DAY, hours: { fromMinute: 0, toMinute: 1440 } },
        new Set(),
      );
      expect(workingMillis(wholeDay, from, from + 90 * 24 * HOUR)).toBe(90 * 24 * HOUR);
    }),
  );
});

test.for(["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Tokyo"])(
  "%s: a count by the clock on the wall, quarter by quarter, comes to the same",
  (timezone) => {
    const wall = new Intl.DateTimeFormat("en-GB", {
      timeZone: timezone,
      weekday: "short",
      hour: "2-digit",
      minute: "2-digit",
    });
    const quarter = HOUR / 4;
    for (const from of ["2026-03-01T00:00Z", "2026-03-25T00:00Z", "2026-10-01T00:00Z", "2026-10-22T00:00Z"].map(at)) {
      let counted = 0;
      for (let moment = from; moment < from + 12 * 24 * HOUR; moment += quarter) {
        const [weekday = "", time = ""] = wall.format(moment).split(" ");
        if (!["Sat", "Sun"].includes(weekday.replace(",", "")) && time >= "09:00" && time < "17:00") counted += quarter;
      }
      expect(workingMillis(calendar("09:00-17:00", { timezone }), from, from + 12 * 24 * HOUR)).toBe(counted);
    }
  },
);

test("decades are counted in a moment", () => {
  const started = performance.now();
  workingMillis(
    calendar("09:00-17:00", { timezone: "Europe/Berlin" }),
    at("1970-01-01T00:00Z"),
    at("2070-01-01T00:00Z"),
  );
  expect(performance.now() - started).toBeLessThan(1_000);
});
