// An Atom 1.0 document (RFC 4287) as text. Pure; what it says is said elsewhere.
import type { Language } from "../policy/policy.ts";

export type AtomEntry = {
  /** A tag URI that never changes (RFC 4151). */
  readonly id: string;
  readonly at: number;
  readonly title: string;
  readonly text: string;
  readonly url: string | null;
};

export type AtomFeed = {
  readonly id: string;
  readonly title: string;
  readonly language: Language;
  readonly updatedAt: number;
  /** Where it is read, or null where that is not known. */
  readonly self: string | null;
  readonly entries: readonly AtomEntry[];
};

export function atomDocument(feed: AtomFeed): string {
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${feed.language}">
  <id>${xml(feed.id)}</id>
  <title>${xml(feed.title)}</title>
  <updated>${time(feed.updatedAt)}</updated>
  <author><name>Patch Advocate</name></author>
${feed.self === null ? "" : `  <link rel="self" type="application/atom+xml" href="${xml(feed.self)}"/>\n`}${feed.entries.map(entryXml).join("")}</feed>
`;
}

const entryXml = (entry: AtomEntry): string => `  <entry>
    <id>${xml(entry.id)}</id>
    <title>${xml(entry.title)}</title>
    <published>${time(entry.at)}</published>
    <updated>${time(entry.at)}</updated>
${entry.url === null ? "" : `    <link rel="alternate" type="text/html" href="${xml(entry.url)}"/>\n`}    <content type="text">${xml(entry.text)}</content>
  </entry>
`;

const time = (at: number): string => Temporal.Instant.fromEpochMilliseconds(at).toString({ smallestUnit: "second" });

// What XML 1.0 cannot hold at all, not even as a reference.
const IMPOSSIBLE = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

const xml = (text: string): string =>
  text
    .toWellFormed()
    .replace(IMPOSSIBLE, "")
    .replace(/[&<>"']/g, (character) => ENTITIES[character] ?? "");
