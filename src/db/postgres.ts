// PostgreSQL behind Kysely, with `notify` as a hint that there is work. Apart, because it is the only place that knows pg.
import { PostgresDialect } from "kysely";
import pg from "pg";

const INT8 = 20;
const CHANNEL = "patch_advocate";

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
    connectionTimeoutMillis: 5000,
    idleTimeoutMillis: 30_000,
    types,
  });
  pool.on("error", onFault);
  return { dialect: new PostgresDialect({ pool }), pool };
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
  const state: { stopped: boolean; client: pg.Client | null; timer: NodeJS.Timeout | null } = {
    stopped: false,
    client: null,
    timer: null,
  };
  const again = () => {
    state.client = null;
    if (!state.stopped && state.timer === null) {
      state.timer = setTimeout(() => {
        state.timer = null;
        connect();
      }, 5000);
    }
  };
  const connect = () => {
    const client = new pg.Client({ connectionString: url });
    state.client = client;
    client.on("error", again);
    client.on("end", again);
    client.on("notification", (message) => onHint(message.payload ?? ""));
    client.connect().then(
      () => client.query(`listen ${CHANNEL}`).catch(again),
      () => again(),
    );
  };
  connect();
  return {
    stop: async () => {
      state.stopped = true;
      if (state.timer !== null) clearTimeout(state.timer);
      await state.client?.end().catch(() => undefined);
    },
  };
}

/** Tells the other processes that there is work on `topic`. */
export async function sendHint(pool: pg.Pool, topic: string): Promise<void> {
  await pool.query("select pg_notify($1, $2)", [CHANNEL, topic]);
}
