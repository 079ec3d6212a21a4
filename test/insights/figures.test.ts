// Figures by tables, and what holds of quartiles and shares whatever the numbers are.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  agesBySeverity,
  besideOthers,
  byMonth,
  compareEscalation,
  quartilesOf,
  remindersByTeam,
  shareOf,
  spreadOf,
  targetsByContract,
  targetsBySeverity,
} from "../../src/insights/figures.ts";
import { at } from "../patches/builders.ts";
import { anEscalated, aPatch, MONTHS, person, team, WEEKS } from "./builders.ts";

const lengths = fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 200 });

describe("quartiles", () => {
  test.each([
    [[3], { lower: 3, median: 3, upper: 3 }],
    [[1, 2], { lower: 1.25, median: 1.5, upper: 1.75 }],
    [[4, 1, 3, 2, 5], { lower: 2, median: 3, upper: 4 }],
    [[1, 2, 3, 4], { lower: 1.75, median: 2.5, upper: 3.25 }],
    [[10, 9, 100], { lower: 9.5, median: 10, upper: 55 }],
  ])("of %j", (values, quartiles) => {
    expect(quartilesOf(values)).toEqual(quartiles);
  });

  test("of nothing are none", () => {
    expect(quartilesOf([])).toBeNull();
  });

  test("lie in order between the least and the greatest", () => {
    fc.assert(
      fc.property(lengths, (values) => {
        const quartiles = quartilesOf(values);
        const { lower, median, upper } = quartiles ?? { lower: NaN, median: NaN, upper: NaN };
        expect([Math.min(...values) <= lower, lower <= median, median <= upper, upper <= Math.max(...values)]).toEqual([
          true,
          true,
          true,
          true,
        ]);
      }),
    );
  });

  test("do not depend on the order", () => {
    fc.assert(
      fc.property(lengths, (values) => {
        expect(quartilesOf([...values].reverse())).toEqual(quartilesOf(values));
      }),
    );
  });

  test("at least half is not below the median, and at least half not above", () => {
    fc.assert(
      fc.property(lengths, (values) => {
        const median = quartilesOf(values)?.median ?? NaN;
        expect(values.filter((value) => value >= median).length * 2).toBeGreaterThanOrEqual(values.length);
        expect(values.filter((value) => value <= median).length * 2).toBeGreaterThanOrEqual(values.length);
      }),
    );
  });

  test("of fewer than five are not told", () => {
    expect(spreadOf([1, 2, 3, 4])).toEqual({ count: 4, quartiles: null });
    expect(spreadOf([1, 2, 3, 4, 5])).toEqual({ count: 5, quartiles: { lower: 2, median: 3, upper: 4 } });
  });
});

test("a share is of what was answered or is late, from five on", () => {
  const outcomes = fc.array(fc.constantFrom("within" as const, "late" as const, "open" as const, "silent" as const));
  fc.assert(
    fc.property(outcomes, (targets) => {
      const { within, late, share } = shareOf(targets.map((target) => aPatch({ target })));
      expect(within + late).toBe(targets.filter((target) => target === "within" || target === "late").length);
      if (within + late < 5) expect(share).toBeNull();
      else expect(share).toBe(within / (within + late));
    }),
  );
});

test("patches count in the month in which they were opened, from the first month with one", () => {
  const days = [1, 2, 3, 4, 5];
  const march = days.map((responseDays) => aPatch({ responseDays }));
  const april = [
    aPatch({ openedAt: at("2026-04-01T00:00:00Z"), responseDays: 9 }),
    aPatch({ openedAt: at("2026-04-30T23:00:00Z") }),
  ];
  expect(byMonth([...march, ...april], MONTHS, ({ responseDays }) => responseDays)).toEqual([
    { month: "2026-03", opened: 5, took: { count: 5, quartiles: { lower: 2, median: 3, upper: 4 } } },
    { month: "2026-04", opened: 2, took: { count: 1, quartiles: null } },
  ]);
  expect(byMonth([], MONTHS, ({ responseDays }) => responseDays)).toEqual([]);
});

test("months before the escalation stand beside days after it, of the same patches", () => {
  const decided = [80, 90, 95, 100, 120].map((days, index) => anEscalated(days, index + 1));
  const openedAt = at("2026-03-02T01:00:00Z");
  const others = [1, 2, 3, 4, 5].map((days) => aPatch({ decidedAt: openedAt + days * 86_400_000 }));
  const reopened = aPatch({ decidedAt: openedAt, escalatedAt: openedAt + 1 });
  expect(compareEscalation([...decided, anEscalated(400, null), reopened, ...others, aPatch()])).toEqual({
    escalated: 7,
    undecided: 1,
    before: { count: 5, quartiles: { lower: 90, median: 95, upper: 100 } },
    after: { count: 5, quartiles: { lower: 2, median: 3, upper: 4 } },
    afterWorkingDays: { count: 5, quartiles: { lower: 2, median: 3, upper: 4 } },
    unescalated: { count: 5, quartiles: { lower: 2, median: 3, upper: 4 } },
  });
});

test("shares within target are told by severity and by contract", () => {
  const gold = [1, 2, 3].map(() => aPatch({ severity: "S1", target: "within", contracts: ["subscription gold"] }));
  const both = [1, 2].map(() =>
    aPatch({ severity: "S1", target: "late", contracts: ["consulting", "subscription gold"] }),
  );
  const waiting = aPatch({ severity: "S3", target: "open", contracts: ["consulting"] });
  const patches = [...gold, ...both, waiting, aPatch({ target: "silent" })];
  expect(targetsBySeverity(patches)).toEqual([
    { key: "S1", open: 0, within: 3, late: 2, share: 0.6 },
    { key: "S3", open: 1, within: 0, late: 0, share: null },
  ]);
  expect(targetsByContract([...patches, aPatch({ target: "late" })])).toEqual([
    { key: "consulting", open: 1, within: 0, late: 2, share: null },
    { key: "subscription gold", open: 0, within: 3, late: 2, share: 0.6 },
    { key: "none", open: 0, within: 0, late: 1, share: null },
  ]);
});

test("customers' patches and all others are counted alike", () => {
  const days = [1, 2, 3, 4, 5];
  const own = days.map((each) =>
    aPatch({ hasCustomer: true, responseDays: each, decisionDays: each * 2, target: "within" }),
  );
  expect(besideOthers([...own, aPatch({ responseDays: 7, target: "late" })])).toEqual([
    {
      side: "customers",
      opened: 5,
      response: { count: 5, quartiles: { lower: 2, median: 3, upper: 4 } },
      decision: { count: 5, quartiles: { lower: 4, median: 6, upper: 8 } },
      target: { within: 5, late: 0, share: 1 },
    },
    {
      side: "others",
      opened: 1,
      response: { count: 1, quartiles: null },
      decision: { count: 0, quartiles: null },
      target: { within: 0, late: 1, share: null },
    },
  ]);
});

test("what waits is counted by severity and age, each side by itself", () => {
  const waiting = [
    { turn: "maintainer", severity: "S2", bucket: 0, count: 2 },
    { turn: "maintainer", severity: "S2", bucket: 5, count: 3 },
    { turn: "author", severity: "S2", bucket: 1, count: 7 },
  ] as const;
  expect(agesBySeverity(waiting, "maintainer")).toEqual([{ severity: "S2", counts: [2, 0, 0, 0, 0, 3], total: 5 }]);
  expect(agesBySeverity(waiting, "author")).toEqual([{ severity: "S2", counts: [0, 7, 0, 0, 0, 0], total: 7 }]);
});

describe("reminders", () => {
  const sent = [
    { week: 1, count: 4, asked: [team("acme-db/web"), person("mira")] },
    { week: 2, count: 3, asked: [team("acme-db/engine"), team("acme-db/web"), person("noel"), person("mira")] },
    { week: 2, count: 1, asked: [person("ken")] },
    { week: 9, count: 50, asked: [team("acme-db/engine")] },
  ];

  test("count for each team that was asked, and for all persons together", () => {
    expect(remindersByTeam(sent, WEEKS, "dana")).toEqual({
      weeks: ["2026-W10", "2026-W11"],
      rows: [
        { asked: "acme-db/web", counts: [4, 3], total: 7 },
        { asked: "acme-db/engine", counts: [0, 3], total: 3 },
        { asked: null, counts: [4, 4], total: 8 },
      ],
      isPersonsHidden: false,
      own: 0,
    });
  });

  test("of fewer than three persons are nobody's to see, but each sees their own", () => {
    const ofTwo = sent.slice(0, 2);
    expect(remindersByTeam(ofTwo, WEEKS, "Mira")).toEqual({
      weeks: ["2026-W10", "2026-W11"],
      rows: [
        { asked: "acme-db/web", counts: [4, 3], total: 7 },
        { asked: "acme-db/engine", counts: [0, 3], total: 3 },
      ],
      isPersonsHidden: true,
      own: 7,
    });
    expect(remindersByTeam(ofTwo, WEEKS, null).own).toBeNull();
  });

  test("that were never sent make no row", () => {
    expect(remindersByTeam([], WEEKS, null)).toEqual({ weeks: [], rows: [], isPersonsHidden: false, own: null });
  });
});
