// What the list of customers in the settings asks of the database.
import { sql } from "kysely";
import type { Db } from "../../db/database.ts";
import { likePattern } from "../../db/like.ts";

export type CustomerName = { readonly id: string; readonly name: string; readonly isConfidential: boolean };

type Asked = {
  /** What ids or names hold, in any case; empty for all. */
  readonly search: string;
  readonly afterId: string;
  readonly limit: number;
};

/** An owner's customers in the order of their ids. */
export async function customerNames(
  db: Db,
  ownerId: number,
  { search, afterId, limit }: Asked,
): Promise<readonly CustomerName[]> {
  const pattern = likePattern(search);
  const rows = await db
    .selectFrom("customers")
    .select(["id", "name", "is_confidential"])
    .where("owner_id", "=", ownerId)
    .where("id", ">", afterId)
    .$if(search !== "", (query) =>
      query.where(sql<boolean>`(lower(id) like ${pattern} escape '\\' or lower(name) like ${pattern} escape '\\')`),
    )
    .orderBy("id")
    .limit(limit)
    .execute();
  return rows.map(({ id, name, is_confidential }) => ({ id, name, isConfidential: is_confidential === 1 }));
}
