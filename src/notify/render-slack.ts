// A private message as Slack's blocks. Apart, because Slack refuses a whole message that breaks one of its limits
// (https://docs.slack.dev/reference/block-kit/blocks), and finds mentions and links in whatever it parses.
import { cutTo } from "../effects/escape.ts";
import type { Language } from "../policy/policy.ts";
import { COLON, inertCode, inertLine, inertLines, webAddress } from "./inert.ts";
import type { Block, Choice, Inline, Line, Message } from "./message.ts";

const MOST_BLOCKS = 50;
const LONGEST_TEXT = 3000;
const LONGEST_HEADER = 150;
const LONGEST_BUTTON = 75;
const LONGEST_VALUE = 2000;
const MOST_BUTTONS = 25;
const MOST_ACTIONS = 5;
// Slack answers msg_blocks_too_long from about 13,000 characters in all blocks on.
const LONGEST_MESSAGE = 11_000;

type SlackBlock = { readonly type: string } & Readonly<Record<string, unknown>>;

const REST: Record<Language, string> = {
  en: "This message was too long for Slack; its end was left out.",
  ja: "このメッセージは長すぎるため、末尾を省略しました。",
};

/** `text` is what notifications show. All words stand in rich text, which Slack shows as they are: nothing in them mentions or links. */
export function renderSlack(message: Message): { readonly text: string; readonly blocks: readonly unknown[] } {
  const subject = inertLine(message.subject);
  const header: SlackBlock = {
    type: "header",
    text: { type: "plain_text", text: cutTo(subject === "" ? "-" : subject, LONGEST_HEADER), emoji: false },
  };
  return { text: escaped(cutTo(subject, LONGEST_TEXT)), blocks: [header, ...fitting(message)] };
}

/** Choices are what the message is for: they stay, wherever the rest is cut. */
function fitting(message: Message): readonly SlackBlock[] {
  const made = message.blocks.flatMap((block, index) =>
    blocksOf(block, { index, language: message.language }).map((slack) => ({
      slack,
      isKept: block.kind === "choices",
    })),
  );
  const kept = made.filter((each) => each.isKept).slice(0, MOST_ACTIONS);
  // One for the header, one to say that something was left out.
  let blocksLeft = MOST_BLOCKS - 2 - kept.length;
  let charactersLeft = LONGEST_MESSAGE - kept.reduce((sum, { slack }) => sum + sizeOf(slack), 0);
  let isCut = false;
  const fits = made.filter(({ slack, isKept }) => {
    if (isKept) return kept.some((each) => each.slack === slack);
    isCut ||= blocksLeft === 0 || sizeOf(slack) > charactersLeft;
    if (isCut) return false;
    blocksLeft -= 1;
    charactersLeft -= sizeOf(slack);
    return true;
  });
  const shown = fits.map(({ slack }) => slack);
  return isCut ? [...shown, richText([section([words(REST[message.language])])])] : shown;
}

const sizeOf = (block: SlackBlock): number => JSON.stringify(block).length;

type At = { readonly index: number; readonly language: Language };

function blocksOf(block: Block, at: At): readonly SlackBlock[] {
  switch (block.kind) {
    case "heading":
      return rich([words(inertLine(block.text), { bold: true })]);
    case "paragraph":
      return rich(pieces(block.line));
    case "list": {
      const items = block.items
        .map((item) => section(shortened(pieces(item))))
        .filter((item) => item.elements.length > 0);
      return listParts(items).map((part) => richText([{ type: "rich_text_list", style: "bullet", elements: part }]));
    }
    case "facts":
      return rich(
        block.rows.flatMap((row, index) => [
          words(index === 0 ? "" : "\n"),
          words(inertLine(row.label), { bold: true }),
          words(COLON[at.language]),
          ...pieces(row.value),
        ]),
      );
    case "quote": {
      const quoted = shortened([words(inertLines(block.text).join("\n"))]);
      return quoted.length === 0 ? [] : [richText([{ type: "rich_text_quote", elements: quoted }])];
    }
    case "fold":
      return [{ type: "divider" }];
    case "choices":
      return choiceBlocks(block.choices, at);
  }
}

function choiceBlocks(choices: readonly Choice[], at: At): readonly SlackBlock[] {
  const buttons = choices
    .slice(0, MOST_BUTTONS)
    .flatMap((choice, index) => button(choice, `answer-${at.index}-${index}`));
  const unlinked = choices.filter((choice) => button(choice, "").length === 0);
  return [
    ...(buttons.length === 0 ? [] : [{ type: "actions", elements: buttons }]),
    ...(unlinked.length === 0 ? [] : blocksOf({ kind: "list", items: unlinked.map(({ label }) => [label]) }, at)),
  ];
}

function button(choice: Choice, id: string): readonly SlackBlock[] {
  const label = inertLine(choice.label);
  const common = {
    type: "button",
    text: { type: "plain_text", text: cutTo(label === "" ? "-" : label, LONGEST_BUTTON), emoji: false },
    ...(choice.style === "plain" ? {} : { style: choice.style }),
  };
  if (choice.value !== null && choice.value !== "" && choice.value.length <= LONGEST_VALUE)
    return [{ ...common, action_id: id, value: choice.value }];
  const address = choice.url === null ? null : webAddress(choice.url);
  // Slack reports a press on a link as well; by its id it is seen not to be an answer.
  return address === null ? [] : [{ ...common, action_id: id.replace("answer", "open"), url: address }];
}

type Piece = { readonly type: "text" | "link"; readonly text: string } & Readonly<Record<string, unknown>>;
type Section = { readonly type: "rich_text_section"; readonly elements: readonly Piece[] };

const words = (text: string, style: Readonly<Record<string, true>> | null = null): Piece =>
  style === null ? { type: "text", text } : { type: "text", text, style };

const section = (elements: readonly Piece[]): Section => ({ type: "rich_text_section", elements });

const richText = (elements: readonly unknown[]): SlackBlock => ({ type: "rich_text", elements });

function rich(all: readonly Piece[]): readonly SlackBlock[] {
  const elements = shortened(all);
  return elements.length === 0 ? [] : [richText([section(elements)])];
}

const pieces = (line: Line): readonly Piece[] => line.map(piece);

function piece(inline: Inline): Piece {
  if (typeof inline === "string") {
    const text = inertLine(inline);
    const before = /^\s/u.test(inline) ? " " : "";
    return words(text === "" ? before : `${before}${text}${/\s$/u.test(inline) ? " " : ""}`);
  }
  if (inline.kind === "strong") return words(inertLine(inline.text), { bold: true });
  if (inline.kind === "code") return words(inertCode(inline.text), { code: true });
  const address = webAddress(inline.url);
  const text = inertLine(inline.text);
  if (address === null) return words(text);
  return { type: "link", url: address, text: text === "" ? address : text };
}

/** Slack takes no empty piece, and no more than so many characters in a block. */
function shortened(all: readonly Piece[]): readonly Piece[] {
  const kept: Piece[] = [];
  let left = LONGEST_TEXT;
  for (const each of all) {
    if (each.text === "") continue;
    const length = [...each.text].length;
    kept.push(length <= left ? each : { ...each, text: cutTo(each.text, Math.max(left, 1)) });
    left -= length;
    if (left <= 0) break;
  }
  return kept;
}

/** Items go together as far as one block may hold them. */
function listParts(items: readonly Section[]): readonly (readonly Section[])[] {
  const parts: Section[][] = [];
  let left = 0;
  for (const item of items) {
    const length = item.elements.reduce((sum, each) => sum + each.text.length, 0);
    if (parts.length === 0 || length > left) {
      parts.push([]);
      left = LONGEST_TEXT;
    }
    parts.at(-1)?.push(item);
    left -= length;
  }
  return parts;
}

/** As Slack asks for it in what it parses: https://docs.slack.dev/messaging/formatting-message-text */
const escaped = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
