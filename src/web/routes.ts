// Every path that the server answers, put together: what machines ask, and what people open. Apart, because each feature makes its own.
import { Hono } from "hono";
import { answerRoutes } from "../choices/routes.ts";
import { feedRoutes } from "../feeds/routes.ts";
import { describeFault, type Log } from "../log.ts";
import type { Wiring } from "../patches/wiring.ts";
import { healthRoutes } from "./health.ts";

type Parts = {
  readonly wiring: Wiring;
  readonly log: Log;
  readonly health: Parameters<typeof healthRoutes>[0];
};

/** All routes but the webhook's, which needs no framework. */
export function createRoutes({ wiring, log, health }: Parts): Hono {
  const routes = new Hono();
  routes.route("/", healthRoutes(health));
  routes.route("/answer", answerRoutes({ wiring, log }));
  routes.route("/feeds", feedRoutes({ wiring, log }));
  routes.onError((error, context) => {
    log.error({ error: describeFault(error) }, "a request failed");
    return context.text("This did not work. Try again in a minute.\n", 500);
  });
  return routes;
}
