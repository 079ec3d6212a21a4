// Where things stand on a patch's timeline: to scale, in order, and within the picture.
import { expect, test } from "vitest";
import { drawTimeline, joinedTurns } from "../../../src/board/patch/timeline.ts";

const DAY = 86_400_000;
const at = (day: number): number => Date.parse("2026-03-01T15:00:00Z") + day * DAY;
const input = { fromAt: at(0), untilAt: at(10), timezone: "Asia/Tokyo", stretches: [], marks: [] };

test("a stretch is as wide as it was long, and those of one turn are one", () => {
  const { bars, width, left } = drawTimeline({
    ...input,
    stretches: [
      { turn: "maintainer", fromAt: at(0), untilAt: at(1) },
      { turn: "maintainer", fromAt: at(1), untilAt: at(5) },
      { turn: "author", fromAt: at(5), untilAt: at(7.5) },
      { turn: "nobody", fromAt: at(7.5), untilAt: at(30) },
    ],
  });
  expect([width, left]).toEqual([960, 130]);
  expect(bars.map(({ turn, x, width }) => [turn, x, width])).toEqual([
    ["maintainer", 130, 405],
    ["author", 535, 202.5],
    ["nobody", 737.5, 202.5],
  ]);
});

test("only kinds of marks that there are have a lane, and what lies outside is left out", () => {
  const { lanes } = drawTimeline({
    ...input,
    marks: [
      { lane: "settled", at: at(10), words: "decided" },
      { lane: "reminder", at: at(5), words: "reminder" },
      { lane: "reminder", at: at(-1), words: "before" },
      { lane: "step", at: at(11), words: "after" },
    ],
  });
  expect(lanes.map(({ lane, marks }) => [lane, marks.map(({ x, words }) => [x, words])])).toEqual([
    ["reminder", [[535, "reminder"]]],
    ["settled", [[940, "decided"]]],
  ]);
});

test("days begin at the reader's midnight, also where clocks change", () => {
  const days = (timezone: string, fromAt: number) =>
    drawTimeline({ ...input, timezone, fromAt, untilAt: fromAt + 6 * DAY }).ticks.map((tick) =>
      Temporal.Instant.fromEpochMilliseconds(tick.at).toZonedDateTimeISO(timezone).toPlainTime().toString(),
    );
  expect(new Set(days("Asia/Tokyo", at(0)))).toEqual(new Set(["00:00:00"]));
  expect(new Set(days("Europe/Berlin", Date.parse("2026-03-26T08:00:00Z")))).toEqual(new Set(["00:00:00"]));
});

test("no day is named twice, however short the time is", () => {
  const days = (untilAt: number) =>
    drawTimeline({ ...input, untilAt }).ticks.map((tick) =>
      Temporal.Instant.fromEpochMilliseconds(tick.at).toZonedDateTimeISO("Asia/Tokyo").toPlainDate().toString(),
    );
  expect(days(at(0.7))).toEqual(["2026-03-02"]);
  expect(days(at(1.5))).toEqual(["2026-03-02", "2026-03-03"]);
});

test("one that was opened this moment has a picture as well", () => {
  const drawn = drawTimeline({
    ...input,
    untilAt: at(0),
    stretches: [{ turn: "maintainer", fromAt: at(0), untilAt: at(0) }],
    marks: [{ lane: "response", at: at(0), words: "response" }],
  });
  expect(drawn.bars).toEqual([]);
  expect(drawn.lanes[0]?.marks).toEqual([{ lane: "response", at: at(0), words: "response", x: 130 }]);
  expect(joinedTurns([])).toEqual([]);
});
