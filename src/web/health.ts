// What a machine asks: is the process alive, can it work, what are its figures. Apart, because these need no sign-in and no page.
import { Hono } from "hono";
import type { Database } from "../db/database.ts";
import { troubleText } from "../db/storage.ts";
import type { Metrics } from "../metrics.ts";
import { sharedQuestion } from "../shared-question.ts";
import { askDatabase } from "./health-store.ts";

const NO_ANSWER = "the database does not answer";

type Parts = {
  /** Open, so its schema is up to date. */
  readonly database: Database;
  readonly isStopping: () => boolean;
  readonly metrics: Metrics;
};

/** `/healthz`, `/readyz` and `/metrics`. */
export function healthRoutes({ database, isStopping, metrics }: Parts): Hono {
  const notReadyBecause = sharedQuestion(() => troubleOf(database), NO_ANSWER);
  const routes = new Hono();
  routes.get("/healthz", (context) => context.text("alive\n"));
  routes.get("/readyz", async (context) => {
    if (isStopping()) return context.text("not ready: the process is stopping\n", 503);
    const because = await notReadyBecause();
    return because === null ? context.text("ready\n") : context.text(`not ready: ${because}\n`, 503);
  });
  routes.get("/metrics", async (context) =>
    context.body(await metrics.text(), 200, { "content-type": metrics.contentType }),
  );
  return routes;
}

async function troubleOf(database: Database): Promise<string | null> {
  try {
    await askDatabase(database.db);
    const trouble = await database.storage.check();
    return trouble === null ? null : troubleText(trouble);
  } catch {
    return NO_ANSWER;
  }
}
