// A private message as plain text, for mail. Apart, because only here lines have a width.
import type { Language } from "../policy/policy.ts";
import { COLON, inertCode, inertLine, inertLines, webAddress } from "./inert.ts";
import type { Block, Choice, Inline, Line, Message } from "./message.ts";

const WIDTH = 72;

/** The message without its subject, wrapped to 72 columns (a Chinese or Japanese character takes two). */
export function renderText(message: Message): string {
  const parts = message.blocks.map((block) => blockText(block, message.language)).filter((part) => part !== "");
  return `${parts.join("\n\n")}\n`;
}

function blockText(block: Block, language: Language): string {
  switch (block.kind) {
    case "heading": {
      const text = inertLine(block.text);
      return text === "" ? "" : `${wrapped(text)}\n${"-".repeat(Math.min(WIDTH, columnsOf(text)))}`;
    }
    case "paragraph":
      return wrapped(lineText(block.line));
    case "list":
      return block.items.map((item) => wrapped(lineText(item), "- ", "  ")).join("\n");
    case "facts":
      return block.rows
        .map((row) => wrapped(`${inertLine(row.label)}${COLON[language]}${lineText(row.value)}`, "", "  "))
        .join("\n");
    case "quote":
      return inertLines(block.text)
        .map((line) => wrapped(line, "> ", "> "))
        .join("\n");
    case "fold":
      return "=".repeat(WIDTH);
    case "choices":
      return block.choices.map(choiceText).join("\n\n");
  }
}

function choiceText(choice: Choice): string {
  const address = choice.url === null ? null : webAddress(choice.url);
  const label = wrapped(inertLine(choice.label), "* ", "  ");
  return address === null ? label : `${label}\n  ${address}`;
}

const lineText = (line: Line): string => line.map(inlineText).join("");

function inlineText(piece: Inline): string {
  if (typeof piece === "string") return withEdges(piece);
  if (piece.kind === "strong") return inertLine(piece.text);
  if (piece.kind === "code") return inertCode(piece.text);
  const address = webAddress(piece.url);
  const text = inertLine(piece.text);
  if (address === null) return text;
  return text === "" ? `<${address}>` : `${text} <${address}>`;
}

/** Running text keeps the space between it and its neighbours. */
function withEdges(text: string): string {
  const line = inertLine(text);
  if (line === "") return text === "" ? "" : " ";
  return `${/^\s/u.test(text) ? " " : ""}${line}${/\s$/u.test(text) ? " " : ""}`;
}

const WIDE = String.raw`[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\u3000-\u303f\u30fb\u30fc\uff01-\uff60\uffe0-\uffe6]`;
const NOT_AT_END = "[「『（【〔［｛〈《]";
const NOT_AT_START = "[、。，．：；？！」』）】〕］｝〉》ー・々ぁぃぅぇぉっゃゅょァィゥェォッャュョ]";
// A Chinese or Japanese character may stand alone on either side of a break, but for some brackets and marks.
const UNIT = new RegExp(`\\s+|${NOT_AT_END}*(?:${WIDE}|(?:(?!${WIDE})\\S)+)${NOT_AT_START}*`, "gu");
const ONE_WIDE = new RegExp(WIDE, "u");

function columnsOf(text: string): number {
  let columns = 0;
  for (const character of text) columns += character === "\u200b" ? 0 : ONE_WIDE.test(character) ? 2 : 1;
  return columns;
}

function wrapped(text: string, first = "", rest = first): string {
  const lines: string[] = [];
  let line = "";
  let columns = 0;
  for (const [unit] of text.trim().matchAll(UNIT)) {
    const isSpace = /^\s/u.test(unit);
    const width = isSpace ? 1 : columnsOf(unit);
    if (isSpace && line === "") continue;
    if (!isSpace && line !== "" && columns + width > WIDTH - rest.length) {
      lines.push(line.trimEnd());
      line = "";
      columns = 0;
    }
    line += isSpace ? " " : unit;
    columns += width;
  }
  if (line.trim() !== "") lines.push(line.trimEnd());
  return lines.map((each, index) => (index === 0 ? first : rest) + each).join("\n");
}
