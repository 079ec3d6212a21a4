// `patch-advocate cases import FILE`: what the help desk says of its cases.
import { Command } from "commander";
import { parseCases } from "../cases/import.ts";
import { checkCaseCustomers, importAllCases } from "../cases/store-import.ts";
import type { CliContext } from "./context.ts";
import { formatOption, ownerOption, withDatabase } from "./customers.ts";
import { chooseOwner, counted, type ImportOptions, nameOf, readImportFile, tellProblems } from "./import-file.ts";

const IMPORT_HELP = `
Cases are known by their reference. An empty cell leaves what is known as it is, and what somebody says later, by a
command or another import, wins. Cases that are not in the file stay. The header of a CSV file is
reference,title,customer,severity,state,summary,stake,workaround,needed_by,next_report,assignee,url

Examples:
  patch-advocate cases import cases.csv
  patch-advocate cases import --owner acme-db - < cases.yml`;

/** The command `cases` with its verb. */
export function casesCommand(context: CliContext): Command {
  const command = new Command("cases").description("import cases of a help desk");
  command
    .command("import")
    .description("store what a cases file says (CSV or YAML; - is standard input)")
    .argument("<file>")
    .addOption(ownerOption())
    .addOption(formatOption())
    .option("--json", "print the changes as JSON")
    .addHelpText("after", IMPORT_HELP)
    .action((file: string, options: ImportOptions) => runImport(context, file, options));
  return command;
}

async function runImport(context: CliContext, file: string, options: ImportOptions): Promise<void> {
  const given = await readImportFile(context, file, options);
  if (given === null) return;
  const parsed = parseCases(given.text, given.format);
  if (parsed.kind === "problems") return tellProblems(context, { file, problems: parsed.problems, options });
  await withDatabase(context, async (database) => {
    const owner = await chooseOwner(context, database.db, options.owner);
    if (owner === null) return;
    const checked = await checkCaseCustomers(database.db, owner.ownerId, parsed.cases);
    if (checked.kind === "problems") return tellProblems(context, { file, problems: checked.problems, options });
    const of = { ownerId: owner.ownerId, cases: checked.cases, now: context.now() };
    const changes = await importAllCases(database, of);
    if (options.json === true) return context.out(JSON.stringify(changes, null, 2));
    context.out(
      `Imported ${nameOf(file)}: ${counted(changes.added.length, "case")} added, ${changes.changed.length} changed, ${changes.unchanged} unchanged.`,
    );
    context.out('To link a case to its patch, comment "/case link REFERENCE" on the pull request.');
  });
}
