// The ladder: whom a patch is put before next, and when. Pure; every move carries its reason. What a step sends is prepared elsewhere.
import type { Decided } from "../patches/decided.ts";
import { inOrder } from "../patches/fact.ts";
import { blockedLookAt, lookNeeded } from "../patches/looking.ts";
import type { Step } from "../patches/next-step.ts";
import type { NextReason } from "../patches/reasons.ts";
import { gravestSeverity, isGone, type Situation } from "../patches/situation.ts";
import type { Standing } from "../patches/standing.ts";
import { addWorkingMillis, dayMillis, durationMillis, isWorkingMoment, nextWorkingMoment } from "../policy/calendar.ts";
import { lacksForDecision } from "./decidable.ts";
import type { LadderMove, LadderStep, Notable, OpenEscalation, Opening } from "./escalation.ts";
import { holdOf, isAnswered } from "./hold.ts";
import { mayFollow, type Request, requestToFollow } from "./request.ts";

type Input = {
  readonly situation: Situation;
  readonly standing: Standing;
  readonly step: Step;
  readonly isTracked: boolean;
  readonly decided: Decided | null;
};

const NONE: LadderMove = { kind: "none" };
const WEEK = { amount: 1, unit: "w" } as const;

/** Decides the ladder's next move. While the policy only observes nobody is told anything, so there is none. */
export function nextLadderMove(input: Input): LadderMove {
  const { situation, step, isTracked, decided } = input;
  if (situation.mode !== "act") return NONE;
  const open = situation.escalation;
  if (open !== null && decided !== null && isSure(decided))
    return { kind: "end", end: decided.kind === "declined" ? "closed" : decided.kind };
  if (open !== null && decided === null && situation.patch.state === "closed") return { kind: "end", end: "closed" };
  if (!isTracked) return open === null ? NONE : { kind: "end", end: "not-followed" };
  if (isGone(situation)) return open === null ? NONE : { kind: "end", end: "gone" };
  const request = requestToFollow(situation);
  if (open === null) {
    // Somebody may have insisted a moment before it was merged or closed.
    if (decided !== null || situation.patch.state === "closed") return NONE;
    if (request !== null) return opened(input, request);
    return step.kind === "escalate" ? opened(input, null) : NONE;
  }
  const held = heldMove(input, open);
  if (held?.kind === "pause") return held;
  if (request !== null && decided === null && mayFollow(request, input, open)) return requested(input, open, request);
  if (held !== null) return held;
  // Graver than when it was opened: what S1 asks for is asked at once.
  if (isUrgent(situation) && open.severity !== "S1")
    return askDeciders(input, open, { isUrgent: true, notables: againOf(open), causeKey: null });
  return nextOf(input, open);
}

/** Closed without a word may have been a slip; until it is sure, it only rests. */
const isSure = (decided: Decided): boolean => decided.kind !== "declined" || decided.isSure;

const isUrgent = (situation: Situation): boolean => gravestSeverity(situation.cases) === "S1";

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
  if (opening.missing.length > 0 && !opening.isAnyway) {
    const lookAt = blockedLookAt(situation);
    return lookAt === null ? NONE : { kind: "wait", untilAt: lookAt, because };
  }
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
    askedBy: request?.actor?.login ?? request?.by ?? null,
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

/** What keeps an open escalation from going on: what holds it, or another's turn. */
function heldMove(input: Input, open: OpenEscalation): LadderMove | null {
  const { standing, step } = input;
  const hold = holdOf(input, open);
  if (hold !== null && hold !== open.pausedBecause) return { kind: "pause", why: hold, because: restsBecause(input) };
  if (hold === "closed" || hold === "put-off" || hold === "taken" || !isTheDecidersTurn(standing, open))
    return { kind: "wait", untilAt: standing.wakesAt ?? takenUntil(input), because: restsBecause(input) };
  if (open.pausedBecause === null) return null;
  // Answered once, they are reminded anew before it rises again.
  if (isAnswered(open, input))
    return step.kind === "escalate"
      ? resumed(input, open, againOf(open))
      : { kind: "wait", untilAt: null, because: { code: "ladder-paused" } };
  const goingOn = isStillAsked(open) ? nextOf(input, open) : null;
  if (goingOn?.kind === "wait") return { kind: "resume", because: goingOn.because };
  // A day that has come begins when people work, also for what is urgent, unless its time never stands still.
  const { clock, now } = input.situation;
  if (!isWorkingMoment(clock, now)) {
    const until = nextWorkingMoment(clock, now);
    return { kind: "wait", untilAt: until, because: { code: "outside-hours", until } };
  }
  const isPutOffOver = open.pausedBecause === "put-off";
  return resumed(input, open, isPutOffOver ? [{ code: "put-off-is-over" }] : againOf(open));
}

/** Whether the question of before is still out: nobody heard of a slip, and deciders know until when somebody had it in hand. */
const isStillAsked = ({ state, pausedBecause }: OpenEscalation): boolean =>
  pausedBecause === "closed" || (pausedBecause === "taken" && state === "deciders");

/** Where somebody went through anyway, what lacked then holds nothing up. */
function isTheDecidersTurn({ turn, because }: Standing, { isAnyway }: OpenEscalation): boolean {
  if (turn === "maintainer") return true;
  return isAnyway && (turn === "author" || because.code === "draft" || because.code === "opened-draft");
}

/** Why it rests, for whoever asks what comes next. */
function restsBecause(input: Input): NextReason {
  const { situation, standing } = input;
  if (standing.wakesAt !== null) return { code: "snoozed-until", until: standing.wakesAt };
  const until = takenUntil(input);
  if (until !== null) return { code: "taken-until", until };
  if (standing.turn === "nobody") return { code: "nobodys-turn" };
  const isAnswer = situation.escalation?.pausedBecause === "response" || standing.round !== situation.escalation?.round;
  return standing.turn === "author" && !isAnswer ? { code: "author-to-act" } : { code: "ladder-paused" };
}

function takenUntil({ situation }: Input): number | null {
  const taken = inOrder(situation.facts).findLast((fact) => fact.kind === "taken");
  return taken?.kind === "taken" && taken.untilAt > situation.now ? taken.untilAt : null;
}

const againOf = (open: OpenEscalation): readonly Notable[] => (open.timesAsked === 0 ? [] : [{ code: "again" }]);

/** Goes on where it was: before the deciders if they were asked, else with the account owner. A no stays a no. */
function resumed(input: Input, open: OpenEscalation, notables: readonly Notable[]): LadderMove {
  if (open.state === "deciders" || isUrgent(input.situation))
    return askDeciders(input, open, { isUrgent: isUrgent(input.situation), notables, causeKey: null });
  if (open.state === "owner-refused" || (open.state === "owner-waits" && (open.waitUntilAt ?? 0) > input.situation.now))
    return nextOf(input, open);
  return askOwner("ask-owner", input, notables);
}

/** `/case escalate` while one is open: the account owner's word puts it before the deciders, anybody else's asks the owner anew. */
function requested(input: Input, open: OpenEscalation, request: Request): LadderMove {
  // An answer from a page asks for nothing new: it answers what was asked for.
  const isAnswer = request.actor === null && request.by === undefined;
  const opening = isAnswer ? null : openingOf(input, request);
  const notables: readonly Notable[] = opening?.isAnyway === true ? [{ code: "anyway" }] : [];
  const isUrgentNow = isUrgent(input.situation);
  const because: NextReason = { code: "escalation-asked-for" };
  const asked = { opening, isUrgent: isUrgentNow, notables, causeKey: request.key, because };
  if (request.as === "account-owner" || isUrgentNow || open.state === "deciders")
    return askDeciders(input, open, { ...asked, notables: [...notables, ...againOf(open)] });
  return asking("ask-owner", input, asked);
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
      return (
        withoutOwner(input, open) ??
        asking("tell-owner-silent", input, {
          opening: null,
          isUrgent: false,
          notables: [],
          causeKey: null,
          because: { code: "owner-silent" },
        })
      );
    }
    case "owner-silent": {
      // It may have become graver since.
      const graver = withoutOwner(input, open);
      if (graver !== null) return graver;
      // Of several customers one wanted to wait until a day.
      if (open.waitUntilAt !== null && open.waitUntilAt <= now)
        return askOwner("ask-owner", input, [{ code: "put-off-is-over" }]);
      return { kind: "wait", untilAt: open.waitUntilAt, because: { code: "owner-silent" } };
    }
    case "owner-refused":
      return { kind: "wait", untilAt: null, because: { code: "owner-refused" } };
    case "owner-waits": {
      const until = open.waitUntilAt ?? now;
      if (until > now) return { kind: "wait", untilAt: until, because: { code: "owner-waits", until } };
      return askOwner("ask-owner", input, [{ code: "put-off-is-over" }]);
    }
    case "deciders": {
      const by = open.decideByAt ?? now;
      if (by > now) return { kind: "wait", untilAt: by, because: { code: "deciders-asked", until: by } };
      return askDeciders(input, open, { isUrgent: isUrgent(situation), notables: againOf(open), causeKey: null });
    }
  }
}

/** What is grave goes to the deciders although nobody has answered for the account; null where it is not. */
function withoutOwner(input: Input, open: OpenEscalation): LadderMove | null {
  const severity = gravestSeverity(input.situation.cases);
  if (severity !== "S1" && severity !== "S2") return null;
  return askDeciders(input, open, {
    isUrgent: severity === "S1",
    notables: [{ code: "owner-not-heard" }],
    causeKey: null,
    because: { code: "owner-silent" },
  });
}

function askOwner(kind: "ask-owner" | "ask-owner-again", input: Input, notables: readonly Notable[]): LadderMove {
  const because: NextReason =
    kind === "ask-owner-again"
      ? { code: "owner-not-answered", within: input.situation.policy.escalation.ownerWithin }
      : { code: "owner-to-decide" };
  const look = input.situation.escalation?.isAnyway === true ? null : lookFirst(input.situation, because);
  return look ?? asking(kind, input, { opening: null, isUrgent: false, notables, causeKey: null, because });
}

function askDeciders(
  input: Input,
  open: OpenEscalation,
  how: Pick<LadderStep, "isUrgent" | "notables" | "causeKey"> & Partial<Pick<LadderStep, "opening" | "because">>,
): LadderMove {
  const isAnyway = open.isAnyway || how.notables.some(({ code }) => code === "anyway");
  const look = isAnyway ? null : lookFirst(input.situation, { code: "deciders-to-decide" });
  const others = how.notables.filter(({ code }) => code !== "anyway");
  return (
    look ??
    asking("ask-deciders", input, {
      opening: null,
      because: { code: "deciders-to-decide" },
      ...how,
      notables: isAnyway ? [{ code: "anyway" }, ...others] : others,
    })
  );
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

function lookFirst(situation: Situation, because: NextReason): LadderMove | null {
  const look = lookNeeded(situation);
  if (look.kind === "fresh") return null;
  return look.kind === "now" ? { kind: "look", because } : { kind: "wait", untilAt: look.at, because };
}
