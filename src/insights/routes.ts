// GET /o/:owner/insights and its files: for those who may see customers; everybody else finds nothing here.
import { type Context, Hono } from "hono";
import { notFound } from "../board/enter.ts";
import type { BoardEnv, BoardParts } from "../board/parts.ts";
import { repositoryNamed } from "../board/repositories/repositories-store.ts";
import { BOARD_HEADERS, boardPage } from "../board/shell.ts";
import type { Viewer } from "../board/viewer.ts";
import type { Db } from "../db/database.ts";
import { ownerId } from "../github/refs.ts";
import { csvOf } from "./csv.ts";
import { customerNamed, customerNames, repositoryNames } from "./filter-store.ts";
import type { Filters } from "./insight.ts";
import { createKept, type ReadInsights } from "./kept.ts";
import { INSIGHT_TEXTS } from "./messages.ts";
import { type Choices, insightsBody } from "./page.ts";
import { figureOfFile, readFilters, type UnknownFilter, unknownFilter } from "./parse.ts";
import { type Insights, readInsights } from "./read.ts";

/** More customers than these are not listed: they are asked for by id. */
const MOST_LISTED = 200;

/** To be mounted under `/o/:owner`. */
export function insightsPages(parts: BoardParts): Hono<BoardEnv> {
  const { database } = parts.wiring;
  const read = createKept((asking) => readInsights(database, asking));
  const routes = new Hono<BoardEnv>();

  routes.get("/insights", async (context) => {
    const { viewer } = context.var;
    if (viewer.isLimited) return notFound(context);
    const [{ insights, unknown }, choices] = await Promise.all([
      readAsked(parts, context, read),
      choicesOf(database.db, viewer),
    ]);
    return boardPage(context, viewer, {
      title: INSIGHT_TEXTS[viewer.language].title,
      section: "insights",
      body: insightsBody({ viewer, insights, unknown, choices }),
    });
  });

  routes.get("/insights/:file", async (context) => {
    const figure = figureOfFile(context.req.param("file"));
    if (context.var.viewer.isLimited || figure === null) return notFound(context);
    const { insights } = await readAsked(parts, context, read);
    return context.body(csvOf(figure, insights), 200, {
      ...BOARD_HEADERS,
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": `attachment; filename="insights-${figure}.csv"`,
    });
  });

  return routes;
}

type AskedInsights = { readonly insights: Insights; readonly unknown: readonly UnknownFilter[] };

async function readAsked(
  { wiring }: BoardParts,
  context: Context<BoardEnv>,
  read: ReadInsights,
): Promise<AskedInsights> {
  const { owner, person } = context.var.viewer;
  const { filters, unknown } = await filtersOf(wiring.database.db, owner.ownerId, context.req.query());
  const insights = await read({
    owner: { id: ownerId(owner.ownerId), login: owner.login },
    filters,
    login: person.kind === "github" ? person.login : null,
    now: wiring.now(),
  });
  return { insights, unknown };
}

/** A customer or repository that is not this owner's is as unknown as one that is nowhere. */
async function filtersOf(
  db: Db,
  owner: number,
  query: Readonly<Record<string, string>>,
): Promise<{ readonly filters: Filters; readonly unknown: readonly UnknownFilter[] }> {
  const asked = readFilters(query);
  const customer = asked.customer === null ? null : await customerNamed(db, owner, asked.customer);
  const repository = asked.repository === null ? null : await repositoryNamed(db, owner, asked.repository);
  return {
    filters: {
      period: asked.period,
      severity: asked.severity,
      customer,
      repository: repository === null ? null : { id: repository.id, name: repository.name },
    },
    unknown: [
      ...asked.unknown,
      ...(asked.customer === null || customer !== null ? [] : [unknownFilter("customer", asked.customer)]),
      ...(asked.repository === null || repository !== null ? [] : [unknownFilter("repository", asked.repository)]),
    ],
  };
}

async function choicesOf(db: Db, { owner }: Viewer): Promise<Choices> {
  const customers = await customerNames(db, owner.ownerId, MOST_LISTED + 1);
  return {
    customers: customers.length > MOST_LISTED ? null : customers,
    repositories: await repositoryNames(db, owner.ownerId, MOST_LISTED),
  };
}
