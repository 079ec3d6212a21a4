// What is left of an installation's hour on GitHub, REST's and GraphQL's apart: what can wait for the next hour, and what a page says of it.
// Apart from the client, which only hears it.
import { z } from "zod";
import type { Database, Db } from "../db/database.ts";
import type { Log } from "../log.ts";
import { LONGEST_WAIT } from "./faults.ts";
import { keepSetting, readSetting } from "./identity-store.ts";

export type Resource = "core" | "graphql";

/** What is left of one hour: of `limit` requests (GraphQL: points), until `resetAt`. */
export type Left = {
  readonly remaining: number;
  readonly limit: number;
  readonly resetAt: number;
  readonly at: number;
};

export type Budget = { readonly [Each in Resource]: Left | null };

const left = z.object({ remaining: z.number(), limit: z.number(), resetAt: z.number(), at: z.number() });
const stored = z.object({ core: left.nullable(), graphql: left.nullable() });
const nameOf = (installationId: number): string => `github-budget:${installationId}`;
const NOTHING: Budget = { core: null, graphql: null };

/** Below this part of an hour nothing is read any more that can wait: the rest belongs to commands, labels and reminders. */
const KEPT_PART = 0.1;
/** Below this part nothing at all is asked: a limit that was met costs more than one that was not. */
const FLOOR_PART = 0.005;

/** Whether what waits until then still waits. What is further ahead than any wait was kept by a clock that has been set back since. */
export const isAhead = (at: number, now: number): boolean => at > now && at <= now + LONGEST_WAIT;

const isBelow = (part: number, each: Left | null, now: number): each is Left =>
  each !== null && isAhead(each.resetAt, now) && each.remaining < each.limit * part;

/** Until when reading that can wait waits; null where there is enough left. */
export function readsWaitUntil(budget: Budget, now: number): number | null {
  const resets = [budget.core, budget.graphql].flatMap((each) => (isBelow(KEPT_PART, each, now) ? [each.resetAt] : []));
  return resets.length === 0 ? null : Math.max(...resets);
}

/** Until when nothing at all is asked of one limit. */
export function restsUntil(each: Left | null, now: number): number | null {
  return isBelow(FLOOR_PART, each, now) ? each.resetAt : null;
}

/** When headers say that the hour ends: in an hour at most, whatever a proxy made of it, since nothing newer is heard while all waits. */
export function resetOf(headers: Readonly<Record<string, unknown>>, now: number): number | null {
  const seconds = countOf(headers["x-ratelimit-reset"]);
  return seconds === null ? null : Math.min(seconds * 1000, now + LONGEST_WAIT);
}

/** A whole number that is not negative, and small enough to be counted with; null for anything else. */
export const countOf = (value: unknown): number | null => (/^\d{1,15}$/.test(String(value)) ? Number(value) : null);

/** What GitHub's headers say of an hour (its "Rate limits for the REST API"); null where they say nothing of these two. */
export function leftOf(
  headers: Readonly<Record<string, unknown>>,
  now: number,
): { readonly resource: Resource; readonly left: Left } | null {
  const resource = String(headers["x-ratelimit-resource"] ?? "core");
  const remaining = countOf(headers["x-ratelimit-remaining"]);
  const limit = countOf(headers["x-ratelimit-limit"]);
  const resetAt = resetOf(headers, now);
  if ((resource !== "core" && resource !== "graphql") || remaining === null) return null;
  // Without a limit or an end nothing waits for it.
  const hour =
    limit === null || limit === 0 || resetAt === null ? { limit: remaining, resetAt: now } : { limit, resetAt };
  return { resource, left: { remaining, ...hour, at: now } };
}

/** What was left when that was last kept; null where GitHub was not asked yet. */
export async function budgetOf(db: Db, installationId: number): Promise<Budget | null> {
  const kept = await readSetting(db, nameOf(installationId));
  return kept === null ? null : (stored.safeParse(JSON.parse(kept)).data ?? null);
}

/** So often at most, except when too little is left or is there again. */
const SELDOM_MILLIS = 5 * 60_000;

export type BudgetKeeper = (
  installationId: number,
  heard: { readonly resource: Resource; readonly left: Left },
) => void;

/** Keeps what is left; what cannot be kept is known again soon. */
export function createBudgetKeeper({
  database,
  log,
}: {
  readonly database: Database;
  readonly log: Log;
}): BudgetKeeper {
  const heard = new Map<number, Budget>();
  const kept = new Map<number, Budget>();
  return (installationId, { resource, left: now }) => {
    const budget = { ...(heard.get(installationId) ?? NOTHING), [resource]: now };
    heard.set(installationId, budget);
    const before = kept.get(installationId)?.[resource] ?? null;
    const [wasWaiting, isWaiting] = [before, now].map((each) => isBelow(KEPT_PART, each, now.at));
    if (before !== null && wasWaiting === isWaiting && now.at - before.at < SELDOM_MILLIS) return;
    kept.set(installationId, budget);
    if (isWaiting === true && wasWaiting !== true)
      log.warn(
        { installationId, resource, remaining: now.remaining, until: new Date(now.resetAt).toISOString() },
        "GitHub's budget of an installation is nearly used up: reading that can wait is put off",
      );
    keepSetting(database.db, { name: nameOf(installationId), value: JSON.stringify(budget) }).catch(
      (error: unknown) => {
        log.debug({ installationId, err: error }, "what is left of GitHub's hour was not kept");
      },
    );
  };
}
