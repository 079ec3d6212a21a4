// The log as a page: its filters, its lines and the way further back.
import { html } from "hono/html";
import type { Html } from "../../web/page.ts";
import { markdownLine } from "../patch/public-words.ts";
import { ownerPath, withQuery } from "../paths.ts";
import { exactInstant, instantElement } from "../time.ts";
import type { Viewer } from "../viewer.ts";
import { LOG_DAYS, LOG_KINDS } from "./entry.ts";
import type { LogLine, Told } from "./line.ts";
import { LOG_TEXTS, type LogTexts } from "./messages.ts";
import { type AskedLog, DEFAULT_DAYS, writeCursor } from "./parse.ts";
import type { LogPage } from "./read.ts";

export type ShownLog = {
  readonly asked: AskedLog;
  readonly lines: readonly LogLine[];
  readonly page: Pick<LogPage, "next" | "searchedTo">;
  /** A patch was asked for that is not known here. */
  readonly isPatchUnknown: boolean;
};

export function logBody(viewer: Viewer, shown: ShownLog): Html {
  const text = LOG_TEXTS[viewer.language];
  const { asked, lines, page } = shown;
  const path = ownerPath(viewer, "/log");
  const query = queryOf(asked);
  const isFiltered = Object.values(query).some((value) => value !== null);
  return html`<h1>${text.title}</h1>
<p>${text.intro}</p>
${
  asked.unknown.length === 0
    ? ""
    : html`<p class="warning" role="status">${text.unknown(asked.unknown.map((filter) => text.filterNames[filter]))}</p>`
}
${shown.isPatchUnknown ? html`<p class="warning" role="status">${text.noSuchPatch(asked.typed.patch)}</p>` : ""}
${filterForm(viewer, asked, text)}
${
  lines.length === 0
    ? html`<p class="box empty">${isFiltered || asked.before !== null ? text.nothingFound : text.nothing}</p>`
    : table(viewer, lines, text)
}
${page.searchedTo === null ? "" : html`<p class="soft">${text.searchedTo(exactInstant(page.searchedTo, viewer))}</p>`}
<p class="row pages">
${asked.before === null ? "" : html`<a href="${withQuery(path, query)}">${text.newest}</a>`}
${
  page.next === null
    ? ""
    : html`<a href="${withQuery(path, { ...query, before: writeCursor(page.next) })}" rel="next">${page.searchedTo === null ? text.older : text.searchOn}</a>`
}
${
  lines.length === 0
    ? ""
    : html`<a href="${withQuery(ownerPath(viewer, "/log.csv"), { ...query, before: asked.before === null ? null : writeCursor(asked.before) })}">${text.csv}</a>`
}
</p>`;
}

const queryOf = ({ kind, patch, person, text, days, typed }: AskedLog) => ({
  kind,
  patch: patch === null ? null : typed.patch,
  person: person === null ? null : typed.person,
  text: text === null ? null : typed.text,
  days: days === DEFAULT_DAYS ? null : String(days),
});

function filterForm(viewer: Viewer, asked: AskedLog, text: LogTexts): Html {
  const path = ownerPath(viewer, "/log");
  return html`<form method="get" action="${path}" class="filters" role="search" aria-label="${text.filters}">
<div><label for="kind">${text.kind}</label>
<select id="kind" name="kind"><option value="">${text.anyKind}</option>${LOG_KINDS.map(
    (kind) => html`<option value="${kind}"${kind === asked.kind ? html` selected` : ""}>${text.kinds[kind]}</option>`,
  )}</select></div>
<div><label for="patch">${text.patch}</label>
<input id="patch" name="patch" value="${asked.typed.patch}" maxlength="100" placeholder="engine#42" title="${text.patchHint}"></div>
<div><label for="person">${text.person}</label>
<input id="person" name="person" value="${asked.typed.person}" maxlength="100" title="${text.personHint}"></div>
<div><label for="text">${text.text}</label>
<input id="text" name="text" value="${asked.typed.text}" maxlength="100"></div>
<div><label for="days">${text.days}</label>
<select id="days" name="days">${LOG_DAYS.map(
    (days) =>
      html`<option value="${days}"${days === asked.days ? html` selected` : ""}>${text.lastDays[days]}</option>`,
  )}</select></div>
<div class="row"><button>${text.apply}</button> <a href="${path}">${text.clear}</a></div>
</form>`;
}

function table(viewer: Viewer, lines: readonly LogLine[], text: LogTexts): Html {
  const { columns } = text;
  return html`<table class="cards">
<caption class="hidden">${text.caption}</caption>
<thead><tr><th scope="col">${columns.at}</th><th scope="col">${columns.kind}</th><th scope="col">${columns.what}</th><th scope="col">${columns.about}</th><th scope="col">${columns.who}</th><th scope="col">${columns.because}</th><th scope="col">${columns.outcome}</th></tr></thead>
<tbody>${lines.map(
    (line) => html`<tr>
<td data-label="${columns.at}" class="nowrap">${instantElement(line.at, viewer)}</td>
<td data-label="${columns.kind}">${line.kind}</td>
<td data-label="${columns.what}">${line.what}</td>
<td data-label="${columns.about}">${about(line)}</td>
<td data-label="${columns.who}">${line.who}</td>
<td data-label="${columns.because}">${told(line.because, viewer)}</td>
<td data-label="${columns.outcome}">${line.isWrong ? html`<span class="wrong">${told(line.outcome, viewer)}</span>` : told(line.outcome, viewer)}</td>
</tr>`,
  )}</tbody>
</table>`;
}

function about({ about }: LogLine): Html | string {
  if (about === null) return "";
  const words = about.path === null ? html`${about.words}` : html`<a href="${about.path}">${about.words}</a>`;
  return about.title === null ? words : html`${words} <span class="soft small">${about.title}</span>`;
}

function told(words: Told | null, { language }: Viewer): Html | string {
  if (words === null) return "";
  const shown = words.isMarkdown ? markdownLine(words.words) : words.words;
  return words.isEnglish && language !== "en" ? html`<span lang="en">${shown}</span>` : shown;
}
