// GET /c/:token and its feed: what one contact of a customer may read, behind an address that ends by itself and can be taken back.
import { type Context, Hono } from "hono";
import { type CustomerEvent, eventsOfCustomer } from "../cases/events-store.ts";
import type { Customer } from "../customers/customer.ts";
import { customerById } from "../customers/store.ts";
import { answerFeed, writeFeed } from "../feeds/document.ts";
import { isFeedToken } from "../feeds/feed.ts";
import { describeFault, type Log } from "../log.ts";
import type { Wiring } from "../patches/wiring.ts";
import type { Language } from "../policy/policy.ts";
import { languageAsked, PRIVATE_HEADERS } from "../web/page.ts";
import { createRateLimit, limitRate } from "../web/rate-limit.ts";
import { ownCases, ownEvents } from "./cases-store.ts";
import { pageFeedPath } from "./link.ts";
import { PAGE_TEXTS } from "./messages.ts";
import { customerPage, PER_PAGE, plainPage } from "./page.ts";
import { type ContactLink, isSameContact, linkByToken, noteOpening } from "./store.ts";

const PER_MINUTE = 120;
/** Each opening is a row: whoever has a link cannot make as many of them as they like. */
const OPENINGS_PER_MINUTE = 60;
const MOST_ENTRIES = 100;
const MOST_PAGES = 10_000;

type Parts = { readonly wiring: Wiring; readonly log: Log };

type Look =
  | { readonly kind: "missing" | "expired" | "busy" }
  | {
      readonly kind: "open";
      readonly link: ContactLink;
      readonly customer: Customer;
      readonly language: Language | null;
    };

/** The routes of customers' pages, to be put under `/c`. */
export function customerPageRoutes({ wiring, log }: Parts): Hono {
  const { database, now } = wiring;
  const routes = new Hono();
  const openings = createRateLimit(OPENINGS_PER_MINUTE);
  routes.use(limitRate(PER_MINUTE, now));

  /** Never was, was taken back, and nobody's any more are one: nothing is told apart to whoever guesses. */
  async function look(token: string, at: number): Promise<Look> {
    const link = isFeedToken(token) ? await linkByToken(database.db, token) : null;
    if (link === null || link.revokedAt !== null) return { kind: "missing" };
    const customer = await customerById(database.db, link.ownerId, link.customerId);
    const contact = customer?.contacts.find((each) => isSameContact(each, link.contact));
    if (customer === null || contact === undefined) return { kind: "missing" };
    if (link.expiresAt <= at) return { kind: "expired" };
    if (!openings.take(String(link.id), at)) return { kind: "busy" };
    return { kind: "open", link, customer, language: contact.language };
  }

  const languageOf = (context: Context, known: Language | null): Language => {
    const asked = context.req.query("language");
    if (asked === "en" || asked === "ja") return asked;
    return known ?? languageAsked(context.req.header("accept-language"));
  };

  const refuse = (context: Context, kind: Exclude<Look["kind"], "open">): Response | Promise<Response> => {
    const language = languageOf(context, null);
    if (kind === "busy")
      return context.text(`${PAGE_TEXTS[language].busy}\n`, 429, { ...PRIVATE_HEADERS, "retry-after": "60" });
    return plainPage(context, kind, language);
  };

  routes.get("/:token", async (context) => {
    const at = now();
    const token = context.req.param("token");
    const seen = await look(token, at);
    if (seen.kind !== "open") return refuse(context, seen.kind);
    const { link, customer } = seen;
    const page = pageAsked(context.req.query("page"));
    const own = await ownCases(database.db, link, { limit: PER_PAGE, offset: (page - 1) * PER_PAGE });
    await database.transaction((tx) => noteOpening(tx, { linkId: link.id, at, what: "page" }));
    const language = languageOf(context, seen.language);
    const { timezone } = customer;
    return customerPage(context, { language, timezone, now: at, expiresAt: link.expiresAt, token, page, ...own });
  });

  routes.get("/:token/feed.atom", async (context) => {
    const at = now();
    const token = context.req.param("token");
    const seen = await look(token, at);
    if (seen.kind !== "open") return refuse(context, seen.kind);
    const { link } = seen;
    const asked = { sinceAt: 0, limit: MOST_ENTRIES };
    const events = await eventsOfCustomer(database.db, link.ownerId, link.customerId, asked);
    const own = await ownEvents(database.db, link, events);
    await database.transaction((tx) => noteOpening(tx, { linkId: link.id, at, what: "feed" }));
    const source = {
      tokenHash: link.tokenHash,
      createdAt: link.createdAt,
      path: pageFeedPath(token),
      language: languageOf(context, seen.language),
      events: own.map(asShown),
    };
    return answerFeed(context, await writeFeed(wiring, source));
  });

  routes.all("*", (context) => plainPage(context, "missing", languageOf(context, null)));
  routes.onError((error, context) => {
    log.error({ error: describeFault(error) }, "a customer's page failed");
    return plainPage(context, "failed", languageOf(context, null));
  });
  return routes;
}

/** As on the page: a case by its reference alone, and no pull request, but a release that everybody may read. */
function asShown(event: CustomerEvent): CustomerEvent {
  const isRelease = event.event.kind === "shipped" && event.event.url !== null;
  return {
    ...event,
    case: event.case === null ? null : { ...event.case, title: "" },
    pull: isRelease ? event.pull : null,
  };
}

/** What is no page is the first. */
const pageAsked = (asked: string | undefined): number =>
  asked !== undefined && /^[1-9]\d{0,4}$/.test(asked) ? Math.min(Number(asked), MOST_PAGES) : 1;
