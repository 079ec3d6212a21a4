// Both databases for the stored parts: SQLite in memory and a PostgreSQL database of its own, dropped when the tests are done.
import { randomBytes } from "node:crypto";
import { Client } from "pg";
import { afterAll, beforeAll } from "vitest";
import { type Database, openDatabase } from "../../src/db/database.ts";

const SERVER = process.env.TEST_DATABASE_URL ?? "postgres://postgres@127.0.0.1:5432/postgres";

export const DIALECTS = ["sqlite", "postgres"] as const;

/** Opens a fresh database before the tests of a `describe` and removes it after them. */
export function useDatabase(dialect: (typeof DIALECTS)[number]): () => Database {
  let database: Database | undefined;
  const name = `policy_${randomBytes(6).toString("hex")}`;
  beforeAll(async () => {
    if (dialect === "sqlite") database = await openDatabase("sqlite::memory:");
    else {
      await onServer(`create database ${name}`);
      const url = new URL(SERVER);
      url.pathname = `/${name}`;
      database = await openDatabase(url.href);
    }
  });
  afterAll(async () => {
    await database?.close();
    if (dialect === "postgres") await onServer(`drop database if exists ${name} with (force)`);
  });
  return () => {
    if (database === undefined) throw new Error("the database is not open yet");
    return database;
  };
}

async function onServer(statement: string): Promise<void> {
  const client = new Client({ connectionString: SERVER });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
