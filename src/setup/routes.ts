// The set-up page's paths, from the code at the door to the press that starts the server. Apart from the server's own, which do not
// exist yet while these are served, and replace them afterwards.
import type { HttpBindings } from "@hono/node-server";
import { getConnInfo } from "@hono/node-server/conninfo";
import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { getCookie, setCookie } from "hono/cookie";
import { csrf } from "hono/csrf";
import { HTTPException } from "hono/http-exception";
import { describeFault, type Log } from "../log.ts";
import { readForm } from "../web/form.ts";
import { PRIVATE_HEADERS } from "../web/page.ts";
import { sourceOf } from "../web/source.ts";
import { COOKIE, type Door, type Guest, isFromThisMachine, isOwnName } from "./door.ts";
import type { Making } from "./making.ts";
import { confirmPage, credentialsPage, enterPage, formPage, notStartedPage, stopPage } from "./pages.ts";
import type { Words } from "./registration.ts";

const MOST_BYTES = 64 * 1024;

type Parts = { readonly door: Door; readonly making: Making; readonly now: () => number; readonly log: Log };

/** The routes of making an App, to be put at the root. */
export function setupRoutes({ door, making, now, log }: Parts): Hono {
  const routes = new Hono();
  const guestOf = (context: Context): Guest | null => door.guestOf(getCookie(context, COOKIE), now());
  const letIn = (context: Context, isSecure: boolean): Guest | null => {
    const cookie = door.admit(now());
    // Lax: GitHub leads back here from its own site. At the root: a proxy may serve us below a path.
    setCookie(context, COOKIE, cookie, { path: "/", httpOnly: true, sameSite: "Lax", secure: isSecure });
    return door.guestOf(cookie, now());
  };

  routes.get("/", (context) => context.redirect(`setup${new URL(context.req.url).search}`, 303));

  routes.get("/setup", async (context) => {
    const guest = guestOf(context) ?? (isFromThisMachine(callerOf(context)) ? letIn(context, false) : null);
    if (guest === null) {
      const code = context.req.query("code") ?? "";
      return enterPage(context, code === "" ? { code: "not-let-in" } : null, { code, action: "setup/enter" });
    }
    if (making.made() !== null) return seeOther(context, "setup/credentials");
    const chosen = making.underWay(guest, now())?.registration ?? null;
    return formPage(context, {
      ...making.form({ chosen, seenAt: seenAtOf(context) }),
      problems: [],
      token: door.formToken(guest),
    });
  });

  routes.use(
    "/setup/*",
    csrf({ origin: (origin, context) => isOurs(origin, context) || making.isPublicOrigin(origin) }),
    bodyLimit({ maxSize: MOST_BYTES, onError: (context) => stopPage(context, { code: "too-large" }, null) }),
  );

  routes.post("/setup/enter", async (context) => {
    const code = (await readForm(context)).text("code");
    const peer = getConnInfo(context).remote.address;
    const source = sourceOf(peer, context.req.header("x-forwarded-for"));
    const tried = door.tryCode(code, { source, now: now() });
    if (tried === "right") {
      letIn(context, context.req.header("origin")?.startsWith("https://") ?? false);
      log.info("the set-up page was opened with its code");
      return seeOther(context, "../setup");
    }
    log.warn({ tried }, "a code for the set-up page was not taken");
    return enterPage(context, { code: tried === "too-often" ? tried : `${tried}-code` }, { code: "", action: "enter" });
  });

  routes.post("/setup", async (context) => {
    const form = await readForm(context);
    const guest = guestOf(context);
    if (guest === null || !door.isFormToken(guest, form.text("token")))
      return stopPage(context, { code: "form-expired" }, "setup");
    if (making.made() !== null) return seeOther(context, "setup/credentials");
    const words: Words = {
      organization: form.text("organization"),
      host: form.text("host"),
      publicUrl: form.text("publicUrl"),
      proxyUrl: form.text("proxyUrl"),
      keep: form.text("keep"),
    };
    const problems = making.begin(guest, { words, origin: context.req.header("origin"), now: now() });
    if (problems.length === 0) return seeOther(context, "setup/confirm");
    return formPage(context, { ...making.form({ words }), problems, token: door.formToken(guest) });
  });

  routes.get("/setup/confirm", (context) => {
    const guest = guestOf(context);
    const underWay = guest === null ? null : making.underWay(guest, now());
    if (underWay === null) return seeOther(context, "../setup");
    return confirmPage(context, underWay);
  });

  routes.get("/setup/made", async (context) => {
    const guest = guestOf(context);
    if (guest === null) return stopPage(context, { code: "nothing-begun" }, "../setup");
    // Loaded again: there is an App already, and no second one.
    if (making.made()?.maker.id === guest.id) return seeOther(context, "credentials");
    const { code = "", state = "" } = context.req.query();
    const stop = await making.finish(guest, { code, state, now: now() });
    if (stop !== null) return stopPage(context, stop, stop.code === "not-reached" ? retryOf(context) : "../setup");
    // Shown credentials are started by a press, once they are stored.
    if (making.made()?.writtenTo === null) return seeOther(context, "credentials");
    return start(context, guest);
  });

  routes.get("/setup/credentials", async (context) => {
    const guest = guestOf(context);
    const made = making.made();
    if (guest === null || made === null) return stopPage(context, { code: "nothing-begun" }, "../setup");
    if (made.maker.id !== guest.id) return stopPage(context, { code: "made-elsewhere" }, null);
    const token = door.formToken(guest);
    if (made.writtenTo !== null) return notStartedPage(context, { reason: null, path: made.writtenTo, token });
    return credentialsPage(context, { ...made, name: made.app.name, token });
  });

  routes.post("/setup/start", async (context) => {
    const form = await readForm(context);
    const guest = guestOf(context);
    if (guest === null || !door.isFormToken(guest, form.text("token")))
      return stopPage(context, { code: "form-expired" }, "../setup");
    if (making.made()?.maker.id !== guest.id) return stopPage(context, { code: "nothing-begun" }, "../setup");
    return start(context, guest);
  });

  const start = async (context: Context, guest: Guest): Promise<Response> => {
    const started = await making.start();
    const path = making.made()?.writtenTo ?? null;
    if (started.kind === "failed")
      return notStartedPage(context, { reason: started.because, path, token: door.formToken(guest) });
    // The server answers from now on; this connection is still the set-up page's.
    context.header("connection", "close");
    return seeOther(context, "checklist");
  };

  routes.get("/healthz", (context) => context.text("alive\n"));
  routes.get("/readyz", (context) => context.text("not ready: there is no GitHub App yet\n", 503));
  routes.notFound((context) => context.text("There is nothing here.\n", 404, PRIVATE_HEADERS));
  routes.onError((error, context) => {
    if (error instanceof HTTPException) return stopPage(context, { code: "form-expired" }, null);
    log.error({ error: describeFault(error) }, "the set-up page failed");
    return stopPage(context, { code: "failed" }, null);
  });
  return routes;
}

function callerOf(context: Context) {
  const { incoming }: Partial<HttpBindings> = context.env;
  return {
    peer: incoming?.socket.remoteAddress,
    httpVersion: incoming?.httpVersion,
    headers: context.req.raw.headers,
  };
}

/** The address that a browser elsewhere sees; null on this machine, whose name for itself helps nobody else. */
function seenAtOf(context: Context): string | null {
  const host = context.req.header("host") ?? "";
  const scheme = context.req.header("x-forwarded-proto") === "https" ? "https" : "http";
  return host === "" || isOwnName(host) ? null : `${scheme}://${host}`;
}

function seeOther(context: Context, location: string): Response {
  for (const [name, value] of Object.entries(PRIVATE_HEADERS)) context.header(name, value);
  return context.redirect(location, 303);
}

/** The same way back once more: GitHub was away, and its code still counts. */
const retryOf = (context: Context): string => `made${new URL(context.req.url).search}`;

/** Whether a form came from a page of ours, whatever scheme a proxy speaks to the browser. */
function isOurs(origin: string, context: Context): boolean {
  const site = context.req.header("sec-fetch-site");
  if (site !== undefined && site !== "same-origin") return false;
  return URL.canParse(origin) && new URL(origin).host === context.req.header("host");
}
