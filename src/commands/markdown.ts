// Which lines of a Markdown text speak to us: those outside code, quotes, HTML and comments. Apart, because it is all Markdown and
// no command.
import MarkdownIt from "markdown-it";

export type LiveLine = { readonly kind: "command" | "trailer"; readonly line: string };

export type LiveText = {
  /** Lines that begin with `/case` or a trailer's word, in order, as written. */
  readonly lines: readonly LiveLine[];
  /** Whether all that can be seen are such command lines. */
  readonly isOnlyCommands: boolean;
  /** What is written outside code and quotes, for finding who is addressed: one piece a paragraph. */
  readonly prose: readonly string[];
};

// GitHub's own limit of a comment and of a body.
const LONGEST = 65_536;

// A zero-width space or a byte order mark is often copied along; neither shows.
const SPACES = "[ \\t\\u00a0\\u1680\\u2000-\\u200b\\u202f\\u205f\\u3000\\ufeff]";
// No `u` flag: with it and `i`, U+017F counts as an s.
const COMMAND = `\\/case(?=${SPACES}|[\\u200c-\\u200f\\u2060-\\u2064]|$)`;
const TRAILER = `(?:case|customer|severity|patch)${SPACES}{0,3}:`;
const OPENING = new RegExp(`^${SPACES}{0,3}(?:(${COMMAND})|${TRAILER})`, "i");
const OPENING_HERE = new RegExp(`${SPACES}{0,3}(?:${COMMAND}|${TRAILER})`, "imy");
const PERHAPS = /\/case|(?:case|customer|severity|patch)[^\n:]{0,3}:|@/i;

const markdown = new MarkdownIt("zero", { html: true, maxNesting: 100 });
markdown.enable(["code", "fence", "blockquote", "hr", "list", "html_block", "heading"]);
markdown.enable(["newline", "escape", "backticks", "autolink", "html_inline"]);
markdown.inline.ruler.before("text", "opening", (state, silent) => {
  if (!isAtLineStart(state.src, state.pos)) return false;
  OPENING_HERE.lastIndex = state.pos;
  const opening = OPENING_HERE.exec(state.src)?.[0];
  if (opening === undefined) return false;
  if (!silent) {
    const token = state.push("opening", "", 0);
    token.content = opening;
    token.meta = { at: state.pos };
  }
  state.pos += opening.length;
  return true;
});

/** Reads a text of GitHub's, of which no more than GitHub's own limit counts. Cost grows with its length. */
export function readLiveText(text: string): LiveText {
  if (!PERHAPS.test(text)) return { lines: [], isOnlyCommands: false, prose: [] };
  const source = text
    .slice(0, LONGEST)
    .replace(/\r\n?/g, "\n")
    .replace(/[\v\f\u0085\u2028\u2029]/g, " ");
  const sourceLines = source.split("\n");
  const lines = new Map<number, LiveLine>();
  const hidden = new Set<number>();
  const prose: string[] = [];

  let quotes = 0;
  for (const token of markdown.parse(source, {})) {
    if (token.type === "blockquote_open") quotes++;
    if (token.type === "blockquote_close") quotes--;
    if (quotes > 0 || token.map === null) continue;
    const [first, afterLast] = token.map;
    if (token.type === "html_block" && isOnlyComments(token.content))
      for (let n = first; n < afterLast; n++) hidden.add(n);
    if (token.type !== "inline") continue;
    prose.push(proseOf(token.children ?? []));
    for (const number of openings(token.content, token.children ?? [])) {
      const line = sourceLines[first + number] ?? "";
      const opening = OPENING.exec(line);
      // After a list's or a heading's mark it is not at the start of its line.
      if (opening !== null) lines.set(first + number, { kind: opening[1] === undefined ? "trailer" : "command", line });
    }
  }

  const commands = [...lines.values()].filter((line) => line.kind === "command");
  const isSilent = (line: string, number: number) =>
    line.trim() === "" || hidden.has(number) || lines.get(number)?.kind === "command";
  return { lines: [...lines.values()], isOnlyCommands: commands.length > 0 && sourceLines.every(isSilent), prose };
}

type Child = { readonly type: string; readonly content: string; readonly meta: Record<string, unknown> | null };

/** The lines of `content`, counted from 0, that have an opening. */
function openings(content: string, children: readonly Child[]): number[] {
  let at = 0;
  let number = 0;
  return children.flatMap((child) => {
    if (child.type !== "opening" || typeof child.meta?.at !== "number") return [];
    for (; at < child.meta.at; at++) if (content.charCodeAt(at) === 10) number++;
    return [number];
  });
}

function proseOf(children: readonly Child[]): string {
  const words = (child: Child) => {
    if (child.type === "text" || child.type === "opening") return child.content;
    // Neither an address nor what stands in code addresses anybody.
    return child.type === "softbreak" || child.type === "hardbreak" ? "\n" : " ` ";
  };
  return children.map(words).join("");
}

function isAtLineStart(source: string, position: number): boolean {
  let at = position;
  while (at > 0 && (source[at - 1] === " " || source[at - 1] === "\t")) at--;
  return at === 0 || source[at - 1] === "\n";
}

function isOnlyComments(html: string): boolean {
  let rest = html.trim();
  while (rest.startsWith("<!--")) {
    const end = rest.indexOf("-->", 4);
    // Without an end the comment hides the rest of the text.
    rest = end === -1 ? "" : rest.slice(end + 3).trim();
  }
  return rest === "";
}
