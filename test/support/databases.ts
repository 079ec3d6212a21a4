// The databases that tests run on: SQLite always, PostgreSQL where a server answers. Each user gets one of its own, dropped after.
import { randomBytes } from "node:crypto";
import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { takeDatabase, withClient } from "./reused-databases.ts";

export type Dialect = "sqlite" | "postgres";

export const SERVER = process.env.TEST_DATABASE_URL ?? "postgres://postgres@127.0.0.1:5432/postgres";

/** Set by the global set-up, which asks the server once for all test files. */
export const DIALECTS: readonly Dialect[] =
  process.env.TEST_WITHOUT_POSTGRES === "1" ? ["sqlite"] : ["sqlite", "postgres"];

/** What the global set-up has made once: databases with every table and no row, of which tests get copies. */
export const TEMPLATES = {
  get sqlite() {
    return process.env.TEST_TEMPLATE_SQLITE ?? null;
  },
  get postgres() {
    return process.env.TEST_TEMPLATE_POSTGRES ?? null;
  },
};

/**
 * A fresh database and how to remove it. SQLite is a file, as in production, so that the receiver's thread is used too. `isEmpty`: without
 * tables, for whoever looks at how those are made.
 */
export async function makeDatabase(
  dialect: Dialect,
  { isEmpty = false }: { readonly isEmpty?: boolean } = {},
): Promise<{ url: string; remove: () => Promise<void> }> {
  if (dialect === "sqlite") {
    const folder = mkdtempSync(join(tmpdir(), "patch-advocate-test-"));
    if (!isEmpty && TEMPLATES.sqlite !== null) copyFileSync(TEMPLATES.sqlite, join(folder, "test.db"));
    return {
      url: `sqlite:${join(folder, "test.db")}`,
      remove: async () => rmSync(folder, { recursive: true, force: true }),
    };
  }
  if (!isEmpty && TEMPLATES.postgres !== null) return takeDatabase(TEMPLATES.postgres, { urlOf, onServer });
  const name = `test_${randomBytes(6).toString("hex")}`;
  await onServer(`create database ${name}`);
  return { url: urlOf(name), remove: () => onServer(`drop database if exists ${name} with (force)`) };
}

/** Its commits do not wait for the disk: what tests end is a process, never the machine. */
export function urlOf(name: string): string {
  const url = new URL(SERVER);
  url.pathname = `/${name}`;
  url.searchParams.set("options", "-c synchronous_commit=off");
  return url.href;
}

export async function onServer(statement: string): Promise<void> {
  await withClient(SERVER, (client) => client.query(statement));
}

/** The databases on the server whose names are `like` that. */
export async function namesLike(like: string): Promise<readonly string[]> {
  const { rows } = await withClient(SERVER, (client) =>
    client.query<{ name: string }>("select datname as name from pg_database where datname like $1", [like]),
  );
  return rows.map(({ name }) => name);
}
