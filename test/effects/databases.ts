// Both databases for tests of what the outbox keeps: a fresh one each, dropped afterwards.
import { type Database, type Dialect, openDatabase } from "../../src/db/database.ts";
import { makeDatabase } from "../support/databases.ts";

export { DIALECTS } from "../support/databases.ts";

export type TestDatabase = {
  readonly database: Database;
  /** Opens the same data once more, as another process would. */
  readonly again: () => Promise<Database>;
  readonly close: () => Promise<void>;
};

export async function openTestDatabase(dialect: Dialect): Promise<TestDatabase> {
  const { url, remove } = await makeDatabase(dialect);
  const opened: Database[] = [];
  const again = async () => {
    const database = await openDatabase(url);
    opened.push(database);
    return database;
  };
  const database = await again();
  const close = async () => {
    for (const each of opened) await each.close();
    await remove();
  };
  return { database, again, close };
}

export const OWNER = 500;
export const INSTALLATION = 900;
export const REPOSITORY = 70;

/** An installation of one owner with one repository. Others get ids of their own. */
export async function seedInstallation(
  database: Database,
  ids: { readonly installation: number; readonly owner: number; readonly repository: number } = {
    installation: INSTALLATION,
    owner: OWNER,
    repository: REPOSITORY,
  },
): Promise<void> {
  await database.db
    .insertInto("installations")
    .values({
      id: ids.installation,
      owner_id: ids.owner,
      owner_login: `owner-${ids.owner}`,
      owner_type: "Organization",
      state: "active",
      permissions: "{}",
      installed_at: 0,
    })
    .execute();
  await database.db
    .insertInto("repositories")
    .values({
      id: ids.repository,
      node_id: `R_${ids.repository}`,
      installation_id: ids.installation,
      owner_id: ids.owner,
      owner_login: `owner-${ids.owner}`,
      name: `repo-${ids.repository}`,
      visibility: "public",
      default_branch: "main",
      is_archived: 0,
      seen_at: 0,
    })
    .execute();
}

export async function seedPatch(
  database: Database,
  patch: {
    readonly repository?: number;
    readonly number: number;
    readonly wanted?: readonly string[];
    readonly on?: readonly string[];
  },
): Promise<string> {
  const repository = patch.repository ?? REPOSITORY;
  const id = `${repository}#${patch.number}`;
  await database.db
    .insertInto("patches")
    .values({
      id,
      repository_id: repository,
      number: patch.number,
      owner_id: OWNER,
      title: "A fix",
      body: "",
      author_login: "kenji",
      author_is_bot: 0,
      state: "open",
      is_draft: 0,
      is_merged: 0,
      opened_at: 0,
      head_sha: "abc",
      base_ref: "main",
      requested_reviewers: "[]",
      requested_teams: "[]",
      label_names: JSON.stringify(patch.on ?? []),
      wanted_labels: JSON.stringify(patch.wanted ?? []),
      seen_at: 0,
    })
    .execute();
  return id;
}
