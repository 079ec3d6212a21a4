// The policy as the rest of the product sees it: what every key of `.github/patch-advocate.yml` becomes. The door to this folder's pure part.
import type { Disclosure } from "../effects/effect.ts";

export type { Disclosure } from "../effects/effect.ts";

type Mode = "act" | "observe";
export type Language = "en" | "ja";
export type Visibility = "public" | "private" | "internal";
export type Severity = "S1" | "S2" | "S3" | "S4";
export type Weekday = "mon" | "tue" | "wed" | "thu" | "fri" | "sat" | "sun";

/** A length as it was written: what `d` and `w` are in milliseconds depends on the calendar (`durationMillis`). */
export type Duration = { readonly amount: number; readonly unit: "s" | "m" | "h" | "d" | "w" };

/** Somebody whom a policy names: an account or a team, in the letters of the file. GitHub does not tell upper from lower case. */
export type Party =
  | { readonly kind: "login"; readonly login: string }
  | { readonly kind: "team"; readonly organization: string; readonly slug: string };

/** How references to an external help desk look, in RE2 syntax; `url` holds `{ref}`. */
export type ReferencePattern = { readonly pattern: string; readonly url: string | null };

export type WorkingHours = {
  readonly timezone: string;
  readonly days: readonly Weekday[];
  /** Minutes after midnight. `toMinute` at most 1440; not after `fromMinute` where the hours span midnight. */
  readonly hours: { readonly fromMinute: number; readonly toMinute: number };
  /** Regions as `date-holidays` names them: `JP`, `US-CA`. */
  readonly holidays: readonly string[];
  readonly closed: readonly string[];
  readonly always: readonly Severity[];
};

/** `timezone` also says where a day begins for limits a day, so `always` has one too. */
export type PolicyCalendar =
  | { readonly kind: "always"; readonly timezone: string }
  | ({ readonly kind: "hours" } & WorkingHours);

export type Targets = { readonly [Key in Severity | "none" | "author" | "release"]: Duration };

export type Reminders = {
  readonly every: Duration;
  readonly limit: number;
  readonly perRepositoryPerDay: number;
  readonly perMaintainerPerWeek: number;
  readonly remind: "team" | "anyone";
  readonly quiet: readonly Party[];
};

type Digest = { readonly day: Weekday; readonly atMinute: number };

type EscalationPolicy = {
  readonly deciders: readonly Party[];
  readonly ownerWithin: Duration;
  readonly decideWithin: Duration;
  readonly perDeciderPerWeek: number;
  readonly comment: boolean;
};

type Exempt = {
  readonly labels: readonly string[];
  readonly authors: readonly string[];
  readonly drafts: boolean;
  readonly bots: boolean;
};

/** A label's look. `color` is six hexadecimal digits. */
export type LabelStyle = { readonly name: string; readonly color: string; readonly description: string };
/** `name` holds `{severity}`; without a colour each severity has its own. */
type SeverityLabelStyle = { readonly name: string; readonly color: string | null; readonly description: string };

export type Labels = {
  readonly customer: LabelStyle | false;
  readonly consulting: LabelStyle | false;
  readonly severity: SeverityLabelStyle | false;
  readonly turn: { readonly maintainer: LabelStyle | false; readonly author: LabelStyle | false };
  readonly overdue: LabelStyle | false;
  readonly escalated: LabelStyle | false;
  /** Whether a policy names the `consulting` label itself: where the disclosure is `none` it is put on only then. */
  readonly isConsultingNamed: boolean;
};

export type Policy = {
  readonly mode: Mode;
  readonly language: Language;
  readonly disclosure: Disclosure;
  readonly support: readonly Party[];
  readonly maintainers: readonly Party[];
  readonly track: "customers" | "all";
  readonly cases: { readonly repositories: readonly string[]; readonly references: readonly ReferencePattern[] };
  readonly exempt: Exempt;
  readonly calendar: PolicyCalendar;
  readonly targets: Targets;
  readonly reminders: Reminders;
  readonly digest: Digest | false;
  readonly escalation: EscalationPolicy;
  /** Calendar days, so only `d` and `w`. */
  readonly contracts: { readonly grace: Duration; readonly warn: readonly Duration[] };
  readonly releases: { readonly from: "releases" | "tags"; readonly prereleases: boolean };
  readonly labels: Labels;
};

export type PartialLabelStyle = { readonly name?: string; readonly color?: string; readonly description?: string };

export type PartialLabels = {
  readonly customer?: PartialLabelStyle | false;
  readonly consulting?: PartialLabelStyle | false;
  readonly severity?: PartialLabelStyle | false;
  readonly turn?:
    | { readonly maintainer?: PartialLabelStyle | false; readonly author?: PartialLabelStyle | false }
    | false;
  readonly overdue?: PartialLabelStyle | false;
  readonly escalated?: PartialLabelStyle | false;
};

/** What one file says, and nothing that it leaves out. */
export type PartialPolicy = {
  readonly mode?: Mode;
  readonly language?: Language;
  readonly disclosure?: Disclosure;
  readonly support?: readonly Party[];
  readonly maintainers?: readonly Party[];
  readonly track?: "customers" | "all";
  readonly cases?: Partial<Policy["cases"]>;
  readonly exempt?: Partial<Exempt>;
  readonly calendar?: "always" | Partial<WorkingHours>;
  readonly targets?: Partial<Targets>;
  readonly reminders?: Partial<Reminders>;
  readonly digest?: Partial<Digest> | false;
  readonly escalation?: Partial<EscalationPolicy>;
  readonly contracts?: Partial<Policy["contracts"]>;
  readonly releases?: Partial<Policy["releases"]>;
  readonly labels?: PartialLabels;
};

/** What is wrong with a file and where (both counted from 1); `path` is the key, such as `reminders.limit`, and empty for the whole file. */
export type PolicyError = {
  readonly line: number;
  readonly column: number;
  readonly path: string;
  readonly message: string;
  /** The line as it stands in the file, where that was kept. */
  readonly text?: string;
};

export { DEFAULT_POLICY } from "./defaults.ts";
export { policyHash, resolvePolicy } from "./inheritance.ts";
export { labelDefinitions } from "./labels.ts";
export { parsePolicy } from "./parse.ts";
export { findReferences } from "./references.ts";
