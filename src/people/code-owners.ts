// A repository's CODEOWNERS file, read once and kept until a push changes it.
import type { Database, Db, Tx } from "../db/database.ts";
import { CODE_OWNERS_PATHS } from "../policy/code-owners.ts";
import type { ReadRepositoryFile } from "../policy/source.ts";

/** The file's text, null where there is none. The first of GitHub's three places that has one counts. */
export async function codeOwnersText(
  parts: { database: Database; read: ReadRepositoryFile; now: number },
  repository: { id: number; owner: string; name: string },
): Promise<string | null> {
  const { db } = parts.database;
  const known = await db
    .selectFrom("code_owners")
    .select("text")
    .where("repository_id", "=", repository.id)
    .executeTakeFirst();
  if (known !== undefined) return known.text;
  for (const path of CODE_OWNERS_PATHS) {
    const file = await parts.read(repository.owner, repository.name, path);
    if (file.kind !== "file") continue;
    await keep(db, { repositoryId: repository.id, path, text: file.text, at: parts.now });
    return file.text;
  }
  await keep(db, { repositoryId: repository.id, path: null, text: null, at: parts.now });
  return null;
}

async function keep(
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
