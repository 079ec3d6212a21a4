// Asks once whether PostgreSQL answers; where it does not, says so in one line, and in CI fails. Then makes the databases that tests get copies of.
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openDatabase } from "../../src/db/database.ts";
import { namesLike, onServer, SERVER, urlOf } from "./databases.ts";
import { PGBOUNCER } from "./pgbouncer.ts";

export default async function setup(): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), "patch-advocate-template-"));
  const file = join(folder, "template.db");
  await makeTables(`sqlite:${file}`);
  process.env.TEST_TEMPLATE_SQLITE = file;
  const name = await makePostgresTemplate();
  return async () => {
    rmSync(folder, { recursive: true, force: true });
    if (name !== null) await dropWithCopies(name);
  };
}

async function makePostgresTemplate(): Promise<string | null> {
  try {
    await onServer("select 1");
  } catch (error) {
    const where = SERVER.replace(/\/\/[^@/]*@/, "//");
    const line = `No PostgreSQL answered at ${where}: its stories did not run. Start one there or set TEST_DATABASE_URL.`;
    if (process.env.CI === "true") throw new Error(line, { cause: error });
    console.warn(`\n${line}\n`);
    process.env.TEST_WITHOUT_POSTGRES = "1";
    return null;
  }
  if (PGBOUNCER === null) {
    const line =
      "PgBouncer is not installed: the stories behind it did not run. `apt-get install pgbouncer` brings it.";
    if (process.env.CI === "true") throw new Error(line);
    console.warn(`\n${line}\n`);
  }
  const name = `test_template_${randomBytes(6).toString("hex")}`;
  await onServer(`create database ${name}`);
  await makeTables(urlOf(name));
  process.env.TEST_TEMPLATE_POSTGRES = name;
  return name;
}

/** Copies are named after their template; tests leave them behind for one another. */
async function dropWithCopies(template: string): Promise<void> {
  for (const name of await namesLike(`${template}%`)) await onServer(`drop database if exists ${name} with (force)`);
}

async function makeTables(url: string): Promise<void> {
  const database = await openDatabase(url);
  await database.close();
}
