// How a patch ended, in whatever order it was told, and that the standing says the same.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Decided, decidedOf, declineDueAt } from "../../src/patches/decided.ts";
import type { FactBody } from "../../src/patches/fact.ts";
import {
  anna,
  at,
  closed,
  dated,
  declineConfirmed,
  type Event,
  fact,
  HOUR,
  iso,
  landed,
  merged,
  mira,
  opened,
  putsOff,
  reopened,
  sam,
  says,
  seen,
  snoozes,
  stands,
  superseded,
  timeline,
  waitsFor,
} from "./builders.ts";

const start: Event = ["09:00", anna, opened];

/** "declined by mira, not sure until 5 March": in one line. */
function inWords(decided: Decided | null): string {
  if (decided === null) return "open";
  const by = `${decided.kind} by ${decided.by}`;
  switch (decided.kind) {
    case "merged":
      return by;
    case "landed":
      return `${by} in ${decided.pull ?? decided.sha?.slice(0, 3)}`;
    case "superseded":
      return `${by} by ${decided.byPatch} (${decided.pull})`;
    case "declined":
      return decided.isSure ? `${by}, surely` : `${by}, surely from ${iso(decided.sureAt)}`;
  }
}

const on = (events: readonly Event[], now: string) => inWords(decidedOf(timeline(...events), at(dated(now))));

type Row = readonly [sentence: string, events: readonly Event[], now: string, expected: string];

const rows: readonly Row[] = [
  ["open", [start], "12:00", "open"],
  ["put off is still open", [start, ["10:00", mira, putsOff("2026-03-06T09:00:00Z")]], "12:00", "open"],
  ["merged", [start, ["10:00", mira, merged], ["10:00", mira, closed]], "12:00", "merged by mira"],
  ["said to have landed, while open", [start, ["10:00", sam, landed("command")]], "12:00", "landed by Sam in ccc"],
  ["seen to have landed, while open", [start, ["10:00", mira, landed("push")]], "12:00", "open"],
  [
    "seen to have landed, and closed",
    [start, ["10:00", mira, landed("push")], ["11:00", anna, closed]],
    "12:00",
    "landed by mira in ccc",
  ],
  [
    "a person's word goes before what was seen",
    [start, ["10:00", mira, closed], ["10:00", mira, landed("closing")], ["11:00", sam, superseded()]],
    "12:00",
    "superseded by Sam by 10#2 (acme-db/db#2)",
  ],
  [
    "of two words the later",
    [start, ["10:00", mira, superseded("10#2")], ["11:00", sam, superseded("10#3")]],
    "12:00",
    "superseded by Sam by 10#3 (acme-db/db#2)",
  ],
  [
    "handing it to somebody takes a word back",
    [start, ["10:00", mira, superseded()], ["11:00", sam, waitsFor("author")]],
    "12:00",
    "open",
  ],
  [
    "closed without a word: not sure for three days",
    [start, ["10:00", mira, closed]],
    "5 09:59",
    "declined by mira, surely from 2026-03-05T10:00:00Z",
  ],
  ["closed without a word, three days later", [start, ["10:00", mira, closed]], "5 10:00", "declined by mira, surely"],
  [
    "confirmed to be a no",
    [start, ["10:00", mira, closed], ["11:00", null, declineConfirmed]],
    "12:00",
    "declined by mira, surely",
  ],
  [
    "confirmed after it was reopened: that was about the first closing",
    [
      start,
      ["10:00", mira, closed],
      ["11:00", mira, reopened],
      ["12:00", null, declineConfirmed],
      ["13:00", anna, closed],
    ],
    "14:00",
    "declined by anna, surely from 2026-03-05T13:00:00Z",
  ],
  [
    "closed twice: since the first",
    [start, ["10:00", mira, closed], ["3 10:00", anna, closed]],
    "5 10:00",
    "declined by mira, surely",
  ],
  ["reopened", [start, ["10:00", mira, closed], ["5 12:00", anna, reopened]], "6 12:00", "open"],
  [
    "superseded and reopened",
    [start, ["10:00", mira, superseded()], ["10:01", mira, closed], ["11:00", mira, reopened]],
    "12:00",
    "open",
  ],
];

describe("how it ended:", () => {
  test.each(rows)("%s", (_sentence, events, now, expected) => expect(on(events, now)).toBe(expected));
  test.each(rows)("%s, told in the opposite order", (_sentence, events, now, expected) =>
    expect(inWords(decidedOf(timeline(...events).toReversed(), at(dated(now))))).toBe(expected),
  );
});

test("a closing without a word is asked about after an hour, and counts as a no after three days", () => {
  const facts = timeline(start, ["10:00", mira, closed]);
  const due = (now: string) => iso(declineDueAt(decidedOf(facts, at(dated(now))), at(dated(now))));
  expect([due("09:30"), due("10:00"), due("10:59"), due("11:00"), due("5 09:59"), due("5 10:00")]).toEqual([
    null,
    "2026-03-02T11:00:00Z",
    "2026-03-02T11:00:00Z",
    "2026-03-05T10:00:00Z",
    "2026-03-05T10:00:00Z",
    null,
  ]);
});

const START = at("2026-03-02T09:00:00Z");
const bodies = fc.constantFrom<FactBody>(
  closed,
  merged,
  reopened,
  landed("command"),
  landed("push"),
  landed("closing"),
  superseded("10#2"),
  superseded("10#3"),
  declineConfirmed,
  waitsFor("author"),
  waitsFor("maintainer"),
  says("hm"),
  snoozes("2026-03-20T09:00:00Z"),
  putsOff("2026-03-20T09:00:00Z"),
  seen(true),
);
const histories = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 8 }), fc.constantFrom(anna, sam, mira), bodies), { maxLength: 14 })
  .map((events) => [
    fact(START, anna, opened),
    ...events.map(([hours, by, body], index) => fact(START + hours * HOUR, by, body, index)),
  ]);

test("in whatever order its facts arrive, it ended the same way", () => {
  fc.assert(
    fc.property(
      histories.chain((facts) => fc.tuple(fc.constant(facts), fc.shuffledSubarray(facts, { minLength: facts.length }))),
      ([facts, shuffled]) => {
        const now = START + 9 * HOUR;
        expect(decidedOf(shuffled, now)).toEqual(decidedOf(facts, now));
      },
    ),
    { numRuns: 400 },
  );
});

test("the standing ends exactly where it ended, and by the same", () => {
  const ends = { merged: "merged", landed: "landed", superseded: "superseded", declined: "closed" } as const;
  fc.assert(
    fc.property(histories, (facts) => {
      const decided = decidedOf(facts, START + 9 * HOUR);
      const { because } = stands(facts, "18:00");
      const isEnded = Object.values<string>(ends).includes(because.code);
      expect(isEnded).toBe(decided !== null);
      if (decided !== null) expect(because).toMatchObject({ code: ends[decided.kind], by: decided.by, at: decided.at });
    }),
    { numRuns: 400 },
  );
});
