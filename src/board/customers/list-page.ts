// The list of customers: whether each pays, and how much waits for them.
import { html } from "hono/html";
import type { Customer } from "../../customers/customer.ts";
import type { Duration } from "../../policy/policy.ts";
import type { Html } from "../../web/page.ts";
import { customerPath, ownerPath, withQuery } from "../paths.ts";
import { number, plainDay } from "../time.ts";
import { maySetUp, type Viewer } from "../viewer.ts";
import { NOTHING } from "../waiting/messages.ts";
import { pagesNav } from "../waiting/pages-nav.ts";
import { unknownNotes } from "../waiting/unknown-notes.ts";
import { contractsOn } from "./contract-words.ts";
import { CUSTOMER_TEXTS } from "./messages.ts";
import type { AskedCustomers } from "./parse.ts";

export type CustomersPage = {
  readonly viewer: Viewer;
  readonly asked: AskedCustomers;
  readonly customers: readonly Customer[];
  readonly hasMore: boolean;
  readonly openCases: ReadonlyMap<string, number>;
  readonly waiting: ReadonlyMap<string, number>;
  readonly grace: Duration;
  readonly now: number;
};

export function customersBody(page: CustomersPage): Html {
  const { viewer, asked, customers, hasMore } = page;
  const text = CUSTOMER_TEXTS[viewer.language];
  const isFiltered = asked.text !== null || asked.isMine || asked.page > 1;
  const path = ownerPath(viewer, "/customers");
  const query = { text: asked.text, mine: asked.isMine ? "1" : null };
  return html`<h1>${text.title}</h1>
${unknownNotes(viewer, asked.unknown)}
${
  customers.length === 0 && !isFiltered
    ? emptyBox(viewer)
    : html`<form method="get" action="${path}" class="filters">
<div><label for="text">${text.filter.text}</label><input id="text" name="text" type="search" value="${asked.text ?? ""}"></div>
<label class="inline"><input type="checkbox" name="mine" value="1"${asked.isMine ? html` checked` : ""}> ${text.filter.mine}</label>
<button>${text.filter.show}</button>
${isFiltered ? html`<a href="${path}">${text.filter.clear}</a>` : ""}
</form>
${customers.length === 0 ? html`<p class="box empty">${text.noneHere}</p>` : customerTable(page)}
${pagesNav(viewer, {
  first: asked.page === 1 ? null : withQuery(path, query),
  next: hasMore ? withQuery(path, { ...query, page: String(asked.page + 1) }) : null,
})}`
}`;
}

function emptyBox(viewer: Viewer): Html {
  const text = CUSTOMER_TEXTS[viewer.language];
  return html`<div class="box empty"><h2>${text.nothingTitle}</h2><p>${text.nothing}</p>
<p>${
    maySetUp(viewer)
      ? html`<a class="button" href="${ownerPath(viewer, "/settings/customers/import")}">${text.toImport}</a>`
      : text.askSupport
  }</p></div>`;
}

function customerTable({ viewer, customers, openCases, waiting, grace, now }: CustomersPage): Html {
  const text = CUSTOMER_TEXTS[viewer.language];
  const { columns } = text;
  const headings = [columns.customer, columns.contract, columns.patches, columns.cases, columns.owner];
  const count = (of: ReadonlyMap<string, number>, id: string) => number(of.get(id) ?? 0, viewer);
  return html`<table class="cards">
<caption class="hidden">${text.title}</caption>
<thead><tr>${headings.map((heading) => html`<th scope="col">${heading}</th>`)}</tr></thead>
<tbody>${customers.map(
    (customer) => html`
<tr><th scope="row"><a href="${customerPath(viewer, customer.id)}">${customer.name}</a></th>
<td data-label="${columns.contract}">${text.paid(contractsOn(customer, now, grace).paid, (day) => plainDay(day, viewer))}</td>
<td data-label="${columns.patches}">${count(waiting, customer.id)}</td>
<td data-label="${columns.cases}">${count(openCases, customer.id)}</td>
<td data-label="${columns.owner}">${customer.owner?.name ?? NOTHING}</td></tr>`,
  )}
</tbody>
</table>`;
}
