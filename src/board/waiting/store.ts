// The questions of the page of what waits: which patches in which order, how many, and what may be filtered by. Each reads an index in its
// own order and stops after a page: a hundred thousand patches are never read for one.
import { type RawBuilder, type SqlBool, sql } from "kysely";
import type { Db } from "../../db/database.ts";
import { likePattern } from "../../db/like.ts";
import type { Turn } from "../../patches/turn.ts";
import type { Cursor } from "./parse.ts";

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

type Waiting = Cursor;

type Page = { readonly turn: Turn; readonly after: Cursor | null; readonly limit: number };

/** The next patches of a turn: gravest and then oldest first; for maintainers the oldest first. */
export async function patchesWaiting(db: Db, scope: Scope, page: Page): Promise<readonly Waiting[]> {
  const { repositoryIds } = scope;
  if (repositoryIds !== null) return oldestWaiting(db, { ...scope, repositoryIds }, page);
  const { after } = page;
  const rows = await waitingIn(db, scope, page.turn)
    .select(["patches.id", "gravity", "opened_at"])
    .$if(after !== null, (all) =>
      all.where(sql<SqlBool>`(gravity, opened_at, patches.id) > (${after?.gravity}, ${after?.openedAt}, ${after?.id})`),
    )
    .orderBy("gravity")
    .orderBy("opened_at")
    .orderBy("patches.id")
    .limit(page.limit)
    .execute();
  return rows.map((row) => ({ id: row.id, gravity: row.gravity, openedAt: row.opened_at }));
}

/** The first of each repository in the order of its own index, and the first of these: there are at most a hundred. */
async function oldestWaiting(
  db: Db,
  scope: Scope & { readonly repositoryIds: readonly number[] },
  { turn, after, limit }: Page,
): Promise<readonly Waiting[]> {
  if (scope.repositoryIds.length === 0) return [];
  const parts = scope.repositoryIds.map((repositoryId, index) => {
    const first = waitingIn(db, { ...scope, repositoryIds: null, repositoryId }, turn, true)
      .select(["patches.id", "opened_at"])
      .$if(after !== null, (all) =>
        all.where(sql<SqlBool>`(opened_at, patches.id) > (${after?.openedAt}, ${after?.id})`),
      )
      .orderBy("opened_at")
      .orderBy("patches.id")
      .limit(limit);
    return sql`select * from (${first}) as ${sql.raw(`part_${index}`)}`;
  });
  const { rows } = await sql<{ id: string; opened_at: number }>`
    select id, opened_at from (${sql.join(parts, sql` union all `)}) as parts
    order by opened_at, id limit ${limit}`.execute(db);
  return rows.map((row) => ({ id: row.id, gravity: 0, openedAt: row.opened_at }));
}

/** How many wait, counted no further than `most`. */
export async function countWaiting(db: Db, scope: Scope, asked: { turn: Turn; most: number }): Promise<number> {
  const some = waitingIn(db, scope, asked.turn, scope.repositoryIds !== null)
    .select("patches.id")
    .limit(asked.most);
  const row = await db
    .selectFrom(some.as("some"))
    .select((eb) => eb.fn.countAll<number>().as("count"))
    .executeTakeFirstOrThrow();
  return Number(row.count);
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

/** `isTitleOnly`: for maintainers, who know of no case. */
function waitingIn(db: Db, scope: Scope, turn: Turn, isTitleOnly = false) {
  const { ownerId, repositoryIds, repositoryId, customerId, gravity, text, mine } = scope;
  return (
    db
      .selectFrom("patches")
      .where("patches.owner_id", "=", ownerId)
      .where("patches.turn", "=", turn)
      // In the text of the statement, else SQLite does not use the partial index.
      .where("patches.state", "=", sql.lit("open" as const))
      .where("is_tracked", "=", sql.lit(1 as const))
      .$if(repositoryIds !== null, (all) => all.where("patches.repository_id", "in", [...(repositoryIds ?? []), -1]))
      .$if(repositoryId !== null, (all) => all.where("patches.repository_id", "=", repositoryId ?? 0))
      .$if(gravity !== null, (all) => all.where("gravity", "=", gravity ?? 0))
      .$if(customerId !== null, (all) =>
        all.where(sql<SqlBool>`patches.id in ${ofCustomer(ownerId, customerId ?? "")}`),
      )
      .$if(mine !== null, (all) => all.where(isOf(ownerId, mine)))
      .$if(text !== null, (all) => all.where(isTitleOnly ? hasTitle(text ?? "") : hasText(ownerId, text ?? "")))
  );
}

const ofCustomer = (ownerId: number, customerId: string): RawBuilder<string> =>
  sql`(select patch_id from patch_customers where owner_id = ${ownerId} and customer_id = ${customerId})`;

/** Of what somebody has linked and looks after, so many count. */
const MOST_MINE = 2000;

/** Not as a condition of its own: whoever has linked thousands is found sooner along the order of the page than by each one's id. */
function isOf(ownerId: number, mine: Mine | null): RawBuilder<SqlBool> {
  const { userId, names, customerIds } = mine ?? { userId: null, names: [], customerIds: [] };
  const known = sql.join([...names, ""]);
  return sql`coalesce(patches.id in (
    select patch_id from patch_customers
      where owner_id = ${ownerId} and customer_id in (${sql.join([...customerIds, ""])})
    union all select id from patches where author_id = ${userId ?? -1} and state = 'open'
    union all select * from (select patch_id from links
      where owner_id = ${ownerId} and state = 'confirmed' and made_by in (${known})
      order by made_at desc limit ${MOST_MINE}) as linked
    union all select * from (select links.patch_id from cases
      inner join links on links.case_id = cases.id and links.state = 'confirmed'
      where cases.owner_id = ${ownerId} and cases.state = 'open' and cases.assignee is not null
        and cases.assignee in (${known}) limit ${MOST_MINE}) as assigned), false)`;
}

function hasTitle(text: string): RawBuilder<SqlBool> {
  const number = /^#?(\d{1,9})$/.exec(text)?.[1];
  const isNumber = number === undefined ? sql`` : sql` or patches.number = ${Number(number)}`;
  return sql`(lower(patches.title) like ${likePattern(text)} escape '\\'${isNumber})`;
}

/** In the title, or in the reference or title of a linked case. */
function hasText(ownerId: number, text: string): RawBuilder<SqlBool> {
  const pattern = likePattern(text);
  return sql`(${hasTitle(text)} or patches.id in (
    select links.patch_id from cases inner join links on links.case_id = cases.id and links.state = 'confirmed'
    where cases.owner_id = ${ownerId}
      and (lower(cases.reference) like ${pattern} escape '\\' or lower(cases.title) like ${pattern} escape '\\')))`;
}

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
    .select("patch_id")
    .where("owner_id", "=", ownerId)
    .where("at", ">=", since)
    .orderBy("at", "desc")
    .orderBy("id", "desc")
    .limit(LAST_DECISIONS)
    .execute();
  return new Set(rows.map(({ patch_id }) => patch_id));
}

const LAST_DECISIONS = 200;

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
