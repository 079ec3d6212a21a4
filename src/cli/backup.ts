// `patch-advocate backup FILE`: a whole copy of the database while the server runs.
import { existsSync } from "node:fs";
import { open, rm, stat } from "node:fs/promises";
import { backup, DatabaseSync } from "node:sqlite";
import { Command } from "commander";
import type { CliContext } from "./context.ts";

const HELP = `
Copies the SQLite database into a new file that only you may read, while the server runs. With PostgreSQL it prints the
command of PostgreSQL's own tool instead. Keep the copy as private as the database: customers are in it.

Examples:
  patch-advocate backup patch-advocate-backup.db
  patch-advocate backup "/backups/patch-advocate-$(date +%F).db"`;

/** More pages than a file has: in one step, since a copy in several begins anew whenever the server writes in between. */
const ALL_PAGES = 2 ** 31 - 1;

/** The command `backup`. `readDatabaseUrl` says which database, or throws what is wrong with its name. */
export function backupCommand(context: CliContext, readDatabaseUrl: () => string): Command {
  return new Command("backup")
    .description("copy the whole database into a new file")
    .argument("<file>", "a file that does not exist yet")
    .addHelpText("after", HELP)
    .action((file: string) => runBackup(context, file, readDatabaseUrl()));
}

async function runBackup(context: CliContext, file: string, url: string): Promise<void> {
  if (!url.startsWith("sqlite:")) {
    return context.fail(
      `The database is PostgreSQL; its own tool backs it up:\n  pg_dump --format=custom --file=${quoted(file)} ${quoted(withoutPassword(url))}\nTo restore: pg_restore --clean --if-exists --dbname=DATABASE FILE`,
    );
  }
  const path = url.replace(/^sqlite:(\/\/)?/, "");
  if (!existsSync(path)) {
    return context.fail(`There is no database at ${path}. Run this where the server runs, with the same DATABASE_URL.`);
  }
  try {
    // Made by us and empty, so that nothing of somebody else's is overwritten, and nobody else may read it.
    await (await open(file, "wx", 0o600)).close();
  } catch (error) {
    const isThere = error instanceof Error && "code" in error && error.code === "EEXIST";
    const reason = isThere ? "it exists already" : error instanceof Error ? error.message : String(error);
    return context.fail(`${file} cannot be written: ${reason}. Give the path of a new file.`);
  }
  try {
    await copy(path, file);
  } catch (error) {
    await rm(file, { force: true });
    throw error;
  }
  const { size } = await stat(file);
  context.out(`Wrote ${file} (${(size / 1_000_000).toFixed(1)} MB). Only you may read it; keep it private.`);
  context.out(`To restore: stop the server, delete ${path}-wal and ${path}-shm, put the copy in the place of ${path}.`);
}

async function copy(path: string, file: string): Promise<void> {
  const source = new DatabaseSync(path, { readOnly: true, timeout: 10_000 });
  try {
    await backup(source, file, { rate: ALL_PAGES });
  } finally {
    source.close();
  }
}

function withoutPassword(url: string): string {
  const parsed = new URL(url);
  parsed.password = "";
  return parsed.toString();
}

function quoted(word: string): string {
  return /^[A-Za-z0-9_./:@-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
