// The board's stylesheet, one file that browsers keep: read once at start, named by what it holds.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { Hono } from "hono";

const text = (name: string): string => readFileSync(new URL(name, import.meta.url), "utf8");

const STYLES = text("./tokens.css") + text("./board.css");
const NAME = createHash("sha256").update(STYLES).digest("hex").slice(0, 16);

export const STYLES_PATH = `/assets/board-${NAME}.css`;

/** To be put under `/assets`. An older page asks for an older name: it gets the styles of now, unkept. */
export function assetRoutes(): Hono {
  const routes = new Hono();
  routes.get("/:file{board-[0-9a-f]+\\.css}", (context) => {
    const isThis = context.req.path.endsWith(STYLES_PATH);
    return context.body(STYLES, 200, {
      "content-type": "text/css; charset=utf-8",
      "cache-control": isThis ? "public, max-age=31536000, immutable" : "no-cache",
      "x-content-type-options": "nosniff",
    });
  });
  return routes;
}
