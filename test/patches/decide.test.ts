// Which patches are followed, which labels they should bear, and what a decision tells about itself.
import { describe, expect, test } from "vitest";
import { decide } from "../../src/patches/decide.ts";
import type { CustomerToday, Situation } from "../../src/patches/situation.ts";
import { DEFAULT_POLICY, type Policy } from "../../src/policy/policy.ts";
import {
  anna,
  closed,
  commandsOnly,
  drafted,
  type Event,
  exempted,
  merged,
  mira,
  oneCase,
  opened,
  openedAsDraft,
  policy,
  pushed,
  reminder,
  sam,
  says,
  seen,
  situation,
  snoozes,
  timeline,
} from "./builders.ts";

const start: Event = ["2 09:00", anna, opened];
const facts = (...events: readonly Event[]) => ({ facts: timeline(start, ...events) });
const shinshu = (over: Partial<CustomerToday> = {}): CustomerToday => ({
  id: "shinshu",
  pays: true,
  isConsulting: false,
  isConfidential: false,
  targetMillis: {},
  ...over,
});
const customer = (over: Partial<CustomerToday> = {}): Pick<Situation, "customers"> => ({
  customers: new Map([["shinshu", shinshu(over)]]),
});
const ours = { authorCustomerIds: ["shinshu"] };
const linked = { cases: [oneCase({ customerId: "shinshu", severity: null })] };
const nobodys = { cases: [] };
const patch = (over: Partial<Situation["patch"]>): Pick<Situation, "patch"> => ({
  patch: { ...situation("2 09:00").patch, ...over },
});
const hadLabels = (...wantedLabels: readonly string[]) => patch({ wantedLabels });
const NAMED: Partial<Policy> = { labels: { ...DEFAULT_POLICY.labels, isConsultingNamed: true } };
const disclosing = { policy: policy({ disclosure: "reference" }) };

type Row = readonly [sentence: string, over: Partial<Situation>, labels: string];

const labelled = (over: Partial<Situation>, now = "3 09:00"): string =>
  decide(situation(now, over)).wantedLabels.join(", ");

describe("`customer` is wanted", () => {
  const rows: readonly Row[] = [
    [
      "where the author belongs to a paying customer",
      { ...nobodys, ...ours, ...customer() },
      "customer, turn:maintainer",
    ],
    ["where an open case of a paying customer is linked", { ...linked, ...customer() }, "customer, turn:maintainer"],
    ["not where the customer does not pay", { ...linked, ...customer({ pays: false }) }, "turn:maintainer"],
    [
      "not any more once the contract is over, although it was on",
      { ...linked, ...customer({ pays: false }), ...hadLabels("customer") },
      "turn:maintainer",
    ],
    [
      "not where the case is closed",
      { cases: [oneCase({ customerId: "shinshu", state: "closed" })], ...customer() },
      "turn:maintainer",
    ],
    [
      "not where the case is resolved",
      { cases: [oneCase({ customerId: "shinshu", state: "resolved" })], ...customer() },
      "turn:maintainer",
    ],
    [
      "not where the link is only proposed",
      { cases: [oneCase({ customerId: "shinshu", link: "proposed" })], ...customer() },
      "",
    ],
    ["not where the case is nobody's", { cases: [oneCase({ severity: null })], ...customer() }, "turn:maintainer"],
    [
      "where one of two customers pays",
      {
        cases: [oneCase({ customerId: "kobe", severity: null })],
        ...ours,
        customers: new Map([
          ["kobe", shinshu({ id: "kobe", pays: false })],
          ["shinshu", shinshu()],
        ]),
      },
      "customer, turn:maintainer",
    ],
  ];

  test.each(rows)("%s", (_, over, labels) => {
    expect(labelled(over)).toBe(labels);
  });
});

describe("For a confidential customer, where nothing may be said, `customer` is wanted", () => {
  const hidden = customer({ isConfidential: true });
  const rows: readonly Row[] = [
    ["because of a confirmed link", { ...linked, ...hidden }, "customer, turn:maintainer"],
    ["never because of who the author is, nor is the patch followed", { ...nobodys, ...ours, ...hidden }, ""],
    [
      "never because of a link that nobody in support made, nor is the patch followed",
      { cases: [oneCase({ customerId: "shinshu", isBySupport: false, severity: null })], ...hidden },
      "",
    ],
    [
      "because of anybody's link where references may be told",
      { cases: [oneCase({ customerId: "shinshu", isBySupport: false })], ...hidden, ...disclosing },
      "customer, severity:S2, turn:maintainer",
    ],
    [
      "still, although the contract ended",
      { ...linked, ...customer({ isConfidential: true, pays: false }), ...hadLabels("customer") },
      "customer, turn:maintainer",
    ],
    [
      "not at all where the contract had ended before",
      { ...linked, ...customer({ isConfidential: true, pays: false }) },
      "turn:maintainer",
    ],
    [
      "not any more once the case is closed",
      { cases: [oneCase({ customerId: "shinshu", state: "closed" })], ...hidden, ...hadLabels("customer") },
      "turn:maintainer",
    ],
    [
      "because of who the author is where references may be told",
      { ...nobodys, ...ours, ...hidden, ...disclosing },
      "customer, turn:maintainer",
    ],
    [
      "and taken off at the contract's end where references may be told",
      { ...linked, ...customer({ isConfidential: true, pays: false }), ...hadLabels("customer"), ...disclosing },
      "turn:maintainer",
    ],
  ];

  test.each(rows)("%s", (_, over, labels) => {
    expect(labelled(over)).toBe(labels);
  });
});

test("a closed pull request keeps its labels, but for a severity of a case that may not be shown", () => {
  const closedWith = (isBySupport: boolean) =>
    labelled({
      cases: [oneCase({ customerId: "shinshu", isBySupport, severity: null, state: "closed" })],
      ...customer({ isConfidential: true }),
      patch: { ...situation("18 09:00").patch, state: "closed", wantedLabels: ["customer", "severity:S1", "overdue"] },
    });
  expect(closedWith(true)).toBe("customer, severity:S1");
  expect(closedWith(false)).toBe("customer");
});

describe("`consulting` is wanted", () => {
  const consulted = customer({ isConsulting: true });
  const rows: readonly Row[] = [
    ["not where nothing may be said", { ...linked, ...consulted }, "customer, turn:maintainer"],
    [
      "where nothing may be said, if the policy names it",
      { ...linked, ...consulted, policy: policy(NAMED) },
      "customer, consulting, turn:maintainer",
    ],
    [
      "where references may be told",
      { ...linked, ...consulted, ...disclosing },
      "customer, consulting, turn:maintainer",
    ],
    ["not without such a contract", { ...linked, ...customer(), ...disclosing }, "customer, turn:maintainer"],
    [
      "for a confidential customer still, although the contract ended",
      {
        ...linked,
        ...customer({ isConfidential: true, pays: false }),
        ...hadLabels("customer", "consulting"),
        policy: policy(NAMED),
      },
      "customer, consulting, turn:maintainer",
    ],
    [
      "for a confidential customer never because of who the author is",
      { ...nobodys, ...ours, ...customer({ isConsulting: true, isConfidential: true }), policy: policy(NAMED) },
      "",
    ],
  ];

  test.each(rows)("%s", (_, over, labels) => {
    expect(labelled(over)).toBe(labels);
  });
});

describe("`severity` is wanted", () => {
  const rows: readonly Row[] = [
    [
      "of the gravest open linked case",
      {
        cases: [
          oneCase({ severity: "S3" }),
          oneCase({ severity: "S2" }),
          oneCase({ severity: null }),
          oneCase({ severity: "S1", state: "closed" }),
          oneCase({ severity: "S1", link: "proposed" }),
        ],
      },
      "severity:S2, turn:maintainer",
    ],
    ["not where no case says one", { cases: [oneCase({ severity: null })] }, "turn:maintainer"],
  ];

  test.each(rows)("%s", (_, over, labels) => {
    expect(labelled(over)).toBe(labels);
  });
});

describe("`turn` is wanted", () => {
  const plain = { cases: [oneCase({ severity: null })] };
  const rows: readonly Row[] = [
    ["of the maintainers", plain, "turn:maintainer"],
    ["of the author", { ...plain, ...facts(["2 10:00", mira, says("?")]) }, "turn:author"],
    ["of nobody", { ...plain, ...facts(["2 10:00", anna, drafted]) }, ""],
    ["not where it is not followed", nobodys, ""],
  ];

  test.each(rows)("%s", (_, over, labels) => {
    expect(labelled(over)).toBe(labels);
  });
});

describe("`overdue` is wanted", () => {
  const plain = { cases: [oneCase({ severity: null })], reminders: [reminder(1, "4 09:00")] };
  const rows: readonly Row[] = [
    ["once a reminder was sent", plain, "turn:maintainer, overdue"],
    [
      "once it was folded by us",
      { ...plain, reminders: [reminder(1, "4 09:00", "folded")] },
      "turn:maintainer, overdue",
    ],
    [
      "not any more once somebody responded",
      { ...plain, ...facts(["5 09:00", mira, commandsOnly]) },
      "turn:maintainer",
    ],
    [
      "still, although the author pushed",
      { ...plain, ...facts(["5 09:00", anna, pushed("b")]) },
      "turn:maintainer, overdue",
    ],
    [
      "still, although it came to conflict",
      { ...plain, ...facts(["5 09:00", null, seen(true)]) },
      "turn:author, overdue",
    ],
    [
      "still, although support put it off",
      { ...plain, ...facts(["5 09:00", sam, snoozes("2026-03-20T00:00:00Z")]) },
      "overdue",
    ],
    ["not while it waits to be sent", { ...plain, reminders: [reminder(1, "4 09:00", "waiting")] }, "turn:maintainer"],
    ["not where it failed", { ...plain, reminders: [reminder(1, "4 09:00", "failed")] }, "turn:maintainer"],
    ["not where it was withdrawn", { ...plain, reminders: [reminder(1, "4 09:00", "withdrawn")] }, "turn:maintainer"],
    [
      "not where it was only observed",
      { ...plain, reminders: [reminder(1, "4 09:00", "observed")] },
      "turn:maintainer",
    ],
    ["not where it is not followed any more", { ...plain, ...nobodys }, ""],
  ];

  test.each(rows)("%s", (_, over, labels) => {
    expect(labelled(over, "6 09:00")).toBe(labels);
  });
});

test("a closed patch keeps what says whom it was for, and nobody is asked any more", () => {
  const over = {
    ...facts(["2 10:00", mira, closed]),
    patch: {
      ...situation("2 09:00").patch,
      state: "closed" as const,
      wantedLabels: ["customer", "consulting", "severity:S1", "turn:maintainer", "overdue", "escalated"],
    },
  };

  expect(labelled(over)).toBe("customer, consulting, severity:S1");
});

describe("The labels are due", () => {
  const wanted = ["severity:S2", "turn:maintainer"];
  test.each([
    ["where others are wanted than before", hadLabels("turn:maintainer"), true],
    ["where none were wanted before", hadLabels(), true],
    ["not where the same are wanted, in another order", hadLabels(...wanted.toReversed()), false],
    ["where the policy gave them other names", patch({ wantedLabels: wanted, labelsHash: "older" }), true],
    ["where they were never decided", patch({ wantedLabels: wanted, labelsHash: null }), true],
  ])("%s", (_, over, areDue) => {
    expect(decide(situation("3 09:00", over)).areLabelsDue).toBe(areDue);
  });
});

describe("A patch is followed", () => {
  const rows: readonly (readonly [sentence: string, over: Partial<Situation>, isTracked: boolean])[] = [
    ["with a confirmed link", {}, true],
    ["not with a proposed one", { cases: [oneCase({ link: "proposed" })] }, false],
    ["where its author belongs to a paying customer", { ...nobodys, ...ours, ...customer() }, true],
    ["not where that customer does not pay", { ...nobodys, ...ours, ...customer({ pays: false }) }, false],
    ["not where it is nobody's", nobodys, false],
    ["whoever's it is where the policy tracks all", { ...nobodys, policy: policy({ track: "all" }) }, true],
  ];

  test.each(rows)("%s", (_, over, isTracked) => {
    expect(decide(situation("3 09:00", over)).isTracked).toBe(isTracked);
  });
});

describe("It is nobody's turn", () => {
  const exempt = (over: Partial<Policy["exempt"]>) => ({
    policy: policy({ exempt: { ...DEFAULT_POLICY.exempt, ...over } }),
  });
  const bot = patch({ author: { id: 9, login: "renovate[bot]", isBot: true } });
  const rows: readonly (readonly [sentence: string, over: Partial<Situation>, turn: string])[] = [
    [
      "where the policy exempts the author, in whatever letters",
      exempt({ authors: ["ANNA"] }),
      "nobody: exempt-author",
    ],
    ["where a bot wrote it", bot, "nobody: exempt-bot"],
    ["unless the policy does not exempt bots", { ...bot, ...exempt({ bots: false }) }, "maintainer: opened-ready"],
    ["where it is a draft", { facts: timeline(["2 09:00", anna, openedAsDraft]) }, "nobody: opened-draft"],
    [
      "unless the policy does not exempt drafts",
      { facts: timeline(["2 09:00", anna, openedAsDraft]), ...exempt({ drafts: false }) },
      "maintainer: opened-ready",
    ],
    ["where a label exempts it", facts(["2 10:00", mira, exempted("blocked")]), "nobody: exempt-by-label"],
  ];

  test.each(rows)("%s", (_, over, expected) => {
    const { standing } = decide(situation("3 09:00", over));

    expect(`${standing.turn}: ${standing.because.code}`).toBe(expected);
  });
});

describe("A decision says why in one line", () => {
  const rows: readonly (readonly [sentence: string, over: Partial<Situation>, because: string])[] = [
    ["what is to come", {}, "a reminder is due after 2 working days without a response"],
    ["why it is nobody's turn", facts(["2 10:00", mira, merged]), "`mira` merged it"],
    ["that it is closed, where nobody told us when", patch({ state: "closed" }), "it is nobody’s turn"],
    ["why it is not followed", nobodys, "no confirmed case is linked, and nothing else asks this app to follow it"],
    [
      "nothing that only some may read",
      facts([
        "2 10:00",
        sam,
        { kind: "snoozed", untilAt: situation("20 00:00").now, reason: "Shinshu Bank is on holiday" },
      ]),
      "it is put off until 2026-03-20",
    ],
  ];

  test.each(rows)("%s", (_, over, because) => {
    expect(decide(situation("3 09:00", over)).because).toBe(because);
  });
});

test("gravest comes first: S1 before S4, and those before what no case says", () => {
  const gravity = (severity: "S1" | "S4" | null) =>
    decide(situation("3 09:00", { cases: [oneCase({ severity })] })).gravity;

  expect([gravity("S1"), gravity("S4"), gravity(null)]).toEqual([1, 4, 5]);
});
