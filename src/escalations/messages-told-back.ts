// What comes of an escalation, told to those who asked or were asked: the account owner's answer to whoever made the link, and to the
// account owner that it paused or ended. Short, because nothing is asked of anybody.
import { code, link, paragraph, quote, strong } from "../notify/blocks.ts";
import { dayInWords } from "../notify/dates.ts";
import type { Inline, Line, Message } from "../notify/message.ts";
import type { Language } from "../policy/policy.ts";
import { type PatchNamed, patchLink, patchName } from "./messages-support.ts";

type Told = { readonly language: Language; readonly timezone: string; readonly patch: PatchNamed };

export type OwnersAnswer = Told & {
  /** Who answered. */
  readonly by: string;
  readonly answer:
    | { readonly kind: "wait"; readonly untilAt: number; readonly reason: string }
    | { readonly kind: "no"; readonly reason: string };
};

type AnswerTexts = {
  readonly subject: Readonly<Record<OwnersAnswer["answer"]["kind"], (patch: string) => string>>;
  readonly wait: (by: string, patch: Inline, until: string) => Line;
  readonly no: (by: string, patch: Inline) => Line;
  readonly reason: string;
  readonly after: Readonly<Record<OwnersAnswer["answer"]["kind"], Line>>;
};

const answers: Readonly<Record<Language, AnswerTexts>> = {
  en: {
    subject: {
      wait: (patch) => `The account owner waits: ${patch}`,
      no: (patch) => `The account owner does not put it before the deciders: ${patch}`,
    },
    wait: (by, patch, until) => [`${by} was asked about `, patch, " and waits until ", strong(until), "."],
    no: (by, patch) => [`${by} was asked about `, patch, " and does not put it before those who decide."],
    reason: "The reason:",
    after: {
      wait: [
        "On that day the question comes up again by itself. If it cannot wait, ",
        code("/case escalate"),
        " with a reason on the pull request asks anew.",
      ],
      no: [
        "It goes no further until somebody asks anew: ",
        code("/case escalate"),
        " with a reason on the pull request does so.",
      ],
    },
  },
  ja: {
    subject: {
      wait: (patch) => `【ご連絡】${patch}：お客様担当の判断により待ちます`,
      no: (patch) => `【ご連絡】${patch}：意思決定者に上げるのは今回は見送りとなりました`,
    },
    wait: (by, patch, until) => [patch, ` について、${by} さんは `, strong(until), "まで待つと判断されました。"],
    no: (by, patch) => [patch, ` について、${by} さんは意思決定者に上げるのを今回は見送ると判断されました。`],
    reason: "理由:",
    after: {
      wait: [
        "その日に、あらためてお尋ねします。お待ちいただけなくなった場合は、プルリクエストに ",
        code("/case escalate"),
        " と理由をお書きください。",
      ],
      no: [
        "あらためて依頼があるまで、上げることはありません。状況が変わりましたら、プルリクエストに ",
        code("/case escalate"),
        " と理由をお書きください。",
      ],
    },
  },
};

/** The account owner's no or wait, with its reason, for whoever made the link. */
export function ownersAnswerMessage(told: OwnersAnswer): Message {
  const { language, patch, by, answer } = told;
  const texts = answers[language];
  const what =
    answer.kind === "wait"
      ? texts.wait(by, patchLink(patch), dayInWords(answer.untilAt, told))
      : texts.no(by, patchLink(patch));
  return {
    language,
    subject: texts.subject[answer.kind](patchName(patch)),
    blocks: [paragraph(...what), paragraph(texts.reason), quote(answer.reason), paragraph(...texts.after[answer.kind])],
  };
}

/** Why an escalation rests, or how it ended. `by` is a login; null where GitHub does not say. */
export type Outcome =
  | { readonly kind: "answered" | "changes-requested" | "approved"; readonly by: string | null }
  | { readonly kind: "taken"; readonly by: string | null; readonly until: number }
  | { readonly kind: "put-off"; readonly by: string | null; readonly until: number; readonly reason: string }
  | { readonly kind: "merged" | "landed" | "superseded"; readonly by: string | null }
  /** Closed without being taken; not `isSure` until a supporter confirmed it or three days passed. */
  | { readonly kind: "closed"; readonly by: string | null; readonly isSure: boolean }
  /** `gone`: GitHub does not show it any more. */
  | { readonly kind: "not-followed" | "gone"; readonly by: null };

export type OutcomeTold = Told & {
  /** The account owner's customer. */
  readonly customer: string;
  readonly outcome: Outcome;
  /** Where the maintainers' own words stand. */
  readonly wordsUrl: string | null;
};

type OutcomeTexts = {
  readonly person: (login: string | null) => string;
  readonly subject: (customer: string, what: string) => string;
  readonly short: Readonly<Record<Outcome["kind"] | "declined", string>>;
  readonly opening: (customer: string, patch: Inline) => Line;
  readonly what: (outcome: Outcome, by: string, day: (at: number) => string) => string;
  readonly after: (outcome: Outcome, customer: string) => string;
  readonly words: string;
};

const outcomes: Readonly<Record<Language, OutcomeTexts>> = {
  en: {
    person: (login) => login ?? "Somebody",
    subject: (customer, what) => `The fix that ${customer} waits for: ${what}`,
    short: {
      answered: "the maintainers answered",
      "changes-requested": "changes are asked for",
      approved: "it is approved",
      taken: "somebody has it in hand",
      "put-off": "put off",
      merged: "taken",
      landed: "taken",
      superseded: "another fix takes its place",
      closed: "closed",
      declined: "it will not be taken",
      "not-followed": "no longer followed",
      gone: "it is gone",
    },
    opening: (customer, patch) => [`About the fix that ${customer} waits for, `, patch, ":"],
    what: (outcome, by, day) => {
      switch (outcome.kind) {
        case "answered":
          return `${by}, a maintainer, has answered.`;
        case "changes-requested":
          return `${by}, a maintainer, has asked for changes to it.`;
        case "approved":
          return `${by}, a maintainer, has approved it. It still has to be taken in.`;
        case "taken":
          return `${by} has it in hand until ${day(outcome.until)}.`;
        case "put-off":
          return `${by} has put it off until ${day(outcome.until)}, for this reason:`;
        case "merged":
          return "It has been taken in.";
        case "landed":
          return "It has been taken in another way.";
        case "superseded":
          return "Another fix takes its place, and all cases move over to that one.";
        case "closed":
          return outcome.isSure
            ? `${by} has closed it, and it will not be taken.`
            : `${by} has closed it. Whether that is a no is not certain yet.`;
        case "not-followed":
          return "It is no longer followed, because no case of a customer under contract is linked to it any more.";
        case "gone":
          return "GitHub does not show it any more: it was deleted there, or the software it belongs to was.";
      }
    },
    after: (outcome, customer) => {
      switch (outcome.kind) {
        case "answered":
        case "changes-requested":
        case "approved":
        case "taken":
          return "So nothing more is asked of you for now. Should silence follow, you are asked again.";
        case "put-off":
          return `${customer} can be told that date. On that day it is taken up again by itself.`;
        case "merged":
        case "landed":
          return `${customer} hears when a release contains it. With this the question to you is settled.`;
        case "superseded":
          return "With this the question to you is settled; should that one wait as well, you are asked anew.";
        case "closed":
          return outcome.isSure
            ? `${customer} needs another way; the consultant or support can say which.`
            : "You hear of it once it is.";
        case "not-followed":
          return "With this the question to you is settled.";
        case "gone":
          return `With this the question to you is settled. ${customer} needs another way; the consultant or support can say which.`;
      }
    },
    words: "Their own words",
  },
  ja: {
    person: (login) => (login === null ? "担当者" : `${login} さん`),
    subject: (customer, what) => `【ご連絡】${customer} 様がお待ちの修正：${what}`,
    short: {
      answered: "開発元から回答がありました",
      "changes-requested": "変更のご要望がありました",
      approved: "承認されました",
      taken: "担当者が決まりました",
      "put-off": "後日の検討となりました",
      merged: "取り込まれました",
      landed: "取り込まれました",
      superseded: "別の修正に引き継がれました",
      closed: "クローズされました",
      declined: "今回は見送りとなりました",
      "not-followed": "対象から外れました",
      gone: "確認できなくなりました",
    },
    opening: (customer, patch) => [`${customer} 様がお待ちの修正（`, patch, "）についてご連絡いたします。"],
    what: (outcome, by, day) => {
      switch (outcome.kind) {
        case "answered":
          return `開発元の ${by}から回答がありました。`;
        case "changes-requested":
          return `開発元の ${by}から変更のご要望がありました。`;
        case "approved":
          return `開発元の ${by}が承認しました。取り込みはこれからです。`;
        case "taken":
          return `${by}が ${day(outcome.until)}まで担当します。`;
        case "put-off":
          return `${by}の判断により、${day(outcome.until)}にあらためて検討されることになりました。理由は次のとおりです。`;
        case "merged":
          return "修正が取り込まれました。";
        case "landed":
          return "修正が別の形で取り込まれました。";
        case "superseded":
          return "別の修正に引き継がれ、関連するケースもすべてそちらに移りました。";
        case "closed":
          return outcome.isSure
            ? `${by}がクローズし、今回は見送りとなりました。`
            : `${by}がクローズしました。見送りかどうかは、まだ確定していません。`;
        case "not-followed":
          return "ご契約中のお客様のケースとの関連付けがなくなったため、対象から外れました。";
        case "gone":
          return "GitHub 上で確認できなくなりました。修正または対象のリポジトリが削除されたと思われます。";
      }
    },
    after: (outcome, customer) => {
      switch (outcome.kind) {
        case "answered":
        case "changes-requested":
        case "approved":
        case "taken":
          return "現時点でお手続きは不要です。その後回答が途絶えた場合は、あらためてお尋ねします。";
        case "put-off":
          return `${customer} 様には、この日付をお伝えいただけます。その日に、あらためて進めます。`;
        case "merged":
        case "landed":
          return `リリースに含まれましたら、${customer} 様のケースでお知らせします。お尋ねしていた件は、これで完了です。`;
        case "superseded":
          return "お尋ねしていた件は、これで完了です。引き継いだ修正も長くお待ちいただく場合は、あらためてお尋ねします。";
        case "closed":
          return outcome.isSure
            ? `${customer} 様には別の方法が必要です。担当コンサルタントまたはサポートにご相談ください。`
            : "確定しましたら、ご連絡いたします。";
        case "not-followed":
          return "お尋ねしていた件は、これで完了です。";
        case "gone":
          return `お尋ねしていた件は、これで完了です。${customer} 様には別の方法が必要です。担当コンサルタントまたはサポートにご相談ください。`;
      }
    },
    words: "ご本人のコメント",
  },
};

/** Tells an account owner what came of it: it rests, or it is settled. */
export function outcomeMessage(told: OutcomeTold): Message {
  const { language, customer, patch, outcome } = told;
  const texts = outcomes[language];
  const by = texts.person(outcome.by);
  return {
    language,
    subject: texts.subject(
      customer,
      texts.short[outcome.kind === "closed" && outcome.isSure ? "declined" : outcome.kind],
    ),
    blocks: [
      paragraph(...texts.opening(customer, patchLink(patch))),
      paragraph(strong(texts.what(outcome, by, (at) => dayInWords(at, told)))),
      ...(outcome.kind === "put-off" ? [quote(outcome.reason)] : []),
      paragraph(texts.after(outcome, customer)),
      ...(told.wordsUrl === null ? [] : [paragraph(link(texts.words, told.wordsUrl))]),
    ],
  };
}
