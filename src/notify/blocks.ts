// Short ways to write a private message's blocks. Apart, because every text that is told privately is made of these.
import type { Block, Inline, Line } from "./message.ts";

export const heading = (text: string): Block => ({ kind: "heading", text });
export const paragraph = (...line: Line): Block => ({ kind: "paragraph", line });
export const list = (items: readonly Line[]): Block => ({ kind: "list", items });
export const quote = (text: string): Block => ({ kind: "quote", text });
export const fold: Block = { kind: "fold" };
export const strong = (text: string): Inline => ({ kind: "strong", text });
export const code = (text: string): Inline => ({ kind: "code", text });
export const link = (text: string, url: string): Inline => ({ kind: "link", text, url });

/** Rows without a value fall away. */
export const facts = (rows: readonly (readonly [label: string, value: Line | string | null])[]): Block => ({
  kind: "facts",
  rows: rows.flatMap(([label, value]) =>
    value === null ? [] : [{ label, value: typeof value === "string" ? [value] : value }],
  ),
});
