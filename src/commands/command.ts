// What a person can write to us, as values. Apart from the parser, because whoever runs, refuses or explains commands needs only these.
import type { Duration, Party, Severity } from "../policy/policy.ts";

export const VERBS = [
  "link",
  "unlink",
  "severity",
  "customer",
  "summary",
  "stake",
  "workaround",
  "needed-by",
  "report",
  "waiting",
  "snooze",
  "unsnooze",
  "ask",
  "take",
  "quiet",
  "escalate",
  "later",
  "landed",
  "superseded",
  "status",
  "why",
  "help",
] as const;

export type Verb = (typeof VERBS)[number];

/** A case or a patch as somebody named it; `text` is what was written. `host` is null where no address was written. */
export type Ref =
  | {
      readonly kind: "pull" | "issue" | "issue-or-pull";
      readonly host: string | null;
      readonly owner: string;
      readonly repo: string;
      readonly number: number;
      readonly text: string;
    }
  /** `#N`: in the repository where it was written. */
  | { readonly kind: "number"; readonly number: number; readonly text: string }
  /** A help desk's own number or name, 1 to 64 characters of `A-Za-z0-9._/:-`. */
  | { readonly kind: "external"; readonly text: string };

/** A commit as somebody named it; `repository` is null where only its id was written, `host` where no address was. */
export type CommitRef = {
  readonly kind: "commit";
  readonly host: string | null;
  readonly repository: { readonly owner: string; readonly repo: string } | null;
  /** 7 to 40 hexadecimal digits, lower case. */
  readonly sha: string;
  readonly text: string;
};

export type PullRef = Exclude<Ref, { kind: "external" }>;

/** A day as `YYYY-MM-DD`, known to exist; whether it has passed is for whoever knows the time. */
export type IsoDate = string;

export type Until =
  | { readonly kind: "duration"; readonly duration: Duration }
  | { readonly kind: "date"; readonly date: IsoDate };

export type Command =
  | {
      readonly verb: "link";
      readonly refs: readonly Ref[];
      readonly severity: Severity | null;
      readonly customer: string | null;
    }
  | { readonly verb: "unlink"; readonly refs: readonly Ref[] }
  | { readonly verb: "severity"; readonly severity: Severity; readonly ref: Ref | null }
  | { readonly verb: "customer"; readonly customer: string; readonly ref: Ref | null }
  | { readonly verb: "summary" | "stake"; readonly words: string }
  /** `none` is kept as that word. */
  | { readonly verb: "workaround"; readonly words: string }
  | { readonly verb: "needed-by"; readonly date: IsoDate; readonly why: string | null }
  | { readonly verb: "report"; readonly date: IsoDate }
  | { readonly verb: "waiting"; readonly on: "author" | "maintainer" }
  | { readonly verb: "snooze"; readonly until: Until; readonly reason: string | null }
  | { readonly verb: "unsnooze" }
  | { readonly verb: "ask"; readonly people: readonly Party[] }
  | { readonly verb: "take"; readonly date: IsoDate | null }
  | { readonly verb: "quiet"; readonly whom: "patch"; readonly until: Until }
  | { readonly verb: "quiet"; readonly whom: "me"; readonly until: Until | null }
  | { readonly verb: "escalate"; readonly isAnyway: boolean; readonly reason: string | null }
  | { readonly verb: "later"; readonly date: IsoDate; readonly reason: string }
  | { readonly verb: "landed"; readonly ref: PullRef | CommitRef }
  | { readonly verb: "superseded"; readonly ref: PullRef }
  | { readonly verb: "status" | "why" | "help" };

/** A command and what makes it one however often its comment arrives: `text` is normalised, `occurrence` counts from 1. */
export type ParsedCommand = { readonly command: Command; readonly text: string; readonly occurrence: number };

/** What is wrong with a line that began with `/case`. */
export type ProblemCode =
  | "missing-verb"
  | "unknown-verb"
  | "missing-argument"
  | "bad-reference"
  | "bad-landing"
  | "bad-pull"
  | "bad-severity"
  | "bad-customer"
  | "bad-date"
  | "bad-duration"
  | "bad-until"
  | "bad-person"
  | "bad-side"
  | "missing-reason"
  | "too-many-words"
  | "too-long"
  | "too-many-commands";

/** A command that cannot be understood. `text` and `occurrence` as in `ParsedCommand`; `nearest` is the verb that was perhaps meant. */
export type CommandProblem = {
  readonly code: ProblemCode;
  readonly verb: Verb | null;
  readonly nearest: Verb | null;
  readonly text: string;
  readonly occurrence: number;
};

/** A line like `Case: CASE-7` in a pull request's body, or `Customer:`, `Severity:`, `Patch:` in a case's. */
export type Trailer =
  | { readonly kind: "case"; readonly refs: readonly Ref[] }
  | { readonly kind: "customer"; readonly customer: string }
  | { readonly kind: "severity"; readonly severity: Severity }
  | { readonly kind: "patch"; readonly refs: readonly Ref[] };

/** Who is addressed in a text, lower case, each once, in order: `logins` by `@login`, `teams` by `@organization/team`. */
export type Mentions = { readonly logins: readonly string[]; readonly teams: readonly string[] };

export type ParsedText = {
  readonly commands: readonly ParsedCommand[];
  readonly trailers: readonly Trailer[];
  readonly problems: readonly CommandProblem[];
  /** Nothing but commands, blank lines and hidden comments, and at least one command. */
  readonly isOnlyCommands: boolean;
  readonly mentions: Mentions;
};
