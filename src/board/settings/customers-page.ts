// The settings' list of customers and the history of their changes, as HTML.
import { html } from "hono/html";
import type { CustomerChange } from "../../customers/history-store.ts";
import type { Html } from "../../web/page.ts";
import { customerPath, ownerPath, withQuery } from "../paths.ts";
import { instantElement } from "../time.ts";
import type { Viewer } from "../viewer.ts";
import { CUSTOMERS_TEXTS } from "./customers-messages.ts";
import type { CustomerName } from "./customers-store.ts";
import { fieldList } from "./import-page.ts";
import { SETTINGS_TEXTS } from "./messages.ts";

export const settingsCustomersPath = (viewer: Viewer, rest = ""): string =>
  ownerPath(viewer, `/settings/customers${rest}`);

export const historyPath = (viewer: Viewer, customerId: string): string =>
  `${customerPath(viewer, customerId)}/history`;

type Listed = {
  readonly viewer: Viewer;
  readonly customers: readonly CustomerName[];
  readonly search: string;
  /** After which the next page goes on; null where there is none. */
  readonly nextAfter: string | null;
};

export function customersBody({ viewer, customers, search, nextAfter }: Listed): Html {
  const text = CUSTOMERS_TEXTS[viewer.language];
  const path = settingsCustomersPath(viewer);
  const isNone = customers.length === 0 && search === "";
  return html`<p><a href="${ownerPath(viewer, "/settings")}">${SETTINGS_TEXTS[viewer.language].back}</a></p>
<h1>${text.title}</h1>
<p class="row"><a class="button${isNone ? " go" : ""}" href="${path}/import">${text.toImport}</a> <a class="button" href="${path}/add">${text.toAdd}</a></p>
${
  isNone
    ? html`<p class="box empty">${text.none}</p>`
    : html`<form class="filters" method="get" action="${path}"><div><label for="q">${text.search}</label>
<input id="q" name="q" type="search" value="${search}"></div><button>${text.find}</button></form>
${customers.length === 0 ? html`<p class="box empty">${text.noneFound}</p>` : customersTable(viewer, customers)}
${nextAfter === null ? "" : html`<p class="pages"><a rel="next" href="${withQuery(path, { q: search, after: nextAfter })}">${text.next}</a></p>`}
<p>${text.exportNote}</p>
<ul><li><a href="${path}/export?format=yaml">${text.exportYaml}</a></li>
<li><a href="${path}/export?format=csv">${text.exportCsv}</a></li></ul>`
}
<p><a href="${path}/history">${text.allHistory}</a></p>`;
}

function customersTable(viewer: Viewer, customers: readonly CustomerName[]): Html {
  const text = CUSTOMERS_TEXTS[viewer.language];
  return html`<table class="cards">
<caption class="hidden">${text.title}</caption>
<thead><tr><th scope="col">${text.customer}</th><th scope="col">${text.id}</th><th scope="col">${text.acts}</th></tr></thead>
<tbody>${customers.map(({ id, name, isConfidential }) => {
    const path = customerPath(viewer, id);
    const of = html`<span class="hidden"> ${name}</span>`;
    return html`<tr><th scope="row"><a href="${path}">${name}</a>${isConfidential ? html` <span class="tag">${text.confidential}</span>` : ""}</th>
<td data-label="${text.id}"><code>${id}</code></td>
<td><span class="row"><a href="${path}/edit">${text.edit}${of}</a> <a href="${path}/contacts">${text.contacts}${of}</a> <a href="${path}/history">${text.history}${of}</a></span></td></tr>
`;
  })}</tbody>
</table>`;
}

type History = {
  readonly viewer: Viewer;
  /** Null: of all. */
  readonly customer: { readonly id: string; readonly name: string } | null;
  readonly changes: readonly CustomerChange[];
  readonly nextBefore: number | null;
};

export function historyBody({ viewer, customer, changes, nextBefore }: History): Html {
  const text = CUSTOMERS_TEXTS[viewer.language];
  const here = customer === null ? settingsCustomersPath(viewer, "/history") : historyPath(viewer, customer.id);
  return html`<p><a href="${settingsCustomersPath(viewer)}">${text.title}</a>${
    customer === null ? "" : html` · <a href="${customerPath(viewer, customer.id)}">${customer.name}</a>`
  }</p>
<h1>${customer === null ? text.allHistoryTitle : text.historyTitle(customer.name)}</h1>
${changes.length === 0 ? html`<p class="box empty">${text.noHistory}</p>` : historyTable(viewer, customer, changes)}
${nextBefore === null ? "" : html`<p class="pages"><a rel="next" href="${withQuery(here, { before: String(nextBefore) })}">${text.older}</a></p>`}`;
}

function historyTable(viewer: Viewer, customer: History["customer"], changes: readonly CustomerChange[]): Html {
  const text = CUSTOMERS_TEXTS[viewer.language];
  return html`<p>${text.historyNote}</p>
<table class="cards">
<caption class="hidden">${text.allHistoryTitle}</caption>
<thead><tr><th scope="col">${text.when}</th>${customer === null ? html`<th scope="col">${text.customer}</th>` : ""}<th scope="col">${text.who}</th><th scope="col">${text.what}</th></tr></thead>
<tbody>${changes.map(
    ({ at, customerId, author, isAdded, fields }) =>
      html`<tr><td class="nowrap" data-label="${text.when}">${instantElement(at, viewer)}</td>
${customer === null ? html`<td data-label="${text.customer}"><a href="${historyPath(viewer, customerId)}"><code>${customerId}</code></a></td>` : ""}<td data-label="${text.who}">${text.how(author.by, author.how)}</td>
<td>${isAdded ? html`<span class="tag settled">${text.added}</span>` : ""}${fieldList(fields, viewer.language)}</td></tr>
`,
  )}</tbody>
</table>`;
}
