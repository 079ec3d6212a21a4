// Does a text name a customer? Pure and apart, because it keeps private words out of public places.
import type { Customer } from "./customer.ts";

/** Scripts that are written without spaces, or that hang endings on a name: a word's end cannot be seen there. */
const SPACELESS =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
const LETTER_OR_DIGIT = /[\p{L}\p{M}\p{N}]/u;
const SHORT = 3;

type Named = Pick<Customer, "id" | "name">;

/**
 * The first customer whose name or id the text contains. Case, width and the kind of spaces and hyphens do not matter; a name is found as
 * whole words, in scripts without spaces anywhere; one of fewer than three letters only as a whole word.
 */
export function nameMentioned<Known extends Named>(text: string, customers: readonly Known[]): Known | null {
  const haystack = normalise(text);
  if (haystack === "") return null;
  return (
    customers.find(({ name, id }) => contains(haystack, normalise(name)) || contains(haystack, normalise(id))) ?? null
  );
}

function normalise(text: string): string {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/\p{Cf}/gu, "")
    .replace(/[\s_\p{Pd}]+/gu, " ")
    .trim();
}

function contains(haystack: string, name: string): boolean {
  if (name === "") return false;
  const isAnywhere = [...name].length >= SHORT && SPACELESS.test(name);
  for (let found = haystack.indexOf(name); found !== -1; found = haystack.indexOf(name, found + 1)) {
    if (isAnywhere || isWholeWord(haystack, found, found + name.length)) return true;
  }
  return false;
}

function isWholeWord(haystack: string, from: number, to: number): boolean {
  const before = [...haystack.slice(Math.max(0, from - 2), from)].at(-1) ?? "";
  const after = [...haystack.slice(to, to + 2)].at(0) ?? "";
  return !LETTER_OR_DIGIT.test(before) && !LETTER_OR_DIGIT.test(after);
}
