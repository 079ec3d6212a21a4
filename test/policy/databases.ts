// Both databases for the stored parts.
import { afterAll, beforeAll } from "vitest";
import { type Database, openDatabase } from "../../src/db/database.ts";
import { type Dialect, makeDatabase } from "../support/databases.ts";

/** Opens a fresh database before the tests of a `describe` and removes it after them. */
export function useDatabase(dialect: Dialect): () => Database {
  let database: Database | undefined;
  let remove = async (): Promise<void> => undefined;
  beforeAll(async () => {
    const made = await makeDatabase(dialect);
    remove = made.remove;
    database = await openDatabase(made.url);
  });
  afterAll(async () => {
    await database?.close();
    await remove();
  });
  return () => {
    if (database === undefined) throw new Error("the database is not open yet");
    return database;
  };
}
