// What comes next for a patch and when: pure, and every answer carries the rule behind it.
import { addWorkingMillis, dayMillis, durationMillis, isWorkingMoment, nextWorkingMoment } from "../policy/calendar.ts";
import type { Duration } from "../policy/policy.ts";
import { type Fact, inOrder } from "./fact.ts";
import { lookNeeded, nextLookAt } from "./looking.ts";
import type { NextReason } from "./reasons.ts";
import { type Addressee, addresseeKey, isGone, type SentReminder, type Situation } from "./situation.ts";
import { type Standing, workedSince } from "./standing.ts";
import { targetOf } from "./target.ts";

export type Step =
  | { readonly kind: "none"; readonly because: NextReason }
  /** Nothing before `untilAt`; `what` is what falls due there. */
  | {
      readonly kind: "wait";
      readonly untilAt: number | null;
      readonly what: "look" | "remind" | "escalate" | "tell-author" | "list-author" | "wake";
      readonly because: NextReason;
    }
  /** Something is due, but what GitHub keeps no history of has to be looked at first. */
  | { readonly kind: "observe-first"; readonly because: NextReason }
  | {
      readonly kind: "remind";
      readonly n: number;
      readonly mention: readonly Addressee[];
      readonly named: readonly Addressee[];
      readonly because: NextReason;
    }
  | { readonly kind: "escalate"; readonly because: NextReason }
  | { readonly kind: "tell-author"; readonly because: NextReason }
  | { readonly kind: "author-listed"; readonly because: NextReason };

type Pause = Extract<NextReason, { code: "unwanted" | "quiet" | "taken-until" }>;

const UNWANTED_DAYS = 10;

/** Decides what comes next. */
export function nextStep(situation: Situation, standing: Standing, isTracked: boolean): Step {
  if (!isTracked) {
    const isProposed = situation.cases.some((each) => each.link === "proposed");
    return { kind: "none", because: { code: isProposed ? "proposal" : "not-tracked" } };
  }
  // GitHub's word on the state counts, also where the event that told of it never reached us.
  if (situation.patch.state === "closed") return { kind: "none", because: { code: "nobodys-turn" } };
  if (isGone(situation)) return { kind: "none", because: { code: "gone" } };
  switch (standing.turn) {
    case "nobody":
      if (standing.wakesAt === null) return { kind: "none", because: { code: "nobodys-turn" } };
      return {
        kind: "wait",
        untilAt: standing.wakesAt,
        what: "wake",
        because: { code: "snoozed-until", until: standing.wakesAt },
      };
    case "author":
      return authorStep(situation, standing);
    case "maintainer":
      return maintainerStep(situation, standing);
  }
}

function authorStep(situation: Situation, standing: Standing): Step {
  const { policy, clock, now } = situation;
  const lookAt = nextLookAt(situation, standing);
  if (lookAt !== null && lookAt <= now) {
    return { kind: "observe-first", because: { code: "author-turn-due", target: policy.targets.author } };
  }
  const worked = workedSince(standing.stretches, "author", { fromAt: standing.sinceAt, calendar: clock });
  const targetMillis = durationMillis(policy.targets.author, clock);
  const told = situation.authorToldAt.get(standing.sinceAt);
  if (told === undefined) {
    const because: NextReason = { code: "author-turn-due", target: policy.targets.author };
    // What is told privately disturbs nobody on the pull request, and waits for its reader's own hours.
    const isPrivate = situation.isAuthorToldPrivately;
    if (worked < targetMillis) {
      const dueAt = addWorkingMillis(clock, now, targetMillis - worked);
      if (isPrivate) return { kind: "wait", untilAt: dueAt, what: "tell-author", because };
      return waitFor(situation, { dueAt, what: "tell-author", because });
    }
    const held = isPrivate ? null : heldBack(situation, "tell-author");
    if (held !== null) return held;
    const look = lookFirst(situation, because);
    if (look !== null) return look;
    return { kind: "tell-author", because };
  }
  const because: NextReason = { code: "author-turn-listed", every: policy.reminders.every };
  const sinceTold = workedSince(standing.stretches, "author", { fromAt: told, calendar: clock });
  const everyMillis = durationMillis(policy.reminders.every, clock);
  if (sinceTold < everyMillis)
    return {
      kind: "wait",
      untilAt: addWorkingMillis(clock, now, everyMillis - sinceTold),
      what: "list-author",
      because,
    };
  return { kind: "author-listed", because };
}

function maintainerStep(situation: Situation, standing: Standing): Step {
  const { policy, clock, now } = situation;
  const ofRound = situation.reminders.filter((reminder) => reminder.round === standing.round);
  const taken = ofRound.filter((reminder) => isStepTaken(reminder, situation.mode));
  if (ofRound.some((reminder) => reminder.state === "waiting")) {
    return {
      kind: "wait",
      untilAt: null,
      what: "remind",
      because: {
        code: "next-reminder-due",
        every: policy.reminders.every,
        n: taken.length + 1,
        limit: policy.reminders.limit,
      },
    };
  }
  const last = taken.at(-1);
  const target = targetOf(situation);
  const everyMillis = durationMillis(policy.reminders.every, clock);
  // A contract's promise that was broken is told at once, after the maintainers have heard of it.
  const isPromiseBroken =
    target.isOfContract && standing.clockMillis >= target.millis && taken.some(({ state }) => isSaid(state));
  const isLast = isPromiseBroken || taken.length >= policy.reminders.limit;
  const because: NextReason = isPromiseBroken
    ? { code: "target-missed", target: target.duration }
    : isLast
      ? escalationReason(taken, policy.reminders.every)
      : last === undefined
        ? { code: "reminder-due", target: target.duration, severity: target.severity }
        : {
            code: "next-reminder-due",
            every: policy.reminders.every,
            n: taken.length + 1,
            limit: policy.reminders.limit,
          };
  const left = isPromiseBroken
    ? 0
    : last === undefined
      ? target.millis - standing.clockMillis
      : everyMillis - workedSince(standing.stretches, "maintainer", { fromAt: last.at, calendar: clock });
  const what = isLast ? "escalate" : "remind";
  if (left > 0) return waitFor(situation, { dueAt: addWorkingMillis(clock, now, left), what, because });
  if (isLast) {
    const pause = pauseOf(situation, what);
    if (pause.until > now) return { kind: "wait", untilAt: pause.until, what, because: pause };
    const look = lookFirst(situation, because);
    if (look !== null) return look;
    return { kind: "escalate", because };
  }
  return remindStep(situation, { n: ofRound.length + 1, because });
}

/**
 * What was only observed counts while we observe; once we act, people have to hear it first. One that failed for good counts too, since
 * where we cannot write (a locked conversation) asking again changes nothing, and the ladder has to go on.
 */
function isStepTaken({ state }: SentReminder, mode: Situation["mode"]): boolean {
  return isSaid(state) || state === "failed" || (state === "observed" && mode !== "act");
}

const isSaid = (state: SentReminder["state"]): boolean => state === "sent" || state === "folded";

function escalationReason(taken: readonly SentReminder[], every: Duration): NextReason {
  const said = taken.filter(({ state }) => state !== "failed").length;
  return said === 0 && taken.length > 0
    ? { code: "nobody-to-remind" }
    : { code: "escalation-due", reminders: said, every };
}

function remindStep(situation: Situation, due: { n: number; because: NextReason }): Step {
  const held = heldBack(situation, "remind");
  if (held !== null) return held;
  const look = lookFirst(situation, due.because);
  if (look !== null) return look;
  const people = addresseesOf(situation);
  if (people.length === 0)
    return {
      kind: "escalate",
      because: { code: situation.candidates.isSomebodyQuiet ? "everybody-quiet" : "nobody-to-remind" },
    };
  const { limits, policy } = situation;
  const free = people.filter((each) => !limits.fullAddressees.has(addresseeKey(each)));
  if (free.length === 0) {
    return {
      kind: "wait",
      untilAt: limits.nextWeekAt,
      what: "remind",
      because: {
        code: "maintainer-limit-reached",
        limit: policy.reminders.perMaintainerPerWeek,
        until: limits.nextWeekAt,
      },
    };
  }
  // Mentioned once a patch: a second ping says nothing that the first did not.
  const mentioned = mentionedOn(situation);
  return {
    kind: "remind",
    n: due.n,
    mention: free.filter((each) => !mentioned.has(addresseeKey(each))),
    named: free.filter((each) => mentioned.has(addresseeKey(each))),
    because: due.because,
  };
}

/** Whom we have mentioned on this patch, by their keys. */
export function mentionedOn({ reminders, mentionedInRequests }: Situation): ReadonlySet<string> {
  const said = reminders.filter((reminder) => isSaid(reminder.state)).flatMap((reminder) => reminder.mentioned);
  return new Set([...said, ...mentionedInRequests]);
}

/** What keeps a comment back although it is due: somebody asked for it, the hour, or the repository's limit of the day. */
function heldBack(situation: Situation, what: "remind" | "tell-author"): Step | null {
  const { officeHours, now, limits, policy } = situation;
  const wait = (untilAt: number, because: NextReason): Step => ({ kind: "wait", untilAt, what, because });
  const pause = pauseOf(situation, what);
  if (pause.until > now) return wait(pause.until, pause);
  const askedBy = what === "remind" ? decisionAskedBy(situation) : 0;
  if (askedBy > now) return wait(askedBy, { code: "deciders-asked", until: askedBy });
  if (!isWorkingMoment(officeHours, now)) {
    const opensAt = nextWorkingMoment(officeHours, now);
    return wait(opensAt, { code: "outside-hours", until: opensAt });
  }
  if (limits.repositoryLeft <= 0) {
    return wait(limits.nextDayAt, {
      code: "repository-limit-reached",
      limit: policy.reminders.perRepositoryPerDay,
      until: limits.nextDayAt,
    });
  }
  return null;
}

/** By when a decision is asked for on the pull request itself: until then a reminder would say less than what stands there. */
function decisionAskedBy({ escalation }: Situation): number {
  const isAsked =
    escalation?.state === "deciders" && escalation.pausedBecause === null && escalation.request !== "none";
  return isAsked ? (escalation.decideByAt ?? 0) : 0;
}

/** Waits for what falls due, or longer where somebody asked for that: what comes next is told as it will be. */
function waitFor(
  situation: Situation,
  due: { dueAt: number; what: "remind" | "escalate" | "tell-author"; because: NextReason },
): Step {
  const { dueAt, what, because } = due;
  const pause = pauseOf(situation, what);
  if (pause.until > dueAt) return { kind: "wait", untilAt: pause.until, what, because: pause };
  const askedBy = what === "remind" ? decisionAskedBy(situation) : 0;
  if (askedBy > dueAt)
    return { kind: "wait", untilAt: askedBy, what, because: { code: "deciders-asked", until: askedBy } };
  return { kind: "wait", untilAt: dueAt, what, because };
}

/** Why no comment of ours is wanted here now; null where none would disturb. */
export function silenceWanted(situation: Situation): NextReason | null {
  const pause = pauseOf(situation, "tell-author");
  return pause.until > situation.now ? pause : null;
}

/** The longest of what people asked for: quiet is about comments, a take about the maintainers' ladder. Zero where it never was. */
function pauseOf(situation: Situation, what: "remind" | "escalate" | "tell-author"): Pause {
  const { facts } = situation;
  const pauses: readonly Pause[] = [
    ...(what === "escalate" ? [] : [{ code: "unwanted", until: unwantedUntilAt(facts, situation) } as const]),
    ...(what === "escalate" ? [] : [{ code: "quiet", until: untilOf(facts, "quieted") } as const]),
    ...(what === "tell-author" ? [] : [{ code: "taken-until", until: untilOf(facts, "taken") } as const]),
  ];
  return pauses.reduce((longest, each) => (each.until > longest.until ? each : longest));
}

function unwantedUntilAt(facts: readonly Fact[], situation: Situation): number {
  const at = Math.max(0, ...facts.filter((fact) => fact.kind === "unwanted").map((fact) => fact.at));
  return at === 0 ? 0 : addWorkingMillis(situation.officeHours, at, UNWANTED_DAYS * dayMillis(situation.officeHours));
}

function untilOf(facts: readonly Fact[], kind: "taken" | "quieted"): number {
  const isOne = (fact: Fact): fact is Extract<Fact, { kind: "taken" | "quieted" }> => fact.kind === kind;
  return inOrder(facts.filter(isOne)).findLast(isOne)?.untilAt ?? 0;
}

/** Whom to remind: those whom `/case ask` named, else the requested, else code owners, else the policy's maintainers. */
export function addresseesOf(situation: Situation): readonly Addressee[] {
  const { requested, codeOwners, maintainers } = situation.candidates;
  if (requested.length > 0) return requested;
  return codeOwners.length > 0 ? codeOwners : maintainers;
}

/** What has to be looked at before anything is said; null where what was seen is fresh. */
function lookFirst(situation: Situation, because: NextReason): Step | null {
  const look = lookNeeded(situation);
  if (look.kind === "fresh") return null;
  return look.kind === "now"
    ? { kind: "observe-first", because }
    : { kind: "wait", untilAt: look.at, what: "look", because };
}
