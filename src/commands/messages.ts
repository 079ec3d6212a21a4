// What we answer to a command that cannot be done: what was wrong and what to write instead. Apart from the rules; data that somebody
// wrote is repeated only where the place may have it, since a refusal is as public as the mistake.
import { code, joined, literal, type PublicText } from "../effects/public-text.ts";
import type { Language } from "../policy/policy.ts";
import type { Command, CommandProblem } from "./command.ts";
import { exampleOf } from "./examples.ts";
import { english } from "./messages-en.ts";
import { japanese } from "./messages-ja.ts";
import type { CommandTexts, RefusalReason } from "./refusal.ts";

const texts: Record<Language, CommandTexts> = { en: english, ja: japanese };

/** Says what is wrong with a line that began with `/case`, and what to write instead. Repeats nothing of what was written. */
export function problemText({ code: problem, verb, nearest }: CommandProblem, language: Language): PublicText {
  const { problems, about, didYouMean } = texts[language];
  if (problem === "unknown-verb") return didYouMean(nearest);
  if (verb === null) return problems[problem];
  return about(verb, problems[problem], problem === "too-long" ? null : exampleOf(verb, language));
}

/** Says why a command is not done, and what can be written instead. */
export function refusalText(reason: RefusalReason, said: { command: Command; language: Language }): PublicText {
  const sentence = refusalSentence(reason, said.language);
  if (reason.code === "not-here") return sentence;
  return texts[said.language].about(said.command.verb, sentence, instead(reason, said));
}

/** The reason alone, where nobody wrote a command: a form knows what it asks for. */
export function refusalSentence(reason: RefusalReason, language: Language): PublicText {
  // The catalogue's type holds a text for exactly this reason's code; TypeScript cannot follow the two through one index.
  return (texts[language].refusals[reason.code] as (reason: RefusalReason) => PublicText)(reason);
}

/** What is wrong with what was put in, likewise. */
export const problemSentence = ({ code: problem }: CommandProblem, language: Language): PublicText =>
  texts[language].problems[problem];

/** An example of what would work, where the sentence alone does not say it. */
function instead(
  reason: RefusalReason,
  { command, language }: { command: Command; language: Language },
): PublicText | null {
  switch (reason.code) {
    case "taken-twice":
      return joined([exampleOf("ask", language), exampleOf("snooze", language)], literal(", "));
    case "anyway-needs-reason":
      return ANYWAY[language];
    case "in-the-past":
    case "too-far":
    case "unknown-case":
    case "unknown-person":
    case "foreign-team":
    case "no-such-pull":
    case "no-such-commit":
    case "itself":
    case "anyway-not-yours":
      return exampleOf(command.verb, language);
    default:
      return null;
  }
}

const ANYWAY: Record<Language, PublicText> = {
  en: code("/case escalate anyway The customer cannot go live", "none"),
  ja: code("/case escalate anyway 本番稼働ができない", "none"),
};

/** The answer to `status` and `why` where there is nothing to tell of: on a case without patches, or before we know the patch. */
export const noPatchesText = (language: Language): PublicText => noPatches[language];

const noPatches: Record<Language, PublicText> = {
  en: literal("No pull request is linked here yet."),
  ja: literal("関連付けられたプルリクエストはまだありません。"),
};
