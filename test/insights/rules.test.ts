// The pure rules beneath the figures: filters of an address, months and weeks of a zone, contracts of a day, clocks, cells of a file.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cellText } from "../../src/board/csv.ts";
import { createClocks, instantBefore } from "../../src/insights/clocks.ts";
import { countedAt, createSpanning } from "../../src/insights/contracts.ts";
import { figureOfFile, readFilters } from "../../src/insights/parse.ts";
import { lastWeeks, monthsBetween, periodStartsAt } from "../../src/insights/spans.ts";
import { calendarOf, workingMillis } from "../../src/policy/calendar.ts";
import { DEFAULT_POLICY } from "../../src/policy/defaults.ts";
import { aContract } from "../customers/builders.ts";
import { at } from "../patches/builders.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

describe("filters", () => {
  test.each([
    [{}, { period: "3m", severity: null, customer: null, repository: null, unknown: [] }],
    [
      { period: "all", severity: "none", customer: " shinshu-bank ", repository: "engine" },
      { period: "all", severity: "none", customer: "shinshu-bank", repository: "engine", unknown: [] },
    ],
    [
      { period: "9y", severity: "S9", customer: "", repository: "x".repeat(101), person: "mira" },
      {
        period: "3m",
        severity: null,
        customer: null,
        repository: null,
        unknown: [
          { filter: "period", value: "9y" },
          { filter: "severity", value: "S9" },
          { filter: "repository", value: `${"x".repeat(80)}…` },
        ],
      },
    ],
  ])("of %j", (query, read) => {
    expect(readFilters(query)).toEqual(read);
  });

  test.each([
    ["decision.csv", "decision"],
    ["decision", null],
    ["persons.csv", null],
    ["__proto__.csv", null],
  ])("a file's name %s asks for %s", (file, figure) => {
    expect(figureOfFile(file)).toBe(figure);
  });
});

describe("months and weeks", () => {
  const tokyo = { now: at("2026-02-28T20:00:00Z"), timezone: "Asia/Tokyo" };

  test.each([
    ["3m", "2025-11-30T15:00:00Z"],
    ["12m", "2025-02-28T15:00:00Z"],
    ["all", "1970-01-01T00:00:00Z"],
  ] as const)("a period of %s begins with a month of the zone", (period, start) => {
    expect(new Date(periodStartsAt(period, tokyo)).toISOString()).toBe(start.replace("Z", ".000Z"));
  });

  test("months follow the zone's clocks", () => {
    expect(monthsBetween(at("2026-01-31T16:00:00Z"), tokyo)).toEqual([
      { label: "2026-02", startAt: at("2026-01-31T15:00:00Z") },
      { label: "2026-03", startAt: at("2026-02-28T15:00:00Z") },
    ]);
  });

  test("weeks begin on Mondays and are named by ISO 8601", () => {
    expect(lastWeeks(3, { now: at("2027-01-05T12:00:00Z"), timezone: "UTC" })).toEqual([
      { label: "2026-W52", startAt: at("2026-12-21T00:00:00Z") },
      { label: "2026-W53", startAt: at("2026-12-28T00:00:00Z") },
      { label: "2027-W01", startAt: at("2027-01-04T00:00:00Z") },
    ]);
  });
});

describe("a contract counted", () => {
  const spans = createSpanning({ amount: 30, unit: "d" })({
    timezone: "Asia/Tokyo",
    contracts: [
      aContract({ plan: "subscription", tier: "gold", from: "2026-01-01", until: "2026-06-30" }),
      aContract({ plan: "consulting", tier: null, from: "2026-01-01", until: "2027-12-31" }),
    ],
  });

  test.each([
    ["before its first day", "2025-12-31T14:59:59Z", []],
    ["from its first day in the customer's zone", "2025-12-31T15:00:00Z", ["subscription gold", "consulting"]],
    ["to its last day, with consulting", "2026-06-30T14:59:59Z", ["subscription gold", "consulting"]],
    ["in its grace, without consulting", "2026-06-30T15:00:00Z", ["subscription gold"]],
    ["not after its grace", "2026-07-30T15:00:00Z", []],
  ])("%s", (_, when, labels) => {
    expect(countedAt(spans, at(when)).map(({ label }) => label)).toEqual(labels);
  });
});

describe("clocks", () => {
  const calendar = calendarOf(DEFAULT_POLICY.calendar, new Set(["2026-03-03"]));
  const now = at("2026-03-09T12:00:00Z");

  test.each([
    ["three hours, all today", 3 * HOUR, "2026-03-09T09:00:00Z"],
    ["a day, over a weekend", 8 * HOUR, "2026-03-06T12:00:00Z"],
    ["five days, over a holiday too", 40 * HOUR, "2026-02-27T12:00:00Z"],
  ])("what has waited %s waits since", (_, millis, since) => {
    expect(instantBefore(calendar, now, millis) - at(since)).toBeGreaterThanOrEqual(-60_000);
    expect(instantBefore(calendar, now, millis)).toBeLessThanOrEqual(at(since));
  });

  test("who waits since then has waited that long, and who waits since a minute later has not", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 * 8 * 40 }), (minutes) => {
        const since = instantBefore(calendar, now, minutes * 60_000);
        expect(workingMillis(calendar, since, now)).toBeGreaterThanOrEqual(minutes * 60_000);
        expect(workingMillis(calendar, since + 60_000, now)).toBeLessThan(minutes * 60_000);
      }),
      { numRuns: 40 },
    );
  });

  test("severities under `always` run every hour", () => {
    const { calendar: hours } = DEFAULT_POLICY;
    const always = hours.kind === "always" ? hours : { ...hours, always: ["S1"] as const };
    const clocks = createClocks({ policy: { ...DEFAULT_POLICY, calendar: always }, calendar }, now);
    expect([clocks("S1").dayMillis, clocks("S1").reachedAt(DAY)]).toEqual([DAY, now - DAY]);
    expect([clocks("S2").dayMillis, clocks("S2").targetMillisOf("S2")]).toEqual([8 * HOUR, 16 * HOUR]);
  });
});

test.each([
  ["=HYPERLINK(1)", "'=HYPERLINK(1)"],
  ["+1", "'+1"],
  ["-1", "'-1"],
  ["@sum", "'@sum"],
  ["＝HYPERLINK(1)", "'＝HYPERLINK(1)"],
  ["\tx", "'\tx"],
  ["  =1", "'  =1"],
  ['gold, "east"', '"gold, ""east"""'],
  ["gold", "gold"],
  [null, ""],
  [-1.23456, "-1.235"],
])("a cell %j becomes %s", (cell, text) => {
  expect(cellText(cell)).toBe(text);
});
