// The text of a cases file, CSV or YAML → what it says of each case, or all that is wrong with it. Pure; the store comes after.
import { z } from "zod";
import { readCsv } from "../customers/csv-file.ts";
import { SEVERITIES } from "../customers/customer.ts";
import {
  checkItem,
  type FileFormat,
  type FileItem,
  type FileProblem,
  MAX_PROBLEMS,
  onLines,
  orderedProblems,
  type Place,
  problemAt,
} from "../customers/file.ts";
import { lineField, optional, sectionField, textField } from "../customers/schema.ts";
import { readYamlLists } from "../customers/yaml-file.ts";
import { choice, date } from "../policy/leaves.ts";
import { mustBe, nearest, type Path } from "../policy/problems.ts";
import type { CaseWords } from "./words.ts";

export const CASE_COLUMNS = [
  "reference",
  "title",
  "customer",
  "severity",
  "state",
  "summary",
  "stake",
  "workaround",
  "needed_by",
  "next_report",
  "assignee",
  "url",
] as const;

/** What a file says of one case; words that it leaves empty are not there. */
export type ReadCase = {
  readonly reference: string;
  readonly words: Partial<CaseWords>;
  readonly customerPlace: Place;
};

export type ParsedCases =
  | { readonly kind: "cases"; readonly cases: readonly ReadCase[] }
  | { readonly kind: "problems"; readonly problems: readonly FileProblem[] };

const REFERENCE = /^(?:[A-Za-z0-9._/:-]{1,64}|[A-Za-z0-9][A-Za-z0-9_-]{0,99}\/[A-Za-z0-9._-]{1,100}#[1-9]\d{0,9})$/;
const MAX_TEXT = 10_000;

const prose = (what: string) =>
  textField(`${what} of at most ${MAX_TEXT} characters`, "plain sentences, in quotes", (text) => {
    return text.length <= MAX_TEXT && text.trim() !== "" && !/[^\P{Cc}\t\r\n]/u.test(text);
  });

const caseSchema = sectionField({
  reference: textField("a reference", "one like CASE-123 or acme-db/cases#7", (text) => REFERENCE.test(text)),
  title: optional(lineField("a title", "Backup hangs", 300)),
  customer: optional(lineField("a customer's id", "shinshu-bank", 64)),
  severity: optional(z.enum(SEVERITIES, { error: mustBe("a severity", "S1, S2, S3 or S4") })),
  state: optional(choice(["open", "resolved", "closed"])),
  summary: optional(prose("a summary")),
  stake: optional(prose("a stake")),
  workaround: optional(prose("a workaround")),
  needed_by: optional(textField("a day, or a day and why", '2026-12-29, or "2026-12-29 the audit"', isNeededBy)),
  next_report: optional(date),
  assignee: optional(lineField("an assignee", "kenji", 100)),
  url: optional(textField("a web address", "one that begins with https://", isWebAddress)),
});

function isNeededBy(text: string): boolean {
  if (text.length > 500 || /\p{Cc}/u.test(text) || !/^\S{10}(\s|$)/.test(text)) return false;
  return date.safeParse(text.slice(0, 10)).success;
}

function isWebAddress(text: string): boolean {
  if (text.length > 2000 || /[\s\p{Cc}]/u.test(text) || !URL.canParse(text)) return false;
  const { protocol, username, password } = new URL(text);
  return /^https?:$/.test(protocol) && username === "" && password === "";
}

/** Reads a whole file; up to fifty problems are told at once. Bounded in time and memory, and never throws over its input. */
export function parseCases(text: string, format: FileFormat): ParsedCases {
  const { items, problems: broken } = format === "csv" ? readRows(text) : readList(text);
  const problems: FileProblem[] = [...broken];
  const cases: ReadCase[] = [];
  const lines = new Map<string, Place>();
  for (const item of items) {
    if (problems.length >= MAX_PROBLEMS) break;
    const checked = checkItem(caseSchema, item);
    if (checked.kind === "problems") {
      problems.push(...checked.problems);
      continue;
    }
    const { reference } = checked.value;
    const place = item.placeOf(["reference"]);
    const earlier = lines.get(reference);
    if (earlier === undefined) {
      lines.set(reference, place);
      cases.push({ reference, words: toWords(checked.value), customerPlace: item.placeOf(["customer"]) });
    } else {
      const message = `The case ${reference} stands twice, ${onLines(earlier, place)}. Keep one.`;
      problems.push(problemAt(item, ["reference"], message));
    }
  }
  return problems.length > 0 ? { kind: "problems", problems: orderedProblems(problems) } : { kind: "cases", cases };
}

/** Gives every customer its id as it is stored; one that is not stored is a problem. */
export function resolveCustomers(cases: readonly ReadCase[], customerIds: readonly string[]): ParsedCases {
  const known = new Map(customerIds.map((id) => [id.toLowerCase(), id]));
  const problems: FileProblem[] = [];
  const resolved = cases.map((read) => {
    const written = read.words.customer;
    if (written === undefined || written === null) return read;
    const customer = known.get(written.toLowerCase());
    if (customer !== undefined) return { ...read, words: { ...read.words, customer } };
    if (problems.length < MAX_PROBLEMS)
      problems.push({ ...read.customerPlace, message: unknownCustomer(written, customerIds) });
    return read;
  });
  return problems.length > 0 ? { kind: "problems", problems } : { kind: "cases", cases: resolved };
}

function unknownCustomer(written: string, customerIds: readonly string[]): string {
  const near = nearest(written, customerIds.slice(0, 5000));
  const advice =
    near === null
      ? 'Import the customer first ("patch-advocate customers import FILE"), or correct the id.'
      : `Did you mean ${near}?`;
  return `customer: No customer has the id ${written}. ${advice}`;
}

type Source = { readonly items: readonly FileItem[]; readonly problems: readonly FileProblem[] };

function readList(text: string): Source {
  const { lists, problems } = readYamlLists(text, ["cases"]);
  return { items: lists.cases, problems };
}

function readRows(text: string): Source {
  const { rows, problems } = readCsv(text, CASE_COLUMNS);
  const columnOf = (path: Path) => CASE_COLUMNS.find((column) => column === path[0]) ?? "reference";
  const items = rows.map(({ line, cells }) => ({
    value: Object.fromEntries(CASE_COLUMNS.map((column) => [column, cells[column] === "" ? undefined : cells[column]])),
    nameOf: columnOf,
    placeOf: (path: Path) => ({ line, column: CASE_COLUMNS.indexOf(columnOf(path)) + 1 }),
  }));
  return { items, problems };
}

function toWords(read: z.output<typeof caseSchema>): Partial<CaseWords> {
  return {
    ...(read.title !== null && { title: read.title }),
    ...(read.customer !== null && { customer: read.customer }),
    ...(read.severity !== null && { severity: read.severity }),
    ...(read.state !== null && { state: read.state }),
    ...(read.summary !== null && { summary: read.summary }),
    ...(read.stake !== null && { stake: read.stake }),
    ...(read.workaround !== null && { workaround: read.workaround }),
    ...(read.needed_by !== null && { "needed-by": toNeededBy(read.needed_by) }),
    ...(read.next_report !== null && { report: read.next_report }),
    ...(read.assignee !== null && { assignee: read.assignee }),
    ...(read.url !== null && { url: read.url }),
  };
}

function toNeededBy(text: string) {
  const why = text.slice(10).trim();
  return { date: text.slice(0, 10), why: why === "" ? null : why };
}
