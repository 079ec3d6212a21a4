// The English words for every reason, a clause each. Apart, so that one person can read a language from top to bottom.

import {
  code,
  count,
  escaped,
  isoDate,
  isoMinute,
  joined,
  literal,
  login,
  noText,
  type PublicText,
  publicText,
  whereAllowed,
} from "../effects/public-text.ts";
import type { Duration } from "../policy/policy.ts";
import type { ReasonTexts } from "./reasons.ts";

const who = (by: string | null): PublicText => (by === null ? literal("somebody") : login(by));

const names = (people: readonly string[]): PublicText => joined(people.map(login), literal(", "));

const units = {
  s: [literal("second"), literal("seconds")],
  m: [literal("minute"), literal("minutes")],
  h: [literal("working hour"), literal("working hours")],
  d: [literal("working day"), literal("working days")],
  w: [literal("working week"), literal("working weeks")],
} as const;

/** "1 working day", "4 working hours". */
export const durationInEnglish = ({ amount, unit }: Duration): PublicText =>
  publicText`${count(amount)} ${units[unit][amount === 1 ? 0 : 1]}`;

const because = (reason: string | null): PublicText =>
  reason === null ? noText : whereAllowed("full", publicText`: ${escaped(reason, "full")}`);

export const reasonsInEnglish: ReasonTexts = {
  "opened-ready": ({ by }) => publicText`${who(by)} opened it, ready for review`,
  "ready-for-review": ({ by }) => publicText`${who(by)} marked it ready for review`,
  reopened: ({ by }) => publicText`${who(by)} reopened it`,
  "pushed-after-request": ({ by }) => publicText`${who(by)} pushed an update after a maintainer’s request`,
  "comment-by-author-side": ({ by }) => publicText`${who(by)} answered for the author’s side`,
  "review-reply-by-author-side": ({ by }) => publicText`${who(by)} replied to the review for the author’s side`,
  "review-requested": ({ by, of }) =>
    publicText`${who(by)} requested a review${of === null ? noText : publicText` from ${login(of)}`}`,
  "review-requested-again": ({ by, of }) =>
    publicText`${who(by)} requested another review${of === null ? noText : publicText` from ${login(of)}`}`,
  "review-dismissed": ({ by }) => publicText`${who(by)} dismissed the review that asked for changes`,
  "approved-not-merged": ({ by }) => publicText`${who(by)} approved it, and it is not merged yet`,
  "waiting-for-maintainer": ({ by }) =>
    publicText`${who(by)} handed it to the maintainers with ${code("/case waiting maintainer", "none")}`,
  "conflict-resolved": () => literal("it no longer conflicts with its base branch"),
  "checks-passing": () => literal("its required checks no longer fail"),
  "changes-requested": ({ by }) => publicText`${who(by)} requested changes`,
  "maintainer-comment": ({ by }) => publicText`${who(by)}, a maintainer, commented`,
  "waiting-for-author": ({ by }) =>
    publicText`${who(by)} handed it to the author’s side with ${code("/case waiting author", "none")}`,
  conflict: () => literal("it conflicts with its base branch"),
  "checks-failing": ({ checks }) =>
    checks.length === 0
      ? literal("required checks fail")
      : publicText`required checks fail: ${joined(
          checks.slice(0, 5).map((check) => code(check, "none")),
          literal(", "),
        )}`,
  "opened-draft": ({ by }) => publicText`${who(by)} opened it as a draft`,
  draft: ({ by }) => publicText`${who(by)} made it a draft`,
  snoozed: ({ by, until, reason }, timezone) =>
    publicText`${who(by)} put it off until ${isoDate(until, timezone)}${because(reason)}`,
  "put-off": ({ by, until, reason }, timezone) =>
    publicText`${who(by)} decided to come back to it on ${isoDate(until, timezone)}${because(reason)}`,
  "exempt-by-label": ({ label }) => publicText`its label ${code(label, "none")} exempts it`,
  "exempt-author": ({ by }) => publicText`the policy exempts pull requests by ${login(by)}`,
  "exempt-bot": ({ by }) => publicText`its author ${login(by)} is a bot, and the policy exempts those`,
  merged: ({ by }) => publicText`${who(by)} merged it`,
  closed: ({ by }) => publicText`${who(by)} closed it`,
  landed: ({ by }) =>
    by === null
      ? literal("the change has landed another way")
      : publicText`${login(by)} said that the change has landed another way`,
  superseded: ({ by }) => publicText`${who(by)} said that another pull request supersedes it`,
  archived: () => literal("the repository is archived"),
  unsnoozed: ({ by }) => publicText`${who(by)} ended the snooze`,
  "snooze-ended": () => literal("the snooze ended"),
  unarchived: () => literal("the repository is no longer archived"),
  response: ({ by, how }) =>
    publicText`${who(by)} responded with a ${how === "review" ? literal("review") : literal("comment")}`,
  "response-only-commands": ({ by }) =>
    publicText`${who(by)} responded with commands only, which leaves the turn as it was`,
  "response-to-maintainers": ({ by }) =>
    publicText`${who(by)} responded to other maintainers, which leaves the turn as it was`,
  "pinged-by-author-side": ({ by }) =>
    publicText`${who(by)} asked again for the author’s side, which does not restart the clock`,
  "carried-over": ({ pull }) =>
    publicText`it took the place of ${whereAllowed("reference", code(pull, "reference"), literal("another pull request"))}, whose waiting counts on`,
  "escalation-asked": ({ by }) => publicText`${who(by)} asked for the next step up`,
  asked: ({ by, people }) => publicText`${who(by)} asked ${names(people)} to answer`,
  taken: ({ by, until }, timezone) => publicText`${who(by)} has it in hand until ${isoDate(until, timezone)}`,
  "take-ended": () => literal("the time in which somebody had it in hand ended"),
  quieted: ({ by, until }, timezone) =>
    publicText`${who(by)} asked for no reminders here until ${isoDate(until, timezone)}`,
  reminded: ({ n, people }) =>
    people.length === 0
      ? publicText`reminder ${count(n)} went out`
      : publicText`reminder ${count(n)} went to ${names(people)}`,
  "author-side-told": () => literal("the author’s side was told that it is their turn"),

  // Whether a severity may be read depends on its label, which is not known here; the reminder itself names it where it may.
  "reminder-due": ({ target, severity }) =>
    publicText`${
      severity === null ? noText : whereAllowed("full", publicText`for severity ${code(severity, "full")}, `)
    }a reminder is due after ${durationInEnglish(target)} without a response`,
  "next-reminder-due": ({ every, n, limit }) =>
    publicText`reminder ${count(n)} of at most ${count(limit)} is due ${durationInEnglish(every)} after the one before`,
  "escalation-due": ({ reminders, every }) =>
    reminders === 0
      ? literal("no reminders are to be sent, so the next step up is due instead")
      : publicText`the next step up is due once ${count(reminders)} ${reminders === 1 ? literal("reminder") : literal("reminders")} and another ${durationInEnglish(every)} have passed without a response`,
  "nobody-to-remind": () => literal("there is no maintainer who could be reminded, so the next step up is due"),
  "target-missed": ({ target }) =>
    publicText`the ${durationInEnglish(target)} within which an answer was promised have passed`,
  "escalation-asked-for": () => literal("the next step up was asked for"),
  "support-asked": ({ until }, timezone) =>
    inside(publicText`support is asked for what the dossier lacks until ${isoMinute(until, timezone)}`),
  "owner-to-decide": () => inside(literal("the account owner decides whether it goes before those who decide")),
  "owner-asked": ({ until }, timezone) =>
    inside(publicText`the account owner is asked for an answer until ${isoMinute(until, timezone)}`),
  "owner-not-answered": ({ within }) =>
    inside(publicText`the account owner has not answered within ${durationInEnglish(within)}`),
  "owner-silent": () => inside(literal("the account owner was asked twice and has not been heard")),
  "owner-waits": ({ until }, timezone) =>
    inside(publicText`the account owner wants to wait until ${isoDate(until, timezone)}`),
  "owner-refused": () => inside(literal("the account owner does not want it to go further")),
  "deciders-to-decide": () => literal("those who decide are asked for a decision"),
  "deciders-asked": ({ until }, timezone) => publicText`a decision is asked for by ${isoMinute(until, timezone)}`,
  "ladder-paused": () => literal("there was an answer, so the steps up rest"),
  "author-to-act": () => literal("the author’s side has to act first, so the steps up rest"),
  "author-turn-due": ({ target }) =>
    publicText`the author’s side is told after ${durationInEnglish(target)} of its turn`,
  "author-turn-listed": ({ every }) =>
    publicText`it is listed as waiting for us once the author’s side has not acted for ${durationInEnglish(every)} after it was told`,
  "still-nobodys-turn": ({ workingDays }) =>
    publicText`it has been nobody’s turn for ${count(workingDays)} working days, so support is told`,
  "repository-limit-reached": ({ limit, until }, timezone) =>
    publicText`this repository gets at most ${count(limit)} reminders a day${after(until, timezone)}`,
  "maintainer-limit-reached": ({ limit, until }, timezone) =>
    publicText`a maintainer gets at most ${count(limit)} reminders a week${after(until, timezone)}`,
  "outside-hours": ({ until }, timezone) =>
    publicText`it waits for working hours, which begin at ${isoMinute(until, timezone)}`,
  quiet: ({ until }, timezone) => publicText`no reminders are wanted here until ${isoDate(until, timezone)}`,
  "everybody-quiet": () => literal("quiet was asked for everybody who could be reminded"),
  unwanted: ({ until }, timezone) =>
    publicText`an earlier comment or label of this app was taken away here, so it stays silent until ${isoDate(until, timezone)}`,
  "taken-until": ({ until }, timezone) => publicText`somebody has it in hand until ${isoDate(until, timezone)}`,
  "snoozed-until": ({ until }, timezone) => publicText`it is put off until ${isoDate(until, timezone)}`,
  "nobodys-turn": () => literal("it is nobody’s turn"),
  gone: () => literal("GitHub does not show it any more"),
  observing: () => literal("the policy lets this app observe only"),
  "no-policy": () => literal("there is no policy file, so this app observes only"),
  paused: () => literal("this app is paused"),
  "not-tracked": () => literal("no confirmed case is linked, and nothing else asks this app to follow it"),
  proposal: () => literal("its link to a case is only proposed; somebody in support can confirm it"),
  "not-installed": () => literal("this app is not installed on the repository and only reads it"),
};

/** What goes on on the customer's side is told where references may be; elsewhere only that something does. */
const inside = (text: PublicText): PublicText =>
  whereAllowed("reference", text, literal("the next step up is under way"));

function after(until: number | null, timezone: string): PublicText {
  return until === null ? noText : publicText`; the next is possible from ${isoMinute(until, timezone)} on`;
}
