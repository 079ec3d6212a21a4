// Which words a dossier needs, as a type: a language that lacks one does not type-check. Apart from both catalogues and from the pages
// that are made of them.
import type { DateWords } from "../notify/dates.ts";
import type { Inline, Line } from "../notify/message.ts";
import type { Severity } from "../policy/policy.ts";
import type { LackCode } from "./decidable.ts";
import type { CourseEntry, Dossier, DossierCheck, FirstLine, Recommendation } from "./dossier.ts";
import type { DossierReader } from "./dossier-for.ts";
import type { LackingWord } from "./escalation.ts";

export type Label =
  | "severity"
  | "stake"
  | "neededBy"
  | "workaround"
  | "nextReport"
  | "since"
  | "case"
  | "fix"
  | "software"
  | "waiting"
  | "others"
  | "author"
  | "consultant"
  | "size"
  | "requiredChecks"
  | "otherChecks"
  | "reviews"
  | "held"
  | "reminders"
  | "head";

type Heading = "trouble" | "fix" | "workaround" | "report" | "course" | "question" | "waiting" | "answers";

/** Whether those who wait can help themselves meanwhile: none, not all, all of them, or nobody knows. */
export type Workarounds = "none" | "partly" | "some" | "unknown";

/** What an answer is called, and what it means for the customer. */
type Meaning = { readonly name: string; readonly means: string };

/** Whom a first line is told, and of whom an answer is awaited: who is not asked is not reproached for it. */
export type FirstLineTold = {
  readonly dates: DateWords;
  readonly reader: DossierReader["kind"];
  readonly asked: Dossier["asked"]["what"];
};

export type DossierWords = {
  readonly labels: Readonly<Record<Label, string>>;
  readonly headings: Readonly<Record<Heading, string>>;
  readonly between: string;
  readonly betweenSentences: string;
  readonly unknown: string;
  readonly none: string;
  readonly notAgreed: string;
  readonly noSummary: string;
  readonly noCase: string;
  readonly nobodyNamed: string;
  readonly wordNames: Readonly<Record<LackingWord["word"], string>>;
  readonly lacks: Readonly<Record<LackCode, string>>;
  readonly customer: (name: string) => string;
  readonly somebody: string;
  /** Several customers within a sentence: their names as `customer` writes them, or only how many. */
  readonly customers: (names: readonly string[]) => string;
  readonly severity: (severity: Severity) => string;
  readonly neededBy: (day: string, why: string | null) => string;
  readonly firstLine: (line: FirstLine, told: FirstLineTold) => string;
  /** To whoever is asked because the account owner cannot be, or is not known. */
  readonly insteadOf: (owner: string | null) => Line;
  readonly requested: (by: string, reason: string | null) => string;
  readonly recommendation: (what: Recommendation, isOwner: boolean) => string;
  readonly size: (files: number, additions: number, deletions: number) => string;
  readonly checks: (checks: readonly DossierCheck[]) => string;
  readonly approved: (by: string) => string;
  readonly asksForChanges: (by: string) => string;
  readonly held: (maintainers: string, author: string) => string;
  readonly waited: (time: string) => string;
  readonly others: (n: number) => string;
  readonly since: (day: string) => string;
  readonly entry: (entry: CourseEntry, dates: DateWords) => string;
  readonly dated: (day: string, what: string) => string;
  readonly subject: {
    readonly ownerAsked: (customer: string, by: string | null) => string;
    readonly ownerTold: (customer: string) => string;
    /** Put before a subject of the gravest that goes before the deciders. */
    readonly urgent: (subject: string) => string;
    readonly deciders: (patch: string, severity: Severity | null, by: string | null) => string;
    readonly support: (patch: string, what: "account-owner" | "deciders") => string;
  };
  readonly owner: {
    readonly opening: (customer: string, waited: string | null) => string;
    readonly question: (by: string | null) => string;
    readonly told: (by: string | null) => string;
    readonly answers: (customer: string) => readonly Meaning[];
    readonly silence: (rises: boolean, isLastTime: boolean) => Meaning;
    readonly otherwise: (consultant: string | null) => Line;
  };
  readonly deciders: {
    readonly ask: (patch: Inline, by: string | null) => Line;
    readonly answers: (customers: string, workarounds: Workarounds) => readonly (Meaning & { readonly how: Line })[];
    readonly silence: Meaning;
    readonly taking: Line;
    readonly waiting: (n: number, day: string) => string;
  };
  readonly support: {
    readonly ownerAsked: (owners: readonly string[], by: string | null) => string;
    readonly decidersAsked: (by: string | null) => string;
    readonly complete: (words: string) => Line;
  };
};
