// Whether a patch is one that can be decided, and if not, what it lacks and who has to act. Pure and apart from the ladder, because the
// ladder, `/case escalate` and the dossier all ask it.
import { type Fact, inOrder } from "../patches/fact.ts";
import type { Situation } from "../patches/situation.ts";
import type { Standing } from "../patches/standing.ts";

/** `who`: who has to act before it can be decided; `nobody` where nothing that one of the sides does would help. */
export type Lack =
  | { readonly code: "closed"; readonly who: "nobody" }
  | { readonly code: "archived"; readonly who: "nobody" }
  /** GitHub has not shown us the pull request, or its newest commit, yet. */
  | { readonly code: "unknown"; readonly who: "nobody" }
  | { readonly code: "draft"; readonly who: "author" }
  /** Snoozed or put off. */
  | { readonly code: "snoozed"; readonly who: "nobody"; readonly until: number }
  /** The policy or a label takes it out. */
  | { readonly code: "exempt"; readonly who: "maintainers" }
  /** Somebody may have said that these are the maintainers' to mend. */
  | { readonly code: "conflict"; readonly who: "author" | "maintainers" }
  | { readonly code: "checks-failing"; readonly who: "author" | "maintainers"; readonly checks: readonly string[] }
  | { readonly code: "not-maintainers-turn"; readonly who: "author" };

export type LackCode = Lack["code"];

type Judged = Pick<Situation, "facts" | "observation"> & {
  readonly patch: Pick<Situation["patch"], "state" | "headSha">;
};

/** What keeps a decision from being made, gravest first; empty where the patch can be decided. Wants a fresh observation. */
export function lacksForDecision(situation: Judged, standing: Standing): readonly Lack[] {
  const { patch } = situation;
  if (isEnded(situation, standing)) return [{ code: "closed", who: "nobody" }];
  if (standing.because.code === "archived") return [{ code: "archived", who: "nobody" }];
  if (patch.state === "unknown") return [{ code: "unknown", who: "nobody" }];
  const lacks: Lack[] = [];
  const isDraft = isDraftNow(situation.facts);
  if (isDraft) lacks.push({ code: "draft", who: "author" });
  lacks.push(...pauses(standing), ...blocks(situation, standing));
  // What blocks it is why it is the author's turn, where it blocks: said once.
  if (standing.turn === "author" && !lacks.some((each) => each.code === "conflict" || each.code === "checks-failing"))
    lacks.push({ code: "not-maintainers-turn", who: "author" });
  return lacks;
}

const ENDS: readonly string[] = ["merged", "closed", "landed", "superseded"];

const isEnded = ({ patch }: Judged, { because }: Standing): boolean =>
  patch.state === "closed" || ENDS.includes(because.code);

function isDraftNow(facts: readonly Fact[]): boolean {
  const last = inOrder(facts).findLast((fact) => ["opened", "drafted", "ready"].includes(fact.kind));
  return last?.kind === "drafted" || (last?.kind === "opened" && last.isDraft);
}

function pauses({ turn, because, wakesAt }: Standing): readonly Lack[] {
  if (turn !== "nobody") return [];
  if (wakesAt !== null) return [{ code: "snoozed", who: "nobody", until: wakesAt }];
  return because.code.startsWith("exempt-") ? [{ code: "exempt", who: "maintainers" }] : [];
}

function blocks({ observation, patch }: Judged, { turn }: Standing): readonly Lack[] {
  if (observation === null || observation.headSha !== patch.headSha) return [{ code: "unknown", who: "nobody" }];
  const who = turn === "maintainer" ? "maintainers" : "author";
  return [
    ...(observation.hasConflict ? [{ code: "conflict", who } as const] : []),
    ...(observation.failingChecks.length > 0
      ? [{ code: "checks-failing", who, checks: observation.failingChecks } as const]
      : []),
  ];
}
