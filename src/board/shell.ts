// The frame around every page of the board: who is there, the way to the other pages, language and colours. Without scripts.
import type { Context } from "hono";
import { html } from "hono/html";
import { type Html, PRIVATE_HEADERS } from "../web/page.ts";
import { STYLES_PATH } from "./assets.ts";
import { csrfField } from "./forms.ts";
import { BOARD_TEXTS, type Section } from "./messages.ts";
import { ownerPath } from "./paths.ts";
import { shownPerson } from "./signed-in.ts";
import { exactInstant } from "./time.ts";
import type { Reading, Viewer } from "./viewer.ts";

/** `style-src 'self'`: the board's one stylesheet. Nothing else is loaded, and nothing runs. */
export const BOARD_HEADERS: Readonly<Record<string, string>> = {
  ...PRIVATE_HEADERS,
  "content-security-policy":
    "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  // To itself it says where a form came from.
  "referrer-policy": "same-origin",
};

export type BoardPage = {
  readonly title: string;
  readonly body: Html;
  /** Which of the pages above it belongs to; null for none. */
  readonly section: Section | null;
  readonly status?: 200 | 400 | 403 | 404 | 409 | 413 | 422 | 500 | 503;
  /** Seconds after which the page loads itself anew, while something moves. */
  readonly refreshSeconds?: number | null;
};

const SECTIONS: readonly { readonly section: Section; readonly path: string }[] = [
  { section: "waiting", path: "" },
  { section: "cases", path: "/cases" },
  { section: "customers", path: "/customers" },
  { section: "repositories", path: "/repositories" },
  { section: "insights", path: "/insights" },
  { section: "observe", path: "/observe" },
  { section: "log", path: "/log" },
  { section: "settings", path: "/settings" },
];

/** What a maintainer, who sees nothing of customers, finds. */
const LIMITED: ReadonlySet<Section> = new Set(["waiting", "repositories"]);

/** A page of an owner's board. */
export function boardPage(context: Context, viewer: Viewer, page: BoardPage): Promise<Response> {
  const text = BOARD_TEXTS[viewer.language];
  const sections = SECTIONS.filter(({ section }) => !viewer.isLimited || LIMITED.has(section));
  const head = html`<nav aria-label="${text.navigation}">
<ul class="nav">${sections.map(
    ({ section, path }) =>
      html`<li><a href="${ownerPath(viewer, path)}"${section === page.section ? html` aria-current="page"` : ""}>${text.sections[section]}</a></li>`,
  )}</ul>
</nav>`;
  const who = html`<div class="who"><span>${text.signedInAs(shownPerson(viewer.person))}</span>
<form method="post" action="/sign-out">${csrfField(viewer)}<button class="quiet">${text.signOut}</button></form></div>`;
  const stale = viewer.isStale
    ? html`<p class="warning" role="status">${text.stale(exactInstant(viewer.checkedAt, viewer))}</p>`
    : "";
  return frame(context, viewer, {
    ...page,
    head,
    whose: html`<a class="whose" href="/" title="${text.otherBoards}">${viewer.owner.login}</a>`,
    who,
    body: html`${stale}${page.body}`,
  });
}

type Framed = BoardPage & { readonly head: Html | string; readonly whose: Html | string; readonly who: Html | string };

/** A page that belongs to no owner: signing in, choosing a board. */
export const plainBoardPage = (context: Context, reading: Reading, page: BoardPage): Promise<Response> =>
  frame(context, reading, { ...page, head: "", whose: "", who: "" });

async function frame(context: Context, reading: Reading, page: Framed): Promise<Response> {
  const text = BOARD_TEXTS[reading.language];
  const refresh = page.refreshSeconds ?? null;
  const theme = reading.theme === "auto" ? "" : html` data-theme="${reading.theme}"`;
  const document = await html`<!doctype html>
<html lang="${reading.language}"${theme}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex, nofollow">
${refresh === null ? "" : html`<meta http-equiv="refresh" content="${refresh}">`}
<title>${page.title} · Patch Advocate</title>
<link rel="stylesheet" href="${STYLES_PATH}">
</head>
<body>
<a class="skip" href="#content">${text.skip}</a>
<header class="top">
<div class="top-line"><a class="brand" href="/">Patch Advocate</a>${page.whose}${page.who}</div>
${page.head}
</header>
<main class="main" id="content">
${page.body}
</main>
<footer class="foot">
<form method="post" action="/reading">
<input type="hidden" name="return" value="${pathOf(context)}">
<button class="quiet" name="language" value="${reading.language === "en" ? "ja" : "en"}" lang="${reading.language === "en" ? "ja" : "en"}">${text.otherLanguage}</button>
</form>
<form method="post" action="/reading">
<input type="hidden" name="return" value="${pathOf(context)}">
<label class="inline">${text.theme} <select name="theme">${(["auto", "light", "dark"] as const).map(
    (theme) =>
      html`<option value="${theme}"${theme === reading.theme ? html` selected` : ""}>${text.themes[theme]}</option>`,
  )}</select></label>
<button>${text.apply}</button>
</form>
</footer>
</body>
</html>
`;
  return context.html(document, page.status ?? 200, BOARD_HEADERS);
}

function pathOf(context: Context): string {
  const { pathname, search } = new URL(context.req.url);
  return `${pathname}${search}`;
}
