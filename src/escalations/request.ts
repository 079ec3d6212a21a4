// Somebody's word for the next step up: which one is to be followed, and whether it may be now. Pure, and apart from the moves, because it
// follows from the facts alone: they come in any order.
import { type Fact, inOrder } from "../patches/fact.ts";
import type { Situation } from "../patches/situation.ts";
import type { Standing } from "../patches/standing.ts";
import type { OpenEscalation } from "./escalation.ts";

export type Request = Extract<Fact, { kind: "escalation-asked" }>;

/**
 * The word that is to be followed: the account owner's before anybody else's. What was said before one that was followed, or before a
 * reopening, asks for nothing any more.
 */
export function requestToFollow({ facts, followedRequests }: Situation): Request | null {
  const isRequest = (fact: Fact): fact is Request & Fact => fact.kind === "escalation-asked";
  const ordered = inOrder(facts);
  const settledIndex = ordered.findLastIndex(({ kind, key }) => kind === "reopened" || followedRequests.has(key));
  const settledAt = ordered[settledIndex]?.at ?? 0;
  // An answer from a page answers what was asked because of a word before it, also one of the same moment.
  const waiting = ordered
    .filter((each, index) => index > settledIndex || (each.actor === null && each.at >= settledAt))
    .filter(isRequest)
    .filter(({ key }) => !followedRequests.has(key));
  return waiting.findLast((each) => each.as === "account-owner") ?? waiting.at(-1) ?? null;
}

/**
 * Somebody's word outweighs a take and an answer that led nowhere, but not a pause with an end or the author's turn; and deciders who have
 * been asked are not asked again before their date.
 */
export function mayFollow(
  request: Request,
  { situation, standing }: { readonly situation: Situation; readonly standing: Standing },
  open: OpenEscalation,
): boolean {
  if (request.isAnyway) return true;
  const isAsked = open.state === "deciders" && open.pausedBecause === null && (open.decideByAt ?? 0) > situation.now;
  return standing.turn === "maintainer" && standing.wakesAt === null && !isAsked;
}
