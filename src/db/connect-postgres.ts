// PostgreSQL as our database: many write at once, what loses a race runs again, and hints reach the other processes.
import { Kysely } from "kysely";
import type { Database } from "./database.ts";
import { createHints } from "./hints.ts";
import { isLostRace, listenForHints, openPostgres, sendHint } from "./postgres.ts";
import type { Schema } from "./schema.ts";
import { createStorage } from "./storage.ts";

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

/** Opens a pool on `postgres://…`; nothing is asked of it yet but to hear of hints. `onFault` hears of connections that broke. */
export function connectPostgres(url: string, onFault: (error: Error) => void): Database {
  const { dialect, pool } = openPostgres(url, onFault);
  const db = new Kysely<Schema>({
    dialect,
    log: (event) => {
      if (event.level === "error") storage.noteFault(event.error);
    },
  });
  const hints = createHints();
  const listener = listenForHints(url, hints.say);
  // A row of its own, and a new version of it each time: reading works on a standby and on a full disk. A transaction that went through is
  // no sign, since it may have written nothing.
  const probe = () =>
    db
      .insertInto("settings")
      .values({ name: "storage-probe", value: "1" })
      .onConflict((conflict) => conflict.column("name").doUpdateSet({ value: "1" }))
      .execute();
  const storage = createStorage({ probe });
  return {
    dialect: "postgres",
    db,
    writeTurns: null,
    transaction: (work) => untilThrough(() => db.transaction().execute(work)),
    hint: (topic) => {
      hints.say(topic);
      sendHint(pool, topic).catch(onFault);
    },
    onHint: hints.listen,
    storage,
    close: async () => {
      storage.close();
      await listener.stop();
      await db.destroy();
    },
  };
}
