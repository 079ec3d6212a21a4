// Whose turn it is, a sentence of the product a row: what happened, and who holds the patch in the end because of what.
import { describe, expect, test } from "vitest";
import {
  anna,
  approves,
  archived,
  asksForReview,
  asksTeam,
  ci,
  closed,
  commandsOnly,
  dismisses,
  drafted,
  type Event,
  exempted,
  exemptionEnded,
  landed,
  max,
  merged,
  mira,
  opened,
  openedAsDraft,
  pushed,
  putsOff,
  ready,
  reopened,
  reviews,
  sam,
  says,
  seen,
  snoozes,
  stands,
  superseded,
  timeline,
  unarchived,
  unsnoozes,
  waitsFor,
  wantsChanges,
  zoe,
} from "./builders.ts";

const start: Event = ["09:00", anna, opened];
const request: Event = ["10:00", mira, wantsChanges(1)];
const question: Event = ["10:00", mira, says("why so?")];

type Row = readonly [sentence: string, events: readonly Event[], turn: string];

const maintainersTurn: readonly Row[] = [
  ["opened ready", [start], "maintainer: opened-ready"],
  [
    "made ready for review",
    [
      ["09:00", anna, openedAsDraft],
      ["10:00", anna, ready],
    ],
    "maintainer: ready-for-review",
  ],
  [
    "made ready again, although changes were requested",
    [start, request, ["11:00", anna, drafted], ["12:00", anna, ready]],
    "maintainer: ready-for-review",
  ],
  [
    "a push after requested changes",
    [start, request, ["11:00", anna, pushed("b")]],
    "maintainer: pushed-after-request",
  ],
  ["a push after a question", [start, question, ["11:00", anna, pushed("b")]], "maintainer: pushed-after-request"],
  ["a push by support", [start, question, ["11:00", sam, pushed("b")]], "maintainer: pushed-after-request"],
  [
    "a push by whom GitHub does not name",
    [start, question, ["11:00", null, pushed("b")]],
    "maintainer: pushed-after-request",
  ],
  ["an answer of the author", [start, question, ["11:00", anna, says("so")]], "maintainer: comment-by-author-side"],
  ["an answer of support", [start, question, ["11:00", sam, says("so")]], "maintainer: comment-by-author-side"],
  [
    "a reply to the review",
    [start, request, ["11:00", anna, reviews("commented", 2)]],
    "maintainer: review-reply-by-author-side",
  ],
  [
    "a review renewed by the author",
    [start, ["09:30", anna, asksForReview(mira)], request, ["11:00", anna, asksForReview(mira)]],
    "maintainer: review-requested-again",
  ],
  [
    "a review renewed by a maintainer",
    [start, request, ["11:00", max, asksForReview(mira)]],
    "maintainer: review-requested-again",
  ],
  [
    "a team's review renewed by a maintainer",
    [start, ["09:30", anna, asksTeam], request, ["11:00", max, asksTeam]],
    "maintainer: review-requested-again",
  ],
  [
    "another reviewer asked by the author",
    [start, request, ["11:00", anna, asksForReview(max)]],
    "maintainer: review-requested",
  ],
  ["an approval that is not merged", [start, ["10:00", mira, approves(1)]], "maintainer: approved-not-merged"],
  ["an approval after a question", [start, question, ["11:00", mira, approves(1)]], "maintainer: approved-not-merged"],
  [
    "an approval by who had requested changes",
    [start, request, ["11:00", mira, approves(2)]],
    "maintainer: approved-not-merged",
  ],
  ["the request dismissed", [start, request, ["11:00", max, dismisses(1)]], "maintainer: review-dismissed"],
  [
    "handed over by command",
    [start, request, ["11:00", anna, waitsFor("maintainer")]],
    "maintainer: waiting-for-maintainer",
  ],
  [
    "handed over by command in spite of failing checks, as long as they fail",
    [
      start,
      ["10:00", null, seen(false, ["ci"])],
      ["11:00", anna, waitsFor("maintainer")],
      ["12:00", null, seen(false, ["ci"])],
    ],
    "maintainer: waiting-for-maintainer",
  ],
  [
    "the conflict resolved",
    [start, ["10:00", null, seen(true)], ["11:00", null, seen(false)]],
    "maintainer: opened-ready",
  ],
  [
    "a new head after a conflict, until it is looked at",
    [start, ["10:00", null, seen(true)], ["11:00", mira, pushed("b")]],
    "maintainer: opened-ready",
  ],
];

const authorsTurn: readonly Row[] = [
  ["changes requested", [start, request], "author: changes-requested"],
  [
    "changes requested, and somebody else approves",
    [start, request, ["11:00", max, approves(2)]],
    "author: changes-requested",
  ],
  [
    "changes requested by two, one of them dismissed",
    [start, request, ["11:00", max, wantsChanges(2)], ["12:00", max, dismisses(2)]],
    "author: changes-requested",
  ],
  [
    "changes requested after an approval",
    [start, ["09:30", mira, approves(1)], ["10:00", mira, wantsChanges(2)]],
    "author: changes-requested",
  ],
  [
    "changes requested, with other maintainers mentioned",
    [start, ["10:00", mira, reviews("changes_requested", 1, "@max see this")]],
    "author: changes-requested",
  ],
  ["a maintainer's comment addressed to nobody", [start, question], "author: maintainer-comment"],
  [
    "a maintainer's review that is a comment",
    [start, ["10:00", mira, reviews("commented", 1)]],
    "author: maintainer-comment",
  ],
  [
    "a maintainer's comment addressed to the author's side and to maintainers",
    [start, ["10:00", mira, says("@max @anna what now?")]],
    "author: maintainer-comment",
  ],
  [
    "a maintainer's comment addressed to support's team",
    [start, ["10:00", mira, says("@acme-db/support what now?")]],
    "author: maintainer-comment",
  ],
  [
    "a maintainer's comment that mentions only themselves",
    [start, ["10:00", mira, says("(@mira, that is me)")]],
    "author: maintainer-comment",
  ],
  [
    "a maintainer's comment that mentions somebody of neither side",
    [start, ["10:00", mira, says("@zoe had this too")]],
    "author: maintainer-comment",
  ],
  ["a merge conflict", [start, ["10:00", null, seen(true)]], "author: conflict"],
  ["failing required checks", [start, ["10:00", null, seen(false, ["ci"])]], "author: checks-failing"],
  [
    "failing checks in spite of an answer, which mends nothing",
    [start, ["10:00", null, seen(false, ["ci"])], ["11:00", anna, says("hm")]],
    "author: checks-failing",
  ],
  [
    "failing checks of a new head, once handed over for those of the old one",
    [
      start,
      ["10:00", null, seen(false, ["ci"])],
      ["11:00", anna, waitsFor("maintainer")],
      ["12:00", anna, pushed("b")],
      ["13:00", null, seen(false, ["ci"])],
    ],
    "author: checks-failing",
  ],
  [
    "failing checks that had passed since they were handed over",
    [
      start,
      ["10:00", null, seen(false, ["ci"])],
      ["11:00", anna, waitsFor("maintainer")],
      ["12:00", null, seen(false)],
      ["13:00", null, seen(false, ["ci"])],
    ],
    "author: checks-failing",
  ],
  ["handed back by command", [start, ["10:00", sam, waitsFor("author")]], "author: waiting-for-author"],
  [
    "handed back by command, and only commands since",
    [start, ["10:00", sam, waitsFor("author")], ["11:00", anna, commandsOnly]],
    "author: waiting-for-author",
  ],
  ["a question, and a maintainer's push", [start, question, ["11:00", max, pushed("b")]], "author: maintainer-comment"],
  ["a question, and a bot's push", [start, question, ["11:00", ci, pushed("b")]], "author: maintainer-comment"],
  ["a question, and a bot's comment", [start, question, ["11:00", ci, says("coverage")]], "author: maintainer-comment"],
  ["a question, and a stranger's answer", [start, question, ["11:00", zoe, says("+1")]], "author: maintainer-comment"],
  [
    "a question, and another reviewer asked by a maintainer for the first time",
    [start, question, ["11:00", mira, asksForReview(max)]],
    "author: maintainer-comment",
  ],
  [
    "a question, and a reviewer asked by a bot",
    [start, question, ["11:00", ci, asksForReview(mira)]],
    "author: maintainer-comment",
  ],
  [
    "changes requested, closed and reopened",
    [start, request, ["11:00", anna, closed], ["12:00", anna, reopened]],
    "author: changes-requested",
  ],
  [
    "a question, closed and reopened by a maintainer",
    [start, question, ["11:00", mira, closed], ["12:00", mira, reopened]],
    "author: maintainer-comment",
  ],
];

const leavesTheTurn: readonly Row[] = [
  ["a maintainer's comment that is only commands", [start, ["10:00", mira, commandsOnly]], "maintainer: opened-ready"],
  [
    "a maintainer's comment to other maintainers",
    [start, ["10:00", mira, says("@Max yours?")]],
    "maintainer: opened-ready",
  ],
  [
    "a maintainer's comment to a team of maintainers",
    [start, ["10:00", mira, says("@acme-db/engine anybody?")]],
    "maintainer: opened-ready",
  ],
  [
    "a maintainer's review to other maintainers",
    [start, ["10:00", mira, reviews("commented", 1, "@max yours?")]],
    "maintainer: opened-ready",
  ],
  ["a ping by the author", [start, ["10:00", anna, says("anybody?")]], "maintainer: opened-ready"],
  ["a ping by support", [start, ["10:00", sam, says("@mira please")]], "maintainer: opened-ready"],
  ["a bot's comment", [start, ["10:00", ci, says("coverage")]], "maintainer: opened-ready"],
  ["a bot's review", [start, ["10:00", ci, wantsChanges(1)]], "maintainer: opened-ready"],
  ["a stranger's comment", [start, ["10:00", zoe, says("+1")]], "maintainer: opened-ready"],
  ["a stranger's review", [start, ["10:00", zoe, wantsChanges(1)]], "maintainer: opened-ready"],
  ["support's approval", [start, ["10:00", sam, approves(1)]], "maintainer: opened-ready"],
  ["a push without a request", [start, ["10:00", anna, pushed("b")]], "maintainer: opened-ready"],
  ["the first requests of reviews", [start, ["09:00", anna, asksForReview(mira)]], "maintainer: opened-ready"],
];

const nobodysTurn: readonly Row[] = [
  ["opened as a draft", [["09:00", anna, openedAsDraft]], "nobody: opened-draft"],
  ["made a draft", [start, ["10:00", anna, drafted]], "nobody: draft"],
  ["snoozed", [start, ["10:00", sam, snoozes("2026-03-05T00:00:00Z")]], "nobody: snoozed"],
  [
    "snoozed, whatever a maintainer asks meanwhile",
    [start, ["10:00", sam, snoozes("2026-03-05T00:00:00Z")], ["11:00", mira, wantsChanges(1)]],
    "nobody: snoozed",
  ],
  ["exempt by a label", [start, ["10:00", mira, exempted("blocked")]], "nobody: exempt-by-label"],
  ["merged", [start, ["10:00", mira, merged]], "nobody: merged"],
  [
    "merged, told as closed as well, whichever came first",
    [start, ["10:00", mira, closed], ["10:01", mira, merged], ["10:02", mira, closed]],
    "nobody: merged",
  ],
  ["landed by a word, while open", [start, ["10:00", sam, landed("command")]], "nobody: landed"],
  ["superseded, while open", [start, ["10:00", mira, superseded()]], "nobody: superseded"],
  [
    "superseded and then said to have landed: the later word",
    [start, ["10:00", mira, superseded()], ["11:00", mira, landed("command")]],
    "nobody: landed",
  ],
  [
    "seen to have landed, while open: only a closing ends it",
    [start, ["10:00", mira, landed("push")]],
    "maintainer: opened-ready",
  ],
  [
    "seen to have landed, then closed",
    [start, ["10:00", mira, landed("push")], ["11:00", mira, closed]],
    "nobody: landed",
  ],
  [
    "closed, then seen to have landed",
    [start, ["10:00", mira, closed], ["11:00", mira, landed("comment")]],
    "nobody: landed",
  ],
  ["superseded, then closed", [start, ["10:00", mira, superseded()], ["11:00", anna, closed]], "nobody: superseded"],
  ["closed, then superseded", [start, ["10:00", anna, closed], ["11:00", mira, superseded()]], "nobody: superseded"],
  [
    "said to have landed, then merged",
    [start, ["10:00", mira, landed("command")], ["11:00", mira, merged]],
    "nobody: merged",
  ],
  [
    "merged, then said to be superseded",
    [start, ["10:00", mira, merged], ["11:00", mira, superseded()]],
    "nobody: merged",
  ],
  [
    "superseded and reopened",
    [start, ["10:00", mira, superseded()], ["11:00", mira, closed], ["12:00", mira, reopened]],
    "maintainer: reopened",
  ],
  [
    "seen to have landed, closed, reopened and closed again: that explained the first closing only",
    [
      start,
      ["10:00", mira, landed("push")],
      ["11:00", mira, closed],
      ["12:00", mira, reopened],
      ["13:00", mira, closed],
    ],
    "nobody: closed",
  ],
  [
    "superseded by mistake, handed to the maintainers",
    [start, ["10:00", mira, superseded()], ["11:00", sam, waitsFor("maintainer")]],
    "maintainer: waiting-for-maintainer",
  ],
  [
    "closed, handed to the maintainers: it stays closed",
    [start, ["10:00", mira, closed], ["11:00", sam, waitsFor("maintainer")]],
    "nobody: closed",
  ],
  ["put off", [start, ["10:00", mira, putsOff("2026-03-06T09:00:00Z")]], "nobody: put-off"],
  [
    "put off, and that is over",
    [start, ["10:00", mira, putsOff("2026-03-02T11:00:00Z")], ["12:00", zoe, says("hm")]],
    "maintainer: opened-ready",
  ],
  [
    "put off, and taken up again before",
    [start, ["10:00", mira, putsOff("2026-03-06T09:00:00Z")], ["11:00", sam, unsnoozes]],
    "maintainer: opened-ready",
  ],
  [
    "snoozed, then put off: the later word",
    [start, ["10:00", mira, snoozes("2026-03-06T09:00:00Z")], ["11:00", mira, putsOff("2026-03-20T09:00:00Z")]],
    "nobody: put-off",
  ],
  ["closed", [start, ["10:00", anna, closed]], "nobody: closed"],
  [
    "closed, whatever is said afterwards",
    [start, ["10:00", anna, closed], ["11:00", mira, says("oh")]],
    "nobody: closed",
  ],
  ["the repository archived", [start, ["10:00", null, archived]], "nobody: archived"],
];

const afterwards: readonly Row[] = [
  [
    "the snooze lifted",
    [start, ["10:00", sam, snoozes("2026-03-05T00:00:00Z")], ["11:00", sam, unsnoozes]],
    "maintainer: opened-ready",
  ],
  ["the snooze over", [start, ["10:00", sam, snoozes("2026-03-02T12:00:00Z")]], "maintainer: opened-ready"],
  [
    "the snooze over, and something asked meanwhile",
    [start, ["10:00", sam, snoozes("2026-03-02T12:00:00Z")], ["11:00", mira, wantsChanges(1)]],
    "author: changes-requested",
  ],
  [
    "the label taken off, in whatever letters",
    [start, ["10:00", mira, exempted("blocked")], ["11:00", mira, exemptionEnded("Blocked")]],
    "maintainer: opened-ready",
  ],
  [
    "one of two labels taken off",
    [
      start,
      ["10:00", mira, exempted("blocked")],
      ["10:30", mira, exempted("wip")],
      ["11:00", mira, exemptionEnded("blocked")],
    ],
    "nobody: exempt-by-label",
  ],
  ["reopened", [start, ["10:00", mira, closed], ["11:00", anna, reopened]], "maintainer: reopened"],
  [
    "reopened by the author after a question",
    [start, question, ["11:00", mira, closed], ["12:00", anna, reopened]],
    "maintainer: reopened",
  ],
  [
    "reopened after requested changes were pushed",
    [start, request, ["11:00", anna, pushed("b")], ["12:00", mira, closed], ["13:00", mira, reopened]],
    "maintainer: reopened",
  ],
  ["no longer archived", [start, ["10:00", null, archived], ["11:00", null, unarchived]], "maintainer: opened-ready"],
];

describe.each([
  ["It is the maintainers' turn", maintainersTurn],
  ["It is the author's turn", authorsTurn],
  ["The turn is left as it was", leavesTheTurn],
  ["It is nobody's turn", nobodysTurn],
  ["It is somebody's turn again", afterwards],
])("%s:", (_, rows) => {
  test.each(rows)("%s", (_sentence, events, expected) => {
    const { turn, because } = stands(timeline(...events), "16:00");

    expect(`${turn}: ${because.code}`).toBe(expected);
  });
});

test("a draft is the maintainers' where the policy does not exempt drafts", () => {
  const standing = stands(timeline(["09:00", anna, openedAsDraft]), "12:00", {
    exemption: { drafts: false, whole: null },
  });

  expect(standing.turn).toBe("maintainer");
});

test("a patch of an exempt author is nobody's turn, whatever happens", () => {
  const whole = { code: "exempt-author", by: "anna" } as const;

  const standing = stands(timeline(start, request), "12:00", { exemption: { drafts: true, whole } });

  expect([standing.turn, standing.because]).toEqual(["nobody", whole]);
});

test("what is still to come does not count yet", () => {
  expect(stands(timeline(start, request), "09:30").turn).toBe("maintainer");
});

test("a patch of which nothing is known has waited for nobody yet", () => {
  expect(stands([], "09:30")).toMatchObject({ turn: "maintainer", clockMillis: 0, lastResponse: null, round: "first" });
});
