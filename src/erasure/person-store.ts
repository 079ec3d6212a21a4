// What is asked of the database about a person who is erased, beyond the rows that any table is searched for: their number, payloads, caches, and
// what stays.
import { setImmediate } from "node:timers/promises";
import { zstdDecompressSync } from "node:zlib";
import { sql } from "kysely";
import type { Database, Db, Tx } from "../db/database.ts";
import { holdsOneOf } from "./rows-store.ts";
import type { Known } from "./scrub.ts";

const SETTING = "erased-people";
const SETTLED = [sql.lit("done" as const), sql.lit("ignored" as const)];

/** The number of the next who is erased; taken, it is nobody else's any more. */
export async function numberOfErased(tx: Tx, which: "next" | "taken"): Promise<number> {
  const row = await tx.selectFrom("settings").select("value").where("name", "=", SETTING).executeTakeFirst();
  const n = Number(row?.value ?? 0) + 1;
  if (which === "next") return n;
  await tx
    .insertInto("settings")
    .values({ name: SETTING, value: String(n) })
    .onConflict((conflict) => conflict.column("name").doUpdateSet({ value: String(n) }))
    .execute();
  return n;
}

const ROWS = 200;

type Dropping = { readonly texts: readonly string[]; readonly isCheck: boolean; readonly now: number };

/**
 * What is done with needs no payload, whoever is in it; of what failed only those that name them go, and are not tried again. Some at a time and
 * read outside any transaction: a server beside it waits for no more than one write.
 */
export async function dropPayloads(database: Database, { texts, isCheck, now }: Dropping): Promise<number> {
  const failed = await namedIn(database.db, { state: "failed", texts });
  if (isCheck) return (await settledCount(database.db)) + failed.length;
  let dropped = 0;
  for (let some = ROWS; some === ROWS; dropped += some) some = await dropSettled(database.db);
  for (let from = 0; from < failed.length; from += ROWS) {
    await database.db
      .updateTable("deliveries")
      .set({ body: null, error: null, state: "ignored", because: "its payload was erased", finished_at: now })
      .where("id", "in", failed.slice(from, from + ROWS))
      .where("state", "=", sql.lit("failed" as const))
      .execute();
    await setImmediate();
  }
  return dropped + failed.length;
}

async function dropSettled(db: Db): Promise<number> {
  const some = db
    .selectFrom("deliveries")
    .select("id")
    .where("state", "in", SETTLED)
    .where("body", "is not", null)
    .limit(ROWS);
  const result = await db.updateTable("deliveries").set({ body: null }).where("id", "in", some).executeTakeFirst();
  await setImmediate();
  return Number(result.numUpdatedRows);
}

async function settledCount(db: Db): Promise<number> {
  const row = await db
    .selectFrom("deliveries")
    .select(({ fn }) => fn.countAll().as("count"))
    .where("state", "in", SETTLED)
    .where("body", "is not", null)
    .executeTakeFirst();
  return Number(row?.count ?? 0);
}

/** Compressed, so that the database cannot look itself. */
async function namedIn(
  db: Db,
  { state, texts }: { state: "failed" | "pending"; texts: readonly string[] },
): Promise<readonly string[]> {
  const named: string[] = [];
  for (let after = ""; ; ) {
    const rows = await db
      .selectFrom("deliveries")
      .select(["id", "body"])
      .where("state", "=", sql.lit(state))
      .where("body", "is not", null)
      .where("id", ">", after)
      .orderBy("id")
      .limit(ROWS)
      .execute();
    for (const { id, body } of rows) if (body !== null && holds(body, texts)) named.push(id);
    const last = rows.at(-1);
    if (last === undefined || rows.length < ROWS) return named;
    after = last.id;
  }
}

function holds(body: Uint8Array, texts: readonly string[]): boolean {
  const text = zstdDecompressSync(body).toString("utf8").toLowerCase();
  return texts.some((each) => text.includes(each.toLowerCase()));
}

/** What GitHub said of them, which is asked again where it is needed, and what they saw of the board. */
export async function dropAccessOf(
  tx: Tx,
  { known, isCheck }: { readonly known: Known; readonly isCheck: boolean },
): Promise<Readonly<Record<string, number>>> {
  const ids = [...known.ids];
  const keys = [...ids.map((id) => `github:${id}`), ...[...known.emails].map((email) => `mail:${email}`)];
  const organizations =
    ids.length === 0
      ? []
      : await tx.selectFrom("user_organizations").select("user_id").where("user_id", "in", ids).execute();
  const memberships =
    ids.length === 0 ? [] : await tx.selectFrom("memberships").select("user_id").where("user_id", "in", ids).execute();
  const access =
    keys.length === 0
      ? []
      : await tx.selectFrom("board_access").select("owner_id").where("person_key", "in", keys).execute();
  const sessions =
    keys.length === 0
      ? []
      : await tx.selectFrom("sessions").select("token_hash").where("person_key", "in", keys).execute();
  if (!isCheck) {
    if (ids.length > 0) {
      await tx.deleteFrom("user_organizations").where("user_id", "in", ids).execute();
      await tx.deleteFrom("memberships").where("user_id", "in", ids).execute();
    }
    if (keys.length > 0) {
      await tx.deleteFrom("board_access").where("person_key", "in", keys).execute();
      await tx.deleteFrom("sessions").where("person_key", "in", keys).execute();
    }
  }
  return {
    user_organizations: organizations.length,
    memberships: memberships.length,
    board_access: access.length,
    sessions: sessions.length,
  };
}

type Looking = { readonly texts: readonly string[]; readonly known: Known };

/** What is kept that names them, and how often. */
export async function staying(db: Db, { texts, known }: Looking) {
  const logins = [...known.logins];
  const holding = async (table: string, column: string, where = "1 = 1"): Promise<number> => {
    if (texts.length === 0) return 0;
    const { rows } = await sql<{ n: number }>`select count(*) as n from ${sql.table(table)}
      where ${sql.raw(where)} and ${holdsOneOf(column, texts)}`.execute(db);
    return Number(rows[0]?.n ?? 0);
  };
  const bearing = async (table: string, column: string): Promise<number> => {
    if (logins.length === 0) return 0;
    const { rows } = await sql<{ n: number }>`select count(*) as n from ${sql.table(table)}
      where lower(${sql.ref(column)}) in (${sql.join(logins)})`.execute(db);
    return Number(rows[0]?.n ?? 0);
  };
  return {
    "on-the-way":
      (await holding("effects", "body", "state = 'due'")) +
      (await holding("notices", "body", "state = 'due'")) +
      (await namedIn(db, { state: "pending", texts })).length,
    policies: await holding("policies", "good_text"),
    "code-owners": await holding("code_owners", "text"),
    quiet: await bearing("quiet_people", "login"),
    "own-account": await bearing("installations", "owner_login"),
  };
}
