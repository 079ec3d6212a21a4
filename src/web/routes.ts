// Every path that the server answers, put together: what machines ask, and what people open. Apart, because each feature makes its own.
import { Hono } from "hono";
import { HTTPException } from "hono/http-exception";
import { apiRoutes } from "../api/routes.ts";
import type { BoardParts } from "../board/parts.ts";
import { boardRoutes } from "../board/routes.ts";
import { answerRoutes } from "../choices/routes.ts";
import type { SlackConfig } from "../choices/slack-client.ts";
import { slackRoutes } from "../choices/slack-routes.ts";
import { customerPageRoutes } from "../customer-page/routes.ts";
import { feedRoutes } from "../feeds/routes.ts";
import { describeFault, type Log } from "../log.ts";
import type { Wiring } from "../patches/wiring.ts";
import { checklistRoutes } from "../setup/checklist-routes.ts";
import type { Visit } from "../setup/visit.ts";
import { createAfterwards } from "./afterwards.ts";
import { healthRoutes } from "./health.ts";
import { PRIVATE_HEADERS } from "./page.ts";

type Parts = {
  readonly wiring: Wiring;
  readonly log: Log;
  readonly slack: SlackConfig;
  readonly board: Omit<BoardParts, "wiring" | "log" | "afterwards">;
  readonly visit?: Visit | null;
  readonly health: Parameters<typeof healthRoutes>[0];
};

export type Routes = {
  /** All but the webhook's, which needs no framework. */
  readonly hono: Hono;
  /** Resolves once what followed the answers to requests is done. */
  readonly settled: () => Promise<void>;
};

export function createRoutes({ wiring, log, slack, board, visit = null, health }: Parts): Routes {
  const afterwards = createAfterwards(log);
  const routes = new Hono();
  routes.route("/", healthRoutes(health));
  routes.route("/answer", answerRoutes({ wiring, log }));
  routes.route("/feeds", feedRoutes({ wiring, log }));
  routes.route("/c", customerPageRoutes({ wiring, log }));
  routes.route("/slack", slackRoutes({ wiring, log, slack, afterwards }));
  routes.route("/setup", checklistRoutes({ database: wiring.database, visit, now: wiring.now }));
  routes.route("/api/v1", apiRoutes({ wiring, log }));
  routes.route("/", boardRoutes({ ...board, wiring, log, afterwards }));
  routes.notFound((context) => context.text("There is nothing here.\n", 404, PRIVATE_HEADERS));
  routes.onError((error, context) => {
    // What a part of hono refused on purpose, such as a body that is too large.
    if (error instanceof HTTPException) return error.getResponse();
    log.error({ error: describeFault(error) }, "a request failed");
    return context.text("This did not work. Try again in a minute.\n", 500);
  });
  return { hono: routes, settled: afterwards.settled };
}
