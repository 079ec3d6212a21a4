// What may be typed into the form behind a link, as a table: an answer, or every problem beside its field.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { AnswerWords } from "../../src/choices/answer.ts";
import { parseAnswer, waitableDays } from "../../src/choices/parse.ts";

// In Tokyo it is the second of March already.
const TIME = { now: Date.parse("2026-03-01T16:00:00Z"), timezone: "Asia/Tokyo" };

const words = (some: Partial<AnswerWords>): AnswerWords => ({ answer: "", until: "", reason: "", ...some });
const parse = (some: Partial<AnswerWords>) => parseAnswer("escalation", words(some), TIME);
const problems = (some: Partial<AnswerWords>) => {
  const parsed = parse(some);
  return parsed.kind === "problems" ? parsed.problems.map(({ field, code }) => `${field}: ${code}`) : parsed.answer;
};

describe("what is to be done with an escalation", () => {
  test("putting it before the deciders needs nothing more", () => {
    expect(parse({ answer: "deciders", until: "nonsense" })).toEqual({ kind: "answer", answer: { kind: "deciders" } });
  });

  test("waiting needs a day and a reason, and begins on that day where its reader is", () => {
    expect(parse({ answer: "wait", until: "2026-03-09", reason: " The customer\r\nasked.  \n\n\n\nReally." })).toEqual({
      kind: "answer",
      answer: { kind: "wait", untilAt: Date.parse("2026-03-08T15:00:00Z"), reason: "The customer\nasked.\n\nReally." },
    });
  });

  test.each([
    ["", "until: date-missing"],
    ["soon", "until: date-missing"],
    ["2026-02-30", "until: date-missing"],
    ["2026-13-01", "until: date-missing"],
    ["2026-03-09T00:00", "until: date-missing"],
    ["-002026-03-09", "until: date-missing"],
    ["2026-03-02", "until: date-past"],
    ["2020-01-01", "until: date-past"],
    ["2028-03-03", "until: date-far"],
    ["9999-12-31", "until: date-far"],
  ])("waiting until %j is refused: %s", (until, problem) => {
    expect(problems({ answer: "wait", until, reason: "because" })).toEqual([problem]);
  });

  test.each(["2026-03-03", "2028-03-02", " 2026/03/03 ", "２０２６-０３-０３"])(
    "waiting until %j is taken",
    (until) => {
      expect(parse({ answer: "wait", until, reason: "because" }).kind).toBe("answer");
    },
  );

  test("the first and last day are those of the reader's calendar", () => {
    expect(waitableDays(TIME)).toEqual({ first: "2026-03-03", last: "2028-03-02" });
    expect(waitableDays({ ...TIME, timezone: "UTC" })).toEqual({ first: "2026-03-02", last: "2028-03-01" });
  });

  test("every problem is told at once", () => {
    expect(problems({ answer: "wait" })).toEqual(["until: date-missing", "reason: reason-missing"]);
  });

  test("a no needs a reason that can be seen, of at most 2,000 characters", () => {
    expect(problems({ answer: "no" })).toEqual(["reason: reason-missing"]);
    expect(problems({ answer: "no", reason: "\u200b\u202e \n\t\u0000" })).toEqual(["reason: reason-missing"]);
    expect(problems({ answer: "no", reason: "𠮷".repeat(2001) })).toEqual(["reason: reason-long"]);
    expect(problems({ answer: "no", reason: "x".repeat(1_000_000) })).toEqual(["reason: reason-long"]);
    expect(problems({ answer: "no", reason: "𠮷".repeat(2000) })).toEqual({ kind: "no", reason: "𠮷".repeat(2000) });
    expect(problems({ answer: "no", reason: "no\u202eevil" })).toEqual({ kind: "no", reason: "noevil" });
  });

  test.each(["", "yes", "declined", "Deciders", "constructor"])("%j is not one of the answers", (answer) => {
    expect(problems({ answer, reason: "x", until: "2026-03-09" })).toEqual(["answer: not-one-answer"]);
  });
});

test("what a closing meant can be confirmed, and nothing else", () => {
  expect(parseAnswer("closed", words({ answer: "declined" }), TIME)).toEqual({
    kind: "answer",
    answer: { kind: "declined" },
  });
  expect(parseAnswer("closed", words({ answer: "deciders" }), TIME).kind).toBe("problems");
});

test("whatever is typed, it is an answer or has problems, and no reason is longer than it may be", () => {
  const text = fc.string({ unit: "binary", maxLength: 3000 });
  const answer = fc.oneof(fc.constantFrom("deciders", "wait", "no", "declined"), text);
  fc.assert(
    fc.property(answer, text, text, (given, until, reason) => {
      const parsed = parseAnswer("escalation", { answer: given, until, reason }, TIME);
      if (parsed.kind === "problems") return parsed.problems.length > 0;
      return !("reason" in parsed.answer) || [...parsed.answer.reason].length <= 2000;
    }),
  );
});
