// Which texts the page of what waits needs, and the tables that show patches on the board, as a type, with both catalogues of them.
import type { Turn } from "../../patches/turn.ts";
import type { Language } from "../../policy/policy.ts";
import { WAITING_ENGLISH } from "./messages-en.ts";
import { WAITING_JAPANESE } from "./messages-ja.ts";

/** A number as it is shown, and whether it is one. */
export type Counted = { readonly words: string; readonly isOne: boolean };

export type WaitingTexts = {
  readonly title: string;
  /** Null counts are none. */
  readonly summary: (counts: Readonly<Record<Turn, Counted | null>>) => string;
  readonly atLeast: (number: string) => string;
  readonly sections: Readonly<Record<Turn, string>>;
  readonly explained: Readonly<Record<Turn, string>>;
  /** For maintainers, to whom the author's side is not "us". */
  readonly limited: {
    readonly summary: WaitingTexts["summary"];
    readonly sections: WaitingTexts["sections"];
    readonly explained: WaitingTexts["explained"];
    readonly turns: WaitingTexts["turns"];
  };
  readonly counted: (section: string, number: string) => string;
  readonly withoutCustomer: string;
  readonly caption: (section: string, customer: string) => string;
  readonly all: (section: string) => string;
  readonly filters: string;
  readonly filter: {
    readonly text: string;
    readonly textLimited: string;
    readonly customer: string;
    readonly severity: string;
    readonly turn: string;
    readonly repository: string;
    readonly any: string;
    readonly noSeverity: string;
    readonly mine: string;
    readonly show: string;
    readonly clear: string;
  };
  readonly unknown: (words: string) => string;
  readonly first: string;
  readonly more: string;
  readonly pages: string;
  readonly noneHere: string;
  readonly nothingTitle: string;
  readonly nothing: string;
  readonly nothingLimited: string;
  readonly toLink: readonly [string, string];
  readonly toImport: readonly [string, string, string];
  readonly proposals: string;
  readonly proposalsExplained: string;
  readonly proposalsAll: string;
  readonly proposedBy: (login: string) => string;
  readonly confirm: string;
  readonly drop: string;
  readonly about: (reference: string) => string;
  readonly table: {
    readonly patch: string;
    readonly case: string;
    readonly severity: string;
    readonly customer: string;
    readonly waits: string;
    readonly turn: string;
    readonly next: string;
    readonly act: string;
    readonly proposed: string;
  };
  readonly turns: Readonly<Record<Turn, string>>;
  readonly moreCases: (number: string) => string;
  readonly notFollowed: string;
  readonly nothingPlanned: string;
  readonly since: (day: string) => string;
  readonly listed: string;
  readonly ended: Readonly<Record<string, string>>;
  readonly release: (tag: string) => string;
};

/** What a table shows where nothing is known. */
export const NOTHING = "–";

export const WAITING_TEXTS: Readonly<Record<Language, WaitingTexts>> = { en: WAITING_ENGLISH, ja: WAITING_JAPANESE };

/** The words that depend on which side whoever looks is on. */
export function sidedTexts({ language, isLimited }: { readonly language: Language; readonly isLimited: boolean }) {
  const { limited, summary, sections, explained, turns } = WAITING_TEXTS[language];
  return isLimited ? limited : { summary, sections, explained, turns };
}
