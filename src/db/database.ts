// One way to both databases: open, bring the schema up to date, run a transaction, hint at work, close.
import { EventEmitter } from "node:events";
import { Kysely, sql, type Transaction } from "kysely";
import { DEFAULT_MIGRATION_TABLE, type Migration, Migrator } from "kysely/migration";
import { up as foundation } from "./migrations/0001-foundation.ts";
import { up as escalation } from "./migrations/0002-escalation.ts";
import { up as board } from "./migrations/0003-board.ts";
import { up as recalled } from "./migrations/0004-recalled.ts";
import { up as schedules } from "./migrations/0005-schedules.ts";
import { up as erasure } from "./migrations/0006-erasure.ts";
import { isLostRace, listenForHints, lockMigrations, openPostgres, sendHint } from "./postgres.ts";
import type { Schema } from "./schema.ts";
import { openSqlite } from "./sqlite.ts";
import { createStorage, type Storage } from "./storage.ts";
import { inProcessTurn, makeWriteTurns, type WriteTurns } from "./write-turn.ts";

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
  const isPostgres = /^postgres(ql)?:/.test(url);
  const database = isPostgres ? connectPostgres(url, onFault) : connectSqlite(url);
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

/** How long after a write nobody needs to try whether the disk takes another. */
const FRESH_MILLIS = 10_000;

function connectSqlite(url: string): Database {
  const { dialect } = openSqlite(url.replace(/^sqlite:(\/\/)?/, ""), (error) => storage.noteFault(error));
  const db = new Kysely<Schema>({ dialect });
  // Writes one page, whatever stood there before: nothing else uses that number.
  const probe = () => sql`pragma user_version = 0`.execute(db);
  const storage = createStorage({ probe, freshMillis: FRESH_MILLIS });
  const hints = new EventEmitter();
  const writeTurns = makeWriteTurns();
  return {
    dialect: "sqlite",
    db,
    transaction: (work) => inProcessTurn(writeTurns, () => db.transaction().execute(work)),
    writeTurns,
    hint: (topic) => hints.emit("hint", topic),
    onHint: (listener) => subscribe(hints, listener),
    storage,
    close: () => {
      storage.close();
      return db.destroy();
    },
  };
}

const TRIES = 5;

/** Runs again what PostgreSQL gave up in favour of another transaction; that one is through by then. */
async function untilThrough<T>(run: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await run();
    } catch (error) {
      if (tries === TRIES || !isLostRace(error)) throw error;
    }
  }
}

function connectPostgres(url: string, onFault: (error: Error) => void): Database {
  const { dialect, pool } = openPostgres(url, onFault);
  const db = new Kysely<Schema>({
    dialect,
    log: (event) => {
      if (event.level === "error") storage.noteFault(event.error);
    },
  });
  const hints = new EventEmitter();
  const listener = listenForHints(url, (topic) => hints.emit("hint", topic));
  // A row of its own, and a new version of it each time: reading works on a standby and on a full disk. A transaction that went through is
  // no sign, since it may have written nothing.
  const probe = () =>
    db
      .insertInto("settings")
      .values({ name: "storage-probe", value: "1" })
      .onConflict((conflict) => conflict.column("name").doUpdateSet({ value: "1" }))
      .execute();
  const storage = createStorage({ probe, freshMillis: FRESH_MILLIS });
  return {
    dialect: "postgres",
    db,
    writeTurns: null,
    transaction: (work) => untilThrough(() => db.transaction().execute(work)),
    hint: (topic) => {
      hints.emit("hint", topic);
      sendHint(pool, topic).catch(onFault);
    },
    onHint: (on) => subscribe(hints, on),
    storage,
    close: async () => {
      storage.close();
      await listener.stop();
      await db.destroy();
    },
  };
}

function subscribe(hints: EventEmitter, listener: (topic: string) => void): () => void {
  hints.on("hint", listener);
  return () => hints.off("hint", listener);
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
