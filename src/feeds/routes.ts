// GET /feeds/:token: a customer's events for their feed reader, behind an address that can be taken back.
import { createHash } from "node:crypto";
import { type Context, Hono } from "hono";
import { type CustomerEvent, eventsOfCustomer } from "../cases/events-store.ts";
import type { Customer } from "../customers/customer.ts";
import { customerById } from "../customers/store.ts";
import { describeFault, type Log } from "../log.ts";
import { webAddress } from "../notify/inert.ts";
import type { Wiring } from "../patches/wiring.ts";
import type { Language } from "../policy/policy.ts";
import { PRIVATE_HEADERS } from "../web/page.ts";
import { limitRate } from "../web/rate-limit.ts";
import { type AtomEntry, atomDocument } from "./atom.ts";
import { feedPath, isFeedToken } from "./feed.ts";
import { entryWords, feedTitle } from "./messages.ts";
import { type Feed, feedByToken, patchesInPublic } from "./store.ts";

const PER_MINUTE = 120;
const MOST_ENTRIES = 100;

type Parts = { readonly wiring: Wiring; readonly log: Log };

/** The routes of feeds, to be put under `/feeds`. */
export function feedRoutes({ wiring, log }: Parts): Hono {
  const routes = new Hono();
  routes.use(limitRate(PER_MINUTE, wiring.now));
  routes.get("/:token", async (context) => {
    const token = context.req.param("token");
    const feed = isFeedToken(token) ? await feedByToken(wiring.database.db, token) : null;
    const customer =
      feed === null || feed.revokedAt !== null
        ? null
        : await customerById(wiring.database.db, feed.ownerId, feed.customerId);
    if (feed === null || customer === null) return missing(context);
    const language = languageOf(context.req.query("language"), customer);
    const read = await readFeed(wiring, { feed, token, language });
    return answer(context, read);
  });
  routes.onError((error, context) => {
    log.error({ error: describeFault(error) }, "a feed failed");
    return context.text("This did not work. Try again in a minute.\n", 500, PRIVATE_HEADERS);
  });
  return routes;
}

/** The same whether it never was or was taken back. */
const missing = (context: Context): Response => context.text("There is no feed here.\n", 404, PRIVATE_HEADERS);

function languageOf(asked: string | undefined, customer: Customer): Language {
  if (asked === "en" || asked === "ja") return asked;
  const known = [...customer.contacts, ...(customer.owner === null ? [] : [customer.owner])];
  return known.find(({ language }) => language !== null)?.language ?? "en";
}

type Read = { readonly document: string; readonly modifiedAt: number };

async function readFeed(
  { database, addresses }: Wiring,
  { feed, token, language }: { readonly feed: Feed; readonly token: string; readonly language: Language },
): Promise<Read> {
  const { db } = database;
  const events = await eventsOfCustomer(db, feed.ownerId, feed.customerId, { sinceAt: 0, limit: MOST_ENTRIES });
  const open = await patchesInPublic(db, [...new Set(events.flatMap(({ patchId }) => patchId ?? []))]);
  const modifiedAt = events.reduce((newest, { at }) => Math.max(newest, at), feed.createdAt);
  const host = addresses.publicUrl === null ? "localhost" : new URL(addresses.publicUrl).hostname;
  const entries = events.map(
    (event): AtomEntry => ({
      id: `tag:${host},${dayOf(event.at)}:event/${digest(`${feed.ownerId}:${feed.customerId}:${event.id}`)}`,
      at: event.at,
      ...entryWords(event, language),
      url: urlOf(event, open),
    }),
  );
  const self = addresses.publicUrl === null ? null : `${addresses.publicUrl}${feedPath(token)}`;
  const document = atomDocument({
    id: `tag:${host},${dayOf(feed.createdAt)}:feed/${digest(feed.tokenHash)}`,
    title: feedTitle(language),
    language,
    updatedAt: modifiedAt,
    self,
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

function answer(context: Context, { document, modifiedAt }: Read): Response {
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
