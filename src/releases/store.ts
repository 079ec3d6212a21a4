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

/** A fix and a release that came after it, not held against each other yet. */
export type Pending = {
  readonly patchId: string;
  readonly repositoryId: number;
  readonly decidedAt: number;
  readonly tag: string;
  readonly url: string | null;
  readonly publishedAt: number;
  readonly attempts: number;
};

/**
 * What is to be asked of GitHub, the earliest releases first: patches that were merged or landed, with releases that were published
 * after that and before any that is known to contain them.
 */
export async function pendingChecks(
  db: Db,
  asked: { readonly now: number; readonly limit: number },
): Promise<readonly Pending[]> {
  const rows = await db
    .selectFrom("releases as r")
    .innerJoin("patch_times as t", "t.repository_id", "r.repository_id")
    .leftJoin("release_checks as c", (join) => join.onRef("c.patch_id", "=", "t.patch_id").onRef("c.tag", "=", "r.tag"))
    .select(["t.patch_id", "r.repository_id", "t.decided_at", "r.tag", "r.url", "r.published_at", "r.attempts"])
    .where("t.decision", "in", ["merged", "landed"])
    .where(sql<SqlBool>`t.decided_at is not null`)
    .whereRef("r.published_at", ">=", "t.decided_at")
    .where((eb) => eb.or([eb("t.released_at", "is", null), eb("r.published_at", "<", eb.ref("t.released_at"))]))
    .where("c.tag", "is", null)
    .where("r.run_after", "<=", asked.now)
    .where("r.attempts", "<", ATTEMPTS)
    .orderBy("r.published_at")
    .orderBy("t.patch_id")
    .limit(asked.limit)
    .execute();
  return rows.map((row) => ({
    patchId: row.patch_id,
    repositoryId: row.repository_id,
    decidedAt: row.decided_at ?? 0,
    tag: row.tag,
    url: row.url,
    publishedAt: row.published_at,
    attempts: row.attempts,
  }));
}

const ATTEMPTS = 20;

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

/** Gives a release back; not to be asked about before `runAfter`. */
export async function freeRelease(
  tx: Tx,
  release: { repositoryId: number; tag: string; runAfter: number; attempts: number },
): Promise<void> {
  await tx
    .updateTable("releases")
    .set({ run_after: release.runAfter, attempts: release.attempts })
    .where("repository_id", "=", release.repositoryId)
    .where("tag", "=", release.tag)
    .execute();
}

/** By which commit a pull request was merged, once GitHub was asked. */
export async function keepMergeSha(tx: Tx, patchId: string, sha: string): Promise<void> {
  await tx.updateTable("patches").set({ merge_sha: sha }).where("id", "=", patchId).execute();
}
