// Whether a pull request on GitHub is as we know it, and when an installation is compared. Pure: what GitHub shows and what we know are arguments.
import { bearsMark } from "../../erasure/mark.ts";
import type { Fact } from "../../patches/fact.ts";
import type { RepositoryAction } from "../repository-changed.ts";

/** A pull request as GitHub shows it, with what happened to it lately. */
export type Shown = {
  readonly isOpen: boolean;
  readonly isDraft: boolean;
  readonly headSha: string;
  readonly title: string;
  readonly body: string;
  readonly labels: readonly string[];
  readonly updatedAt: number;
  readonly facts: readonly Fact[];
  readonly reviews: readonly { readonly id: number; readonly at: number }[];
  /** More happened than was shown. */
  readonly isCut: boolean;
};

export type Known = Pick<Shown, "isDraft" | "headSha" | "title" | "body" | "labels"> & {
  readonly facts: readonly Fact[];
};

/** What differs, by kind: a fact's kind, or what of the pull request. */
export type DriftKind =
  | Fact["kind"]
  | RepositoryAction
  | "repository joined"
  | "repository left"
  | "state"
  | "draft"
  | "head"
  | "words"
  | "labels"
  | "unknown"
  | "not read";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** What happened just now may still be on its way to us. */
export const FRESH_MILLIS = 5 * MINUTE;
/** Webhooks and GraphQL tell the time of one act from different clocks of GitHub's. */
const SAME_ACT_MILLIS = 10_000;
/** The keys of these hold the second at which they happened; those of all others an id. */
const BY_TIME: ReadonlySet<string> = new Set([
  "ready",
  "drafted",
  "closed",
  "merged",
  "reopened",
  "review-requested",
  "review-request-removed",
]);

/** What GitHub knows of an open pull request of ours and we do not; nothing where it changed only just now. */
export function decideDrift(known: Known, shown: Shown, now: number): readonly DriftKind[] {
  const isOld = (at: number) => at <= now - FRESH_MILLIS;
  const drift = new Set<DriftKind>();
  for (const fact of shown.facts) if (isOld(fact.at) && !isKnown(known.facts, fact)) drift.add(fact.kind);
  const reviews = new Set(known.facts.flatMap((fact) => (fact.kind === "reviewed" ? [fact.reviewId] : [])));
  if (shown.reviews.some(({ id, at }) => isOld(at) && !reviews.has(id))) drift.add("reviewed");
  if (!isOld(shown.updatedAt)) return [...drift];
  if (shown.isCut) drift.add("not read");
  if (!shown.isOpen) drift.add("state");
  if (shown.isDraft !== known.isDraft) drift.add("draft");
  if (shown.headSha !== known.headSha) drift.add("head");
  const areWordsErased = bearsMark(known.title) || bearsMark(known.body);
  if (!areWordsErased && (shown.title !== known.title || shown.body !== known.body)) drift.add("words");
  if (shown.labels.toSorted().join("\n") !== known.labels.toSorted().join("\n")) drift.add("labels");
  return [...drift];
}

function isKnown(known: readonly Fact[], fact: Fact): boolean {
  return known.some(
    (each) =>
      each.key === fact.key ||
      (BY_TIME.has(fact.kind) && each.kind === fact.kind && Math.abs(each.at - fact.at) <= SAME_ACT_MILLIS),
  );
}

/** The installation's own time of day, at least half a day from now: the same each day, and another for each, so that not all come at once. */
export function nextReconciliationAt(installationId: number, now: number): number {
  // Fibonacci hashing: ids that follow each other land far apart.
  const slot = Math.floor(((installationId * 0.618_033_988_749_895) % 1) * DAY);
  const earliest = now + DAY / 2;
  const today = earliest - (earliest % DAY) + slot;
  return today >= earliest ? today : today + DAY;
}
