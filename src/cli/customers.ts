// `patch-advocate customers import | check | export FILE`: the private list of customers, in and out.
import { Command, Option } from "commander";
import type { ChangeList, Changes } from "../customers/changes.ts";
import { parseCustomers, type ReadCustomersFile } from "../customers/parse.ts";
import { checkImport, exportCustomers, importCustomers } from "../customers/store-import.ts";
import { customersToCsv, customersToYaml } from "../customers/write.ts";
import type { Database } from "../db/database.ts";
import type { CliContext } from "./context.ts";
import {
  chooseOwner,
  counted,
  type ImportOptions,
  nameOf,
  readImportFile,
  tellProblems,
  writePrivateFile,
} from "./import-file.ts";

const IMPORT_HELP = `
Customers and people that are not in the file stay as they are, so an empty file deletes nothing. The same file again
changes nothing. CSV holds the flat part only: contacts, ids, deputies and targets that are stored stay.

Examples:
  patch-advocate customers check customers.yml
  patch-advocate customers import customers.yml
  patch-advocate customers import --owner acme-db --format csv - < customers.csv`;

const CHECK_HELP = `
Prints, field by field, what an import would change, and changes nothing.

Example:
  patch-advocate customers check customers.yml`;

const EXPORT_HELP = `
Writes all customers and people, so that an import of the file changes nothing. Only you may read the file. CSV holds
the flat part only: a row a contract.

Examples:
  patch-advocate customers export customers.yml
  patch-advocate customers export --format csv - > customers.csv`;

/** The command `customers` with its three verbs. */
export function customersCommand(context: CliContext): Command {
  const command = new Command("customers").description("import, check or export customers and people");
  command
    .command("import")
    .description("store what a customers file says (YAML or CSV; - is standard input)")
    .argument("<file>")
    .addOption(ownerOption())
    .addOption(formatOption())
    .option("--json", "print the changes as JSON")
    .addHelpText("after", IMPORT_HELP)
    .action((file: string, options: ImportOptions) => runImport(context, file, options));
  command
    .command("check")
    .description("print what an import would change")
    .argument("<file>")
    .addOption(ownerOption())
    .addOption(formatOption())
    .option("--json", "print the changes as JSON")
    .addHelpText("after", CHECK_HELP)
    .action((file: string, options: ImportOptions) => runCheck(context, file, options));
  command
    .command("export")
    .description("write a file with all customers and people (- is standard output)")
    .argument("<file>")
    .addOption(ownerOption())
    .addOption(formatOption())
    .option("--json", "write JSON, which is YAML too")
    .addHelpText("after", EXPORT_HELP)
    .action((file: string, options: ImportOptions) => runExport(context, file, options));
  return command;
}

export const ownerOption = () => new Option("--owner <login>", "whose data, where the app has several installations");
export const formatOption = () =>
  new Option("--format <format>", "yaml or csv; else by the name").choices(["yaml", "csv"]);

async function runImport(context: CliContext, file: string, options: ImportOptions): Promise<void> {
  const read = await readFile(context, file, options);
  if (read === null) return;
  await withDatabase(context, async (database) => {
    const owner = await chooseOwner(context, database.db, options.owner);
    if (owner === null) return;
    const outcome = await database.transaction((tx) =>
      importCustomers(tx, { ownerId: owner.ownerId, read, now: context.now() }),
    );
    if (outcome.kind === "problems") return tellProblems(context, { file, problems: outcome.problems, options });
    if (options.json === true) return context.out(JSON.stringify(outcome.changes, null, 2));
    context.out(`Imported ${nameOf(file)}.`);
    context.out(summaryOf(outcome.changes));
    const { added, changed } = outcome.changes;
    if (added.length + changed.length > 0)
      context.out("Patches of customers that changed are labelled anew where the app runs.");
  });
}

async function runCheck(context: CliContext, file: string, options: ImportOptions): Promise<void> {
  const read = await readFile(context, file, options);
  if (read === null) return;
  await withDatabase(context, async (database) => {
    const owner = await chooseOwner(context, database.db, options.owner);
    if (owner === null) return;
    const outcome = await checkImport(database.db, { ownerId: owner.ownerId, read });
    if (outcome.kind === "problems") return tellProblems(context, { file, problems: outcome.problems, options });
    if (options.json === true) return context.out(JSON.stringify(outcome.changes, null, 2));
    for (const line of changeLines(outcome.changes)) context.out(line);
    context.out(`An import of ${nameOf(file)} would give:`);
    context.out(summaryOf(outcome.changes));
    context.out(`Nothing was changed. To import: patch-advocate customers import ${file}`);
  });
}

async function runExport(context: CliContext, file: string, options: ImportOptions): Promise<void> {
  await withDatabase(context, async (database) => {
    const owner = await chooseOwner(context, database.db, options.owner);
    if (owner === null) return;
    const stored = await exportCustomers(database.db, owner.ownerId);
    const isCsv = options.format === undefined ? /\.csv$/i.test(file) : options.format === "csv";
    const text = isCsv ? customersToCsv(stored) : customersToYaml(stored, options.json === true ? "json" : "yaml");
    if (file === "-") return context.out(text.trimEnd());
    const reason = await writePrivateFile(file, text);
    if (reason !== null) return context.fail(`${file} could not be written: ${reason}. Give another path.`);
    const count = `${counted(stored.customers.length, "customer")} and ${counted(stored.people.length, "person")}`;
    context.err(`Wrote ${count} to ${file}, which only you may read. Keep it out of repositories.`);
  });
}

async function readFile(context: CliContext, file: string, options: ImportOptions): Promise<ReadCustomersFile | null> {
  const given = await readImportFile(context, file, options);
  if (given === null) return null;
  const parsed = parseCustomers(given.text, given.format);
  if (parsed.kind === "file") return parsed;
  tellProblems(context, { file, problems: parsed.problems, options });
  return null;
}

/** Opens the database for one piece of work and closes it, however that ends. */
export async function withDatabase(context: CliContext, work: (database: Database) => Promise<void>): Promise<void> {
  const database = await context.openDatabase();
  try {
    await work(database);
  } finally {
    await database.close();
  }
}

function summaryOf(changes: Changes): string {
  return `Customers: ${countsOf(changes)}.\nPeople: ${countsOf(changes.people)}.`;
}

function countsOf({ added, changed, unchanged, kept }: ChangeList): string {
  return `${added.length} added, ${changed.length} changed, ${unchanged} unchanged, ${kept} not in the file and kept`;
}

function changeLines(changes: Changes): string[] {
  return [...linesOf(changes, "customer"), ...linesOf(changes.people, "person")];
}

function linesOf({ added, changed }: ChangeList, noun: string): string[] {
  return [
    ...added.map((id) => `+ ${noun} ${id}`),
    ...changed.flatMap(({ id, fields }) => [
      `~ ${noun} ${id}`,
      ...fields.map(({ field, before, after }) => `    ${field}: ${before ?? "(nothing)"} → ${after ?? "(nothing)"}`),
    ]),
  ];
}
