// Which silences are too long and from when on: pauses of twenty working days, and merges that no release contains. A rule a row.
import { expect, test } from "vitest";
import { decide } from "../../src/patches/decide.ts";
import type { Situation } from "../../src/patches/situation.ts";
import { DEFAULT_POLICY } from "../../src/policy/policy.ts";
import {
  anna,
  archived,
  at,
  closed,
  dated,
  drafted,
  type Event,
  exempted,
  iso,
  merged,
  mira,
  opened,
  openedAsDraft,
  policy,
  ready,
  reopened,
  situation,
  snoozes,
  timeline,
} from "../patches/builders.ts";

const start: Event = ["2 09:00", anna, opened];
const facts = (...events: readonly Event[]) => ({ facts: timeline(start, ...events) });
const released = { kind: "released", tag: "v1", url: null } as const;
const landed = { kind: "landed", sha: null, pull: null, how: "command" } as const;

const silenceAt = (now: string, over: Partial<Situation>) => {
  const { silence } = decide(situation(now, over));
  return silence === null ? null : `${silence.kind} since ${iso(silence.sinceAt)}, too long from ${iso(silence.dueAt)}`;
};
const shut = (over: Partial<Situation>): Partial<Situation> => ({
  ...over,
  patch: { ...situation("2 09:00").patch, state: "closed" },
});
const isFor = (name: string): Partial<Situation> => ({
  policy: policy({ exempt: { ...DEFAULT_POLICY.exempt, authors: [name] } }),
});

const PAUSED = "pause since 2026-03-02T09:00:00Z, too long from 2026-03-27T17:00:00Z";
const UNRELEASED = "unreleased since 2026-03-03T09:00:00Z, too long from 2026-03-30T17:00:00Z";

type Row = readonly [sentence: string, over: Partial<Situation>, expected: string | null];

const rows: readonly Row[] = [
  ["the maintainers' turn is none", facts(), null],
  ["a draft", { facts: timeline(["2 09:00", anna, openedAsDraft]) }, PAUSED],
  [
    "made a draft later",
    facts(["3 09:00", anna, drafted]),
    "pause since 2026-03-03T09:00:00Z, too long from 2026-03-30T17:00:00Z",
  ],
  ["a draft that is ready again is none", facts(["3 09:00", anna, drafted], ["3 10:00", anna, ready]), null],
  ["a snooze", facts(["2 09:00", mira, snoozes("2026-08-01T00:00:00Z")]), PAUSED],
  ["a snooze that is over is none", facts(["2 09:00", mira, snoozes("2026-03-03T00:00:00Z")]), null],
  [
    "put off",
    facts(["2 09:00", mira, { kind: "put-off", untilAt: at("2026-08-01T00:00:00Z"), reason: "later" }]),
    PAUSED,
  ],
  ["exempt by a label", { ...facts(["2 09:00", null, exempted("wip")]) }, PAUSED],
  ["exempt by its author", { ...facts(), ...isFor("anna") }, PAUSED],
  [
    "a pause and then another is one silence",
    facts(["2 09:00", anna, drafted], ["3 09:00", mira, snoozes("2026-08-01T00:00:00Z")]),
    PAUSED,
  ],
  ["an archived repository is no pause", facts(["2 09:00", null, archived]), null],
  ["closed is decided, and no silence", shut(facts(["3 09:00", mira, closed])), null],
  ["merged", shut(facts(["3 09:00", mira, merged])), UNRELEASED],
  ["landed", shut(facts(["3 09:00", mira, landed])), UNRELEASED],
  ["merged and released is none", shut(facts(["3 09:00", mira, merged], ["4 09:00", null, released])), null],
  [
    "merged, reopened and closed is none",
    shut(facts(["3 09:00", mira, merged], ["3 10:00", mira, reopened], ["3 11:00", mira, closed])),
    null,
  ],
  [
    "released, reopened and merged again is one anew",
    shut(
      facts(
        ["2 10:00", mira, merged],
        ["2 11:00", null, released],
        ["2 12:00", mira, reopened],
        ["3 09:00", mira, merged],
      ),
    ),
    UNRELEASED,
  ],
  [
    "merged, by the policy's own target",
    {
      ...shut(facts(["3 09:00", mira, merged])),
      policy: policy({ targets: { ...DEFAULT_POLICY.targets, release: { amount: 1, unit: "d" } } }),
    },
    "unreleased since 2026-03-03T09:00:00Z, too long from 2026-03-03T17:00:00Z",
  ],
  ["what nobody follows is none", { facts: timeline(["2 09:00", anna, openedAsDraft]), cases: [] }, null],
];

test.each(rows)("%s", (_, over, expected) => {
  expect(silenceAt("4 09:00", over)).toBe(expected);
});

test("it is looked at when it becomes too long, or earlier where the pause ends by itself", () => {
  const draft = { facts: timeline(["2 09:00", anna, openedAsDraft]) };
  expect(iso(decide(situation("4 09:00", draft)).dueAt)).toBe("2026-03-27T17:00:00Z");
  expect(decide(situation("30 09:00", draft)).dueAt).toBeNull();
  const short = facts(["2 09:00", mira, snoozes("2026-03-10T00:00:00Z")]);
  expect(iso(decide(situation("4 09:00", short)).dueAt)).toBe("2026-03-10T00:00:00Z");
  const long = facts(["2 09:00", mira, snoozes("2026-08-01T00:00:00Z")]);
  expect(iso(decide(situation("4 09:00", long)).dueAt)).toBe("2026-03-27T17:00:00Z");
  expect(iso(decide(situation("30 09:00", long)).dueAt)).toBe("2026-08-01T00:00:00Z");
  expect(iso(at(dated("30 09:00")))).toBe("2026-03-30T09:00:00Z");
});
