// The list of cases: gravest first, a page at a time.
import { html } from "hono/html";
import { cutTo, readable } from "../../effects/escape.ts";
import type { Html } from "../../web/page.ts";
import { casePath, customerPath, ownerPath, withQuery } from "../paths.ts";
import { number, plainDay } from "../time.ts";
import { maySetUp, type Viewer } from "../viewer.ts";
import { customerField, select, severityField } from "../waiting/filter-form.ts";
import { NOTHING } from "../waiting/messages.ts";
import { pagesNav } from "../waiting/pages-nav.ts";
import type { Choices } from "../waiting/read.ts";
import { caseWords, severityTag } from "../waiting/table.ts";
import { unknownNotes } from "../waiting/unknown-notes.ts";
import { CASE_TEXTS } from "./messages.ts";
import { type AskedCases, caseQuery, hasCaseFilters, STATE_FILTERS } from "./parse.ts";
import type { ListedCase } from "./store.ts";

export type CasesPage = {
  readonly viewer: Viewer;
  readonly asked: AskedCases;
  readonly cases: readonly ListedCase[];
  readonly hasMore: boolean;
  readonly counts: ReadonlyMap<string, number>;
  readonly choices: Choices;
};

export function casesBody(page: CasesPage): Html {
  const { viewer, asked, cases, counts, hasMore } = page;
  const text = CASE_TEXTS[viewer.language];
  const count = (state: string) => {
    const known = counts.get(state) ?? 0;
    return known === 0 ? null : number(known, viewer);
  };
  const path = ownerPath(viewer, "/cases");
  const query = caseQuery(asked.filters);
  return html`<h1>${text.title}</h1>
<p>${text.summary({ open: count("open"), resolved: count("resolved"), closed: count("closed") })}</p>
${unknownNotes(viewer, asked.unknown)}
${
  counts.size === 0
    ? emptyBox(viewer)
    : html`${filterForm(page)}
${cases.length === 0 ? html`<p class="box empty">${text.noneHere}</p>` : caseTable(viewer, cases, text.title)}
${pagesNav(viewer, {
  first: asked.page === 1 ? null : withQuery(path, query),
  next: hasMore ? withQuery(path, { ...query, page: String(asked.page + 1) }) : null,
})}`
}`;
}

function emptyBox(viewer: Viewer): Html {
  const text = CASE_TEXTS[viewer.language];
  const [before, after] = text.toLink;
  return html`<div class="box"><h2>${text.nothingTitle}</h2><p>${text.nothing}</p>
<ul><li>${before}<code>/case link REF</code>${after}</li>${
    maySetUp(viewer)
      ? html`
<li><a href="${ownerPath(viewer, "/settings/cases")}">${text.toImport}</a></li>`
      : ""
  }</ul></div>`;
}

function filterForm({ viewer, asked, choices }: CasesPage): Html {
  const { filters } = asked;
  const text = CASE_TEXTS[viewer.language];
  const { filter } = text;
  const path = ownerPath(viewer, "/cases");
  return html`<details${hasCaseFilters(filters) ? html` open` : ""}><summary>${text.filters}</summary>
<form method="get" action="${path}" class="filters">
<div><label for="text">${filter.text}</label><input id="text" name="text" type="search" value="${filters.text ?? ""}"></div>
${select("state", filter.state, {
  chosen: filters.state,
  options: STATE_FILTERS.map((value) => ({ value, name: text.states[value] })),
})}
${severityField(viewer, filters.severity)}
${customerField(viewer, filters.customer, choices.customers)}
<button>${filter.show}</button>
${hasCaseFilters(filters) ? html`<a href="${path}">${filter.clear}</a>` : ""}
</form></details>`;
}

const LONGEST_REFERENCE = 100;

export function caseTable(viewer: Viewer, cases: readonly ListedCase[], caption: string): Html {
  const { columns, states, noCustomer } = CASE_TEXTS[viewer.language];
  const headings = [
    columns.severity,
    columns.case,
    columns.customer,
    columns.about,
    columns.state,
    columns.neededBy,
    columns.report,
  ];
  const day = (date: string | null) => (date === null ? NOTHING : plainDay(date, viewer));
  return html`<table class="cards">
<caption class="hidden">${caption}</caption>
<thead><tr>${headings.map((heading) => html`<th scope="col">${heading}</th>`)}</tr></thead>
<tbody>${cases.map(
    (each) => html`
<tr><td data-label="${columns.severity}">${severityTag(each.severity)}</td>
<th scope="row"><a href="${casePath(viewer, each.id)}">${cutTo(readable(each.reference), LONGEST_REFERENCE)}</a></th>
<td data-label="${columns.customer}">${each.customer === null ? html`<span class="soft">${noCustomer}</span>` : html`<a href="${customerPath(viewer, each.customer.id)}">${each.customer.name}</a>`}</td>
<td data-label="${columns.about}">${caseWords(each)}</td>
<td data-label="${columns.state}">${states[each.state]}</td>
<td data-label="${columns.neededBy}">${day(each.neededBy)}</td>
<td data-label="${columns.report}">${day(each.nextReport)}</td></tr>`,
  )}
</tbody>
</table>`;
}
