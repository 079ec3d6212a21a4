// Keeps deliveries through the database that everything else uses. What arrives in one turn of the event loop, or while a commit is
// under way, shares the next commit: a commit waits for the disk, and one wait for many is what makes receiving fast.
import { constants, zstdCompressSync } from "node:zlib";
import type { Database } from "../db/database.ts";
import type { Metrics } from "../metrics.ts";
import { type DeliveryRow, keepDeliveries } from "./deliveries-store.ts";
import type { Keeper, NewDelivery } from "./receive.ts";

/** Small chunks: a payload of 20 KB becomes 2 KB. */
const FAST = { params: { [constants.ZSTD_c_compressionLevel]: 1 }, chunkSize: 4096 };
export const HINT_MILLIS = 50;

type Waiting = { readonly delivery: NewDelivery; readonly kept: () => void; readonly failed: (error: unknown) => void };

/** Compresses a payload as the column `body` holds it. */
export function compressBody(body: Uint8Array): Uint8Array {
  return zstdCompressSync(body, { ...FAST, pledgedSrcSize: body.length });
}

/** Calls `act` at once, and then no more often than that: a hint in PostgreSQL is a commit of its own. */
export function atMostEvery(millis: number, act: () => void): () => void {
  let timer: NodeJS.Timeout | null = null;
  let isWanted = false;
  const actNow = () => {
    isWanted = false;
    act();
    timer = setTimeout(() => {
      timer = null;
      if (isWanted) actNow();
    }, millis);
    timer.unref();
  };
  return () => {
    if (timer === null) actNow();
    else isWanted = true;
  };
}

/**
 * Gathers deliveries into batches and gives each batch to `commit`, one at a time. Where one takes longer than `patienceMillis`
 * (a database that no longer answers) its deliveries fail and the next batch is tried: GitHub waits ten seconds.
 */
export function gatherIntoBatches(
  commit: (deliveries: readonly NewDelivery[]) => Promise<void>,
  patienceMillis = 8000,
): Keeper {
  let waiting: Waiting[] = [];
  let underWay: Promise<void> | null = null;

  const run = async () => {
    while (waiting.length > 0) {
      const batch = waiting;
      waiting = [];
      try {
        await within(patienceMillis, commit(batch.map(({ delivery }) => delivery)));
        for (const { kept } of batch) kept();
      } catch (error) {
        for (const { failed } of batch) failed(error);
      }
    }
    underWay = null;
  };
  return {
    keep: (delivery) =>
      new Promise((kept, failed) => {
        waiting.push({ delivery, kept, failed });
        underWay ??= new Promise<void>((turn) => setImmediate(turn)).then(run);
      }),
    close: async () => {
      await underWay;
    },
  };
}

/** A keeper on any database. `keep` resolves once the delivery is committed. */
export function keepInDatabase({ db, hint }: Database, metrics: Metrics): Keeper {
  const hintSeldom = atMostEvery(HINT_MILLIS, () => hint("deliveries"));
  return gatherIntoBatches(async (deliveries) => {
    const startedAt = performance.now();
    const rows = deliveries.map(toRow);
    await keepDeliveries(db, rows);
    metrics.committed(rows.length, performance.now() - startedAt);
    hintSeldom();
  });
}

function toRow({ id, event, receivedAt, body }: NewDelivery): DeliveryRow {
  return { id, event, receivedAt, body: compressBody(body) };
}

async function within<T>(millis: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`the database has not answered for ${millis} ms`)), millis);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
