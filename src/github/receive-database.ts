// Keeps deliveries through the database that everything else uses. What arrives in one turn of the event loop, or while a commit is
// under way, shares the next commit: a commit waits for the disk, and one wait for many is what makes receiving fast.
import type { Database } from "../db/database.ts";
import type { Metrics } from "../metrics.ts";
import { type DeliveryRow, keepDeliveries } from "./deliveries-store.ts";
import type { Keeper, NewDelivery } from "./receive.ts";
import { installationIn, packBody } from "./receive-body.ts";

/** A hint in PostgreSQL is a commit of its own: under load one is for many. */
const HINT_MILLIS = 50;
/** While one waits for the disk the next is made ready, and one that is slow does not hold up everybody. */
const COMMITS_AT_ONCE = 2;

type Waiting = { readonly delivery: NewDelivery; readonly kept: () => void; readonly failed: (error: unknown) => void };

/** Hints that there are deliveries: at once, and then no more often than every 50 ms. */
export function hintSeldom(hint: Database["hint"]): { readonly hint: () => void; readonly stop: () => void } {
  let timer: NodeJS.Timeout | undefined;
  let isWanted = false;
  const hintNow = () => {
    isWanted = false;
    hint("deliveries");
    timer = setTimeout(() => {
      timer = undefined;
      if (isWanted) hintNow();
    }, HINT_MILLIS);
  };
  return {
    hint: () => {
      if (timer === undefined) hintNow();
      else isWanted = true;
    },
    stop: () => clearTimeout(timer),
  };
}

type Gathering = {
  readonly commit: (deliveries: readonly NewDelivery[]) => Promise<void>;
  /** Where a commit takes longer, its deliveries count as not kept and the next are tried: GitHub waits ten seconds. */
  readonly patienceMillis?: number;
};

/** Gathers deliveries into batches: what arrives in one turn of the event loop, or while no commit more may begin, shares one. */
export function gatherIntoBatches({ commit, patienceMillis = 8000 }: Gathering): Keeper {
  let waiting: Waiting[] = [];
  let isTurnAwaited = false;
  const underWay = new Set<Promise<void>>();

  const commitBatch = async (batch: readonly Waiting[]) => {
    try {
      await within(patienceMillis, commit(batch.map(({ delivery }) => delivery)));
      for (const { kept } of batch) kept();
    } catch (error) {
      for (const { failed } of batch) failed(error);
    }
  };
  const begin = () => {
    isTurnAwaited = false;
    if (waiting.length === 0 || underWay.size >= COMMITS_AT_ONCE) return;
    const batch = commitBatch(waiting).finally(() => {
      underWay.delete(batch);
      begin();
    });
    waiting = [];
    underWay.add(batch);
  };
  return {
    keep: (delivery) =>
      new Promise((kept, failed) => {
        waiting.push({ delivery, kept, failed });
        if (isTurnAwaited || underWay.size >= COMMITS_AT_ONCE) return;
        isTurnAwaited = true;
        setImmediate(begin);
      }),
    close: async () => {
      while (waiting.length > 0 || underWay.size > 0) {
        begin();
        await Promise.all(underWay);
      }
    },
  };
}

/** A keeper on any database. `keep` resolves once the delivery is committed. */
export function keepInDatabase({ db, hint, storage }: Database, metrics: Metrics): Keeper {
  const hints = hintSeldom(hint);
  const keeper = gatherIntoBatches({
    commit: async (deliveries) => {
      const startedAt = performance.now();
      await keepDeliveries(db, deliveries.map(toRow)).catch((error: unknown) => {
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
    },
  };
}

function toRow({ id, event, receivedAt, body }: NewDelivery): DeliveryRow {
  return { id, event, receivedAt, installationId: installationIn(body), body: packBody(body) };
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
