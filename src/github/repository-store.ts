// Several repositories at once, by their ids. Apart from the installations' questions only for length.
import type { Db } from "../db/database.ts";
import type { RepositoryRow } from "./installation-store.ts";

export async function repositoriesByIds(db: Db, ids: readonly number[]): Promise<readonly RepositoryRow[]> {
  if (ids.length === 0) return [];
  return db.selectFrom("repositories").selectAll().where("id", "in", ids).orderBy("id").execute();
}
