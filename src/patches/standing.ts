// Whose turn it is, since when and because of what: a pure function of a patch's facts, so that the live app, `/case why` and a
// simulation cannot disagree.
import { type Calendar, workingMillis } from "../policy/calendar.ts";
import { type Fact, inOrder, type Mentions } from "./fact.ts";
import type { Happening } from "./reasons.ts";
import {
  apply,
  type Exemption,
  initialState,
  isApproved,
  type Response,
  type Side,
  type Turn,
  turnOf,
} from "./turn.ts";

/** A stretch of time in which the turn did not change. */
export type Stretch = {
  readonly turn: Turn;
  readonly fromAt: number;
  readonly untilAt: number;
  readonly because: Happening;
};

export type Standing = {
  readonly turn: Turn;
  readonly sinceAt: number;
  readonly because: Happening;
  /** Working time on the maintainers' clock since their last response. */
  readonly clockMillis: number;
  /** Working time that each side has held the patch in all. */
  readonly heldMillis: { readonly maintainer: number; readonly author: number };
  readonly lastResponse: Response | null;
  /** Names the stretch between two responses; reminders are counted within it. */
  readonly round: string;
  readonly stretches: readonly Stretch[];
  /** Every fact that started, paused or restarted the clock. */
  readonly trail: readonly Happening[];
  readonly isApproved: boolean;
  readonly changesRequestedBy: readonly string[];
  /** When a pause ends by itself, if one does. */
  readonly wakesAt: number | null;
};

export type StandingInput = {
  readonly facts: readonly Fact[];
  /** The side of everybody who acted, by user id; who is missing is on neither. */
  readonly sides: ReadonlyMap<number, Side>;
  /** Logins (lower case) and teams (`org/slug`, lower case) of maintainers and of the author's side, to see whom a comment addresses. */
  readonly addressed: { readonly maintainers: ReadonlySet<string>; readonly author: ReadonlySet<string> };
  readonly calendar: Calendar;
  readonly exemption: Exemption;
  readonly now: number;
};

/** Says whose turn it is at `now`. Facts may come in any order and more than once under one key. */
export function standingOf(input: StandingInput): Standing {
  const facts = withoutRepeats(inOrder(input.facts.filter((fact) => fact.at <= input.now)));
  const startAt = facts[0]?.at ?? input.now;
  const state = initialState(startAt);
  const stretches: Stretch[] = [];
  const trail: Happening[] = [];
  let current: { turn: Turn; because: Happening; fromAt: number } | null = null;

  const move = (at: number) => {
    const next = turnOf(state, input.exemption);
    if (current !== null && next.turn === current.turn && next.because === current.because) return;
    if (current !== null && at > current.fromAt) stretches.push({ ...current, untilAt: at });
    trail.push(next.because);
    current = { ...next, fromAt: at };
  };
  const wakeUntil = (at: number) => {
    if (state.snooze === null || state.snooze.untilAt > at) return;
    const endsAt = state.snooze.untilAt;
    state.snooze = null;
    trail.push({ code: "snooze-ended", at: endsAt });
    move(endsAt);
  };

  for (const fact of facts) {
    wakeUntil(fact.at);
    const known = trail.length;
    apply(state, fact, {
      side: fact.actor === null || fact.actor.isBot ? "neither" : (input.sides.get(fact.actor.id) ?? "neither"),
      isBetweenMaintainers: (mentions) =>
        isAmongMaintainers(mentions, { ...input.addressed, speaker: fact.actor?.login.toLowerCase() ?? "" }),
      handTo: (holder, because) => {
        if (state.holder === holder) return;
        state.holder = holder;
        state.holderReason = because;
      },
      respond: (note) => {
        state.lastResponse = { key: fact.key, at: fact.at, by: fact.actor?.login ?? "" };
        if (note !== null) trail.push(note);
      },
      note: (happening) => trail.push(happening),
    });
    move(fact.at);
    // A response that changed no turn has set the clock to zero all the same.
    if (state.lastResponse?.key === fact.key && trail.length === known) trail.push(responseOf(fact));
  }
  wakeUntil(input.now);
  move(input.now);
  const last = current as { turn: Turn; because: Happening; fromAt: number } | null;
  const end = last ?? { ...turnOf(state, input.exemption), fromAt: startAt };
  if (input.now > end.fromAt) stretches.push({ ...end, untilAt: input.now });

  const responseAt = state.lastResponse?.at ?? 0;
  const beganAt = turnBeganAt(stretches, end);
  const worked = (turn: Turn, fromAt: number) => workedSince(stretches, turn, { fromAt, calendar: input.calendar });
  const carried = carriedOver(facts, { stretches, calendar: input.calendar, isAnswered: state.lastResponse !== null });
  return {
    turn: end.turn,
    sinceAt: end.turn === "maintainer" ? Math.max(beganAt, responseAt) : beganAt,
    because: end.because,
    clockMillis: worked("maintainer", responseAt) + carried.clock,
    heldMillis: {
      maintainer: worked("maintainer", 0) + carried.maintainer,
      author: worked("author", 0) + carried.author,
    },
    lastResponse: state.lastResponse,
    round: state.lastResponse?.key ?? "first",
    stretches,
    trail,
    isApproved: isApproved(state),
    changesRequestedBy: [...state.reviews.values()].filter((r) => r.state === "changes_requested").map((r) => r.login),
    wakesAt: end.because === state.snooze?.reason ? state.snooze.untilAt : null,
  };
}

/** Working time that `turn` held the patch after `fromAt`. */
export function workedSince(
  stretches: readonly Stretch[],
  turn: Turn,
  since: { readonly fromAt: number; readonly calendar: Calendar },
): number {
  let total = 0;
  for (const stretch of stretches) {
    if (stretch.turn !== turn || stretch.untilAt <= since.fromAt) continue;
    total += workingMillis(since.calendar, Math.max(stretch.fromAt, since.fromAt), stretch.untilAt);
  }
  return total;
}

/**
 * What pull requests that this one supersedes had waited, beyond what this one waited beside them. The clock counts on only as long as
 * nobody has responded here.
 */
function carriedOver(
  facts: readonly Fact[],
  here: { readonly stretches: readonly Stretch[]; readonly calendar: Calendar; readonly isAnswered: boolean },
): { clock: number; maintainer: number; author: number } {
  const most = { clock: 0, maintainer: 0, author: 0 };
  for (const fact of facts) {
    if (fact.kind !== "carried-over") continue;
    const beside = here.stretches.filter(({ fromAt }) => fromAt < fact.untilAt);
    const until = beside.map((each) => ({ ...each, untilAt: Math.min(each.untilAt, fact.untilAt) }));
    const beyond = (millis: number, turn: "maintainer" | "author") =>
      millis - workedSince(until, turn, { fromAt: 0, calendar: here.calendar });
    if (!here.isAnswered) most.clock = Math.max(most.clock, beyond(fact.clockMillis, "maintainer"));
    most.maintainer = Math.max(most.maintainer, beyond(fact.heldMillis.maintainer, "maintainer"));
    most.author = Math.max(most.author, beyond(fact.heldMillis.author, "author"));
  }
  return most;
}

/** Stretches that follow each other with the same turn are one turn, however its reason changed. */
function turnBeganAt(stretches: readonly Stretch[], current: { turn: Turn; fromAt: number }): number {
  let beganAt = current.fromAt;
  for (const stretch of stretches.toReversed()) {
    if (stretch.turn !== current.turn) break;
    beganAt = Math.min(beganAt, stretch.fromAt);
  }
  return beganAt;
}

/** Maintainers who talk to other maintainers have responded but asked nothing of the author. */
function isAmongMaintainers(mentions: Mentions, addressed: StandingInput["addressed"] & { speaker: string }): boolean {
  const names = [...mentions.logins, ...mentions.teams].map((name) => name.toLowerCase());
  return (
    names.some((name) => addressed.maintainers.has(name) && name !== addressed.speaker) &&
    !names.some((name) => addressed.author.has(name))
  );
}

const responseOf = (fact: Fact): Happening => ({
  code: "response",
  how: fact.kind === "reviewed" ? "review" : "comment",
  by: fact.actor?.login ?? null,
  at: fact.at,
});

/** The same fact under one key is one. */
function withoutRepeats(ordered: readonly Fact[]): readonly Fact[] {
  const seen = new Set<string>();
  return ordered.filter((fact) => {
    if (seen.has(fact.key)) return false;
    seen.add(fact.key);
    return true;
  });
}
