// What a machine asks: is the process alive, can it work, what are its figures. Apart, because these need no sign-in and no page.
import { Hono } from "hono";
import type { Database } from "../db/database.ts";
import type { Metrics } from "../metrics.ts";
import { askDatabase } from "./health-store.ts";

const PATIENCE_MILLIS = 2000;

type Parts = {
  /** Open, so its schema is up to date. */
  readonly database: Database;
  readonly isStopping: () => boolean;
  readonly metrics: Metrics;
};

/** `/healthz`, `/readyz` and `/metrics`. */
export function healthRoutes({ database, isStopping, metrics }: Parts): Hono {
  const routes = new Hono();
  routes.get("/healthz", (context) => context.text("alive\n"));
  routes.get("/readyz", async (context) => {
    if (isStopping()) return context.text("not ready: the process is stopping\n", 503);
    if (!(await answers(database))) return context.text("not ready: the database does not answer\n", 503);
    return context.text("ready\n");
  });
  routes.get("/metrics", async (context) =>
    context.body(await metrics.text(), 200, { "content-type": metrics.contentType }),
  );
  return routes;
}

async function answers(database: Database): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), PATIENCE_MILLIS);
  });
  const asked = askDatabase(database.db).then(
    () => true,
    () => false,
  );
  const isAnswering = await Promise.race([asked, late]);
  clearTimeout(timer);
  return isAnswering;
}
