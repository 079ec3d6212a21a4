// Somebody without an account who asks for the next step up is heard like anybody else: their name and reason go with it, also where it has
// risen already. An answer from a mailed page asks for nothing new.
import { describe, expect, test } from "vitest";
import type { OpenEscalation } from "../../../src/escalations/escalation.ts";
import { decide } from "../../../src/patches/decide.ts";
import type { Fact } from "../../../src/patches/fact.ts";
import { anna, at, dated, opened, situation, timeline } from "../../patches/builders.ts";

const OPEN: OpenEscalation = {
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
};

const asked = (by?: string): Fact => ({
  kind: "escalation-asked",
  isAnyway: false,
  reason: "They cannot close the year",
  as: "account-owner",
  ...(by !== undefined && { by }),
  key: "asked",
  at: at(dated("19 10:00")),
  actor: null,
});

function openingOf(escalation: OpenEscalation | null, fact: Fact) {
  const facts = [...timeline(["09:00", anna, opened]), fact];
  const { ladder } = decide(situation("19 10:01", { facts, escalation }));
  return ladder.kind === "step" ? [ladder.step.kind, ladder.step.opening] : ladder;
}

describe("a word without an account behind it", () => {
  const opening = {
    cause: "command",
    askedBy: "Sato (sato@acme.example)",
    reason: "They cannot close the year",
    isAnyway: false,
    missing: [],
  };
  test.each([
    ["opens an escalation", null],
    ["is heard while one is open", OPEN],
  ])("%s", (_, escalation) => {
    expect(openingOf(escalation, asked("Sato (sato@acme.example)"))).toEqual(["ask-deciders", opening]);
  });

  test("an answer from a page only answers", () => {
    expect(openingOf(OPEN, asked())).toEqual(["ask-deciders", null]);
  });
});
