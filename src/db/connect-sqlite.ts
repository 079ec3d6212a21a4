// SQLite as our database: writers take turns, and hints stay within the process.
import { Kysely, sql } from "kysely";
import type { Database } from "./database.ts";
import { createHints } from "./hints.ts";
import type { Schema } from "./schema.ts";
import { openSqlite } from "./sqlite.ts";
import { createStorage } from "./storage.ts";
import { inProcessTurn, makeWriteTurns } from "./write-turn.ts";

/** Opens the file of `sqlite:PATH`; its schema is left as it is. @throws when it cannot be opened; the message names the path. */
export function connectSqlite(url: string): Database {
  const { dialect } = openSqlite(url.replace(/^sqlite:(\/\/)?/, ""), (error) => storage.noteFault(error));
  const db = new Kysely<Schema>({ dialect });
  // Writes one page, whatever stood there before: nothing else uses that number.
  const probe = () => sql`pragma user_version = 0`.execute(db);
  const storage = createStorage({ probe });
  const hints = createHints();
  const writeTurns = makeWriteTurns();
  return {
    dialect: "sqlite",
    db,
    transaction: (work) => inProcessTurn(writeTurns, () => db.transaction().execute(work)),
    writeTurns,
    hint: hints.say,
    onHint: hints.listen,
    storage,
    close: () => {
      storage.close();
      return db.destroy();
    },
  };
}
