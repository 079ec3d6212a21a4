// `patch-advocate people erase LOGIN|EMAIL`: takes out of the database whatever it holds of one person, and tells what it did and what stays.
import { Command } from "commander";
import { type Erasure, erase, type Stay } from "../erasure/erase.ts";
import { whoIs } from "../erasure/known-store.ts";
import type { CliContext } from "./context.ts";
import { withDatabase } from "./customers.ts";
import { counted } from "./import-file.ts";

const ERASE_HELP = `
Logins, names, addresses, ways to be told, sessions, links and what was told to them go; where a row is needed for what was
decided (whose turn it was, what was said and counted), a mark such as erased--3 stands in their place. Nothing is told or
written again because of it. It cannot be undone. Works beside a running server; whoever comes back is known again from then on.

Look first with --check, which changes nothing and shows samples. In sentences only what can hardly mean anything else is
replaced: @login, a login with a digit or a hyphen, addresses, full names as they are written (佐藤さん, 佐藤花子). A word that is
also a login or a mere first name is left and counted.

Examples:
  patch-advocate people erase mira --check
  patch-advocate people erase mira
  patch-advocate people erase mira --id 583231          # where several people bore the login
  patch-advocate people erase ito@shinshu-bank.example --json`;

const WHY: Readonly<Record<Stay, readonly [one: string, many: string, because: string]>> = {
  "any-word": ["row", "rows", "with a word that may be them, or any word, or somebody else: look yourself"],
  "on-the-way": ["thing", "things", "on the way this moment; run the command again in a minute"],
  policies: ["policy", "policies", "files of your repositories on GitHub: change them there"],
  "code-owners": ["CODEOWNERS file", "CODEOWNERS files", "files of your repositories on GitHub: change them there"],
  quiet: ["wish not to be mentioned", "wishes not to be mentioned", "theirs: without it they would be mentioned again"],
  "own-account": ["installation", "installations", "it is on their own account: uninstall the App there"],
};

type EraseOptions = { readonly check?: boolean; readonly json?: boolean; readonly id?: string };

/** The command `people` with its verb. */
export function peopleCommand(context: CliContext): Command {
  const command = new Command("people").description("erase what is kept of a person");
  command
    .command("erase")
    .description("erase everything of one person, by login or e-mail address")
    .argument("<person>", "a login on GitHub, or an e-mail address")
    .option("--check", "print what would be erased, and change nothing")
    .option("--id <number>", "GitHub's id of the person, where several bore the login")
    .option("--json", "print JSON")
    .addHelpText("after", ERASE_HELP)
    .action((person: string, options: EraseOptions) => runErase(context, person, options));
  return command;
}

async function runErase(context: CliContext, given: string, options: EraseOptions): Promise<void> {
  const person = given.trim().replace(/^@/, "");
  if (!/^[A-Za-z0-9](?:[A-Za-z0-9_-]{0,99})$|^[^\s@]+@[^\s@]+$/.test(person))
    return context.fail(`${given} is neither a login nor an e-mail address.`);
  if (options.id !== undefined && !/^[1-9][0-9]{0,14}$/.test(options.id))
    return context.fail(`${options.id} is no id of GitHub's. Write the number, like --id 583231.`);
  const isCheck = options.check === true;
  await withDatabase(context, async (database) => {
    const id = options.id === undefined ? null : Number(options.id);
    const who = await whoIs(database.db, { person, id, hosts: context.githubHosts() });
    if (who.kind === "several")
      return context.fail(
        `Several people bear or bore the login ${who.login}: ${who.ids.join(", ")} (https://api.github.com/user/${who.ids[0]} shows who that is). Say which one with --id.`,
      );
    const erasure = await erase(database, { known: who.known, isCheck, now: context.now() });
    if (options.json === true) return context.out(JSON.stringify({ person, isCheck, ...erasure }, null, 2));
    for (const line of linesOf(person, erasure, isCheck)) context.out(line);
  });
}

function linesOf(person: string, { mark, rows, stays, samples }: Erasure, isCheck: boolean): readonly string[] {
  const kept = (Object.keys(WHY) as Stay[])
    .filter((stay) => stays[stay] > 0)
    .map((stay) => {
      const [one, many, because] = WHY[stay];
      return `  ${stays[stay]} ${stays[stay] === 1 ? one : many}: ${because}`;
    });
  const tables = Object.entries(rows).map(
    ([table, count]) => `  ${table.replaceAll("_", " ")}: ${counted(count, "row")}`,
  );
  const done =
    tables.length === 0
      ? [`Nothing is kept that names ${person}.`]
      : [isCheck ? `Would be erased of ${person}:` : `Erased; ${mark} stands in the place of ${person}:`, ...tables];
  const outside = [
    "Not in this database, and not touched:",
    "  what they wrote on GitHub, and GitHub's own numbers for them and for their comments, by which whose turn it is stays known",
    "  your customers file: an import that names them brings them back",
    "  backups and logs from before: they hold what they held",
  ];
  return [
    ...done,
    ...(samples.length === 0 ? [] : ["For example:"]),
    ...samples.flatMap(({ where, before, after }) => [`  ${where}: ${before}`, `    becomes: ${after}`]),
    ...(kept.length === 0 ? [] : ["Stays:", ...kept]),
    ...outside,
    ...(isCheck && tables.length > 0 ? [`Nothing was changed. To erase: patch-advocate people erase ${person}`] : []),
  ];
}
