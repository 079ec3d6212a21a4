import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import { afterEach, beforeEach, expect, test } from "vitest";
import { casesCommand } from "../../src/cli/cases.ts";
import type { CliContext } from "../../src/cli/context.ts";
import { customersCommand } from "../../src/cli/customers.ts";
import { openDatabase } from "../../src/db/database.ts";
import { EXAMPLE } from "./builders.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "customers-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const open = () => openDatabase(`sqlite:${join(folder, "test.db")}`);

/** Runs the command as a shell would and gives what it printed; paths in it are shortened to the file's name. */
async function run(...words: string[]) {
  const printed = { out: [] as string[], err: [] as string[], failed: [] as string[] };
  const short = (text: string) => text.replaceAll(`${folder}/`, "");
  const context: CliContext = {
    openDatabase: open,
    githubHosts: () => ["github.com"],
    publicUrl: () => ({ kind: "address", url: null }),
    now: () => Date.UTC(2026, 5, 1),
    out: (text) => printed.out.push(short(text)),
    err: (text) => printed.err.push(short(text)),
    fail: (text) => printed.failed.push(short(text)),
  };
  const program = new Command().addCommand(customersCommand(context)).addCommand(casesCommand(context));
  await program.parseAsync(words, { from: "user" });
  return printed;
}

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

async function install(id: number, login: string, state: "active" | "deleted" = "active") {
  const database = await open();
  await database.db
    .insertInto("installations")
    .values({
      id,
      owner_id: id * 10,
      owner_login: login,
      owner_type: "Organization",
      state,
      permissions: "{}",
      installed_at: 0,
    })
    .execute();
  await database.close();
}

test("an import says what it did and whom the data belongs to", async () => {
  const path = file("customers.yml", EXAMPLE);
  expect(await run("customers", "import", path)).toEqual({
    out: [
      "Imported customers.yml.",
      "Customers: 1 added, 0 changed, 0 unchanged, 0 not in the file and kept.\nPeople: 1 added, 0 changed, 0 unchanged, 0 not in the file and kept.",
      "Patches of customers that changed are labelled anew where the app runs.",
    ],
    err: ["The app is not installed anywhere yet: this data belongs to the first installation that comes."],
    failed: [],
  });
});

test("check prints every change and makes none", async () => {
  await install(1, "acme-db");
  await run("customers", "import", file("customers.yml", EXAMPLE));
  const changed = EXAMPLE.replace("tier: gold", "tier: silver").replace("people:", "  - { id: b, name: B }\npeople:");
  const expected = {
    out: [
      "+ customer b",
      "~ customer shinshu-bank",
      "    contracts[0].tier: gold → silver",
      "An import of changed.yml would give:",
      "Customers: 1 added, 1 changed, 0 unchanged, 0 not in the file and kept.\nPeople: 0 added, 0 changed, 1 unchanged, 0 not in the file and kept.",
      "Nothing was changed. To import: patch-advocate customers import changed.yml",
    ],
    err: [],
    failed: [],
  };
  expect(await run("customers", "check", file("changed.yml", changed))).toEqual(expected);
  expect(await run("customers", "check", file("changed.yml", changed))).toEqual(expected);
  const json = await run("customers", "check", file("changed.yml", changed), "--json");
  expect(JSON.parse(json.out.join(""))).toMatchObject({ added: ["b"], changed: [{ id: "shinshu-bank" }] });
});

test("an export may be read by its owner only, and its import changes nothing", async () => {
  await run("customers", "import", file("customers.yml", EXAMPLE));
  for (const name of ["out.yml", "out.csv"]) {
    const path = file(name, "was open to everybody");
    expect((await run("customers", "export", path)).failed).toEqual([]);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    const check = await run("customers", "check", path, "--json");
    expect(JSON.parse(check.out.join(""))).toMatchObject({ added: [], changed: [], unchanged: 1 });
  }
  const printed = await run("customers", "export", "-", "--format", "csv");
  expect(`${printed.out.join("\n")}\n`).toBe(readFileSync(join(folder, "out.csv"), "utf8"));
});

test("problems are told with file, line and column, and nothing is imported", async () => {
  const path = file(
    "customers.yml",
    "customers:\n  - { id: a, name: A, logins: [x] }\n  - { id: b, name: B, logins: [X] }\n",
  );
  expect(await run("customers", "import", path)).toEqual({
    out: [],
    err: ["customers.yml:3:32: The login X belongs to a and to b, on lines 2 and 3. Take it away from one of them."],
    failed: ["One problem in customers.yml; nothing was imported. Correct the file and run the command again."],
  });
  const json = await run("customers", "check", path, "--json");
  expect(JSON.parse(json.out.join(""))).toMatchObject({ problems: [{ line: 3, column: 32 }] });
  expect(json.failed).toHaveLength(1);
});

test("with several installations the owner must be named", async () => {
  await install(1, "acme-db");
  await install(2, "acme-tools");
  await install(3, "gone", "deleted");
  const path = file("customers.yml", EXAMPLE);
  expect((await run("customers", "import", path)).failed).toEqual([
    "The app is installed on several: acme-db, acme-tools. Write --owner with one of them.",
  ]);
  expect((await run("customers", "import", path, "--owner", "gone")).failed).toEqual([
    "The app is not installed on gone. Write --owner with one of acme-db, acme-tools.",
  ]);
  expect((await run("customers", "import", path, "--owner", "ACME-tools")).failed).toEqual([]);
  const exported = await run("customers", "export", "-", "--owner", "acme-tools", "--json");
  expect(JSON.parse(exported.out.join(""))).toMatchObject({ customers: [{ id: "shinshu-bank" }] });
});

test("a file that cannot be read or written says why and what to do", async () => {
  expect((await run("customers", "import", join(folder, "none.yml"))).failed).toEqual([
    "none.yml could not be read: there is no such file or folder. Give the path of a file that is there, or - for standard input.",
  ]);
  expect((await run("cases", "import", `${folder}/.`)).failed).toEqual([
    ". could not be read: it is a folder. Give the path of a file that is there, or - for standard input.",
  ]);
  expect((await run("customers", "export", join(folder, "none", "out.yml"))).failed).toEqual([
    "none/out.yml could not be written: there is no such file or folder. Give another path.",
  ]);
});

test("cases are imported for customers that are known", async () => {
  const cases = file("cases.yml", "cases: [{ reference: CASE-1, customer: shinshu-bank, severity: S1 }]");
  expect((await run("cases", "import", cases)).err).toContain(
    'cases.yml:1:40: customer: No customer has the id shinshu-bank. Import the customer first ("patch-advocate customers import FILE"), or correct the id.',
  );
  await run("customers", "import", file("customers.yml", EXAMPLE));
  expect(await run("cases", "import", cases)).toEqual({
    out: [
      "Imported cases.yml: 1 case added, 0 changed, 0 unchanged.",
      'To link a case to its patch, comment "/case link REFERENCE" on the pull request.',
    ],
    err: ["The app is not installed anywhere yet: this data belongs to the first installation that comes."],
    failed: [],
  });
});

test("every command has help with an example", () => {
  const context: CliContext = {
    openDatabase: open,
    githubHosts: () => ["github.com"],
    publicUrl: () => ({ kind: "address", url: null }),
    now: () => 0,
    out: () => undefined,
    err: () => undefined,
    fail: () => undefined,
  };
  for (const command of [...customersCommand(context).commands, ...casesCommand(context).commands]) {
    let help = "";
    command.configureOutput({ writeOut: (text) => (help += text) });
    command.outputHelp();
    expect(help).toMatch(/Examples?:\n {2}patch-advocate (customers|cases) (import|check|export) /);
  }
});
