// The ladder as tables: whom a patch is put before next and when, from how it stands and what was asked before.
import { describe, expect, test } from "vitest";
import type { LadderMove, OpenEscalation } from "../../src/escalations/escalation.ts";
import { decide } from "../../src/patches/decide.ts";
import type { FactBody } from "../../src/patches/fact.ts";
import type { Observation, Situation } from "../../src/patches/situation.ts";
import {
  anna,
  at,
  closed,
  commandsOnly,
  dated,
  type Event,
  iso,
  merged,
  mira,
  oneCase,
  opened,
  policy,
  reminder,
  reopened,
  sam,
  says,
  seen,
  situation,
  timeline,
  waitsFor,
  wantsChanges,
  zoe,
} from "../patches/builders.ts";

/** Opened on Monday the 2nd, reminded twice in vain by the 11th. */
const IN_VAIN: Partial<Situation> = {
  reminders: [reminder(1, "4 09:00"), reminder(2, "11 09:00")],
};

const ask = (as: "account-owner" | "supporter" | "maintainer", isAnyway = false): FactBody => ({
  kind: "escalation-asked",
  isAnyway,
  reason: isAnyway ? "the customer goes live on Friday" : null,
  as,
});

const escalation = (over: Partial<OpenEscalation> = {}): OpenEscalation => ({
  id: 1,
  openedAt: at(dated("18 09:00")),
  cause: "reminders",
  askedBy: null,
  reason: null,
  isAnyway: false,
  missing: [],
  severity: "S2",
  state: "owner",
  stateAt: at(dated("18 09:00")),
  round: "first",
  waitUntilAt: null,
  decideByAt: null,
  timesAsked: 0,
  pausedBecause: null,
  stepCount: 1,
  request: "none",
  ...over,
});

/** The move in one line. */
function told(move: LadderMove): string {
  switch (move.kind) {
    case "none":
      return "none";
    case "look":
      return "look first";
    case "wait":
      return `wait until ${iso(move.untilAt) ?? "something happens"}: ${move.because.code}`;
    case "pause":
      return `pause: ${move.why}`;
    case "resume":
      return `resume: ${move.because.code}`;
    case "end":
      return `end: ${move.end}`;
    case "step": {
      const { kind, isUrgent, notables, answerByAt, opening } = move.step;
      return [
        kind,
        ...(opening === null ? [] : [`because of ${opening.cause}`]),
        ...(isUrgent ? ["urgent"] : []),
        ...notables.map(({ code }) => code),
        ...(answerByAt === null ? [] : [`by ${iso(answerByAt)}`]),
      ].join(", ");
    }
  }
}

const move = (now: string, over: Partial<Situation>): string => told(decide(situation(now, over)).ladder);
const facts = (...events: readonly Event[]) => timeline(["09:00", anna, opened], ...events);
const TAKEN: FactBody = { kind: "taken", untilAt: at("2026-03-25T00:00:00Z") };
/** The round that a maintainer's word to another one begins. */
const AMONG_THEM = timeline(["09:00", anna, opened], ["3 10:00", mira, says("@Max what do you think?")])[1]?.key ?? "";
const TWO_ASK = facts(["18 08:58", sam, ask("supporter")], ["18 08:59", sam, ask("supporter")]);
const sawConflictAt = (when: string): Observation => ({
  at: at(dated(when)),
  headSha: "a".repeat(40),
  hasConflict: true,
  unknownTimes: 0,
  failingChecks: [],
  files: [],
});
const S1 = { cases: [oneCase({ severity: "S1" })] };

describe("An escalation is opened", () => {
  test.each<[string, string, Partial<Situation>, string]>([
    ["not while a reminder may still be answered", "12 09:00", IN_VAIN, "none"],
    [
      "with the account owner, once the reminders were in vain",
      "18 09:00",
      IN_VAIN,
      "ask-owner, because of reminders, by 2026-03-19T17:00:00Z",
    ],
    [
      "with support for a day, where the dossier would have to say unknown",
      "18 09:00",
      { ...IN_VAIN, lackingWords: [{ reference: "CASE-7", word: "stake" }] },
      "ask-support, because of reminders, by 2026-03-18T17:00:00Z",
    ],
    [
      "with everybody at once, and urgently, for S1",
      "18 09:00",
      { ...IN_VAIN, ...S1 },
      "ask-deciders, because of reminders, urgent, by 2026-03-20T17:00:00Z",
    ],
    ["not while the policy observes", "18 09:00", { ...IN_VAIN, mode: "observe" }, "none"],
    [
      "not before GitHub was looked at, where what was seen is old",
      "18 09:00",
      { ...IN_VAIN, facts: facts(["3 10:00", sam, ask("supporter")]), observation: null },
      "look first",
    ],
    [
      "by a supporter's word: the account owner is asked",
      "3 11:00",
      { facts: facts(["3 10:00", sam, ask("supporter")]) },
      "ask-owner, because of command, by 2026-03-05T11:00:00Z",
    ],
    [
      "by the account owner's word: the deciders are asked",
      "3 11:00",
      { facts: facts(["3 10:00", sam, ask("account-owner")]) },
      "ask-deciders, because of command, by 2026-03-06T11:00:00Z",
    ],
    [
      "though it cannot be decided, where somebody who may insists",
      "3 11:00",
      { facts: facts(["3 09:30", mira, wantsChanges(1)], ["3 10:00", sam, ask("account-owner", true)]) },
      "ask-deciders, because of command, anyway, by 2026-03-06T11:00:00Z",
    ],
    [
      "not where it cannot be decided and nobody insists",
      "3 11:00",
      { facts: facts(["3 09:30", mira, wantsChanges(1)], ["3 10:00", sam, ask("account-owner")]) },
      "none",
    ],
    [
      "when a contract's promise is broken, once the maintainers have heard of it",
      "3 13:00",
      {
        reminders: [reminder(1, "3 12:00")],
        cases: [oneCase({ customerId: "shinshu" })],
        customers: new Map([
          [
            "shinshu",
            { id: "shinshu", pays: true, isConsulting: false, isConfidential: false, targetMillis: { S2: 3_600_000 } },
          ],
        ]),
      },
      "ask-owner, because of target, by 2026-03-05T13:00:00Z",
    ],
    [
      "not once it has ended, whoever insisted a moment before",
      "3 11:00",
      { facts: facts(["3 10:00", sam, ask("account-owner", true)], ["3 10:01", mira, merged]) },
      "none",
    ],
    [
      "not because of what was asked for before it was closed and reopened",
      "3 11:00",
      { facts: facts(["3 10:00", sam, ask("supporter")], ["3 10:01", mira, closed], ["3 10:30", mira, reopened]) },
      "none",
    ],
    [
      "by the account owner's word, though somebody else asked in the same breath",
      "3 11:00",
      { facts: facts(["3 10:00", zoe, ask("account-owner")], ["3 10:01", sam, ask("supporter")]) },
      "ask-deciders, because of command, by 2026-03-06T11:00:00Z",
    ],
    [
      "once a look a working day later shows that nothing blocks it, though the author has nothing to mend",
      "18 09:00",
      {
        ...IN_VAIN,
        facts: facts(["3 10:00", null, seen(true)], ["3 11:00", mira, waitsFor("maintainer")]),
        observation: sawConflictAt("18 09:00"),
      },
      "wait until 2026-03-18T17:00:00Z: escalation-due",
    ],
  ])("%s", (_, now, over, expected) => {
    expect(move(now, over)).toBe(expected);
  });
});

describe("An open escalation", () => {
  const open = (over: Partial<OpenEscalation>): Partial<Situation> => ({ ...IN_VAIN, escalation: escalation(over) });
  test.each<[string, string, Partial<Situation>, string]>([
    [
      "waits for support",
      "18 12:00",
      { ...open({ state: "support" }), lackingWords: [{ reference: "CASE-7", word: "stake" }] },
      "wait until 2026-03-18T17:00:00Z: support-asked",
    ],
    [
      "goes on as soon as nothing is lacking",
      "18 12:00",
      open({ state: "support" }),
      "ask-owner, by 2026-03-20T12:00:00Z",
    ],
    [
      "goes on with unknown after a working day",
      "19 09:00",
      { ...open({ state: "support" }), lackingWords: [{ reference: "CASE-7", word: "stake" }] },
      "ask-owner, by 2026-03-20T17:00:00Z",
    ],
    ["waits for the account owner", "19 12:00", open({}), "wait until 2026-03-19T17:00:00Z: owner-asked"],
    ["asks the owner once more", "20 09:00", open({}), "ask-owner-again, again, by 2026-03-23T17:00:00Z"],
    [
      "goes to the deciders without the owner, for S2",
      "20 09:00",
      open({ state: "owner-again" }),
      "ask-deciders, owner-not-heard, by 2026-03-24T17:00:00Z",
    ],
    [
      "stays in sight as owner silent, for S3",
      "20 09:00",
      { ...open({ state: "owner-again" }), cases: [oneCase({ severity: "S3" })] },
      "tell-owner-silent",
    ],
    [
      "says nothing more then",
      "27 09:00",
      { ...open({ state: "owner-silent" }), cases: [oneCase({ severity: "S3" })] },
      "wait until something happens: owner-silent",
    ],
    [
      "goes to the deciders without the owner once it is graver",
      "27 09:00",
      open({ state: "owner-silent", severity: "S3" }),
      "ask-deciders, owner-not-heard, by 2026-03-31T17:00:00Z",
    ],
    [
      "asks once where two ask in the same breath",
      "19 12:00",
      {
        ...open({}),
        facts: TWO_ASK,
        followedRequests: new Set([TWO_ASK.at(-1)?.key ?? ""]),
      },
      "wait until 2026-03-19T17:00:00Z: owner-asked",
    ],
    [
      "follows nobody who insists on what is closed",
      "20 09:00",
      {
        ...open({ state: "deciders", pausedBecause: "closed" }),
        facts: facts(["19 09:59", sam, ask("account-owner", true)], ["19 10:00", mira, closed]),
      },
      "wait until something happens: nobodys-turn",
    ],
    ["accepts a no", "27 09:00", open({ state: "owner-refused" }), "wait until something happens: owner-refused"],
    [
      "waits as long as the owner said",
      "20 09:00",
      open({ state: "owner-waits", waitUntilAt: at("2026-03-25T00:00:00Z") }),
      "wait until 2026-03-25T00:00:00Z: owner-waits",
    ],
    [
      "asks the owner anew after that",
      "25 09:00",
      open({ state: "owner-waits", waitUntilAt: at("2026-03-25T00:00:00Z") }),
      "ask-owner, put-off-is-over, by 2026-03-26T17:00:00Z",
    ],
    [
      "waits for a decision",
      "20 09:00",
      open({ state: "deciders", timesAsked: 1, decideByAt: at("2026-03-23T17:00:00Z") }),
      "wait until 2026-03-23T17:00:00Z: deciders-asked",
    ],
    [
      "asks the deciders once more, and then weekly",
      "24 09:00",
      open({ state: "deciders", timesAsked: 1, decideByAt: at("2026-03-23T17:00:00Z") }),
      "ask-deciders, again, by 2026-03-30T17:00:00Z",
    ],
    [
      "pauses when a maintainer answers",
      "19 12:00",
      { ...open({ state: "deciders" }), facts: facts(["19 10:00", mira, says("looking")]) },
      "pause: response",
    ],
    [
      "rests while it is the author's turn",
      "19 12:00",
      {
        ...open({ state: "deciders", pausedBecause: "response", round: "reviewed:1" }),
        facts: facts(["19 10:00", mira, wantsChanges(1)]),
      },
      "wait until something happens: ladder-paused",
    ],
    [
      "pauses when somebody takes it in hand",
      "20 09:00",
      { ...open({}), facts: facts(["18 12:00", sam, TAKEN]) },
      "pause: taken",
    ],
    [
      "pauses for a take although its comment counts as an answer, whichever of the two was seen first",
      "20 09:00",
      {
        ...open({ state: "deciders", timesAsked: 1, pausedBecause: "response", round: "said" }),
        facts: facts(["19 12:00", mira, commandsOnly], ["19 12:00", mira, TAKEN]),
      },
      "pause: taken",
    ],
    [
      "rests while somebody has it in hand",
      "20 09:00",
      { ...open({ pausedBecause: "taken" }), facts: facts(["18 12:00", sam, TAKEN]) },
      "wait until 2026-03-25T00:00:00Z: taken-until",
    ],
    [
      "goes on once the time in hand is over",
      "25 09:00",
      {
        ...open({ state: "deciders", timesAsked: 1, pausedBecause: "taken" }),
        facts: facts(["19 12:00", mira, commandsOnly], ["19 12:00", mira, TAKEN]),
      },
      "ask-deciders, again, by 2026-03-31T17:00:00Z",
    ],
    [
      "is answered by what is said while it is in hand",
      "20 09:00",
      {
        ...open({ state: "deciders", timesAsked: 1, pausedBecause: "taken" }),
        facts: facts(["18 12:00", sam, TAKEN], ["19 10:00", mira, says("@noel what do you think?")]),
      },
      "pause: response",
    ],
    [
      "goes on in spite of a take where somebody asks for it after that",
      "20 09:00",
      {
        ...open({ pausedBecause: "taken" }),
        facts: facts(["18 12:00", sam, TAKEN], ["19 10:00", sam, ask("account-owner")]),
      },
      "ask-deciders, because of command, by 2026-03-24T17:00:00Z",
    ],
    [
      "is not held again by the take that somebody's word outweighed",
      "20 09:00",
      {
        ...open({ state: "deciders", timesAsked: 1, decideByAt: at("2026-03-23T17:00:00Z") }),
        facts: facts(["18 12:00", sam, TAKEN], ["19 10:00", sam, ask("account-owner")]),
        followedRequests: new Set(
          facts(["18 12:00", sam, TAKEN], ["19 10:00", sam, ask("account-owner")]).map(({ key }) => key),
        ),
      },
      "wait until 2026-03-23T17:00:00Z: deciders-asked",
    ],
    [
      "only rests while it is not sure that a closing was a no",
      "20 09:00",
      { ...open({ state: "deciders" }), facts: facts(["19 10:00", mira, { kind: "closed" }]) },
      "pause: closed",
    ],
    [
      "ends once a closing counts as a no",
      "23 09:00",
      { ...open({ state: "deciders", pausedBecause: "closed" }), facts: facts(["19 10:00", mira, { kind: "closed" }]) },
      "end: closed",
    ],
    [
      "asks nobody again where a take ends before the deciders' date",
      "25 09:00",
      {
        ...open({
          state: "deciders",
          timesAsked: 1,
          pausedBecause: "taken",
          decideByAt: at("2026-03-26T09:00:00Z"),
        }),
        facts: facts(["18 12:00", sam, TAKEN]),
      },
      "resume: deciders-asked",
    ],
    [
      "stands where it stood where the author reopens what they closed",
      "18 16:00",
      { ...open({ pausedBecause: "closed" }), facts: facts(["18 10:00", anna, closed], ["18 15:00", anna, reopened]) },
      "resume: owner-asked",
    ],
    [
      "asks again where a closing was taken back after the deciders' date",
      "20 09:00",
      {
        ...open({ state: "deciders", timesAsked: 1, pausedBecause: "closed" }),
        facts: facts(["19 10:00", anna, { kind: "closed" }], ["19 15:00", anna, { kind: "reopened" }]),
      },
      "ask-deciders, again, by 2026-03-26T17:00:00Z",
    ],
    [
      "does not ask deciders again before their date, whoever asks for it",
      "20 09:00",
      {
        ...open({ state: "deciders", timesAsked: 1, decideByAt: at("2026-03-23T17:00:00Z") }),
        facts: facts(["19 10:00", sam, ask("supporter")]),
      },
      "wait until 2026-03-23T17:00:00Z: deciders-asked",
    ],
    [
      "keeps a no, also after an answer that led nowhere",
      "20 09:00",
      {
        ...open({ state: "owner-refused", pausedBecause: "response", round: AMONG_THEM }),
        facts: facts(["3 10:00", mira, says("@Max what do you think?")]),
        reminders: [
          reminder(1, "5 12:00", "sent", { round: AMONG_THEM }),
          reminder(2, "12 12:00", "sent", { round: AMONG_THEM }),
        ],
      },
      "wait until something happens: owner-refused",
    ],
    [
      "asks the account owner anew, once an answer has led nowhere",
      "20 09:00",
      {
        ...open({ pausedBecause: "response", round: AMONG_THEM }),
        facts: facts(["3 10:00", mira, says("@Max what do you think?")]),
        reminders: [
          reminder(1, "5 12:00", "sent", { round: AMONG_THEM }),
          reminder(2, "12 12:00", "sent", { round: AMONG_THEM }),
        ],
      },
      "ask-owner, by 2026-03-23T17:00:00Z",
    ],
    [
      "says on the first line again that somebody insisted, and goes on whatever lacked then",
      "24 09:00",
      {
        ...open({
          state: "deciders",
          timesAsked: 1,
          isAnyway: true,
          round: "reviewed:1",
          decideByAt: at("2026-03-23T17:00:00Z"),
        }),
        facts: facts(["3 09:30", mira, wantsChanges(1)]),
      },
      "ask-deciders, anyway, again, by 2026-03-30T17:00:00Z",
    ],
    [
      "ends where GitHub shows the pull request no more",
      "20 09:00",
      {
        ...open({ state: "deciders" }),
        observation: {
          at: at(dated("20 09:00")),
          headSha: "a".repeat(40),
          hasConflict: false,
          unknownTimes: 0,
          failingChecks: [],
          files: [],
          isGone: true,
        },
      },
      "end: gone",
    ],
    [
      "pauses when it is put off",
      "20 09:00",
      {
        ...open({ state: "deciders" }),
        facts: facts([
          "19 12:00",
          sam,
          { kind: "put-off", untilAt: at("2026-04-01T00:00:00Z"), reason: "the release" },
        ]),
      },
      "pause: put-off",
    ],
    [
      "wakes nobody at midnight because that day has come",
      "4-1 00:00",
      {
        ...open({ state: "deciders", pausedBecause: "put-off", timesAsked: 1 }),
        facts: facts([
          "19 12:00",
          sam,
          { kind: "put-off", untilAt: at("2026-04-01T00:00:00Z"), reason: "the release" },
        ]),
      },
      "wait until 2026-04-01T09:00:00Z: outside-hours",
    ],
    [
      "wakes on the day until which it was put off",
      "4-1 09:00",
      {
        ...open({ state: "deciders", pausedBecause: "put-off", timesAsked: 1 }),
        facts: facts([
          "19 12:00",
          sam,
          { kind: "put-off", untilAt: at("2026-04-01T00:00:00Z"), reason: "the release" },
        ]),
      },
      "ask-deciders, put-off-is-over, by 2026-04-09T17:00:00Z",
    ],
    [
      "rises at once where it becomes S1",
      "19 12:00",
      { ...open({}), ...S1 },
      "ask-deciders, urgent, by 2026-03-24T12:00:00Z",
    ],
    [
      "follows the account owner's word",
      "19 12:00",
      { ...open({}), facts: facts(["19 11:00", sam, ask("account-owner")]) },
      "ask-deciders, because of command, by 2026-03-24T12:00:00Z",
    ],
    [
      "follows a word only once",
      "19 12:00",
      {
        ...open({}),
        facts: facts(["19 11:00", sam, ask("account-owner")]),
        followedRequests: new Set([
          timeline(["09:00", anna, opened], ["19 11:00", sam, ask("account-owner")])[1]?.key ?? "",
        ]),
      },
      "wait until 2026-03-19T17:00:00Z: owner-asked",
    ],
    [
      "ends with a decision",
      "19 12:00",
      { ...open({ state: "deciders" }), facts: facts(["19 11:00", mira, merged]) },
      "end: merged",
    ],
  ])("%s", (_, now, over, expected) => {
    expect(move(now, over)).toBe(expected);
  });

  test("bears its label while the deciders are asked, and only then", () => {
    const labels = (over: Partial<Situation>) => decide(situation("20 09:00", { ...IN_VAIN, ...over })).wantedLabels;
    const asked = escalation({ state: "deciders", decideByAt: at("2026-03-23T17:00:00Z"), timesAsked: 1 });

    expect(labels({ escalation: asked })).toContain("escalated");
    expect(labels({ escalation: { ...asked, pausedBecause: "response" }, reminders: [] })).not.toContain("escalated");
    expect(labels({ escalation: escalation({ state: "owner-refused" }) })).not.toContain("escalated");
    expect(labels({ policy: policy(), escalation: null })).not.toContain("escalated");
  });
});

test("what is to be said on the pull request waits where the ladder moves at the same moment, and is decided right after", () => {
  const at9 = (over: Partial<Situation>) => {
    const { step, ladder, dueAt, because } = decide(situation("4 09:00", over));
    return {
      step: step.kind,
      ladder: told(ladder).split(",")[0],
      isDueAtOnce: dueAt === at(dated("4 09:00")),
      because,
    };
  };
  const asked = { facts: facts(["3 16:59", sam, ask("supporter")]) };
  expect(at9({})).toMatchObject({ step: "remind", ladder: "none" });
  expect(at9(asked)).toEqual({
    step: "wait",
    ladder: "ask-owner",
    isDueAtOnce: true,
    because: "the next step up was asked for",
  });
  const resting = escalation({
    state: "deciders",
    stateAt: at(dated("3 09:00")),
    decideByAt: at(dated("6 09:00")),
    pausedBecause: "closed",
    request: "none",
  });
  const slip = facts(["3 10:00", anna, closed], ["3 10:00", anna, reopened]);
  expect(at9({ escalation: resting, facts: slip })).toMatchObject({
    step: "wait",
    ladder: "resume: deciders-asked",
    isDueAtOnce: true,
  });
  expect(at9({ escalation: escalation({ stateAt: at(dated("4 09:00")) }) })).toMatchObject({
    step: "remind",
    ladder: "wait until 2026-03-05T17:00:00Z: owner-asked",
  });
});
