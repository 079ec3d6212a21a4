// How a comparison goes on after GitHub failed: fewer and fewer at once, one alone a few times, and then past it.
import { expect, test } from "vitest";
import { afterFailure, isPassedOver, type Place, placeOf, wordsOfPlace } from "../../../src/github/reconcile/place.ts";

const PATCHES: Place = { in: "patches", after: "10#7" };

test("a hundred that GitHub cannot answer become one alone, which is passed over after three more failures", () => {
  const places: Place[] = [PATCHES];
  for (let last: Place = PATCHES; !isPassedOver(last); places.push(last)) last = afterFailure(last, 100);
  const sizes = places.map((at) => (at.in === "installation" ? null : (at.size ?? 100)));
  expect(sizes).toEqual([100, 50, 25, 13, 7, 4, 2, 1, 1, 1, 1]);
  expect(places.every((at) => at.in === "patches" && at.after === "10#7")).toBe(true);
});

test("what stands before the lists has no size to become smaller", () => {
  expect(afterFailure({ in: "installation" }, 100)).toEqual({ in: "installation" });
});

test.each<Place>([
  { in: "installation" },
  { in: "repositories", after: 7, size: 12 },
  { in: "patches", after: "10#7", size: 1, failures: 2 },
])("%j is read as it was written", (at) => {
  expect(placeOf(wordsOfPlace(at))).toEqual(at);
});
