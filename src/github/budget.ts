// What is left of an installation's hour on GitHub, kept now and then so that a page can say it. Apart from the client, which only hears it.
import { z } from "zod";
import type { Database, Db } from "../db/database.ts";
import type { Log } from "../log.ts";
import { keepSetting, readSetting } from "./identity-store.ts";

export type Budget = { readonly remaining: number; readonly at: number };

const stored = z.object({ remaining: z.number().int(), at: z.number() });
const nameOf = (installationId: number): string => `github-budget:${installationId}`;

/** What was left when that was last kept; null where GitHub was not asked yet. */
export async function budgetOf(db: Db, installationId: number): Promise<Budget | null> {
  const kept = await readSetting(db, nameOf(installationId));
  return kept === null ? null : (stored.safeParse(JSON.parse(kept)).data ?? null);
}

/** So often at most, except when little is left. */
const SELDOM_MILLIS = 5 * 60_000;
const LITTLE = 500;

/** Keeps what is left; what cannot be kept is known again soon. */
export function createBudgetKeeper({
  database,
  now,
  log,
}: {
  readonly database: Database;
  readonly now: () => number;
  readonly log: Log;
}): (installationId: number, remaining: number) => void {
  const last = new Map<number, Budget>();
  return (installationId, remaining) => {
    const before = last.get(installationId);
    const at = now();
    const isNews = before === undefined || (remaining < LITTLE && before.remaining >= LITTLE);
    if (!isNews && at - before.at < SELDOM_MILLIS) return;
    last.set(installationId, { remaining, at });
    const value = JSON.stringify({ remaining, at });
    keepSetting(database.db, { name: nameOf(installationId), value }).catch((error: unknown) => {
      log.debug({ installationId, err: error }, "what is left of GitHub's hour was not kept");
    });
  };
}
