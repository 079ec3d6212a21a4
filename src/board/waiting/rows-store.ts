// What the board's tables show of patches whose ids are known. Apart from finding them, because the pages of what waits, of a case and of a
// customer show the same rows.
import { sql } from "kysely";
import type { Db } from "../../db/database.ts";
import type { Severity } from "../../policy/policy.ts";

export type StoredRow = {
  readonly id: string;
  readonly repositoryId: number;
  readonly repository: string;
  readonly visibility: "public" | "private" | "internal";
  readonly number: number;
  readonly title: string;
  readonly state: "open" | "closed" | "unknown";
  readonly isMerged: boolean;
  readonly isTracked: boolean;
  readonly gravity: number;
  readonly standing: string | null;
  readonly decidedAt: number | null;
  /** How it ended, and what contains it. */
  readonly decision: string | null;
  readonly endedAt: number | null;
  readonly releaseTag: string | null;
};

/** In no order. */
export async function rowsOf(db: Db, ownerId: number, ids: readonly string[]): Promise<readonly StoredRow[]> {
  if (ids.length === 0) return [];
  const rows = await db
    .selectFrom("patches")
    .innerJoin("repositories", "repositories.id", "patches.repository_id")
    .leftJoin("patch_times", "patch_times.patch_id", "patches.id")
    .select(["patches.id", "patches.repository_id", "repositories.name", "repositories.visibility"])
    .select(["patches.number", "patches.title", "patches.state", "patches.is_merged", "patches.is_tracked"])
    .select(["patches.gravity", "patches.standing", "patches.decided_at"])
    .select(["patch_times.decision", "patch_times.decided_at as ended_at", "patch_times.release_tag"])
    .where("patches.owner_id", "=", ownerId)
    .where("patches.id", "in", ids)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    repositoryId: row.repository_id,
    repository: row.name,
    visibility: row.visibility,
    number: row.number,
    title: row.title,
    state: row.state,
    isMerged: row.is_merged === 1,
    isTracked: row.is_tracked === 1,
    gravity: row.gravity,
    standing: row.standing,
    decidedAt: row.decided_at,
    decision: row.decision,
    endedAt: row.ended_at,
    releaseTag: row.release_tag,
  }));
}

export type CaseOfRow = {
  readonly id: number;
  readonly reference: string;
  readonly title: string;
  readonly summary: string | null;
  readonly severity: Severity | null;
};

const MOST_CASES = 1000;

/** The open cases that patches are linked to (confirmed), gravest first. */
export async function casesOfRows(
  db: Db,
  ownerId: number,
  ids: readonly string[],
): Promise<ReadonlyMap<string, readonly CaseOfRow[]>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom("links")
    .innerJoin("cases", "cases.id", "links.case_id")
    .select(["links.patch_id", "cases.id", "cases.reference", "cases.title", "cases.summary", "cases.severity"])
    .where("links.patch_id", "in", ids)
    .where("links.state", "=", "confirmed")
    .where("cases.owner_id", "=", ownerId)
    .where("cases.state", "=", "open")
    .orderBy(sql`coalesce(cases.severity, 'S5')`)
    .orderBy("cases.id")
    .limit(MOST_CASES)
    .execute();
  return new Map(
    [...Map.groupBy(rows, (row) => row.patch_id)].map(([id, theirs]) => [
      id,
      theirs.map(({ patch_id: _patch, ...each }) => each),
    ]),
  );
}

export type CustomerOfRow = { readonly id: string; readonly name: string };

/** The customers whom patches concern, by name. */
export async function customersOfRows(
  db: Db,
  ownerId: number,
  ids: readonly string[],
): Promise<ReadonlyMap<string, readonly CustomerOfRow[]>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom("patch_customers")
    .innerJoin("customers", (join) =>
      join
        .onRef("customers.owner_id", "=", "patch_customers.owner_id")
        .onRef("customers.id", "=", "patch_customers.customer_id"),
    )
    .select(["patch_id", "customers.id", "customers.name"])
    .where("patch_customers.owner_id", "=", ownerId)
    .where("patch_id", "in", ids)
    .orderBy("customers.name")
    .orderBy("customers.id")
    .limit(MOST_CASES)
    .execute();
  return new Map(
    [...Map.groupBy(rows, (row) => row.patch_id)].map(([id, theirs]) => [
      id,
      theirs.map((each) => ({ id: each.id, name: each.name })),
    ]),
  );
}
