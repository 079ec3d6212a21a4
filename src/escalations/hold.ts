// What holds an open escalation: a decision to put it off, somebody who has it in hand, a closing that may have been a slip, a response; and
// when it goes on. Pure, and apart from the moves, because it follows from the facts alone: they come in any order.
import type { Decided } from "../patches/decided.ts";
import { type Fact, inOrder } from "../patches/fact.ts";
import type { Situation } from "../patches/situation.ts";
import type { Standing } from "../patches/standing.ts";
import type { OpenEscalation, PauseReason } from "./escalation.ts";

export type Holding = {
  readonly situation: Situation;
  readonly standing: Standing;
  readonly decided: Decided | null;
};

/** What holds it now, if anything does; a response holds until silence follows, so that one stays named after it was seen. */
export function holdOf({ situation, standing, decided }: Holding, open: OpenEscalation): PauseReason | null {
  if (decided?.kind === "declined") return "closed";
  const { facts, now } = situation;
  const overruledAt = overruled(situation);
  const putOff = last(facts, "put-off");
  if (standing.because.code === "put-off" && (putOff?.at ?? 0) > overruledAt) return "put-off";
  const respondedAt = standing.lastResponse?.at ?? 0;
  const taken = last(facts, "taken");
  // What was said after taking it in hand is an answer like any other.
  if (taken !== null && taken.untilAt > now && taken.at >= respondedAt && taken.at > overruledAt) return "taken";
  if (standing.round === open.round) return null;
  return isAnsweredSince(open, { facts, respondedAt }) ? "response" : null;
}

/** Whether somebody answered, so that the maintainers are reminded anew before it rises again. */
export function isAnswered(open: OpenEscalation, { situation, standing }: Holding): boolean {
  const respondedAt = standing.lastResponse?.at ?? 0;
  switch (open.pausedBecause) {
    case null:
      return false;
    case "response":
      return true;
    case "closed":
      return respondedAt >= (last(situation.facts, "closed")?.at ?? 0);
    case "put-off":
    case "taken":
      return isAnsweredSince(open, { facts: situation.facts, respondedAt });
  }
}

/** The comment in which it was put off or taken is a response as well, but that command is all that it says. */
function isAnsweredSince(
  { pausedBecause }: OpenEscalation,
  { facts, respondedAt }: { readonly facts: readonly Fact[]; readonly respondedAt: number },
): boolean {
  if (pausedBecause !== "put-off" && pausedBecause !== "taken") return true;
  return respondedAt > (last(facts, pausedBecause)?.at ?? 0);
}

/** Somebody's word outweighs what held it before. */
function overruled({ facts, followedRequests }: Situation): number {
  return Math.max(0, ...facts.filter(({ key }) => followedRequests.has(key)).map(({ at }) => at));
}

function last<Kind extends Fact["kind"]>(facts: readonly Fact[], kind: Kind): Extract<Fact, { kind: Kind }> | null {
  const isOne = (fact: Fact): fact is Extract<Fact, { kind: Kind }> => fact.kind === kind;
  return inOrder(facts).findLast(isOne) ?? null;
}
