// When a patch can be decided, and what it lacks otherwise.
import { describe, expect, test } from "vitest";
import { lacksForDecision } from "../../src/escalations/decidable.ts";
import { decide } from "../../src/patches/decide.ts";
import type { Situation } from "../../src/patches/situation.ts";
import {
  anna,
  archived,
  at,
  closed,
  dated,
  drafted,
  type Event,
  exempted,
  mira,
  opened,
  openedAsDraft,
  policy,
  ready,
  says,
  seen,
  situation,
  snoozes,
  timeline,
  waitsFor,
} from "../patches/builders.ts";

const NOW = "12:00";
const open: Event = ["09:00", anna, opened];
const HEAD = "a".repeat(40);
const observed = (over: Partial<NonNullable<Situation["observation"]>>): Pick<Situation, "observation"> => ({
  observation: {
    at: at(dated(NOW)),
    headSha: HEAD,
    hasConflict: false,
    unknownTimes: 0,
    failingChecks: [],
    files: [],
    ...over,
  },
});

function lacks(events: readonly Event[], over: Partial<Situation> = {}): readonly unknown[] {
  const all = situation(NOW, { facts: timeline(...events), ...over });
  return lacksForDecision(all, decide(all).standing);
}

type Row = readonly [what: string, events: readonly Event[], over: Partial<Situation>, expected: readonly unknown[]];
const { patch } = situation(NOW);

describe("a patch that can be decided lacks nothing", () => {
  test("open, ready, the maintainers' turn, and looked at", () => expect(lacks([open])).toEqual([]));
  test("once its draft is ready for review", () => {
    expect(
      lacks([
        ["09:00", anna, openedAsDraft],
        ["10:00", anna, ready],
      ]),
    ).toEqual([]);
  });
});

const rows: readonly Row[] = [
  ["closed", [open, ["10:00", mira, closed]], {}, [{ code: "closed", who: "nobody" }]],
  [
    "closed, though the event never reached us",
    [open],
    { patch: { ...patch, state: "closed" } },
    [{ code: "closed", who: "nobody" }],
  ],
  ["not shown by GitHub yet", [open], { patch: { ...patch, state: "unknown" } }, [{ code: "unknown", who: "nobody" }]],
  ["archived", [open, ["10:00", mira, archived]], {}, [{ code: "archived", who: "nobody" }]],
  ["a draft", [open, ["10:00", anna, drafted]], {}, [{ code: "draft", who: "author" }]],
  [
    "a draft, where drafts count",
    [["09:00", anna, openedAsDraft]],
    { policy: policy({ exempt: { labels: [], authors: [], drafts: false, bots: true } }) },
    [{ code: "draft", who: "author" }],
  ],
  [
    "a draft that conflicts",
    [open, ["10:00", anna, drafted]],
    observed({ hasConflict: true }),
    [
      { code: "draft", who: "author" },
      { code: "conflict", who: "author" },
    ],
  ],
  [
    "snoozed",
    [open, ["10:00", mira, snoozes("2026-03-06T09:00:00Z")]],
    {},
    [{ code: "snoozed", who: "nobody", until: at("2026-03-06T09:00:00Z") }],
  ],
  [
    "put off",
    [open, ["10:00", mira, { kind: "put-off", untilAt: at("2026-03-06T09:00:00Z"), reason: "freeze" }]],
    {},
    [{ code: "snoozed", who: "nobody", until: at("2026-03-06T09:00:00Z") }],
  ],
  ["exempt by a label", [open, ["10:00", mira, exempted("blocked")]], {}, [{ code: "exempt", who: "maintainers" }]],
  [
    "waiting for its author",
    [open, ["10:00", mira, says("why?")]],
    {},
    [{ code: "not-maintainers-turn", who: "author" }],
  ],
  [
    "in conflict",
    [open, ["10:00", null, seen(true)]],
    observed({ hasConflict: true }),
    [{ code: "conflict", who: "author" }],
  ],
  [
    "failing its required checks",
    [open, ["10:00", null, seen(false, ["ci"])]],
    observed({ failingChecks: ["ci"] }),
    [{ code: "checks-failing", who: "author", checks: ["ci"] }],
  ],
  [
    "in conflict that the maintainers were handed",
    [open, ["10:00", null, seen(true)], ["11:00", anna, waitsFor("maintainer")]],
    observed({ hasConflict: true }),
    [{ code: "conflict", who: "maintainers" }],
  ],
  ["never looked at", [open], { observation: null }, [{ code: "unknown", who: "nobody" }]],
  ["with a head that was not looked at", [open], observed({ headSha: "b" }), [{ code: "unknown", who: "nobody" }]],
];

describe("a patch that cannot be decided says what it lacks", () => {
  test.each(rows)("%s", (_what, events, over, expected) => expect(lacks(events, over)).toEqual(expected));
});
