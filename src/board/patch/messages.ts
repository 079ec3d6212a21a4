// Which texts the page of one patch needs, as a type, with both catalogues of them.
import type { LadderStep } from "../../escalations/escalation.ts";
import type { StepAddressee } from "../../escalations/prepare.ts";
import type { Turn } from "../../patches/turn.ts";
import type { Language, Severity } from "../../policy/policy.ts";
import type { ActName, FieldName } from "./acts.ts";
import { PATCH_ENGLISH } from "./messages-en.ts";
import { PATCH_JAPANESE } from "./messages-ja.ts";
import type { Lane } from "./timeline.ts";

type Answer = "answer-deciders" | "answer-wait" | "answer-no";
export type StepKind = LadderStep["kind"] | Answer;

export type PatchTexts = {
  readonly byAuthor: (login: string, day: string) => string;
  readonly onGitHub: string;
  /** `waited` and `next` are null where there are none. */
  readonly waits: (told: {
    readonly turn: Turn;
    /** Whoever is not on the author's side reads of the author, and not of us. */
    readonly isLimited: boolean;
    readonly since: string;
    readonly waited: string | null;
    readonly next: string;
  }) => string;
  readonly notFollowed: string;
  readonly ended: (how: string, day: string | null) => string;
  readonly shipped: (tag: string) => string;
  readonly moving: string;
  readonly headings: Readonly<
    Record<"cases" | "acts" | "timeline" | "why" | "reminders" | "steps" | "dossier" | "decisions" | "onBoard", string>
  >;
  readonly columns: Readonly<
    Record<
      | "case"
      | "customer"
      | "severity"
      | "summary"
      | "neededBy"
      | "workaround"
      | "link"
      | "when"
      | "what"
      | "clock"
      | "whom"
      | "step"
      | "because"
      | "outcome"
      | "who"
      | "act",
      string
    >
  >;
  readonly unknown: string;
  readonly none: string;
  readonly proposed: (by: string) => string;
  readonly noCases: string;
  readonly moreCases: (count: string) => string;
  readonly confirm: string;
  readonly drop: string;
  readonly unlink: string;
  readonly about: (reference: string) => string;
  readonly lanes: Readonly<Record<Lane, string>>;
  readonly turns: Readonly<Record<Turn, string>>;
  readonly turnsLimited: Readonly<Record<Turn, string>>;
  readonly legend: string;
  readonly chartTitle: (patch: string) => string;
  readonly chartDescription: (from: string, until: string) => string;
  readonly stretch: (turn: string, from: string, until: string) => string;
  readonly mark: (what: string, day: string) => string;
  readonly noTimeline: string;
  readonly guessed: string;
  readonly noFacts: string;
  readonly earlier: (count: string) => string;
  readonly responded: (login: string) => string;
  readonly reminded: (whom: string) => string;
  readonly noReminders: string;
  readonly nobodyNamed: string;
  readonly between: string;
  readonly noSteps: string;
  readonly steps: Readonly<Record<StepKind, string>>;
  readonly addressed: Readonly<Record<StepAddressee["as"], (name: string) => string>>;
  readonly notReached: (name: string) => string;
  readonly lacking: string;
  readonly lacksNothing: string;
  readonly unknownWords: (words: string) => string;
  readonly frozen: string;
  readonly noDecisions: string;
  readonly older: string;
  readonly newest: string;
  readonly noActs: string;
  readonly merged: string;
  readonly released: (tag: string) => string;
  readonly acts: Readonly<Record<ActName, { readonly title: string; readonly means: string; readonly press: string }>>;
  readonly waitingOn: Readonly<Record<"author" | "maintainer", string>>;
  readonly fields: Readonly<Record<FieldName, string>>;
  readonly optional: (label: string) => string;
  readonly severities: Readonly<Record<Severity, string>>;
  readonly wordsOf: (reference: string) => string;
  readonly noActsForYou: string;
  readonly wrongTitle: string;
  readonly missing: (field: string) => string;
  readonly unclear: string;
  /** Whose it is to do. */
  readonly denied: Readonly<Record<"take" | "words" | "others", string>>;
  readonly unusable: string;
  readonly away: string;
  readonly mayInsist: string;
  readonly done: Readonly<Record<ActName, string>>;
  readonly confirming: {
    readonly title: string;
    readonly nothingYet: string;
    readonly steps: Readonly<Record<LadderStep["kind"], string>>;
    readonly until: (when: string) => string;
    readonly told: string;
    readonly nobody: string;
    readonly written: (patch: string) => string;
    readonly notWritten: string;
    readonly later: string;
    readonly laterUntil: (next: string) => string;
    readonly reason: string;
    readonly anyway: string;
    readonly press: string;
    readonly back: string;
  };
};

export const PATCH_TEXTS: Readonly<Record<Language, PatchTexts>> = { en: PATCH_ENGLISH, ja: PATCH_JAPANESE };
