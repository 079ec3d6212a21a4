// The page of what waits. It is paged by patches in the order of their gravity, and the rows of a page are put together by customer: a page
// of customers would have no bound, since one of them may have thousands of patches.
import { html } from "hono/html";
import type { Turn } from "../../patches/turn.ts";
import type { Html } from "../../web/page.ts";
import { casePath, customerPath, ownerPath, patchPath, withQuery } from "../paths.ts";
import { dayElement, number } from "../time.ts";
import { maySetUp, maySpeakForCustomers, type Viewer } from "../viewer.ts";
import { filterForm } from "./filter-form.ts";
import { linkForms } from "./link-forms.ts";
import { type Counted, sidedTexts, WAITING_TEXTS } from "./messages.ts";
import { pagesNav } from "./pages-nav.ts";
import { type Asked, cursorText, hasFilters, NO_FILTERS, queryOf } from "./parse.ts";
import type { Proposal } from "./proposals-store.ts";
import type { Choices, SectionShown, WaitingShown } from "./read.ts";
import type { PatchRowShown } from "./rows.ts";
import type { CustomerOfRow } from "./rows-store.ts";
import { patchTable, shortTitle } from "./table.ts";
import { unknownNotes } from "./unknown-notes.ts";

export type WaitingPage = {
  readonly viewer: Viewer;
  readonly asked: Asked;
  readonly shown: WaitingShown;
  readonly choices: Choices;
  readonly now: number;
};

export function waitingBody(page: WaitingPage): Html {
  const { viewer, asked, shown } = page;
  const text = WAITING_TEXTS[viewer.language];
  const isEmpty = shown.sections.every(({ rows }) => rows.length === 0) && shown.proposals.length === 0;
  const isFiltered = hasFilters(asked.filters) || asked.after !== null;
  return html`<h1>${text.title}</h1>
${asked.filters.isProposals ? "" : html`<p>${sidedTexts(viewer).summary(countsOf(shown.sections, viewer))}</p>`}
${unknownNotes(viewer, asked.unknown)}
${isEmpty && !isFiltered ? emptyBox(viewer) : filterForm(page)}
${isEmpty && isFiltered ? html`<p class="box empty">${text.noneHere}</p>` : ""}
${shown.sections.map((section) => sectionPart(section, page))}
${shown.proposals.length === 0 ? "" : proposalsPart(page)}`;
}

function countsOf(sections: readonly SectionShown[], viewer: Viewer): Readonly<Record<Turn, Counted | null>> {
  const counted = (turn: Turn): Counted | null => {
    const section = sections.find((each) => each.turn === turn);
    if (section === undefined || section.count.number === 0) return null;
    return { words: countWords(section, viewer), isOne: section.count.number === 1 };
  };
  return { author: counted("author"), maintainer: counted("maintainer"), nobody: counted("nobody") };
}

function countWords({ count }: SectionShown, viewer: Viewer): string {
  const words = number(count.number, viewer);
  return count.isAtLeast ? WAITING_TEXTS[viewer.language].atLeast(words) : words;
}

function emptyBox(viewer: Viewer): Html {
  const text = WAITING_TEXTS[viewer.language];
  const [before, after] = text.toLink;
  const [importing, toImport, end] = text.toImport;
  return html`<div class="box"><h2>${text.nothingTitle}</h2>
${
  viewer.isLimited
    ? html`<p>${text.nothingLimited}</p>`
    : html`<p>${text.nothing}</p>
<ul><li>${before}<code>/case link REF</code>${after}</li>${
        maySetUp(viewer)
          ? html`
<li>${importing}<a href="${ownerPath(viewer, "/settings/customers/import")}">${toImport}</a>${end}</li>`
          : ""
      }</ul>`
}</div>`;
}

function sectionPart(section: SectionShown, page: WaitingPage): Html | string {
  const { viewer, asked } = page;
  const { turn, rows, next } = section;
  if (rows.length === 0) return "";
  const text = WAITING_TEXTS[viewer.language];
  const { sections, explained } = sidedTexts(viewer);
  const heading = text.counted(sections[turn], countWords(section, viewer));
  const path = ownerPath(viewer);
  const query = queryOf({ ...asked.filters, turn });
  const isOne = asked.filters.turn !== null;
  const body = html`<p class="soft">${explained[turn]}</p>
${tablesOf(section, page)}
${
  isOne
    ? pagesNav(viewer, {
        first: asked.after === null ? null : withQuery(path, query),
        next: next === null ? null : withQuery(path, { ...query, after: cursorText(next) }),
      })
    : next === null
      ? ""
      : html`<p><a href="${withQuery(path, query)}">${text.all(sections[turn])}</a></p>`
}`;
  if (turn === "nobody" && !isOne) return html`<details><summary><h2>${heading}</h2></summary>${body}</details>`;
  return html`<section aria-labelledby="${turn}"><h2 id="${turn}">${heading}</h2>
${body}</section>`;
}

type Group = { readonly customer: CustomerOfRow | null; readonly rows: readonly PatchRowShown[] };

function tablesOf({ turn, rows }: SectionShown, { viewer, asked, shown, now }: WaitingPage): Html {
  const text = WAITING_TEXTS[viewer.language];
  const section = sidedTexts(viewer).sections[turn];
  const columns = { cases: !viewer.isLimited, turn: false, customers: false };
  const table = (caption: string, some: readonly PatchRowShown[]) =>
    patchTable({ viewer, now, caption, rows: some, fresh: shown.fresh, columns });
  if (viewer.isLimited) return table(section, rows);
  return html`${byCustomer(rows, asked.filters.customer).map(({ customer, rows: theirs }) => {
    const name = customer?.name ?? text.withoutCustomer;
    return html`<h3>${customer === null ? name : html`<a href="${customerPath(viewer, customer.id)}">${name}</a>`}</h3>
${table(text.caption(section, name), theirs)}
`;
  })}`;
}

/** Who has what is gravest comes first. A patch that several wait for stands with each; with a filter, with that customer alone. */
function byCustomer(rows: readonly PatchRowShown[], only: string | null): readonly Group[] {
  const groups = new Map<string | null, { customer: CustomerOfRow | null; rows: PatchRowShown[] }>();
  for (const row of rows) {
    const theirs = only === null ? row.customers : row.customers.filter(({ id }) => id === only);
    for (const customer of theirs.length === 0 ? [null] : theirs) {
      const key = customer?.id ?? null;
      const group = groups.get(key) ?? { customer, rows: [] };
      group.rows.push(row);
      groups.set(key, group);
    }
  }
  const all = [...groups.values()];
  return [...all.filter(({ customer }) => customer !== null), ...all.filter(({ customer }) => customer === null)];
}

function proposalsPart({ viewer, asked, shown }: WaitingPage): Html {
  const text = WAITING_TEXTS[viewer.language];
  const path = ownerPath(viewer);
  const query = queryOf({ ...NO_FILTERS, isProposals: true });
  const { isProposals } = asked.filters;
  return html`<section aria-labelledby="proposals"><h2 id="proposals">${text.proposals}</h2>
<p class="soft">${text.proposalsExplained}</p>
<table class="cards">
<caption class="hidden">${text.proposals}</caption>
<thead><tr>${[text.table.patch, text.table.case, text.table.customer, text.table.proposed, ...(maySpeakForCustomers(viewer) ? [text.table.act] : [])].map((heading) => html`<th scope="col">${heading}</th>`)}</tr></thead>
<tbody>${shown.proposals.map((each) => proposalRow(each, viewer))}
</tbody>
</table>
${
  isProposals
    ? pagesNav(viewer, {
        first: asked.page === 1 ? null : withQuery(path, query),
        next: shown.hasMoreProposals ? withQuery(path, { ...query, page: String(asked.page + 1) }) : null,
      })
    : shown.hasMoreProposals
      ? html`<p><a href="${withQuery(path, query)}">${text.proposalsAll}</a></p>`
      : ""
}</section>`;
}

function proposalRow(proposal: Proposal, viewer: Viewer): Html {
  const text = WAITING_TEXTS[viewer.language];
  const { reference, caseTitle, customer } = proposal;
  return html`
<tr><th scope="row"><a href="${patchPath(viewer, proposal)}">${shortTitle(proposal.title)}</a><br><span class="soft small">${proposal.repository}#${proposal.number}</span></th>
<td data-label="${text.table.case}"><a href="${casePath(viewer, proposal.caseId)}">${reference}</a> ${caseTitle === reference ? "" : shortTitle(caseTitle)}</td>
<td data-label="${text.table.customer}">${customer === null ? "" : html`<a href="${customerPath(viewer, customer.id)}">${customer.name}</a>`}</td>
<td data-label="${text.table.proposed}">${dayElement(proposal.madeAt, viewer)}<br><span class="soft small">${text.proposedBy(proposal.madeBy)}</span></td>${
    maySpeakForCustomers(viewer) ? html`\n<td data-label="${text.table.act}">${linkForms(viewer, proposal)}</td>` : ""
  }</tr>`;
}
