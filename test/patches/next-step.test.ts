// What comes next and when, a rule a row: reminders, their limits and quiet, the ladder, the author's turn.
import { describe, expect, test } from "vitest";
import { decide } from "../../src/patches/decide.ts";
import type { Addressee, CustomerToday, Situation } from "../../src/patches/situation.ts";
import { targetOf } from "../../src/patches/target.ts";
import { ALWAYS } from "../../src/policy/calendar.ts";
import { DEFAULT_POLICY, type Policy } from "../../src/policy/policy.ts";
import {
  anna,
  archived,
  at,
  closed,
  commandsOnly,
  DAY,
  dated,
  drafted,
  type Event,
  HOUR,
  merged,
  mira,
  oneCase,
  opened,
  policy,
  pushed,
  reminder,
  sam,
  says,
  situation,
  snoozes,
  stepAt,
  timeline,
  wantsChanges,
} from "./builders.ts";

const start: Event = ["2 09:00", anna, opened];
const facts = (...events: readonly Event[]) => ({ facts: timeline(start, ...events) });
const reminders = (over: Partial<Policy["reminders"]>) =>
  policy({ reminders: { ...DEFAULT_POLICY.reminders, ...over } });
const candidates = (over: Partial<Situation["candidates"]>): Pick<Situation, "candidates"> => ({
  candidates: { requested: [], codeOwners: [], maintainers: [], isSomebodyQuiet: false, ...over },
});
const limits = (over: Partial<Situation["limits"]>): Pick<Situation, "limits"> => ({
  limits: { ...situation("2 09:00").limits, ...over },
});
const person = (login: string): Addressee => ({ kind: "person", id: null, login });
const team: Addressee = { kind: "team", organization: "acme-db", slug: "engine" };

type Row = readonly [sentence: string, now: string, over: Partial<Situation>, expected: string];

const REMIND = "remind #1 @mira: reminder-due";

const theFirstReminder: readonly Row[] = [
  ["is due at the target", "4 09:00", {}, REMIND],
  ["is not due a minute before", "3 16:59", {}, "wait to remind at 2026-03-03T17:00:00Z: reminder-due"],
  [
    "does not count a weekend",
    "6 17:00",
    { facts: timeline(["6 13:00", anna, opened]) },
    "wait to remind at 2026-03-10T13:00:00Z: reminder-due",
  ],
  [
    "is due after four hours where the gravest case is an S1",
    "2 13:00",
    { cases: [oneCase(), oneCase({ severity: "S1" })] },
    REMIND,
  ],
  [
    "is due after ten days where no case says how grave it is",
    "13 16:00",
    { cases: [oneCase({ severity: null })] },
    "wait to remind at 2026-03-13T17:00:00Z: reminder-due",
  ],
  [
    "is due after ten days where the case is closed",
    "4 09:00",
    { cases: [oneCase({ state: "closed" })] },
    "wait to remind at 2026-03-13T17:00:00Z: reminder-due",
  ],
  [
    "counts from the response",
    "4 09:00",
    facts(["2 13:00", mira, commandsOnly]),
    "wait to remind at 2026-03-04T13:00:00Z: reminder-due",
  ],
  [
    "goes on after the author's turn, from zero because of the response",
    "5 09:00",
    facts(["2 13:00", mira, says("?")], ["3 13:00", anna, pushed("b")]),
    "wait to remind at 2026-03-05T13:00:00Z: reminder-due",
  ],
  [
    "is not asked for again while it waits to be sent",
    "4 09:00",
    { reminders: [reminder(1, "4 09:00", "waiting")] },
    "wait to remind at its end: next-reminder-due",
  ],
  [
    "is asked for again where it was withdrawn",
    "4 09:00",
    { reminders: [reminder(1, "4 09:00", "withdrawn")] },
    "remind #2 @mira: reminder-due",
  ],
  [
    "begins anew in a new round",
    "5 13:00",
    { ...facts(["3 13:00", mira, commandsOnly]), reminders: [reminder(1, "3 09:00"), reminder(2, "3 10:00")] },
    REMIND,
  ],
];

const theLadder: readonly Row[] = [
  [
    "the second reminder is due one `every` after the first",
    "10 16:59",
    { reminders: [reminder(1, "4 09:00")] },
    "wait to remind at 2026-03-10T17:00:00Z: next-reminder-due",
  ],
  ["and then it goes out", "11 09:00", { reminders: [reminder(1, "4 09:00")] }, "remind #2 @mira: next-reminder-due"],
  [
    "an escalation is due one more `every` after the last",
    "17 16:59",
    { reminders: [reminder(1, "4 09:00"), reminder(2, "11 09:00")] },
    "wait to escalate at 2026-03-17T17:00:00Z: escalation-due",
  ],
  [
    "and then it is due",
    "18 09:00",
    { reminders: [reminder(1, "4 09:00", "folded"), reminder(2, "11 09:00")] },
    "escalate: escalation-due",
  ],
  [
    "it is due in the night as well, since it says nothing on GitHub",
    "17 22:00",
    { reminders: [reminder(1, "4 09:00"), reminder(2, "11 09:00")] },
    "escalate: escalation-due",
  ],
  [
    "a policy with no reminders escalates at the target",
    "3 09:00",
    { policy: reminders({ limit: 0 }) },
    "wait to escalate at 2026-03-03T17:00:00Z: escalation-due",
  ],
  ["and not later", "4 09:00", { policy: reminders({ limit: 0 }) }, "escalate: escalation-due"],
  [
    "the author's turn without a response does not count towards `every`",
    "11 09:00",
    {
      facts: timeline(start, ["4 13:00", sam, { kind: "turn-set", turn: "author" }], ["5 13:00", anna, says("so")]),
      reminders: [reminder(1, "4 09:00")],
    },
    "wait to remind at 2026-03-11T17:00:00Z: next-reminder-due",
  ],
  [
    "in which every hour counts, every hour counts for `every`",
    "9 08:00",
    { clock: ALWAYS, reminders: [reminder(1, "4 09:00")] },
    "wait to remind at 2026-03-09T09:00:00Z: next-reminder-due",
  ],
  ["nobody to remind: an escalation is due at once", "4 09:00", candidates({}), "escalate: nobody-to-remind"],
  [
    "everybody quiet: an escalation is due at once",
    "4 09:00",
    candidates({ isSomebodyQuiet: true }),
    "escalate: everybody-quiet",
  ],
  [
    "a reminder that failed for good is not asked for again, but the next is due after `every`",
    "4 10:00",
    { reminders: [reminder(1, "4 09:00", "failed")] },
    "wait to remind at 2026-03-10T17:00:00Z: next-reminder-due",
  ],
  [
    "after failing reminders an escalation is due as after others",
    "17 16:00",
    { reminders: [reminder(1, "4 09:00", "failed"), reminder(2, "11 09:00")] },
    "wait to escalate at 2026-03-17T17:00:00Z: escalation-due",
  ],
  [
    "where all failed, nobody could be reminded",
    "18 09:00",
    { reminders: [reminder(1, "4 09:00", "failed"), reminder(2, "11 09:00", "failed")] },
    "escalate: nobody-to-remind",
  ],
];

const whoIsReminded: readonly Row[] = [
  [
    "whoever is requested",
    "4 09:00",
    candidates({ requested: [person("max"), team], codeOwners: [person("owner")], maintainers: [person("mira")] }),
    "remind #1 @max @acme-db/engine: reminder-due",
  ],
  [
    "else the code owners",
    "4 09:00",
    candidates({ codeOwners: [person("owner")], maintainers: [person("mira")] }),
    "remind #1 @owner: reminder-due",
  ],
  ["else the policy's maintainers", "4 09:00", candidates({ maintainers: [person("mira")] }), REMIND],
  [
    "who was mentioned once is named after that",
    "11 09:00",
    {
      ...candidates({ requested: [person("Mira"), person("max")] }),
      reminders: [reminder(1, "4 09:00", "sent", { mentioned: ["mira"] })],
    },
    "remind #2 @max Mira: next-reminder-due",
  ],
  [
    "who was mentioned in an earlier round is named as well",
    "5 13:00",
    {
      ...facts(["3 13:00", mira, commandsOnly]),
      reminders: [reminder(1, "3 09:00", "folded", { mentioned: ["mira"] })],
    },
    "remind #1 mira: reminder-due",
  ],
  [
    "who was mentioned in a reminder that never went out is mentioned",
    "4 09:00",
    { reminders: [reminder(1, "4 09:00", "withdrawn", { mentioned: ["mira"] })] },
    "remind #2 @mira: reminder-due",
  ],
  [
    "who has had their reminders of the week is left out",
    "4 09:00",
    { ...candidates({ requested: [person("Mira"), person("max")] }), ...limits({ fullAddressees: new Set(["mira"]) }) },
    "remind #1 @max: reminder-due",
  ],
  [
    "where all have had theirs, it waits for the next week",
    "4 09:00",
    limits({ fullAddressees: new Set(["mira"]) }),
    "wait to remind at 2026-03-09T09:00:00Z: maintainer-limit-reached",
  ],
];

const taken = (when: string, until: string): Event => [when, mira, { kind: "taken", untilAt: at(until) }];
const quieted = (when: string, until: string): Event => [when, mira, { kind: "quieted", untilAt: at(until) }];
const unwanted = (when: string): Event => [when, null, { kind: "unwanted", what: "comment" }];

const whatHoldsItBack: readonly Row[] = [
  ["the night", "4 08:59", {}, "wait to remind at 2026-03-04T09:00:00Z: outside-hours"],
  ["the evening", "4 17:00", {}, "wait to remind at 2026-03-05T09:00:00Z: outside-hours"],
  ["the weekend", "7 12:00", {}, "wait to remind at 2026-03-09T09:00:00Z: outside-hours"],
  ["a holiday", "4-3 12:00", {}, "wait to remind at 2026-04-07T09:00:00Z: outside-hours"],
  [
    "the night, also where every hour counts",
    "3 02:00",
    { clock: ALWAYS, cases: [oneCase({ severity: "S1" })] },
    "wait to remind at 2026-03-03T09:00:00Z: outside-hours",
  ],
  [
    "no night where the policy's own hours are all",
    "3 13:00",
    { clock: ALWAYS, officeHours: ALWAYS, cases: [oneCase({ severity: "S1" })] },
    REMIND,
  ],
  [
    "the repository's limit of the day",
    "4 09:00",
    limits({ repositoryLeft: 0 }),
    "wait to remind at 2026-03-05T09:00:00Z: repository-limit-reached",
  ],
  [
    "quiet",
    "4 09:00",
    facts(quieted("2 09:00", "2026-03-10T00:00:00Z")),
    "wait to remind at 2026-03-10T00:00:00Z: quiet",
  ],
  ["no quiet that is over", "4 09:00", facts(quieted("2 09:00", "2026-03-03T00:00:00Z")), REMIND],
  [
    "the latest quiet, not the longest",
    "4 09:00",
    facts(quieted("2 09:00", "2026-03-10T00:00:00Z"), quieted("2 10:00", "2026-03-05T00:00:00Z")),
    "wait to remind at 2026-03-05T00:00:00Z: quiet",
  ],
  [
    "somebody who has it in hand",
    "6 12:00",
    facts(taken("2 09:00", "2026-03-10T00:00:00Z")),
    "wait to remind at 2026-03-10T00:00:00Z: taken-until",
  ],
  [
    "a comment of ours that was taken away, for ten working days",
    "11 12:00",
    facts(unwanted("3 12:00")),
    "wait to remind at 2026-03-17T12:00:00Z: unwanted",
  ],
  [
    "who has it in hand, also as long as it is not due yet",
    "2 12:00",
    facts(taken("2 09:00", "2026-03-10T00:00:00Z")),
    "wait to remind at 2026-03-10T00:00:00Z: taken-until",
  ],
  [
    "no take that ends before it is due",
    "2 12:00",
    facts(taken("2 09:00", "2026-03-03T00:00:00Z")),
    "wait to remind at 2026-03-03T17:00:00Z: reminder-due",
  ],
  [
    "the longest of all that was asked for",
    "4 12:00",
    facts(quieted("2 09:00", "2026-03-06T00:00:00Z"), taken("2 10:00", "2026-03-10T00:00:00Z")),
    "wait to remind at 2026-03-10T00:00:00Z: taken-until",
  ],
  ["nothing after those ten days", "17 12:00", facts(unwanted("3 12:00")), REMIND],
  ["nobody having looked at it", "4 09:00", { observation: null }, "observe-first: reminder-due"],
  ["a look at an older head", "4 09:00", looked({ headSha: "older" }), "observe-first: reminder-due"],
  ["a look of eleven minutes ago", "4 09:11", looked({ at: at(dated("4 09:00")) }), "observe-first: reminder-due"],
  ["no look of ten minutes ago", "4 09:10", looked({ at: at(dated("4 09:00")) }), REMIND],
  [
    "the night before any look",
    "4 08:00",
    { observation: null },
    "wait to remind at 2026-03-04T09:00:00Z: outside-hours",
  ],
];

const ESCALATES: Pick<Situation, "reminders"> = { reminders: [reminder(1, "4 09:00"), reminder(2, "11 09:00")] };

const whatHoldsTheLadderBack: readonly Row[] = [
  [
    "somebody who has it in hand",
    "18 12:00",
    { ...ESCALATES, ...facts(taken("13 09:00", "2026-03-20T00:00:00Z")) },
    "wait to escalate at 2026-03-20T00:00:00Z: taken-until",
  ],
  [
    "not quiet, which is about reminders",
    "18 12:00",
    { ...ESCALATES, ...facts(quieted("13 09:00", "2026-03-20T00:00:00Z")) },
    "escalate: escalation-due",
  ],
  ["nobody having looked at it", "18 12:00", { ...ESCALATES, observation: null }, "observe-first: escalation-due"],
];

function looked(over: Partial<NonNullable<Situation["observation"]>>): Pick<Situation, "observation"> {
  const { observation } = situation("4 09:00");
  return observation === null ? { observation } : { observation: { ...observation, ...over } };
}

const observing: readonly Row[] = [
  [
    "while we observe, what would have been said counts as said",
    "4 10:00",
    { mode: "observe", reminders: [reminder(1, "4 09:00", "observed")] },
    "wait to remind at 2026-03-10T17:00:00Z: next-reminder-due",
  ],
  [
    "where no policy file is, too",
    "4 10:00",
    { mode: "unconfigured", reminders: [reminder(1, "4 09:00", "observed")] },
    "wait to remind at 2026-03-10T17:00:00Z: next-reminder-due",
  ],
  [
    "and the ladder is shown to its end",
    "18 09:00",
    { mode: "observe", reminders: [reminder(1, "4 09:00", "observed"), reminder(2, "11 09:00", "observed")] },
    "escalate: escalation-due",
  ],
  [
    "once we act, nothing is escalated that nobody was reminded of",
    "18 09:00",
    { mode: "act", reminders: [reminder(1, "4 09:00", "observed"), reminder(2, "11 09:00", "observed")] },
    "remind #3 @mira: reminder-due",
  ],
];

const asked = facts(["2 09:00", mira, wantsChanges(1)]);
const TOLD = new Map([[at(dated("2 09:00")), at(dated("5 09:00"))]]);

const theAuthorsTurn: readonly Row[] = [
  ["nothing before the target", "4 16:00", asked, "wait to tell-author at 2026-03-04T17:00:00Z: author-turn-due"],
  ["the author's side is told at the target", "5 09:00", asked, "tell-author: author-turn-due"],
  ["not in the night", "5 08:00", asked, "wait to tell-author at 2026-03-05T09:00:00Z: outside-hours"],
  [
    "not beyond the repository's limit",
    "5 09:00",
    { ...asked, ...limits({ repositoryLeft: 0 }) },
    "wait to tell-author at 2026-03-05T09:00:00Z: repository-limit-reached",
  ],
  [
    "not while quiet was asked for",
    "5 09:00",
    facts(["2 09:00", mira, wantsChanges(1)], quieted("2 10:00", "2026-03-10T00:00:00Z")),
    "wait to tell-author at 2026-03-10T00:00:00Z: quiet",
  ],
  ["not before it was looked at", "5 09:00", { ...asked, observation: null }, "observe-first: author-turn-due"],
  [
    "told once, then one `every` passes",
    "11 16:00",
    { ...asked, authorToldAt: TOLD },
    "wait to list-author at 2026-03-11T17:00:00Z: author-turn-listed",
  ],
  ["then it waits for us", "12 09:00", { ...asked, authorToldAt: TOLD }, "author-listed: author-turn-listed"],
  [
    "what was told of an earlier turn was told of that one",
    "10 09:00",
    {
      ...facts(["2 09:00", mira, wantsChanges(1)], ["3 09:00", anna, pushed("b")], ["5 09:00", mira, wantsChanges(2)]),
      authorToldAt: TOLD,
    },
    "tell-author: author-turn-due",
  ],
];

const nothingComes: readonly Row[] = [
  ["a draft", "4 09:00", facts(["2 10:00", anna, drafted]), "none: nobodys-turn"],
  ["merged", "4 09:00", facts(["2 10:00", mira, merged]), "none: nobodys-turn"],
  ["closed", "4 09:00", facts(["2 10:00", anna, closed]), "none: nobodys-turn"],
  ["archived", "4 09:00", facts(["2 10:00", null, archived]), "none: nobodys-turn"],
  [
    "closed, although nobody told us when",
    "4 09:00",
    { patch: { ...situation("2 09:00").patch, state: "closed" } },
    "none: nobodys-turn",
  ],
  [
    "snoozed: until it wakes",
    "4 09:00",
    facts(["2 10:00", sam, snoozes("2026-03-10T00:00:00Z")]),
    "wait to wake at 2026-03-10T00:00:00Z: snoozed-until",
  ],
  [
    "snoozed and closed: never",
    "4 09:00",
    facts(["2 10:00", sam, snoozes("2026-03-10T00:00:00Z")], ["2 11:00", anna, closed]),
    "none: nobodys-turn",
  ],
  ["not followed", "4 09:00", { cases: [] }, "none: not-tracked"],
  ["only proposed", "4 09:00", { cases: [oneCase({ link: "proposed" })] }, "none: proposal"],
];

describe.each([
  ["The first reminder", theFirstReminder],
  ["The ladder:", theLadder],
  ["Reminded is", whoIsReminded],
  ["A reminder is held back by", whatHoldsItBack],
  ["An escalation is held back by", whatHoldsTheLadderBack],
  ["Observing:", observing],
  ["In the author's turn", theAuthorsTurn],
  ["Nothing comes next:", nothingComes],
])("%s", (_, rows) => {
  test.each(rows)("%s", (_sentence, now, over, expected) => {
    expect(stepAt(now, over)).toBe(expected);
  });
});

describe("A contract's target", () => {
  const customer = (id: string, over: Partial<CustomerToday> = {}): CustomerToday => ({
    id,
    pays: true,
    isConsulting: false,
    isConfidential: false,
    targetMillis: { S2: 2 * HOUR },
    ...over,
  });
  const waiting = (over: Partial<Situation> = {}) =>
    targetOf(
      situation("2 09:00", {
        cases: [oneCase({ customerId: "shinshu" })],
        customers: new Map([["shinshu", customer("shinshu")]]),
        ...over,
      }),
    );

  test("wins over the policy's where it is stricter, and is what is told", () => {
    expect(waiting()).toEqual({
      millis: 2 * HOUR,
      duration: { amount: 2, unit: "h" },
      severity: "S2",
      isOfContract: true,
    });
  });

  test.each([
    ["is milder", { targetMillis: { S2: 3 * DAY } }],
    ["is for another severity", { targetMillis: { S1: HOUR } }],
    ["is of a contract that does not count", { pays: false }],
  ])("leaves the policy's where it %s", (_, over) => {
    expect(waiting({ customers: new Map([["shinshu", customer("shinshu", over)]]) })).toEqual({
      millis: 2 * DAY,
      duration: { amount: 2, unit: "d" },
      severity: "S2",
      isOfContract: false,
    });
  });

  test("leaves the policy's where the customer's own case is closed", () => {
    const cases = [oneCase(), oneCase({ caseId: 2, customerId: "shinshu", state: "closed" })];

    expect(waiting({ cases }).millis).toBe(2 * DAY);
  });

  test("counts for the author's own customer", () => {
    expect(waiting({ cases: [oneCase()], authorCustomerIds: ["shinshu"] }).millis).toBe(2 * HOUR);
  });

  test("is the strictest of all who wait, by the gravest severity", () => {
    const cases = [
      oneCase({ customerId: "shinshu", severity: "S3" }),
      oneCase({ caseId: 2, customerId: "kobe", severity: "S2" }),
    ];
    const customers = new Map([
      ["shinshu", customer("shinshu", { targetMillis: { S2: 90 * 60_000 } })],
      ["kobe", customer("kobe", { targetMillis: { S2: DAY } })],
    ]);

    expect(waiting({ cases, customers })).toEqual({
      millis: 90 * 60_000,
      duration: { amount: 90, unit: "m" },
      severity: "S2",
      isOfContract: true,
    });
  });
});

test("a decision says when to look again, and what of it concerns us", () => {
  const escalated = decide(situation("18 09:00", ESCALATES));
  const listed = decide(situation("12 09:00", { ...asked, authorToldAt: TOLD }));
  const waits = decide(situation("3 09:00"));

  expect([escalated.dueAt, escalated.escalationDue?.code, escalated.waitsForUs]).toEqual([
    // Whom it goes before is decided on at once.
    at(dated("18 09:00")),
    "escalation-due",
    false,
  ]);
  expect([listed.dueAt, listed.escalationDue, listed.waitsForUs]).toEqual([null, null, true]);
  expect([waits.dueAt, waits.escalationDue, waits.waitsForUs]).toEqual([at(dated("3 17:00")), null, false]);
});
