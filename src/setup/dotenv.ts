// The text of a .env file with some variables set, everything else left as it is. Apart from writing it, because this is pure.
import { parseEnv } from "node:util";
import type { Variables } from "./registration.ts";

const ASSIGNMENT = /^\s*(?:export\s+)?([A-Za-z_][A-Za-z0-9_.-]*)\s*=\s*(.*)$/;
/** What needs no quotes in any reader of such files: Node, Docker, systemd, a shell. */
const PLAIN = /^[A-Za-z0-9_.:/+=~@%,-]*$/;

/**
 * The text with these variables set: where one stands already (empty as in .env.example, or with a value) on its line, else at the end
 * under `heading`. Null where the result would not read as meant, so that nobody's file is spoilt.
 */
export function withVariables(text: string, variables: Variables, heading: string): string | null {
  const lineEnd = text.includes("\r\n") ? "\r\n" : "\n";
  const left = new Map(Object.entries(variables));
  const written = new Set<string>();
  const lines: string[] = [];
  for (const entry of entriesOf(text)) {
    const value = entry.name === null ? undefined : (left.get(entry.name) ?? undefined);
    if (entry.name === null || (value === undefined && !written.has(entry.name))) {
      lines.push(...entry.lines);
      continue;
    }
    // A second line of the same name would win.
    if (value === undefined) continue;
    lines.push(`${entry.name}=${quoted(value)}`);
    left.delete(entry.name);
    written.add(entry.name);
  }
  while (lines.at(-1)?.trim() === "") lines.pop();
  if (left.size > 0) {
    if (lines.length > 0) lines.push("");
    lines.push(`# ${heading}`, ...[...left].map(([name, value]) => `${name}=${quoted(value)}`));
  }
  const made = `${lines.join(lineEnd)}${lineEnd}`;
  return readsAs(made, { ...parseEnv(text), ...variables }) ? made : null;
}

type Entry = { readonly name: string | null; readonly lines: readonly string[] };

/** Lines, with those of one quoted value together. */
function entriesOf(text: string): readonly Entry[] {
  const lines = text.split(/\r?\n/);
  const entries: Entry[] = [];
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? "";
    const [, name = null, rest = ""] = /^\s*#/.test(line) ? [] : (ASSIGNMENT.exec(line) ?? []);
    const quote = /^["'`]/.exec(rest)?.[0];
    const isOpen = name !== null && quote !== undefined && !rest.slice(1).includes(quote);
    const end = isOpen ? lines.findIndex((later, index) => index > at && later.includes(quote)) : at;
    const last = end === -1 ? at : end;
    entries.push({ name, lines: lines.slice(at, last + 1) });
    at = last;
  }
  return entries;
}

function quoted(value: string): string {
  if (PLAIN.test(value)) return value;
  return value.includes("'") ? `"${value}"` : `'${value}'`;
}

function readsAs(text: string, wanted: Readonly<Record<string, string | undefined>>): boolean {
  const read = parseEnv(text);
  const names = new Set([...Object.keys(read), ...Object.keys(wanted)]);
  return [...names].every((name) => read[name] === wanted[name]);
}
