// Who of those asked has answered, customer by customer: where two customers wait for one patch, each account owner answers for their own. Pure,
// and apart from what an answer does.
import type { EscalationAnswer } from "../choices/answer.ts";
import type { StepAddressee } from "./prepare.ts";
import type { EscalationStepRow } from "./store.ts";

export type GivenAnswer = { readonly kind: EscalationAnswer["kind"]; readonly by: string; readonly at: number };

export type OwnersAnswers = {
  /** The customers whose side was asked since the question was last put anew. */
  readonly asked: ReadonlySet<string>;
  readonly given: ReadonlyMap<string, GivenAnswer>;
};

/** The team itself, asked where nobody looks after a customer. */
const TEAM = "";

export const sideOf = (customerId: string | null | undefined): string => customerId ?? TEAM;

/** `steps`: those of one escalation, oldest first. */
export function answersTo(steps: readonly EscalationStepRow[]): OwnersAnswers {
  const start = steps.findLastIndex(({ kind }) => kind === "ask-owner");
  const since = steps.slice(Math.max(start, 0));
  const asked = new Set<string>();
  const given = new Map<string, GivenAnswer>();
  for (const { kind, addressees, at } of since) {
    const people = JSON.parse(addressees) as readonly StepAddressee[];
    if (kind === "ask-owner" || kind === "ask-owner-again")
      for (const { as, isReached, customerId } of people)
        if (isReached && (as === "owner" || as === "support")) asked.add(sideOf(customerId));
    const answer = answerOf(kind);
    const [by] = people;
    if (answer !== null && by !== undefined) given.set(sideOf(by.customerId), { kind: answer, by: by.name, at });
  }
  return { asked, given };
}

function answerOf(kind: string): EscalationAnswer["kind"] | null {
  switch (kind) {
    case "answer-deciders":
      return "deciders";
    case "answer-wait":
      return "wait";
    case "answer-no":
      return "no";
    default:
      return null;
  }
}
