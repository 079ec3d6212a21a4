// Everything that can be read in a repository, with poison in every place for data.

import { caseCommentText } from "../../src/cases/comment-messages.ts";
import { type CaseNote, caseNoteText, pullText, releaseText, reportDueText } from "../../src/cases/messages.ts";
import type { Roles } from "../../src/commands/authority.ts";
import { VERBS } from "../../src/commands/command.ts";
import { exampleOf } from "../../src/commands/examples.ts";
import { helpText } from "../../src/commands/help.ts";
import {
  noPatchesText,
  problemSentence,
  problemText,
  refusalSentence,
  refusalText,
} from "../../src/commands/messages.ts";
import { listed, written } from "../../src/commands/quoting.ts";
import { literal } from "../../src/effects/public-text.ts";
import { lacksIn } from "../../src/escalations/lack-messages.ts";
import { dossierMessage } from "../../src/escalations/messages-dossier.ts";
import { decisionRequestText } from "../../src/escalations/messages-request.ts";
import { renderMarkdown } from "../../src/notify/render-markdown.ts";
import type { Decided } from "../../src/patches/decided.ts";
import {
  authorTurnText,
  caseStatusText,
  type NextStep,
  type StatusView,
  statusText,
  stepText,
  timesIn,
} from "../../src/patches/messages.ts";
import { reasonText } from "../../src/patches/reasons.ts";
import { caseWhyText, clockText, type WhyView, whyText } from "../../src/patches/why-messages.ts";
import { exactTime, roughTime } from "../../src/patches/working-time.ts";
import { badPolicyReport, goodPolicyReport } from "../../src/policy/messages.ts";
import type { Language, Severity } from "../../src/policy/policy.ts";
import { addressed, reminderText } from "../../src/reminders/messages.ts";
import { AT, type KnownFile, POISON, piece, plainly, publicly, WAITING } from "./poison.ts";
import { dossierAbout } from "./private-texts.ts";
import { everyHappening, everyLack, everyNext, everyProblem, everyReason, everyRefusal } from "./reasons.ts";

const timezone = "UTC";
const addressees = {
  mention: [{ kind: "person", login: "mira" }],
  named: [{ kind: "team", organization: "acme-db", slug: "engine" }],
} as const;
const severities: readonly (Severity | null)[] = ["S1", null];
const pull = { reference: POISON.pull, url: `https://github.example/${POISON.pull}`, title: POISON.title };

const steps: readonly NextStep[] = everyNext.map((because) => ({ kind: "reminder", at: AT, because }));

const statusViews = (language: Language): readonly [StatusView, ...StatusView[]] => {
  const view = (patch: string | null, showsSeverity: boolean): StatusView => ({
    language,
    timezone,
    patch,
    confirmed: [{ reference: POISON.reference, title: POISON.title, severity: "S1" }],
    proposed: [{ reference: POISON.otherReference, title: POISON.otherTitle, severity: null }],
    perhapsOf: [POISON.customer, POISON.otherCustomer],
    showsSeverity,
    turn: {
      side: "author",
      sinceAt: AT,
      worked: WAITING,
      because: { code: "put-off", by: "mira", at: AT, until: AT, reason: POISON.reason },
    },
    next: { kind: "nothing", at: null, because: { code: "owner-to-decide" } },
  });
  return [view(null, true), view(POISON.pull, false)];
};

const whyViews = (language: Language): readonly WhyView[] =>
  steps.map((next, index) => ({
    language,
    timezone,
    patch: index === 0 ? null : POISON.pull,
    facts: everyHappening,
    next,
  }));

const done = { by: "mira", at: AT };
const wordsUrl = `https://github.example/${POISON.pull}`;
const NOTES: { readonly [Kind in CaseNote["kind"]]: Extract<CaseNote, { kind: Kind }> } = {
  merged: { kind: "merged", ...done, wordsUrl },
  landed: { kind: "landed", ...done, with: POISON.pull, wordsUrl },
  superseded: { kind: "superseded", ...done, pull: POISON.pull, wordsUrl },
  declined: { kind: "declined", ...done, wordsUrl },
  reopened: { kind: "reopened", ...done },
  "put-off": { kind: "put-off", ...done, untilAt: AT, reason: POISON.reason },
  shipped: { kind: "shipped", at: AT, tag: "v1", name: null, url: wordsUrl, author: "anna", consultant: "kenji" },
};

const ENDS: { readonly [Kind in Decided["kind"]]: Extract<Decided, { kind: Kind }> } = {
  merged: { kind: "merged", ...done },
  landed: { kind: "landed", ...done, sha: null, pull: POISON.pull },
  superseded: { kind: "superseded", ...done, byPatch: "10#7", pull: POISON.pull },
  declined: { kind: "declined", ...done, isSure: false, sureAt: AT },
};

const everybody: Roles = { isSupporter: true, isMaintainer: true, isAuthor: true, isDecider: true };

export const PUBLIC_TEXTS: Readonly<Record<string, KnownFile>> = {
  "reminders/messages.ts": {
    reminderText: publicly((language) =>
      everyReason.flatMap((because) =>
        severities.map((severity) =>
          reminderText({
            language,
            timezone,
            addressees,
            waiting: WAITING,
            isUnderContract: true,
            severity,
            references: [POISON.reference],
            because,
          }),
        ),
      ),
    ),
    addressed: publicly((language) => [addressed(addressees, language)]),
  },
  "patches/messages.ts": {
    authorTurnText: publicly((language) =>
      everyHappening.map((asked) =>
        authorTurnText({
          language,
          timezone,
          addressees,
          waiting: WAITING,
          sinceAt: AT,
          asked,
          because: { code: "author-turn-due", target: { amount: 3, unit: "d" } },
        }),
      ),
    ),
    statusText: publicly((language) => statusViews(language).map(statusText)),
    caseStatusText: publicly((language) => [caseStatusText(statusViews(language))]),
    stepText: publicly((language) => steps.map((step) => stepText(step, { language, timezone }))),
    timesIn: publicly((language) => [timesIn({ language, timezone })]),
  },
  "patches/why-messages.ts": {
    whyText: publicly((language) => whyViews(language).map(whyText)),
    caseWhyText: publicly((language) => [caseWhyText(whyViews(language))]),
    clockText: publicly((language) => everyHappening.map((happening) => clockText(happening, language))),
  },
  "patches/reasons.ts": {
    reasonText: publicly((language) => everyReason.map((reason) => reasonText(reason, { language, timezone }))),
    isReasonCode: piece("no text: whether a word is the code of a reason"),
    becauseOf: piece("reasonText as one line for a row, rendered for none"),
    insideBecauseOf: piece("reasonText as one line for a row that only the team reads"),
  },
  "patches/reasons-en.ts": {
    reasonsInEnglish: piece("every one of them is in reasonText"),
    durationInEnglish: piece("a number and a unit"),
  },
  "patches/reasons-ja.ts": {
    reasonsInJapanese: piece("every one of them is in reasonText"),
    durationInJapanese: piece("a number and a unit"),
  },
  "patches/working-time.ts": {
    roughTime: publicly((language) => [roughTime(WAITING, language)]),
    exactTime: publicly((language) => [exactTime(WAITING, language)]),
  },
  "commands/messages.ts": {
    problemText: publicly((language) => everyProblem.map((problem) => problemText(problem, language))),
    refusalText: publicly((language) =>
      everyRefusal.map((reason) =>
        refusalText(reason, {
          language,
          command: { verb: "stake", words: POISON.stake },
        }),
      ),
    ),
    refusalSentence: publicly((language) => everyRefusal.map((reason) => refusalSentence(reason, language))),
    problemSentence: publicly((language) => everyProblem.map((problem) => problemSentence(problem, language))),
    noPatchesText: publicly((language) => [noPatchesText(language)]),
  },
  "commands/messages-en.ts": { english: piece("every text of it is in problemText or refusalText") },
  "commands/messages-ja.ts": { japanese: piece("every text of it is in problemText or refusalText") },
  "commands/examples.ts": {
    exampleOf: publicly((language) => VERBS.map((verb) => exampleOf(verb, language))),
  },
  "commands/quoting.ts": {
    written: publicly(() => VERBS.map(written)),
    listed: publicly(() => [listed([POISON.reference], literal(", "))], "reference"),
  },
  "commands/help.ts": {
    helpText: publicly((language) =>
      ([true, false] as const).flatMap((mayTellOwnWords) =>
        (["patch", "case"] as const).map((on) => helpText(everybody, { on, mayTellOwnWords }, language)),
      ),
    ),
  },
  "commands/run.ts": { runCommands: piece("joins the refusals of one comment") },
  "escalations/lack-messages.ts": {
    lacksIn: publicly((language) => lacksIn(everyLack, { language, timezone })),
  },
  "escalations/messages-request.ts": {
    decisionRequestText: publicly((language) =>
      severities.map((severity) =>
        decisionRequestText({
          language,
          timezone,
          ...addressees,
          decideByAt: AT,
          severity,
          isUnderContract: true,
          waited: WAITING,
        }),
      ),
    ),
  },
  // Written in private case repositories alone.
  "cases/messages.ts": {
    caseNoteText: publicly(
      (language) => Object.values(NOTES).map((note) => caseNoteText({ language, timezone, pull, note })),
      "full",
    ),
    reportDueText: publicly((language) => [reportDueText("2026-03-20", language)], "full"),
    pullText: publicly(() => [pullText(pull)], "full"),
    releaseText: publicly(() => [releaseText({ tag: "v1", name: POISON.title, url: null })], "full"),
  },
  "cases/comment-messages.ts": {
    caseCommentText: publicly(
      (language) => [
        caseCommentText({
          language,
          timezone,
          patches: [
            ...Object.values(ENDS).map((decided) => ({ pull, decided, release: null, standing: null, next: null })),
            ...everyNext.map((because) => ({
              pull,
              decided: null,
              release: null,
              standing: { turn: "maintainer" as const, sinceAt: AT, because },
              next: { at: AT, because },
            })),
          ],
          dossiers: [
            renderMarkdown(
              dossierMessage(dossierAbout("deciders"), { kind: "support", language, timezone, choices: [] }),
            ),
          ],
          severity: "S1",
          summary: POISON.summary,
          workaround: POISON.workaround,
          neededBy: { date: "2026-04-01", why: POISON.why },
          nextReport: "2026-03-20",
        }),
      ],
      "full",
    ),
  },
  // A check run says what stands in the policy file beside it, which everybody who reads the one can read.
  "policy/messages.ts": {
    goodPolicyReport: plainly([], () => {
      const { title, summary } = goodPolicyReport("acme-db/engine/.github/patch-advocate.yml", []);
      return [title, summary];
    }),
    badPolicyReport: plainly([], () => {
      const error = { line: 1, column: 1, path: "mode", message: "must be act or observe" };
      const { title, summary } = badPolicyReport("acme-db/engine/.github/patch-advocate.yml", [error], AT);
      return [title, summary];
    }),
  },
};
