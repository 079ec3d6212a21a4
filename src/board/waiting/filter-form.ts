// The filters of the page of what waits: a form that only asks, so that what it shows has an address of its own.
import { html } from "hono/html";
import { SEVERITIES } from "../../customers/customer.ts";
import type { Severity } from "../../policy/policy.ts";
import type { Html } from "../../web/page.ts";
import { ownerPath } from "../paths.ts";
import type { Viewer } from "../viewer.ts";
import { sidedTexts, WAITING_TEXTS } from "./messages.ts";
import type { WaitingPage } from "./page.ts";
import { hasFilters, TURNS } from "./parse.ts";
import type { Choices } from "./read.ts";

type Option = { readonly value: string; readonly name: string };

export function filterForm({ viewer, asked, choices }: Pick<WaitingPage, "viewer" | "asked" | "choices">): Html {
  const { filters } = asked;
  const text = WAITING_TEXTS[viewer.language];
  const { filter } = text;
  const path = ownerPath(viewer);
  return html`<details${hasFilters(filters) ? html` open` : ""}><summary>${text.filters}</summary>
<form method="get" action="${path}" class="filters">
<div><label for="text">${viewer.isLimited ? filter.textLimited : filter.text}</label><input id="text" name="text" type="search" value="${filters.text ?? ""}"></div>
${
  viewer.isLimited
    ? ""
    : html`${customerField(viewer, filters.customer, choices.customers)}
${severityField(viewer, filters.severity)}`
}
${select("turn", filter.turn, {
  chosen: filters.turn ?? "",
  options: [
    { value: "", name: filter.any },
    ...TURNS.map((turn) => ({ value: turn, name: sidedTexts(viewer).sections[turn] })),
  ],
})}
${select("repository", filter.repository, {
  chosen: filters.repository?.name ?? "",
  options: [{ value: "", name: filter.any }, ...choices.repositories.map(({ name }) => ({ value: name, name }))],
})}
${viewer.isLimited ? "" : html`<label class="inline"><input type="checkbox" name="mine" value="1"${filters.isMine ? html` checked` : ""}> ${filter.mine}</label>`}
<button>${filter.show}</button>
${hasFilters(filters) ? html`<a href="${path}">${filter.clear}</a>` : ""}
</form></details>`;
}

/** By name where there are few enough to choose from, else by id. */
export function customerField(viewer: Viewer, customer: string | null, customers: Choices["customers"]): Html {
  const { filter } = WAITING_TEXTS[viewer.language];
  const chosen = customer ?? "";
  if (customers === null)
    return html`<div><label for="customer">${filter.customer}</label><input id="customer" name="customer" value="${chosen}"></div>`;
  return select("customer", filter.customer, {
    chosen,
    options: [{ value: "", name: filter.any }, ...customers.map(({ id, name }) => ({ value: id, name }))],
  });
}

export function severityField(viewer: Viewer, severity: Severity | "none" | null): Html {
  const { filter } = WAITING_TEXTS[viewer.language];
  return select("severity", filter.severity, {
    chosen: severity ?? "",
    options: [
      { value: "", name: filter.any },
      ...SEVERITIES.map((value) => ({ value, name: value })),
      { value: "none", name: filter.noSeverity },
    ],
  });
}

/** One of a few, with its label. */
export const select = (
  name: string,
  label: string,
  { chosen, options }: { readonly chosen: string; readonly options: readonly Option[] },
): Html =>
  html`<div><label for="${name}">${label}</label><select id="${name}" name="${name}">${options.map(
    (option) =>
      html`<option value="${option.value}"${option.value === chosen ? html` selected` : ""}>${option.name}</option>`,
  )}</select></div>`;
