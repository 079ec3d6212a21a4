// Each migration leaves the release before it at work: what that one reads is still there as it was, and what it writes still fits. So
// processes of two releases may run on one PostgreSQL, and what stood in the tables is not touched.
import { readdirSync } from "node:fs";
import { sql } from "kysely";
import { describe, expect, onTestFinished, test } from "vitest";
import { z } from "zod";
import { type Database, type Db, openDatabase, type Tx } from "../../src/db/database.ts";
import { DIALECTS, type Dialect, makeDatabase } from "../support/databases.ts";

type Up = (db: Tx, dialect: Dialect) => Promise<void>;
type Column = { readonly name: string; readonly dataType: string; readonly isNullable: boolean };
type Tables = ReadonlyMap<string, readonly Column[]>;

const FOLDER = new URL("../../src/db/migrations/", import.meta.url);
const NAMES = readdirSync(FOLDER).toSorted();
const migration = z.object({ up: z.custom<Up>((value) => typeof value === "function") });

describe.each(DIALECTS)("on %s", (on) => {
  test("after each migration the release before it reads its rows as they were and writes as it did", async () => {
    const { database, remove } = await withoutTables(on);
    onTestFinished(remove);
    // One transaction, since what is asked here is not whether it lasts.
    await database.transaction((db) => climb(db, on));
  });
});

async function climb(db: Tx, on: Dialect): Promise<void> {
  let rows = 0;
  for (const name of NAMES) {
    const before = await tablesOf(db);
    const written = new Map<string, Record<string, unknown>>();
    for (const [table, columns] of before) {
      rows += 1;
      written.set(table, await write(db, table, { columns, n: rows }));
    }
    const { up } = migration.parse(await import(new URL(name, FOLDER).href));
    await up(db, on);

    const after = await tablesOf(db);
    for (const [table, columns] of before) {
      const now = after.get(table) ?? [];
      const missing = columns.filter((column) => !now.some((each) => isSame(each, column)));
      expect(missing, `${name} changes ${table}`).toEqual([]);
      expect(await readBack(db, table, written.get(table) ?? {}), `${name} changes rows of ${table}`).toBe(1);
      rows += 1;
      // Refused where a new column must be filled in, or a new rule keeps out what was allowed.
      await write(db, table, { columns, n: rows });
    }
  }
  expect(rows).toBeGreaterThan(NAMES.length);
}

/** The product's own connections to a database without a table. */
async function withoutTables(on: Dialect): Promise<{ database: Database; remove: () => Promise<void> }> {
  const made = await makeDatabase(on, { isEmpty: true });
  const database = await openDatabase(made.url);
  const tables = [...(await tablesOf(database.db)).keys()];
  await database.transaction(async (tx) => {
    for (const table of tables) await sql`drop table ${sql.table(table)}`.execute(tx);
  });
  const remove = async () => {
    await database.close();
    await made.remove();
  };
  return { database, remove };
}

async function tablesOf(db: Db): Promise<Tables> {
  const tables = await db.introspection.getTables();
  return new Map(
    tables.map(({ name, columns }) => [
      name,
      columns.map(({ name: column, dataType, isNullable }) => ({ name: column, dataType, isNullable })),
    ]),
  );
}

/** What is nullable may be left out by the older release only as long as it stays so. */
const isSame = (now: Column, before: Column): boolean =>
  now.name === before.name && now.dataType === before.dataType && (now.isNullable || !before.isNullable);

/** A row of every column, as the release that knows these writes one. */
async function write(
  db: Db,
  table: string,
  { columns, n }: { readonly columns: readonly Column[]; readonly n: number },
): Promise<Record<string, unknown>> {
  const row = Object.fromEntries(columns.map(({ name, dataType }) => [name, valueFor(dataType, n)]));
  const names = sql.join(Object.keys(row).map((name) => sql.ref(name)));
  await sql`insert into ${sql.table(table)} (${names}) values (${sql.join(Object.values(row))})`.execute(db);
  return row;
}

function valueFor(dataType: string, n: number): unknown {
  if (/int/i.test(dataType)) return 1000 + n;
  if (/bytea|blob/i.test(dataType)) return Buffer.from(`bytes ${n}`);
  if (/bool/i.test(dataType)) return true;
  // Some columns hold JSON, which an index may read.
  return `"text ${n}"`;
}

async function readBack(db: Db, table: string, row: Record<string, unknown>): Promise<number> {
  const conditions = Object.entries(row).map(([name, value]) => sql`${sql.ref(name)} = ${value}`);
  const { rows } = await sql<{
    n: number;
  }>`select count(*) as n from ${sql.table(table)} where ${sql.join(conditions, sql` and `)}`.execute(db);
  return Number(rows[0]?.n);
}
