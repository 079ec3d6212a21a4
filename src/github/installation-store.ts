// Which installations and repositories there are.
import type { Db, Tx } from "../db/database.ts";
import type { Schema } from "../db/schema.ts";
import { movePatchesToOwner } from "../patches/batch-store.ts";

export type RepositoryRow = import("kysely").Selectable<Schema["repositories"]>;
export type InstallationRow = import("kysely").Selectable<Schema["installations"]>;

export type SeenRepository = {
  readonly id: number;
  readonly nodeId: string;
  readonly installationId: number | null;
  readonly ownerId: number;
  readonly owner: string;
  readonly name: string;
  readonly visibility: "public" | "private" | "internal";
  readonly defaultBranch: string;
  readonly isArchived: boolean;
  readonly seenAt: number;
};

/** Keeps an installation as an event or an answer shows it. */
export async function seeInstallation(
  tx: Tx,
  seen: {
    id: number;
    ownerId: number;
    owner: string;
    ownerType: "Organization" | "User";
    permissions: Readonly<Record<string, string>>;
    installedAt: number;
    state: "active" | "suspended" | "deleted";
  },
): Promise<void> {
  const changing = {
    owner_id: seen.ownerId,
    owner_login: seen.owner,
    owner_type: seen.ownerType,
    state: seen.state,
    permissions: JSON.stringify(seen.permissions),
    installed_at: seen.installedAt,
    parked_until: null,
    parked_because: null,
  };
  await tx
    .insertInto("installations")
    .values({ id: seen.id, ...changing })
    // An installation that was deleted never comes back: who installs anew gets another id. Late events do not revive it.
    .onConflict((conflict) => conflict.column("id").doUpdateSet(changing).where("installations.state", "!=", "deleted"))
    .execute();
}

/**
 * Makes sure that there is an installation: webhooks come in any order, and a comment may reach us before the installation that it
 * belongs to. `installed_at` 0: until its own event tells, nothing is taken to be older than it.
 */
export async function expectInstallation(
  tx: Tx,
  expected: { id: number; owner: { id: number; login: string; type?: string | undefined }; at: number },
): Promise<void> {
  await tx
    .insertInto("installations")
    .values({
      id: expected.id,
      owner_id: expected.owner.id,
      owner_login: expected.owner.login,
      owner_type: expected.owner.type === "User" ? "User" : "Organization",
      state: "active",
      permissions: "{}",
      installed_at: 0,
      parked_until: null,
      parked_because: null,
    })
    .onConflict((conflict) => conflict.column("id").doNothing())
    .execute();
}

export async function installationById(db: Db, id: number): Promise<InstallationRow | undefined> {
  return db.selectFrom("installations").selectAll().where("id", "=", id).executeTakeFirst();
}

export async function isDeleted(db: Db, installationId: number): Promise<boolean> {
  const row = await db.selectFrom("installations").select("state").where("id", "=", installationId).executeTakeFirst();
  return row?.state === "deleted";
}

export async function activeInstallationByLogin(db: Db, login: string): Promise<InstallationRow | undefined> {
  return db
    .selectFrom("installations")
    .selectAll()
    .where((eb) => eb(eb.fn<string>("lower", ["owner_login"]), "=", login.toLowerCase()))
    .where("state", "=", "active")
    .executeTakeFirst();
}

/** Where the app may be used for an owner now. */
export async function activeInstallationOfOwner(db: Db, ownerId: number): Promise<InstallationRow | undefined> {
  return db
    .selectFrom("installations")
    .selectAll()
    .where("owner_id", "=", ownerId)
    .where("state", "=", "active")
    .orderBy("id", "desc")
    .limit(1)
    .executeTakeFirst();
}

export async function countOtherInstallations(db: Db, id: number): Promise<number> {
  const row = await db
    .selectFrom("installations")
    .where("id", "!=", id)
    .select((eb) => eb.fn.countAll<number>().as("count"))
    .executeTakeFirstOrThrow();
  return Number(row.count);
}

export async function renameOwner(tx: Tx, ownerId: number, login: string): Promise<void> {
  await tx.updateTable("installations").set({ owner_login: login }).where("owner_id", "=", ownerId).execute();
  await tx.updateTable("repositories").set({ owner_login: login }).where("owner_id", "=", ownerId).execute();
}

/**
 * Keeps what is newer of a repository. Gives the row as it was before, so that a change can be acted on. One that has gone to another owner
 * takes its pull requests along, not the cases and customers, whoever tells of it first.
 */
export async function seeRepository(tx: Tx, seen: SeenRepository): Promise<RepositoryRow | undefined> {
  const before = await repositoryById(tx, seen.id);
  if (before !== undefined && (before.seen_at > seen.seenAt || isSame(before, seen))) return before;
  const changing = {
    node_id: seen.nodeId,
    installation_id: seen.installationId,
    owner_id: seen.ownerId,
    owner_login: seen.owner,
    name: seen.name,
    visibility: seen.visibility,
    default_branch: seen.defaultBranch,
    is_archived: seen.isArchived ? (1 as const) : (0 as const),
    made_public_at: madePublicAt(before, seen),
    seen_at: seen.seenAt,
  };
  const kept = await tx
    .insertInto("repositories")
    .values({ id: seen.id, ...changing })
    .onConflict((conflict) =>
      conflict.column("id").doUpdateSet(changing).where("repositories.seen_at", "<=", seen.seenAt),
    )
    .executeTakeFirst();
  if (before !== undefined && before.owner_id !== seen.ownerId && (kept.numInsertedOrUpdatedRows ?? 0n) > 0n)
    await movePatchesToOwner(tx, seen.id, seen.ownerId);
  return before;
}

function madePublicAt(before: RepositoryRow | undefined, seen: SeenRepository): number | null {
  if (seen.visibility !== "public" || before === undefined) return null;
  return before.visibility === "public" ? before.made_public_at : seen.seenAt;
}

export function isSame(row: RepositoryRow, seen: SeenRepository): boolean {
  return (
    row.installation_id === seen.installationId &&
    row.owner_id === seen.ownerId &&
    row.owner_login === seen.owner &&
    row.name === seen.name &&
    row.visibility === seen.visibility &&
    row.default_branch === seen.defaultBranch &&
    row.is_archived === (seen.isArchived ? 1 : 0)
  );
}

export async function repositoryById(db: Db, id: number): Promise<RepositoryRow | undefined> {
  return db.selectFrom("repositories").selectAll().where("id", "=", id).executeTakeFirst();
}

export async function repositoryByName(db: Db, owner: string, name: string): Promise<RepositoryRow | undefined> {
  return db
    .selectFrom("repositories")
    .selectAll()
    .where((eb) => eb(eb.fn<string>("lower", ["owner_login"]), "=", owner.toLowerCase()))
    .where((eb) => eb(eb.fn<string>("lower", ["name"]), "=", name.toLowerCase()))
    .orderBy("seen_at", "desc")
    .executeTakeFirst();
}

export async function repositoriesOfOwner(db: Db, ownerId: number): Promise<readonly RepositoryRow[]> {
  return db
    .selectFrom("repositories")
    .selectAll()
    .where("owner_id", "=", ownerId)
    .where("installation_id", "is not", null)
    .orderBy("id")
    .execute();
}

/** The app was taken off these repositories: their patches are no longer ours to write on. */
export async function leaveRepositories(
  tx: Tx,
  which: { repositoryIds?: readonly number[]; installationId?: number },
): Promise<void> {
  if (which.repositoryIds !== undefined && which.repositoryIds.length === 0) return;
  await tx
    .updateTable("repositories")
    .set({ installation_id: null })
    .$if(which.repositoryIds !== undefined, (query) => query.where("id", "in", which.repositoryIds ?? []))
    .$if(which.installationId !== undefined, (query) => query.where("installation_id", "=", which.installationId ?? 0))
    .execute();
}

export async function repositoryIdsOfInstallation(db: Db, installationId: number): Promise<readonly number[]> {
  const rows = await db.selectFrom("repositories").select("id").where("installation_id", "=", installationId).execute();
  return rows.map((row) => row.id);
}
