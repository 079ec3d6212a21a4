// How data is made harmless in GitHub's Markdown. Apart from public-text.ts, because it is all rules of GitHub's and none of ours.

// Controls, zero-width and bidirectional characters and Unicode tags: invisible, and able to make a text read otherwise than it is.
const INVISIBLE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: controls are what is taken out
  /[\u0000-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff0-\ufffb]|[\u061c\u180e\u115f\u1160\u3164\uffa0\u{1d173}-\u{1d17a}\u{e0000}-\u{e0fff}]/gu;

/** One line of visible text: invisible characters out, every run of white space one space. */
export const readable = (text: string): string =>
  text
    .toWellFormed()
    .replace(INVISIBLE, "")
    .replace(/[\s\u0085]+/gu, " ")
    .trim();

/** At most `length` code points, the last one an ellipsis where something was cut off. */
export function cutTo(text: string, length: number): string {
  if (text.length <= length) return text;
  const points = [...text.slice(0, length * 2 + 2)];
  return points.length <= length ? text : `${points.slice(0, length - 1).join("")}…`;
}

// GitHub looks for mentions, references and addresses after Markdown is rendered, where a backslash or an entity no longer shows:
// only a character between keeps it from finding one. A zero-width space is what other bots use for that.
const BREAK = "&#8203;";

const entity = (character: string): string => `&#${character.codePointAt(0)};`;

const LIVE =
  /(?<markup>[&<>\\`*_~[\]{}|^$"]|:(?=[^\s/]))|(?<sign>[@#]|:(?=\/)|\bGH-(?=\d)|\bwww(?=\.))|(?<sha>(?<![0-9a-z])[0-9a-f]{7,}(?![0-9a-z]))/giu;

/** One readable line as Markdown that shows exactly that line. */
export function escapeMarkdown(line: string): string {
  return line
    .replace(LIVE, (found: string, markup?: string, sign?: string) => {
      if (markup !== undefined) return entity(markup);
      if (sign !== undefined) return sign + BREAK;
      // A run of hexadecimal digits is a commit to GitHub from the seventh on.
      return found.replace(/.{6}(?=.)/gu, `$&${BREAK}`);
    })
    .replace(/^(?:[-+=]|\d{1,9}[.)])/u, (start) => start.slice(0, -1) + entity(start.slice(-1)));
}

/** One readable line as a code span, in which GitHub finds no mention, reference or address. */
export function inCode(line: string): string {
  if (line === "") return "``";
  // A table's cell ends at a bar, also within code.
  const content = line.replaceAll("|", "¦");
  const longest = Math.max(0, ...(content.match(/`+/gu) ?? []).map((run) => run.length));
  const fence = "`".repeat(longest + 1);
  return longest === 0 ? `${fence}${content}${fence}` : `${fence} ${content} ${fence}`;
}
