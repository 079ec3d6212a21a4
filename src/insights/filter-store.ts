// Whom and what insights can be narrowed to, and whose policies and teams are behind the figures. Apart from the figures' own questions for length.
import { sql } from "kysely";
import type { Db } from "../db/database.ts";
import type { Visibility } from "../policy/policy.ts";

export type RepositoryName = { readonly id: number; readonly name: string };

/** An owner's repositories by name, so many. */
export const repositoryNames = (db: Db, ownerId: number, limit: number): Promise<readonly RepositoryName[]> =>
  db
    .selectFrom("repositories")
    .select(["id", "name"])
    .where("owner_id", "=", ownerId)
    .orderBy("name")
    .limit(limit)
    .execute();

export type CustomerName = { readonly id: string; readonly name: string };

/** An owner's customers by name, so many. */
export const customerNames = (db: Db, ownerId: number, limit: number): Promise<readonly CustomerName[]> =>
  db
    .selectFrom("customers")
    .select(["id", "name"])
    .where("owner_id", "=", ownerId)
    .orderBy("name")
    .orderBy("id")
    .limit(limit)
    .execute();

export async function customerNamed(db: Db, ownerId: number, id: string): Promise<CustomerName | null> {
  const found = await db
    .selectFrom("customers")
    .select(["id", "name"])
    .where("owner_id", "=", ownerId)
    .where("id", "=", id)
    .executeTakeFirst();
  return found ?? null;
}

/** An owner's repositories in which a policy of their own holds, so many. */
export async function repositoriesWithOwnPolicy(
  db: Db,
  ownerId: number,
  limit: number,
): Promise<readonly { readonly id: number; readonly visibility: Visibility }[]> {
  return db
    .selectFrom("repositories")
    .innerJoin("policies", (join) => join.on("policies.scope", "=", sql<string>`'repository:' || repositories.id`))
    .select(["repositories.id", "repositories.visibility"])
    .where("repositories.owner_id", "=", ownerId)
    .where("policies.is_found", "=", 1)
    .where("policies.good_text", "is not", null)
    .orderBy("repositories.id")
    .limit(limit)
    .execute();
}

/** Teams of an owner with one member that we know, and who that is: what a team was asked then says of a person. By the team's key. */
export async function teamsOfOne(
  db: Db,
  owner: { readonly id: number; readonly login: string },
): Promise<ReadonlyMap<string, string>> {
  const rows = await db
    .selectFrom("team_members")
    .select(({ fn }) => ["slug", fn.min("login").as("login")])
    .where("owner_id", "=", owner.id)
    .groupBy("slug")
    .having(({ fn }) => fn.countAll(), "=", 1)
    .execute();
  return new Map(rows.map(({ slug, login }) => [`${owner.login}/${slug}`.toLowerCase(), login]));
}
