// When a digest falls due by its reader's own clock, across weeks and changes of the clocks.
import { describe, expect, test } from "vitest";
import { type DigestTime, lastDigestAt, nextDigestAt } from "../../src/digests/calendar.ts";
import { at, iso } from "../patches/builders.ts";

const MONDAY_9: DigestTime = { day: "mon", atMinute: 9 * 60 };
const SUNDAY_2_30: DigestTime = { day: "sun", atMinute: 2 * 60 + 30 };

type Row = readonly [sentence: string, time: DigestTime, zone: string, now: string, last: string, next: string];

const rows: readonly Row[] = [
  [
    "at the moment itself it is due, and the next is a week later",
    MONDAY_9,
    "UTC",
    "2026-03-02T09:00:00Z",
    "2026-03-02T09:00:00Z",
    "2026-03-09T09:00:00Z",
  ],
  [
    "a second before it is last week's",
    MONDAY_9,
    "UTC",
    "2026-03-02T08:59:59Z",
    "2026-02-23T09:00:00Z",
    "2026-03-02T09:00:00Z",
  ],
  [
    "the day is the reader's, not ours",
    MONDAY_9,
    "Asia/Tokyo",
    "2026-03-02T00:00:00Z",
    "2026-03-02T00:00:00Z",
    "2026-03-09T00:00:00Z",
  ],
  [
    "it is still Sunday in Honolulu when it is Monday in UTC",
    MONDAY_9,
    "Pacific/Honolulu",
    "2026-03-02T09:00:00Z",
    "2026-02-23T19:00:00Z",
    "2026-03-02T19:00:00Z",
  ],
  [
    "where the clocks go forward in between the next comes an hour earlier by ours",
    MONDAY_9,
    "Europe/Berlin",
    "2026-03-25T12:00:00Z",
    "2026-03-23T08:00:00Z",
    "2026-03-30T07:00:00Z",
  ],
  [
    "where the clocks go back in between the next comes an hour later by ours",
    MONDAY_9,
    "Europe/Berlin",
    "2026-10-24T12:00:00Z",
    "2026-10-19T07:00:00Z",
    "2026-10-26T08:00:00Z",
  ],
  [
    "a time that the clocks jump over comes as much later",
    SUNDAY_2_30,
    "Europe/Berlin",
    "2026-03-29T01:30:00Z",
    "2026-03-29T01:30:00Z",
    "2026-04-05T00:30:00Z",
  ],
  [
    "a time that the clocks show twice comes the first time",
    SUNDAY_2_30,
    "Europe/Berlin",
    "2026-10-25T01:29:00Z",
    "2026-10-25T00:30:00Z",
    "2026-11-01T01:30:00Z",
  ],
  [
    "a year's end changes nothing",
    { day: "fri", atMinute: 0 },
    "Asia/Tokyo",
    "2026-12-31T15:30:00Z",
    "2026-12-31T15:00:00Z",
    "2027-01-07T15:00:00Z",
  ],
  [
    "a whole day skipped by a zone does not lose a week",
    { day: "fri", atMinute: 9 * 60 },
    "Pacific/Apia",
    "2011-12-28T12:00:00Z",
    "2011-12-23T19:00:00Z",
    "2011-12-30T19:00:00Z",
  ],
];

describe("a digest's time", () => {
  test.each(rows)("%s", (_, time, zone, now, last, next) => {
    expect([iso(lastDigestAt(time, zone, at(now))), iso(nextDigestAt(time, zone, at(now)))]).toEqual([last, next]);
  });

  test("never stands still, and never skips a week, whatever the zone does", () => {
    for (const zone of ["UTC", "Asia/Tokyo", "Europe/Berlin", "America/Sao_Paulo", "Australia/Lord_Howe"]) {
      let now = at("2026-01-01T00:00:00Z");
      for (let week = 0; week < 60; week += 1) {
        const next = nextDigestAt(MONDAY_9, zone, now);
        expect(lastDigestAt(MONDAY_9, zone, next)).toBe(next);
        expect(next - now).toBeGreaterThan(0);
        expect(next - now).toBeLessThanOrEqual((7 * 24 + 1) * 3_600_000);
        now = next;
      }
    }
  });
});
