// One way to both databases: open, bring the schema up to date, run a transaction, hint at work, close.
import { type Kysely, sql, type Transaction } from "kysely";
import { DEFAULT_MIGRATION_TABLE, type Migration, Migrator } from "kysely/migration";
import { lockMigrations } from "./migration-lock.ts";
import { up as foundation } from "./migrations/0001-foundation.ts";
import { up as escalation } from "./migrations/0002-escalation.ts";
import { up as board } from "./migrations/0003-board.ts";
import { up as recalled } from "./migrations/0004-recalled.ts";
import { up as schedules } from "./migrations/0005-schedules.ts";
import { up as erasure } from "./migrations/0006-erasure.ts";
import type { Schema } from "./schema.ts";
import type { Storage } from "./storage.ts";
import type { WriteTurns } from "./write-turn.ts";

export type Dialect = "sqlite" | "postgres";

/** Where work may wait. */
export type Topic = "deliveries" | "patches" | "effects" | "backfills" | "notices" | "releases";

/** A connection or an open transaction: what a question in `store.ts` takes. */
export type Db = Kysely<Schema> | Transaction<Schema>;
export type Tx = Transaction<Schema>;

export type Database = {
  readonly dialect: Dialect;
  readonly db: Kysely<Schema>;
  /**
   * Runs `work` in one transaction; what it throws rolls everything back. Inside, use only the `tx` that it is given. Where the
   * database ended it for another transaction's sake, `work` runs again from its beginning.
   */
  readonly transaction: <T>(work: (tx: Tx) => Promise<T>) => Promise<T>;
  /** Says, here and to other processes, that there is work. A hint, never a promise. */
  readonly hint: (topic: Topic) => void;
  readonly onHint: (listener: (topic: string) => void) => () => void;
  /** Whether it takes writes. */
  readonly storage: Storage;
  /** Shared with the thread that keeps deliveries in the same file; null where the database lets many write at once. */
  readonly writeTurns: WriteTurns | null;
  readonly close: () => Promise<void>;
};

const MIGRATIONS: Readonly<Record<string, (db: Kysely<unknown>, dialect: Dialect) => Promise<void>>> = {
  "0001-foundation": foundation,
  "0002-escalation": escalation,
  "0003-board": board,
  "0004-recalled": recalled,
  "0005-schedules": schedules,
  "0006-erasure": erasure,
};

/**
 * Opens `sqlite:PATH` or `postgres://…` and brings its schema up to date, safely beside other processes that do the same.
 * @throws with the cause when the database cannot be reached or the schema is newer than this release.
 */
export async function openDatabase(url: string, onFault: (error: Error) => void = () => undefined): Promise<Database> {
  const database = await connect(url, onFault);
  try {
    await migrate(database);
  } catch (error) {
    await database.close();
    throw new Error(`the database could not be opened: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
  return database;
}

/** Loads what the one database needs, and nothing of the other's. */
async function connect(url: string, onFault: (error: Error) => void): Promise<Database> {
  if (/^postgres(ql)?:/.test(url)) return (await import("./connect-postgres.ts")).connectPostgres(url, onFault);
  return (await import("./connect-sqlite.ts")).connectSqlite(url);
}

async function migrate(database: Database): Promise<void> {
  const migrations: Record<string, Migration> = {};
  for (const [name, up] of Object.entries(MIGRATIONS)) {
    migrations[name] = { up: (db) => up(db, database.dialect) };
  }
  const run = async (db: Db) => {
    await refuseNewer(db);
    const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } });
    const { error } = await migrator.migrateToLatest();
    if (error !== undefined) throw error instanceof Error ? error : new Error(String(error));
  };
  if (database.dialect === "sqlite") {
    await run(database.db).catch(async (error: unknown) => {
      // A newer release may have come between: then that is what is wrong.
      await refuseNewer(database.db);
      throw error;
    });
    return;
  }
  // One transaction for the lock and all that it guards: a pooler may give the next one to another session.
  await database.db.transaction().execute(async (tx) => {
    await lockMigrations(tx);
    await run(tx);
  });
}

/** A newer release's tables are left as they are: what they mean is not known here. */
async function refuseNewer(db: Db): Promise<void> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true });
  if (!tables.some(({ name }) => name === DEFAULT_MIGRATION_TABLE)) return;
  const { rows } = await sql<{ name: string }>`select name from ${sql.table(DEFAULT_MIGRATION_TABLE)}`.execute(db);
  const unknown = rows.map(({ name }) => name).filter((name) => !(name in MIGRATIONS));
  if (unknown.length === 0) return;
  throw new Error(
    `a newer release of Patch Advocate has brought it up to date (${unknown.toSorted().join(", ")}), which this one does not know. Start that release or a newer one, or restore a backup from before the update (docs/operating.md). Nothing was changed.`,
  );
}
