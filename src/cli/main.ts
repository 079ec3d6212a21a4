// The command line's process: its environment, its output, its exit code.
import { existsSync } from "node:fs";
import { readDatabaseUrl, readGithubHosts, readPublicUrl } from "../config.ts";
import { openDatabase } from "../db/database.ts";
import { describeFault } from "../log.ts";
import type { CliContext } from "./context.ts";
import { createProgram } from "./program.ts";

// Customers are in the files that we make: nobody else on the machine may read them.
process.umask(0o077);
if (existsSync(".env")) process.loadEnvFile(".env");

const context: CliContext = {
  openDatabase: () => {
    const url = databaseUrl();
    const path = url.replace(/^sqlite:(\/\/)?/, "");
    if (url.startsWith("sqlite:") && !existsSync(path)) {
      console.error(`There was no database at ${path}: a new one is made. Is this where the server runs?`);
    }
    return openDatabase(url);
  },
  publicUrl: () => readPublicUrl(process.env),
  githubHosts: () => readGithubHosts(process.env),
  now: () => Date.now(),
  out: (text) => console.log(text),
  err: (text) => console.error(text),
  fail: (message) => {
    console.error(message);
    process.exitCode = 1;
  },
};

const program = createProgram(context, databaseUrl).hook("preAction", () => {
  const read = readDatabaseUrl(process.env);
  if ("url" in read) return;
  console.error(read.error);
  process.exit(1);
});

try {
  await program.parseAsync();
} catch (error) {
  context.fail(
    `${describeFault(error)}\nIs DATABASE_URL right, and is there room and permission? Then run the command again.`,
  );
}

function databaseUrl(): string {
  const read = readDatabaseUrl(process.env);
  if ("url" in read) return read.url;
  throw new Error(read.error);
}
