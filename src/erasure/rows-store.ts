// Finds the rows of any table that hold one of some texts, and writes or drops them one by one, as long as they are still as they were read: a
// server that runs beside is not kept waiting, and nothing of its is overwritten.
import { type RawBuilder, sql } from "kysely";
import type { Database, Tx } from "../db/database.ts";
import { exactPattern, likePattern } from "../db/like.ts";
import type { Schema } from "../db/schema.ts";
import { escapeMarkdown } from "../effects/escape.ts";

export type Row = Readonly<Record<string, unknown>>;
type Searched = {
  readonly table: keyof Schema;
  readonly columns: readonly string[];
  readonly texts: readonly string[];
  /** More of each row than is searched. */
  readonly beside?: readonly string[];
};

/** Rows as they are now, each under `place`, by which it is found again. */
export async function rowsThatHold(database: Database, searched: Searched): Promise<readonly Row[]> {
  const { table, columns, texts, beside = [] } = searched;
  if (columns.length === 0 || texts.length === 0) return [];
  const each = columns.map((column) => holdsOneOf(column, texts));
  const shown = [...new Set([...columns, ...beside])].map((column) => sql.ref(column));
  const { rows } = await sql<Row>`select ${placeIn(database)} as place, ${sql.join(shown)} from ${sql.table(table)}
    where ${sql.join(each, sql` or `)}`.execute(database.db);
  return rows;
}

/**
 * Whether a column holds one of these texts: whatever the case, and as JSON and Markdown of ours write them. As written too: which capitals a
 * database's `lower()` knows depends on its locale.
 */
export function holdsOneOf(column: string, texts: readonly string[]): RawBuilder<boolean> {
  const all = new Set(texts.flatMap((text) => [text, escapeMarkdown(text), JSON.stringify(text).slice(1, -1)]));
  const each = [...all].flatMap((text) => [
    sql`lower(${sql.ref(column)}) like ${likePattern(text)} escape '\\'`,
    ...(isAscii(text) ? [] : [sql`${sql.ref(column)} like ${exactPattern(text)} escape '\\'`]),
  ]);
  return sql<boolean>`(${sql.join(each, sql` or `)})`;
}

const isAscii = (text: string): boolean => !/[^\x20-\x7e]/.test(text);

/** False where the row is another by now. */
export async function rewriteRow(
  tx: Tx,
  database: Database,
  { table, row, changed }: { table: keyof Schema; row: Row; changed: Readonly<Record<string, string | null>> },
): Promise<boolean> {
  const sets = Object.entries(changed).map(([column, text]) => sql`${sql.ref(column)} = ${text}`);
  const result = await sql`update ${sql.table(table)} set ${sql.join(sets)}
    where ${asRead(database, row, Object.keys(changed))}`.execute(tx);
  return (result.numAffectedRows ?? 0n) > 0n;
}

export async function dropRow(
  tx: Tx,
  database: Database,
  { table, row, columns }: { table: keyof Schema; row: Row; columns: readonly string[] },
): Promise<boolean> {
  const result = await sql`delete from ${sql.table(table)} where ${asRead(database, row, columns)}`.execute(tx);
  return (result.numAffectedRows ?? 0n) > 0n;
}

const placeIn = ({ dialect }: Database): RawBuilder<unknown> => sql.raw(dialect === "sqlite" ? "rowid" : "ctid::text");

function asRead(database: Database, row: Row, columns: readonly string[]): RawBuilder<unknown> {
  const place = database.dialect === "sqlite" ? sql`rowid = ${row.place}` : sql`ctid = (${row.place})::text::tid`;
  const same = columns.map((column) =>
    row[column] === null ? sql`${sql.ref(column)} is null` : sql`${sql.ref(column)} = ${row[column]}`,
  );
  return sql.join([place, ...same], sql` and `);
}
