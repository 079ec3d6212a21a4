// PostgreSQL behind Kysely, with `notify` as a hint that there is work. Apart, because it is the only place that knows pg.
import { type Kysely, PostgresAdapter, PostgresDialect } from "kysely";
import pg from "pg";
import { lockMigrations } from "./migration-lock.ts";

const INT8 = 20;
const CHANNEL = "patch_advocate";
const CONNECT_MILLIS = 5000;
/** A connection whose other end is gone without a word, as behind a NAT, is found out by TCP itself. */
const KEPT_ALIVE = { keepAlive: true, keepAliveInitialDelayMillis: 10_000 };
/** How long to wait before the listener connects again: doubled each time. */
const LISTEN_AGAIN = { firstMillis: 250, longestMillis: 5000 };

/**
 * Takes the migrations' lock for a transaction instead of a session: behind PgBouncer in transaction mode the session's end of a
 * statement may be the next client's, and its lock with it. Whoever migrates has to be in a transaction.
 */
class TransactionLockAdapter extends PostgresAdapter {
  override async acquireMigrationLock(db: Kysely<unknown>): Promise<void> {
    await lockMigrations(db);
  }

  override async releaseMigrationLock(): Promise<void> {
    // Its transaction's end lets it go.
  }
}

class PooledDialect extends PostgresDialect {
  override createAdapter(): PostgresAdapter {
    return new TransactionLockAdapter();
  }
}

/** Opens a pool. Nothing is connected before the first query. `onFault` hears of idle connections that broke. */
export function openPostgres(
  url: string,
  onFault: (error: Error) => void,
): { dialect: PostgresDialect; pool: pg.Pool } {
  const types = {
    getTypeParser: ((oid: number, format?: "text" | "binary") =>
      oid === INT8 ? toSafeInteger : pg.types.getTypeParser(oid, format ?? "text")) as typeof pg.types.getTypeParser,
  };
  const pool = new pg.Pool({
    connectionString: url,
    max: 10,
    connectionTimeoutMillis: CONNECT_MILLIS,
    idleTimeoutMillis: 30_000,
    ...KEPT_ALIVE,
    types,
  });
  // Each connection is listened to for itself: one that breaks between two statements of a transaction is nobody's query, and without
  // a listener its error would end the process. The pool's own event tells of idle ones once more.
  pool.on("connect", (client) => client.on("error", onFault));
  pool.on("error", () => undefined);
  return { dialect: new PooledDialect({ pool }), pool };
}

function toSafeInteger(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`${text} is too large for an id or a time`);
  return value;
}

/** Whether a transaction was rolled back only because of another at the same time: a deadlock, or no serial order. */
export function isLostRace(error: unknown): boolean {
  return error instanceof pg.DatabaseError && (error.code === "40P01" || error.code === "40001");
}

/**
 * Calls `onHint` with the topic whenever another process says that there is work. A hint only: a poll stands behind it, so a
 * connection that is lost is opened again in its own time and nothing depends on it.
 */
export function listenForHints(url: string, onHint: (topic: string) => void): { stop: () => Promise<void> } {
  let isStopped = false;
  let client: pg.Client | null = null;
  let timer: NodeJS.Timeout | null = null;
  let waitMillis = LISTEN_AGAIN.firstMillis;

  const again = (lost: pg.Client) => {
    // An error, an end and a refused query may all tell of the same loss.
    if (client !== lost) return;
    client = null;
    lost.end().catch(() => undefined);
    if (isStopped) return;
    timer = setTimeout(connect, waitMillis);
    waitMillis = Math.min(waitMillis * 2, LISTEN_AGAIN.longestMillis);
  };
  const connect = () => {
    timer = null;
    const made = new pg.Client({ connectionString: url, connectionTimeoutMillis: CONNECT_MILLIS, ...KEPT_ALIVE });
    client = made;
    made.on("error", () => again(made));
    made.on("end", () => again(made));
    made.on("notification", (message) => onHint(message.payload ?? ""));
    made
      .connect()
      .then(() => made.query(`listen ${CHANNEL}`))
      .then(
        () => {
          waitMillis = LISTEN_AGAIN.firstMillis;
        },
        () => again(made),
      );
  };
  connect();
  return {
    stop: async () => {
      isStopped = true;
      if (timer !== null) clearTimeout(timer);
      await client?.end().catch(() => undefined);
    },
  };
}

/** Tells the other processes that there is work on `topic`. */
export async function sendHint(pool: pg.Pool, topic: string): Promise<void> {
  await pool.query("select pg_notify($1, $2)", [CHANNEL, topic]);
}
