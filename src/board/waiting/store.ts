// The questions of the page of what waits: which patches in which order, how many, and what may be filtered by. Each reads an index in its
// own order and stops after a page: a hundred thousand patches are never read for one.
import { type RawBuilder, type SqlBool, sql } from "kysely";
import type { Db } from "../../db/database.ts";
import type { Cursor, Turn } from "./parse.ts";

/** Whose patches, and which of them. */
export type Scope = {
  readonly ownerId: number;
  /** Only in these, and in the order of their opening: for maintainers, who see no severity. Null for all of the owner's. */
  readonly repositoryIds: readonly number[] | null;
  readonly repositoryId: number | null;
  readonly customerId: string | null;
  /** 1 to 4 as S1 to S4, 5 for none; null for any. */
  readonly gravity: number | null;
  readonly text: string | null;
  readonly mine: Mine | null;
};

/** What makes a patch somebody's: they wrote it, linked it, look after its case, or after its customer. */
export type Mine = {
  readonly userId: number | null;
  readonly names: readonly string[];
  readonly customerIds: readonly string[];
};

export type Waiting = Cursor;

/** The next patches of a turn: gravest and then oldest first. */
export async function patchesWaiting(
  db: Db,
  scope: Scope,
  page: { readonly turn: Turn; readonly after: Cursor | null; readonly limit: number },
): Promise<readonly Waiting[]> {
  const { after, limit } = page;
  const found: Waiting[] = [];
  // Each repository in the order of its own index; there are at most a hundred, and mostly one.
  for (const repositoryId of scope.repositoryIds ?? [null]) {
    const isByAge = repositoryId !== null;
    const rows = await waitingIn(db, { ...scope, repositoryId: repositoryId ?? scope.repositoryId }, page.turn)
      .select(["patches.id", "gravity", "opened_at"])
      .$if(after !== null && !isByAge, (all) =>
        all.where(
          sql<SqlBool>`(gravity, opened_at, patches.id) > (${after?.gravity}, ${after?.openedAt}, ${after?.id})`,
        ),
      )
      .$if(after !== null && isByAge, (all) =>
        all.where(sql<SqlBool>`(opened_at, patches.id) > (${after?.openedAt}, ${after?.id})`),
      )
      .$if(!isByAge, (all) => all.orderBy("gravity"))
      .orderBy("opened_at")
      .orderBy("patches.id")
      .limit(limit)
      .execute();
    for (const row of rows) found.push({ id: row.id, gravity: isByAge ? 0 : row.gravity, openedAt: row.opened_at });
  }
  if (scope.repositoryIds === null || scope.repositoryIds.length === 1) return found;
  return found.sort((a, b) => a.openedAt - b.openedAt || (a.id < b.id ? -1 : 1)).slice(0, limit);
}

/** How many wait, counted no further than `most`. */
export async function countWaiting(db: Db, scope: Scope, asked: { turn: Turn; most: number }): Promise<number> {
  let count = 0;
  for (const repositoryId of scope.repositoryIds ?? [null]) {
    const some = waitingIn(db, { ...scope, repositoryId: repositoryId ?? scope.repositoryId }, asked.turn)
      .select("patches.id")
      .limit(asked.most - count);
    const row = await db
      .selectFrom(some.as("some"))
      .select((eb) => eb.fn.countAll<number>().as("count"))
      .executeTakeFirstOrThrow();
    count += Number(row.count);
    if (count >= asked.most) break;
  }
  return count;
}

/** All that waits, by turn. */
export async function turnsOfOwner(db: Db, ownerId: number): Promise<ReadonlyMap<Turn, number>> {
  const rows = await db
    .selectFrom("patches")
    .select((eb) => ["turn", eb.fn.countAll<number>().as("count")])
    .where("owner_id", "=", ownerId)
    .where("state", "=", sql.lit("open" as const))
    .where("is_tracked", "=", sql.lit(1 as const))
    .groupBy("turn")
    .execute();
  return new Map(rows.flatMap(({ turn, count }) => (turn === null ? [] : [[turn, Number(count)] as const])));
}

function waitingIn(db: Db, scope: Scope, turn: Turn) {
  const { ownerId, repositoryId, customerId, gravity, text, mine } = scope;
  return (
    db
      .selectFrom("patches")
      .where("patches.owner_id", "=", ownerId)
      .where("patches.turn", "=", turn)
      // In the text of the statement, else SQLite does not use the partial index.
      .where("patches.state", "=", sql.lit("open" as const))
      .where("is_tracked", "=", sql.lit(1 as const))
      .$if(repositoryId !== null, (all) => all.where("patches.repository_id", "=", repositoryId ?? 0))
      .$if(gravity !== null, (all) => all.where("gravity", "=", gravity ?? 0))
      .$if(customerId !== null, (all) =>
        all.where(sql<SqlBool>`patches.id in ${ofCustomers(ownerId, [customerId ?? ""])}`),
      )
      .$if(mine !== null, (all) => all.where(sql<SqlBool>`patches.id in ${ofSomebody(ownerId, mine)}`))
      .$if(text !== null, (all) => all.where(hasText(scope, text ?? "")))
  );
}

const ofCustomers = (ownerId: number, customerIds: readonly string[]): RawBuilder<string> =>
  sql`(select patch_id from patch_customers where owner_id = ${ownerId} and customer_id in (${sql.join([...customerIds, ""])}))`;

function ofSomebody(ownerId: number, mine: Mine | null): RawBuilder<string> {
  const { userId, names, customerIds } = mine ?? { userId: null, names: [], customerIds: [] };
  const known = sql.join([...names, ""]);
  return sql`(
    select patch_id from patch_customers where owner_id = ${ownerId} and customer_id in (${sql.join([...customerIds, ""])})
    union select id from patches where author_id = ${userId ?? -1} and state = 'open'
    union select patch_id from links where owner_id = ${ownerId} and state = 'confirmed' and made_by in (${known})
    union select links.patch_id from cases inner join links on links.case_id = cases.id and links.state = 'confirmed'
      where cases.owner_id = ${ownerId} and cases.state = 'open' and cases.assignee is not null and cases.assignee in (${known}))`;
}

/** In the title, or in the reference or title of a linked case; for maintainers, who know of no case, in the title alone. */
function hasText({ ownerId, repositoryIds }: Scope, text: string): RawBuilder<SqlBool> {
  const pattern = likePattern(text);
  const number = /^#?(\d{1,9})$/.exec(text)?.[1];
  const isNumber = number === undefined ? sql`` : sql` or patches.number = ${Number(number)}`;
  const inTitle = sql<SqlBool>`lower(patches.title) like ${pattern} escape '\\'`;
  if (repositoryIds !== null) return sql`(${inTitle}${isNumber})`;
  return sql`(${inTitle}${isNumber} or patches.id in (
    select links.patch_id from cases inner join links on links.case_id = cases.id and links.state = 'confirmed'
    where cases.owner_id = ${ownerId}
      and (lower(cases.reference) like ${pattern} escape '\\' or lower(cases.title) like ${pattern} escape '\\')))`;
}

/** Nothing in what somebody typed stands for anything else. */
export const likePattern = (text: string): string => `%${text.toLowerCase().replace(/[\\%_]/g, "\\$&")}%`;

export type Choice = { readonly id: string; readonly name: string };

/** The owner's customers by name, the first so many. */
export async function customerChoices(db: Db, ownerId: number, limit: number): Promise<readonly Choice[]> {
  return db
    .selectFrom("customers")
    .select(["id", "name"])
    .where("owner_id", "=", ownerId)
    .orderBy("name")
    .orderBy("id")
    .limit(limit)
    .execute();
}

export async function isCustomer(db: Db, ownerId: number, id: string): Promise<boolean> {
  const row = await db
    .selectFrom("customers")
    .select("id")
    .where("owner_id", "=", ownerId)
    .where("id", "=", id)
    .executeTakeFirst();
  return row !== undefined;
}

export type RepositoryChoice = { readonly id: number; readonly name: string };

/** Where the owner has us installed; of a maintainer only theirs. */
export async function repositoryChoices(
  db: Db,
  ownerId: number,
  only: readonly number[] | null,
): Promise<readonly RepositoryChoice[]> {
  return db
    .selectFrom("repositories")
    .select(["id", "name"])
    .where("owner_id", "=", ownerId)
    .where("installation_id", "is not", null)
    .$if(only !== null, (all) => all.where("id", "in", [...(only ?? []), -1]))
    .orderBy("name")
    .limit(MOST_REPOSITORIES)
    .execute();
}

const MOST_REPOSITORIES = 1000;

/** The patches about which something new was decided since then, among the last decisions. */
export async function patchesDecidedSince(db: Db, ownerId: number, since: number): Promise<ReadonlySet<string>> {
  const rows = await db
    .selectFrom("decisions")
    .select(["patch_id", "at"])
    .where("owner_id", "=", ownerId)
    .orderBy("id", "desc")
    .limit(LAST_DECISIONS)
    .execute();
  return new Set(rows.filter(({ at }) => at >= since).map(({ patch_id }) => patch_id));
}

const LAST_DECISIONS = 100;

/** Whether a decision about an open patch of the owner falls due until then. */
export async function isDecisionDueUntil(db: Db, ownerId: number, until: number): Promise<boolean> {
  const row = await db
    .selectFrom("patches")
    .select("id")
    .where("due_at", "is not", null)
    .where("due_at", "<=", until)
    .where("owner_id", "=", ownerId)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}
