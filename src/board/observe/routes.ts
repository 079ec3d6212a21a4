// The address of what is only observed, for whoever sees the whole board.
import { Hono } from "hono";
import { notFound } from "../enter.ts";
import type { BoardEnv, BoardParts } from "../parts.ts";
import { boardPage } from "../shell.ts";
import { gatherObserved } from "./gather.ts";
import { OBSERVE_TEXTS } from "./messages.ts";
import { observeBody } from "./page.ts";
import { readObserveFilters } from "./parse.ts";

/** To be mounted under `/o/:owner`. */
export function observePages({ wiring }: BoardParts): Hono<BoardEnv> {
  const routes = new Hono<BoardEnv>();
  routes.get("/observe", async (context) => {
    const { viewer } = context.var;
    if (viewer.isLimited) return notFound(context);
    const gathering = { db: wiring.database.db, viewer, now: wiring.now(), webUrl: wiring.addresses.webUrl };
    const shown = await gatherObserved(gathering, readObserveFilters(context.req.query()));
    const title = OBSERVE_TEXTS[viewer.language].title;
    return boardPage(context, viewer, { title, section: "observe", body: observeBody(viewer, shown) });
  });
  return routes;
}
