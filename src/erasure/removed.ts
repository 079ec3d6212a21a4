// Forgets owners who have uninstalled the App, once their time is over. A sweep takes away so many rows that nobody else waits for it; the next one
// goes on.
import { setImmediate } from "node:timers/promises";
import type { Database } from "../db/database.ts";
import type { Log } from "../log.ts";
import type { Turn } from "../schedules/scheduler.ts";
import {
  forgetSome,
  isThereAgain,
  noteForgotten,
  noteNothingToForget,
  noteRemovals,
  removedBefore,
} from "./owner-store.ts";

const DAY = 24 * 60 * 60_000;
const ROWS = 1000;
/** Each is a transaction of its own. */
const STEPS_A_SWEEP = 500;

type Forgetting = {
  readonly database: Database;
  readonly log: Log;
  readonly keptDays: number;
  readonly now: number;
  readonly turn: Turn;
};

/** Answers how many owners were forgotten to the end, and whether there is more to do at once. */
export async function forgetRemoved({
  database,
  log,
  keptDays,
  now,
  turn,
}: Forgetting): Promise<{ readonly done: number; readonly isUnfinished: boolean }> {
  await database.transaction((tx) => noteRemovals(tx, now));
  const before = now - keptDays * DAY;
  let steps = STEPS_A_SWEEP;
  let done = 0;
  for (const { id, ownerId } of await removedBefore(database.db, before)) {
    let place: number | null = 0;
    while (place !== null) {
      // Looked at each time: it may be installed again while this goes on.
      if (await isThereAgain(database.db, { ownerId, before })) break;
      if (steps === 0 || turn.isStopped()) return { done, isUnfinished: true };
      steps -= 1;
      place = await forgetSome(database, { ownerId, rows: ROWS, place });
      // SQLite answers at once: without a pause nothing else would have its turn until all is gone.
      await setImmediate();
    }
    const isOver = place === null;
    await database.transaction((tx) => (isOver ? noteForgotten : noteNothingToForget)(tx, { id, now }));
    if (!isOver) continue;
    done += 1;
    log.info({ installationId: id, ownerId }, "what was known of an owner who uninstalled the App is forgotten");
  }
  return { done, isUnfinished: false };
}
