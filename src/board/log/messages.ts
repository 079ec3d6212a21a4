// Every text of the log, in both languages; what rows were called by us is said in words, and what is not known here keeps its own.
import type { EscalationAnswer } from "../../choices/answer.ts";
import type { CommandOutcome } from "../../commands/decide.ts";
import type { Effect } from "../../effects/effect.ts";
import type { LadderMove, LadderStep } from "../../escalations/escalation.ts";
import type { NoticeKind } from "../../notify/notice.ts";
import type { Step } from "../../patches/next-step.ts";
import type { Language } from "../../policy/policy.ts";
import type { LogDays, LogKind } from "./entry.ts";
import { LOG_IN_JAPANESE } from "./messages-ja.ts";
import type { LogFilter } from "./parse.ts";

type Words<Code extends string> = Readonly<Record<Code, string>>;

export type LogTexts = {
  readonly title: string;
  readonly intro: string;
  readonly filters: string;
  readonly kind: string;
  readonly anyKind: string;
  readonly patch: string;
  readonly patchHint: string;
  readonly person: string;
  readonly personHint: string;
  readonly text: string;
  readonly days: string;
  readonly lastDays: Readonly<Record<LogDays, string>>;
  readonly apply: string;
  readonly clear: string;
  readonly unknown: (filters: readonly string[]) => string;
  readonly filterNames: Readonly<Record<LogFilter, string>>;
  readonly noSuchPatch: (patch: string) => string;
  readonly caption: string;
  readonly columns: {
    readonly at: string;
    readonly kind: string;
    readonly what: string;
    readonly about: string;
    readonly who: string;
    readonly because: string;
    readonly outcome: string;
  };
  readonly kinds: Readonly<Record<LogKind, string>>;
  readonly decisions: Words<Step["kind"]>;
  readonly steps: Words<
    LadderStep["kind"] | Extract<LadderMove["kind"], "pause" | "resume" | "end"> | `answer-${EscalationAnswer["kind"]}`
  >;
  readonly writes: Words<Effect["kind"]>;
  readonly states: Words<"done" | "withdrawn" | "failed" | "observed">;
  readonly commands: Words<CommandOutcome["kind"] | "problem">;
  readonly notices: Words<NoticeKind>;
  readonly channels: Words<"webhook" | "pagerduty">;
  readonly putOn: (labels: string) => string;
  readonly tookOff: (labels: string) => string;
  readonly wouldPutOn: (labels: string) => string;
  readonly wouldTakeOff: (labels: string) => string;
  readonly comma: string;
  readonly nothing: string;
  readonly nothingFound: string;
  readonly older: string;
  readonly newest: string;
  readonly searchedTo: (when: string) => string;
  readonly searchOn: string;
  readonly csv: string;
};

/** A word of ours, else what stands there: a newer or older release may know more. */
export const inWords = (words: Readonly<Record<string, string>>, code: string): string =>
  Object.hasOwn(words, code) ? (words[code] ?? code) : code;

export const LOG_TEXTS: Readonly<Record<Language, LogTexts>> = {
  en: {
    title: "Log",
    intro:
      "What was decided, said and done, the newest first, each with its because. Texts to people are not kept here.",
    filters: "What to show",
    kind: "Kind",
    anyKind: "Everything",
    patch: "Patch",
    patchHint: "repository#number, such as engine#42",
    person: "Person",
    personHint: "who wrote a command or acted on this board",
    text: "Words",
    days: "Period",
    lastDays: { 7: "Last 7 days", 30: "Last 30 days", 90: "Last 90 days", 365: "Last year" },
    apply: "Show",
    clear: "Show everything",
    unknown: (filters) =>
      `${filters.join(", ")}: this is not known here, so it was left out. Choose from the fields below.`,
    filterNames: {
      kind: "Kind",
      patch: "Patch",
      person: "Person",
      text: "Words",
      days: "Period",
      before: "Place in the list",
    },
    noSuchPatch: (patch) => `No patch ${patch} is known here. Write repository#number, such as engine#42.`,
    caption: "Entries, the newest first",
    columns: {
      at: "When",
      kind: "Kind",
      what: "What",
      about: "About",
      who: "Who",
      because: "Because",
      outcome: "Outcome",
    },
    kinds: {
      act: "Act on the board",
      command: "Command",
      escalation: "Escalation",
      write: "On GitHub",
      notice: "Private message",
      decision: "Decision",
    },
    decisions: {
      none: "nothing to do",
      wait: "waits",
      "observe-first": "looks at GitHub first",
      remind: "reminder",
      escalate: "escalation due",
      "tell-author": "the author's side is told",
      "author-listed": "listed as waiting for us",
    },
    steps: {
      "ask-support": "support is asked",
      "ask-owner": "the account owner is asked",
      "ask-owner-again": "the account owner is asked again",
      "tell-owner-silent": "the account owner has not answered",
      "ask-deciders": "the deciders are asked",
      pause: "rests",
      resume: "goes on",
      end: "ended",
      "answer-deciders": "the account owner puts it before the deciders",
      "answer-wait": "the account owner waits",
      "answer-no": "the account owner does not escalate",
    },
    writes: {
      labels: "labels",
      reminder: "reminder",
      "author-turn": "the author's turn",
      "decision-request": "request for a decision",
      reply: "reply to a command",
      "case-comment": "comment on a case",
      "case-note": "note on a case",
      reaction: "reaction",
      fold: "earlier comment folded away",
      "check-run": "check of the policy",
    },
    states: {
      done: "done",
      withdrawn: "withdrawn",
      failed: "failed",
      observed: "only observed",
    },
    commands: {
      do: "done",
      partly: "done in part",
      refused: "refused, with the reason",
      denied: "not permitted",
      problem: "not understood",
    },
    notices: {
      "ask-support": "support is asked",
      "ask-owner": "the account owner is asked",
      "ask-owner-again": "the account owner is asked again",
      "tell-owner-silent": "the account owner has not answered",
      "ask-deciders": "dossier to decide on",
      "answer-deciders": "what the account owner answered",
      "answer-wait": "what the account owner answered",
      "answer-no": "what the account owner answered",
      "ranked-list": "list of decisions",
      "alarm-over": "the alarm is over",
      contracts: "contracts that end",
      digest: "digest",
      closed: "what a closing meant",
      "named-customer": "a customer was named in public",
      "private-words": "private words where they do not belong",
      "made-public": "a repository was made public",
      "author-turn": "the author's turn",
      "escalation-pause": "the escalation rests",
      "escalation-end": "the escalation is over",
      "silence-pause": "a long pause",
      "silence-unreleased": "merged and not released",
      "case.linked": "a case was linked",
      "case.decided": "a case was decided",
      "case.put-off": "a case was put off",
      "case.reopened": "a case is open again",
      "case.shipped": "a case's fix was released",
      "case.report-due": "a report to the customer is due",
      "contact-link": "link to the customer's page",
      "sign-in": "link to sign in",
      test: "test",
    },
    channels: { webhook: "webhook", pagerduty: "PagerDuty" },
    putOn: (labels) => `put on: ${labels}`,
    tookOff: (labels) => `took off: ${labels}`,
    wouldPutOn: (labels) => `would put on: ${labels}`,
    wouldTakeOff: (labels) => `would take off: ${labels}`,
    comma: ", ",
    nothing:
      "Nothing has been decided here in this period. Entries appear as soon as a patch is followed or somebody writes a command.",
    nothingFound: "Nothing like this was found. Leave out a filter, or choose a longer period.",
    older: "Older entries",
    newest: "Back to the newest",
    searchedTo: (when) => `Words were looked for back to ${when}.`,
    searchOn: "Look further back",
    csv: "These entries as CSV",
  },
  ja: LOG_IN_JAPANESE,
};
