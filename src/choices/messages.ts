// Every text around a question behind a link: on its page, and where Slack shows the same. Pure, in both languages.
import type { Language } from "../policy/policy.ts";
import type { Answer, AnswerKind, AnswerProblem } from "./answer.ts";
import type { ChoiceKind } from "./choice.ts";
import { CHOICES_IN_ENGLISH } from "./messages-en.ts";
import { CHOICES_IN_JAPANESE } from "./messages-ja.ts";

/** Why a question can no longer be answered. */
export type Over =
  | { readonly code: "expired"; readonly at: number }
  | { readonly code: "ended"; readonly outcome: string | null }
  | { readonly code: "before-deciders" }
  | { readonly code: "answered-otherwise" }
  | { readonly code: "rests" }
  | { readonly code: "reopened" }
  | { readonly code: "decided-otherwise" }
  | { readonly code: "counted-as-no" }
  | { readonly code: "moved-on" };

type QuestionTexts = {
  readonly question: string;
  readonly explained: string;
};

export type ChoiceTexts = {
  readonly of: Readonly<Record<ChoiceKind, QuestionTexts>>;
  readonly button: Readonly<Record<AnswerKind, string>>;
  readonly means: Readonly<Record<AnswerKind, string>>;
  readonly asked: (name: string, at: string, until: string) => string;
  readonly toAnswer: string;
  readonly yourAnswer: string;
  readonly more: string;
  readonly until: string;
  readonly reason: string;
  readonly wrong: string;
  readonly problem: (problem: AnswerProblem, days: { readonly first: string; readonly last: string }) => string;
  readonly answered: (name: string, at: string) => string;
  readonly gave: (answer: Answer, day: (at: number) => string) => string;
  readonly reasonGiven: string;
  readonly now: string;
  readonly happens: Readonly<Record<AnswerKind, string>>;
  readonly over: string;
  readonly because: (over: Over, minute: (at: number) => string) => string;
  readonly otherwise: string;
  readonly instead: Readonly<Record<ChoiceKind, string>>;
  readonly missingTitle: string;
  readonly missing: string;
  readonly refusedTitle: string;
  readonly refused: string;
  readonly tooLargeTitle: string;
  readonly tooLarge: string;
  readonly failedTitle: string;
  readonly failed: string;
};

/** `YYYY-MM-DD` of an instant. */
export const dayOf = (at: number, timezone: string): string => zoned(at, timezone).toPlainDate().toString();

/** `YYYY-MM-DD HH:MM (zone)` of an instant. */
export const minuteOf = (at: number, timezone: string): string =>
  `${zoned(at, timezone).toPlainDateTime().toString({ smallestUnit: "minute" }).replace("T", " ")} (${timezone})`;

const zoned = (at: number, timezone: string): Temporal.ZonedDateTime =>
  Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timezone);

export const CHOICE_TEXTS: Readonly<Record<Language, ChoiceTexts>> = {
  en: CHOICES_IN_ENGLISH,
  ja: CHOICES_IN_JAPANESE,
};
