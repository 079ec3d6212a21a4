// /sign-in: with GitHub, or by a mailed link that shows a page and signs in by a press, since mail programs and scanners open links.
import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { html } from "hono/html";
import { describeFault } from "../../log.ts";
import { readForm } from "../../web/form.ts";
import { limitRate } from "../../web/rate-limit.ts";
import { sameOrigin } from "../../web/same-origin.ts";
import { NO_ACCESS } from "../access.ts";
import { accessOf, boardOwners, keepAccess } from "../access-store.ts";
import type { BoardParts } from "../parts.ts";
import { safeReturn, withQuery } from "../paths.ts";
import { registeredByEmail } from "../people-store.ts";
import { readingOf } from "../reading.ts";
import { newToken } from "../secrets.ts";
import { beginSession, isSecure } from "../session.ts";
import { emailOfLink } from "../session-store.ts";
import { plainBoardPage } from "../shell.ts";
import { personKeyOf } from "../signed-in.ts";
import { wordPage } from "../word-page.ts";
import { keepBegan, takeBegan } from "./began.ts";
import { type Arrived, arrive, authorizeUrl } from "./github.ts";
import { mailSignInLink } from "./mail.ts";
import { SIGN_IN_TEXTS, type SignInTexts } from "./messages.ts";

const PER_MINUTE = 60;
const MOST_BYTES = 16 * 1024;
const ADDRESS = /^[^\s@<>"(),:;\\[\]]{1,64}@[^\s@<>"(),:;\\[\]]{1,190}$/;

type Simple = "gone" | "state" | "denied" | "away";
const STATUS = { gone: 404, state: 400, denied: 403, away: 503 } as const;

/** To be put under `/sign-in`. */
export function signInRoutes(parts: BoardParts): Hono {
  const { wiring, config, secrets, log, fetch, afterwards } = parts;
  const { publicUrl } = wiring.addresses;
  const { db } = wiring.database;
  const routes = new Hono();
  routes.use(limitRate(PER_MINUTE, wiring.now));
  routes.use(sameOrigin(publicUrl), bodyLimit({ maxSize: MOST_BYTES }));
  const keeping = () => ({ secrets, isSecure: isSecure(parts), now: wiring.now() });
  const canMail = wiring.channels.hasMail && publicUrl !== null;
  const redirectUriOf = (context: Context) => `${publicUrl ?? new URL(context.req.url).origin}/sign-in/github/callback`;

  routes.get("/", (context) => signInPage(context, { config, canMail, problem: null, typed: "" }));

  routes.get("/github", async (context) => {
    if (config.github.client === null) return signInPage(context, { config, canMail, problem: null, typed: "" });
    const began = {
      state: newToken(),
      verifier: newToken(),
      redirectUri: redirectUriOf(context),
      returnTo: safeReturn(context.req.query("return")),
    };
    keepBegan(context, keeping(), began);
    return context.redirect(authorizeUrl(config.github, began), 303);
  });

  routes.get("/github/callback", async (context) => {
    const began = takeBegan(context, keeping());
    const { code, state } = context.req.query();
    if (began === null || state !== began.state) return simplePage(context, "state");
    if (code === undefined || code.length > 200) return simplePage(context, "denied");
    try {
      const arrived = await arrive(config.github, { code, began, fetch });
      if (arrived === null) return simplePage(context, "denied");
      await keepMaintained(arrived);
      await beginSession(context, parts, arrived.person);
    } catch (error) {
      log.warn({ error: describeFault(error) }, "somebody could not be signed in with GitHub");
      return simplePage(context, "away");
    }
    return context.redirect(began.returnTo, 303);
  });

  routes.post("/mail", async (context) => {
    const form = await readForm(context);
    const email = form.text("email").trim();
    const problem = ADDRESS.test(email) ? null : textOf(context).badAddress;
    if (!canMail || publicUrl === null || problem !== null)
      return signInPage(context, { config, canMail, problem, typed: email.slice(0, 254) });
    // Not waited for: how long it takes would tell whether the address is registered.
    afterwards.later("a sign-in link could not be mailed", () => mailSignInLink(wiring, publicUrl, email));
    return sentPage(context, email);
  });

  const linked = async (token: string) => {
    if (!/^[A-Za-z0-9_-]{43}$/.test(token)) return null;
    const email = await emailOfLink(db, token, wiring.now());
    const [registered] = email === null ? [] : await registeredByEmail(db, email);
    return email === null || registered === undefined ? null : { kind: "mail" as const, email, name: registered.name };
  };

  routes.get("/link/:token", async (context) => {
    const person = await linked(context.req.param("token"));
    return person === null ? simplePage(context, "gone") : linkPage(context, person.name);
  });

  routes.post("/link/:token", async (context) => {
    const person = await linked(context.req.param("token"));
    if (person === null) return simplePage(context, "gone");
    await beginSession(context, parts, person);
    return context.redirect("/", 303);
  });

  /** Where they may write is asked with their own token, once; each time later as the app, of these alone. */
  async function keepMaintained({ person, maintainedIn }: Arrived): Promise<void> {
    const personKey = personKeyOf(person);
    for (const owner of await boardOwners(db)) {
      const known = await accessOf(db, owner.ownerId, personKey);
      const repositoryIds = await maintainedIn(owner.installationId);
      // As old as can be: what they are is asked when they come to the board.
      const access = { ...(known?.access ?? NO_ACCESS), repositoryIds };
      await keepAccess(db, { ownerId: owner.ownerId, personKey }, { access, readAt: 0 });
    }
  }

  return routes;
}

const textOf = (context: Context): SignInTexts => SIGN_IN_TEXTS[readingOf(context).language];

type Ways = {
  readonly config: BoardParts["config"];
  readonly canMail: boolean;
  readonly problem: string | null;
  readonly typed: string;
};

function signInPage(context: Context, { config, canMail, problem, typed }: Ways): Promise<Response> {
  const text = textOf(context);
  const hasGitHub = config.github.client !== null;
  const toGitHub = withQuery("/sign-in/github", { return: context.req.query("return") });
  return plainBoardPage(context, readingOf(context), {
    title: text.title,
    section: null,
    status: problem === null ? 200 : 422,
    body: html`<h1>${text.title}</h1>
<p>${text.what}</p>
${
  hasGitHub
    ? html`<p><a class="button go" href="${toGitHub}">${text.withGitHub}</a></p><p class="soft">${text.gitHubNote}</p>`
    : html`<p class="note">${text.noGitHub}</p>`
}
<h2>${text.withMail}</h2>
${
  canMail
    ? html`<p class="soft">${text.mailNote}</p>
<form method="post" action="/sign-in/mail" novalidate>
<label for="email">${text.address}</label>
<input class="field" id="email" name="email" type="email" autocomplete="email" required value="${typed}"${problem === null ? "" : html` aria-invalid="true" aria-describedby="email-problem"`}>
${problem === null ? "" : html`<p class="wrong" id="email-problem" role="alert">${problem}</p>`}
<p><button>${text.send}</button></p>
</form>`
    : html`<p class="note">${text.noMail}</p>${hasGitHub ? "" : html`<p>${text.noWay}</p>`}`
}`,
  });
}

function sentPage(context: Context, email: string): Promise<Response> {
  const text = textOf(context);
  return plainBoardPage(context, readingOf(context), {
    title: text.sentTitle,
    section: null,
    body: html`<h1>${text.sentTitle}</h1><p>${text.sent(email)}</p><p class="soft">${text.sentThen}</p>`,
  });
}

function linkPage(context: Context, name: string): Promise<Response> {
  const text = textOf(context);
  return plainBoardPage(context, readingOf(context), {
    title: text.linkTitle,
    section: null,
    body: html`<h1>${text.linkTitle}</h1><p>${text.linkFor(name)} ${text.linkPress}</p>
<form method="post"><p><button class="go">${text.signIn}</button></p></form>`,
  });
}

function simplePage(context: Context, what: Simple): Promise<Response> {
  const text = textOf(context);
  const on = { path: "/sign-in", words: what === "gone" ? text.again : text.title };
  return wordPage(context, { title: text[`${what}Title`], text: text[what], status: STATUS[what], on });
}
