// The evidence of one patch on one page, as data: frozen with each step of the ladder, and made fresh on demand. Pure; reading what it
// is made of and telling it to somebody are apart.
import type { Severity } from "../policy/policy.ts";
import type { LackingWord } from "./escalation.ts";

/** What has to be said before anything else. `missing`: codes of what a decision lacks. */
export type FirstLine =
  | {
      readonly code: "anyway";
      readonly missing: readonly string[];
      readonly by: string;
      readonly reason: string | null;
    }
  | { readonly code: "owner-not-heard" }
  | { readonly code: "unknown-words"; readonly words: readonly LackingWord["word"][] }
  | { readonly code: "again"; readonly askedAt: number }
  | { readonly code: "put-off-is-over"; readonly until: number };

/** Which decision is asked for: whether it goes before the deciders, or what becomes of the patch. */
export type Asked = {
  readonly what: "account-owner" | "deciders";
  readonly decideByAt: number | null;
  readonly first: readonly FirstLine[];
};

export type DossierCase = {
  readonly reference: string;
  readonly title: string;
  readonly url: string | null;
  readonly customerId: string | null;
  readonly severity: Severity | null;
  readonly summary: string | null;
  readonly stake: string | null;
  /** `none`, a text, or null where nobody knows. */
  readonly workaround: string | null;
  readonly neededBy: { readonly date: string; readonly why: string | null } | null;
  readonly nextReport: string | null;
  readonly sinceAt: number;
  /** A supporter who made the link; null where somebody else did. */
  readonly linkedBy: string | null;
};

export type DossierCustomer = {
  readonly id: string;
  readonly name: string;
  readonly owner: string | null;
  readonly consultant: string | null;
  /** Since when they wait: their first open case, or the pull request where one of them wrote it. */
  readonly sinceAt: number;
};

/** One thing that happened, for the course by date. `who`: logins and teams on GitHub, never customers' people. */
export type CourseEntry = { readonly at: number; readonly who: readonly string[] } & (
  | {
      readonly what:
        | "opened"
        | "ready"
        | "reminded"
        | "answered"
        | "changes-requested"
        | "approved"
        | "updated"
        | "escalation-asked"
        | "owner-put-forward"
        | "support-asked"
        | "owner-asked"
        | "owner-silent"
        | "deciders-asked";
    }
  | { readonly what: "put-off" | "taken"; readonly until: number }
);

export type DossierCheck = {
  readonly name: string;
  readonly state: "passing" | "failing" | "running";
  readonly isRequired: boolean;
};

/** What GitHub shows of the patch at its head commit; null in the dossier where it could not be read. */
export type DossierView = {
  readonly headSha: string;
  readonly files: number;
  readonly additions: number;
  readonly deletions: number;
  readonly checks: readonly DossierCheck[];
  readonly reviews: readonly {
    readonly by: string;
    readonly state: "approved" | "changes-requested";
    readonly url: string;
  }[];
};

export type Dossier = {
  readonly version: 1;
  readonly at: number;
  readonly headSha: string;
  readonly asked: Asked;
  /** Who asked for it with a command, and why. */
  readonly request: { readonly by: string; readonly reason: string | null } | null;
  readonly patch: {
    readonly id: string;
    readonly repository: string;
    readonly number: number;
    readonly title: string;
    readonly url: string;
    readonly author: string;
    readonly openedAt: number;
  };
  /** Open cases whose link is confirmed, and the customers who wait. */
  readonly cases: readonly DossierCase[];
  readonly customers: readonly DossierCustomer[];
  readonly view: DossierView | null;
  readonly changesRequestedBy: readonly string[];
  /** Working time: since the maintainers' last response, and in all that each side has held it. */
  readonly waiting: { readonly millis: number; readonly sinceAt: number };
  readonly held: { readonly maintainer: number; readonly author: number };
  readonly dayMillis: number;
  readonly reminders: readonly { readonly at: number; readonly to: readonly string[] }[];
  readonly course: readonly CourseEntry[];
};

const MOST_ENTRIES = 30;
const LONGEST_WORDS = 4000;

/** The first thing that happened and the newest, in order. */
export function courseOf(entries: readonly CourseEntry[]): readonly CourseEntry[] {
  const ordered = entries.toSorted((a, b) => a.at - b.at);
  const [first] = ordered;
  if (first === undefined || ordered.length <= MOST_ENTRIES) return ordered;
  return [first, ...ordered.slice(-(MOST_ENTRIES - 1))];
}

/** People write whole logs into a case; a dossier is read in five minutes. */
export const shortWords = (words: string | null): string | null =>
  words === null || words.trim() === "" ? null : words.slice(0, LONGEST_WORDS);

const GRAVITY: Readonly<Record<Severity, number>> = { S1: 1, S2: 2, S3: 3, S4: 4 };

export const graver = (a: Severity | null, b: Severity | null): Severity | null =>
  a === null || b === null ? (a ?? b) : GRAVITY[a] <= GRAVITY[b] ? a : b;

/** The gravest of these cases. */
export const gravestOf = (cases: readonly DossierCase[]): Severity | null =>
  cases.reduce<Severity | null>((gravest, each) => graver(gravest, each.severity), null);

/** What supporters advise, as far as it follows from what is known: null where no supporter stands for the patch. */
export type Recommendation = {
  readonly answer: "take" | "take-with-changes";
  readonly by: string;
  readonly as: "consultant" | "supporter";
  readonly did: "wrote" | "linked";
  readonly severity: Severity | null;
  readonly hasNoWorkaround: boolean;
};
