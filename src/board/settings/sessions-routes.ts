// Where somebody is signed in, and ending it: the one part of the settings that everybody has.
import { createHash } from "node:crypto";
import { Hono } from "hono";
import { html } from "hono/html";
import type { Html } from "../../web/page.ts";
import { keepBoardAct } from "../acts-store.ts";
import { csrfField } from "../forms.ts";
import type { BoardEnv, BoardParts } from "../parts.ts";
import { ownerPath } from "../paths.ts";
import { revokeOtherSessions, revokeSessions, type Session, sessionsOf } from "../session-store.ts";
import { boardPage } from "../shell.ts";
import { exactInstant, timeElement } from "../time.ts";
import { maySetUp, type Viewer } from "../viewer.ts";
import { SETTINGS_TEXTS } from "./messages.ts";
import { SESSIONS_TEXTS, type SessionsTexts } from "./sessions-messages.ts";

export const sessionsPath = (viewer: Viewer): string => ownerPath(viewer, "/settings/sessions");

export function sessionsRoutes(parts: BoardParts): Hono<BoardEnv> {
  const { database, now } = parts.wiring;
  const routes = new Hono<BoardEnv>();
  routes.get("/settings/sessions", async (context) => {
    const { viewer } = context.var;
    const sessions = await sessionsOf(database.db, viewer.personKey, now());
    const done = doneIn(context.req.query("done"));
    const here = context.var.session.session.tokenHash;
    return boardPage(context, viewer, {
      title: SESSIONS_TEXTS[viewer.language].title,
      section: viewer.isLimited ? null : "settings",
      body: sessionsBody({ viewer, sessions, here, done }),
    });
  });

  routes.post("/settings/sessions/end", async (context) => {
    const { viewer, form } = context.var;
    const at = now();
    const sessions = await sessionsOf(database.db, viewer.personKey, at);
    const chosen = sessions.find(({ tokenHash }) => nameOf(tokenHash) === form.text("session"));
    if (chosen === undefined) return context.redirect(`${sessionsPath(viewer)}?done=gone`, 303);
    await database.transaction(async (tx) => {
      await revokeSessions(tx, { personKey: viewer.personKey, tokenHash: chosen.tokenHash }, at);
      await keepBoardAct(tx, viewer, {
        kind: "session-ended",
        subject: "settings",
        words: "ended a session of theirs",
        at,
      });
    });
    return context.redirect(`${sessionsPath(viewer)}?done=ended`, 303);
  });

  routes.post("/settings/sessions/end-others", async (context) => {
    const { viewer } = context.var;
    const at = now();
    const here = context.var.session.session.tokenHash;
    await database.transaction(async (tx) => {
      await revokeOtherSessions(tx, { personKey: viewer.personKey, tokenHash: here }, at);
      const words = "ended all other sessions of theirs";
      await keepBoardAct(tx, viewer, { kind: "sessions-ended", subject: "settings", words, at });
    });
    return context.redirect(`${sessionsPath(viewer)}?done=others`, 303);
  });
  return routes;
}

/** What a form calls a session: not what it is kept as. */
const nameOf = (tokenHash: string): string => createHash("sha256").update(tokenHash).digest("base64url").slice(0, 16);

type Done = keyof SessionsTexts["done"];

const doneIn = (asked: string | undefined): Done | null =>
  asked === "ended" || asked === "others" || asked === "gone" ? asked : null;

type Shown = {
  readonly viewer: Viewer;
  readonly sessions: readonly Session[];
  readonly here: string;
  readonly done: Done | null;
};

export function sessionsBody({ viewer, sessions, here, done }: Shown): Html {
  const text = SESSIONS_TEXTS[viewer.language];
  const others = sessions.filter(({ tokenHash }) => tokenHash !== here);
  return html`${maySetUp(viewer) ? html`<p><a href="${ownerPath(viewer, "/settings")}">${SETTINGS_TEXTS[viewer.language].back}</a></p>` : ""}
<h1>${text.title}</h1>
${done === null ? "" : html`<p class="${done === "gone" ? "warning" : "done"}" role="status">${text.done[done]}</p>`}
<p>${text.what}</p>
<table class="cards">
<caption class="hidden">${text.title}</caption>
<thead><tr><th scope="col">${text.browser}</th><th scope="col">${text.since}</th><th scope="col">${text.seen}</th><th scope="col">${text.act}</th></tr></thead>
<tbody>${sessions.map((session) => {
    const browser = session.browser === "" ? text.unnamed : session.browser;
    const instant = (at: number) => timeElement(exactInstant(at, viewer), at, viewer);
    return html`<tr><th scope="row">${browser}</th>
<td data-label="${text.since}">${instant(session.createdAt)}</td>
<td data-label="${text.seen}">${instant(session.seenAt)}</td>
<td>${
      session.tokenHash === here
        ? html`<span class="tag">${text.here}</span>`
        : html`<form method="post" action="${sessionsPath(viewer)}/end">${csrfField(viewer)}<input type="hidden" name="session" value="${nameOf(session.tokenHash)}"><button class="stop">${text.end}<span class="hidden"> ${text.of(browser)}</span></button></form>`
    }</td></tr>
`;
  })}</tbody>
</table>
${
  others.length === 0
    ? html`<p>${text.alone}</p>`
    : html`<form method="post" action="${sessionsPath(viewer)}/end-others">${csrfField(viewer)}<button class="stop">${text.endOthers}</button></form>`
}`;
}
