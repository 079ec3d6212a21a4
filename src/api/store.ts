// What the API asks of the database beside what the board does, always within one owner.
import { type BoardAct, keepAct } from "../board/acts-store.ts";
import type { CaseRow } from "../cases/store.ts";
import { type Customer, storedCustomer } from "../customers/customer.ts";
import type { Db, Tx } from "../db/database.ts";
import type { ApiToken } from "./token-store.ts";

/** A pull request in one of the owner's repositories; null where we follow none by that number. */
export async function patchIdAt(
  db: Db,
  ownerId: number,
  { repository, number }: { readonly repository: string; readonly number: number },
): Promise<string | null> {
  const row = await db
    .selectFrom("patches")
    .innerJoin("repositories", "repositories.id", "patches.repository_id")
    .select("patches.id")
    .where("repositories.owner_id", "=", ownerId)
    .where("patches.owner_id", "=", ownerId)
    .where((eb) => eb(eb.fn("lower", ["repositories.name"]), "=", repository.toLowerCase()))
    .where("patches.number", "=", number)
    .executeTakeFirst();
  return row?.id ?? null;
}

type CasesAsked = {
  readonly state: CaseRow["state"] | null;
  readonly afterId: number;
  readonly limit: number;
};

/** In the order in which they came to be known. */
export async function casesOfOwner(
  db: Db,
  ownerId: number,
  { state, afterId, limit }: CasesAsked,
): Promise<readonly CaseRow[]> {
  return db
    .selectFrom("cases")
    .selectAll()
    .where("owner_id", "=", ownerId)
    .where("id", ">", afterId)
    .$if(state !== null, (query) => query.where("state", "=", state ?? "open"))
    .orderBy("id")
    .limit(limit)
    .execute();
}

export type PatchOfCase = {
  readonly caseId: number;
  readonly repository: string;
  readonly number: number;
  readonly state: "proposed" | "confirmed" | "dropped";
};

/** The patches that cases are linked to, by proposal too. */
export async function patchesOfCases(
  db: Db,
  ownerId: number,
  caseIds: readonly number[],
): Promise<ReadonlyMap<number, readonly PatchOfCase[]>> {
  if (caseIds.length === 0) return new Map();
  const rows = await db
    .selectFrom("links")
    .innerJoin("patches", "patches.id", "links.patch_id")
    .innerJoin("repositories", "repositories.id", "patches.repository_id")
    .select(["links.case_id as caseId", "repositories.owner_login", "repositories.name"])
    .select(["patches.number", "links.state"])
    .where("links.case_id", "in", caseIds)
    .where("links.owner_id", "=", ownerId)
    .where("links.state", "in", ["proposed", "confirmed"])
    .orderBy("patches.id")
    .execute();
  const links = rows.map(({ owner_login, name, ...row }) => ({ ...row, repository: `${owner_login}/${name}` }));
  return Map.groupBy(links, ({ caseId }) => caseId);
}

/** In the order of their ids. */
export async function customersAfter(
  db: Db,
  ownerId: number,
  { afterId, limit }: { readonly afterId: string; readonly limit: number },
): Promise<readonly Customer[]> {
  const rows = await db
    .selectFrom("customers")
    .select("data")
    .where("owner_id", "=", ownerId)
    .where("id", ">", afterId)
    .orderBy("id")
    .limit(limit)
    .execute();
  return rows.map(({ data }) => storedCustomer(data));
}

/** What a program did, for the same log as people's acts. */
export async function keepTokenAct(tx: Tx, token: ApiToken, act: Omit<BoardAct, "subject">): Promise<void> {
  const actor = { ownerId: token.ownerId, key: `token:${token.id}`, name: tokenAuthor(token) };
  await keepAct(tx, actor, { ...act, subject: "settings" });
}

/** How the log and a customer's history name a program. */
export const tokenAuthor = ({ name, prefix }: ApiToken): string => `token ${name} (${prefix}…)`;
