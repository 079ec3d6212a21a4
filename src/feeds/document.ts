// A customer's events as an Atom document, and how a feed reader that asks again is answered. Apart from the routes, because a feed can stand
// behind more than one kind of address.
import { createHash } from "node:crypto";
import type { Context } from "hono";
import type { CustomerEvent } from "../cases/events-store.ts";
import { webAddress } from "../notify/inert.ts";
import type { Wiring } from "../patches/wiring.ts";
import type { Language } from "../policy/policy.ts";
import { PRIVATE_HEADERS } from "../web/page.ts";
import { type AtomEntry, atomDocument } from "./atom.ts";
import { entryWords, feedTitle } from "./messages.ts";
import { patchesInPublic } from "./store.ts";

/** What is read: `tokenHash` names the feed for ever, `path` is where it is read, below our public address. */
export type FeedSource = {
  readonly tokenHash: string;
  readonly createdAt: number;
  readonly path: string;
  readonly language: Language;
  /** The newest first. */
  readonly events: readonly CustomerEvent[];
};

export type FeedDocument = { readonly document: string; readonly modifiedAt: number };

export async function writeFeed(
  { database, addresses }: Pick<Wiring, "database" | "addresses">,
  { tokenHash, createdAt, path, language, events }: FeedSource,
): Promise<FeedDocument> {
  const open = await patchesInPublic(database.db, [...new Set(events.flatMap(({ patchId }) => patchId ?? []))]);
  const modifiedAt = events.reduce((newest, { at }) => Math.max(newest, at), createdAt);
  const host = addresses.publicUrl === null ? "localhost" : new URL(addresses.publicUrl).hostname;
  const entries = events.map(
    (event): AtomEntry => ({
      id: `tag:${host},${dayOf(event.at)}:event/${digest(`${event.ownerId}:${event.customerId}:${event.id}`)}`,
      at: event.at,
      ...entryWords(event, language),
      url: urlOf(event, open),
    }),
  );
  const document = atomDocument({
    id: `tag:${host},${dayOf(createdAt)}:feed/${digest(tokenHash)}`,
    title: feedTitle(language),
    language,
    updatedAt: modifiedAt,
    self: addresses.publicUrl === null ? null : `${addresses.publicUrl}${path}`,
    entries,
  });
  return { document, modifiedAt };
}

/** Only what everybody may open, then and now: a repository can be made private. */
function urlOf({ pull, patchId, event }: CustomerEvent, open: ReadonlySet<string>): string | null {
  if (pull === null || !pull.isPublic || patchId === null || !open.has(patchId)) return null;
  return webAddress(event.kind === "shipped" && event.url !== null ? event.url : pull.url);
}

const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

const digest = (text: string): string => createHash("sha256").update(text).digest("hex").slice(0, 32);

export function answerFeed(context: Context, { document, modifiedAt }: FeedDocument): Response {
  const tag = `"${digest(document)}"`;
  const headers = {
    ...PRIVATE_HEADERS,
    // Kept by the reader alone, who asks each time whether it still holds: so that an address that was taken back shows nothing.
    "cache-control": "private, no-cache",
    etag: tag,
    "last-modified": new Date(modifiedAt).toUTCString(),
  };
  const isKnown = isUnchanged(context, { tag, modifiedAt });
  if (isKnown) return context.body(null, 304, headers);
  return context.body(document, 200, { ...headers, "content-type": "application/atom+xml; charset=utf-8" });
}

/** RFC 9110, 13.2.2: a tag that is given decides alone. */
function isUnchanged(
  context: Context,
  { tag, modifiedAt }: { readonly tag: string; readonly modifiedAt: number },
): boolean {
  const tags = context.req.header("if-none-match");
  if (tags !== undefined) {
    const given = tags.slice(0, 2000).split(",");
    return given.some((each) => each.trim() === "*" || each.trim().replace(/^W\//, "") === tag);
  }
  const since = Date.parse(context.req.header("if-modified-since") ?? "");
  return !Number.isNaN(since) && Math.floor(modifiedAt / 1000) * 1000 <= since;
}
