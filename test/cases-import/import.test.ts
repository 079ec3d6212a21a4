import { describe, expect, test } from "vitest";
import { parseCases, resolveCustomers } from "../../src/cases/import.ts";
import type { FileFormat } from "../../src/customers/file.ts";
import { said } from "../customers/builders.ts";

const HEADER = "reference,title,customer,severity,state,summary,stake,workaround,needed_by,next_report,assignee,url\n";

function casesIn(text: string, format: FileFormat) {
  const parsed = parseCases(text, format);
  if (parsed.kind === "problems") throw new Error(said(parsed.problems).join("\n"));
  return parsed.cases.map(({ reference, words }) => ({ reference, words }));
}

function problemsIn(text: string, format: FileFormat): string[] {
  const parsed = parseCases(text, format);
  return parsed.kind === "cases" ? [] : said(parsed.problems);
}

test("a row of CSV and an entry of YAML say the same", () => {
  const csv = `${HEADER}CASE-1,Backup hangs,shinshu-bank,S1,open,"It hangs.\nThe fix waits for the lock.","renewal, in May",none,2026-12-29 the audit,2026-12-01,kenji,https://support.acme.example/CASE-1\n`;
  const yaml = `cases:
  - reference: CASE-1
    title: Backup hangs
    customer: shinshu-bank
    severity: S1
    state: open
    summary: |-
      It hangs.
      The fix waits for the lock.
    stake: renewal, in May
    workaround: none
    needed_by: 2026-12-29 the audit
    next_report: 2026-12-01
    assignee: kenji
    url: https://support.acme.example/CASE-1
`;
  const expected = [
    {
      reference: "CASE-1",
      words: {
        title: "Backup hangs",
        customer: "shinshu-bank",
        severity: "S1",
        state: "open",
        summary: "It hangs.\nThe fix waits for the lock.",
        stake: "renewal, in May",
        workaround: "none",
        "needed-by": { date: "2026-12-29", why: "the audit" },
        report: "2026-12-01",
        assignee: "kenji",
        url: "https://support.acme.example/CASE-1",
      },
    },
  ];
  expect(casesIn(csv, "csv")).toEqual(expected);
  expect(casesIn(yaml, "yaml")).toEqual(expected);
});

test("an empty cell says nothing of its word", () => {
  expect(casesIn(`${HEADER}acme-db/cases#7,,,,,,,,2026-12-29,,,\n`, "csv")).toEqual([
    { reference: "acme-db/cases#7", words: { "needed-by": { date: "2026-12-29", why: null } } },
  ]);
  expect(casesIn("cases: [{ reference: CASE-1, title: }]", "yaml")).toEqual([{ reference: "CASE-1", words: {} }]);
});

test.each([
  ["", "csv"],
  [HEADER, "csv"],
  ["", "yaml"],
  ["cases: []", "yaml"],
] as const)("%j is an empty file", (text, format) => {
  expect(casesIn(text, format)).toEqual([]);
});

describe("what is wrong is told with its line", () => {
  test("in CSV", () => {
    const text = `${HEADER}CASE 1,,,S5,Open,,,,soon,2026-02-30,,ftp://x
CASE-2,,,,,,,,,,,
CASE-2,,,,,,,,,,,javascript:alert(1)
CASE-2,,,,,,,,,,,
`;
    expect(problemsIn(text, "csv")).toEqual([
      '2:1 reference: "CASE 1" is not a reference. Write one like CASE-123 or acme-db/cases#7.',
      '2:4 severity: "S5" is not a severity. Write S1, S2, S3 or S4.',
      '2:5 state: "Open" is not known here. Write open.',
      '2:9 needed_by: "soon" is not a day, or a day and why. Write 2026-12-29, or "2026-12-29 the audit".',
      '2:10 next_report: "2026-02-30" is not a date of the calendar. Write year, month and day, such as 2026-12-29.',
      '2:12 url: "ftp://x" is not a web address. Write one that begins with https://.',
      '4:12 url: "javascript:alert(1)" is not a web address. Write one that begins with https://.',
      "5:1 reference: The case CASE-2 stands twice, on lines 3 and 5. Keep one.",
    ]);
  });

  test("in YAML", () => {
    const text = `cases:
  - { reference: CASE-1, customers: a }
  - { title: No reference }
  - { reference: 17 }
`;
    expect(problemsIn(text, "yaml")).toEqual([
      "2:26 cases[0].customers: This key is not known. Known here are reference, title, customer, severity, state, summary, stake, workaround, needed_by, next_report, assignee, url.",
      "3:5 cases[1].reference: This is missing. Write one like CASE-123 or acme-db/cases#7.",
      '4:18 cases[2].reference: 17 must be text. Put it in quotes: "17".',
    ]);
  });

  test("where a customer is not known", () => {
    const parsed = parseCases(
      `${HEADER}CASE-1,,Shinshu-Bank,,,,,,,,,\nCASE-2,,shinshu-bnak,,,,,,,,,\nCASE-3,,zzz,,,,,,,,,\n`,
      "csv",
    );
    const resolved = resolveCustomers(parsed.kind === "cases" ? parsed.cases : [], ["shinshu-bank"]);
    expect(resolved.kind === "problems" ? said(resolved.problems) : []).toEqual([
      "3:3 customer: No customer has the id shinshu-bnak. Did you mean shinshu-bank?",
      '4:3 customer: No customer has the id zzz. Import the customer first ("patch-advocate customers import FILE"), or correct the id.',
    ]);
  });
});
