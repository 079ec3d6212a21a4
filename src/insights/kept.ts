// Insights that were read a moment ago: figures of months need not be counted anew at each look. Apart from reading, which knows no clock.
import type { Asking, Insights } from "./read.ts";

const KEPT_MILLIS = 5 * 60_000;
const MOST_KEPT = 100;

export type ReadInsights = (asking: Asking) => Promise<Insights>;

/** Reads each question at most once in five minutes; whoever asks meanwhile gets the same answer. What failed is asked again. */
export function createKept(read: ReadInsights): ReadInsights {
  const kept = new Map<string, { readonly at: number; readonly insights: Promise<Insights> }>();
  return (asking) => {
    const { owner, filters, login, now } = asking;
    const key = JSON.stringify([owner.id, filters, login]);
    const known = kept.get(key);
    if (known !== undefined && now >= known.at && now - known.at < KEPT_MILLIS) return known.insights;
    const insights = read(asking);
    insights.catch(() => {
      if (kept.get(key)?.insights === insights) kept.delete(key);
    });
    kept.delete(key);
    const [oldest] = kept.size >= MOST_KEPT ? kept.keys() : [];
    if (oldest !== undefined) kept.delete(oldest);
    kept.set(key, { at: now, insights });
    return insights;
  };
}
