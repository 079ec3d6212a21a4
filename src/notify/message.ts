// A private message as a document: what it says, without saying how mail, Slack or GitHub write it. Apart, because everything that is
// told privately is made as one of these, and each way of sending has one renderer for all.
import type { Language } from "../policy/policy.ts";

/** A piece of running text. A plain string is shown as it is: no markup, mention or address in it works. */
export type Inline =
  | string
  | { readonly kind: "strong"; readonly text: string }
  | { readonly kind: "code"; readonly text: string }
  /** Renderers show the text alone where `url` is not http or https. */
  | { readonly kind: "link"; readonly text: string; readonly url: string };

export type Line = readonly Inline[];

/** One of several answers. `url`: a page that asks to confirm; null where no page can be reached. `value`: what a Slack button sends. */
export type Choice = {
  readonly label: string;
  readonly url: string | null;
  readonly value: string | null;
  readonly style: "primary" | "danger" | "plain";
};

export type Block =
  | { readonly kind: "heading"; readonly text: string }
  | { readonly kind: "paragraph"; readonly line: Line }
  | { readonly kind: "list"; readonly items: readonly Line[] }
  /** Labels with their values, such as "Needed by: 2026-04-01". */
  | { readonly kind: "facts"; readonly rows: readonly { readonly label: string; readonly value: Line }[] }
  /** Somebody's own words. */
  | { readonly kind: "quote"; readonly text: string }
  /** What follows is for who wants to know more. */
  | { readonly kind: "fold" }
  | { readonly kind: "choices"; readonly choices: readonly Choice[] };

/** `subject` is one line. The same message in another language is another message. */
export type Message = { readonly subject: string; readonly language: Language; readonly blocks: readonly Block[] };
