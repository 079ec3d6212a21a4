// What Slack shows around a question: the form for a date and a reason, the message once it is answered, and a word to who may not answer.
// Names and reasons stand in plain text, in which Slack finds neither markup nor mentions.
import type { Message } from "../notify/message.ts";
import { renderSlack } from "../notify/render-slack.ts";
import type { Language } from "../policy/policy.ts";
import { type AnswerProblem, LONGEST_REASON } from "./answer.ts";
import { CHOICE_TEXTS, dayOf, minuteOf } from "./messages.ts";
import { type ReaderTime, waitableDays } from "./parse.ts";
import type { Look } from "./react.ts";
import { formMetadata, type SlackMessageRef } from "./slack-request.ts";
import { SLACK_TEXTS } from "./slack-texts.ts";

export type SlackPart = Readonly<Record<string, unknown>>;

const plain = (text: string): SlackPart => ({ type: "plain_text", text: text.slice(0, 3000), emoji: false });

const section = (text: string): SlackPart => ({ type: "section", text: plain(text) });

/** The form that asks for what an answer needs (https://docs.slack.dev/reference/views/modal-views). */
export function answerForm(of: {
  readonly language: Language;
  readonly token: string;
  readonly answer: "wait" | "no";
  readonly message: SlackMessageRef;
}): SlackPart {
  const text = CHOICE_TEXTS[of.language];
  const slack = SLACK_TEXTS[of.language];
  const until: SlackPart = {
    type: "input",
    block_id: "until",
    label: plain(text.until),
    element: { type: "datepicker", action_id: "until" },
  };
  const reason: SlackPart = {
    type: "input",
    block_id: "reason",
    label: plain(text.reason),
    element: { type: "plain_text_input", action_id: "reason", multiline: true, max_length: LONGEST_REASON },
  };
  return {
    type: "modal",
    callback_id: "answer",
    private_metadata: formMetadata(of),
    title: plain(slack.formTitle[of.answer]),
    submit: plain(slack.submit),
    close: plain(slack.close),
    blocks: [section(text.means[of.answer]), ...(of.answer === "wait" ? [until] : []), reason],
  };
}

/** The form's problems, beside its fields. */
export function formErrors(
  problems: readonly AnswerProblem[],
  of: ReaderTime & { readonly language: Language },
): SlackPart {
  const text = CHOICE_TEXTS[of.language];
  const errors = problems.map((problem) => [problem.field, text.problem(problem, waitableDays(of))] as const);
  return { response_action: "errors", errors: Object.fromEntries(errors) };
}

/** In place of the form, where it came too late. */
export function formReplaced(word: string, language: Language): SlackPart {
  const slack = SLACK_TEXTS[language];
  const view = { type: "modal", title: plain(slack.overTitle), close: plain(slack.close), blocks: [section(word)] };
  return { response_action: "update", view };
}

/** A word that only the one who pressed sees. */
export const wordToOne = (word: string): SlackPart => ({
  response_type: "ephemeral",
  replace_original: false,
  text: SLACK_FALLBACK,
  blocks: [section(word)],
});

const SLACK_FALLBACK = "Patch Advocate";

/** How the question stands, in a sentence or two. */
export function standingWord(look: Exclude<Look, { kind: "unknown" | "open" }>): string {
  const { choice, reader } = look;
  const text = CHOICE_TEXTS[choice.language];
  if (look.kind === "over") {
    const because = text.because(look.over, (at) => minuteOf(at, reader.timezone));
    return [`${text.over}.`, because, text.instead[choice.kind]].join("\n");
  }
  const { answered } = look;
  const who = text.answered(answered.by, minuteOf(answered.at, reader.timezone));
  const gave = text.gave(answered.answer, (at) => dayOf(at, reader.timezone));
  return [`${who}: ${gave}`, text.happens[answered.answer.kind]].join("\n");
}

const MOST_BLOCKS = 50;

/** The message with how the question stands in place of its buttons, so that it cannot be pressed again. */
export function answeredMessage(
  look: Exclude<Look, { kind: "unknown" | "open" }>,
  about: Message | null,
): { readonly text: string; readonly blocks: readonly unknown[] } {
  const word = standingWord(look);
  const subject = about?.subject ?? CHOICE_TEXTS[look.choice.language].of[look.choice.kind].question;
  const shown = renderSlack({
    subject,
    language: look.choice.language,
    blocks: (about?.blocks ?? []).filter(({ kind }) => kind !== "choices"),
  });
  const [head, ...rest] = shown.blocks;
  const reason =
    look.kind === "answered" && "reason" in look.answered.answer ? [section(look.answered.answer.reason)] : [];
  return { text: shown.text, blocks: [head, section(word), ...reason, ...rest].slice(0, MOST_BLOCKS) };
}
