// References to an external help desk in somebody's text, found in linear time whatever pattern a policy holds.
import { RE2JS } from "re2js";
import { readable } from "../effects/escape.ts";
import type { ReferencePattern } from "./policy.ts";
import { shown } from "./problems.ts";

const MAX_PATTERN = 200;
/** A search costs up to text times program: these keep the worst patterns on the longest text to a few seconds, sensible ones to milliseconds. */
const MAX_PROGRAM = 300;
const MAX_PROGRAMS = 600;
const MAX_WORK = 20_000_000;
const MAX_TEXT = 65_536;
const MAX_FOUND = 50;
const MAX_REFERENCE = 100;

export type FoundReference = { readonly ref: string; readonly url: string | null };

/** Why a pattern cannot be used, as a sentence with what to write instead; null where it can. */
export function patternProblem(pattern: string): string | null {
  if (pattern.length > MAX_PATTERN) return `This pattern has more than ${MAX_PATTERN} characters. Shorten it.`;
  try {
    const compiled = RE2JS.compile(pattern);
    if (compiled.programSize() > MAX_PROGRAM)
      return `${shown(pattern)} is too large a pattern. Write smaller counts in { }.`;
    if (compiled.matches(""))
      return `${shown(pattern)} matches nothing at all. Write at least one letter or digit that must be there.`;
    return null;
  } catch (error) {
    const reason =
      error instanceof Error
        ? error.message.replace(/^error parsing regexp: /, "").replaceAll("`", '"')
        : "it does not compile";
    return `${shown(pattern)} is not a pattern of the RE2 kind (${readable(reason).slice(0, 120)}). Write one such as "CASE-[0-9]{3,8}".`;
  }
}

/** Why these patterns cannot be used together; null where they can. */
export function patternsProblem(patterns: readonly string[]): string | null {
  const size = patterns.reduce((sum, pattern) => sum + RE2JS.compile(pattern).programSize(), 0);
  return size > MAX_PROGRAMS ? "These patterns together are too large. Write fewer, or smaller counts in { }." : null;
}

/** Lives as long as the policy whose patterns it holds. */
const compiledPatterns = new WeakMap<readonly ReferencePattern[], readonly RE2JS[]>();

/**
 * The references in the first 65,536 characters of `text`, at most 50, each once, in the order of the patterns and then of the text.
 * A match of more than 100 characters is no reference.
 */
export function findReferences(text: string, patterns: readonly ReferencePattern[]): readonly FoundReference[] {
  const bounded = text.slice(0, MAX_TEXT);
  const found = new Map<string, FoundReference>();
  compiledFor(patterns).forEach((compiled, index) => {
    const url = patterns[index]?.url ?? null;
    for (const ref of matchesIn(bounded, compiled, MAX_WORK / patterns.length)) {
      if (found.size >= MAX_FOUND || found.has(ref)) continue;
      found.set(ref, {
        ref,
        url: url === null ? null : url.replaceAll("{ref}", () => encodeURIComponent(ref.toWellFormed())),
      });
    }
  });
  return [...found.values()];
}

/** One search is linear in what is left of the text; many of them would not be, so each is paid from `work` by the most it can cost. */
function matchesIn(text: string, compiled: RE2JS, work: number): readonly string[] {
  const matcher = compiled.matcher(text);
  const refs: string[] = [];
  let left = work;
  let position = 0;
  do {
    left -= (text.length - position) * compiled.programSize();
    if (!matcher.find()) break;
    position = matcher.end();
    const ref = (matcher.group() ?? "").trim();
    if (ref !== "" && ref.length <= MAX_REFERENCE) refs.push(ref);
  } while (left > 0);
  return refs;
}

function compiledFor(patterns: readonly ReferencePattern[]): readonly RE2JS[] {
  const known = compiledPatterns.get(patterns);
  if (known !== undefined) return known;
  const compiled = patterns.map(({ pattern }) => RE2JS.compile(pattern));
  compiledPatterns.set(patterns, compiled);
  return compiled;
}
