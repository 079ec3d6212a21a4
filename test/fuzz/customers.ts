// The fuzz of files that owners bring: customers and cases, as YAML and as CSV, from bytes to the check against what is stored.
import fc from "fast-check";
import { stringify } from "yaml";
import { CASE_COLUMNS, parseCases } from "../../src/cases/import.ts";
import { CUSTOMER_COLUMNS } from "../../src/customers/csv-rows.ts";
import { decodeFile, type FileProblem, formatOf, MAX_PROBLEMS } from "../../src/customers/file.ts";
import { parseCustomers, type ReadCustomersFile } from "../../src/customers/parse.ts";
import { checkImport, importCustomers } from "../../src/customers/store-import.ts";
import { customersToCsv, customersToYaml } from "../../src/customers/write.ts";
import { openDatabase } from "../../src/db/database.ts";
import { SMALL_CHARACTERS } from "../../src/work/read-file.ts";
import { makeDatabase } from "../support/databases.ts";
import { hostileText, hostileWord } from "./hostile.ts";
import { change, changed, garble, garbled } from "./json.ts";
import { type Target, unclear } from "./target.ts";

const OWNER = 7;
/** What is read at once; longer files are read in a thread, or by a command. */
const LONGEST = SMALL_CHARACTERS;

const CUSTOMERS = {
  customers: [
    {
      id: "shinshu-bank",
      name: "Shinshu Bank",
      timezone: "Asia/Tokyo",
      confidential: false,
      owner: {
        name: "Sato",
        email: "sato@acme.example",
        language: "ja",
        slack: "U0123",
        github: "sato-acme",
        deputy: { name: "Mori", email: "mori@acme.example" },
      },
      consultant: { github: "kenji" },
      logins: ["sb-dev1"],
      organizations: ["shinshu-bank"],
      domains: ["shinshu-bank.example"],
      ids: { zendesk: "3600" },
      contacts: [{ name: "Ito", email: "ito@shinshu-bank.example", language: "ja" }],
      contracts: [
        { plan: "subscription", tier: "gold", from: "2026-04-01", until: "2027-03-31", targets: { S1: "2h" } },
        { plan: "consulting", from: "2026-06-01", until: "2026-12-31" },
      ],
    },
    { id: "hida", name: "Hida", logins: ["hida-dev"] },
  ],
  people: [
    {
      github: "kenji",
      name: "Kenji",
      email: "kenji@acme.example",
      slack: "U0456",
      language: "ja",
      timezone: "Asia/Tokyo",
      hours: "09:00-18:00",
    },
  ],
};
const CASES = {
  cases: [
    {
      reference: "CASE-1",
      title: "Backup hangs",
      customer: "hida",
      severity: "S2",
      state: "open",
      summary: "It hangs",
      needed_by: "2026-12-29 the audit",
      next_report: "2026-04-01",
      assignee: "kenji",
      url: "https://support.acme.example/1",
    },
  ],
};

const GOOD_CELLS = [
  "shinshu-bank",
  "Hida",
  "Asia/Tokyo",
  "true",
  "sato@acme.example",
  "ja",
  "kenji",
  "a b",
  "subscription",
  "gold",
  "2026-04-01",
  "2027-03-31",
  "S2",
  "open",
  "CASE-1",
];

const yamlText = fc
  .tuple(fc.constantFrom<unknown>(CUSTOMERS, CASES), fc.array(change, { maxLength: 4 }), fc.boolean(), garble)
  .map(([base, changes, isFlow, how]) => {
    const made = changed(base, changes);
    return garbled(isFlow ? (JSON.stringify(made) ?? "") : written(made), how).slice(0, LONGEST);
  });

function written(value: unknown): string {
  try {
    return stringify(value, { aliasDuplicateObjects: true });
  } catch {
    return JSON.stringify(value) ?? "";
  }
}

const cell = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom(...GOOD_CELLS, "", "") },
  { weight: 2, arbitrary: hostileWord },
  { weight: 1, arbitrary: hostileText(20_000) },
);
const row = fc.array(cell, { maxLength: 16 });
const header = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(CUSTOMER_COLUMNS, CASE_COLUMNS) },
  { weight: 2, arbitrary: fc.array(fc.oneof(fc.constantFrom(...CUSTOMER_COLUMNS), hostileWord), { maxLength: 8 }) },
);
const csvText = fc
  .record({
    header,
    rows: fc.array(row, { maxLength: 8 }),
    times: fc.constantFrom(1, 1, 1, 1, 1, 1, 1, 1, 40, 2_000),
    separator: fc.constantFrom(",", ",", ",", ";", "\t"),
    end: fc.constantFrom("\n", "\r\n", "\r"),
    isQuoted: fc.boolean(),
    how: garble,
  })
  .map(({ header, rows, times, separator, end, isQuoted, how }) => {
    const line = (cells: readonly string[]) =>
      cells
        .map((each) => (isQuoted || /[",\r\n]/.test(each) ? `"${each.replaceAll('"', '""')}"` : each))
        .join(separator) + end;
    const body = rows.map(line).join("");
    return garbled(
      line(header) + body.repeat(body === "" ? 1 : Math.min(times, Math.ceil(LONGEST / body.length))),
      how,
    ).slice(0, LONGEST);
  });

const PIECES = [
  "customers:\n",
  "cases:\n",
  "people:\n",
  "  - ",
  "- ",
  "id: ",
  "{",
  "}",
  "[",
  "]",
  "&a ",
  "*a",
  "<<: *a",
  '"',
  ",",
  "? ",
  "\t",
  "!!binary x",
  "| ",
  "%YAML 9\n",
  "\r",
  "---\n",
  "\n",
  "  ",
];
const ofPieces = fc
  .tuple(
    fc.array(fc.oneof(fc.constantFrom(...PIECES), hostileWord), { minLength: 1, maxLength: 8 }),
    fc.constantFrom(1, 1, 1, 1, 1, 1, 3, 50, 2_000, 60_000),
  )
  .map(([pieces, times]) => {
    const piece = pieces.join("");
    return piece.repeat(Math.min(times, Math.ceil(LONGEST / Math.max(piece.length, 1)))).slice(0, LONGEST);
  });

type Encoding = "utf-8" | "bom" | "utf-16" | "latin-1";
type Input = { readonly text: string; readonly encoding: Encoding; readonly name: string };

const inputs: fc.Arbitrary<Input> = fc.record({
  text: fc.oneof(
    { weight: 5, arbitrary: yamlText },
    { weight: 5, arbitrary: csvText },
    { weight: 3, arbitrary: ofPieces },
  ),
  encoding: fc.oneof(
    { weight: 9, arbitrary: fc.constant<Encoding>("utf-8") },
    { weight: 1, arbitrary: fc.constantFrom<Encoding>("bom", "utf-16", "latin-1") },
  ),
  name: fc.constantFrom("file.yml", "file.csv", "-"),
});

function bytesOf({ text, encoding }: Input): Uint8Array {
  if (encoding === "utf-16") return Buffer.from(`\ufeff${text}`, "utf16le");
  return Buffer.from(encoding === "bom" ? `\ufeff${text}` : text, encoding === "latin-1" ? "latin1" : "utf8");
}

/** One database for all inputs, with two customers in it: a check changes nothing. */
export async function openCustomers(): Promise<{ target: Target<Input>; close: () => Promise<void> }> {
  const made = await makeDatabase("sqlite");
  const database = await openDatabase(made.url);
  const stored = parseCustomers(written(CUSTOMERS), "yaml");
  if (stored.kind !== "file") throw new Error(JSON.stringify(stored.problems));
  await database.transaction((tx) => importCustomers(tx, { ownerId: OWNER, read: stored, now: 0 }));
  const target: Target<Input> = {
    name: "customers",
    inputs,
    harmOf: async (input, measure) => {
      const decoded = decodeFile(bytesOf(input));
      if (decoded.kind === "problems") return wrongWith(decoded.problems, input.text);
      const { text } = decoded;
      const format = formatOf(input.name, text);
      const cases = await measure(() => parseCases(text, format));
      const read = await measure(() => parseCustomers(text, format));
      const wrong = cases.kind === "problems" ? wrongWith(cases.problems, text) : null;
      if (wrong !== null) return wrong;
      if (read.kind === "problems") return wrongWith(read.problems, text);
      const outcome = await measure(() => checkImport(database.db, { ownerId: OWNER, read }));
      return outcome.kind === "problems" ? wrongWith(outcome.problems, text) : wrongWrittenAgain(read);
    },
    show: ({ text, encoding, name }) => `${name} (${encoding}) ${JSON.stringify(text)}`,
  };
  return {
    target,
    close: async () => {
      await database.close();
      await made.remove();
    },
  };
}

/** What was read can be written, and read again. CSV holds the flat part only. */
function wrongWrittenAgain({ file }: ReadCustomersFile): string | null {
  customersToCsv(file);
  const again = parseCustomers(customersToYaml(file, "yaml"), "yaml");
  return again.kind === "file" ? null : `what was read cannot be read again: ${JSON.stringify(again.problems[0])}`;
}

function wrongWith(problems: readonly FileProblem[], text: string): string | null {
  if (problems.length === 0 || problems.length > MAX_PROBLEMS) return `${problems.length} problems are told`;
  for (const { line, column, message } of problems) {
    if (line < 1 || column < 1) return `a problem stands at ${line}:${column}`;
    const wrong = unclear(message, text);
    if (wrong !== null) return wrong;
  }
  return null;
}
