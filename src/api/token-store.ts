// The questions about API tokens: whose, until when, and what they may.
import { sql } from "kysely";
import type { BoardOwner } from "../board/access-store.ts";
import type { Db, Tx } from "../db/database.ts";
import { apiPrefixOf, hashOfApiToken, type Scope } from "./token.ts";

export type ApiToken = {
  readonly id: number;
  readonly prefix: string;
  readonly ownerId: number;
  readonly name: string;
  readonly scope: Scope;
  readonly madeBy: string;
  readonly createdAt: number;
  readonly expiresAt: number;
  readonly lastUsedAt: number | null;
  readonly revokedAt: number | null;
};

export type NewApiToken = Pick<ApiToken, "ownerId" | "name" | "scope" | "madeBy" | "createdAt" | "expiresAt"> & {
  readonly token: string;
};

export async function addApiToken(tx: Tx, token: NewApiToken): Promise<void> {
  await tx
    .insertInto("api_tokens")
    .values({
      token_hash: hashOfApiToken(token.token),
      prefix: apiPrefixOf(token.token),
      owner_id: token.ownerId,
      name: token.name,
      scope: token.scope,
      made_by: token.madeBy,
      created_at: token.createdAt,
      expires_at: token.expiresAt,
    })
    .execute();
}

const selected = (db: Db) =>
  db
    .selectFrom("api_tokens")
    .select([
      "api_tokens.id",
      "prefix",
      "api_tokens.owner_id as ownerId",
      "name",
      "scope",
      "made_by as madeBy",
      "created_at as createdAt",
      "expires_at as expiresAt",
      "last_used_at as lastUsedAt",
      "revoked_at as revokedAt",
    ]);

/** A token that holds now, and whose it is: neither revoked nor over, and the app still installed there. */
export async function apiTokenInForce(
  db: Db,
  token: string,
  now: number,
): Promise<{ readonly token: ApiToken; readonly owner: BoardOwner } | null> {
  const row = await selected(db)
    .innerJoin("installations", "installations.owner_id", "api_tokens.owner_id")
    .select(["installations.owner_login", "installations.owner_type", "installations.id as installation_id"])
    .where("token_hash", "=", hashOfApiToken(token))
    .where("revoked_at", "is", null)
    .where("expires_at", ">", now)
    .where("installations.state", "!=", "deleted")
    .limit(1)
    .executeTakeFirst();
  if (row === undefined) return null;
  const { owner_login, owner_type, installation_id, ...found } = row;
  const owner = { ownerId: found.ownerId, login: owner_login, type: owner_type, installationId: installation_id };
  return { token: found, owner };
}

/** The token behind these characters, in force or not. */
export async function apiTokenByText(db: Db, token: string): Promise<ApiToken | null> {
  return (await selected(db).where("token_hash", "=", hashOfApiToken(token)).executeTakeFirst()) ?? null;
}

/** Tokens that begin so, in force or not, the newest first. */
export async function apiTokensByPrefix(db: Db, prefix: string): Promise<readonly ApiToken[]> {
  // Not with "like", in which an underscore, which tokens hold, stands for anything.
  return selected(db)
    .where(sql<string>`substr(prefix, 1, ${sql.lit(prefix.length)})`, "=", prefix)
    .orderBy("api_tokens.id", "desc")
    .limit(MOST)
    .execute();
}

const MOST = 500;

/** An owner's tokens, or everybody's, the newest first. */
export async function apiTokensOf(db: Db, ownerId: number | null): Promise<readonly ApiToken[]> {
  return selected(db)
    .$if(ownerId !== null, (query) => query.where("api_tokens.owner_id", "=", ownerId ?? 0))
    .orderBy("api_tokens.id", "desc")
    .limit(MOST)
    .execute();
}

export async function noteTokenUsed(db: Db, id: number, at: number): Promise<void> {
  await db.updateTable("api_tokens").set({ last_used_at: at }).where("id", "=", id).execute();
}

/** From now on it opens nothing; null where there is none of the owner's in force. */
export async function revokeApiToken(
  tx: Tx,
  which: { readonly id: number; readonly ownerId: number; readonly at: number },
): Promise<{ readonly name: string; readonly prefix: string } | null> {
  const row = await tx
    .updateTable("api_tokens")
    .set({ revoked_at: which.at })
    .where("id", "=", which.id)
    .where("owner_id", "=", which.ownerId)
    .where("revoked_at", "is", null)
    .returning(["name", "prefix"])
    .executeTakeFirst();
  return row ?? null;
}
