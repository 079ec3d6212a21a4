// The commands together. Apart from the process that runs them, so that tests can run them without one.
import { Command } from "commander";
import { backupCommand } from "./backup.ts";
import { casesCommand } from "./cases.ts";
import type { CliContext } from "./context.ts";
import { customersCommand } from "./customers.ts";
import { deliveriesCommand } from "./deliveries.ts";
import { pauseCommand, resumeCommand } from "./pauses.ts";
import { peopleCommand } from "./people.ts";
import { tokensCommand } from "./tokens.ts";

const HELP = `
Every command has --help with an example. They work beside a running server, on the database that DATABASE_URL (environment or
.env) names. Without a command the server starts, as with \`npm start\`.`;

/** Every command of `patch-advocate`. `databaseUrl` is asked only by a command that runs. */
export function createProgram(context: CliContext, databaseUrl: () => string): Command {
  const program = new Command("patch-advocate")
    .description("Sees to it that patches written for paying customers are answered.")
    .showHelpAfterError("(--help shows what is possible)")
    .addHelpText("after", HELP);
  for (const command of [
    customersCommand(context),
    casesCommand(context),
    deliveriesCommand(context),
    pauseCommand(context),
    resumeCommand(context),
    tokensCommand(context),
    peopleCommand(context),
    backupCommand(context, databaseUrl),
  ]) {
    for (const each of [command, ...command.commands]) each.copyInheritedSettings(program);
    program.addCommand(command);
  }
  return program;
}
