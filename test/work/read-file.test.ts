// Large files are read in a thread of their own, and say there what they say anywhere.
import { expect, test } from "vitest";
import { parseCases } from "../../src/cases/import.ts";
import { parseCustomers } from "../../src/customers/parse.ts";
import { readCasesText, readCustomersText } from "../../src/work/read-file.ts";

const customers = (last: string) =>
  `customers:\n${Array.from({ length: 3000 }, (_, n) => `  - { id: c${n}, name: Customer number ${n}, logins: [dev-${n}] }\n`).join("")}  - ${last}\n`;
const cases = `cases:\n${Array.from({ length: 3000 }, (_, n) => `  - { reference: CASE-${n}, title: Case number ${n}, needed_by: 2026-04-01 }\n`).join("")}`;

test("a large file says in its thread what it says anywhere, several one after the other", async () => {
  const [right, wrong] = [customers("{ id: last, name: Last }"), customers("{ id: last, logins: [dev-7] }")];
  expect(right.length).toBeGreaterThan(100_000);
  const read = [readCustomersText(right, "yaml"), readCustomersText(wrong, "yaml"), readCasesText(cases, "yaml")];
  expect(await Promise.all(read)).toEqual([
    parseCustomers(right, "yaml"),
    parseCustomers(wrong, "yaml"),
    parseCases(cases, "yaml"),
  ]);
  expect(await readCustomersText("customers: []", "yaml")).toEqual(parseCustomers("customers: []", "yaml"));
});
