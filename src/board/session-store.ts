// What is asked of the database about who is signed in, and about the mailed links that sign people in.
import { createHash } from "node:crypto";
import type { Db, Tx } from "../db/database.ts";
import type { Schema } from "../db/schema.ts";
import { readStoredPerson, type SignedIn } from "./signed-in.ts";

export const IDLE_MILLIS = 8 * 60 * 60_000;
/** However often it is used: whoever lost a computer need not fear it for longer. */
export const LONGEST_MILLIS = 7 * 24 * 60 * 60_000;

export type Session = {
  readonly tokenHash: string;
  readonly personKey: string;
  readonly person: SignedIn;
  readonly browser: string;
  readonly createdAt: number;
  readonly seenAt: number;
  readonly expiresAt: number;
};

export type NewSession = Omit<Session, "seenAt" | "expiresAt">;

const toSession = (row: import("kysely").Selectable<Schema["sessions"]>): Session => ({
  tokenHash: row.token_hash,
  personKey: row.person_key,
  person: readStoredPerson(row.person),
  browser: row.browser,
  createdAt: row.created_at,
  seenAt: row.seen_at,
  expiresAt: row.expires_at,
});

export async function keepSession(db: Db, session: NewSession): Promise<void> {
  await db
    .insertInto("sessions")
    .values({
      token_hash: session.tokenHash,
      person_key: session.personKey,
      person: JSON.stringify(session.person),
      browser: session.browser,
      created_at: session.createdAt,
      seen_at: session.createdAt,
      expires_at: session.createdAt + LONGEST_MILLIS,
      revoked_at: null,
    })
    .execute();
}

/** A session that holds now: not revoked, not idle for too long, not too old. */
export async function sessionByHashes(db: Db, hashes: readonly string[], now: number): Promise<Session | null> {
  const row = await openSessions(db, now).where("token_hash", "in", hashes).executeTakeFirst();
  return row === undefined ? null : toSession(row);
}

/** Where somebody is signed in, the newest first. */
export async function sessionsOf(db: Db, personKey: string, now: number): Promise<readonly Session[]> {
  const rows = await openSessions(db, now)
    .where("person_key", "=", personKey)
    .orderBy("seen_at", "desc")
    .limit(100)
    .execute();
  return rows.map(toSession);
}

const openSessions = (db: Db, now: number) =>
  db
    .selectFrom("sessions")
    .selectAll()
    .where("revoked_at", "is", null)
    .where("expires_at", ">", now)
    .where("seen_at", ">", now - IDLE_MILLIS);

export async function noteSeen(db: Db, tokenHash: string, at: number): Promise<void> {
  await db.updateTable("sessions").set({ seen_at: at }).where("token_hash", "=", tokenHash).execute();
}

/** Ends one session of this person; `tokenHash` null ends all. */
export async function revokeSessions(
  db: Db,
  which: { readonly personKey: string; readonly tokenHash: string | null },
  at: number,
): Promise<void> {
  const { personKey, tokenHash } = which;
  await db
    .updateTable("sessions")
    .set({ revoked_at: at })
    .where("person_key", "=", personKey)
    .where("revoked_at", "is", null)
    .$if(tokenHash !== null, (query) => query.where("token_hash", "=", tokenHash ?? ""))
    .execute();
}

/** Ends all sessions of this person but one. */
export async function revokeOtherSessions(
  db: Db,
  kept: { readonly personKey: string; readonly tokenHash: string },
  at: number,
): Promise<void> {
  await db
    .updateTable("sessions")
    .set({ revoked_at: at })
    .where("person_key", "=", kept.personKey)
    .where("token_hash", "!=", kept.tokenHash)
    .where("revoked_at", "is", null)
    .execute();
}

export const LINK_MILLIS = 7 * 24 * 60 * 60_000;

const hashOfLink = (token: string): string => createHash("sha256").update(token).digest("hex");

export async function keepSignInLink(
  tx: Tx,
  link: { readonly token: string; readonly email: string; readonly at: number },
): Promise<void> {
  await tx
    .insertInto("sign_in_links")
    .values({
      token_hash: hashOfLink(link.token),
      email: link.email,
      created_at: link.at,
      expires_at: link.at + LINK_MILLIS,
    })
    .execute();
}

/** The address that a link was mailed to, as long as it holds. */
export async function emailOfLink(db: Db, token: string, now: number): Promise<string | null> {
  const row = await db
    .selectFrom("sign_in_links")
    .select("email")
    .where("token_hash", "=", hashOfLink(token))
    .where("expires_at", ">", now)
    .executeTakeFirst();
  return row?.email ?? null;
}

export async function linksMailedSince(db: Db, email: string, since: number): Promise<number> {
  const row = await db
    .selectFrom("sign_in_links")
    .select((eb) => eb.fn.countAll<number>().as("count"))
    .where("email", "=", email)
    .where("created_at", ">", since)
    .executeTakeFirstOrThrow();
  return Number(row.count);
}

/** Forgets sessions and links that have been over since before `before`. */
export async function forgetSessionsOverBefore(tx: Tx, before: number): Promise<void> {
  await tx.deleteFrom("sessions").where("expires_at", "<", before).execute();
  await tx.deleteFrom("sign_in_links").where("expires_at", "<", before).execute();
}
