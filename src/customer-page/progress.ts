// How far a case has come, in the steps of a customer: a pure function of the case and of what happened to its patches.
import type { CustomerEventBody } from "../cases/customer-event.ts";
import { allNewsOf, type News } from "../cases/news.ts";
import { type Fact, inOrder } from "../patches/fact.ts";
import { readyAt } from "../patches/times.ts";

/** A case as far as its customer may read it. `workaround`: a text, `none`, or null where nobody knows. Days are YYYY-MM-DD. */
export type OwnCase = {
  readonly reference: string;
  readonly summary: string | null;
  readonly isOpen: boolean;
  readonly workaround: string | null;
  readonly neededBy: string | null;
  readonly nextReport: string | null;
  readonly receivedAt: number;
  readonly patches: readonly FollowedPatch[];
};

export type FollowedPatch = {
  readonly openedAt: number;
  readonly isDraft: boolean;
  /** Whether everybody may read its repository. */
  readonly isPublic: boolean;
  readonly facts: readonly Fact[];
};

type StepName = "received" | "written" | "with-developers" | "decided" | "shipped";

/** One of the steps; `at` where it was reached and it is known when. */
export type Step = {
  readonly name: StepName;
  readonly stands: "done" | "current" | "ahead";
  readonly at: number | null;
};

export type Release = { readonly tag: string; readonly url: string | null };

/** What is to be said of it now. `looking`: there is no fix yet. `preparing`: it is not before the developers yet. */
export type Saying =
  | { readonly kind: "looking" | "preparing" | "settled" }
  | { readonly kind: "happened"; readonly event: CustomerEventBody };

export type Progress = {
  readonly steps: readonly Step[];
  readonly saying: Saying;
  /** Those in which the fix is, each once. */
  readonly releases: readonly Release[];
};

type Reached = {
  readonly writtenAt: number;
  readonly sentAt: number | null;
  readonly putOff: Extract<News, { kind: "put-off" }> | null;
  readonly decided: Extract<News, { kind: "decided" }> | null;
  readonly shipped: (Release & { readonly at: number }) | null;
};

/**
 * The case is as far as the least far of its patches. One that was declined, or that another takes the place of, counts only where there is
 * none besides. `dayOf` names the day of an instant where the customer is.
 */
export function progressOf(of: OwnCase, now: number, dayOf: (at: number) => string): Progress {
  const all = of.patches.map((patch) => reachedBy(patch, now));
  const going = all.filter(({ decided }) => decided === null || isAccepted(decided));
  const ended = latest(all.flatMap(({ decided }) => decided ?? []));
  if (going.length === 0 && ended !== null) return endedProgress(of, { all, ended });
  const sentAt = allOf(going, (each) => each.sentAt);
  const decidedAt = allOf(going, (each) => each.decided?.at ?? null);
  const shippedAt = allOf(going, (each) => each.shipped?.at ?? null);
  const reached: readonly (readonly [StepName, number | null])[] = [
    ["received", of.receivedAt],
    ["written", writtenAt(going)],
    ["with-developers", sentAt],
    ["decided", decidedAt],
    ["shipped", shippedAt],
  ];
  const releases = shippedAt === null ? [] : eachOnce(going.flatMap(({ shipped }) => shipped ?? []));
  return { steps: stepsOf(of, reached), saying: sayingOf(of, { going, dayOf, now }), releases };
}

function reachedBy({ facts, openedAt, isDraft, isPublic }: FollowedPatch, now: number): Reached {
  const known = inOrder(facts).filter((fact) => fact.at <= now);
  const news = allNewsOf(facts, now);
  const decided = news.find((each) => each.kind === "decided") ?? null;
  const shipped = news.find((each) => each.kind === "shipped") ?? null;
  return {
    writtenAt: openedAt,
    // Where nothing is known of how it began, its state and its end tell that it was before them.
    sentAt: readyAt(known) ?? decided?.at ?? (isDraft ? null : openedAt),
    putOff: news.findLast((each) => each.kind === "put-off") ?? null,
    decided,
    shipped: shipped === null ? null : { tag: shipped.tag, url: isPublic ? shipped.url : null, at: shipped.at },
  };
}

const isAccepted = ({ decided }: Extract<News, { kind: "decided" }>): boolean =>
  decided.kind === "merged" || decided.kind === "landed";

function endedProgress(
  of: OwnCase,
  { all, ended }: { readonly all: readonly Reached[]; readonly ended: Extract<News, { kind: "decided" }> },
): Progress {
  const steps = stepsOf(of, [
    ["received", of.receivedAt],
    ["written", writtenAt(all)],
    ["with-developers", allOf(all, (each) => each.sentAt)],
    ["decided", ended.at],
  ]);
  return { steps, saying: happened({ kind: "decided", decision: ended.decided.kind }), releases: [] };
}

const happened = (event: CustomerEventBody): Saying => ({ kind: "happened", event });

/** What was reached last is where it stands; of a settled case that is nowhere any more, and what lies ahead is left out. */
function stepsOf(of: OwnCase, reached: readonly (readonly [StepName, number | null])[]): readonly Step[] {
  const last = reached.findLastIndex(([, at]) => at !== null);
  const steps = reached.map(([name, at], index): Step => {
    const stands = index > last ? "ahead" : index === last && of.isOpen ? "current" : "done";
    // Cases that were brought in later bear the day on which they came to us, which says nothing beside an older fix.
    const isKnown = name !== "received" || reached.every(([, later]) => later === null || later >= of.receivedAt);
    return { name, stands, at: isKnown ? at : null };
  });
  return of.isOpen ? steps : steps.filter(({ stands }) => stands !== "ahead");
}

type Going = {
  readonly going: readonly Reached[];
  readonly dayOf: (at: number) => string;
  readonly now: number;
};

function sayingOf(of: OwnCase, { going, dayOf, now }: Going): Saying {
  if (going.length > 0 && going.every(({ shipped }) => shipped !== null)) {
    const last = going.flatMap(({ shipped }) => shipped ?? []).toSorted((a, b) => b.at - a.at)[0];
    return happened({ kind: "shipped", tag: last?.tag ?? "", name: null, url: null });
  }
  const open = going.filter(({ decided }) => decided === null);
  const decided = latest(going.flatMap((each) => each.decided ?? []));
  if (decided !== null && open.length === 0) return happened({ kind: "decided", decision: decided.decided.kind });
  if (!of.isOpen) return { kind: "settled" };
  if (going.length === 0) return { kind: "looking" };
  if (open.some(({ sentAt }) => sentAt === null)) return { kind: "preparing" };
  const waits = open.flatMap(({ putOff }) => (putOff === null || putOff.untilAt <= now ? [] : putOff.untilAt));
  if (waits.length > 0 && waits.length === open.length)
    return happened({ kind: "put-off", until: dayOf(Math.min(...waits)) });
  return happened({ kind: "linked" });
}

/** When the last of them reached it; null where one has not. */
function allOf(going: readonly Reached[], reachedAt: (each: Reached) => number | null): number | null {
  const times = going.map(reachedAt);
  const known = times.filter((at) => at !== null);
  return known.length === 0 || known.length < times.length ? null : Math.max(...known);
}

const writtenAt = (patches: readonly Reached[]): number | null =>
  patches.length === 0 ? null : Math.min(...patches.map((each) => each.writtenAt));

const latest = <Each extends { readonly at: number }>(all: readonly Each[]): Each | null =>
  all.toSorted((a, b) => b.at - a.at)[0] ?? null;

function eachOnce(releases: readonly Release[]): readonly Release[] {
  const byTag = new Map<string, Release>();
  for (const { tag, url } of releases) if (!byTag.has(tag)) byTag.set(tag, { tag, url });
  return [...byTag.values()];
}
