// The board's first page under /o/:owner: what waits, gravest first.
import { Hono } from "hono";
import type { BoardEnv, BoardParts } from "../parts.ts";
import { boardPage } from "../shell.ts";
import { WAITING_TEXTS } from "./messages.ts";
import { waitingBody } from "./page.ts";
import { readAsked } from "./parse.ts";
import { readChoices, readWaiting } from "./read.ts";

/** To be mounted under `/o/:owner`. */
export function waitingPages({ wiring }: BoardParts): Hono<BoardEnv> {
  const { db } = wiring.database;
  const routes = new Hono<BoardEnv>();
  routes.get("/", async (context) => {
    const { viewer } = context.var;
    const now = wiring.now();
    const choices = await readChoices(db, viewer, context.req.query("customer") ?? "");
    const asked = readAsked(context.req.query(), choices.known);
    const shown = await readWaiting(db, { viewer, asked, now });
    return boardPage(context, viewer, {
      title: WAITING_TEXTS[viewer.language].title,
      section: "waiting",
      body: waitingBody({ viewer, asked, shown, choices, now }),
      refreshSeconds: shown.refreshSeconds,
    });
  });
  return routes;
}
