// What somebody typed into a form or a modal, made an answer or the problems beside its fields.
import { readable } from "../effects/escape.ts";
import { type AnswerProblem, type AnswerWords, LONGEST_REASON, type ParsedAnswer } from "./answer.ts";
import type { ChoiceKind } from "./choice.ts";

const MOST_YEARS = 2;

/** Days are the reader's: `timezone` says when one begins. */
export type ReaderTime = { readonly now: number; readonly timezone: string };

/** The answer that the words are, for a question of this kind; every problem at once. */
export function parseAnswer(kind: ChoiceKind, words: AnswerWords, time: ReaderTime): ParsedAnswer {
  if (kind === "closed") {
    return words.answer === "declined" ? { kind: "answer", answer: { kind: "declined" } } : notOneAnswer;
  }
  switch (words.answer) {
    case "deciders":
      return { kind: "answer", answer: { kind: "deciders" } };
    case "no": {
      const { reason, problems } = parseReason(words.reason);
      return problems.length > 0 ? { kind: "problems", problems } : { kind: "answer", answer: { kind: "no", reason } };
    }
    case "wait": {
      const until = parseUntil(words.until, time);
      const { reason, problems } = parseReason(words.reason);
      if (typeof until !== "number") return { kind: "problems", problems: [until, ...problems] };
      if (problems.length > 0) return { kind: "problems", problems };
      return { kind: "answer", answer: { kind: "wait", untilAt: until, reason } };
    }
    default:
      return notOneAnswer;
  }
}

const notOneAnswer: ParsedAnswer = {
  kind: "problems",
  problems: [{ field: "answer", code: "not-one-answer" }],
};

/** The first and the last day that one may wait for. */
export function waitableDays({ now, timezone }: ReaderTime): { readonly first: string; readonly last: string } {
  const today = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(timezone).toPlainDate();
  return { first: today.add({ days: 1 }).toString(), last: today.add({ years: MOST_YEARS }).toString() };
}

function parseUntil(text: string, time: ReaderTime): number | AnswerProblem {
  const day = text.slice(0, 40).normalize("NFKC").trim().replaceAll("/", "-");
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) return { field: "until", code: "date-missing" };
  try {
    const date = Temporal.PlainDate.from(day, { overflow: "reject" });
    const { first, last } = waitableDays(time);
    if (day < first) return { field: "until", code: "date-past" };
    if (day > last) return { field: "until", code: "date-far" };
    return date.toZonedDateTime(time.timezone).epochMilliseconds;
  } catch {
    // Such as the thirtieth of February.
    return { field: "until", code: "date-missing" };
  }
}

function parseReason(text: string): { readonly reason: string; readonly problems: readonly AnswerProblem[] } {
  // A hostile megabyte is not worth cleaning; what is too long by that much is too long by any count.
  if (text.length > 2 * LONGEST_REASON + 1000)
    return { reason: "", problems: [{ field: "reason", code: "reason-long" }] };
  const reason = text
    .split(/\r\n|[\n\r]/)
    .map(readable)
    .join("\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
  if (reason === "") return { reason, problems: [{ field: "reason", code: "reason-missing" }] };
  if ([...reason].length > LONGEST_REASON) return { reason, problems: [{ field: "reason", code: "reason-long" }] };
  return { reason, problems: [] };
}
