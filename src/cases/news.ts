// What the people of a case must hear of its patches: a pure function of a patch's facts, each with a key, so that it is told once.
import { type Decided, decidedOf } from "../patches/decided.ts";
import { type Fact, inOrder } from "../patches/fact.ts";
import { firstRelease } from "../patches/times.ts";
import type { Side } from "../patches/turn.ts";
import { type Calendar, localDate, nextWorkingMoment, startOfDate } from "../policy/calendar.ts";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** Somebody who closes says why in the same breath, before or after. */
const WORDS_AFTER_MILLIS = 5 * MINUTE;
const WORDS_BEFORE_MILLIS = 14 * DAY;
/** What is older is known by other ways; it is not told as news when a policy begins to act. */
const FRESH_MILLIS = 30 * DAY;
/** So many days before a day off the last working day is looked for. */
const DAYS_BACK = 14;
const MORNING_MINUTE = 9 * 60;

export type News =
  | { readonly kind: "decided"; readonly key: string; readonly at: number; readonly decided: Decided }
  | {
      readonly kind: "put-off";
      readonly key: string;
      readonly at: number;
      readonly by: string | null;
      readonly untilAt: number;
      readonly reason: string;
    }
  | {
      readonly kind: "shipped";
      readonly key: string;
      readonly at: number;
      readonly tag: string;
      readonly url: string | null;
    };

/** What is to be told by now and is no old story yet. */
export const newsOf = (facts: readonly Fact[], now: number): readonly News[] =>
  allNewsOf(facts, now).filter((each) => isFresh(each.at, now));

export const isFresh = (at: number, now: number): boolean => now - at <= FRESH_MILLIS;

/** All that there was to tell until now. A closing is told once it is sure that it was a no. */
export function allNewsOf(facts: readonly Fact[], now: number): readonly News[] {
  const news: News[] = [];
  const ordered = inOrder(facts).filter((fact) => fact.at <= now);
  for (const fact of ordered) {
    if (fact.kind !== "put-off" || fact.untilAt <= fact.at) continue;
    const { at, untilAt, reason } = fact;
    news.push({ kind: "put-off", key: `put-off:${at}:${untilAt}`, at, by: fact.actor?.login ?? null, untilAt, reason });
  }
  const decided = decidedOf(facts, now);
  if (decided === null) return news;
  const at = decided.kind === "declined" && decided.isSure ? toldAt(ordered, decided) : decided.at;
  if (decided.kind !== "declined" || decided.isSure)
    news.push({ kind: "decided", key: `${decided.kind}:${decided.at}`, at, decided });
  const release = firstRelease(ordered, decided);
  // Named without its tag: where an earlier release comes to light later, nobody hears a second time.
  if (release !== null)
    news.push({ kind: "shipped", key: `shipped:${decided.at}`, at: release.at, tag: release.tag, url: release.url });
  return news;
}

/** When it became sure: at a supporter's word, else once the time was over. */
function toldAt(ordered: readonly Fact[], decided: Extract<Decided, { kind: "declined" }>): number {
  const confirmed = ordered.find((fact) => fact.kind === "decline-confirmed" && fact.at >= decided.at);
  return Math.min(confirmed?.at ?? decided.sureAt, decided.sureAt);
}

/** The last reopening, to take back what was told of an end. */
export function lastReopening(facts: readonly Fact[], now: number): { at: number; by: string | null } | null {
  const found = inOrder(facts).findLast((fact) => fact.kind === "reopened" && fact.at <= now);
  return found === undefined ? null : { at: found.at, by: found.actor?.login ?? null };
}

/** Where on the pull request's page the maintainers' last words about an end stand, as the page's own anchor; null where they said none. */
export function wordsAnchor(
  facts: readonly Fact[],
  sides: ReadonlyMap<number, Side>,
  decided: { readonly at: number },
): string | null {
  const said = inOrder(facts).findLast((fact) => {
    if (fact.kind !== "commented" && fact.kind !== "reviewed") return false;
    if (fact.isOnlyCommands || fact.actor === null || sides.get(fact.actor.id) !== "maintainer") return false;
    return fact.at <= decided.at + WORDS_AFTER_MILLIS && fact.at >= decided.at - WORDS_BEFORE_MILLIS;
  });
  const [kind = "", id = ""] = said?.key.split(":") ?? [];
  if (!/^\d+$/.test(id)) return null;
  if (kind === "commented") return `#issuecomment-${id}`;
  if (kind === "reviewed") return `#pullrequestreview-${id}`;
  return kind === "review-comment" ? `#discussion_r${id}` : null;
}

/** When a day on which a customer was promised to hear is told of: in its morning, or of the last working day before it. */
export function reportDueAt(calendar: Calendar, zone: string, date: string): number {
  if (calendar.kind === "always") return startOfDate(zone, date) + MORNING_MINUTE * MINUTE;
  const day = Temporal.PlainDate.from(date);
  for (let back = 0; back <= DAYS_BACK; back += 1) {
    const each = day.subtract({ days: back }).toString();
    const at = nextWorkingMoment(calendar, startOfDate(zone, each));
    if (localDate(zone, at) === each) return at;
  }
  return startOfDate(zone, date) + MORNING_MINUTE * MINUTE;
}
