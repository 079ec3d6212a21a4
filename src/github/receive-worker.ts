// The thread that compresses deliveries and commits them to a SQLite file, so that neither keeps the main thread from the next
// request. It has a connection of its own and loads nothing but what Node brings, to stay small.
import { DatabaseSync, type StatementSync } from "node:sqlite";
import { parentPort, workerData } from "node:worker_threads";
import { inThreadTurn, type WriteTurns } from "../db/write-turn.ts";
import type { NewDelivery } from "./receive.ts";
import { installationIn, packBody } from "./receive-body.ts";

/** What the main thread asks: keep these, all or none. The answer bears the same number. */
export type KeepBatch = { readonly number: number; readonly deliveries: readonly NewDelivery[] };
export type KeptBatch = { readonly number: number; readonly error: KeepingFault | null };
/** On its way between threads an error keeps nothing but its words. `errcode` is SQLite's. */
export type KeepingFault = { readonly message: string; readonly errcode: number | null };

// The same as keepDeliveries in deliveries-store.ts, which needs Kysely.
const KEEP = `insert into deliveries (id, event, received_at, state, run_after, installation_id, body)
  values (?, ?, ?, 'pending', ?, ?, ?) on conflict (id) do nothing`;

const { path, turns }: { readonly path: string; readonly turns: WriteTurns } = workerData;
let connection: { readonly database: DatabaseSync; readonly keep: StatementSync } | null = null;

parentPort?.on("message", ({ number, deliveries }: KeepBatch) => {
  const answer: KeptBatch = { number, error: keepAll(deliveries) };
  parentPort?.postMessage(answer);
});

function keepAll(deliveries: readonly NewDelivery[]): KeepingFault | null {
  try {
    const rows = deliveries.map((delivery) => ({
      ...delivery,
      installationId: installationIn(delivery.body),
      body: packBody(delivery.body),
    }));
    connection ??= connect(path);
    const { database, keep } = connection;
    inThreadTurn(turns, () => {
      database.exec("begin immediate");
      for (const { id, event, receivedAt, installationId, body } of rows)
        keep.run(id, event, receivedAt, receivedAt, installationId, body);
      database.exec("commit");
    });
    return null;
  } catch (error) {
    giveUpConnection();
    return faultFrom(error);
  }
}

function faultFrom(error: unknown): KeepingFault {
  if (!(error instanceof Error)) return { message: String(error), errcode: null };
  const errcode = "errcode" in error && typeof error.errcode === "number" ? error.errcode : null;
  return { message: error.message, errcode };
}

function connect(path: string): { database: DatabaseSync; keep: StatementSync } {
  const database = new DatabaseSync(path, { timeout: 5000 });
  // Full sync: a delivery that was answered must survive a power cut, not only a crash of the process.
  database.exec("pragma journal_mode = wal; pragma synchronous = full");
  return { database, keep: database.prepare(KEEP) };
}

/** Closing rolls back what is open; the next batch begins afresh, whatever was wrong (a full disk, a file that went away). */
function giveUpConnection(): void {
  try {
    connection?.database.close();
  } finally {
    connection = null;
  }
}
