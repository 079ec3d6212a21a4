// How often one source may ask, kept in bounded memory. Apart, because pages, Slack and feeds each have a limit of their own.
import { getConnInfo } from "@hono/node-server/conninfo";
import type { Context, MiddlewareHandler } from "hono";
import { sourceOf } from "./source.ts";

const MINUTE = 60_000;
/** Whoever is forgotten because others came begins with a full measure: that costs nothing but their limit. */
const MOST_SOURCES = 10_000;

export type RateLimit = {
  /** Whether one more request is allowed; it counts if so. */
  readonly take: (source: string, now: number) => boolean;
  readonly size: () => number;
};

/** So many requests at once, and as many again within a minute. */
export function createRateLimit(perMinute: number, most = MOST_SOURCES): RateLimit {
  const buckets = new Map<string, { left: number; at: number }>();
  return {
    take: (source, now) => {
      const known = buckets.get(source);
      const refilled =
        known === undefined
          ? perMinute
          : Math.min(perMinute, known.left + (Math.max(0, now - known.at) * perMinute) / MINUTE);
      const isAllowed = refilled >= 1;
      // Taken out and put in again, so that whoever asked longest ago is the first in the map.
      buckets.delete(source);
      buckets.set(source, { left: isAllowed ? refilled - 1 : refilled, at: now });
      const [oldest] = buckets.size > most ? buckets.keys() : [];
      if (oldest !== undefined) buckets.delete(oldest);
      return isAllowed;
    },
    size: () => buckets.size,
  };
}

/** What a source that asks too often is told: 429, and when to ask again. */
type Refuse = (context: Context, headers: Readonly<Record<string, string>>) => Response;

/** Refuses a source that asks too often, before anything is read. */
export function limitRate(perMinute: number, now: () => number, refuse: Refuse = refuseInText): MiddlewareHandler {
  const limit = createRateLimit(perMinute);
  return async (context, next) => {
    const source = sourceOf(getConnInfo(context).remote.address, context.req.header("x-forwarded-for"));
    if (limit.take(source, now())) return next();
    return refuse(context, { "retry-after": "60" });
  };
}

const refuseInText: Refuse = (context, headers) =>
  context.text("Too many requests. Wait a minute, then try again.\n", 429, { ...headers });
