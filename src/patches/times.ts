// How long a patch took to be answered, decided and released: a pure function of its facts, so that reopening and what comes late
// correct it by themselves.
import { type Calendar, workingMillis } from "../policy/calendar.ts";
import { type Decided, decidedOf } from "./decided.ts";
import { type Fact, inOrder } from "./fact.ts";
import type { Side } from "./turn.ts";

/** Instants, and working time from when it was first ready for review. */
export type PatchTimes = {
  readonly openedAt: number;
  readonly firstResponseAt: number | null;
  readonly responseMillis: number | null;
  readonly decidedAt: number | null;
  readonly decision: Decided["kind"] | null;
  readonly decisionMillis: number | null;
  readonly releasedAt: number | null;
  readonly releaseTag: string | null;
  readonly releaseMillis: number | null;
};

export function timesOf(
  facts: readonly Fact[],
  sides: ReadonlyMap<number, Side>,
  by: { readonly calendar: Calendar; readonly now: number },
): PatchTimes | null {
  const ordered = inOrder(facts).filter((fact) => fact.at <= by.now);
  const openedAt = ordered.find((fact) => fact.kind === "opened")?.at ?? ordered[0]?.at;
  if (openedAt === undefined) return null;
  const startAt = readyAt(ordered) ?? openedAt;
  const since = (at: number | null) =>
    at === null ? null : at <= startAt ? 0 : workingMillis(by.calendar, startAt, at);
  const responseAt = ordered.find((fact) => isResponse(fact, sides))?.at ?? null;
  const decided = decidedOf(facts, by.now);
  const release = firstRelease(ordered, decided);
  return {
    openedAt,
    firstResponseAt: responseAt,
    responseMillis: since(responseAt),
    decidedAt: decided?.at ?? null,
    decision: decided?.kind ?? null,
    decisionMillis: since(decided?.at ?? null),
    releasedAt: release?.at ?? null,
    releaseTag: release?.tag ?? null,
    releaseMillis: since(release?.at ?? null),
  };
}

/** The first release that contains what was merged or landed; what was released before a reopening tells nothing of it. */
export function firstRelease(
  facts: readonly Fact[],
  decided: Decided | null,
): Extract<Fact, { kind: "released" }> | null {
  if (decided?.kind !== "merged" && decided?.kind !== "landed") return null;
  for (const fact of inOrder(facts)) if (fact.kind === "released" && fact.at >= decided.at) return fact;
  return null;
}

/** A draft waits for nobody: time counts from when it was first made ready. */
export function readyAt(ordered: readonly Fact[]): number | null {
  let isDraft = false;
  for (const fact of ordered) {
    if (fact.kind === "opened" && !fact.isDraft) return fact.at;
    if (fact.kind === "opened") isDraft = true;
    if (fact.kind === "ready" && isDraft) return fact.at;
  }
  return null;
}

const RESPONSES: ReadonlySet<Fact["kind"]> = new Set(["commented", "reviewed", "merged", "closed"]);

function isResponse(fact: Fact, sides: ReadonlyMap<number, Side>): boolean {
  if (fact.actor === null || fact.actor.isBot || !RESPONSES.has(fact.kind)) return false;
  return sides.get(fact.actor.id) === "maintainer";
}
