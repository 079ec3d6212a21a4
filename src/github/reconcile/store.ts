// The table `reconciliations`: when each installation is next compared with GitHub and how far a comparison has come; and what we know of the
// pull requests to compare.
import { sql } from "kysely";
import type { Db } from "../../db/database.ts";
import type { InstallationRow } from "../installation-store.ts";

export type ReconciliationRow = {
  readonly installationId: number;
  readonly beganAt: number | null;
  readonly sinceAt: number | null;
  readonly place: string | null;
};

/** Active installations that are not compared yet. */
export async function installationsUnplanned(db: Db): Promise<readonly number[]> {
  const rows = await db
    .selectFrom("installations")
    .leftJoin("reconciliations", "reconciliations.installation_id", "installations.id")
    .select("installations.id")
    .where("installations.state", "=", "active")
    .where("reconciliations.installation_id", "is", null)
    .execute();
  return rows.map(({ id }) => id);
}

export async function planReconciliation(db: Db, installationId: number, dueAt: number): Promise<void> {
  await db
    .insertInto("reconciliations")
    .values({ installation_id: installationId, due_at: dueAt })
    .onConflict((conflict) => conflict.column("installation_id").doNothing())
    .execute();
}

/** What was compared within the hour waits until that is over, however much is lost meanwhile. */
const MOST_OFTEN_MILLIS = 60 * 60_000;

/** Asks that an installation, or (null) every one, be compared as soon as there is time. */
export async function hurryReconciliation(
  db: Db,
  asked: { readonly installationId: number | null; readonly now: number },
): Promise<void> {
  const { installationId, now } = asked;
  const dueAt = sql<number>`case when done_at > ${now - MOST_OFTEN_MILLIS} then done_at + ${sql.lit(MOST_OFTEN_MILLIS)} else ${now} end`;
  await db
    .updateTable("reconciliations")
    .set({ due_at: dueAt })
    .where("due_at", ">", dueAt)
    .$if(installationId !== null, (query) => query.where("installation_id", "=", installationId ?? 0))
    .execute();
}

/** Installations to compare now, the most overdue first; none that GitHub refuses. */
export async function reconciliationsDueAt(db: Db, now: number, limit: number): Promise<readonly ReconciliationRow[]> {
  return db
    .selectFrom("reconciliations")
    .innerJoin("installations", "installations.id", "reconciliations.installation_id")
    .select(["installation_id as installationId", "began_at as beganAt", "since_at as sinceAt", "place"])
    .where("reconciliations.due_at", "<=", now)
    .where("installations.state", "=", "active")
    .where((is) => is.or([is("parked_until", "is", null), is("parked_until", "<=", now)]))
    .orderBy("reconciliations.due_at")
    .limit(limit)
    .execute();
}

/** How far the comparison of an installation has come; null between two of them. */
export async function keptPlace(db: Db, installationId: number): Promise<string | null> {
  const row = await db
    .selectFrom("reconciliations")
    .select("place")
    .where("installation_id", "=", installationId)
    .executeTakeFirst();
  return row?.place ?? null;
}

export async function saveReconciliation(
  db: Db,
  installationId: number,
  changed: {
    readonly due_at?: number;
    readonly began_at?: number | null;
    readonly since_at?: number;
    readonly place?: string | null;
    readonly done_at?: number;
  },
): Promise<void> {
  await db.updateTable("reconciliations").set(changed).where("installation_id", "=", installationId).execute();
}

/** All installations, also those that are gone. */
export async function allInstallations(db: Db): Promise<readonly InstallationRow[]> {
  return db.selectFrom("installations").selectAll().orderBy("id").execute();
}

/** Repositories of an installation whose pull requests can still change, in the order of their ids. */
export async function livingRepositories(
  db: Db,
  installationId: number,
  { after, limit }: { readonly after: number; readonly limit: number },
): Promise<readonly { readonly id: number; readonly nodeId: string; readonly ownerId: number }[]> {
  return db
    .selectFrom("repositories")
    .select(["id", "node_id as nodeId", "owner_id as ownerId"])
    .where("installation_id", "=", installationId)
    .where("is_archived", "=", 0)
    .where("id", ">", after)
    .orderBy("id")
    .limit(limit)
    .execute();
}

/** Literal, since SQLite does not see through parameters that the partial index holds just these. */
const OPEN = sql.lit("open" as const);

/** The pull requests of these repositories that are open in our books. */
export async function openByRepository(
  db: Db,
  repositories: readonly { readonly id: number; readonly ownerId: number }[],
): Promise<readonly { readonly repositoryId: number; readonly nodeId: string }[]> {
  if (repositories.length === 0) return [];
  const rows = await db
    .selectFrom("patches")
    .select(["repository_id", "node_id"])
    // The index begins with whose they are.
    .where("owner_id", "in", [...new Set(repositories.map(({ ownerId }) => ownerId))])
    .where(
      "repository_id",
      "in",
      repositories.map(({ id }) => id),
    )
    .where("state", "=", OPEN)
    .execute();
  return rows.flatMap((row) =>
    row.node_id === null ? [] : [{ repositoryId: row.repository_id, nodeId: row.node_id }],
  );
}

export type ComparedPatch = {
  readonly id: string;
  readonly repositoryId: number;
  readonly nodeId: string | null;
  readonly isDraft: boolean;
  readonly headSha: string;
  readonly title: string;
  readonly body: string;
  readonly labels: readonly string[];
};

/**
 * Open patches of an installation, in the order of their ids: also those that we do not follow yet, so that what happened to them is known
 * once a case is linked to them.
 */
export async function openPatches(
  db: Db,
  installationId: number,
  { after, limit }: { readonly after: string; readonly limit: number },
): Promise<readonly ComparedPatch[]> {
  const page = await db
    .selectFrom("patches")
    .innerJoin("repositories", (join) =>
      join
        .onRef("repositories.id", "=", "patches.repository_id")
        // The index begins with whose they are.
        .onRef("repositories.owner_id", "=", "patches.owner_id"),
    )
    .select("patches.id")
    .where("repositories.installation_id", "=", installationId)
    .where("repositories.is_archived", "=", 0)
    .where("patches.state", "=", OPEN)
    .where("patches.id", ">", after)
    .orderBy("patches.id")
    .limit(limit)
    .execute();
  if (page.length === 0) return [];
  // Apart, so that the bodies of all are not put in order for each page.
  const rows = await db
    .selectFrom("patches")
    .select(["id", "repository_id", "node_id", "is_draft", "head_sha", "title", "body", "label_names"])
    .where(
      "id",
      "in",
      page.map(({ id }) => id),
    )
    .orderBy("id")
    .execute();
  return rows.map((row) => ({
    id: row.id,
    repositoryId: row.repository_id,
    nodeId: row.node_id,
    isDraft: row.is_draft === 1,
    headSha: row.head_sha,
    title: row.title,
    body: row.body,
    labels: JSON.parse(row.label_names) as readonly string[],
  }));
}
