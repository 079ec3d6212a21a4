// The page of insights: what is counted, the filters, and a section a figure. Works without scripts; every choice is in the address.
import { html } from "hono/html";
import { ownerPath, withQuery } from "../board/paths.ts";
import { dayElement, exactInstant, number } from "../board/time.ts";
import type { Viewer } from "../board/viewer.ts";
import type { Html } from "../web/page.ts";
import type { CustomerName, RepositoryName } from "./filter-store.ts";
import { FIGURES, type FigureName, type Filters, GRAVITIES, PERIODS } from "./insight.ts";
import { INSIGHT_TEXTS } from "./messages.ts";
import { DEFAULT_PERIOD, type UnknownFilter } from "./parse.ts";
import type { Insights } from "./read.ts";
import { sectionBody } from "./sections.ts";

export type InsightsPage = {
  readonly viewer: Viewer;
  readonly insights: Insights;
  readonly unknown: readonly UnknownFilter[];
  readonly choices: Choices;
};

/** What can be chosen; null customers where there are too many for a list. */
export type Choices = {
  readonly customers: readonly CustomerName[] | null;
  readonly repositories: readonly RepositoryName[];
};

export function insightsBody(page: InsightsPage): Html {
  const { viewer, insights, unknown } = page;
  const text = INSIGHT_TEXTS[viewer.language];
  const isEmpty = insights.patches === 0 && insights.waiting.maintainers.length === 0;
  const notes = unknown.map(
    ({ filter, value }) => html`<p class="note" role="status">${text.unknown(text.filterNames[filter], value)}</p>
`,
  );
  return html`<h1>${text.title}</h1>
<p>${text.lead}</p>
${notes}${insights.isAnyKnown ? filterForm(page) : emptyBox(viewer)}
${isEmpty ? (insights.isAnyKnown ? html`<p class="box empty">${text.noneHere}</p>` : "") : figuresPart(page)}`;
}

const hasFilters = ({ severity, customer, repository }: Filters): boolean =>
  severity !== null || customer !== null || repository !== null;

/** The filters as an address says them; the usual period is not said. */
export const queryOf = ({
  period,
  severity,
  customer,
  repository,
}: Filters): Readonly<Record<string, string | null>> => ({
  period: period === DEFAULT_PERIOD ? null : period,
  severity,
  customer: customer?.id ?? null,
  repository: repository?.name ?? null,
});

function emptyBox(viewer: Viewer): Html {
  const text = INSIGHT_TEXTS[viewer.language];
  return html`<div class="box"><h2>${text.emptyTitle}</h2>
<p>${text.empty}</p>
<ol>${text.emptySteps.map((step) => html`<li>${step}</li>`)}</ol></div>`;
}

function figuresPart(page: InsightsPage): Html {
  const { viewer, insights } = page;
  const text = INSIGHT_TEXTS[viewer.language];
  const patches = number(insights.patches, viewer);
  const since = dayElement(insights.sinceAt, { ...viewer, timezone: insights.timezone });
  const [before, after] = split(text.counted(patches, "\u0000"));
  const countedAt = exactInstant(insights.countedAt, { ...viewer, timezone: insights.timezone });
  return html`<p>${before}${since}${after}</p>
<p class="soft small">${text.countedAt(countedAt)}</p>
${insights.isCut ? html`<p class="note">${text.cut(patches)}</p>` : ""}
${FIGURES.map((figure) => section(figure, page))}`;
}

/** A text around something that is more than text. */
function split(text: string): readonly [string, string] {
  const [before = "", after = ""] = text.split("\u0000");
  return [before, after];
}

function section(figure: FigureName, { viewer, insights }: InsightsPage): Html {
  const text = INSIGHT_TEXTS[viewer.language];
  const { title, about } = text.figures[figure];
  const path = withQuery(ownerPath(viewer, `/insights/${figure}.csv`), queryOf(insights.filters));
  return html`<section aria-labelledby="${figure}">
<h2 id="${figure}">${title}</h2>
<p class="soft">${about}</p>
${sectionBody(figure, insights, viewer)}
<p class="no-print"><a href="${path}" aria-label="${text.csvOf(title)}">${text.csv}</a></p>
</section>
`;
}

function filterForm({ viewer, insights, choices }: InsightsPage): Html {
  const { filters } = insights;
  const text = INSIGHT_TEXTS[viewer.language];
  const path = ownerPath(viewer, "/insights");
  const any = { value: "", name: text.any };
  const isChanged = hasFilters(filters) || filters.period !== DEFAULT_PERIOD;
  return html`<form method="get" action="${path}" class="filters" aria-label="${text.filters}">
${select("period", {
  label: text.filterNames.period,
  chosen: filters.period,
  options: PERIODS.map((value) => ({ value, name: text.periods[value] })),
})}
${select("severity", {
  label: text.filterNames.severity,
  chosen: filters.severity ?? "",
  options: [any, ...GRAVITIES.map((value) => ({ value, name: text.severities[value] }))],
})}
${
  choices.customers === null
    ? html`<div><label for="customer">${text.filterNames.customer}</label><input id="customer" name="customer" value="${filters.customer?.id ?? ""}"></div>`
    : select("customer", {
        label: text.filterNames.customer,
        chosen: filters.customer?.id ?? "",
        options: [any, ...choices.customers.map(({ id, name }) => ({ value: id, name }))],
      })
}
${select("repository", {
  label: text.filterNames.repository,
  chosen: filters.repository?.name ?? "",
  options: [any, ...choices.repositories.map(({ name }) => ({ value: name, name }))],
})}
<button>${text.show}</button>
${isChanged ? html`<a href="${path}">${text.clear}</a>` : ""}
</form>`;
}

type Field = {
  readonly label: string;
  readonly chosen: string;
  readonly options: readonly { readonly value: string; readonly name: string }[];
};

const select = (name: string, { label, chosen, options }: Field): Html =>
  html`<div><label for="${name}">${label}</label><select id="${name}" name="${name}">${options.map(
    (option) =>
      html`<option value="${option.value}"${option.value === chosen ? html` selected` : ""}>${option.name}</option>`,
  )}</select></div>`;
