// What entries of the log are about, by name: only of the owner whose log it is, since a repository that moved away took its patches along.
import type { Db } from "../../db/database.ts";

export type NamedPatch = {
  readonly id: string;
  readonly repository: string;
  readonly number: number;
  readonly title: string;
};

/** The patches among these ids that are the owner's, by id. */
export async function patchesNamed(
  db: Db,
  ownerId: number,
  ids: readonly string[],
): Promise<ReadonlyMap<string, NamedPatch>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom("patches as p")
    .innerJoin("repositories as r", "r.id", "p.repository_id")
    .select(["p.id", "r.name as repository", "p.number", "p.title"])
    .where("p.id", "in", ids)
    .where("p.owner_id", "=", ownerId)
    .where("r.owner_id", "=", ownerId)
    .execute();
  return new Map(rows.map((row) => [row.id, row]));
}

/** The references of the cases among these that are the owner's, by id. */
export async function casesNamed(
  db: Db,
  ownerId: number,
  ids: readonly number[],
): Promise<ReadonlyMap<number, string>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom("cases")
    .select(["id", "reference"])
    .where("id", "in", ids)
    .where("owner_id", "=", ownerId)
    .execute();
  return new Map(rows.map(({ id, reference }) => [id, reference]));
}

/** The owner's installations, the newest first: what was written before it was installed anew is under an earlier one. */
export async function installationIdsOf(db: Db, ownerId: number): Promise<readonly number[]> {
  const rows = await db
    .selectFrom("installations")
    .select("id")
    .where("owner_id", "=", ownerId)
    .orderBy("id", "desc")
    .limit(10)
    .execute();
  return rows.map(({ id }) => id);
}
