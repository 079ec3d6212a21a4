// How long a patch took to be answered, decided and released, as a table over its facts.
import { describe, expect, test } from "vitest";
import { type Fact, inOrder } from "../../src/patches/fact.ts";
import { timesOf } from "../../src/patches/times.ts";
import {
  anna,
  approves,
  at,
  ci,
  closed,
  commandsOnly,
  fact,
  HOUR,
  iso,
  landed,
  max,
  merged,
  mira,
  OFFICE,
  opened,
  openedAsDraft,
  ready,
  reopened,
  SIDES,
  sam,
  says,
  zoe,
} from "./builders.ts";

// A Monday, when the office opens.
const OPENED = fact("2026-03-02T09:00:00Z", anna, opened);
const released = (when: string, tag: string): Fact => ({
  kind: "released",
  tag,
  url: null,
  key: `released:${tag}`,
  at: at(when),
  actor: null,
});

const NOW = at("2026-03-31T12:00:00Z");

function shown(facts: readonly Fact[]) {
  const times = timesOf(facts, SIDES, { calendar: OFFICE, now: NOW });
  if (times === null) return null;
  const hours = (millis: number | null) => (millis === null ? null : millis / HOUR);
  return {
    response: [iso(times.firstResponseAt), hours(times.responseMillis)],
    decision: [times.decision, iso(times.decidedAt), hours(times.decisionMillis)],
    release: [times.releaseTag, iso(times.releasedAt), hours(times.releaseMillis)],
  };
}

const NOT_YET = { response: [null, null], decision: [null, null, null], release: [null, null, null] };
const APPROVED = fact("2026-03-02T11:00:00Z", mira, approves(1));
const MERGED = fact("2026-03-03T10:00:00Z", mira, merged);
const ANSWERED = { ...NOT_YET, response: ["2026-03-02T11:00:00Z", 2] };

describe("times", () => {
  test.each([
    [
      "what its own side, strangers and bots say is no response",
      [sam, zoe, ci].map((who, hour) => fact(`2026-03-02T1${hour}:00:00Z`, who, says("ping"), hour)),
      NOT_YET,
    ],
    ["a maintainer's review is one", [APPROVED], ANSWERED],
    ["only the first counts", [APPROVED, fact("2026-03-04T11:00:00Z", max, says("me too"))], ANSWERED],
    ["commands alone are one too", [fact("2026-03-02T11:00:00Z", mira, commandsOnly)], ANSWERED],
    [
      "a merge is response and decision, in working time over nights",
      [MERGED],
      {
        ...NOT_YET,
        response: ["2026-03-03T10:00:00Z", 9],
        decision: ["merged", "2026-03-03T10:00:00Z", 9],
      },
    ],
    [
      "the first release after it counts, in whichever order they came to light",
      [
        APPROVED,
        MERGED,
        released("2026-03-09T09:00:00Z", "v2"),
        released("2026-03-06T09:00:00Z", "v1"),
        released("2026-03-01T09:00:00Z", "v0"),
      ],
      {
        ...ANSWERED,
        decision: ["merged", "2026-03-03T10:00:00Z", 9],
        release: ["v1", "2026-03-06T09:00:00Z", 32],
      },
    ],
    [
      "reopening takes the decision back, and the response stays",
      [APPROVED, fact("2026-03-03T10:00:00Z", mira, closed), fact("2026-03-04T10:00:00Z", anna, reopened)],
      ANSWERED,
    ],
    [
      "what was released before a reopening is no release of what landed after it",
      [
        APPROVED,
        fact("2026-03-03T10:00:00Z", mira, landed("command")),
        released("2026-03-04T09:00:00Z", "v1"),
        fact("2026-03-05T09:00:00Z", anna, reopened),
        fact("2026-03-05T10:00:00Z", mira, landed("command")),
      ],
      { ...ANSWERED, decision: ["landed", "2026-03-05T10:00:00Z", 25] },
    ],
    [
      "what was declined has no release",
      [APPROVED, fact("2026-03-03T10:00:00Z", mira, closed), released("2026-03-04T09:00:00Z", "v1")],
      { ...ANSWERED, decision: ["declined", "2026-03-03T10:00:00Z", 9] },
    ],
  ])("%s", (_, facts, expected) => {
    expect(shown([OPENED, ...facts])).toEqual(expected);
    expect(shown(inOrder([OPENED, ...facts]).toReversed())).toEqual(expected);
  });

  test("a draft waits for nobody until it is made ready", () => {
    const draft = fact("2026-03-02T09:00:00Z", anna, openedAsDraft);
    const readyAt = fact("2026-03-03T09:00:00Z", anna, ready);
    expect(shown([draft, readyAt, MERGED])).toEqual({
      ...NOT_YET,
      response: ["2026-03-03T10:00:00Z", 1],
      decision: ["merged", "2026-03-03T10:00:00Z", 1],
    });
    // Somebody answered before they were asked.
    expect(shown([draft, APPROVED, readyAt])).toEqual({ ...NOT_YET, response: ["2026-03-02T11:00:00Z", 0] });
  });

  test("of nothing there are no times", () => {
    expect(shown([])).toBeNull();
  });
});
