// Many rows as one text, put together by the database and taken apart here. Apart, because three questions are asked so.
import { type RawBuilder, sql } from "kysely";

/** Columns of all rows as one text: a semicolon between rows, a blank between values, of which none holds either; nothing for null. */
export function pack(...columns: readonly string[]): RawBuilder<string | null> {
  const values = columns.map((column) => sql`coalesce(cast(${sql.ref(column)} as text), '')`);
  return sql`string_agg(${sql.join(values, sql` || ' ' || `)}, ';')`;
}

/** The rows of a packed text; `wanted`: only those whose first value is among these. */
export function unpack(
  packed: string | null,
  wanted: ReadonlySet<string> | null = null,
): readonly (readonly string[])[] {
  const rows = packed === null || packed === "" ? [] : packed.split(";");
  const kept = wanted === null ? rows : rows.filter((row) => wanted.has(row.slice(0, row.indexOf(" "))));
  return kept.map((row) => row.split(" "));
}

export const numberOrNull = (text: string | undefined): number | null =>
  text === undefined || text === "" ? null : Number(text);
