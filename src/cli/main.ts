// The command line's process: reads which database, registers the commands, sets the exit code. Each command has a file of its own.
import { existsSync } from "node:fs";
import { Command } from "commander";
import { readDatabaseUrl } from "../config.ts";
import { openDatabase } from "../db/database.ts";
import { describeFault } from "../log.ts";
import { backupCommand } from "./backup.ts";
import { casesCommand } from "./cases.ts";
import type { CliContext } from "./context.ts";
import { customersCommand } from "./customers.ts";
import { deliveriesCommand } from "./deliveries.ts";
import { pauseCommand, resumeCommand } from "./pauses.ts";

const HELP = `
Every command has --help with an example. They work beside a running server, on the database that DATABASE_URL (environment or
.env) names. Without a command the server starts, as with \`npm start\`.`;

// Customers are in the files that we make: nobody else on the machine may read them.
process.umask(0o077);
if (existsSync(".env")) process.loadEnvFile(".env");

const context: CliContext = {
  openDatabase: () => {
    const path = databaseUrl().replace(/^sqlite:(\/\/)?/, "");
    if (databaseUrl().startsWith("sqlite:") && !existsSync(path)) {
      console.error(`There was no database at ${path}: a new one is made. Is this where the server runs?`);
    }
    return openDatabase(databaseUrl());
  },
  now: () => Date.now(),
  out: (text) => console.log(text),
  err: (text) => console.error(text),
  fail: (message) => {
    console.error(message);
    process.exitCode = 1;
  },
};

const program = new Command("patch-advocate")
  .description("Sees to it that patches written for paying customers are answered.")
  .showHelpAfterError("(--help shows what is possible)")
  .addHelpText("after", HELP)
  .hook("preAction", () => {
    const read = readDatabaseUrl(process.env);
    if ("url" in read) return;
    console.error(read.error);
    process.exit(1);
  });

for (const command of [
  customersCommand(context),
  casesCommand(context),
  deliveriesCommand(context),
  pauseCommand(context),
  resumeCommand(context),
  backupCommand(context, databaseUrl),
]) {
  program.addCommand(command);
}

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
