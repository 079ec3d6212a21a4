// The board's first page under /o/:owner: what waits, gravest first.
import { Hono } from "hono";
import { html } from "hono/html";
import { BOARD_TEXTS } from "../messages.ts";
import type { BoardEnv, BoardParts } from "../parts.ts";
import { boardPage } from "../shell.ts";

/** To be mounted under `/o/:owner`. */
export function waitingPages(_parts: BoardParts): Hono<BoardEnv> {
  const routes = new Hono<BoardEnv>();
  routes.get("/", (context) => {
    const { viewer } = context.var;
    const title = BOARD_TEXTS[viewer.language].sections.waiting;
    return boardPage(context, viewer, { title, section: "waiting", body: html`<h1>${title}</h1>` });
  });
  return routes;
}
