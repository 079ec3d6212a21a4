// GET /o/:owner/customers/:id/record/:year: reads what a customer's year holds. Apart from the page, which only shows it.
import { Hono } from "hono";
import { notFound } from "../board/enter.ts";
import type { BoardEnv, BoardParts } from "../board/parts.ts";
import { boardPage } from "../board/shell.ts";
import type { Viewer } from "../board/viewer.ts";
import type { Customer } from "../customers/customer.ts";
import { customerById } from "../customers/store.ts";
import { ownerId as toOwnerId } from "../github/refs.ts";
import { calendarOf, dayMillis } from "../policy/calendar.ts";
import { ownersPolicy } from "../policy/effective.ts";
import type { Language } from "../policy/policy.ts";
import { RECORD_TEXTS } from "./messages.ts";
import { MOST_ROWS, type RecordShown, recordBody, recordPath } from "./page.ts";
import { spanOfYear, timeSaved, yearsOf } from "./record.ts";
import {
  casesReceived,
  countReceived,
  firstCaseAt,
  fixesOf,
  othersDecisions,
  ownDecisions,
  promisedDays,
  timesTold,
} from "./store.ts";

const MOST_DECISIONS = 5000;
/** So many of everybody else's say what is usual; a year can hold tens of thousands. */
const MOST_OTHERS = 2000;
const MOST_PROMISED = 1000;

/** To be mounted under `/o/:owner`. */
export function recordRoutes({ wiring }: BoardParts): Hono<BoardEnv> {
  const { db } = wiring.database;
  const routes = new Hono<BoardEnv>();

  /** The customer of the address and their years; null where there is none, or the viewer may know nothing of customers. */
  const known = async (viewer: Viewer, id: string) => {
    const customer = viewer.isLimited ? null : await customerById(db, viewer.owner.ownerId, id);
    if (customer === null) return null;
    const of = { ownerId: viewer.owner.ownerId, customerId: customer.id };
    const { timezone, contracts } = customer;
    const years = yearsOf({ contracts, firstCaseAt: await firstCaseAt(db, of), now: wiring.now(), timezone });
    return { customer, of, years };
  };

  // So that others can link to a record without knowing its years.
  routes.get("/customers/:id/record", async (context) => {
    const { viewer } = context.var;
    const found = await known(viewer, context.req.param("id"));
    const newest = found?.years[0];
    if (found === null || newest === undefined) return notFound(context);
    return context.redirect(recordPath(viewer, found.customer.id, newest), 303);
  });

  routes.get("/customers/:id/record/:year", async (context) => {
    const { viewer } = context.var;
    const now = wiring.now();
    const found = await known(viewer, context.req.param("id"));
    const year = found?.years.find((each) => String(each) === context.req.param("year"));
    if (found === null || year === undefined) return notFound(context);
    const { customer, of, years } = found;
    const reader = { ...viewer, language: languageIn(context.req.query("language"), viewer.language) };
    const read = await readYear(wiring, { customer, of, year, now });
    return boardPage(context, reader, {
      title: `${RECORD_TEXTS[reader.language].title(String(year))} · ${customer.name}`,
      section: "customers",
      body: recordBody({ viewer: reader, customer, year, years, now, ...read }),
    });
  });
  return routes;
}

const languageIn = (asked: string | undefined, own: Language): Language =>
  asked === "en" || asked === "ja" ? asked : own;

type Asked = {
  readonly customer: Customer;
  readonly of: { readonly ownerId: number; readonly customerId: string };
  readonly year: number;
  readonly now: number;
};

async function readYear(
  { database }: BoardParts["wiring"],
  { customer, of, year, now }: Asked,
): Promise<Omit<RecordShown, "viewer" | "customer" | "year" | "years" | "now">> {
  const { db } = database;
  const span = spanOfYear(year, customer.timezone);
  const before = spanOfYear(year - 1, customer.timezone);
  const own = await ownDecisions(db, of, { fromAt: before.fromAt, toAt: span.toAt, limit: MOST_DECISIONS });
  const others = await othersDecisions(db, of.ownerId, {
    ...span,
    repositories: own.repositories,
    limit: MOST_OTHERS,
  });
  const { policy } = await ownersPolicy(db, toOwnerId(of.ownerId));
  return {
    span,
    counts: await countReceived(db, of, span),
    cases: await casesReceived(db, of, { ...span, limit: MOST_ROWS }),
    fixes: await fixesOf(db, of, { ...span, now, limit: MOST_ROWS }),
    times: timeSaved({ own: own.times, others, year: span }),
    dayMillis: dayMillis(calendarOf(policy.calendar, new Set())),
    promised: await promisedDays(db, of, { year, limit: MOST_PROMISED }),
    timesTold: await timesTold(db, of, span),
  };
}
