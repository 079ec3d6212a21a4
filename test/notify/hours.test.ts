// When somebody is told, as tables and as laws that hold for any reader.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { countryOfZone, deliverAt } from "../../src/notify/hours.ts";

const NONE: ReadonlySet<string> = new Set();
const tokyo = { timezone: "Asia/Tokyo", hours: null };

describe("a message goes out", () => {
  test.each([
    ["at once in the reader's hours", tokyo, "2026-03-03T09:00:00+09:00", "2026-03-03T09:00:00+09:00"],
    ["at nine where it is earlier", tokyo, "2026-03-03T08:59:59+09:00", "2026-03-03T09:00:00+09:00"],
    ["the next morning from six on", tokyo, "2026-03-03T18:00:00+09:00", "2026-03-04T09:00:00+09:00"],
    ["on Monday where it is Friday evening", tokyo, "2026-03-06T20:00:00+09:00", "2026-03-09T09:00:00+09:00"],
    ["on Monday where it is Sunday", tokyo, "2026-03-08T12:00:00+09:00", "2026-03-09T09:00:00+09:00"],
    [
      "by the reader's own hours",
      { ...tokyo, hours: "10:30-12:00" },
      "2026-03-03T09:00:00+09:00",
      "2026-03-03T10:30:00+09:00",
    ],
    [
      "at night to whom works then",
      { ...tokyo, hours: "22:00-06:00" },
      "2026-03-03T23:00:00+09:00",
      "2026-03-03T23:00:00+09:00",
    ],
    [
      "early on Saturday in the night that began on Friday",
      { ...tokyo, hours: "22:00-06:00" },
      "2026-03-07T05:00:00+09:00",
      "2026-03-07T05:00:00+09:00",
    ],
    [
      "but not in the night that would begin on Saturday",
      { ...tokyo, hours: "22:00-06:00" },
      "2026-03-07T23:00:00+09:00",
      "2026-03-09T22:00:00+09:00",
    ],
    ["until midnight", { ...tokyo, hours: "12:00-24:00" }, "2026-03-03T23:59:59+09:00", "2026-03-03T23:59:59+09:00"],
    [
      "at nine after the clocks went forward",
      { timezone: "America/New_York", hours: null },
      "2026-03-06T18:30:00-05:00",
      "2026-03-09T09:00:00-04:00",
    ],
    [
      "in usual hours where theirs cannot be read",
      { ...tokyo, hours: "late" },
      "2026-03-03T08:00:00+09:00",
      "2026-03-03T09:00:00+09:00",
    ],
  ])("%s", (_, reader, now, expected) => {
    const at = deliverAt(reader, { isUrgent: false, now: Date.parse(now), holidays: NONE });
    expect(new Date(at).toISOString()).toBe(new Date(expected).toISOString());
  });

  test("after a holiday, and after several on end", () => {
    const holidays = new Set(["2026-05-04", "2026-05-05", "2026-05-06"]);
    const at = deliverAt(tokyo, { isUrgent: false, now: Date.parse("2026-05-01T19:00:00+09:00"), holidays });
    expect(new Date(at).toISOString()).toBe("2026-05-07T00:00:00.000Z");
  });

  test("at once where it is urgent, on a holiday night too", () => {
    const now = Date.parse("2026-05-05T03:00:00+09:00");
    expect(deliverAt(tokyo, { isUrgent: true, now, holidays: new Set(["2026-05-05"]) })).toBe(now);
  });
});

test("whatever a reader's zone and hours are, a message waits at most a long weekend and always ends in their hours", () => {
  const minute = fc.integer({ min: 0, max: 24 * 60 - 1 });
  const text = (value: number) =>
    `${String(Math.floor(value / 60)).padStart(2, "0")}:${String(value % 60).padStart(2, "0")}`;
  fc.assert(
    fc.property(
      fc.constantFrom("UTC", "Asia/Tokyo", "America/New_York", "Europe/London", "Australia/Lord_Howe", "Asia/Kolkata"),
      fc.tuple(minute, minute),
      fc.integer({ min: Date.parse("2026-01-01T00:00:00Z"), max: Date.parse("2027-12-31T00:00:00Z") }),
      (timezone, [from, to], now) => {
        const reader = { timezone, hours: `${text(from)}-${text(to)}` };
        const at = deliverAt(reader, { isUrgent: false, now, holidays: NONE });
        expect(at).toBeGreaterThanOrEqual(now);
        expect(at - now).toBeLessThanOrEqual(5 * 24 * 60 * 60_000);
        // Asked again at that moment it goes out: it never waits for ever.
        expect(deliverAt(reader, { isUrgent: false, now: at, holidays: NONE })).toBe(at);
      },
    ),
    { numRuns: 300 },
  );
});

test.each([
  ["Asia/Tokyo", "JP"],
  ["Japan", "JP"],
  ["Asia/Kolkata", "IN"],
  ["Asia/Calcutta", "IN"],
  ["Europe/Kyiv", "UA"],
  ["America/Los_Angeles", "US"],
  ["UTC", null],
  ["Etc/GMT+3", null],
])("the zone %s lies in %s", (zone, country) => {
  expect(countryOfZone(zone)).toBe(country);
});
