// How a comparison goes on after GitHub failed: the same step a few times more, and then the rest without it.
import { expect, test } from "vitest";
import {
  afterFailure,
  isIncomplete,
  isLastTry,
  type Place,
  placeOf,
  wordsOfPlace,
} from "../../../src/github/reconcile/place.ts";

const PATCHES: Place = { in: "patches", after: "10#7" };

test("a step that failed six times is tried for the last time, where it stood", () => {
  const places: Place[] = [PATCHES];
  for (let last: Place = PATCHES; !isLastTry(last); places.push(last)) last = afterFailure(last);
  expect(places).toHaveLength(7);
  expect(places.at(-1)).toEqual({ in: "patches", after: "10#7", failures: 6 });
});

test("without the list of repositories there is nothing to go on to, so that it is tried on and on", () => {
  const begin: Place = { in: "installation" };
  expect(afterFailure(begin)).toEqual(begin);
  expect(isLastTry(begin)).toBe(false);
});

const places: readonly Place[] = [
  { in: "installation" },
  { in: "repositories", after: 7, failures: 2 },
  { in: "patches", after: "10#7", isIncomplete: true },
];

test.each(places.map((at) => ({ at })))("$at is read as it was written", ({ at }) => {
  expect(placeOf(wordsOfPlace(at))).toEqual(at);
  expect(isIncomplete(at)).toBe("isIncomplete" in at);
});
