// Rows from a CSV file with a fixed header, each with its line, within bounds. Apart, because it is the only place that knows CSV.
import { CsvError, parse } from "csv-parse/sync";
import { type FileProblem, MAX_PROBLEMS, MAX_ROWS } from "./file.ts";

const MAX_ROW_CHARACTERS = 1024 * 1024;

/** A row's cells by their column, trimmed. Nothing in a cell is ever computed: `=1+1` is these four characters, and so is `'=1+1`. */
export type CsvRow<Column extends string> = { readonly line: number; readonly cells: Readonly<Record<Column, string>> };

export type CsvRows<Column extends string> = {
  readonly rows: readonly CsvRow<Column>[];
  readonly problems: readonly FileProblem[];
};

/** What a spreadsheet would compute, with or without signs in front that keep it from doing so. */
export const COMPUTED = /^'*[=+\-@＝＋－＠]/;

type RawRow = { readonly line: number; readonly cells: readonly string[] };

/** Reads rows under exactly this header. An empty file has no rows. Never throws over its input. */
export function readCsv<const Column extends string>(text: string, header: readonly Column[]): CsvRows<Column> {
  const raw = readRaw(text);
  if (raw.problem !== null) return { rows: [], problems: [raw.problem] };
  const [first, ...others] = raw.rows;
  if (first === undefined) return { rows: [], problems: [] };
  if (first.cells.map((cell) => cell.trim()).join(",") !== header.join(",")) {
    const message = `The first line must be the header. Write ${header.join(",")}`;
    return { rows: [], problems: [{ line: first.line, column: 1, message }] };
  }
  const problems: FileProblem[] = [];
  const rows: CsvRow<Column>[] = [];
  for (const { line, cells } of others) {
    if (cells.length === header.length) {
      rows.push({ line, cells: named(header, cells) });
    } else if (problems.length < MAX_PROBLEMS) {
      const message = `This row has ${cells.length} cells, the header ${header.length}. Put text that holds a comma in quotes, and leave a cell empty rather than out.`;
      problems.push({ line, column: 1, message });
    }
  }
  return { rows, problems };
}

function named<Column extends string>(header: readonly Column[], cells: readonly string[]): Record<Column, string> {
  const entries = header.map((column, index) => [column, plainCell((cells[index] ?? "").trim())] as const);
  return Object.fromEntries(entries) as Record<Column, string>;
}

/** Our own exports put one sign before what a spreadsheet would compute, so that it does not. */
const plainCell = (cell: string): string => (cell.startsWith("'") && COMPUTED.test(cell) ? cell.slice(1) : cell);

function readRaw(text: string): { readonly rows: readonly RawRow[]; readonly problem: FileProblem | null } {
  const rows: RawRow[] = [];
  try {
    parse(text, {
      bom: true,
      relax_column_count: true,
      skip_empty_lines: true,
      record_delimiter: ["\r\n", "\n", "\r"],
      max_record_size: MAX_ROW_CHARACTERS,
      to: MAX_ROWS + 2,
      on_record: (cells: string[], { lines }: { readonly lines: number }) => {
        if (cells.some((cell) => cell !== "")) rows.push({ line: lines - lineBreaksIn(cells), cells });
        return null;
      },
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return { rows: [], problem: { line: lineOf(error), column: 1, message: describe(error) } };
  }
  if (rows.length <= MAX_ROWS + 1) return { rows, problem: null };
  const message = `The file has more than ${MAX_ROWS} rows, the most that are read. Split it and import the parts one by one.`;
  return { rows: [], problem: { line: rows.at(-1)?.line ?? 1, column: 1, message } };
}

/** The parser says a row's last line; text in quotes may span several. */
function lineBreaksIn(cells: readonly string[]): number {
  return cells.reduce((sum, cell) => sum + (cell.match(/\r\n|\r|\n/g)?.length ?? 0), 0);
}

function lineOf(error: CsvError): number {
  const line: unknown = Reflect.get(error, "lines");
  return typeof line === "number" && line > 0 ? line : 1;
}

function describe(error: CsvError): string {
  switch (error.code) {
    case "CSV_QUOTE_NOT_CLOSED":
      return 'A quote that opens in this file never closes. Close it, and write a quote inside quotes as "".';
    case "CSV_INVALID_CLOSING_QUOTE":
      return 'Text follows a closing quote on this line. Put the whole cell in quotes, and write a quote inside as "".';
    case "INVALID_OPENING_QUOTE":
      return 'A quote stands in the middle of a cell on this line. Put the whole cell in quotes, and write a quote inside as "".';
    case "CSV_MAX_RECORD_SIZE":
      return "This row has more than a million characters. Look for a quote that is not closed.";
    default:
      return `This is not CSV: ${error.message.slice(0, 200)}. Correct the line.`;
  }
}
