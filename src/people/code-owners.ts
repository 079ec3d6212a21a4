// A repository's CODEOWNERS file, read once and kept until a push changes it.
import type { Database } from "../db/database.ts";
import { CODE_OWNERS_PATHS } from "../policy/code-owners.ts";
import type { ReadRepositoryFile } from "../policy/source.ts";
import { keepCodeOwners, keptCodeOwners } from "./store.ts";

/** The file's text, null where there is none. The first of GitHub's three places that has one counts. */
export async function codeOwnersText(
  parts: { database: Database; read: ReadRepositoryFile; now: number },
  repository: { id: number; owner: string; name: string },
): Promise<string | null> {
  const { db } = parts.database;
  const known = await keptCodeOwners(db, repository.id);
  if (known !== undefined) return known.text;
  for (const path of CODE_OWNERS_PATHS) {
    const file = await parts.read(repository.owner, repository.name, path);
    if (file.kind !== "file") continue;
    await keepCodeOwners(db, { repositoryId: repository.id, path, text: file.text, at: parts.now });
    return file.text;
  }
  await keepCodeOwners(db, { repositoryId: repository.id, path: null, text: null, at: parts.now });
  return null;
}
