// Every text of the page of insights. Pure; numbers come in as words of the reader's locale.
import type { Language } from "../policy/policy.ts";
import type { FigureName, FilterName, Gravity, Period } from "./insight.ts";
import { INSIGHT_TEXTS_EN } from "./messages-en.ts";
import { INSIGHT_TEXTS_JA } from "./messages-ja.ts";

/** What a figure is: what it tells, how exactly it is counted, and what its table's columns are called. */
export type FigureTexts = { readonly title: string; readonly about: string; readonly caption: string };

export type InsightTexts = {
  readonly title: string;
  readonly lead: string;
  /** Of how many patches, and since when they were opened. */
  readonly counted: (patches: string, since: string) => string;
  /** Figures are kept for some minutes. */
  readonly countedAt: (instant: string) => string;
  readonly cut: (patches: string) => string;
  readonly filters: string;
  readonly filterNames: Readonly<Record<FilterName, string>>;
  readonly periods: Readonly<Record<Period, string>>;
  readonly severities: Readonly<Record<Gravity, string>>;
  readonly any: string;
  readonly show: string;
  readonly clear: string;
  readonly unknown: (filter: string, value: string) => string;
  readonly emptyTitle: string;
  readonly empty: string;
  readonly emptySteps: readonly string[];
  readonly noneHere: string;
  readonly csv: string;
  readonly csvOf: (title: string) => string;
  readonly table: string;
  readonly tooFew: string;
  readonly tooFewShort: string;
  readonly figures: Readonly<Record<FigureName, FigureTexts>>;
  readonly spreadChart: string;
  readonly columns: {
    readonly month: string;
    readonly opened: string;
    readonly answered: string;
    readonly decided: string;
    readonly patches: string;
    readonly lower: string;
    readonly median: string;
    readonly upper: string;
    readonly stretch: string;
    readonly severity: string;
    readonly contract: string;
    readonly within: string;
    readonly late: string;
    readonly open: string;
    readonly share: string;
    readonly whose: string;
    readonly age: string;
    readonly total: string;
    readonly asked: string;
  };
  readonly escalation: {
    /** Months before, days after: medians in words. */
    readonly sentence: (before: string, after: string) => string;
    /** Of fewer than five, of whom there are no halves. */
    readonly ofFew: (patches: number, before: string, after: string) => string;
    readonly workingDays: (days: string) => string;
    readonly undecided: (patches: string) => string;
    readonly before: string;
    readonly after: string;
    readonly unescalated: string;
    readonly description: string;
  };
  readonly targets: {
    readonly bySeverity: string;
    readonly byContract: string;
    readonly plans: Readonly<Record<"subscription" | "consulting", string>>;
    readonly noContract: string;
    readonly description: string;
    readonly of: (share: string, patches: string) => string;
  };
  readonly customers: {
    readonly sides: Readonly<Record<"customers" | "others", string>>;
    readonly customersOnly: string;
    readonly response: string;
    readonly decision: string;
    readonly description: string;
  };
  readonly waiting: {
    readonly under: (days: string) => string;
    readonly between: (from: string, to: string) => string;
    readonly over: (days: string) => string;
    readonly authors: string;
    readonly none: string;
    readonly description: string;
  };
  readonly reminders: {
    readonly persons: string;
    readonly others: string;
    readonly hidden: string;
    readonly own: (count: string) => string;
    readonly none: string;
    readonly description: string;
  };
  readonly workingDays: (days: { readonly words: string; readonly isOne: boolean }) => string;
};

export const INSIGHT_TEXTS: Readonly<Record<Language, InsightTexts>> = { en: INSIGHT_TEXTS_EN, ja: INSIGHT_TEXTS_JA };
