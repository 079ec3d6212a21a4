// What deciders get instead of dossiers once they have had their week's: one list, gravest first; and the one line that wakes somebody.
import { link, list, paragraph, strong } from "../notify/blocks.ts";
import { dayInWords, namedDay } from "../notify/dates.ts";
import type { Line, Message } from "../notify/message.ts";
import { gravityOf } from "../patches/situation.ts";
import type { Language, Severity } from "../policy/policy.ts";
import type { Dossier } from "./dossier.ts";
import { gravestOf } from "./dossier.ts";

export type RankedList = {
  readonly language: Language;
  readonly timezone: string;
  /** In any order. */
  readonly dossiers: readonly Dossier[];
};

type Entry = {
  readonly severity: Severity | null;
  readonly customers: readonly string[];
  readonly since: string;
  readonly neededBy: string | null;
  readonly decideBy: string | null;
};

type ListTexts = {
  readonly subject: (n: number) => string;
  readonly opening: (n: number) => string;
  readonly entry: (entry: Entry) => string;
  readonly how: string;
};

const ranked: Readonly<Record<Language, ListTexts>> = {
  en: {
    subject: (n) => (n === 1 ? "One more decision asked for" : `${n} more decisions asked for, gravest first`),
    opening: (n) =>
      `You have had as many single requests this week as you are sent at most. ${n === 1 ? "This waits" : "These wait"} for a decision as well:`,
    entry: ({ severity, customers, since, neededBy, decideBy }) =>
      [
        severity === null ? "severity unknown" : `severity ${severity}`,
        `waiting since ${since}${customers.length === 0 ? "" : `: ${customers.join(", ")}`}`,
        ...(neededBy === null ? [] : [`needed by ${neededBy}`]),
        ...(decideBy === null ? [] : [`a decision is asked for by ${decideBy}`]),
      ].join("; "),
    how: "Taking it, taking it with changes, no or later: each settles it, in a word on the pull request.",
  },
  ja: {
    subject: (n) => `【ご判断のお願い】ほか ${n} 件${n === 1 ? "" : "（重大度順）"}`,
    opening: () => "今週は個別のお願いを上限までお送りしたため、ご判断をお待ちしている件を一覧でお送りします。",
    entry: ({ severity, customers, since, neededBy, decideBy }) =>
      [
        severity === null ? "重大度は不明" : `重大度 ${severity}`,
        customers.length === 0
          ? `${since}からお待ちしています`
          : `${customers.map((each) => `${each} 様`).join("、")}が ${since}からお待ちです`,
        ...(neededBy === null ? [] : [`ご希望の期日 ${neededBy}`]),
        ...(decideBy === null ? [] : [`ご判断の期日 ${decideBy}`]),
      ].join("、"),
    how: "取り込み、変更のうえ取り込み、見送り、後日のいずれも、プルリクエストに一言お書きいただければ結構です。",
  },
};

/** Many patches in one message: of equal gravity, whoever waits longest comes first. */
export function rankedListMessage({ language, timezone, dossiers }: RankedList): Message {
  const texts = ranked[language];
  const dates = { language, timezone };
  const rank = (dossier: Dossier) => gravityOf(gravestOf(dossier.cases));
  const sinceOf = (dossier: Dossier) =>
    Math.min(dossier.waiting.sinceAt, ...dossier.customers.map((each) => each.sinceAt));
  const sorted = dossiers.toSorted((a, b) => rank(a) - rank(b) || sinceOf(a) - sinceOf(b));
  return {
    language,
    subject: texts.subject(sorted.length),
    blocks: [
      paragraph(texts.opening(sorted.length)),
      list(
        sorted.map((dossier): Line => {
          const { patch, asked, cases, customers } = dossier;
          const [neededBy = null] = cases.flatMap((each) => each.neededBy?.date ?? []).toSorted();
          const entry = texts.entry({
            severity: gravestOf(cases),
            customers: customers.map((each) => each.name),
            since: dayInWords(sinceOf(dossier), dates),
            neededBy: neededBy === null ? null : namedDay(neededBy, language),
            decideBy: asked.decideByAt === null ? null : dayInWords(asked.decideByAt, dates),
          });
          return [
            link(`${patch.repository}#${patch.number}: ${patch.title}`, patch.url),
            language === "ja" ? "：" : ": ",
            entry,
          ];
        }),
      ),
      paragraph(strong(texts.how)),
    ],
  };
}

/** One line for whoever is on call. */
export const urgentSummary = ({ patch, cases }: Dossier): string =>
  `${gravestOf(cases) ?? "Urgent"}: a decision is asked for on ${patch.repository}#${patch.number}`;
