// A text that was made for GitHub as a line of a private message: reasons and lengths of time have one set of words, wherever they are read.
import type { Disclosure } from "../effects/effect.ts";
import { type PublicText, renderPublic } from "../effects/public-text.ts";
import type { Inline, Line } from "./message.ts";

const PIECE = /(?<fence>`+)(?<code>[\s\S]*?[^`])\k<fence>(?!`)|\*\*(?<strong>[^*]+)\*\*/gu;

/** The text as it reads once GitHub has rendered it: code spans and bold words stay, entities become their characters. */
export function lineOf(text: PublicText, disclosure: Disclosure): Line {
  const markdown = renderPublic(text, disclosure);
  const line: Inline[] = [];
  let from = 0;
  const add = (piece: Inline) => {
    if (piece !== "") line.push(piece);
  };
  for (const found of markdown.matchAll(PIECE)) {
    add(decoded(markdown.slice(from, found.index)));
    from = found.index + found[0].length;
    const { code, strong } = found.groups ?? {};
    if (code !== undefined) add({ kind: "code", text: code.trim() });
    else add({ kind: "strong", text: decoded(strong ?? "") });
  }
  add(decoded(markdown.slice(from)));
  return line;
}

/** The same without any markup: for a subject, or within a sentence. */
export const wordsOf = (text: PublicText, disclosure: Disclosure): string =>
  lineOf(text, disclosure)
    .map((piece) => (typeof piece === "string" ? piece : piece.text))
    .join("");

const decoded = (markdown: string): string =>
  markdown.replace(/&#(\d{1,7});/gu, (_, digits: string) => {
    const character = String.fromCodePoint(Number(digits));
    // What keeps GitHub from finding a mention is of no use elsewhere.
    return character === "\u200b" ? "" : character;
  });
