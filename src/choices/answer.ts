// What can be answered to a question, as values: how it is kept, and what a form or a Slack modal may hold. Apart, because the page and
// Slack bring the same answers.
import { z } from "zod";
import type { AskedPerson } from "./choice.ts";

/** What is to be done with an escalation. `untilAt` is the first moment of a day. */
export type EscalationAnswer =
  | { readonly kind: "deciders" }
  | { readonly kind: "wait"; readonly untilAt: number; readonly reason: string }
  | { readonly kind: "no"; readonly reason: string };

/** `declined`: closing it was a no. */
export type Answer = EscalationAnswer | { readonly kind: "declined" };

export type AnswerKind = Answer["kind"];

/** As it was typed. */
export type AnswerWords = { readonly answer: string; readonly until: string; readonly reason: string };

export type AnswerField = keyof AnswerWords;

export type AnswerProblem = {
  readonly field: AnswerField;
  readonly code: "not-one-answer" | "date-missing" | "date-past" | "date-far" | "reason-missing" | "reason-long";
};

export type ParsedAnswer =
  | { readonly kind: "answer"; readonly answer: Answer }
  | { readonly kind: "problems"; readonly problems: readonly AnswerProblem[] };

export const LONGEST_REASON = 2000;

const storedAnswer = z.union([
  z.object({ kind: z.literal("deciders") }),
  z.object({ kind: z.literal("wait"), untilAt: z.number(), reason: z.string() }),
  z.object({ kind: z.literal("no"), reason: z.string() }),
  z.object({ kind: z.literal("declined") }),
]);

/** @throws when what was stored is no answer. */
export const readStoredAnswer = (json: string): Answer => storedAnswer.parse(JSON.parse(json));

const storedAsked = z.object({ key: z.string(), name: z.string(), customerId: z.string().nullable() });

/** @throws when what was stored is nobody. */
export const readStoredAsked = (json: string): AskedPerson => storedAsked.parse(JSON.parse(json));
