// The questions about feeds: which address is whose, which are there, and what is public of what they tell.
import type { Db, Tx } from "../db/database.ts";
import { hashOfFeedToken, prefixOf } from "./feed.ts";

export type Feed = {
  readonly tokenHash: string;
  readonly prefix: string;
  readonly ownerId: number;
  readonly customerId: string;
  readonly createdAt: number;
  readonly revokedAt: number | null;
};

export async function addFeed(
  tx: Tx,
  feed: { readonly token: string; readonly ownerId: number; readonly customerId: string; readonly createdAt: number },
): Promise<void> {
  await tx
    .insertInto("feeds")
    .values({
      token_hash: hashOfFeedToken(feed.token),
      prefix: prefixOf(feed.token),
      owner_id: feed.ownerId,
      customer_id: feed.customerId,
      created_at: feed.createdAt,
    })
    .execute();
}

/** The feed behind a token, revoked or not, or null. */
export async function feedByToken(db: Db, token: string): Promise<Feed | null> {
  const [feed] = await selected(db).where("token_hash", "=", hashOfFeedToken(token)).execute();
  return feed ?? null;
}

/** Feeds whose token begins like this, the newest first. */
export async function feedsByPrefix(db: Db, prefix: string): Promise<readonly Feed[]> {
  const all = await selected(db).orderBy("created_at", "desc").orderBy("prefix").execute();
  // Not with "like", in which an underscore, which tokens hold, stands for anything.
  return all.filter((feed) => feed.prefix.startsWith(prefix));
}

/** An owner's feeds, or everybody's, oldest first. */
export async function feedsOf(db: Db, ownerId: number | null): Promise<readonly Feed[]> {
  const all = selected(db).orderBy("created_at").orderBy("prefix");
  return ownerId === null ? all.execute() : all.where("owner_id", "=", ownerId).execute();
}

const selected = (db: Db) =>
  db
    .selectFrom("feeds")
    .select([
      "token_hash as tokenHash",
      "prefix",
      "owner_id as ownerId",
      "customer_id as customerId",
      "created_at as createdAt",
      "revoked_at as revokedAt",
    ]);

/** From now on nothing is behind it; false where that was so before. */
export async function revokeFeed(tx: Tx, tokenHash: string, at: number): Promise<boolean> {
  const result = await tx
    .updateTable("feeds")
    .set({ revoked_at: at })
    .where("token_hash", "=", tokenHash)
    .where("revoked_at", "is", null)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

/** Which of these patches are in repositories that everybody may read now. */
export async function patchesInPublic(db: Db, patches: readonly string[]): Promise<ReadonlySet<string>> {
  if (patches.length === 0) return new Set();
  const rows = await db
    .selectFrom("patches")
    .innerJoin("repositories", "repositories.id", "patches.repository_id")
    .select("patches.id")
    .where("patches.id", "in", patches)
    .where("repositories.visibility", "=", "public")
    .execute();
  return new Set(rows.map(({ id }) => id));
}
