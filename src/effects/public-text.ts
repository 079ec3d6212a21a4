// Texts for repositories, private by type: built only from parts that know which disclosure they need, so that a leak fails
// closed. Apart, because every text that others can read goes through here and a plain string must not.

import { isLogin, isTeamSlug } from "../github/mentions.ts";
import type { RenderedMessage } from "../notify/render-markdown.ts";
import type { Disclosure } from "./effect.ts";
import { cutTo, escapeMarkdown, inCode, readable } from "./escape.ts";

// Not exported: nobody else can write an object of this type.
const seal: unique symbol = Symbol("public text");

type Node =
  | { readonly kind: "fixed"; readonly markdown: string }
  | { readonly kind: "data"; readonly markdown: string; readonly needs: Disclosure }
  | {
      readonly kind: "where-allowed";
      readonly needs: Disclosure;
      readonly text: readonly Node[];
      readonly otherwise: readonly Node[];
    };

/** A text that may be shown in a repository once `renderPublic` has held it against that repository's disclosure. */
export type PublicText = { readonly [seal]: readonly Node[] };

/** What `renderPublic` made: GitHub Markdown, ready to be kept in an effect. */
export type PublicMarkdown = string & { readonly [seal]: "markdown" };

const rank: Record<Disclosure, number> = { none: 0, reference: 1, full: 2 };

const allows = (given: Disclosure, needs: Disclosure): boolean => rank[given] >= rank[needs];

const made = (nodes: readonly Node[]): PublicText => ({ [seal]: nodes });

const fixed = (markdown: string): PublicText => made([{ kind: "fixed", markdown }]);

/** The tag for every public text. What stands in the template is our own Markdown, what is put in is a part. */
export function publicText(template: TemplateStringsArray, ...parts: readonly PublicText[]): PublicText {
  const nodes: Node[] = [];
  template.forEach((markdown, index) => {
    if (markdown !== "") nodes.push({ kind: "fixed", markdown });
    const part = parts[index];
    if (part !== undefined) nodes.push(...nodesOf(part));
  });
  return made(nodes);
}

/** Nothing at all, for a sentence that falls away. */
export const noText: PublicText = made([]);

/** A word of our own catalogues. Takes only a literal: a `string` that came from elsewhere does not type-check. */
export const literal = <const Word extends string>(word: string extends Word ? never : Word): PublicText => fixed(word);

/** A whole, non-negative number. */
export function count(n: number): PublicText {
  if (!Number.isSafeInteger(n) || n < 0)
    throw new RangeError("a count in a public text is a whole number from zero on");
  return fixed(String(n));
}

/** A person's login as data: in code form, so that GitHub tells nobody. */
export const login = (name: string): PublicText => fixed(inCode(cutTo(readable(name), 60)));

/** `@login`, which GitHub notifies. A name that cannot be a login is shown in code form instead. */
export const mention = (name: string): PublicText => (isLogin(name) ? fixed(`@${name}`) : login(name));

/** `@organization/team`, which GitHub notifies. Names that cannot be such are shown in code form instead. */
export const mentionTeam = (organization: string, slug: string): PublicText =>
  isLogin(organization) && isTeamSlug(slug) ? fixed(`@${organization}/${slug}`) : login(`${organization}/${slug}`);

/** A day as `YYYY-MM-DD`, of an instant in a time zone. */
export const isoDate = (at: number, timezone: string): PublicText =>
  fixed(zoned(at, timezone).toPlainDate().toString());

/** `YYYY-MM-DD HH:MM`, of an instant in a time zone. */
export const isoMinute = (at: number, timezone: string): PublicText =>
  fixed(zoned(at, timezone).toPlainDateTime().toString({ smallestUnit: "minute" }).replace("T", " "));

/** A time zone's own name. */
export const zoneName = (timezone: string): PublicText => fixed(inCode(cutTo(readable(timezone), 60)));

/** Data as running text: no Markdown, HTML, mention, reference or address in it works. At most 500 characters are shown. */
export const escaped = (text: string, needs: Disclosure): PublicText =>
  made([{ kind: "data", markdown: escapeMarkdown(cutTo(readable(text), 500)), needs }]);

/** Data in code form, for what people copy: references, names of checks and labels. At most 200 characters are shown. */
export const code = (text: string, needs: Disclosure): PublicText =>
  made([{ kind: "data", markdown: inCode(cutTo(readable(text), 200)), needs }]);

/**
 * A link. Where the address is none on the web, its label alone. GitHub writes a cross-reference on the pull request or issue that it
 * leads to, which only those see who may read where the link stands.
 */
export function linkTo(label: PublicText, url: string, needs: Disclosure): PublicText {
  const address = webAddress(url);
  if (address === null) return label;
  const data = (markdown: string): Node => ({ kind: "data", markdown, needs });
  return made([data("["), ...nodesOf(label), data(`](${address})`)]);
}

/** Null for anything but http and https. Nothing in it ends a link or a table's cell. */
function webAddress(url: string): string | null {
  if (url.length > 2000 || !URL.canParse(url)) return null;
  const { protocol, href } = new URL(url);
  if (protocol !== "https:" && protocol !== "http:") return null;
  return href.replace(
    /[()<>[\]|\\`"'\s]/gu,
    (found) => `%${found.charCodeAt(0).toString(16).padStart(2, "0").toUpperCase()}`,
  );
}

/** A private message as it was rendered for GitHub. At most 20,000 characters are shown. */
export const embedded = (message: RenderedMessage, needs: Disclosure): PublicText =>
  made([{ kind: "data", markdown: cutTo(message, 20_000), needs }]);

/** Says `text` where the disclosure allows it, else `otherwise`. */
export const whereAllowed = (needs: Disclosure, text: PublicText, otherwise: PublicText = noText): PublicText =>
  made([{ kind: "where-allowed", needs, text: nodesOf(text), otherwise: nodesOf(otherwise) }]);

/** Texts one after another with `between` between them. */
export function joined(texts: readonly PublicText[], between: PublicText): PublicText {
  return made(texts.flatMap((text, index) => (index === 0 ? nodesOf(text) : [...nodesOf(between), ...nodesOf(text)])));
}

/** The text as GitHub Markdown. Throws, without telling the data, where a part needs more than `disclosure`. */
export function renderPublic(text: PublicText, disclosure: Disclosure): PublicMarkdown {
  return rendered(nodesOf(text), disclosure) as PublicMarkdown;
}

/** How much the text tells when rendered under `disclosure`: where less is allowed later, what was written says too much. */
export function disclosureOf(text: PublicText, disclosure: Disclosure): Disclosure {
  const told = shown(nodesOf(text), disclosure).map((node) => (node.kind === "data" ? node.needs : "none"));
  return told.reduce<Disclosure>((most, needs) => (allows(most, needs) ? most : needs), "none");
}

function rendered(nodes: readonly Node[], disclosure: Disclosure): string {
  return shown(nodes, disclosure)
    .map((node) => node.markdown)
    .join("");
}

function shown(nodes: readonly Node[], disclosure: Disclosure): readonly Exclude<Node, { kind: "where-allowed" }>[] {
  return nodes.flatMap((node) => {
    if (node.kind === "where-allowed")
      return shown(allows(disclosure, node.needs) ? node.text : node.otherwise, disclosure);
    if (node.kind === "data" && !allows(disclosure, node.needs))
      throw new Error(`a public text holds a part that needs disclosure ${node.needs}, but ${disclosure} is allowed`);
    return [node];
  });
}

function nodesOf(text: PublicText): readonly Node[] {
  const nodes: unknown = text?.[seal];
  if (!Array.isArray(nodes)) throw new TypeError("only parts made in public-text.ts fit into a public text");
  return nodes;
}

const zoned = (at: number, timezone: string): Temporal.ZonedDateTime =>
  Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timezone);
