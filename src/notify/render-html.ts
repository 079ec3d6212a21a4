// A private message as HTML: a whole document for mail, whose programs know inline styles only and fetch nothing, and its blocks alone for
// our pages, which have a look of their own.
import { html, raw } from "hono/html";
import { inertCode, inertLine, inertLines, webAddress } from "./inert.ts";
import type { Block, Choice, Inline, Line, Message } from "./message.ts";

type Html = ReturnType<typeof html>;

// No colour of text or ground is set but on buttons, which set both: the reader's program knows whether it is light or dark.
const BODY =
  "margin:0 auto;padding:16px;max-width:640px;font-family:-apple-system,'Segoe UI','Hiragino Sans','Noto Sans JP',sans-serif;font-size:16px;line-height:1.6;overflow-wrap:anywhere";

/** What is written into each element's tag. */
type Look = Readonly<
  Record<"heading" | "text" | "list" | "table" | "label" | "value" | "quote" | "line" | "code", string>
>;

const MAIL: Look = {
  heading: "font-size:18px;line-height:1.4;margin:24px 0 8px",
  text: "margin:12px 0",
  list: "margin:12px 0;padding-left:24px",
  table: "margin:12px 0;border-collapse:collapse",
  label: "text-align:left;vertical-align:top;padding:2px 16px 2px 0;font-weight:600",
  value: "vertical-align:top;padding:2px 0",
  quote: "margin:12px 0;padding:0 0 0 12px;border-left:4px solid #8c959f",
  line: "border:0;border-top:1px solid #8c959f;margin:24px 0",
  code: "font-family:ui-monospace,Menlo,Consolas,monospace;font-size:14px",
};
const BUTTON =
  "display:inline-block;padding:10px 16px;border-radius:6px;text-decoration:none;font-weight:600;color:#ffffff;background-color:";
const COLOUR: Record<Choice["style"], string> = { primary: "#1f6feb", danger: "#cf222e", plain: "#59636e" };

/** The whole document; its title is the message's subject. */
export function renderHtml(message: Message): string {
  return String(html`<!doctype html>
<html lang="${message.language}" style="color-scheme:light dark">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${inertLine(message.subject)}</title>
</head>
<body style="${BODY}">
${message.blocks.map((block) => blockHtml(block, MAIL))}</body>
</html>
`);
}

/** The blocks without any look of their own, for a page that has one. Choices are left out: a page has forms. */
export const pageBlocks = (blocks: readonly Block[]): readonly Html[] =>
  blocks.flatMap((block) => (block.kind === "choices" ? [] : [blockHtml(block, null)]));

function blockHtml(block: Block, look: Look | null): Html {
  const styled = (part: keyof Look) => (look === null ? "" : raw(` style="${look[part]}"`));
  switch (block.kind) {
    case "heading":
      return html`<h2${styled("heading")}>${inertLine(block.text)}</h2>
`;
    case "paragraph":
      return html`<p${styled("text")}>${lineHtml(block.line, look)}</p>
`;
    case "list":
      return html`<ul${styled("list")}>${block.items.map((item) => html`<li>${lineHtml(item, look)}</li>`)}</ul>
`;
    case "facts":
      return html`<table${styled("table")}>${block.rows.map(
        (row) =>
          html`<tr><th scope="row"${styled("label")}>${inertLine(row.label)}</th><td${styled("value")}>${lineHtml(row.value, look)}</td></tr>`,
      )}</table>
`;
    case "quote":
      return html`<blockquote${styled("quote")}>${inertLines(block.text).map((line, index) =>
        index === 0 ? html`${line}` : html`<br>${line}`,
      )}</blockquote>
`;
    case "fold":
      return html`<hr${styled("line")}>
`;
    case "choices":
      return html`${block.choices.map(choiceHtml)}`;
  }
}

function choiceHtml(choice: Choice): Html {
  const address = choice.url === null ? null : webAddress(choice.url);
  const label = inertLine(choice.label);
  if (address === null)
    return html`<p style="${MAIL.text}"><strong>${label}</strong></p>
`;
  return html`<p style="${MAIL.text}"><a href="${address}" style="${BUTTON}${COLOUR[choice.style]}">${label}</a></p>
`;
}

const lineHtml = (line: Line, look: Look | null): Html => html`${line.map((piece) => inlineHtml(piece, look))}`;

function inlineHtml(piece: Inline, look: Look | null): Html {
  if (typeof piece === "string")
    return html`${/^\s/u.test(piece) ? " " : ""}${inertLine(piece)}${/\S\s+$/u.test(piece) ? " " : ""}`;
  if (piece.kind === "strong") return html`<strong>${inertLine(piece.text)}</strong>`;
  if (piece.kind === "code") {
    const style = look === null ? "" : raw(` style="${look.code}"`);
    return html`<code${style}>${inertCode(piece.text)}</code>`;
  }
  const address = webAddress(piece.url);
  const text = inertLine(piece.text);
  if (address === null) return html`${text}`;
  return html`<a href="${address}">${text === "" ? address : text}</a>`;
}
