// Every reason, refusal and mistake once, with poison wherever it holds something private: one that is new has to be added before this
// type-checks.
import type { CommandProblem, ProblemCode } from "../../src/commands/command.ts";
import type { RefusalReason } from "../../src/commands/refusal.ts";
import type { Lack, LackCode } from "../../src/escalations/decidable.ts";
import type { Happening, NextReason, Reason } from "../../src/patches/reasons.ts";
import { AT, POISON } from "./poison.ts";

type ByCode<Union extends { readonly code: string }> = {
  readonly [Code in Union["code"]]: Extract<Union, { readonly code: Code }>;
};

const done = { by: "mira", at: AT };
const until = AT + 7 * 24 * 3_600_000;
const days = { amount: 5, unit: "d" } as const;

const HAPPENINGS: ByCode<Happening> = {
  "opened-ready": { code: "opened-ready", ...done },
  "ready-for-review": { code: "ready-for-review", ...done },
  reopened: { code: "reopened", ...done },
  "pushed-after-request": { code: "pushed-after-request", ...done },
  "comment-by-author-side": { code: "comment-by-author-side", ...done },
  "review-reply-by-author-side": { code: "review-reply-by-author-side", ...done },
  "review-requested": { code: "review-requested", ...done, of: "noel" },
  "review-requested-again": { code: "review-requested-again", ...done, of: "noel" },
  "review-dismissed": { code: "review-dismissed", ...done },
  "approved-not-merged": { code: "approved-not-merged", ...done },
  "waiting-for-maintainer": { code: "waiting-for-maintainer", ...done },
  "conflict-resolved": { code: "conflict-resolved", at: AT },
  "checks-passing": { code: "checks-passing", at: AT },
  "changes-requested": { code: "changes-requested", ...done },
  "maintainer-comment": { code: "maintainer-comment", ...done },
  "waiting-for-author": { code: "waiting-for-author", ...done },
  conflict: { code: "conflict", at: AT },
  "checks-failing": { code: "checks-failing", at: AT, checks: ["ci"] },
  "opened-draft": { code: "opened-draft", ...done },
  draft: { code: "draft", ...done },
  snoozed: { code: "snoozed", ...done, until, reason: POISON.reason },
  "put-off": { code: "put-off", ...done, until, reason: POISON.reason },
  "exempt-by-label": { code: "exempt-by-label", label: "wip", at: AT },
  "exempt-author": { code: "exempt-author", by: "mira" },
  "exempt-bot": { code: "exempt-bot", by: "bot" },
  merged: { code: "merged", ...done },
  closed: { code: "closed", ...done },
  landed: { code: "landed", ...done },
  superseded: { code: "superseded", ...done },
  archived: { code: "archived", at: AT },
  unsnoozed: { code: "unsnoozed", ...done },
  "snooze-ended": { code: "snooze-ended", at: AT },
  unarchived: { code: "unarchived", at: AT },
  response: { code: "response", how: "review", ...done },
  "response-only-commands": { code: "response-only-commands", ...done },
  "response-to-maintainers": { code: "response-to-maintainers", ...done },
  "carried-over": { code: "carried-over", at: AT, pull: POISON.pull },
  "pinged-by-author-side": { code: "pinged-by-author-side", ...done },
  asked: { code: "asked", ...done, people: ["noel"] },
  taken: { code: "taken", ...done, until },
  "escalation-asked": { code: "escalation-asked", ...done },
  "take-ended": { code: "take-ended", at: AT },
  quieted: { code: "quieted", ...done, until },
  reminded: { code: "reminded", at: AT, n: 1, people: ["noel"] },
  "author-side-told": { code: "author-side-told", at: AT },
};

const NEXT: ByCode<NextReason> = {
  "reminder-due": { code: "reminder-due", target: days, severity: "S2" },
  "next-reminder-due": { code: "next-reminder-due", every: days, n: 2, limit: 3 },
  "escalation-due": { code: "escalation-due", reminders: 2, every: days },
  "nobody-to-remind": { code: "nobody-to-remind" },
  "target-missed": { code: "target-missed", target: days },
  "escalation-asked-for": { code: "escalation-asked-for" },
  "support-asked": { code: "support-asked", until },
  "owner-to-decide": { code: "owner-to-decide" },
  "owner-asked": { code: "owner-asked", until },
  "owner-not-answered": { code: "owner-not-answered", within: days },
  "owner-silent": { code: "owner-silent" },
  "owner-waits": { code: "owner-waits", until },
  "owner-refused": { code: "owner-refused" },
  "deciders-to-decide": { code: "deciders-to-decide" },
  "deciders-asked": { code: "deciders-asked", until },
  "ladder-paused": { code: "ladder-paused" },
  "author-to-act": { code: "author-to-act" },
  gone: { code: "gone" },
  "author-turn-due": { code: "author-turn-due", target: days },
  "author-turn-listed": { code: "author-turn-listed", every: days },
  "still-nobodys-turn": { code: "still-nobodys-turn", workingDays: 20 },
  "repository-limit-reached": { code: "repository-limit-reached", limit: 5, until },
  "maintainer-limit-reached": { code: "maintainer-limit-reached", limit: 3, until },
  "outside-hours": { code: "outside-hours", until },
  quiet: { code: "quiet", until },
  "everybody-quiet": { code: "everybody-quiet" },
  unwanted: { code: "unwanted", until },
  "taken-until": { code: "taken-until", until },
  "snoozed-until": { code: "snoozed-until", until },
  "nobodys-turn": { code: "nobodys-turn" },
  observing: { code: "observing" },
  "no-policy": { code: "no-policy" },
  paused: { code: "paused" },
  "not-tracked": { code: "not-tracked" },
  proposal: { code: "proposal" },
  "not-installed": { code: "not-installed" },
};

const LACKS: { readonly [Code in LackCode]: Extract<Lack, { code: Code }> } = {
  closed: { code: "closed", who: "nobody" },
  archived: { code: "archived", who: "nobody" },
  unknown: { code: "unknown", who: "nobody" },
  draft: { code: "draft", who: "author" },
  snoozed: { code: "snoozed", who: "nobody", until },
  exempt: { code: "exempt", who: "maintainers" },
  conflict: { code: "conflict", who: "author" },
  "checks-failing": { code: "checks-failing", who: "maintainers", checks: ["ci"] },
  "not-maintainers-turn": { code: "not-maintainers-turn", who: "author" },
};

const { reference, customer, pull } = POISON;

const REFUSALS: ByCode<RefusalReason> = {
  "not-here": { code: "not-here" },
  "only-on-patch": { code: "only-on-patch" },
  "unknown-case": { code: "unknown-case", reference },
  "unknown-customer": { code: "unknown-customer", customer },
  "not-a-case-repository": { code: "not-a-case-repository", reference: pull },
  "not-a-patch": { code: "not-a-patch", reference },
  "not-installed": { code: "not-installed", repository: pull },
  "no-case-linked": { code: "no-case-linked" },
  "no-patch-linked": { code: "no-patch-linked" },
  "which-case": { code: "which-case", references: [reference] },
  "write-on-case": { code: "write-on-case", references: [reference] },
  "anyway-needs-reason": { code: "anyway-needs-reason" },
  "only-observes": { code: "only-observes" },
  "anyway-not-yours": { code: "anyway-not-yours" },
  "cannot-be-decided": {
    code: "cannot-be-decided",
    lacks: Object.values(LACKS),
    mayInsist: true,
    timezone: "UTC",
  },
  "some-cannot-be-decided": { code: "some-cannot-be-decided", count: 1, of: 2, mayInsist: true },
  "already-merged": { code: "already-merged" },
  itself: { code: "itself" },
  "superseded-by-this": { code: "superseded-by-this" },
  "no-such-commit": { code: "no-such-commit", reference: pull },
  "no-such-pull": { code: "no-such-pull", reference: pull },
  "not-merged": { code: "not-merged", reference: pull },
  "not-in-default-branch": { code: "not-in-default-branch", reference: pull, branch: "main" },
  "foreign-team": { code: "foreign-team", team: pull },
  "unknown-person": { code: "unknown-person", login: "nobody" },
  "in-the-past": { code: "in-the-past" },
  "too-far": { code: "too-far" },
  "taken-twice": { code: "taken-twice" },
  "take-too-long": { code: "take-too-long", longestAt: AT, timezone: "UTC" },
};

const PROBLEMS: Readonly<Record<ProblemCode, true>> = {
  "missing-verb": true,
  "unknown-verb": true,
  "missing-argument": true,
  "bad-reference": true,
  "bad-landing": true,
  "bad-pull": true,
  "bad-severity": true,
  "bad-customer": true,
  "bad-date": true,
  "bad-duration": true,
  "bad-until": true,
  "bad-person": true,
  "bad-side": true,
  "missing-reason": true,
  "too-many-words": true,
  "too-long": true,
  "too-many-commands": true,
};

export const everyHappening: readonly Happening[] = Object.values(HAPPENINGS);
export const everyNext: readonly NextReason[] = Object.values(NEXT);
export const everyReason: readonly Reason[] = [...everyHappening, ...everyNext];
export const everyLack: readonly Lack[] = Object.values(LACKS);
export const everyRefusal: readonly RefusalReason[] = Object.values(REFUSALS);

export const everyProblem: readonly CommandProblem[] = (Object.keys(PROBLEMS) as readonly ProblemCode[]).flatMap(
  (code) =>
    (["stake", null] as const).map((verb) => ({
      code,
      verb,
      nearest: "status" as const,
      text: `/case stake ${POISON.stake} ${POISON.customer}`,
      occurrence: 1,
    })),
);
