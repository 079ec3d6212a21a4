// The ladder's small words: the three answers as they stand on a button, and that there is nobody to put a decision before. Apart from the
// dossier, which shows the answers with what each means.
import { code, list, paragraph } from "../notify/blocks.ts";
import type { Line, Message } from "../notify/message.ts";
import type { Unreachable } from "../notify/recipients.ts";
import type { Language } from "../policy/policy.ts";
import { type PatchNamed, patchLink, patchName } from "./messages-support.ts";

type AnswerLabels = { readonly deciders: string; readonly wait: string; readonly no: string };

export const ANSWER_LABELS: Readonly<Record<Language, AnswerLabels>> = {
  en: { deciders: "Put it before the deciders", wait: "Wait until a date", no: "Do not put it before them" },
  ja: { deciders: "意思決定者に上げる", wait: "日付まで待つ", no: "今回は見送る" },
};

export type NoDeciders = {
  readonly language: Language;
  readonly patch: PatchNamed;
  /** Who is named but cannot be told. */
  readonly unreachable: readonly Unreachable[];
  /** Others who decide were told. */
  readonly isSomebodyReached: boolean;
  /** A request for a decision stands on the pull request, or is about to. */
  readonly isRequested: boolean;
};

type Texts = {
  readonly subject: (patch: string, reached: boolean) => string;
  readonly opening: (patch: Line[number], reached: boolean) => Line;
  readonly why: Readonly<Record<Unreachable["because"], (name: string) => Line>>;
  readonly none: Line;
  readonly after: (told: { readonly isSomebodyReached: boolean; readonly isRequested: boolean }) => string;
};

const TEXTS: Readonly<Record<Language, Texts>> = {
  en: {
    subject: (patch, reached) =>
      `${reached ? "Not everybody who decides was told" : "Nobody to put it before"}: ${patch}`,
    opening: (patch, reached) => [
      "A decision is asked for on ",
      patch,
      reached
        ? ", but not everybody who decides could be told privately:"
        : ", but nobody who decides could be told privately.",
    ],
    why: {
      "no-address": (name) => [`${name}: no address is known. Add one under `, code("people"), " in your customers."],
      left: (name) => [`${name}: no member of the organization any more. Name somebody else in the policy.`],
    },
    none: ["The policy names nobody under ", code("escalation.deciders"), "."],
    after: ({ isSomebodyReached, isRequested }) =>
      isSomebodyReached
        ? "The others were told. Please put this right, so that the next decision reaches everybody."
        : `${isRequested ? "What can be said in public stands on the pull request. " : ""}Please speak to those who decide yourselves until this is put right.`,
  },
  ja: {
    subject: (patch, reached) =>
      `【ご確認のお願い】${patch}：${reached ? "ご連絡できない意思決定者がいます" : "お諮りできる意思決定者がいません"}`,
    opening: (patch, reached) => [
      patch,
      reached
        ? " についてご判断をお願いしましたが、個別にご連絡できない意思決定者がいます。"
        : " についてご判断をお願いする段階ですが、個別にご連絡できる意思決定者がいません。",
    ],
    why: {
      "no-address": (name) => [
        `${name} さん：連絡先が登録されていません。お客様情報の `,
        code("people"),
        " にご登録ください。",
      ],
      left: (name) => [
        `${name} さん：すでに Organization のメンバーではありません。ポリシーで別の方をご指定ください。`,
      ],
    },
    none: ["ポリシーの ", code("escalation.deciders"), " に指定がありません。"],
    after: ({ isSomebodyReached, isRequested }) =>
      isSomebodyReached
        ? "ほかの方にはご連絡済みです。次回は全員にご連絡できるよう、設定のご確認をお願いいたします。"
        : `${isRequested ? "公開できる範囲のお願いはプルリクエストに記載しています。" : ""}設定が整うまでは、お手数ですが直接ご相談ください。`,
  },
};

/** Tells those who help that a decision could not be put before somebody who decides, or before nobody, and what to mend. */
export function noDecidersMessage({ language, patch, unreachable, ...told }: NoDeciders): Message {
  const texts = TEXTS[language];
  const { isSomebodyReached } = told;
  return {
    language,
    subject: texts.subject(patchName(patch), isSomebodyReached),
    blocks: [
      paragraph(...texts.opening(patchLink(patch), isSomebodyReached)),
      unreachable.length === 0
        ? paragraph(...texts.none)
        : list(unreachable.map(({ name, because }): Line => texts.why[because](name))),
      paragraph(texts.after(told)),
    ],
  };
}
