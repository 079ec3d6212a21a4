// Numbers of what was only observed: by day in the reader's zone, and nobody counted by name.
import { expect, test } from "vitest";
import { numbersOf, type ObservedRow, spanOf } from "../../../src/board/observe/observed.ts";
import { readObserveFilters } from "../../../src/board/observe/parse.ts";

const row = (at: string, kind: string, addressees: readonly string[] = [], isChange = true): ObservedRow => ({
  at: Date.parse(at),
  kind,
  lane: "7#1",
  addressees,
  isChange,
});

test("days, reminders and whom they would have addressed", () => {
  const rows = [
    row("2026-03-03T16:00:00Z", "reminder", ["mira", "acme-db/engine"]),
    row("2026-03-03T10:00:00Z", "reminder", ["mira"]),
    row("2026-03-03T09:00:00Z", "labels", [], false),
    row("2026-03-03T08:00:00Z", "labels"),
    row("2026-03-02T16:00:00Z", "author-turn"),
    row("2026-03-02T16:00:00Z", "reply"),
  ];
  expect(numbersOf(rows, "Asia/Tokyo")).toEqual({
    reminders: 2,
    addressed: 2,
    mostADay: 1,
    days: [
      { day: "2026-03-04", reminders: 1, addressed: 2, authors: 0, labels: 0, others: 0 },
      { day: "2026-03-03", reminders: 1, addressed: 1, authors: 1, labels: 1, others: 1 },
    ],
  });
  expect(numbersOf(rows, "UTC").mostADay).toBe(2);
  expect(numbersOf([], "UTC")).toEqual({ reminders: 0, addressed: 0, mostADay: 0, days: [] });
});

test("a day begins and ends in the reader's zone, also when clocks are changed", () => {
  const hours = (day: string, zone: string) => {
    const span = spanOf(day, zone);
    return span === null ? null : (span.untilAt - span.fromAt) / 3_600_000;
  };
  expect(hours("2026-03-29", "Europe/Berlin")).toBe(23);
  expect(hours("2026-03-30", "Europe/Berlin")).toBe(24);
  expect(spanOf("2026-03-02", "Asia/Tokyo")?.fromAt).toBe(Date.parse("2026-03-01T15:00:00Z"));
  expect(spanOf("2026-02-31", "UTC")).toBeNull();
  expect(spanOf("nonsense", "UTC")).toBeNull();
});

test.each([
  [{}, { repository: null, day: null, before: null, unknown: [] }],
  [
    { repository: " engine ", day: "2026-03-02", before: "5.6" },
    { repository: "engine", day: "2026-03-02", before: { at: 5, id: 6 }, unknown: [] },
  ],
  [
    { repository: "x".repeat(101), day: "2026-02-31", before: "5" },
    { repository: null, day: null, before: null, unknown: ["repository", "day"] },
  ],
])("filters %j", (query, expected) => {
  expect(readObserveFilters(query)).toEqual(expected);
});
