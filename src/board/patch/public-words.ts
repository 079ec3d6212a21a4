// A text made for GitHub's Markdown as it reads on a page: code, bold and what was escaped there. Apart, because the product's reasons are
// written once, for comments, and pages show the same words.
import { html } from "hono/html";
import { type PublicText, renderPublic } from "../../effects/public-text.ts";
import type { Html } from "../../web/page.ts";

/** On a page of the board, which nobody reads who may not know. `isLimited`: whoever may know only what anybody may. */
export const pageText = (text: PublicText, { isLimited }: { readonly isLimited: boolean }): Html =>
  markdownLine(renderPublic(text, isLimited ? "none" : "full"));

// Only what public-text.ts writes: code in runs of backticks, bold, links, and characters as numbers.
const PIECE = /(`+)(.+?)\1(?!`)|\*\*(.+?)\*\*|\[([^\]]*)\]\([^)\s]*\)/gu;

/** One line of our own Markdown. */
export function markdownLine(line: string): Html {
  const pieces: (Html | string)[] = [];
  let from = 0;
  for (const found of line.matchAll(PIECE)) {
    const [whole, , inCode, bold, label] = found;
    pieces.push(unescaped(line.slice(from, found.index)));
    if (inCode !== undefined) pieces.push(html`<code>${inCode.trim()}</code>`);
    else if (bold !== undefined) pieces.push(html`<strong>${unescaped(bold)}</strong>`);
    else pieces.push(unescaped(label ?? ""));
    from = found.index + whole.length;
  }
  pieces.push(unescaped(line.slice(from)));
  return html`${pieces}`;
}

/** A whole text of ours: paragraphs and lists. */
export function markdownText(markdown: string): Html {
  const blocks = markdown.split(/\n{2,}/u).map((block) => block.split("\n"));
  return html`${blocks.map((lines) =>
    lines.every((line) => line.startsWith("- "))
      ? html`<ul>${lines.map((line) => html`<li>${markdownLine(line.slice(2))}</li>`)}</ul>`
      : html`<p>${lines.map((line, index) => html`${index === 0 ? "" : html`<br>`}${markdownLine(line)}`)}</p>`,
  )}`;
}

/** What escapeMarkdown made: a character as its number, and a zero-width space that keeps GitHub from finding a mention. */
const unescaped = (text: string): string =>
  text.replace(/&#(\d{1,7});/gu, (_, digits: string) => {
    const point = Number(digits);
    return point === 0x200b || point > 0x10ffff ? "" : String.fromCodePoint(point);
  });
