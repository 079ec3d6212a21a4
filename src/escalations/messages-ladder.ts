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
};

type Texts = {
  readonly subject: (patch: string) => string;
  readonly opening: (patch: Line[number]) => Line;
  readonly why: Readonly<Record<Unreachable["because"], (name: string) => string>>;
  readonly none: Line;
  readonly after: string;
};

const TEXTS: Readonly<Record<Language, Texts>> = {
  en: {
    subject: (patch) => `Nobody to put it before: ${patch}`,
    opening: (patch) => ["A decision is asked for on ", patch, ", but nobody who decides could be told privately."],
    why: {
      "no-address": (name) => `${name}: no address is known. Add one under people in customers.yml.`,
      left: (name) => `${name}: no member of the organization any more. Name somebody else in the policy.`,
    },
    none: ["The policy names nobody under ", code("escalation.deciders"), "."],
    after:
      "What can be said in public stands on the pull request. Please speak to those who decide yourselves until this is put right.",
  },
  ja: {
    subject: (patch) => `【ご確認のお願い】${patch}：お諮りできる意思決定者がいません`,
    opening: (patch) => [patch, " についてご判断をお願いする段階ですが、個別にご連絡できる意思決定者がいません。"],
    why: {
      "no-address": (name) => `${name} さん：連絡先が登録されていません。customers.yml の people にご登録ください。`,
      left: (name) => `${name} さん：すでに Organization のメンバーではありません。ポリシーで別の方をご指定ください。`,
    },
    none: ["ポリシーの ", code("escalation.deciders"), " に指定がありません。"],
    after: "公開できる範囲のお願いはプルリクエストに記載しています。設定が整うまでは、お手数ですが直接ご相談ください。",
  },
};

/** Tells those who help that a decision has nobody to be put before, and what to mend. */
export function noDecidersMessage({ language, patch, unreachable }: NoDeciders): Message {
  const texts = TEXTS[language];
  return {
    language,
    subject: texts.subject(patchName(patch)),
    blocks: [
      paragraph(...texts.opening(patchLink(patch))),
      unreachable.length === 0
        ? paragraph(...texts.none)
        : list(unreachable.map(({ name, because }): Line => [texts.why[because](name)])),
      paragraph(texts.after),
    ],
  };
}
