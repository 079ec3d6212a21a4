// Everything that a database holds, table by table, for tests that look for what must not be there. Payloads are unpacked.
import { zstdDecompressSync } from "node:zlib";
import { sql } from "kysely";
import type { Database } from "../../src/db/database.ts";

/** `TABLE.COLUMN` → the values that are not null, as text. */
export async function wholeDatabase({ db }: Database): Promise<ReadonlyMap<string, readonly string[]>> {
  const whole = new Map<string, string[]>();
  for (const { name } of await db.introspection.getTables()) {
    const { rows } = await sql<Record<string, unknown>>`select * from ${sql.table(name)}`.execute(db);
    for (const row of rows)
      for (const [column, value] of Object.entries(row)) {
        if (value === null) continue;
        const at = `${name}.${column}`;
        whole.set(at, [...(whole.get(at) ?? []), textOf(value)]);
      }
  }
  return whole;
}

/** The columns in which one of these texts stands, whatever the case. */
export async function columnsThatHold(
  database: Database,
  texts: readonly (string | RegExp)[],
): Promise<readonly string[]> {
  const patterns = texts.map((text) => (typeof text === "string" ? new RegExp(RegExp.escape(text), "i") : text));
  return [...(await wholeDatabase(database))]
    .filter(([, values]) => values.some((value) => patterns.some((pattern) => pattern.test(value))))
    .map(([column]) => column);
}

function textOf(value: unknown): string {
  if (!(value instanceof Uint8Array)) return String(value);
  try {
    return zstdDecompressSync(value).toString("utf8");
  } catch {
    return Buffer.from(value).toString("utf8");
  }
}
