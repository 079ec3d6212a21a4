// Node's own SQLite behind Kysely: one file, WAL, full sync. Apart, because it is the only place that knows node:sqlite.
import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync, type SQLInputValue, type StatementSync } from "node:sqlite";
import { SqliteDialect } from "kysely";

const STATEMENTS_KEPT = 300;
const NOTHING_CHANGED = { changes: 0, lastInsertRowid: 0 };

/**
 * Opens the file (made when missing, with its folder) for Kysely. `:memory:` works too. `onFault` hears of every statement that fails.
 * @throws when the file cannot be opened; the message names the path.
 */
export function openSqlite(
  path: string,
  onFault: (error: unknown) => void = () => undefined,
): { dialect: SqliteDialect; raw: DatabaseSync } {
  if (path !== ":memory:") mkdirSync(dirname(path), { recursive: true });
  const raw = new DatabaseSync(path, { timeout: 5000 });
  // Full sync: a delivery that was answered must survive a power cut, not only a crash of the process.
  raw.exec(
    "pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on; pragma temp_store = memory",
  );
  // SQLite's own knows the letters of ASCII only: whoever looks for Émile or Иванов would find nothing.
  raw.function("lower", { deterministic: true }, (text) => (text === null ? null : String(text).toLowerCase()));
  const statements = new Map<string, StatementSync>();
  const prepare = (sql: string): StatementSync => {
    const known = statements.get(sql);
    if (known !== undefined) return known;
    const statement = raw.prepare(sql);
    if (statements.size >= STATEMENTS_KEPT) statements.clear();
    statements.set(sql, statement);
    return statement;
  };
  const database = {
    close: () => {
      statements.clear();
      raw.close();
    },
    prepare: (sql: string) => {
      // A plain `begin` that writes later fails at once beside a second writer; `immediate` waits its turn.
      const statement = prepare(sql === "begin" ? "begin immediate" : sql);
      const heard = <Answer>(run: () => Answer): Answer => {
        try {
          return run();
        } catch (error) {
          onFault(error);
          throw error;
        }
      };
      return {
        reader: statement.columns().length > 0,
        all: (parameters: ReadonlyArray<unknown>) => heard(() => statement.all(...parameters.map(toSqlite))),
        run: (parameters: ReadonlyArray<unknown>) =>
          // SQLite has rolled back by itself what a full disk ended; to do it again would be a fault that hides the first one.
          sql === "rollback" && !raw.isTransaction
            ? NOTHING_CHANGED
            : heard(() => statement.run(...parameters.map(toSqlite))),
        iterate: (parameters: ReadonlyArray<unknown>) => statement.iterate(...parameters.map(toSqlite)),
      };
    },
  };
  return { dialect: new SqliteDialect({ database }), raw };
}

function toSqlite(value: unknown): SQLInputValue {
  if (value === null || value === undefined) return null;
  if (typeof value === "string" || typeof value === "number" || typeof value === "bigint") return value;
  if (value instanceof Uint8Array) return value;
  throw new TypeError(`a value of type ${typeof value} does not fit into SQLite`);
}
