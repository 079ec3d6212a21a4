// What GitHub said of people and when it was asked, so that a webhook seldom costs a request.
import type { Db, Tx } from "../db/database.ts";
import { accountsAsErased } from "../erasure/erased-store.ts";

export type Member = { readonly id: number; readonly login: string };

export type KnownAccess = { readonly permission: string; readonly readAt: number };

export async function accessOf(db: Db, repositoryId: number, userId: number): Promise<KnownAccess | null> {
  const row = await db
    .selectFrom("access")
    .select(["permission", "read_at"])
    .where("repository_id", "=", repositoryId)
    .where("user_id", "=", userId)
    .executeTakeFirst();
  return row === undefined ? null : { permission: row.permission, readAt: row.read_at };
}

export async function keepAccess(
  db: Db,
  access: { repositoryId: number; userId: number; login: string; permission: string; at: number },
): Promise<void> {
  const changing = { login: access.login.toLowerCase(), permission: access.permission, read_at: access.at };
  await db
    .insertInto("access")
    .values({ repository_id: access.repositoryId, user_id: access.userId, ...changing })
    .onConflict((conflict) => conflict.columns(["repository_id", "user_id"]).doUpdateSet(changing))
    .execute();
}

/** Forgets who may write in a repository, or in all of an owner's where one person's rights changed. */
export async function forgetAccess(tx: Tx, which: { repositoryId?: number; userId?: number }): Promise<void> {
  await tx
    .deleteFrom("access")
    .$if(which.repositoryId !== undefined, (query) => query.where("repository_id", "=", which.repositoryId ?? 0))
    .$if(which.userId !== undefined, (query) => query.where("user_id", "=", which.userId ?? 0))
    .execute();
}

export async function teamOf(
  db: Db,
  ownerId: number,
  slug: string,
): Promise<{ readonly isFound: boolean; readonly readAt: number; readonly members: readonly Member[] } | null> {
  const team = await db
    .selectFrom("teams")
    .select(["is_found", "read_at"])
    .where("owner_id", "=", ownerId)
    .where("slug", "=", slug.toLowerCase())
    .executeTakeFirst();
  if (team === undefined) return null;
  const members = await db
    .selectFrom("team_members")
    .select(["user_id", "login"])
    .where("owner_id", "=", ownerId)
    .where("slug", "=", slug.toLowerCase())
    .execute();
  return {
    isFound: team.is_found === 1,
    readAt: team.read_at,
    members: members.map((row) => ({ id: row.user_id, login: row.login })),
  };
}

export async function keepTeam(
  tx: Tx,
  team: { ownerId: number; slug: string; isFound: boolean; members: readonly Member[]; at: number },
): Promise<void> {
  const slug = team.slug.toLowerCase();
  const changing = { is_found: team.isFound ? (1 as const) : (0 as const), read_at: team.at };
  await tx
    .insertInto("teams")
    .values({ owner_id: team.ownerId, slug, ...changing })
    .onConflict((conflict) => conflict.columns(["owner_id", "slug"]).doUpdateSet(changing))
    .execute();
  await tx.deleteFrom("team_members").where("owner_id", "=", team.ownerId).where("slug", "=", slug).execute();
  if (team.members.length === 0) return;
  const members = await accountsAsErased(tx, team.members);
  await tx
    .insertInto("team_members")
    .values(members.map(({ id, login }) => ({ owner_id: team.ownerId, slug, user_id: id, login })))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

export async function forgetTeam(tx: Tx, ownerId: number, slug: string | null): Promise<void> {
  await tx
    .deleteFrom("teams")
    .where("owner_id", "=", ownerId)
    .$if(slug !== null, (query) => query.where("slug", "=", (slug ?? "").toLowerCase()))
    .execute();
}

export async function organizationsOf(
  db: Db,
  userId: number,
): Promise<{ readonly organizations: readonly string[]; readonly readAt: number } | null> {
  const row = await db.selectFrom("user_organizations").selectAll().where("user_id", "=", userId).executeTakeFirst();
  return row === undefined
    ? null
    : { organizations: JSON.parse(row.organizations) as readonly string[], readAt: row.read_at };
}

export async function keepOrganizations(
  db: Db,
  kept: { userId: number; organizations: readonly string[]; at: number },
): Promise<void> {
  const changing = { organizations: JSON.stringify(kept.organizations), read_at: kept.at };
  await db
    .insertInto("user_organizations")
    .values({ user_id: kept.userId, ...changing })
    .onConflict((conflict) => conflict.column("user_id").doUpdateSet(changing))
    .execute();
}

export async function membershipOf(
  db: Db,
  organization: string,
  userId: number,
): Promise<{ readonly isMember: boolean; readonly readAt: number } | null> {
  const row = await db
    .selectFrom("memberships")
    .select(["is_member", "read_at"])
    .where("organization", "=", organization.toLowerCase())
    .where("user_id", "=", userId)
    .executeTakeFirst();
  return row === undefined ? null : { isMember: row.is_member === 1, readAt: row.read_at };
}

export async function keepMembership(
  db: Db,
  kept: { organization: string; userId: number; isMember: boolean; at: number },
): Promise<void> {
  const changing = { is_member: kept.isMember ? (1 as const) : (0 as const), read_at: kept.at };
  await db
    .insertInto("memberships")
    .values({ organization: kept.organization.toLowerCase(), user_id: kept.userId, ...changing })
    .onConflict((conflict) => conflict.columns(["organization", "user_id"]).doUpdateSet(changing))
    .execute();
}

/** Somebody joined or left: what we knew of them is asked again. */
export async function forgetPerson(tx: Tx, userId: number): Promise<void> {
  await tx.deleteFrom("user_organizations").where("user_id", "=", userId).execute();
  await tx.deleteFrom("memberships").where("user_id", "=", userId).execute();
  await tx.deleteFrom("access").where("user_id", "=", userId).execute();
}

export async function quietPeople(
  db: Db,
  ownerId: number,
  now: number,
): Promise<readonly { readonly userId: number; readonly login: string }[]> {
  const rows = await db
    .selectFrom("quiet_people")
    .select(["user_id", "login"])
    .where("owner_id", "=", ownerId)
    .where((eb) => eb.or([eb("until", "is", null), eb("until", ">", now)]))
    .execute();
  return rows.map((row) => ({ userId: row.user_id, login: row.login }));
}

/** `until` null: for good. The later command wins. */
export async function keepQuiet(
  tx: Tx,
  quiet: { ownerId: number; userId: number; login: string; until: number | null; at: number },
): Promise<void> {
  const changing = { login: quiet.login, until: quiet.until, at: quiet.at };
  await tx
    .insertInto("quiet_people")
    .values({ owner_id: quiet.ownerId, user_id: quiet.userId, ...changing })
    .onConflict((conflict) =>
      conflict.columns(["owner_id", "user_id"]).doUpdateSet(changing).where("quiet_people.at", "<=", quiet.at),
    )
    .execute();
}

export async function keptCodeOwners(
  db: Db,
  repositoryId: number,
): Promise<{ readonly text: string | null } | undefined> {
  return db.selectFrom("code_owners").select("text").where("repository_id", "=", repositoryId).executeTakeFirst();
}

export async function keepCodeOwners(
  db: Db,
  kept: { repositoryId: number; path: string | null; text: string | null; at: number },
): Promise<void> {
  const changing = { path: kept.path, text: kept.text, read_at: kept.at };
  await db
    .insertInto("code_owners")
    .values({ repository_id: kept.repositoryId, ...changing })
    .onConflict((conflict) => conflict.column("repository_id").doUpdateSet(changing))
    .execute();
}

/** A push touched the file: it is read again when it is next needed. */
export async function forgetCodeOwners(tx: Tx, repositoryId: number): Promise<void> {
  await tx.deleteFrom("code_owners").where("repository_id", "=", repositoryId).execute();
}

/** Who is a member of an organisation may be answered otherwise from now on, as when we were installed there. */
export async function forgetMemberships(tx: Tx, organization: string): Promise<void> {
  await tx.deleteFrom("memberships").where("organization", "=", organization.toLowerCase()).execute();
}
