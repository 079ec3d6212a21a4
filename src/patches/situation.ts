// All that is known of a patch when its next step is decided: plain facts, gathered before, so that deciding needs nothing else.

import type { LackingWord, OpenEscalation } from "../escalations/escalation.ts";
import type { Calendar } from "../policy/calendar.ts";
import type { Policy, Severity } from "../policy/policy.ts";
import type { Fact } from "./fact.ts";
import type { Side } from "./turn.ts";

/** Somebody who may be asked to answer. `id` is null for a login that no event has shown yet. */
export type Addressee =
  | { readonly kind: "person"; readonly id: number | null; readonly login: string }
  | { readonly kind: "team"; readonly organization: string; readonly slug: string };

/** Who could be reminded, by where they come from; those who must not be are taken out already. */
export type Candidates = {
  readonly requested: readonly Addressee[];
  readonly codeOwners: readonly Addressee[];
  readonly maintainers: readonly Addressee[];
  /** Somebody was left out because they, or the policy, asked for quiet. */
  readonly isSomebodyQuiet: boolean;
};

export type LinkedCase = {
  readonly caseId: number;
  readonly reference: string;
  readonly link: "proposed" | "confirmed";
  /** Whether a supporter made the link. */
  readonly isBySupport: boolean;
  readonly state: "open" | "resolved" | "closed";
  readonly severity: Severity | null;
  readonly customerId: string | null;
};

/** What a customer is to a patch today. */
export type CustomerToday = {
  readonly id: string;
  readonly pays: boolean;
  readonly isConsulting: boolean;
  readonly isConfidential: boolean;
  /** The strictest targets of their counting contracts, in milliseconds of working time. */
  readonly targetMillis: Readonly<Partial<Record<Severity, number>>>;
};

export type SentReminder = {
  readonly round: string;
  readonly n: number;
  readonly state: "waiting" | "sent" | "withdrawn" | "failed" | "folded" | "observed";
  readonly at: number;
  readonly commentNodeId: string | null;
  readonly mentioned: readonly string[];
};

export type Observation = {
  readonly at: number;
  readonly headSha: string;
  readonly hasConflict: boolean;
  /** How often on end GitHub had not worked out yet whether this head can be merged. */
  readonly unknownTimes: number;
  readonly failingChecks: readonly string[];
  readonly files: readonly string[];
  /** GitHub does not show it any more: it was deleted, or its repository was. */
  readonly isGone?: boolean;
};

/** `act`: the policy says so. `observe`: it says to observe. `unconfigured`: there is no policy file. */
export type Mode = "act" | "observe" | "unconfigured";

export type Situation = {
  readonly patch: {
    readonly id: string;
    readonly state: "open" | "closed" | "unknown";
    readonly isMerged: boolean;
    readonly author: { readonly id: number | null; readonly login: string; readonly isBot: boolean };
    readonly headSha: string;
    readonly labelNames: readonly string[];
    readonly wantedLabels: readonly string[];
    readonly labelsHash: string | null;
  };
  readonly mode: Mode;
  readonly policy: Policy;
  readonly labelsHash: string;
  /** The policy's calendar, and the one by which this patch's time runs. */
  readonly officeHours: Calendar;
  readonly clock: Calendar;
  readonly facts: readonly Fact[];
  readonly sides: ReadonlyMap<number, Side>;
  readonly addressed: { readonly maintainers: ReadonlySet<string>; readonly author: ReadonlySet<string> };
  readonly cases: readonly LinkedCase[];
  readonly customers: ReadonlyMap<string, CustomerToday>;
  readonly authorCustomerIds: readonly string[];
  readonly reminders: readonly SentReminder[];
  /** When the author's side was told that it is their turn, by the start of that turn. */
  readonly authorToldAt: ReadonlyMap<number, number>;
  /** An address is known at which the author's side hears it, so that nothing of it is said on the pull request. */
  readonly isAuthorToldPrivately: boolean;
  /** Our last word to the author's side on GitHub, to see whether somebody folded it. */
  readonly authorWordNodeId: string | null;
  readonly candidates: Candidates;
  /** The author asked for quiet, or the policy keeps them quiet: they are not mentioned. */
  readonly isAuthorQuiet: boolean;
  readonly limits: {
    /** Places left in the repository today, and when the next day begins. */
    readonly repositoryLeft: number;
    readonly nextDayAt: number;
    /** Keys of addressees who have had their reminders of the week. */
    readonly fullAddressees: ReadonlySet<string>;
    readonly nextWeekAt: number;
  };
  readonly observation: Observation | null;
  /** The escalation that is open, if one is. */
  readonly escalation: OpenEscalation | null;
  /** Keys of facts that asked for the next step up and were followed. */
  readonly followedRequests: ReadonlySet<string>;
  /** Whom our requests for a decision have mentioned here, by their keys. */
  readonly mentionedInRequests: ReadonlySet<string>;
  /** What a dossier would have to call unknown, of the open cases that are linked. */
  readonly lackingWords: readonly LackingWord[];
  readonly now: number;
};

/** GitHub showed it no more when it was last looked at, and nobody has been heard on it since. */
export function isGone({ observation, facts }: Situation): boolean {
  if (observation?.isGone !== true) return false;
  return !facts.some((fact) => fact.actor !== null && fact.at > observation.at);
}

/** One key a person or team, for limits and for who was mentioned already. */
export function addresseeKey(addressee: Addressee): string {
  return addressee.kind === "team"
    ? `${addressee.organization}/${addressee.slug}`.toLowerCase()
    : addressee.login.toLowerCase();
}

const GRAVITY: Readonly<Record<Severity, number>> = { S1: 1, S2: 2, S3: 3, S4: 4 };

export const gravityOf = (severity: Severity | null): number => (severity === null ? 5 : GRAVITY[severity]);

/** The gravest severity among confirmed links to open cases. */
export function gravestSeverity(cases: readonly LinkedCase[]): Severity | null {
  return confirmedOpen(cases).reduce<Severity | null>(
    (gravest, each) => (gravityOf(each.severity) < gravityOf(gravest) ? each.severity : gravest),
    null,
  );
}

export const confirmedOpen = (cases: readonly LinkedCase[]): readonly LinkedCase[] =>
  cases.filter((each) => each.link === "confirmed" && each.state === "open");
