// How words and addresses are made harmless before a private message shows them. Apart, because mail and Slack make a link of whatever
// looks like one, which every way of sending has to prevent alike.
import { cutTo, readable } from "../effects/escape.ts";
import type { Language } from "../policy/policy.ts";

/** Between a label and its value. */
export const COLON: Record<Language, string> = { en: ": ", ja: "：" };

const LONGEST_PIECE = 2000;
const LONGEST_QUOTE = 4000;
const MOST_QUOTED_LINES = 40;
const LONGEST_ADDRESS = 2000;

// Readers' programs look for addresses and names in plain text; only a character between keeps them from finding one.
const BREAK = "\u200b";

/** One visible line in which no program finds an address or a mention. */
export const inertLine = (text: string): string =>
  shortLine(text)
    .replace(/:(?=\/\/)|@(?=\S)|\bwww(?=\.)|(?<=\w)\.(?=[a-z]{2,})|<(?=[!@#])/giu, `$&${BREAK}`)
    .replace(/\bmailto:|\btel:/giu, `$&${BREAK}`);

/** One visible line to copy: only what would be followed as an address is broken. */
export const inertCode = (text: string): string =>
  shortLine(text).replace(/:(?=\/\/)|\bwww(?=\.)|<(?=[!@#])/giu, `$&${BREAK}`);

/** Somebody's own words, line by line. */
export function inertLines(text: string): readonly string[] {
  const lines = cutTo(text, LONGEST_QUOTE)
    .split(/\r\n|[\n\r\u0085\u2028\u2029]/u)
    .map(inertLine)
    .filter((line) => line !== "");
  return lines.length <= MOST_QUOTED_LINES ? lines : [...lines.slice(0, MOST_QUOTED_LINES - 1), "…"];
}

/** The address as it may be linked to: http and https only, nothing in it that could end an attribute or a pair of angle brackets. */
export function webAddress(url: string): string | null {
  const parsed = url.length > LONGEST_ADDRESS ? null : URL.parse(url);
  if (parsed === null || (parsed.protocol !== "https:" && parsed.protocol !== "http:")) return null;
  // A name before the host makes an address look like somebody else's.
  if (parsed.username !== "" || parsed.password !== "") return null;
  const address = parsed.href.replace(/[\s"'<>\\`{}|^]/gu, (found) => encodeURIComponent(found).replace("'", "%27"));
  return address.length > LONGEST_ADDRESS ? null : address;
}

const shortLine = (text: string): string => cutTo(readable(cutTo(text, LONGEST_PIECE * 2)), LONGEST_PIECE);
