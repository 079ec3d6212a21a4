// GET /feeds/:token: a customer's events for their feed reader, behind an address that can be taken back.
import { type Context, Hono } from "hono";
import { eventsOfCustomer } from "../cases/events-store.ts";
import type { Customer } from "../customers/customer.ts";
import { customerById } from "../customers/store.ts";
import { describeFault, type Log } from "../log.ts";
import type { Wiring } from "../patches/wiring.ts";
import type { Language } from "../policy/policy.ts";
import { PRIVATE_HEADERS } from "../web/page.ts";
import { limitRate } from "../web/rate-limit.ts";
import { answerFeed, writeFeed } from "./document.ts";
import { feedPath, isFeedToken } from "./feed.ts";
import { feedByToken } from "./store.ts";

const PER_MINUTE = 120;
const MOST_ENTRIES = 100;

type Parts = { readonly wiring: Wiring; readonly log: Log };

/** The routes of feeds, to be put under `/feeds`. */
export function feedRoutes({ wiring, log }: Parts): Hono {
  const { db } = wiring.database;
  const routes = new Hono();
  routes.use(limitRate(PER_MINUTE, wiring.now));
  routes.get("/:token", async (context) => {
    const token = context.req.param("token");
    const feed = isFeedToken(token) ? await feedByToken(db, token) : null;
    const customer =
      feed === null || feed.revokedAt !== null ? null : await customerById(db, feed.ownerId, feed.customerId);
    if (feed === null || customer === null) return missing(context);
    const asked = { sinceAt: 0, limit: MOST_ENTRIES };
    const source = {
      tokenHash: feed.tokenHash,
      createdAt: feed.createdAt,
      path: feedPath(token),
      language: languageOf(context.req.query("language"), customer),
      events: await eventsOfCustomer(db, feed.ownerId, feed.customerId, asked),
    };
    return answerFeed(context, await writeFeed(wiring, source));
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
