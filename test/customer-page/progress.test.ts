// How far a case has come, in the steps of a customer: tables over what happened to its patches.
import { describe, expect, test } from "vitest";
import { type FollowedPatch, type OwnCase, progressOf } from "../../src/customer-page/progress.ts";
import type { Fact, FactBody } from "../../src/patches/fact.ts";

const DAY = 24 * 60 * 60_000;
const START = Date.parse("2026-03-02T09:00:00Z");
const NOW = START + 50 * DAY;

const on = (day: number) => START + day * DAY;
const fact = (day: number, body: FactBody): Fact => ({ ...body, key: `${body.kind}:${day}`, at: on(day), actor: null });
const opened = (day: number, isDraft = false) => fact(day, { kind: "opened", isDraft });
const merged = (day: number) => fact(day, { kind: "merged" });
const released = (day: number, tag: string) => fact(day, { kind: "released", tag, url: `https://g.example/${tag}` });

const patch = (facts: readonly Fact[], with_: Partial<FollowedPatch> = {}): FollowedPatch => ({
  openedAt: facts[0]?.at ?? START,
  isDraft: false,
  isPublic: true,
  facts,
  ...with_,
});

const aCase = (patches: readonly FollowedPatch[], with_: Partial<OwnCase> = {}): OwnCase => ({
  reference: "CASE-7",
  summary: "It hangs.",
  isOpen: true,
  workaround: null,
  neededBy: null,
  nextReport: null,
  receivedAt: START,
  patches,
  ...with_,
});

const dayOf = (at: number) => new Date(at).toISOString().slice(0, 10);

/** The steps as `name stands day`, and what is said. */
function shown(of: OwnCase): readonly unknown[] {
  const { steps, saying, releases } = progressOf(of, NOW, dayOf);
  const days = steps.map(({ name, stands, at }) => `${name} ${stands} ${at === null ? "-" : (at - START) / DAY}`);
  return [days.join(", "), saying.kind === "happened" ? saying.event : saying.kind, releases.map(({ tag }) => tag)];
}

const AHEAD = "decided ahead -, shipped ahead -";

describe("a case is", () => {
  test.each<[string, OwnCase, string, unknown, string[]]>([
    [
      "received while there is no fix",
      aCase([]),
      `received current 0, written ahead -, with-developers ahead -, ${AHEAD}`,
      "looking",
      [],
    ],
    [
      "prepared while its fix is a draft",
      aCase([patch([opened(1, true)], { isDraft: true })]),
      `received done 0, written current 1, with-developers ahead -, ${AHEAD}`,
      "preparing",
      [],
    ],
    [
      "with the developers once that is ready",
      aCase([patch([opened(1, true), fact(3, { kind: "ready" })])]),
      `received done 0, written done 1, with-developers current 3, ${AHEAD}`,
      { kind: "linked" },
      [],
    ],
    [
      "with the developers where nobody saw how it began",
      aCase([patch([], { openedAt: on(2) })]),
      `received done 0, written done 2, with-developers current 2, ${AHEAD}`,
      { kind: "linked" },
      [],
    ],
    [
      "put off until a day",
      aCase([patch([opened(1), fact(2, { kind: "put-off", untilAt: on(60), reason: "internal words" })])]),
      `received done 0, written done 1, with-developers current 1, ${AHEAD}`,
      { kind: "put-off", until: "2026-05-01" },
      [],
    ],
    [
      "before the developers again once that day has come",
      aCase([patch([opened(1), fact(2, { kind: "put-off", untilAt: on(10), reason: "internal words" })])]),
      `received done 0, written done 1, with-developers current 1, ${AHEAD}`,
      { kind: "linked" },
      [],
    ],
    [
      "decided once it is merged",
      aCase([patch([opened(1), merged(5)])]),
      "received done 0, written done 1, with-developers done 1, decided current 5, shipped ahead -",
      { kind: "decided", decision: "merged" },
      [],
    ],
    [
      "shipped once a release contains it",
      aCase([patch([opened(1), merged(5), released(9, "v1.1"), released(12, "v1.2")])]),
      "received done 0, written done 1, with-developers done 1, decided done 5, shipped current 9",
      { kind: "shipped", tag: "v1.1", name: null, url: null },
      ["v1.1"],
    ],
    [
      "still with the developers while a closing may yet be explained",
      aCase([patch([opened(1), fact(49, { kind: "closed" })])]),
      `received done 0, written done 1, with-developers current 1, ${AHEAD}`,
      { kind: "linked" },
      [],
    ],
    [
      "declined once that is sure, and then there is no release ahead",
      aCase([patch([opened(1), fact(5, { kind: "closed" })])]),
      "received done 0, written done 1, with-developers done 1, decided current 8",
      { kind: "decided", decision: "declined" },
      [],
    ],
    [
      "with the developers again where that was taken back",
      aCase([patch([opened(1), fact(5, { kind: "closed" }), fact(20, { kind: "reopened" })])]),
      `received done 0, written done 1, with-developers current 1, ${AHEAD}`,
      { kind: "linked" },
      [],
    ],
    [
      "as far as the least far of its fixes",
      aCase([patch([opened(1), merged(5), released(9, "v1.1")]), patch([opened(4)])]),
      `received done 0, written done 1, with-developers current 4, ${AHEAD}`,
      { kind: "linked" },
      [],
    ],
    [
      "not held up by a fix that another took the place of",
      aCase([
        patch([opened(1), fact(3, { kind: "superseded", byPatch: "100#8", pull: "acme-db/engine#8" })]),
        patch([opened(4), merged(5), released(9, "v1.1")]),
      ]),
      "received done 0, written done 4, with-developers done 4, decided done 5, shipped current 9",
      { kind: "shipped", tag: "v1.1", name: null, url: null },
      ["v1.1"],
    ],
    [
      "in every release that one of its fixes is in",
      aCase([
        patch([opened(1), merged(5), released(9, "v1.1")]),
        patch([opened(2), merged(6), released(20, "v2.0")]),
        patch([opened(2), merged(6), released(20, "v2.0")]),
      ]),
      "received done 0, written done 1, with-developers done 2, decided done 6, shipped current 20",
      { kind: "shipped", tag: "v2.0", name: null, url: null },
      ["v1.1", "v2.0"],
    ],
    ["settled without a fix", aCase([], { isOpen: false }), "received done 0", "settled", []],
    [
      "settled, and nothing lies ahead, where a fix is still with the developers",
      aCase([patch([opened(1)])], { isOpen: false }),
      "received done 0, written done 1, with-developers done 1",
      "settled",
      [],
    ],
    [
      "settled with what it was settled by",
      aCase([patch([opened(1), merged(5), released(9, "v1.1")])], { isOpen: false }),
      "received done 0, written done 1, with-developers done 1, decided done 5, shipped done 9",
      { kind: "shipped", tag: "v1.1", name: null, url: null },
      ["v1.1"],
    ],
    [
      "received without a day where it came to us after its fix",
      aCase([patch([opened(1)])], { receivedAt: on(30) }),
      `received done -, written done 1, with-developers current 1, ${AHEAD}`,
      { kind: "linked" },
      [],
    ],
  ])("%s", (_, of, steps, saying, releases) => {
    expect(shown(of)).toEqual([steps, saying, releases]);
  });

  test("in a release of a private repository without its address", () => {
    const facts = [opened(1), merged(5), released(9, "v1.1")];
    expect(progressOf(aCase([patch(facts)]), NOW, dayOf).releases).toEqual([
      { tag: "v1.1", url: "https://g.example/v1.1" },
    ]);
    expect(progressOf(aCase([patch(facts, { isPublic: false })]), NOW, dayOf).releases).toEqual([
      { tag: "v1.1", url: null },
    ]);
  });
});
