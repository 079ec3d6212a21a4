// What a command does or why it is refused: pure. What its references mean was looked up before; acts are done after.
import type { CaseWords } from "../cases/words.ts";
import type { SeenPull } from "../github/read-pull.ts";
import type { FactBody } from "../patches/fact.ts";
import { addWorkingMillis, type Calendar, dayMillis, durationMillis, startOfDate } from "../policy/calendar.ts";
import type { Disclosure } from "../policy/policy.ts";
import { isOnPatchesOnly, isOwnWord, mayRun, type Roles } from "./authority.ts";
import type { Command, Until } from "./command.ts";
import { decideEscalate, type Escalating } from "./escalating.ts";
import type { RefusalReason } from "./refusal.ts";
import { LONGEST_MILLIS, whyNotPromised } from "./words.ts";

/** What a reference turned out to be. `isKnown`: there is such a row already. */
export type Target =
  | { readonly kind: "case"; readonly reference: string; readonly url: string | null; readonly caseId: number | null }
  | {
      readonly kind: "patch";
      readonly patchId: string;
      readonly repositoryId: number;
      readonly number: number;
      /** As GitHub shows one that we had not seen yet. */
      readonly seen?: SeenPull;
    }
  | { readonly kind: "refused"; readonly reason: RefusalReason };

/** What `/case landed` turned out to name: where the change is. */
export type Landing =
  | { readonly kind: "landed"; readonly sha: string | null; readonly pull: string | null }
  | { readonly kind: "refused"; readonly reason: RefusalReason };

/** What `/case superseded` turned out to name; `pull` is its `owner/repo#N`. */
export type Successor =
  | { readonly kind: "patch"; readonly target: PatchTarget; readonly pull: string }
  | { readonly kind: "refused"; readonly reason: RefusalReason };

export type PatchTarget = Extract<Target, { kind: "patch" }>;

type OwnWords = Pick<CaseWords, "severity" | "customer" | "summary" | "stake" | "workaround" | "needed-by" | "report">;

export type CommandAct =
  /** `patchId`: of that one alone; else of the pull request where it was written, or on a case of all its pull requests. */
  | { readonly kind: "fact"; readonly body: FactBody; readonly patchId?: string }
  | { readonly kind: "supersede"; readonly by: PatchTarget; readonly pull: string }
  | {
      readonly kind: "link";
      readonly target: Exclude<Target, { kind: "refused" }>;
      readonly state: "confirmed" | "dropped";
    }
  | {
      readonly kind: "case-words";
      readonly target: Target | null;
      readonly words: Partial<OwnWords>;
    }
  | { readonly kind: "quiet-me"; readonly untilAt: number | null }
  | { readonly kind: "answer"; readonly what: "status" | "why" | "help" };

export type CommandOutcome =
  | { readonly kind: "do"; readonly acts: readonly CommandAct[] }
  /** Done for some pull requests of a case, and not for others. */
  | { readonly kind: "partly"; readonly acts: readonly CommandAct[]; readonly reason: RefusalReason }
  | { readonly kind: "refused"; readonly reason: RefusalReason }
  /** Not theirs to say: a reaction and no word. */
  | { readonly kind: "denied" };

export type CommandContext = {
  readonly on: "patch" | "case";
  readonly roles: Roles;
  readonly disclosure: Disclosure;
  readonly isPrivateCaseRepository: boolean;
  /** The command names a known customer where the place is not private enough for it. */
  readonly namesCustomer: boolean;
  /** References by their text. */
  readonly targets: ReadonlyMap<string, Target>;
  /** Ids of those whom `/case ask` names, by login in lower case; null where there is no such account. */
  readonly people: ReadonlyMap<string, number | null>;
  /** Ids of customers that exist. */
  readonly customerIds: ReadonlySet<string>;
  /** Confirmed cases of the patch, for commands that name none. */
  readonly linkedCaseIds: readonly number[];
  readonly linkedReferences: readonly string[];
  /** The pull request, or on a case its confirmed ones. */
  readonly patches: readonly string[];
  readonly isMerged: boolean;
  readonly landings: ReadonlyMap<string, Landing>;
  readonly successors: ReadonlyMap<string, Successor>;
  /** Pull requests that this one stands in for already, by `superseded`, at whatever remove. */
  readonly predecessors: ReadonlySet<string>;
  readonly escalating: readonly Escalating[];
  readonly takes: number;
  readonly calendar: Calendar;
  readonly timezone: string;
  readonly at: number;
  readonly owner: string;
};

const TAKE_DAYS = 10;
const TAKES = 2;

export function decideCommand(command: Command, context: CommandContext): CommandOutcome {
  if (!mayRun(command, context.roles)) return { kind: "denied" };
  const mayTell = context.isPrivateCaseRepository || context.disclosure === "full";
  // `customer=` is refused whether there is such a customer or not: the answer would tell who is one.
  const saysCustomer = command.verb === "link" && command.customer !== null;
  if (!mayTell && (isOwnWord(command) || saysCustomer || context.namesCustomer)) return refused({ code: "not-here" });
  if (context.on === "case" && isOnPatchesOnly(command)) return refused({ code: "only-on-patch" });
  switch (command.verb) {
    case "link":
      return linkAll(command, context);
    case "unlink":
      return withTargets(command.refs, context, (target) => [{ kind: "link", target, state: "dropped" }]);
    case "severity":
      return caseWords(command.ref, { severity: command.severity }, context);
    case "customer":
      if (!context.customerIds.has(command.customer))
        return refused({ code: "unknown-customer", customer: command.customer });
      return caseWords(command.ref, { customer: command.customer }, context);
    case "status":
    case "why":
    case "help":
      return doing({ kind: "answer", what: command.verb });
    case "snooze":
      if (context.patches.length === 0) return refused({ code: "no-patch-linked" });
      return until(command.until, context, (untilAt) => ({
        kind: "fact",
        body: { kind: "snoozed", untilAt, reason: command.reason },
      }));
    case "quiet":
      if (command.whom === "patch")
        return until(command.until, context, (untilAt) => ({ kind: "fact", body: { kind: "quieted", untilAt } }));
      if (command.until === null) return doing({ kind: "quiet-me", untilAt: null });
      return until(command.until, context, (untilAt) => ({ kind: "quiet-me", untilAt }));
    case "waiting":
      return doing({ kind: "fact", body: { kind: "turn-set", turn: command.on } });
    case "unsnooze":
      return doing({ kind: "fact", body: { kind: "unsnoozed" } });
    case "ask":
      return ask(command, context);
    case "take":
      return take(command.date, context);
    case "summary":
    case "stake":
    case "workaround":
      return ownWords({ [command.verb]: command.words }, context);
    case "needed-by":
      return onDay(command.date, context, (date) => ({ "needed-by": { date, why: command.why } }));
    case "report":
      return onDay(command.date, context, (date) => ({ report: date }));
    case "later":
      if (context.patches.length === 0) return refused({ code: "no-patch-linked" });
      return until({ kind: "date", date: command.date }, context, (untilAt) => ({
        kind: "fact",
        body: { kind: "put-off", untilAt, reason: command.reason },
      }));
    case "escalate":
      return decideEscalate(command, context);
    case "landed":
      return landed(command.ref.text, context);
    case "superseded":
      return superseded(command.ref.text, context);
  }
}

const refused = (reason: RefusalReason): CommandOutcome => ({ kind: "refused", reason });
const doing = (...acts: readonly CommandAct[]): CommandOutcome => ({ kind: "do", acts });

function withTargets(
  refs: readonly { readonly text: string }[],
  context: CommandContext,
  act: (target: Exclude<Target, { kind: "refused" }>) => readonly CommandAct[],
): CommandOutcome {
  const acts: CommandAct[] = [];
  for (const ref of refs) {
    const target = context.targets.get(ref.text);
    if (target === undefined) return refused({ code: "unknown-case", reference: ref.text });
    if (target.kind === "refused") return refused(target.reason);
    acts.push(...act(target));
  }
  return doing(...acts);
}

function linkAll(command: Extract<Command, { verb: "link" }>, context: CommandContext): CommandOutcome {
  const { severity, customer } = command;
  if (customer !== null && !context.customerIds.has(customer)) return refused({ code: "unknown-customer", customer });
  const words = { ...(severity === null ? {} : { severity }), ...(customer === null ? {} : { customer }) };
  const hasWords = severity !== null || customer !== null;
  return withTargets(command.refs, context, (target) => [
    { kind: "link", target, state: "confirmed" },
    ...(hasWords ? [{ kind: "case-words" as const, target: context.on === "patch" ? target : null, words }] : []),
  ]);
}

/** Words about a case: the one named, else the one on which they are written, else the only one that the patch is linked to. */
function caseWords(
  ref: { readonly text: string } | null,
  words: Partial<OwnWords>,
  context: CommandContext,
): CommandOutcome {
  if (ref !== null) {
    if (context.targets.get(ref.text)?.kind === "patch") return refused({ code: "unknown-case", reference: ref.text });
    return withTargets([ref], context, (target) => [{ kind: "case-words", target, words }]);
  }
  if (context.on === "case") return doing({ kind: "case-words", target: null, words });
  const [only, ...others] = context.linkedCaseIds;
  if (only === undefined) return refused({ code: "no-case-linked" });
  if (others.length > 0) return refused({ code: "which-case", references: context.linkedReferences });
  return doing({
    kind: "case-words",
    target: { kind: "case", caseId: only, reference: context.linkedReferences[0] ?? "", url: null },
    words,
  });
}

/** Words that take no reference: where several cases are linked, nobody can tell which of them is meant. */
function ownWords(words: Partial<OwnWords>, context: CommandContext): CommandOutcome {
  if (context.on === "patch" && context.linkedCaseIds.length > 1)
    return refused({ code: "write-on-case", references: context.linkedReferences });
  return caseWords(null, words, context);
}

function onDay(date: string, context: CommandContext, words: (date: string) => Partial<OwnWords>): CommandOutcome {
  const code = whyNotPromised(date, { timezone: context.timezone, now: context.at });
  return code === null ? ownWords(words(date), context) : refused({ code });
}

function landed(ref: string, { isMerged, landings }: CommandContext): CommandOutcome {
  if (isMerged) return refused({ code: "already-merged" });
  const landing = landings.get(ref);
  if (landing === undefined) return refused({ code: "no-such-pull", reference: ref });
  if (landing.kind === "refused") return refused(landing.reason);
  return doing({ kind: "fact", body: { kind: "landed", sha: landing.sha, pull: landing.pull, how: "command" } });
}

function superseded(ref: string, context: CommandContext): CommandOutcome {
  if (context.isMerged) return refused({ code: "already-merged" });
  const successor = context.successors.get(ref);
  if (successor === undefined) return refused({ code: "no-such-pull", reference: ref });
  if (successor.kind === "refused") return refused(successor.reason);
  const { target, pull } = successor;
  if (context.patches.includes(target.patchId)) return refused({ code: "itself" });
  if (context.predecessors.has(target.patchId)) return refused({ code: "superseded-by-this" });
  return doing({ kind: "supersede", by: target, pull });
}

function until(when: Until, context: CommandContext, act: (untilAt: number) => CommandAct): CommandOutcome {
  const untilAt =
    when.kind === "date"
      ? startOfDate(context.timezone, when.date)
      : addWorkingMillis(context.calendar, context.at, durationMillis(when.duration, context.calendar));
  if (untilAt <= context.at) return refused({ code: "in-the-past" });
  // The same limit as durations have.
  return untilAt > context.at + LONGEST_MILLIS ? refused({ code: "too-far" }) : doing(act(untilAt));
}

/** `/case ask` takes people by any login, but teams only of the owner whose repository it is: others cannot be reached. */
function ask(command: Extract<Command, { verb: "ask" }>, context: CommandContext): CommandOutcome {
  const logins: string[] = [];
  const ids: (number | null)[] = [];
  const teams: string[] = [];
  for (const each of command.people) {
    if (each.kind === "login") {
      const id = context.people.get(each.login.toLowerCase()) ?? null;
      if (id === null) return refused({ code: "unknown-person", login: each.login });
      logins.push(each.login);
      ids.push(id);
    } else if (each.organization.toLowerCase() === context.owner.toLowerCase())
      teams.push(`${each.organization}/${each.slug}`);
    else return refused({ code: "foreign-team", team: `${each.organization}/${each.slug}` });
  }
  return doing({ kind: "fact", body: { kind: "asked", logins, ids, teams } });
}

function take(date: string | null, context: CommandContext): CommandOutcome {
  if (context.takes >= TAKES) return refused({ code: "taken-twice" });
  const longest = addWorkingMillis(context.calendar, context.at, TAKE_DAYS * dayMillis(context.calendar));
  if (date === null) return doing({ kind: "fact", body: { kind: "taken", untilAt: longest } });
  const untilAt = startOfDate(context.timezone, date);
  if (untilAt <= context.at) return refused({ code: "in-the-past" });
  if (untilAt > longest) return refused({ code: "take-too-long", longestAt: longest, timezone: context.timezone });
  return doing({ kind: "fact", body: { kind: "taken", untilAt } });
}
