// What the page of people and channels asks of the database: who is in a team as it was read last, and what became of a test message.
import type { Db } from "../../db/database.ts";
import type { Party } from "../../policy/policy.ts";

/** The logins behind a policy's list; of a team those that GitHub named when it was asked last. */
export async function loginsOfParties(db: Db, ownerId: number, parties: readonly Party[]): Promise<readonly string[]> {
  const slugs = parties.flatMap((party) => (party.kind === "team" ? [party.slug.toLowerCase()] : []));
  const logins = parties.flatMap((party) => (party.kind === "login" ? [party.login] : []));
  if (slugs.length === 0) return logins;
  const rows = await db
    .selectFrom("team_members")
    .select("login")
    .distinct()
    .where("owner_id", "=", ownerId)
    .where("slug", "in", slugs)
    .orderBy("login")
    .execute();
  return [...logins, ...rows.map(({ login }) => login)];
}

export type SentTest = {
  readonly state: "due" | "done" | "failed" | "withdrawn";
  /** JSON: the NoticeOutcome; null before the first try. */
  readonly outcome: string | null;
  /** JSON: the Recipient. */
  readonly recipientData: string;
};

/** A test message of this owner by its key. */
export async function sentTest(db: Db, ownerId: number, key: string): Promise<SentTest | null> {
  const row = await db
    .selectFrom("notices")
    .select(["state", "outcome", "recipient_data as recipientData"])
    .where("key", "=", key)
    .where("owner_id", "=", ownerId)
    .where("kind", "=", "test")
    .executeTakeFirst();
  return row ?? null;
}
