// What a customer's page reads: only the words that are theirs. Apart from the questions of the team, so that no title, stake or note of
// theirs is even read here.
import { type SqlBool, sql } from "kysely";
import type { CustomerEvent } from "../cases/events-store.ts";
import type { Db } from "../db/database.ts";
import { factsOf } from "../patches/store.ts";
import type { FollowedPatch, OwnCase } from "./progress.ts";

type Of = { readonly ownerId: number; readonly customerId: string };

/** However many a case may have, so many are read. */
const MOST_PATCHES = 200;

export type OwnCases = { readonly cases: readonly OwnCase[]; readonly total: number };

/** A customer's cases, those still open first, then the newest first. */
export async function ownCases(
  db: Db,
  { ownerId, customerId }: Of,
  page: { readonly limit: number; readonly offset: number },
): Promise<OwnCases> {
  const all = db.selectFrom("cases").where("owner_id", "=", ownerId).where("customer_id", "=", customerId);
  const rows = await all
    .select(["id", "reference", "summary", "state", "workaround", "needed_by", "next_report", "created_at"])
    .orderBy(sql<SqlBool>`case when state = 'open' then 0 else 1 end`)
    .orderBy("created_at", "desc")
    .orderBy("id", "desc")
    .limit(page.limit)
    .offset(page.offset)
    .execute();
  const counted = await all.select(({ fn }) => fn.countAll<number>().as("count")).executeTakeFirst();
  const patches = await patchesOf(
    db,
    ownerId,
    rows.map(({ id }) => id),
  );
  return {
    total: Number(counted?.count ?? 0),
    cases: rows.map((row) => ({
      reference: row.reference,
      summary: row.summary,
      isOpen: row.state === "open",
      workaround: row.workaround,
      neededBy: row.needed_by,
      nextReport: row.next_report,
      receivedAt: row.created_at,
      patches: patches.get(row.id) ?? [],
    })),
  };
}

/** The patches that are linked to cases, by case. */
async function patchesOf(
  db: Db,
  ownerId: number,
  cases: readonly number[],
): Promise<ReadonlyMap<number, readonly FollowedPatch[]>> {
  const byCase = new Map<number, FollowedPatch[]>();
  if (cases.length === 0) return byCase;
  const rows = await db
    .selectFrom("links")
    .innerJoin("patches", "patches.id", "links.patch_id")
    .innerJoin("repositories", "repositories.id", "patches.repository_id")
    .select(["links.case_id", "patches.id", "patches.opened_at", "patches.is_draft", "repositories.visibility"])
    .where("links.case_id", "in", cases)
    .where("links.owner_id", "=", ownerId)
    .where("links.state", "=", "confirmed")
    .orderBy("patches.opened_at")
    .orderBy("patches.id")
    .limit(MOST_PATCHES)
    .execute();
  const facts = await factsOf(db, [...new Set(rows.map(({ id }) => id))]);
  for (const row of rows) {
    const known = byCase.get(row.case_id) ?? [];
    known.push({
      openedAt: row.opened_at,
      isDraft: row.is_draft === 1,
      isPublic: row.visibility === "public",
      facts: facts.get(row.id) ?? [],
    });
    byCase.set(row.case_id, known);
  }
  return byCase;
}

/** Of a customer's events those whose case is still theirs: one that was somebody else's all along is not told any more. */
export async function ownEvents(
  db: Db,
  { ownerId, customerId }: Of,
  events: readonly CustomerEvent[],
): Promise<readonly CustomerEvent[]> {
  const ids = [...new Set(events.flatMap((event) => event.case?.id ?? []))];
  if (ids.length === 0) return [];
  const rows = await db
    .selectFrom("cases")
    .select("id")
    .where("id", "in", ids)
    .where("owner_id", "=", ownerId)
    .where("customer_id", "=", customerId)
    .execute();
  const own = new Set(rows.map(({ id }) => id));
  return events.filter((event) => event.case !== null && own.has(event.case.id));
}
