// The settings: their first page, and the parts behind it, each in a file of its own.
import { Hono } from "hono";
import { html } from "hono/html";
import { notFound } from "../enter.ts";
import type { BoardEnv, BoardParts } from "../parts.ts";
import { ownerPath } from "../paths.ts";
import { boardPage } from "../shell.ts";
import { maySetUp } from "../viewer.ts";
import { customersRoutes } from "./customers-routes.ts";
import { editRoutes } from "./edit-routes.ts";
import { importRoutes } from "./import-routes.ts";
import { SETTINGS_TEXTS } from "./messages.ts";
import { peopleRoutes } from "./people-routes.ts";
import { sessionsPath, sessionsRoutes } from "./sessions-routes.ts";
import { tokensRoutes } from "./tokens-routes.ts";

/** To be mounted under `/o/:owner`. */
export function settingsPages(parts: BoardParts): Hono<BoardEnv> {
  const routes = new Hono<BoardEnv>();
  routes.get("/settings", async (context) => {
    const { viewer } = context.var;
    if (viewer.isLimited) return notFound(context);
    if (!maySetUp(viewer)) return context.redirect(sessionsPath(viewer), 303);
    const text = SETTINGS_TEXTS[viewer.language];
    return boardPage(context, viewer, {
      title: text.title,
      section: "settings",
      body: html`<h1>${text.title}</h1>
<dl>${text.parts.map(
        ({ path, title, what }) => html`<dt><a href="${ownerPath(viewer, path)}">${title}</a></dt>
<dd>${what}</dd>
`,
      )}</dl>`,
    });
  });
  for (const part of [importRoutes, customersRoutes, editRoutes, peopleRoutes, tokensRoutes, sessionsRoutes])
    routes.route("/", part(parts));
  return routes;
}
