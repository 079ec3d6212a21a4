// What every imported file has in common: its limits, its text, and how we say what is wrong and where. Customers and cases share it.
import type { z } from "zod";
import { readable } from "../effects/escape.ts";
import { dotted, type Path } from "../policy/problems.ts";

export const MAX_FILE_BYTES = 20 * 1024 * 1024;
export const MAX_ROWS = 100_000;
export const MAX_PROBLEMS = 50;

export type FileFormat = "yaml" | "csv";

export type Place = { readonly line: number; readonly column: number };

/** Something wrong at a place. `message` says what to write instead. In CSV the column is the number of the cell. */
export type FileProblem = Place & { readonly message: string };

/** Where a value of an item stands, by its path inside the item. */
type PlaceOf = (path: Path, at?: "key" | "value") => Place;

/** What a file said of one thing, before it is checked. `nameOf` says a path as its reader knows it. */
export type FileItem = {
  readonly value: unknown;
  readonly placeOf: PlaceOf;
  readonly nameOf: (path: Path) => string;
};

type Unreadable = { readonly kind: "problems"; readonly problems: readonly FileProblem[] };

export type DecodedFile = { readonly kind: "text"; readonly text: string } | Unreadable;

/** Bytes as text: at most 20 MB of UTF-8, with or without a byte order mark. */
export function decodeFile(bytes: Uint8Array): DecodedFile {
  if (bytes.byteLength > MAX_FILE_BYTES) {
    return unreadable("The file has more than 20 MB, the most that is read. Split it and import the parts one by one.");
  }
  try {
    return { kind: "text", text: new TextDecoder("utf-8", { fatal: true }).decode(bytes) };
  } catch {
    return NOT_UTF8;
  }
}

function unreadable(message: string): Unreadable {
  return { kind: "problems", problems: [{ line: 1, column: 1, message }] };
}

export const NOT_UTF8 = unreadable('The file is not UTF-8 text. Save it as UTF-8 (in Excel: "CSV UTF-8").');

/** Takes the name's word for the format, else looks at the first line. */
export function formatOf(name: string, text: string): FileFormat {
  if (/\.csv$/i.test(name)) return "csv";
  if (/\.ya?ml$/i.test(name)) return "yaml";
  const firstLine = /^[^\r\n]*/.exec(text.slice(0, 1000))?.[0] ?? "";
  return /^\s*"?(id|reference)"?\s*,/.test(firstLine) ? "csv" : "yaml";
}

export type CheckedItem<Value> =
  | { readonly kind: "value"; readonly value: Value }
  | { readonly kind: "problems"; readonly problems: readonly FileProblem[] };

/** Holds one item against its schema; every problem gets its place. */
export function checkItem<Value>(schema: z.ZodType<Value>, item: FileItem): CheckedItem<Value> {
  const result = schema.safeParse(item.value);
  if (result.success) return { kind: "value", value: result.data };
  const problems = result.error.issues.slice(0, MAX_PROBLEMS).flatMap((issue) => {
    const path = issue.path.map((part) => (typeof part === "symbol" ? String(part) : part));
    if (issue.code !== "unrecognized_keys") return [problemAt(item, path, issue.message)];
    return issue.keys.slice(0, MAX_PROBLEMS).map((key) => ({
      ...item.placeOf([...path, key], "key"),
      message: `${item.nameOf([...path, key])}: ${issue.message}`,
    }));
  });
  return { kind: "problems", problems };
}

/** A problem of a value, at its place and under its name. */
export function problemAt(item: FileItem, path: Path, message: string): FileProblem {
  return { ...item.placeOf(path), message: `${item.nameOf(path)}: ${message}` };
}

/** `customers[3].owner.email`: how YAML's readers know a value. */
export function nameUnder(above: Path): (path: Path) => string {
  return (path) => dotted([...above, ...path]).slice(0, 200);
}

/** The first fifty in the order of their lines, each on one line of its own: keys of the file may hold anything. */
export function orderedProblems(problems: readonly FileProblem[]): FileProblem[] {
  return problems
    .toSorted((a, b) => a.line - b.line || a.column - b.column)
    .slice(0, MAX_PROBLEMS)
    .map((problem) => ({ ...problem, message: readable(problem.message) }));
}

/** One line a problem, as compilers write them. */
export function problemLines(fileName: string, problems: readonly FileProblem[]): string[] {
  return problems.map(({ line, column, message }) => `${fileName}:${line}:${column}: ${message}`);
}

/** `on lines 2 and 5`, as part of a sentence about two places. */
export function onLines(one: { readonly line: number }, other: { readonly line: number }): string {
  return one.line === other.line ? `on line ${one.line}` : `on lines ${one.line} and ${other.line}`;
}
