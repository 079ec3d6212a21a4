// Which releases there are, and which of them may contain a fix that no release was seen to contain yet.
import { type SqlBool, sql } from "kysely";
import type { Database, Db, Tx } from "../db/database.ts";

export type NewRelease = {
  readonly repositoryId: number;
  readonly tag: string;
  readonly name: string | null;
  readonly url: string | null;
  readonly publishedAt: number;
  readonly isPrerelease: boolean;
  readonly now: number;
};

/** Keeps a release; edited or published again it is the same. True when it is new. */
export async function keepRelease(tx: Tx, release: NewRelease): Promise<boolean> {
  const result = await tx
    .insertInto("releases")
    .values({
      repository_id: release.repositoryId,
      tag: release.tag,
      name: release.name,
      url: release.url,
      published_at: release.publishedAt,
      is_prerelease: release.isPrerelease ? 1 : 0,
      run_after: release.now,
    })
    .onConflict((conflict) => conflict.columns(["repository_id", "tag"]).doNothing())
    .executeTakeFirst();
  return (result.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

export async function releaseName(db: Db, repositoryId: number, tag: string): Promise<string | null> {
  const row = await db
    .selectFrom("releases")
    .select("name")
    .where("repository_id", "=", repositoryId)
    .where("tag", "=", tag)
    .executeTakeFirst();
  return row?.name ?? null;
}

/** A release that is to be held against what was decided before it. */
export type DueRelease = {
  readonly repositoryId: number;
  readonly tag: string;
  readonly url: string | null;
  readonly publishedAt: number;
  readonly attempts: number;
  readonly ownerId: number;
};

const ATTEMPTS = 20;

/** The earliest first, so that the first that has a fix is found first; of owners that are not busy. */
export async function dueReleases(
  db: Db,
  now: number,
  limit: number,
  busyOwners: readonly number[] = [],
): Promise<readonly DueRelease[]> {
  const rows = await db
    .selectFrom("releases")
    .innerJoin("repositories", "repositories.id", "releases.repository_id")
    .selectAll("releases")
    .select("repositories.owner_id")
    .$if(busyOwners.length > 0, (query) => query.where("repositories.owner_id", "not in", busyOwners))
    // In the text of the statement, else SQLite does not use the partial index.
    .where(sql<SqlBool>`run_after is not null`)
    .where("run_after", "<=", now)
    .where("attempts", "<", ATTEMPTS)
    .orderBy("published_at")
    .orderBy("repository_id")
    .orderBy("tag")
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    repositoryId: row.repository_id,
    tag: row.tag,
    url: row.url,
    publishedAt: row.published_at,
    attempts: row.attempts,
    ownerId: row.owner_id,
  }));
}

/** Patches that were merged or landed before a release, that no earlier one is known to contain and that it was not held against yet. */
export async function fixesBefore(db: Db, release: DueRelease, limit: number): Promise<readonly string[]> {
  const rows = await db
    .selectFrom("patch_times as t")
    .leftJoin("release_checks as c", (join) =>
      join.onRef("c.patch_id", "=", "t.patch_id").on("c.tag", "=", release.tag),
    )
    .select("t.patch_id")
    .where("t.repository_id", "=", release.repositoryId)
    .where("t.decision", "in", ["merged", "landed"])
    .where("t.decided_at", "<=", release.publishedAt)
    .where((eb) => eb.or([eb("t.released_at", "is", null), eb("t.released_at", ">", release.publishedAt)]))
    .where("c.tag", "is", null)
    .orderBy("t.decided_at")
    .orderBy("t.patch_id")
    .limit(limit)
    .execute();
  return rows.map((row) => row.patch_id);
}

/** Something was decided at `decidedAt`: releases that came after it may contain it. True where there are any. */
export async function askReleasesSince(
  tx: Tx,
  decided: { readonly repositoryId: number; readonly decidedAt: number; readonly now: number },
): Promise<boolean> {
  const asked = await tx
    .updateTable("releases")
    .set({ run_after: decided.now, attempts: 0 })
    .where("repository_id", "=", decided.repositoryId)
    .where("published_at", ">=", decided.decidedAt)
    .executeTakeFirst();
  return asked.numUpdatedRows > 0n;
}

/** The release does not contain it, or cannot be asked about: not asked again. */
export async function noteChecked(tx: Tx, check: { patchId: string; tag: string; at: number }): Promise<void> {
  await tx
    .insertInto("release_checks")
    .values({ patch_id: check.patchId, tag: check.tag, at: check.at })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Takes a release for one process until a time; false where another has it. */
export async function claimRelease(
  database: Database,
  claim: { repositoryId: number; tag: string; now: number; until: number },
): Promise<boolean> {
  const claimed = await database.db
    .updateTable("releases")
    .set({ run_after: claim.until })
    .where("repository_id", "=", claim.repositoryId)
    .where("tag", "=", claim.tag)
    .where("run_after", "<=", claim.now)
    .executeTakeFirst();
  return claimed.numUpdatedRows > 0n;
}

/** Gives a release back, unless it was asked for anew since it was taken; `runAfter` null: there is nothing left to ask. */
export async function freeRelease(
  tx: Tx,
  release: { repositoryId: number; tag: string; claimedUntil: number; runAfter: number | null; attempts: number },
): Promise<void> {
  await tx
    .updateTable("releases")
    .set({ run_after: release.runAfter, attempts: release.attempts })
    .where("repository_id", "=", release.repositoryId)
    .where("tag", "=", release.tag)
    .where("run_after", "=", release.claimedUntil)
    .execute();
}

/** By which commit a pull request was merged, once GitHub was asked. */
export async function keepMergeSha(tx: Tx, patchId: string, sha: string): Promise<void> {
  await tx.updateTable("patches").set({ merge_sha: sha }).where("id", "=", patchId).execute();
}
