// `patch-advocate pause | resume [OWNER]`: stop all writing on GitHub and all telling, at once and for sure, and let it go on.
import { Command } from "commander";
import { installedOwners } from "../customers/store.ts";
import type { Db } from "../db/database.ts";
import { type PauseScope, pauses, pauseWriting, resumeWriting } from "../effects/pauses-store.ts";
import type { CliContext } from "./context.ts";
import { withDatabase } from "./customers.ts";

const PAUSE_HELP = `
Nothing is written on GitHub and nobody is told anything by mail, Slack, webhook or PagerDuty until you resume; deliveries are
still received, decisions still made, and what is due waits.
Without OWNER everything is paused.

Examples:
  patch-advocate pause
  patch-advocate pause acme-db --because "migration on Friday"`;

const RESUME_HELP = `
Lifts a pause, also one that the fuse set after too many comments. Without OWNER the pause of everything is lifted; pauses of
single owners stay.

Examples:
  patch-advocate resume
  patch-advocate resume acme-db`;

const LONGEST_BECAUSE = 500;

type Scope = { readonly scope: PauseScope; readonly name: string; readonly argument: string };

/** The command `pause`. */
export function pauseCommand(context: CliContext): Command {
  return new Command("pause")
    .description("stop all writing on GitHub and all private messages, for one owner or for all")
    .argument("[owner]", "an organisation or user where the app is installed")
    .option("--because <text>", "why, for whoever asks")
    .addHelpText("after", PAUSE_HELP)
    .action((owner: string | undefined, options: { readonly because?: string }) =>
      runPause(context, owner, options.because),
    );
}

/** The command `resume`. */
export function resumeCommand(context: CliContext): Command {
  return new Command("resume")
    .description("let writing and private messages go on, for one owner or for all")
    .argument("[owner]", "an organisation or user where the app is installed")
    .addHelpText("after", RESUME_HELP)
    .action((owner: string | undefined) => runResume(context, owner));
}

async function runPause(context: CliContext, owner: string | undefined, because?: string): Promise<void> {
  await withDatabase(context, async (database) => {
    const scope = await chooseScope(context, database.db, owner);
    if (scope === null) return;
    const before = (await pauses(database.db)).find((pause) => pause.scope === scope.scope);
    if (before !== undefined) {
      const since = new Date(before.since).toISOString();
      return context.out(`${scope.name} has been paused since ${since}: ${before.because}. Nothing changed.`);
    }
    const reason = (because ?? "paused by command").slice(0, LONGEST_BECAUSE);
    await database.transaction((tx) => pauseWriting(tx, { scope: scope.scope, because: reason, since: context.now() }));
    context.out(
      `${scope.name} is paused: nothing is written on GitHub and nobody is told anything, what is due waits.`,
    );
    context.out(`To go on: patch-advocate resume${scope.argument}`);
  });
}

async function runResume(context: CliContext, owner: string | undefined): Promise<void> {
  await withDatabase(context, async (database) => {
    const scope = await chooseScope(context, database.db, owner);
    if (scope === null) return;
    const wasPaused = await database.transaction((tx) => resumeWriting(tx, scope.scope));
    database.hint("effects");
    database.hint("notices");
    context.out(wasPaused ? `${scope.name} is no longer paused.` : `${scope.name} was not paused.`);
    await tellWhatIsPaused(context, database.db, scope);
  });
}

/** A pause of everything stops the owner too, and the other way round: nobody should believe that all is well. */
async function tellWhatIsPaused(context: CliContext, db: Db, lifted: Scope): Promise<void> {
  const left = await pauses(db);
  if (lifted.scope !== "all" && left.some(({ scope }) => scope === "all")) {
    context.out("Everything is paused still, this owner too. To go on: patch-advocate resume");
  }
  if (lifted.scope !== "all") return;
  const logins = new Map((await installedOwners(db)).map(({ ownerId, login }) => [`owner:${ownerId}`, login]));
  for (const { scope, because } of left) {
    const login = logins.get(scope);
    if (login !== undefined) {
      context.out(`${login} is paused still: ${because}. To go on: patch-advocate resume ${login}`);
    }
  }
}

async function chooseScope(context: CliContext, db: Db, login: string | undefined): Promise<Scope | null> {
  if (login === undefined) return { scope: "all", name: "Everything", argument: "" };
  const owners = await installedOwners(db);
  const owner = owners.find((known) => known.login.toLowerCase() === login.toLowerCase());
  if (owner !== undefined) {
    return { scope: `owner:${owner.ownerId}`, name: owner.login, argument: ` ${owner.login}` };
  }
  const known = owners.map((one) => one.login).join(", ");
  context.fail(
    known === ""
      ? `The app is not installed anywhere yet, so there is no owner ${login}. Leave OWNER out to mean everything.`
      : `The app is not installed at ${login}. It is installed at: ${known}.`,
  );
  return null;
}
