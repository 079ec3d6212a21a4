// A private message as GitHub Markdown, for places that may have it. Apart, because GitHub acts on names, references and addresses.
import { escapeMarkdown, inCode, readable } from "../effects/escape.ts";
import type { Language } from "../policy/policy.ts";
import { COLON, inertLines, webAddress } from "./inert.ts";
import type { Block, Choice, Inline, Line, Message } from "./message.ts";

const MORE: Record<Language, string> = { en: "Details", ja: "詳細" };

/** What `renderMarkdown` made: nothing in it mentions, links where it should not, or marks up. */
export type RenderedMessage = string & { readonly [rendered]: true };

declare const rendered: unique symbol;

/** The message with its subject as a heading. Nobody is notified and nothing is cross-referenced by it. */
export function renderMarkdown(message: Message): RenderedMessage {
  const at = message.blocks.findIndex((block) => block.kind === "fold");
  const above = at === -1 ? message.blocks : message.blocks.slice(0, at);
  const below = at === -1 ? [] : message.blocks.slice(at + 1);
  const parts = [`### ${escaped(message.subject)}`, ...texts(above, message.language)];
  if (below.length > 0) {
    parts.push(
      `<details><summary>${MORE[message.language]}</summary>`,
      ...texts(below, message.language),
      "</details>",
    );
  }
  return `${parts.join("\n\n")}\n` as RenderedMessage;
}

const texts = (blocks: readonly Block[], language: Language): readonly string[] =>
  blocks.map((block) => blockText(block, language)).filter((text) => text !== "");

function blockText(block: Block, language: Language): string {
  switch (block.kind) {
    case "heading":
      return `#### ${escaped(block.text)}`;
    case "paragraph":
      return lineText(block.line);
    case "list":
      return block.items.map((item) => `- ${lineText(item)}`).join("\n");
    case "facts":
      return block.rows.map((row) => `- **${escaped(row.label)}**${COLON[language]}${lineText(row.value)}`).join("\n");
    case "quote":
      return inertLines(block.text)
        .map((line) => `> ${escaped(line)}`)
        .join("\n>\n");
    case "fold":
      return "---";
    case "choices":
      return block.choices.map(choiceText).join("\n");
  }
}

const choiceText = (choice: Choice): string =>
  `- ${choice.url === null ? escaped(choice.label) : linkText(choice.label, choice.url)}`;

// Pieces of one line meet each other: a space between two words is kept, and what begins a line elsewhere is escaped as well.
const lineText = (line: Line): string => line.map(inlineText).join("").trim();

function inlineText(piece: Inline): string {
  if (typeof piece === "string") {
    const text = escaped(piece);
    if (text === "") return piece === "" ? "" : " ";
    return `${/^\s/u.test(piece) ? " " : ""}${text}${/\s$/u.test(piece) ? " " : ""}`;
  }
  if (piece.kind === "code") return inCode(readable(piece.text.slice(0, 4000)));
  if (piece.kind === "link") return linkText(piece.text, piece.url);
  const text = escaped(piece.text);
  return text === "" ? "" : `**${text}**`;
}

// GitHub writes a cross-reference wherever somebody links to an issue, a pull request, a discussion or a commit of any host it is.
const REFERABLE = /\/(?:pull|pulls|issues|discussions|commit|commits)\//iu;

function linkText(text: string, url: string): string {
  const address = webAddress(url);
  const shown = escaped(text);
  if (address === null) return shown;
  if (REFERABLE.test(address)) return `${shown} (${inCode(address)})`;
  return `[${shown === "" ? escaped(address) : shown}](<${address.replaceAll("&", "&amp;")}>)`;
}

const escaped = (text: string): string => escapeMarkdown(readable(text.slice(0, 4000)));
