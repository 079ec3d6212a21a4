// What a customer's page says, in both languages. Pure: it gets only what is theirs, and so can say nothing else.
import { cutTo, readable } from "../effects/escape.ts";
import { entryWords } from "../feeds/messages.ts";
import type { Language } from "../policy/policy.ts";
import type { Release, Saying, Step } from "./progress.ts";

/** `title`: one sentence, where it stands. `text`: what that means for them. */
export type SayingWords = { readonly title: string; readonly text: string };

type PageTexts = {
  readonly title: string;
  readonly asOf: (when: string, timezone: string) => string;
  readonly languages: string;
  readonly open: string;
  readonly settled: string;
  readonly case: (name: string) => string;
  readonly steps: (name: string) => string;
  readonly step: Readonly<Record<Step["name"], string>>;
  readonly shipped: (tags: string) => string;
  readonly ahead: string;
  readonly workaround: string;
  readonly noWorkaround: string;
  readonly neededBy: string;
  readonly nextReport: string;
  readonly none: string;
  readonly noneHere: string;
  readonly pages: string;
  readonly newer: string;
  readonly older: string;
  readonly address: (until: string) => string;
  readonly feed: string;
  readonly missingTitle: string;
  readonly missing: string;
  readonly expiredTitle: string;
  readonly expired: string;
  readonly failedTitle: string;
  readonly failed: string;
  readonly busy: string;
};

/** An issue is named by its number alone: its repository is the team's. */
export function ownReference(reference: string): string {
  const issue = /^[^\s/]+\/[^\s#]+#(\d+)$/.exec(reference);
  return issue === null ? cutTo(readable(reference), 100) : `#${issue[1]}`;
}

/** Tags are as their releases call them, each once. */
export const releaseNames = (releases: readonly Pick<Release, "tag">[], language: Language): string =>
  new Intl.ListFormat(language, { type: "conjunction" }).format(releases.map(({ tag }) => cutTo(readable(tag), 100)));

/** Where a case stands, in the words that its customer's feed uses for the same. */
export function sayingWords(saying: Saying, language: Language): SayingWords {
  if (saying.kind !== "happened") return SAYINGS[language][saying.kind];
  const { title, text } = entryWords({ event: saying.event, case: null }, language);
  return { title: asSentence(title, language), text };
}

const asSentence = (text: string, language: Language): string =>
  language === "ja" ? `${text}。` : `${text.slice(0, 1).toUpperCase()}${text.slice(1)}.`;

const SAYINGS: Readonly<Record<Language, Readonly<Record<"looking" | "preparing" | "settled", SayingWords>>>> = {
  en: {
    looking: { title: "We are looking into it.", text: "We have received your case and tell you here what we find." },
    preparing: { title: "A fix has been written.", text: "We are preparing it for the developers." },
    settled: { title: "This case is settled.", text: "If the trouble comes back, tell your contact in our support." },
  },
  ja: {
    looking: {
      title: "調査中です。",
      text: "お問い合わせを受け付けました。わかったことはこちらでお知らせいたします。",
    },
    preparing: { title: "修正を作成しました。", text: "開発元への提出を準備しています。" },
    settled: {
      title: "このお問い合わせは完了しています。",
      text: "問題が再び発生した場合は、サポート担当者にお知らせください。",
    },
  },
};

export const PAGE_TEXTS: Readonly<Record<Language, PageTexts>> = {
  en: {
    title: "Progress of your cases",
    asOf: (when, timezone) => `As of ${when} (${timezone}).`,
    languages: "Language",
    open: "Open cases",
    settled: "Settled cases",
    case: (name) => `Case ${name}`,
    steps: (name) => `Progress of case ${name}`,
    step: {
      received: "Received",
      written: "Fix written",
      "with-developers": "With the developers",
      decided: "Decided",
      shipped: "In a release",
    },
    shipped: (tags) => `In release ${tags}`,
    ahead: "still to come",
    workaround: "Workaround",
    noWorkaround: "There is none.",
    neededBy: "Needed by",
    nextReport: "You hear from us next",
    none: "There is no case of yours here yet. Once we have received one, its progress is shown here.",
    noneHere: "There are no cases on this page.",
    pages: "More cases",
    newer: "Previous cases",
    older: "Next cases",
    address: (until) =>
      `Whoever has the address of this page can read it. It can be opened until ${until}; your contact in our support can make a new one.`,
    feed: "Follow in a feed reader (Atom)",
    missingTitle: "There is no page here",
    missing: "Check that the address is complete. If it is, ask your contact in our support for a new one.",
    expiredTitle: "This address is no longer valid",
    expired: "An address like this one can be opened for 90 days. Ask your contact in our support for a new one.",
    failedTitle: "This did not work",
    failed: "Try again in a minute.",
    busy: "Too many requests. Wait a minute, then try again.",
  },
  ja: {
    title: "お問い合わせの進捗",
    asOf: (when, timezone) => `${when} 現在（${timezone}）`,
    languages: "言語",
    open: "対応中のお問い合わせ",
    settled: "完了したお問い合わせ",
    case: (name) => `お問い合わせ ${name}`,
    steps: (name) => `お問い合わせ ${name} の進捗`,
    step: {
      received: "受付",
      written: "修正の作成",
      "with-developers": "開発元で確認中",
      decided: "開発元の判断",
      shipped: "リリース",
    },
    shipped: (tags) => `リリース ${tags}`,
    ahead: "これから",
    workaround: "回避策",
    noWorkaround: "ありません。",
    neededBy: "ご希望の期日",
    nextReport: "次回のご報告",
    none: "お問い合わせはまだありません。受け付け次第、こちらに進捗を表示いたします。",
    noneHere: "このページにはお問い合わせがありません。",
    pages: "ほかのお問い合わせ",
    newer: "前のお問い合わせ",
    older: "次のお問い合わせ",
    address: (until) =>
      `このページのアドレスをご存じの方は、どなたでもご覧いただけます。有効期限は${until}です。新しいアドレスは、サポート担当者が発行いたします。`,
    feed: "フィードリーダーで購読する（Atom）",
    missingTitle: "ページが見つかりません",
    missing:
      "アドレスが途中で切れていないかご確認ください。問題がない場合は、サポート担当者に新しいアドレスをご依頼ください。",
    expiredTitle: "このアドレスは有効期限が切れています",
    expired: "アドレスの有効期間は 90 日です。サポート担当者に新しいアドレスをご依頼ください。",
    failedTitle: "表示できませんでした",
    failed: "しばらくしてから、もう一度お試しください。",
    busy: "アクセスが集中しています。しばらくしてから、もう一度お試しください。",
  },
};
