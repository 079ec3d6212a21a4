// Whether `/case escalate` goes through, and as whose word: pure, and apart from the other commands, because it is judged a patch at a time.
import type { Lack } from "../escalations/decidable.ts";
import type { Severity } from "../policy/policy.ts";
import type { Command } from "./command.ts";
import type { CommandAct, CommandOutcome } from "./decide.ts";
import type { RefusalReason } from "./refusal.ts";

/** A pull request that an escalation was asked for, as it stands when that is decided. */
export type Escalating = {
  readonly patchId: string;
  readonly isTracked: boolean;
  /** The policy says to act: else nobody would be asked. */
  readonly isActing: boolean;
  readonly lacks: readonly Lack[];
  /** The gravest of its open cases. */
  readonly severity: Severity | null;
  readonly as: "account-owner" | "supporter" | "maintainer";
};

/** Nobody can insist on these: there is nothing left to decide. */
const isOver = ({ lacks }: Escalating): boolean => lacks.some(({ code }) => code === "closed" || code === "archived");

const mayInsist = (each: Escalating): boolean =>
  !isOver(each) && (each.as === "account-owner" || each.severity === "S1");

/** What is asked for while the app observes is not followed when it begins to act, since nobody was reminded before: only the gravest is. */
const mayRise = ({ isActing, severity }: Escalating): boolean => isActing || severity === "S1";

const refused = (reason: RefusalReason): CommandOutcome => ({ kind: "refused", reason });

export function decideEscalate(
  { isAnyway, reason }: Extract<Command, { verb: "escalate" }>,
  where: { readonly on: "patch" | "case"; readonly escalating: readonly Escalating[]; readonly timezone: string },
): CommandOutcome {
  const { on, escalating, timezone } = where;
  if (isAnyway && reason === null) return refused({ code: "anyway-needs-reason" });
  const [first, ...others] = escalating;
  if (first === undefined) return refused({ code: on === "case" ? "no-patch-linked" : "no-case-linked" });
  const going = escalating.filter(
    (each) => each.isTracked && mayRise(each) && (each.lacks.length === 0 || (isAnyway && mayInsist(each))),
  );
  const isTheirs = escalating.some(mayInsist);
  if (isAnyway && !isTheirs && !escalating.every(isOver)) return refused({ code: "anyway-not-yours" });
  const acts = going.map(
    (each): CommandAct => ({
      kind: "fact",
      patchId: each.patchId,
      body: { kind: "escalation-asked", isAnyway, reason, as: each.as },
    }),
  );
  if (going.length === escalating.length) return { kind: "do", acts };
  if (others.length > 0) {
    const left = { count: escalating.length - going.length, of: escalating.length, mayInsist: isTheirs && !isAnyway };
    const because: RefusalReason = { code: "some-cannot-be-decided", ...left };
    return going.length === 0 ? refused(because) : { kind: "partly", acts, reason: because };
  }
  if (!first.isTracked) return refused({ code: "no-case-linked" });
  if (!mayRise(first)) return refused({ code: "only-observes" });
  return refused({ code: "cannot-be-decided", lacks: first.lacks, mayInsist: mayInsist(first), timezone });
}
