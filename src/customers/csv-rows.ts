// Rows of the customers' CSV → one item a customer: a row is a contract, and rows of one id are one customer. Pure.
import type { Path } from "../policy/problems.ts";
import { type CsvRow, readCsv } from "./csv-file.ts";
import { type FileItem, type FileProblem, MAX_PROBLEMS, onLines } from "./file.ts";

export const CUSTOMER_COLUMNS = [
  "id",
  "name",
  "timezone",
  "confidential",
  "owner_name",
  "owner_email",
  "owner_language",
  "consultant_github",
  "logins",
  "organizations",
  "domains",
  "plan",
  "tier",
  "from",
  "until",
] as const;

type Column = (typeof CUSTOMER_COLUMNS)[number];
type Row = CsvRow<Column>;

/** Columns that say one thing of the whole customer, the same on every row that fills them. */
const FLAT = [
  "name",
  "timezone",
  "confidential",
  "owner_name",
  "owner_email",
  "owner_language",
  "consultant_github",
] as const;
const LISTS = ["logins", "organizations", "domains"] as const;
const CONTRACT = ["plan", "tier", "from", "until"] as const;

/** Columns by the path of the value that they fill. */
const COLUMN_OF: Readonly<Record<string, Column>> = {
  owner: "owner_name",
  "owner.name": "owner_name",
  "owner.email": "owner_email",
  "owner.language": "owner_language",
  consultant: "consultant_github",
  "consultant.github": "consultant_github",
};

export type CustomerRows = { readonly customers: readonly FileItem[]; readonly problems: readonly FileProblem[] };

/** Reads the rows and puts those of one id together. What contradicts itself between rows is a problem that names both lines. */
export function readCustomerRows(text: string): CustomerRows {
  const { rows, problems: broken } = readCsv(text, CUSTOMER_COLUMNS);
  const problems = [...broken];
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const group = groups.get(row.cells.id);
    if (group === undefined) groups.set(row.cells.id, [row]);
    else group.push(row);
  }
  const customers = [...groups.values()].map((group) => {
    if (problems.length < MAX_PROBLEMS) problems.push(...contradictions(group));
    return toItem(group);
  });
  return { customers, problems };
}

function contradictions(rows: readonly Row[]): FileProblem[] {
  return FLAT.flatMap((column) => {
    const first = rows.find(({ cells }) => cells[column] !== "");
    const other = rows.find(({ cells }) => cells[column] !== "" && cells[column] !== first?.cells[column]);
    if (first === undefined || other === undefined) return [];
    const lines = onLines(first, other);
    const message = `${column}: The rows of ${first.cells.id.slice(0, 64)} ${lines} contradict each other. Write the same on both, or leave one empty.`;
    return [{ line: other.line, column: columnNumber(column), message }];
  });
}

type Entry = { readonly value: string; readonly line: number };

function toItem(rows: readonly Row[]): FileItem {
  const flat = new Map<Column, Entry>();
  for (const column of FLAT) {
    const row = rows.find(({ cells }) => cells[column] !== "");
    if (row !== undefined) flat.set(column, { value: row.cells[column], line: row.line });
  }
  const lists = new Map(LISTS.map((column) => [column, listEntries(rows, column)] as const));
  const contracts = rows.filter(({ cells }) => CONTRACT.some((column) => cells[column] !== ""));
  const text = (column: Column) => flat.get(column)?.value;
  const hasOwner = flat.has("owner_name") || flat.has("owner_email") || flat.has("owner_language");
  const consultant = text("consultant_github");
  const firstLine = rows[0]?.line ?? 1;
  return {
    value: {
      id: rows[0]?.cells.id,
      name: text("name"),
      timezone: text("timezone"),
      confidential: toFlag(text("confidential")),
      owner: hasOwner
        ? { name: text("owner_name"), email: text("owner_email"), language: text("owner_language") }
        : null,
      consultant: consultant === undefined ? null : { github: consultant },
      ...Object.fromEntries(LISTS.map((column) => [column, lists.get(column)?.map(({ value }) => value)])),
      contracts: contracts.map(({ cells }) =>
        Object.fromEntries(CONTRACT.map((column) => [column, cells[column] === "" ? undefined : cells[column]])),
      ),
    },
    nameOf: columnOf,
    placeOf: (path) => ({
      line: lineOf(path, { flat, lists, contracts }) ?? firstLine,
      column: columnNumber(columnOf(path)),
    }),
  };
}

function listEntries(rows: readonly Row[], column: Column): Entry[] {
  const entries = new Map<string, Entry>();
  for (const { cells, line } of rows) {
    for (const value of cells[column].split(/\s+/).filter((word) => word !== "")) {
      if (!entries.has(value.toLowerCase())) entries.set(value.toLowerCase(), { value, line });
    }
  }
  return [...entries.values()];
}

/** Spreadsheets write TRUE. Anything else stays as it is, for the schema to say. */
function toFlag(text: string | undefined): boolean | string | undefined {
  const word = text?.toLowerCase();
  if (word === "true") return true;
  return word === "false" ? false : text;
}

function columnOf(path: Path): Column {
  const [first, , third] = path;
  const name = first === "contracts" ? (third ?? "plan") : (COLUMN_OF[path.join(".")] ?? first);
  return CUSTOMER_COLUMNS.find((column) => column === name) ?? "id";
}

function columnNumber(column: Column): number {
  return CUSTOMER_COLUMNS.indexOf(column) + 1;
}

function lineOf(
  path: Path,
  from: {
    readonly flat: ReadonlyMap<Column, Entry>;
    readonly lists: ReadonlyMap<Column, readonly Entry[]>;
    readonly contracts: readonly Row[];
  },
): number | undefined {
  const [first, index] = path;
  if (first === "contracts") return from.contracts[Number(index)]?.line;
  const column = columnOf(path);
  return from.lists.get(column)?.[Number(index)]?.line ?? from.flat.get(column)?.line;
}
