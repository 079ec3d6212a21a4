// The settings' pages about customers as a whole: the list, taking everything out as a file, and what was changed.
import { Hono } from "hono";
import { customerChanges } from "../../customers/history-store.ts";
import { customerById } from "../../customers/store.ts";
import { exportCustomers } from "../../customers/store-import.ts";
import { customersToCsv, customersToYaml } from "../../customers/write.ts";
import { keepBoardAct } from "../acts-store.ts";
import { notFound } from "../enter.ts";
import type { BoardEnv, BoardParts } from "../parts.ts";
import { BOARD_HEADERS, boardPage } from "../shell.ts";
import { CUSTOMERS_TEXTS } from "./customers-messages.ts";
import { customersBody, historyBody } from "./customers-page.ts";
import { customerNames } from "./customers-store.ts";
import { forSetUp } from "./guard.ts";

const A_PAGE = 100;
const CHANGES_A_PAGE = 50;

export function customersRoutes(parts: BoardParts): Hono<BoardEnv> {
  const { database, now } = parts.wiring;
  const routes = new Hono<BoardEnv>();

  routes.get(
    "/settings/customers",
    forSetUp(async (context) => {
      const { viewer } = context.var;
      const search = (context.req.query("q") ?? "").trim().slice(0, 100);
      const afterId = (context.req.query("after") ?? "").slice(0, 100);
      const asked = { search, afterId, limit: A_PAGE + 1 };
      const found = await customerNames(database.db, viewer.owner.ownerId, asked);
      const customers = found.slice(0, A_PAGE);
      const nextAfter = found.length > A_PAGE ? (customers.at(-1)?.id ?? null) : null;
      return boardPage(context, viewer, {
        title: CUSTOMERS_TEXTS[viewer.language].title,
        section: "settings",
        body: customersBody({ viewer, customers, search, nextAfter }),
      });
    }),
  );

  routes.get(
    "/settings/customers/export",
    forSetUp(async (context) => {
      const { viewer } = context.var;
      const isCsv = context.req.query("format") === "csv";
      const stored = await exportCustomers(database.db, viewer.owner.ownerId);
      const words = `took out ${stored.customers.length} customers and ${stored.people.length} people as a file`;
      const act = { kind: "customers-exported", subject: "settings", words, at: now() };
      await database.transaction((tx) => keepBoardAct(tx, viewer, act));
      return context.body(isCsv ? customersToCsv(stored) : customersToYaml(stored), 200, {
        ...BOARD_HEADERS,
        "content-type": isCsv ? "text/csv; charset=utf-8" : "application/yaml; charset=utf-8",
        "content-disposition": `attachment; filename="customers.${isCsv ? "csv" : "yml"}"`,
      });
    }),
  );

  const history = (path: string) =>
    routes.get(
      path,
      forSetUp(async (context) => {
        const { viewer } = context.var;
        const { ownerId } = viewer.owner;
        const id = context.req.param("id") ?? null;
        const customer = id === null ? null : await customerById(database.db, ownerId, id);
        if (id !== null && customer === null) return notFound(context);
        const found = await customerChanges(database.db, ownerId, {
          customerId: customer?.id ?? null,
          beforeId: idIn(context.req.query("before")),
          limit: CHANGES_A_PAGE + 1,
        });
        const changes = found.slice(0, CHANGES_A_PAGE);
        const text = CUSTOMERS_TEXTS[viewer.language];
        return boardPage(context, viewer, {
          title: customer === null ? text.allHistoryTitle : text.historyTitle(customer.name),
          section: "settings",
          body: historyBody({
            viewer,
            customer,
            changes,
            nextBefore: found.length > CHANGES_A_PAGE ? (changes.at(-1)?.id ?? null) : null,
          }),
        });
      }),
    );
  history("/settings/customers/history");
  history("/customers/:id/history");
  return routes;
}

const idIn = (asked: string | undefined): number | null =>
  asked !== undefined && /^[1-9]\d{0,14}$/.test(asked) ? Number(asked) : null;
