// What the clock shows: working time of the maintainers' turn since they last responded, what pauses it and what sets it to zero.
import { describe, expect, test } from "vitest";
import { ALWAYS, calendarOf } from "../../src/policy/calendar.ts";
import { DEFAULT_HOURS } from "../../src/policy/defaults.ts";
import {
  anna,
  approves,
  at,
  ci,
  closed,
  commandsOnly,
  dated,
  drafted,
  type Event,
  HOUR,
  iso,
  max,
  merged,
  mira,
  opened,
  openedAsDraft,
  pushed,
  ready,
  reopened,
  reviews,
  sam,
  says,
  seen,
  snoozes,
  stands,
  timeline,
  unsnoozes,
  waitsFor,
  wantsChanges,
  zoe,
} from "./builders.ts";

const start: Event = ["2 09:00", anna, opened];

describe("The clock shows", () => {
  const rows: readonly (readonly [sentence: string, events: readonly Event[], now: string, hours: number])[] = [
    ["the working hours of a day", [start], "2 13:00", 4],
    ["no time outside the hours", [start], "3 08:00", 8],
    ["no weekend", [["6 16:00", anna, opened]], "9 10:00", 2],
    ["no holiday", [["4-2 16:00", anna, opened]], "4-7 10:00", 2],
    ["nothing yet where it was opened on a weekend", [["7 12:00", anna, opened]], "9 09:00", 0],
    [
      "no time of a draft",
      [
        ["2 09:00", anna, openedAsDraft],
        ["3 09:00", anna, ready],
      ],
      "3 12:00",
      3,
    ],
    ["what was on it before a draft", [start, ["2 11:00", anna, drafted], ["4 09:00", anna, ready]], "4 10:00", 3],
    ["what was on it before a snooze", [start, ["2 11:00", sam, snoozes("2026-03-04T09:00:00Z")]], "4 10:00", 3],
    [
      "what was on it before a snooze that was lifted",
      [start, ["2 11:00", sam, snoozes("2026-03-31T09:00:00Z")], ["3 16:00", sam, unsnoozes]],
      "4 10:00",
      4,
    ],
    [
      "what was on it before the author's turn without a response",
      [start, ["2 11:00", sam, waitsFor("author")], ["3 09:00", anna, says("done")]],
      "3 10:00",
      3,
    ],
    [
      "what was on it before a conflict",
      [start, ["2 11:00", null, seen(true)], ["3 09:00", anna, pushed("b")]],
      "3 10:00",
      3,
    ],
    [
      "what was on it before the author closed and reopened it",
      [start, ["2 11:00", anna, closed], ["3 09:00", anna, reopened]],
      "3 10:00",
      3,
    ],
    ["all the time in spite of a ping", [start, ["2 11:00", anna, says("anybody?")]], "2 13:00", 4],
    ["all the time in spite of a push", [start, ["2 11:00", anna, pushed("b")]], "2 13:00", 4],
    ["all the time in spite of a bot", [start, ["2 11:00", ci, says("coverage")]], "2 13:00", 4],
    ["all the time in spite of a stranger's review", [start, ["2 11:00", zoe, wantsChanges(1)]], "2 13:00", 4],
    ["all the time in spite of a maintainer's push", [start, ["2 11:00", mira, pushed("b")]], "2 13:00", 4],
    ["all the time in spite of support's approval", [start, ["2 11:00", sam, approves(1)]], "2 13:00", 4],
    ["zero at a response", [start, ["2 11:00", mira, says("why?")]], "2 13:00", 0],
    [
      "only the time since the response, once it is handed back",
      [start, ["2 11:00", mira, says("why?")], ["2 12:00", anna, says("so")]],
      "2 13:00",
      1,
    ],
    ["only the time since an approval", [start, ["2 11:00", mira, approves(1)]], "2 13:00", 2],
    ["only the time since only commands", [start, ["2 11:00", mira, commandsOnly]], "2 13:00", 2],
    ["only the time since maintainers spoke to each other", [start, ["2 11:00", mira, says("@max?")]], "2 13:00", 2],
    [
      "only the time since a maintainer spoke to their team",
      [start, ["2 11:00", mira, reviews("commented", 1, "@acme-db/engine?")]],
      "2 13:00",
      2,
    ],
    [
      "only the time since a maintainer closed it",
      [start, ["2 11:00", mira, closed], ["2 12:00", anna, reopened]],
      "2 13:00",
      1,
    ],
    [
      "nothing of before a response that came during a snooze",
      [start, ["2 11:00", sam, snoozes("2026-03-03T09:00:00Z")], ["2 12:00", mira, commandsOnly]],
      "3 10:00",
      1,
    ],
    ["nothing more once it is merged", [start, ["2 11:00", anna, merged]], "9 13:00", 2],
  ];

  test.each(rows)("%s", (_, events, now, hours) => {
    expect(stands(timeline(...events), now).clockMillis / HOUR).toBe(hours);
  });

  test("every hour where every hour counts", () => {
    expect(stands(timeline(["6 16:00", anna, opened]), "9 10:00", { calendar: ALWAYS }).clockMillis / HOUR).toBe(66);
  });

  test("the working hours of the policy's own zone, over its change to summer time", () => {
    const calendar = calendarOf({ kind: "hours", ...DEFAULT_HOURS, timezone: "Europe/Berlin" }, new Set());

    const standing = stands(timeline(["27 15:00", anna, opened]), "30 08:00", { calendar });

    expect(standing.clockMillis / HOUR).toBe(2);
  });
});

describe("A turn has lasted", () => {
  const rows: readonly (readonly [sentence: string, events: readonly Event[], since: string])[] = [
    ["since it was opened", [start], "2 09:00"],
    ["since it was opened, whatever was pushed", [start, ["2 11:00", anna, pushed("b")]], "2 09:00"],
    ["since the response, where that left the turn", [start, ["2 11:00", mira, commandsOnly]], "2 11:00"],
    [
      "since the first request, where another followed",
      [start, ["2 11:00", mira, says("?")], ["2 12:00", max, wantsChanges(1)]],
      "2 11:00",
    ],
    ["since the snooze ended", [start, ["2 11:00", sam, snoozes("2026-03-02T12:00:00Z")]], "2 12:00"],
    ["since it was handed back", [start, ["2 11:00", mira, says("?")], ["2 12:00", anna, says("!")]], "2 12:00"],
  ];

  test.each(rows)("%s", (_, events, since) => {
    expect(iso(stands(timeline(...events), "2 16:00").sinceAt)).toBe(iso(at(dated(since))));
  });
});

test("each side's time is measured in all, and pauses belong to neither", () => {
  const { heldMillis } = stands(
    timeline(
      start,
      ["2 11:00", mira, wantsChanges(1)],
      ["2 14:00", anna, pushed("b")],
      ["2 15:00", anna, drafted],
      ["3 10:00", anna, ready],
    ),
    "3 12:00",
  );

  expect({ maintainer: heldMillis.maintainer / HOUR, author: heldMillis.author / HOUR }).toEqual({
    maintainer: 5,
    author: 3,
  });
});

describe("A round of reminders begins anew with", () => {
  test.each([
    ["a comment", says("why?"), true],
    ["a review", wantsChanges(1), true],
    ["a comment that is only commands", commandsOnly, true],
    ["a merge", merged, true],
    ["a push by a maintainer, which is none", pushed("b"), false],
  ])("%s", (_, what, isNew) => {
    const { round, lastResponse } = stands(timeline(start, ["2 11:00", mira, what]), "2 16:00");

    expect([round !== "first", lastResponse?.by]).toEqual(isNew ? [true, "mira"] : [false, undefined]);
  });

  test("a closing that reaches us twice, a second apart, only once", () => {
    const once = timeline(start, ["2 11:00", mira, closed]);
    const twice = [
      ...once,
      ...timeline(["2 11:00", mira, closed]).map((f) => ({ ...f, at: f.at + 1000, key: "again" })),
    ];

    expect(stands(twice, "2 16:00").round).toBe(stands(once, "2 16:00").round);
  });
});

describe("It wakes by itself", () => {
  test("when its snooze ends", () => {
    const standing = stands(timeline(start, ["2 11:00", sam, snoozes("2026-03-05T00:00:00Z")]), "2 16:00");

    expect(iso(standing.wakesAt)).toBe("2026-03-05T00:00:00Z");
  });

  test("never, where the snooze is not what it waits for", () => {
    const standing = stands(
      timeline(start, ["2 11:00", sam, snoozes("2026-03-05T00:00:00Z")], ["2 12:00", anna, closed]),
      "2 16:00",
    );

    expect(standing.wakesAt).toBeNull();
  });

  test("at once, where the snooze ends this moment", () => {
    const standing = stands(timeline(start, ["2 11:00", sam, snoozes("2026-03-02T12:00:00Z")]), "2 12:00");

    expect([standing.turn, standing.wakesAt]).toEqual(["maintainer", null]);
  });
});

test("approved is what a maintainer approved and nobody wants changed, by each reviewer's latest review", () => {
  const facts = timeline(
    start,
    ["2 10:00", mira, approves(1)],
    ["2 11:00", max, wantsChanges(2)],
    ["2 12:00", mira, reviews("commented", 3)],
    ["2 13:00", max, approves(4)],
  );
  const by = (now: string) => {
    const { isApproved, changesRequestedBy } = stands(facts, now);
    return [isApproved, ...changesRequestedBy];
  };

  expect([by("2 10:30"), by("2 11:30"), by("2 12:30"), by("2 13:30")]).toEqual([
    [true],
    [false, "Max"],
    [false, "Max"],
    [true],
  ]);
});

test("every fact that started, paused or restarted the clock is told, in order", () => {
  const { trail } = stands(
    timeline(
      start,
      ["2 10:00", anna, says("anybody?")],
      ["2 10:30", ci, says("coverage")],
      ["2 11:00", mira, wantsChanges(1)],
      ["2 12:00", anna, pushed("b")],
      ["2 13:00", max, approves(2)],
      ["2 14:00", null, seen(true)],
      ["2 15:00", null, seen(false)],
      ["3 09:00", sam, snoozes("2026-03-05T00:00:00Z")],
      ["3 10:00", sam, unsnoozes],
      ["3 11:00", mira, commandsOnly],
    ),
    "3 12:00",
  );

  expect(trail.map((happening) => happening.code)).toEqual([
    "opened-ready",
    "changes-requested",
    "pushed-after-request",
    "response",
    "conflict",
    "conflict-resolved",
    "pushed-after-request",
    "snoozed",
    "unsnoozed",
    "pushed-after-request",
    "response-only-commands",
  ]);
});

describe("what a superseded pull request had waited counts on:", () => {
  /** 40 working hours of the maintainers' turn there, until `until`; said at `when`. */
  const carried = (when: string, until: string, fromPatch = "10#2"): Event => [
    when,
    null,
    {
      kind: "carried-over",
      fromPatch,
      pull: "acme-db/db#2",
      untilAt: at(dated(until)),
      clockMillis: 40 * HOUR,
      heldMillis: { maintainer: 40 * HOUR, author: 8 * HOUR },
    },
  ];
  const hours = (events: readonly Event[], now: string) => {
    const { clockMillis, heldMillis } = stands(timeline(...events), now);
    return [clockMillis, heldMillis.maintainer, heldMillis.author].map((millis) => millis / HOUR);
  };

  test("all of it where this one was opened after that", () => {
    expect(hours([start, carried("2 10:00", "2 09:00")], "2 12:00")).toEqual([43, 43, 8]);
  });
  test("only what goes beyond where both waited at once", () => {
    expect(hours([start, carried("3 10:00", "3 10:00")], "3 12:00")).toEqual([42, 42, 8]);
  });
  test("nothing where this one waited longer beside it", () => {
    expect(hours([start, carried("16 10:00", "16 10:00")], "16 12:00")).toEqual([83, 83, 8]);
  });
  test("on the clock no more once somebody responded here; what was held stays", () => {
    const response: Event = ["2 11:00", mira, commandsOnly];
    expect(hours([start, carried("2 10:00", "2 09:00"), response], "2 12:00")).toEqual([1, 43, 8]);
    expect(hours([start, response, carried("2 11:30", "2 09:00")], "2 12:00")).toEqual([1, 43, 8]);
  });
  test("once, where several were superseded", () => {
    const another = carried("2 10:00", "2 09:00", "10#3");
    expect(hours([start, carried("2 10:00", "2 09:00"), another], "2 12:00")).toEqual([43, 43, 8]);
  });
});
