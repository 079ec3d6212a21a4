// What zod finds wrong, as sentences that say what to write instead. Apart, because messages are a job of their own.
import { z } from "zod";

export type Path = readonly (string | number)[];

/** A problem at a path, before it has a line. `at` says whether the key or its value is meant. */
export type Problem = { readonly path: Path; readonly at: "key" | "value"; readonly message: string };

const MAX_PROBLEMS = 50;

/** `["cases", "references", 0, "url"]` as people write it: `cases.references[0].url`. */
export function dotted(path: Path): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === "number") return `${text}[${part}]`;
    return text === "" ? part : `${text}.${part}`;
  }, "");
}

/** A value as it is quoted in a message: short, on one line. */
export function shown(value: unknown): string {
  if (value === null || value === undefined) return "nothing";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object") return "a group of keys";
  const text = typeof value === "string" ? JSON.stringify(value) : String(value);
  return text.length <= 60 ? text : `${text.slice(0, 57)}…"`;
}

/** The message of a leaf: what it is not, and what to write. */
export function mustBe(what: string, write: string): (issue: { readonly input?: unknown }) => string {
  return (issue) => `${shown(issue.input)} is not ${what}. Write ${write}.`;
}

/** The word of `known` that was probably meant, or null. */
export function nearest(word: string, known: readonly string[]): string | null {
  const wanted = normal(word);
  const longer = known.find((candidate) => candidate.length >= 3 && wanted.startsWith(normal(candidate)));
  if (longer !== undefined) return longer;
  let best: { readonly word: string; readonly distance: number } | null = null;
  for (const candidate of known) {
    const distance = editDistance(wanted, normal(candidate));
    if (distance <= Math.max(1, Math.floor(wanted.length / 3)) && (best === null || distance < best.distance)) {
      best = { word: candidate, distance };
    }
  }
  return best?.word ?? null;
}

function normal(word: string): string {
  return word
    .slice(0, 64)
    .toLowerCase()
    .replace(/[_\s-]/g, "");
}

function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let i = 1; i <= from.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= to.length; j += 1) {
      const replaced = (row[j - 1] ?? 0) + (from[i - 1] === to[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[to.length] ?? 0;
}

/** Turns zod's issues into problems: one for each unknown key, and inside a choice the branch that was meant. */
export function problemsOf(schema: z.ZodType, issues: readonly z.core.$ZodIssue[]): readonly Problem[] {
  return issues.flatMap((issue) => problemsOfIssue(schema, issue, [])).slice(0, MAX_PROBLEMS);
}

function problemsOfIssue(schema: z.ZodType, issue: z.core.$ZodIssue, above: Path): readonly Problem[] {
  const path = [...above, ...issue.path.map((part) => (typeof part === "symbol" ? String(part) : part))];
  if (issue.code === "unrecognized_keys") {
    return issue.keys
      .slice(0, MAX_PROBLEMS)
      .map((key) => ({ path: [...path, key], at: "key", message: unknownKey(schema, path, key) }));
  }
  if (issue.code === "invalid_union") {
    const meant = issue.errors.find((branch) => branch.some(isOfRightType));
    if (meant !== undefined) return meant.flatMap((inner) => problemsOfIssue(schema, inner, path));
  }
  return [{ path, at: "value", message: issue.message }];
}

/** A branch whose type fitted and whose content did not is the one that was meant. */
function isOfRightType(issue: z.core.$ZodIssue): boolean {
  return issue.path.length > 0 || issue.code === "unrecognized_keys" || issue.code === "custom";
}

function unknownKey(schema: z.ZodType, path: Path, key: string): string {
  const known = keysAt(schema, path);
  const place = path.length === 0 ? "A policy" : dotted(path);
  const name = shown(key);
  const near = nearest(key, known);
  if (near !== null) return `${place} has no key ${name}. Write ${near}.`;
  const elsewhere = placeOfKey(schema, key);
  if (elsewhere !== null) return `${place} has no key ${name}. It belongs under ${elsewhere}.`;
  return `${place} has no key ${name}. Take it away; known are ${known.join(", ")}.`;
}

/** The group of the first level that has this key. */
function placeOfKey(schema: z.ZodType, key: string): string | null {
  return keysAt(schema, []).find((group) => keysAt(schema, [group]).includes(key)) ?? null;
}

function keysAt(schema: z.ZodType, path: Path): readonly string[] {
  let found = objectsIn(schema);
  for (const part of path) {
    found = typeof part === "number" ? found : found.flatMap((object) => objectsIn(object.shape[part]));
  }
  return found.flatMap((object) => Object.keys(object.shape));
}

function objectsIn(schema: unknown): readonly z.ZodObject[] {
  if (schema instanceof z.ZodObject) return [schema];
  if (schema instanceof z.ZodOptional) return objectsIn(schema.unwrap());
  if (schema instanceof z.ZodArray) return objectsIn(schema.element);
  if (schema instanceof z.ZodPipe) return objectsIn(schema.in);
  if (schema instanceof z.ZodUnion) return schema.options.flatMap(objectsIn);
  return [];
}
