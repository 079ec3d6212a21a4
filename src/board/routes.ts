// The board's addresses: signing in and out, whose board, and every page under /o/:owner behind the door that asks who somebody is.
import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { html } from "hono/html";
import { HTTPException } from "hono/http-exception";
import { describeFault } from "../log.ts";
import { readForm } from "../web/form.ts";
import { sameOrigin } from "../web/same-origin.ts";
import { type BoardOwner, boardOwners } from "./access-store.ts";
import { assetRoutes } from "./assets.ts";
import { type CurrentAccess, createCurrentAccess } from "./current-access.ts";
import { away, enterBoard, notFound } from "./enter.ts";
import { MOST_FORM_BYTES } from "./forms.ts";
import { BOARD_TEXTS } from "./messages.ts";
import { PAGES } from "./pages.ts";
import type { BoardEnv, BoardParts } from "./parts.ts";
import { ownerPath, safeReturn } from "./paths.ts";
import { keepChosen, readingOf } from "./reading.ts";
import { isCsrfOf } from "./secrets.ts";
import { endSession, type OpenSession, openSession } from "./session.ts";
import { plainBoardPage } from "./shell.ts";
import { SIGN_IN_TEXTS } from "./sign-in/messages.ts";
import { signInRoutes } from "./sign-in/routes.ts";
import { tooLargePage } from "./too-large.ts";
import { wordPage } from "./word-page.ts";

/** What anybody may send, signed in or not. */
const MOST_SMALL_BYTES = 16 * 1024;

/** To be put at the root. */
export function boardRoutes(parts: BoardParts): Hono {
  const { wiring, log, secrets } = parts;
  const { publicUrl } = wiring.addresses;
  const currentAccess = createCurrentAccess(parts);
  const routes = new Hono();
  routes.route("/assets", assetRoutes());
  routes.route("/sign-in", signInRoutes(parts));

  routes.get("/", async (context) => {
    const open = await openSession(context, parts);
    if (open === null) return context.redirect("/sign-in", 303);
    const owners = await ownersFor(parts, currentAccess, open);
    const [only, ...others] = owners;
    if (only !== undefined && others.length === 0) return context.redirect(ownerPath({ owner: only }), 303);
    return boardsPage(context, owners);
  });

  routes.post("/sign-out", sameOrigin(publicUrl), bodyLimit({ maxSize: MOST_SMALL_BYTES }), async (context) => {
    const open = await openSession(context, parts);
    const form = await readForm(context);
    if (open !== null && !isCsrfOf(secrets, open.token, form.text("csrf"))) return refused(context);
    await endSession(context, parts);
    const text = SIGN_IN_TEXTS[readingOf(context).language];
    const on = { path: "/sign-in", words: text.title };
    return wordPage(context, { title: text.outTitle, text: text.out, status: 200, on });
  });

  routes.post("/reading", sameOrigin(publicUrl), bodyLimit({ maxSize: MOST_SMALL_BYTES }), async (context) => {
    const form = await readForm(context);
    keepChosen(context, { language: form.text("language"), theme: form.text("theme") });
    const wanted = form.text("return");
    return context.redirect(wanted === "/sign-in" ? wanted : safeReturn(wanted), 303);
  });

  const board = new Hono<BoardEnv>();
  // PostgreSQL takes no text with this character, so nothing is called so.
  board.use((context, next) => (context.req.url.includes("%00") ? notFound(context) : next()));
  board.use("/:owner/*", enterBoard(parts, currentAccess));
  // No act without the token of this very session; also where a browser says nothing of where a form came from.
  board.post("/:owner/*", sameOrigin(publicUrl), bodyLimit({ maxSize: MOST_FORM_BYTES }), async (context, next) => {
    const form = await readForm(context);
    if (!isCsrfOf(secrets, context.var.session.token, form.text("csrf"))) return refused(context);
    // What was known of somebody lets them read on, and change nothing.
    if (context.var.viewer.isStale) return away(context);
    context.set("form", form);
    return next();
  });
  for (const page of PAGES) board.route("/:owner", page(parts));
  board.all("/:owner/*", notFound);
  routes.route("/o", board);

  routes.onError((error, context) => {
    if (error instanceof HTTPException && error.status === 403) return refused(context);
    if (error instanceof HTTPException && error.status === 413) return tooLargePage(context);
    if (error instanceof HTTPException) return error.getResponse();
    log.error({ error: describeFault(error) }, "a page of the board failed");
    const text = BOARD_TEXTS[readingOf(context).language];
    return wordPage(context, { title: text.failedTitle, text: text.failed, status: 500 });
  });
  return routes;
}

/** Of the owners here those whose board somebody may see. */
async function ownersFor({ wiring }: BoardParts, currentAccess: CurrentAccess, { session }: OpenSession) {
  const seen: BoardOwner[] = [];
  for (const owner of await boardOwners(wiring.database.db)) {
    const known = await currentAccess(owner, session);
    if (known !== null && known.access.roles.length > 0) seen.push(owner);
  }
  return seen;
}

function boardsPage(context: Context, owners: readonly BoardOwner[]): Promise<Response> {
  const reading = readingOf(context);
  const text = BOARD_TEXTS[reading.language];
  const title = owners.length === 0 ? text.noBoardTitle : text.boardsTitle;
  return plainBoardPage(context, reading, {
    title,
    section: null,
    body: html`<h1>${title}</h1>
${
  owners.length === 0
    ? html`<p>${text.noBoard}</p><p><a href="/sign-in">${text.toSignIn}</a></p>`
    : html`<ul>${owners.map((owner) => html`<li><a href="${ownerPath({ owner })}">${owner.login}</a></li>`)}</ul>`
}`,
  });
}

function refused(context: Context): Promise<Response> {
  const text = BOARD_TEXTS[readingOf(context).language];
  return wordPage(context, { title: text.refusedTitle, text: text.refused, status: 403 });
}
