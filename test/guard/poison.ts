// Words that no text may let through to where they may not be, and how they are found again in whatever was made of them.

import type { Disclosure } from "../../src/effects/effect.ts";
import type { PublicText } from "../../src/effects/public-text.ts";
import type { Message } from "../../src/notify/message.ts";
import type { Language } from "../../src/policy/policy.ts";

/** Each stands for something private; `other…` belongs to another customer of the same patch. */
export const POISON = {
  customer: "PoisonedCustomer",
  reference: "CASE-90009",
  title: "PoisonedTitle",
  summary: "PoisonedSummary",
  stake: "PoisonedStake",
  workaround: "PoisonedWorkaround",
  why: "PoisonedWhy",
  reason: "PoisonedReason",
  person: "PoisonedPerson",
  pull: "poisoned/pull#7",
  otherCustomer: "VenomousCustomer",
  otherReference: "CASE-80008",
  otherTitle: "VenomousTitle",
  otherSummary: "VenomousSummary",
  otherStake: "VenomousStake",
  otherWorkaround: "VenomousWorkaround",
  otherWhy: "VenomousWhy",
  otherPerson: "VenomousPerson",
} as const;

export type Poison = keyof typeof POISON;

const ALL = Object.keys(POISON) as readonly Poison[];

/** What a repository of each disclosure may hear: references and links, or everything. */
export const MAY_HEAR: Readonly<Record<Disclosure, readonly Poison[]>> = {
  none: [],
  reference: ["reference", "otherReference", "pull"],
  full: ALL,
};

/** What one account owner may hear: their own customer, and nothing of another. */
export const OWN: readonly Poison[] = ALL.filter((each) => !each.startsWith("other"));

export const EVERYTHING: readonly Poison[] = ALL;

/** The poison that `text` holds, as a person would read it: entities decoded, what is invisible taken out. */
export function poisonIn(text: string): readonly Poison[] {
  const read = text
    .replace(/&#(\d{1,7});/gu, (_, digits: string) => String.fromCodePoint(Number(digits)))
    .replaceAll("&amp;", "&")
    .replace(/[\u200b\u00ad\u2060]/gu, "")
    .toLowerCase();
  return ALL.filter((each) => read.includes(POISON[each].toLowerCase()));
}

export const notAllowed = (text: string, allowed: readonly Poison[]): readonly Poison[] =>
  poisonIn(text).filter((each) => !allowed.includes(each));

/** How the guard knows an export of a file with texts. */
export type Known =
  /** For repositories. `from`: the least disclosure that it is ever rendered for; below it nothing comes of it. */
  | {
      readonly kind: "public";
      readonly from: Disclosure;
      readonly texts: (language: Language) => readonly PublicText[];
    }
  /** For one kind of reader, who may hear `hears`. */
  | {
      readonly kind: "private";
      readonly hears: readonly Poison[];
      readonly messages: (language: Language) => readonly Message[];
    }
  /** Plain words for `hears`, such as a check run or a line in a feed. */
  | {
      readonly kind: "plain";
      readonly hears: readonly Poison[];
      readonly texts: (language: Language) => readonly string[];
    }
  /** Part of what is shown elsewhere here, or no text at all. */
  | { readonly kind: "piece"; readonly because: string };

export type KnownFile = Readonly<Record<string, Known>>;

export const publicly = (texts: (language: Language) => readonly PublicText[], from: Disclosure = "none"): Known => ({
  kind: "public",
  from,
  texts,
});

export const privately = (hears: readonly Poison[], messages: (language: Language) => readonly Message[]): Known => ({
  kind: "private",
  hears,
  messages,
});

export const plainly = (hears: readonly Poison[], texts: (language: Language) => readonly string[]): Known => ({
  kind: "plain",
  hears,
  texts,
});

export const piece = (because: string): Known => ({ kind: "piece", because });

export const AT = Temporal.Instant.from("2026-03-02T09:00:00Z").epochMilliseconds;
export const WAITING = { millis: 12 * 8 * 3_600_000, dayMillis: 8 * 3_600_000 };
