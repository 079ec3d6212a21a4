// What the people of a case must hear, and when: tables over a patch's facts and over calendars.
import { describe, expect, test } from "vitest";
import { allNewsOf, newsOf, reportDueAt, wordsAnchor } from "../../src/cases/news.ts";
import { type Fact, inOrder } from "../../src/patches/fact.ts";
import { ALWAYS, calendarOf } from "../../src/policy/calendar.ts";
import { DEFAULT_HOURS } from "../../src/policy/defaults.ts";
import {
  anna,
  approves,
  at,
  closed,
  commandsOnly,
  declineConfirmed,
  fact,
  iso,
  landed,
  max,
  merged,
  mira,
  OFFICE,
  opened,
  putsOff,
  reopened,
  SIDES,
  sam,
  says,
  superseded,
} from "../patches/builders.ts";

const OPENED = fact("2026-03-02T09:00:00Z", anna, opened);
const released = (when: string, tag: string): Fact => ({
  kind: "released",
  tag,
  url: null,
  key: `released:${tag}`,
  at: at(when),
  actor: null,
});
const shown = (facts: readonly Fact[], now: string) =>
  newsOf([OPENED, ...facts], at(now)).map((news) => [
    news.kind === "decided" ? news.decided.kind : news.kind === "shipped" ? `shipped ${news.tag}` : news.kind,
    iso(news.at),
  ]);

const CLOSED = fact("2026-03-03T10:00:00Z", mira, closed);
const MERGED = fact("2026-03-03T10:00:00Z", mira, merged);
const LATER = fact("2026-03-03T09:00:00Z", mira, putsOff("2026-03-20T00:00:00Z"));

describe("news", () => {
  test.each([
    ["nothing while it is open", [], "2026-03-10T09:00:00Z", []],
    ["a merge, at once", [MERGED], "2026-03-03T10:00:00Z", [["merged", "2026-03-03T10:00:00Z"]]],
    ["a closing not before it is sure", [CLOSED], "2026-03-06T09:59:59Z", []],
    ["a closing after three days", [CLOSED], "2026-03-06T10:00:00Z", [["declined", "2026-03-06T10:00:00Z"]]],
    [
      "a closing that a supporter confirmed",
      [CLOSED, fact("2026-03-03T11:00:00Z", sam, declineConfirmed)],
      "2026-03-03T12:00:00Z",
      [["declined", "2026-03-03T11:00:00Z"]],
    ],
    [
      "a closing that was taken back says nothing",
      [CLOSED, fact("2026-03-04T10:00:00Z", anna, reopened)],
      "2026-03-10T10:00:00Z",
      [],
    ],
    [
      "what landed or was superseded",
      [fact("2026-03-03T10:00:00Z", mira, superseded())],
      "2026-03-04T10:00:00Z",
      [["superseded", "2026-03-03T10:00:00Z"]],
    ],
    ["a later day", [LATER], "2026-03-04T10:00:00Z", [["put-off", "2026-03-03T09:00:00Z"]]],
    [
      "a merge after a later day, both",
      [LATER, MERGED],
      "2026-03-04T10:00:00Z",
      [
        ["put-off", "2026-03-03T09:00:00Z"],
        ["merged", "2026-03-03T10:00:00Z"],
      ],
    ],
    [
      "the first release that has it",
      [MERGED, released("2026-03-05T09:00:00Z", "v2"), released("2026-03-04T09:00:00Z", "v1")],
      "2026-03-06T09:00:00Z",
      [
        ["merged", "2026-03-03T10:00:00Z"],
        ["shipped v1", "2026-03-04T09:00:00Z"],
      ],
    ],
    [
      "a release says nothing of what was declined",
      [CLOSED, released("2026-03-05T09:00:00Z", "v1")],
      "2026-03-05T10:00:00Z",
      [],
    ],
    [
      "nothing that is older than thirty days",
      [MERGED, released("2026-03-25T09:00:00Z", "v1")],
      "2026-04-10T09:00:00Z",
      [["shipped v1", "2026-03-25T09:00:00Z"]],
    ],
  ])("tell %s", (_, facts, now, expected) => {
    expect(shown(facts, now)).toEqual(expected);
    expect(shown(inOrder(facts).toReversed(), now)).toEqual(expected);
  });

  test("an earlier release that comes to light later is the same news", () => {
    const keys = (facts: readonly Fact[]) => allNewsOf(facts, at("2026-03-09T09:00:00Z")).map((each) => each.key);
    const late = [OPENED, MERGED, released("2026-03-05T09:00:00Z", "v2")];
    expect(keys([...late, released("2026-03-04T09:00:00Z", "v1")])).toEqual(keys(late));
  });

  test("a second closing is news of its own", () => {
    const again = [CLOSED, fact("2026-03-07T10:00:00Z", anna, reopened), fact("2026-03-08T10:00:00Z", mira, closed)];
    const [first] = newsOf([CLOSED], at("2026-03-06T10:00:00Z"));
    const [second] = newsOf(again, at("2026-03-12T10:00:00Z"));
    expect([first?.key, second?.key]).toEqual([`declined:${CLOSED.at}`, `declined:${at("2026-03-08T10:00:00Z")}`]);
  });
});

describe("the maintainers' words about an end", () => {
  const review = fact("2026-03-02T11:00:00Z", mira, approves(41));
  const comment = (when: string, by: typeof mira): Fact => ({ ...fact(when, by, says("why")), key: "commented:7" });
  const inline: Fact = { ...fact("2026-03-02T11:00:00Z", mira, says("here")), key: "review-comment:9" };
  test.each([
    ["are their review", [review], "#pullrequestreview-41"],
    ["are their last comment", [review, comment("2026-03-02T12:00:00Z", max)], "#issuecomment-7"],
    ["may stand on a line", [inline], "#discussion_r9"],
    ["may follow the closing within minutes", [comment("2026-03-03T10:04:00Z", mira)], "#issuecomment-7"],
    ["are not what came much later", [comment("2026-03-03T11:00:00Z", mira)], null],
    ["are not what was said weeks before", [comment("2026-02-10T11:00:00Z", mira)], null],
    ["are not the author's", [comment("2026-03-02T12:00:00Z", anna)], null],
    ["are not commands", [fact("2026-03-02T12:00:00Z", mira, commandsOnly)], null],
  ])("%s", (_, facts, expected) => {
    expect(wordsAnchor(facts, SIDES, CLOSED)).toBe(expected);
  });
});

describe("a promised day is told of", () => {
  const tokyo = calendarOf(
    { kind: "hours", ...DEFAULT_HOURS, timezone: "Asia/Tokyo" },
    new Set(["2026-05-04", "2026-05-05", "2026-05-06"]),
  );
  const nights = calendarOf(
    { kind: "hours", ...DEFAULT_HOURS, hours: { fromMinute: 22 * 60, toMinute: 6 * 60 } },
    new Set(),
  );
  test.each([
    ["in its morning", OFFICE, "UTC", "2026-03-10", "2026-03-10T09:00:00Z"],
    ["in its zone's morning", tokyo, "Asia/Tokyo", "2026-03-10", "2026-03-10T00:00:00Z"],
    ["on Friday where it is a Sunday", OFFICE, "UTC", "2026-03-15", "2026-03-13T09:00:00Z"],
    ["before a week of holidays", tokyo, "Asia/Tokyo", "2026-05-06", "2026-05-01T00:00:00Z"],
    ["at nine where every hour counts", ALWAYS, "Asia/Tokyo", "2026-03-15", "2026-03-15T00:00:00Z"],
    ["also where people work at night", nights, "UTC", "2026-03-10", "2026-03-10T00:00:00Z"],
  ])("%s", (_, calendar, zone, date, expected) => {
    expect(iso(reportDueAt(calendar, zone, date))).toBe(expected);
  });

  test("once landed by a push that closed it, landing is the news", () => {
    const facts = [fact("2026-03-03T09:59:00Z", mira, landed("push")), CLOSED];
    expect(shown(facts, "2026-03-03T10:00:00Z")).toEqual([["landed", "2026-03-03T09:59:00Z"]]);
  });
});
