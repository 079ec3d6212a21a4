// What account owner and support hear of contracts that lapse. Apart, because customers and repositories never hear a word of it.
import type { Block, Inline, Line, Message } from "../notify/message.ts";
import type { Language } from "../policy/policy.ts";
import type { DueLapse, LapseKind } from "../silences/contracts.ts";

export type LapseWords = { readonly customer: string; readonly lapse: DueLapse };

export type LapsesWords = {
  readonly reader: { readonly name: string; readonly language: Language };
  /** At least one; several that fall on one morning are told together. */
  readonly lapses: readonly LapseWords[];
};

/** Tells that contracts end, soonest first. */
export function lapsesMessage({ reader, lapses }: LapsesWords): Message {
  const { language } = reader;
  const words = texts[language];
  const sorted = lapses.toSorted(
    (a, b) => a.lapse.daysLeft - b.lapse.daysLeft || (a.customer < b.customer ? -1 : a.customer > b.customer ? 1 : 0),
  );
  const shown = sorted.slice(0, MOST_LINES);
  const items = shown.map((each) => lapseLine(each, language));
  const more = sorted.length - shown.length;
  const list: Block = { kind: "list", items: more === 0 ? items : [...items, [words.more(more)]] };
  const [only, ...others] = sorted;
  return {
    language,
    subject: only === undefined || others.length > 0 ? words.several(sorted.length) : words.one(only),
    blocks: [paragraph(words.hello(reader.name)), list, paragraph(words.meaning), paragraph(words.renewed)],
  };
}

/** One contract's end in a line: whose, which, when, and until when it counts. */
export const lapseLine = ({ customer, lapse }: LapseWords, language: Language): Line => [
  { kind: "strong", text: customer },
  texts[language].line(lapse),
];

const MOST_LINES = 50;

const paragraph = (...line: Inline[]): Block => ({ kind: "paragraph", line });

type Texts = {
  readonly hello: (name: string) => string;
  readonly one: (only: LapseWords) => string;
  readonly several: (n: number) => string;
  readonly line: (lapse: DueLapse) => string;
  readonly more: (n: number) => string;
  readonly meaning: string;
  readonly renewed: string;
};

type Plan = DueLapse["contract"]["plan"];

const PLANS: Record<Language, Record<Plan, string>> = {
  en: { subscription: "subscription", consulting: "consulting contract" },
  ja: { subscription: "サブスクリプション契約", consulting: "コンサルティング契約" },
};

const planOf = ({ contract }: DueLapse, language: Language): string => {
  const plan = PLANS[language][contract.plan];
  if (contract.tier === null) return plan;
  return language === "en" ? `${plan} (${contract.tier})` : `${plan}（${contract.tier}）`;
};

const inDays: Record<Language, (days: number) => string> = {
  en: (days) => {
    if (days === 0) return "today";
    if (days === 1) return "tomorrow";
    if (days === -1) return "yesterday";
    return days > 0 ? `in ${days} days` : `${-days} days ago`;
  },
  ja: (days) => {
    if (days === 0) return "本日";
    return days > 0 ? `あと ${days} 日` : `${-days} 日前`;
  },
};

const ends: Record<Language, (lapse: DueLapse) => string> = {
  en: ({ contract, daysLeft }) => `${daysLeft < 0 ? "ended" : "ends"} on ${contract.until} (${inDays.en(daysLeft)})`,
  ja: ({ contract, daysLeft }) =>
    `${contract.until}（${inDays.ja(daysLeft)}）に${daysLeft < 0 ? "終了しました" : "終了します"}`,
};

const counts: Record<Language, Record<LapseKind, (lapse: DueLapse) => string>> = {
  en: {
    warning: stillCounts,
    "last-day": stillCounts,
    "grace-over": ({ countsUntil }) => `It counts until ${countsUntil}, the last day of the grace.`,
  },
  ja: {
    warning: stillCountsInJapanese,
    "last-day": stillCountsInJapanese,
    "grace-over": ({ countsUntil }) => `猶予期間は ${countsUntil} までです。`,
  },
};

function stillCounts({ contract, countsUntil }: DueLapse): string {
  return countsUntil === contract.until ? "There is no grace after it." : `It counts until ${countsUntil}.`;
}

function stillCountsInJapanese({ contract, countsUntil }: DueLapse): string {
  return countsUntil === contract.until ? "猶予期間はありません。" : `${countsUntil} までは有効な契約として扱います。`;
}

const texts: Record<Language, Texts> = {
  en: {
    hello: (name) => `Hello ${name},`,
    one: ({ customer, lapse }) => `${customer}: the ${planOf(lapse, "en")} ${ends.en(lapse)}`,
    several: (n) => `${n} contracts are about to end, or have ended`,
    line: (lapse) => `: the ${planOf(lapse, "en")} ${ends.en(lapse)}. ${counts.en[lapse.kind](lapse)}`,
    more: (n) => `and ${n} more`,
    meaning:
      "After the last day on which a contract counts, the customer’s patches lose their labels, and nobody is reminded of them as a customer’s. Neither customers nor repositories are told of any of this.",
    renewed: "Has it been renewed? Import the contract that follows, and nothing more is said.",
  },
  ja: {
    hello: (name) => `${name} 様`,
    one: ({ customer, lapse }) => `${customer} 様の${planOf(lapse, "ja")}: ${ends.ja(lapse)}`,
    several: (n) => `契約終了のお知らせ（${n} 件）`,
    line: (lapse) => ` 様の${planOf(lapse, "ja")}は ${ends.ja(lapse)}。${counts.ja[lapse.kind](lapse)}`,
    more: (n) => `ほか ${n} 件`,
    meaning:
      "契約が有効な最終日を過ぎると、お客様のパッチからラベルが外れ、お客様の案件としてのお願いもお送りしなくなります。この件がお客様やリポジトリに伝わることはありません。",
    renewed: "更新済みの場合は、次の契約を取り込んでください。以後のお知らせは止まります。",
  },
};
