// Keeps deliveries in a SQLite file through a thread of its own. Apart from receive-database, because only a file can have it.
import { Worker } from "node:worker_threads";
import type { Database } from "../db/database.ts";
import { endThreadTurn, type WriteTurns } from "../db/write-turn.ts";
import type { Metrics } from "../metrics.ts";
import type { Keeper, NewDelivery } from "./receive.ts";
import { gatherIntoBatches, hintSeldom, keepInDatabase } from "./receive-database.ts";
import type { KeepBatch, KeptBatch } from "./receive-worker.ts";

type Parts = { readonly databaseUrl: string; readonly database: Database; readonly metrics: Metrics };

/** The keeper that fits the database: a thread where it is a SQLite file, else the database's own connections. */
export function createKeeper({ databaseUrl, database, metrics }: Parts): Keeper {
  const path = databaseUrl.replace(/^sqlite:(\/\/)?/, "");
  const { writeTurns } = database;
  if (writeTurns === null || path === ":memory:") return keepInDatabase(database, metrics);
  return keepInThread(path, { ...database, writeTurns }, metrics);
}

/** A keeper on a SQLite file whose schema is up to date. The thread starts now, and again after a fault. */
export function keepInThread(
  path: string,
  { hint, storage, writeTurns }: Pick<Database, "hint" | "storage"> & { readonly writeTurns: WriteTurns },
  metrics: Metrics,
): Keeper {
  const hints = hintSeldom(hint);
  let thread = startThread(path, writeTurns);
  const keeper = gatherIntoBatches({
    commit: async (deliveries) => {
      const startedAt = performance.now();
      if (thread.hasEnded()) thread = startThread(path, writeTurns);
      await thread.keep(deliveries).catch((error: unknown) => {
        storage.noteFault(error);
        throw error;
      });
      storage.noteWritten();
      metrics.committed(deliveries.length, performance.now() - startedAt);
      hints.hint();
    },
  });
  return {
    keep: keeper.keep,
    close: async () => {
      await keeper.close();
      hints.stop();
      await thread.end();
    },
  };
}

type Thread = {
  readonly keep: (deliveries: readonly NewDelivery[]) => Promise<void>;
  readonly hasEnded: () => boolean;
  readonly end: () => Promise<void>;
};

function startThread(path: string, turns: WriteTurns): Thread {
  const file = new URL("./receive-worker.ts", import.meta.url).href;
  const worker = new Worker(new URL("../start-thread.js", import.meta.url), { workerData: { file, path, turns } });
  const waiting = new Map<number, { kept: () => void; failed: (error: unknown) => void }>();
  let hasEnded = false;
  let last = 0;

  worker.on("message", ({ number, error }: KeptBatch) => {
    const batch = waiting.get(number);
    waiting.delete(number);
    if (error === null) batch?.kept();
    else
      batch?.failed(Object.assign(new Error(error.message), error.errcode === null ? {} : { errcode: error.errcode }));
  });
  const fail = (error: unknown) => {
    hasEnded = true;
    endThreadTurn(turns);
    for (const { failed } of waiting.values()) failed(error);
    waiting.clear();
  };
  worker.on("error", fail);
  worker.on("exit", (code) => fail(new Error(`the thread that keeps deliveries has ended with code ${code}`)));
  worker.unref();
  return {
    keep: (deliveries) =>
      new Promise((kept, failed) => {
        last += 1;
        waiting.set(last, { kept, failed });
        const batch: KeepBatch = { number: last, deliveries };
        worker.postMessage(
          batch,
          deliveries.map(({ body }) => body.buffer),
        );
      }),
    hasEnded: () => hasEnded,
    end: async () => {
      hasEnded = true;
      await worker.terminate();
    },
  };
}
