// The one decision about a patch: where it stands, which labels it should bear, what is to be done and when to look again. Pure.

import type { LadderMove } from "../escalations/escalation.ts";
import { nextLadderMove } from "../escalations/ladder.ts";
import { type Silence, silenceOf } from "../silences/decide.ts";
import { type Decided, decidedOf, declineDueAt } from "./decided.ts";
import { nextLookAt } from "./looking.ts";
import { nextStep, type Step } from "./next-step.ts";
import type { NextReason } from "./reasons.ts";
import { becauseOf, insideBecauseOf, type Reason } from "./reasons.ts";
import { mayShow, shownAuthorCustomers } from "./shown.ts";
import { confirmedOpen, gravestSeverity, gravityOf, type Situation } from "./situation.ts";
import { type Standing, standingOf } from "./standing.ts";
import type { Exemption } from "./turn.ts";

export type Decision = {
  readonly standing: Standing;
  readonly isTracked: boolean;
  readonly gravity: number;
  readonly step: Step;
  /** How it rises, beside what is asked of the maintainers on the pull request. */
  readonly ladder: LadderMove;
  /** How it ended; null while it is open. */
  readonly decided: Decided | null;
  readonly wantedLabels: readonly string[];
  /** The labels on the pull request may differ from what is wanted. */
  readonly areLabelsDue: boolean;
  readonly dueAt: number | null;
  readonly escalationDue: NextReason | null;
  /** Ours waits for the author's side, and has been told so in vain. */
  readonly waitsForUs: boolean;
  /** A pause or a merge that consultant and support hear of once it has lasted too long. */
  readonly silence: Silence | null;
  readonly because: string;
};

/** Decides once for all that has happened to the patch until `situation.now`. */
export function decide(situation: Situation): Decision {
  const standing = standingAt(situation, situation.now);
  const isTracked = isTrackedPatch(situation);
  const due = nextStep(situation, standing, isTracked);
  const silence = silenceOf(situation, standing, isTracked);
  const decided = decidedOf(situation.facts, situation.now);
  const ladder = nextLadderMove({ situation, standing, step: due, isTracked, decided });
  const step = afterLadder(due, ladder, situation.now);
  const wantedLabels =
    situation.patch.state === "open"
      ? [
          ...wantedLabelsOf(situation, standing, isTracked),
          ...(isTracked && isBeforeDeciders(situation, ladder) ? ["escalated"] : []),
        ]
      : settledLabels(situation);
  return {
    standing,
    isTracked,
    gravity: gravityOf(gravestSeverity(situation.cases)),
    step,
    ladder,
    decided,
    wantedLabels,
    areLabelsDue:
      !isSameSet(wantedLabels, situation.patch.wantedLabels) || situation.labelsHash !== situation.patch.labelsHash,
    dueAt: [
      dueAtOf(step, situation, standing),
      ladderDueAt(ladder, situation.now),
      silenceDueAt(silence, situation.now),
      isTracked ? declineDueAt(decided, situation.now) : null,
    ].reduce(earliest),
    escalationDue: step.kind === "escalate" ? step.because : null,
    waitsForUs: step.kind === "author-listed",
    silence,
    because: reasonOf(step, ladder, standing),
  };
}

/**
 * One thing at a time: where the ladder moves in the same moment, what is to be said on the pull request is decided anew right after. Then it
 * has its own reason, or none any more, since deciders who were just asked there are not reminded too.
 */
function afterLadder(due: Step, ladder: LadderMove, now: number): Step {
  const isMoving = ladder.kind === "step" || ladder.kind === "resume";
  if (!isMoving || (due.kind !== "remind" && due.kind !== "tell-author")) return due;
  return { kind: "wait", untilAt: now, what: due.kind, because: due.because };
}

/** Why, in one line for ourselves: what the ladder does, else what the clock waits for. */
function reasonOf(step: Step, ladder: LadderMove, standing: Standing): string {
  const laddersReason = reasonOfLadder(step, ladder);
  return laddersReason === null ? becauseOf(reasonOfClock(step, standing)) : insideBecauseOf(laddersReason);
}

/** The same as a value, which the log tells in its reader's language. */
export const reasonBehind = ({ step, ladder, standing }: Pick<Decision, "step" | "ladder" | "standing">): Reason =>
  reasonOfLadder(step, ladder) ?? reasonOfClock(step, standing);

/** Null where the ladder has no part in it. */
function reasonOfLadder(step: Step, ladder: LadderMove): NextReason | null {
  if (ladder.kind === "step") return ladder.step.because;
  return ladder.kind === "wait" && step.kind === "escalate" ? ladder.because : null;
}

const reasonOfClock = (step: Step, standing: Standing): Reason =>
  step.because.code === "nobodys-turn" && standing.turn === "nobody" ? standing.because : step.because;

/** From when the deciders are asked until somebody responds, decides or puts it off. */
function isBeforeDeciders({ escalation }: Situation, ladder: LadderMove): boolean {
  if (ladder.kind === "step") return ladder.step.kind === "ask-deciders";
  if (escalation?.state !== "deciders") return false;
  return ladder.kind === "resume" || (escalation.pausedBecause === null && ladder.kind !== "pause");
}

/** When the ladder has to be looked at again; what it does now leaves it changed, so at once. */
function ladderDueAt(ladder: LadderMove, now: number): number | null {
  if (ladder.kind === "wait") return ladder.untilAt;
  return ladder.kind === "none" || ladder.kind === "look" ? null : now;
}

function earliest(a: number | null, b: number | null): number | null {
  if (a === null || b === null) return a ?? b;
  return Math.min(a, b);
}

/** Where the patch stood at a moment, as far as is known now. */
export function standingAt(situation: Situation, now: number): Standing {
  const { facts, sides, addressed, clock: calendar } = situation;
  return standingOf({ facts, sides, addressed, calendar, exemption: exemptionOf(situation), now });
}

/** Patches of paying customers, or with a confirmed link; all where the policy says so. */
function isTrackedPatch(situation: Situation): boolean {
  if (situation.policy.track === "all") return true;
  if (situation.cases.some((each) => each.link === "confirmed" && mayShow(each, situation))) return true;
  return shownAuthorCustomers(situation).some((each) => each.pays);
}

/** What the policy exempts of a patch. */
export function exemptionOf({ policy, patch }: Exempting): Exemption {
  const { drafts, bots, authors } = policy.exempt;
  const isExemptAuthor = authors.some((login) => login.toLowerCase() === patch.author.login.toLowerCase());
  if (isExemptAuthor) return { drafts, whole: { code: "exempt-author", by: patch.author.login } };
  return { drafts, whole: bots && patch.author.isBot ? { code: "exempt-bot", by: patch.author.login } : null };
}

type Exempting = {
  readonly policy: Pick<Situation["policy"], "exempt">;
  readonly patch: { readonly author: Pick<Situation["patch"]["author"], "login" | "isBot"> };
};

function wantedLabelsOf(situation: Situation, standing: Standing, isTracked: boolean): readonly string[] {
  const { customer, consulting } = customerLabels(situation);
  const severity = gravestSeverity(situation.cases);
  // Until somebody responds, whoever's turn it is meanwhile.
  const isOverdue = situation.reminders.some(
    (r) => r.round === standing.round && (r.state === "sent" || r.state === "folded"),
  );
  return [
    ...(customer ? ["customer"] : []),
    ...(consulting ? ["consulting"] : []),
    ...(severity === null ? [] : [`severity:${severity}`]),
    ...(isTracked && standing.turn !== "nobody" ? [`turn:${standing.turn}`] : []),
    ...(isTracked && isOverdue ? ["overdue"] : []),
  ];
}

/** On a closed pull request nobody is asked any more; what says whom it was for is left as it is, unless a case may not be shown any more. */
function settledLabels(situation: Situation): readonly string[] {
  const isHidden = situation.cases.some((each) => !mayShow(each, situation));
  return situation.patch.wantedLabels.filter(
    (key) =>
      !key.startsWith("turn:") &&
      key !== "overdue" &&
      key !== "escalated" &&
      !(isHidden && key.startsWith("severity:") && key !== `severity:${gravestSeverity(situation.cases)}`),
  );
}

/**
 * A confidential customer, where nothing may be said, is shown only by a supporter's link, never by who wrote the patch; and a
 * label that is there is not taken off because a contract ended, since that too would tell who it was.
 */
function customerLabels(situation: Situation): { customer: boolean; consulting: boolean } {
  const { policy, patch } = situation;
  const isSilent = policy.disclosure === "none";
  const mayNameConsulting = !isSilent || policy.labels.isConsultingNamed;
  const cases = confirmedOpen(situation.cases);
  let customer = false;
  let consulting = false;
  const shownAuthors = shownAuthorCustomers(situation);
  for (const each of situation.customers.values()) {
    const isHidden = each.isConfidential && isSilent;
    const isLinked = cases.some((linked) => linked.customerId === each.id && (!isHidden || linked.isBySupport));
    if (!isLinked && !shownAuthors.includes(each)) continue;
    const wasShown = (key: string) => isHidden && isLinked && patch.wantedLabels.includes(key);
    customer ||= each.pays || wasShown("customer");
    consulting ||= mayNameConsulting && (each.isConsulting || wasShown("consulting"));
  }
  return { customer, consulting };
}

/** When to decide again without anything having happened. */
function dueAtOf(step: Step, situation: Situation, standing: Standing): number | null {
  if (step.kind !== "wait" && step.kind !== "author-listed") return null;
  return earliest(step.kind === "wait" ? step.untilAt : null, nextLookAt(situation, standing));
}

const silenceDueAt = (silence: Silence | null, now: number): number | null =>
  silence !== null && silence.dueAt > now ? silence.dueAt : null;

function isSameSet(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((each) => b.includes(each));
}
