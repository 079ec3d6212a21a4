// The figures of a customer's record: which years there are, what is usual, and when there is too little to say so.
import { describe, expect, test } from "vitest";
import { type DecisionTime, median, spanOfYear, timeSaved, yearsOf } from "../../src/record/record.ts";

const NOW = Date.parse("2026-11-24T09:00:00Z");
const HOUR = 3_600_000;

describe("years", () => {
  const of = (from: readonly string[], first: string | null, now = NOW, timezone = "Asia/Tokyo") =>
    yearsOf({
      contracts: from.map((each) => ({ from: each })),
      firstCaseAt: first === null ? null : Date.parse(first),
      now,
      timezone,
    });

  test.each<[string, readonly number[], readonly number[]]>([
    ["are none without contract and case", of([], null), []],
    ["begin with the first contract", of(["2025-04-01", "2024-04-01"], "2026-01-05T00:00:00Z"), [2026, 2025, 2024]],
    ["begin with the first case where that is earlier", of(["2026-04-01"], "2025-06-01T00:00:00Z"), [2026, 2025]],
    ["leave out a contract that is yet to begin", of(["2027-04-01"], null), []],
    ["are at most twenty", of(["0001-01-01"], null).slice(-1), [2007]],
    [
      "are the customer's: it is New Year in Tokyo",
      of(["2026-01-01"], null, Date.parse("2026-12-31T16:00:00Z")),
      [2027, 2026],
    ],
    ["are the customer's: a case of New Year's morning", of([], "2025-12-31T16:00:00Z"), [2026]],
  ])("%s", (_, years, expected) => {
    expect(years).toEqual(expected);
  });

  test("last from their first instant to the next one's, where the customer is", () => {
    expect(spanOfYear(2026, "Asia/Tokyo")).toEqual({
      fromAt: Date.parse("2025-12-31T15:00:00Z"),
      toAt: Date.parse("2026-12-31T15:00:00Z"),
    });
  });
});

test.each<[readonly number[], number]>([
  [[5], 5],
  [[9, 1, 5], 5],
  [[1, 3, 100, 2], 2.5],
  [[], 0],
])("the median of %j is %d", (lengths, expected) => {
  expect(median(lengths)).toBe(expected);
});

describe("time", () => {
  const year = spanOfYear(2026, "UTC");
  const decided = (day: string, hours: number, after: number | null = null): DecisionTime => ({
    patchId: `${day}:${hours}`,
    decidedAt: Date.parse(`${day}T09:00:00Z`),
    millis: hours * HOUR,
    afterMillis: after === null ? null : after * HOUR,
  });
  const none = { count: 0, millis: null };

  test("is not told apart from chance where there is too little", () => {
    const own = [decided("2026-02-01", 8, 2), decided("2026-03-01", 80), decided("2025-03-01", 80)];
    const others = [1, 2, 3, 4].map((hours) => decided("2026-03-01", hours));
    expect(timeSaved({ own, others, year })).toEqual({
      own: { count: 2, millis: null },
      before: { count: 1, millis: null },
      others: { count: 4, millis: null },
      untilAsked: { count: 1, millis: null },
      sinceAsked: { count: 1, millis: null },
    });
    expect(timeSaved({ own: [], others: [], year })).toEqual({
      own: none,
      before: none,
      others: none,
      untilAsked: none,
      sinceAsked: none,
    });
  });

  test("is the median of the year, beside the year before, everybody else, and before and after deciders were asked", () => {
    const own = [
      decided("2025-01-01", 300),
      decided("2025-06-01", 200),
      decided("2025-12-31", 100),
      decided("2026-01-01", 40, 4),
      decided("2026-05-01", 50, 6),
      // A patch that waited nowhere before it was put before them.
      decided("2026-05-02", 8, 9),
      decided("2026-12-31", 16),
    ];
    const others = [10, 20, 30, 40, 500].map((hours) => decided("2026-03-01", hours));
    expect(timeSaved({ own, others, year })).toEqual({
      own: { count: 4, millis: 28 * HOUR },
      before: { count: 3, millis: 200 * HOUR },
      others: { count: 5, millis: 30 * HOUR },
      untilAsked: { count: 3, millis: 36 * HOUR },
      sinceAsked: { count: 3, millis: 6 * HOUR },
    });
  });
});
