// The ladder: whom a patch is put before next, and when. Pure; every move carries its reason. What a step sends is prepared elsewhere.
import type { Decided } from "../patches/decided.ts";
import type { Fact } from "../patches/fact.ts";
import { inOrder } from "../patches/fact.ts";
import { lookNeeded } from "../patches/looking.ts";
import type { Step } from "../patches/next-step.ts";
import type { NextReason } from "../patches/reasons.ts";
import { gravestSeverity, type Situation } from "../patches/situation.ts";
import type { Standing } from "../patches/standing.ts";
import { addWorkingMillis, dayMillis, durationMillis } from "../policy/calendar.ts";
import { lacksForDecision } from "./decidable.ts";
import type { LadderMove, LadderStep, Notable, OpenEscalation, Opening } from "./escalation.ts";

type Input = {
  readonly situation: Situation;
  readonly standing: Standing;
  readonly step: Step;
  readonly isTracked: boolean;
  readonly decided: Decided | null;
};

type Request = Extract<Fact, { kind: "escalation-asked" }>;

const NONE: LadderMove = { kind: "none" };
const WEEK = { amount: 1, unit: "w" } as const;

/** Decides the ladder's next move. While the policy only observes nobody is told anything, so there is none. */
export function nextLadderMove(input: Input): LadderMove {
  const { situation, standing, step, isTracked, decided } = input;
  if (situation.mode !== "act") return NONE;
  const open = situation.escalation;
  if (open !== null && decided !== null)
    return { kind: "end", end: decided.kind === "declined" ? "closed" : decided.kind };
  if (open !== null && situation.patch.state === "closed") return { kind: "end", end: "closed" };
  if (!isTracked) return open === null ? NONE : { kind: "end", end: "not-followed" };
  const request = newestRequest(situation);
  if (open === null) {
    if (request !== null) return opened(input, request);
    return step.kind === "escalate" ? opened(input, null) : NONE;
  }
  const held = heldMove(input, open);
  if (held?.kind === "pause") return held;
  if (request !== null && (request.isAnyway || mayBeAsked(standing))) return requested(input, open, request);
  if (held !== null) return held;
  // Graver than when it was opened: what S1 asks for is asked at once.
  if (isUrgent(situation) && open.severity !== "S1" && open.state !== "deciders")
    return askDeciders(input, open, { isUrgent: true, notables: [], causeKey: null });
  return nextOf(input, open);
}

/** A request that no step has followed yet. */
function newestRequest({ facts, followedRequests }: Situation): Request | null {
  const isRequest = (fact: Fact): fact is Request & Fact => fact.kind === "escalation-asked";
  return (
    inOrder(facts.filter(isRequest)).findLast(
      (fact): fact is Request & Fact => isRequest(fact) && !followedRequests.has(fact.key),
    ) ?? null
  );
}

const isUrgent = (situation: Situation): boolean => gravestSeverity(situation.cases) === "S1";

/** Somebody's word outweighs a take and an answer that led nowhere, but not a pause with an end or the author's turn. */
const mayBeAsked = (standing: Standing): boolean => standing.turn === "maintainer" && standing.wakesAt === null;

/** Opens an escalation, because of somebody's word or because the reminders were in vain. */
function opened(input: Input, request: Request | null): LadderMove {
  const { situation, step } = input;
  const because: NextReason = request === null ? step.because : { code: "escalation-asked-for" };
  if (request?.isAnyway !== true) {
    const look = lookFirst(situation, because);
    if (look !== null) return look;
  }
  const opening = openingOf(input, request);
  // Refused where it was asked; a patch that has changed since is not put before anybody either.
  if (opening.missing.length > 0 && !opening.isAnyway) return NONE;
  const common = { opening, because, causeKey: request?.key ?? null };
  const notables: readonly Notable[] = opening.isAnyway ? [{ code: "anyway" }] : [];
  if (isUrgent(situation)) return asking("ask-deciders", input, { ...common, isUrgent: true, notables });
  if (request?.as === "account-owner") return asking("ask-deciders", input, { ...common, isUrgent: false, notables });
  const kind = situation.lackingWords.length > 0 ? "ask-support" : "ask-owner";
  return asking(kind, input, { ...common, isUrgent: false, notables });
}

function openingOf({ situation, standing, step }: Input, request: Request | null): Opening {
  const missing = lacksForDecision(situation, standing).map(({ code }) => code);
  return {
    cause: request !== null ? "command" : causeOf(step),
    askedBy: request?.actor?.login ?? null,
    reason: request?.reason ?? null,
    isAnyway: request?.isAnyway === true && missing.length > 0,
    missing,
  };
}

function causeOf({ because }: Step): Opening["cause"] {
  switch (because.code) {
    case "target-missed":
      return "target";
    case "nobody-to-remind":
    case "everybody-quiet":
      return "nobody";
    default:
      return "reminders";
  }
}

/** What keeps an open escalation from going on: a response, a decision to put it off, somebody who has it in hand, another's turn. */
function heldMove(input: Input, open: OpenEscalation): LadderMove | null {
  const { situation, standing, step } = input;
  const { now } = situation;
  if (open.pausedBecause === null) {
    if (standing.because.code === "put-off")
      return { kind: "pause", why: "put-off", because: putOff(standing.because.until) };
    if (standing.round !== open.round) return { kind: "pause", why: "response", because: { code: "ladder-paused" } };
  }
  if (standing.wakesAt !== null) return { kind: "wait", untilAt: standing.wakesAt, because: putOff(standing.wakesAt) };
  if (standing.turn !== "maintainer") return { kind: "wait", untilAt: null, because: { code: "ladder-paused" } };
  const takenUntil = takenUntilAt(situation.facts);
  if (takenUntil > now)
    return { kind: "wait", untilAt: takenUntil, because: { code: "taken-until", until: takenUntil } };
  switch (open.pausedBecause) {
    case null:
      return null;
    case "put-off":
      return resumed(input, open, [{ code: "put-off-is-over" }]);
    case "response":
      // Answered once, they are reminded anew before it rises again.
      return step.kind === "escalate"
        ? resumed(input, open, againOf(open))
        : { kind: "wait", untilAt: null, because: { code: "ladder-paused" } };
  }
}

const putOff = (until: number): NextReason => ({ code: "snoozed-until", until });

const againOf = (open: OpenEscalation): readonly Notable[] => (open.timesAsked === 0 ? [] : [{ code: "again" }]);

/** Goes on where it was: before the deciders if they were asked, else with the account owner. */
function resumed(input: Input, open: OpenEscalation, notables: readonly Notable[]): LadderMove {
  if (open.state === "deciders" || isUrgent(input.situation))
    return askDeciders(input, open, { isUrgent: isUrgent(input.situation), notables, causeKey: null });
  if (open.state === "owner-waits" && (open.waitUntilAt ?? 0) > input.situation.now)
    return { kind: "wait", untilAt: open.waitUntilAt, because: { code: "owner-waits", until: open.waitUntilAt ?? 0 } };
  return askOwner("ask-owner", input, notables);
}

/** `/case escalate` while one is open: the account owner's word puts it before the deciders, anybody else's asks the owner anew. */
function requested(input: Input, open: OpenEscalation, request: Request): LadderMove {
  const opening = openingOf(input, request);
  const notables: readonly Notable[] = opening.isAnyway ? [{ code: "anyway" }] : [];
  const isUrgentNow = isUrgent(input.situation);
  const asked = { opening, isUrgent: isUrgentNow, notables, causeKey: request.key };
  if (request.as === "account-owner" || isUrgentNow || open.state === "deciders")
    return askDeciders(input, open, asked);
  return asking("ask-owner", input, { ...asked, because: { code: "escalation-asked-for" } });
}

function nextOf(input: Input, open: OpenEscalation): LadderMove {
  const { situation } = input;
  const { now, policy, clock } = situation;
  const within = durationMillis(policy.escalation.ownerWithin, clock);
  const answerAt = addWorkingMillis(clock, open.stateAt, within);
  switch (open.state) {
    case "support": {
      const untilAt = addWorkingMillis(clock, open.stateAt, dayMillis(clock));
      if (situation.lackingWords.length === 0 || untilAt <= now) return askOwner("ask-owner", input, []);
      return { kind: "wait", untilAt, because: { code: "support-asked", until: untilAt } };
    }
    case "owner":
      if (answerAt > now) return { kind: "wait", untilAt: answerAt, because: { code: "owner-asked", until: answerAt } };
      return askOwner("ask-owner-again", input, [{ code: "again" }]);
    case "owner-again": {
      if (answerAt > now) return { kind: "wait", untilAt: answerAt, because: { code: "owner-asked", until: answerAt } };
      const severity = gravestSeverity(situation.cases);
      if (severity === "S1" || severity === "S2")
        return askDeciders(input, open, {
          isUrgent: severity === "S1",
          notables: [{ code: "owner-not-heard" }],
          causeKey: null,
        });
      return asking("tell-owner-silent", input, {
        opening: null,
        isUrgent: false,
        notables: [],
        causeKey: null,
        because: { code: "owner-silent" },
      });
    }
    case "owner-silent":
      return { kind: "wait", untilAt: null, because: { code: "owner-silent" } };
    case "owner-refused":
      return { kind: "wait", untilAt: null, because: { code: "owner-refused" } };
    case "owner-waits": {
      const until = open.waitUntilAt ?? now;
      if (until > now) return { kind: "wait", untilAt: until, because: { code: "owner-waits", until } };
      return askOwner("ask-owner", input, []);
    }
    case "deciders": {
      const by = open.decideByAt ?? now;
      if (by > now) return { kind: "wait", untilAt: by, because: { code: "deciders-asked", until: by } };
      return askDeciders(input, open, { isUrgent: isUrgent(situation), notables: againOf(open), causeKey: null });
    }
  }
}

function askOwner(kind: "ask-owner" | "ask-owner-again", input: Input, notables: readonly Notable[]): LadderMove {
  const because: NextReason =
    kind === "ask-owner-again"
      ? { code: "owner-not-answered", within: input.situation.policy.escalation.ownerWithin }
      : { code: "owner-to-decide" };
  return asking(kind, input, { opening: null, isUrgent: false, notables, causeKey: null, because });
}

function askDeciders(
  input: Input,
  open: OpenEscalation,
  how: { opening?: Opening; isUrgent: boolean; notables: readonly Notable[]; causeKey: string | null },
): LadderMove {
  const look =
    how.notables.some(({ code }) => code === "anyway") || open.isAnyway
      ? null
      : lookFirst(input.situation, { code: "deciders-to-decide" });
  return look ?? asking("ask-deciders", input, { opening: null, ...how, because: { code: "deciders-to-decide" } });
}

function asking(
  kind: LadderStep["kind"],
  { situation }: Input,
  how: Omit<LadderStep, "kind" | "answerByAt">,
): LadderMove {
  return { kind: "step", step: { kind, ...how, answerByAt: answerByAt(kind, situation) } };
}

function answerByAt(kind: LadderStep["kind"], { clock, now, policy, escalation }: Situation): number | null {
  const after = (millis: number): number => addWorkingMillis(clock, now, millis);
  switch (kind) {
    case "ask-support":
      return after(dayMillis(clock));
    case "ask-owner":
    case "ask-owner-again":
      return after(durationMillis(policy.escalation.ownerWithin, clock));
    case "ask-deciders":
      // Once more when the first time is over, then weekly at most.
      return after(durationMillis((escalation?.timesAsked ?? 0) < 1 ? policy.escalation.decideWithin : WEEK, clock));
    case "tell-owner-silent":
      return null;
  }
}

function takenUntilAt(facts: readonly Fact[]): number {
  const last = inOrder(facts.filter((fact) => fact.kind === "taken")).at(-1);
  return last?.kind === "taken" ? last.untilAt : 0;
}

function lookFirst(situation: Situation, because: NextReason): LadderMove | null {
  const look = lookNeeded(situation);
  if (look.kind === "fresh") return null;
  return look.kind === "now" ? { kind: "look", because } : { kind: "wait", untilAt: look.at, because };
}
