// What a machine asks: is the process alive, can it work, what are its figures. Apart, because these need no sign-in and no page.
import { Hono } from "hono";
import type { Database } from "../db/database.ts";
import { troubleText } from "../db/storage.ts";
import type { Metrics } from "../metrics.ts";
import { askDatabase } from "./health-store.ts";

const PATIENCE_MILLIS = 2000;
const NO_ANSWER = "the database does not answer";

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
    const because = await notReadyBecause(database);
    return because === null ? context.text("ready\n") : context.text(`not ready: ${because}\n`, 503);
  });
  routes.get("/metrics", async (context) =>
    context.body(await metrics.text(), 200, { "content-type": metrics.contentType }),
  );
  return routes;
}

async function notReadyBecause(database: Database): Promise<string | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<string>((resolve) => {
    timer = setTimeout(() => resolve(NO_ANSWER), PATIENCE_MILLIS);
  });
  const asked = askDatabase(database.db)
    .then(() => database.storage.check())
    .then(
      (trouble) => (trouble === null ? null : troubleText(trouble)),
      () => NO_ANSWER,
    );
  const because = await Promise.race([asked, late]);
  clearTimeout(timer);
  return because;
}
