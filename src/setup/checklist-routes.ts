// What is left of the set-up once the server runs: the checklist, for the browser that made the App, and the page on which GitHub
// leaves whoever installed it.
import { Hono } from "hono";
import { getCookie } from "hono/cookie";
import { html } from "hono/html";
import { link } from "../board/link.ts";
import type { Database } from "../db/database.ts";
import type { Html } from "../web/page.ts";
import { type Checklist, doneIn } from "./checklist.ts";
import { readChecklist } from "./checklist-store.ts";
import { COOKIE } from "./door.ts";
import type { ItemKey, SetupTexts } from "./messages.ts";
import { setupPage, stopPage, textsFor } from "./pages.ts";
import { isMaker, type Visit } from "./visit.ts";

const REFRESH_SECONDS = 10;

type Parts = { readonly database: Database; readonly visit: Visit | null; readonly now: () => number };

/** The routes, to be put under `/setup`. Without a visit there is no checklist: the process did not make the App. */
export function checklistRoutes({ database, visit, now }: Parts): Hono {
  const routes = new Hono();

  // GitHub adds an installation_id, which anybody can write: it is not read, and this page says nothing of anybody.
  routes.get("/installed", async (context): Promise<Response> => {
    if (visit !== null && isMaker(visit, getCookie(context, COOKIE), now())) return context.redirect("checklist", 303);
    const { installed: text } = textsFor(context);
    return setupPage(context, {
      title: text.title,
      body: html`<h1>${text.title}</h1>
<p>${text.text}</p>
<ul>
${text.next.map((next) => html`<li>${next}</li>`)}
</ul>`,
      status: 200,
    });
  });

  routes.get("/checklist", async (context) => {
    if (visit === null || !isMaker(visit, getCookie(context, COOKIE), now()))
      return stopPage(context, { code: "missing" }, null);
    const { checklist: text } = textsFor(context);
    const list: Checklist = { app: { name: visit.app.name }, ...(await readChecklist(database.db)) };
    const isDone = Object.values(doneIn(list)).every((done) => done);
    return setupPage(context, {
      title: text.title,
      body: body(list, visit, text),
      status: 200,
      ...(isDone ? {} : { refreshSeconds: REFRESH_SECONDS }),
    });
  });
  return routes;
}

function body(list: Checklist, visit: Visit, text: SetupTexts["checklist"]): Html {
  const done = doneIn(list);
  const isDone = Object.values(done).every((each) => each);
  const row = (key: ItemKey, found: string, todo: string | Html): Html =>
    html`<tr><th scope="row">${text.names[key]}</th><td>${done[key] ? text.done : html`<strong>${text.open}</strong>`}: ${found}</td><td>${todo}</td></tr>
`;
  const next = (key: Exclude<ItemKey, "app">): string => (done[key] ? "" : text.todo[key]);
  return html`<h1>${text.title}</h1>
<p>${text.intro}</p>
${visit.writtenTo === null ? "" : html`<p>${text.written(visit.writtenTo)}</p>`}
<table>
<caption>${text.list}</caption>
<thead><tr><th scope="col">${text.item}</th><th scope="col">${text.state}</th><th scope="col">${text.next}</th></tr></thead>
<tbody>
${row("app", text.found.app(list.app), link(text.settings, visit.app.settingsUrl))}
${row("installed", text.found.installed(list.installed), html`${next("installed")} ${link(text.install, `${visit.app.pageUrl}/installations/new`)}`)}
${row("webhook", text.found.webhook(list.webhook), next("webhook"))}
${row("policy", text.found.policy(list.policy), next("policy"))}
${row("customers", text.found.customers(list.customers), done.customers ? "" : html`<code>${text.todo.customers}</code>`)}
</tbody>
</table>
<p class="soft">${isDone ? text.nothingLeft : text.refreshes} ${text.where}</p>`;
}
