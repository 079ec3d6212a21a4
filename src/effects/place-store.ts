// Where on GitHub an effect goes now: repositories are renamed and change hands between the decision and the write.
import type { Db } from "../db/database.ts";

/** A repository by its present name, and the installation that may write there. */
export type Place = {
  readonly repositoryId: number;
  readonly ownerId: number;
  readonly owner: string;
  readonly repo: string;
  readonly installationId: number;
};

/** Null where the repository is not known, or the app is not on it any more. */
export async function placeById(db: Db, repositoryId: number): Promise<Place | null> {
  const row = await db
    .selectFrom("repositories")
    .select(["owner_id", "owner_login", "name", "installation_id"])
    .where("id", "=", repositoryId)
    .executeTakeFirst();
  if (row === undefined || row.installation_id === null) return null;
  return {
    repositoryId,
    ownerId: row.owner_id,
    owner: row.owner_login,
    repo: row.name,
    installationId: row.installation_id,
  };
}
