// The page of one case: its words, its patches with where they stand, and what its customer has been told.
import { html } from "hono/html";
import type { CaseRow } from "../../cases/store.ts";
import { wordsOf } from "../../cases/words.ts";
import { cutTo, readable } from "../../effects/escape.ts";
import { entryWords } from "../../feeds/messages.ts";
import type { Html } from "../../web/page.ts";
import { link } from "../link.ts";
import { customerPath, patchPath } from "../paths.ts";
import { dayElement, number, plainDay } from "../time.ts";
import type { Viewer } from "../viewer.ts";
import { linkForms } from "../waiting/link-forms.ts";
import type { PatchRowShown } from "../waiting/rows.ts";
import { patchTable, severityTag, shortTitle } from "../waiting/table.ts";
import { LONGEST_WORDS } from "./decide.ts";
import { type CaseForm, caseForm } from "./form.ts";
import { CASE_TEXTS } from "./messages.ts";
import type { LinkOfCase, ToldCustomer } from "./store.ts";

export type CasePage = {
  readonly viewer: Viewer;
  readonly now: number;
  readonly row: CaseRow;
  readonly customer: { readonly id: string; readonly name: string } | null;
  readonly links: readonly LinkOfCase[];
  readonly hasMoreLinks: boolean;
  readonly patches: readonly PatchRowShown[];
  readonly told: readonly ToldCustomer[];
  readonly fresh: ReadonlySet<string>;
  /** Null where the viewer may not speak for the customer. */
  readonly form: CaseForm | null;
  readonly isSaved: boolean;
};

export function caseBody(page: CasePage): Html {
  const { viewer, row, form, isSaved } = page;
  const text = CASE_TEXTS[viewer.language].page;
  const reference = cutTo(readable(row.reference), 100);
  return html`<h1>${text.title(reference)}</h1>
${isSaved ? html`<p class="done" role="status">${text.saved}</p>` : ""}
${form !== null && form.problems.length > 0 ? html`<p class="wrong" role="alert">${text.wrong}</p>` : ""}
${row.title === row.reference ? "" : html`<p><strong>${shortTitle(row.title)}</strong></p>`}
${row.url === null ? "" : html`<p>${link(row.repository_id === null ? text.atHelpDesk : text.asIssue, row.url)}</p>`}
<section aria-labelledby="words"><h2 id="words">${text.words}</h2>
${wordsList(page)}
${form === null ? html`<p class="soft small">${text.notYours}</p>` : caseForm(form)}</section>
${patchesPart(page)}
${proposalsPart(page)}
${toldPart(page)}`;
}

function wordsList({ viewer, row, customer }: CasePage): Html {
  const { fields, states, page: text } = CASE_TEXTS[viewer.language];
  const words = wordsOf(row);
  const said = (value: string | null) =>
    value === null ? html`<span class="soft">${text.notKnown}</span>` : html`${cutTo(readable(value), LONGEST_WORDS)}`;
  const day = (date: string | null) => said(date === null ? null : plainDay(date, viewer));
  const neededBy = words["needed-by"];
  const entries: readonly (readonly [string, Html | string])[] = [
    [
      fields.customer,
      customer === null
        ? said(words.customer)
        : html`<a href="${customerPath(viewer, customer.id)}">${customer.name}</a>`,
    ],
    [fields.severity, words.severity === null ? said(null) : severityTag(words.severity)],
    [fields.state, states[words.state]],
    [fields.summary, said(words.summary)],
    [fields.stake, said(words.stake)],
    [fields.workaround, words.workaround === "none" ? text.noWorkaround : said(words.workaround)],
    [
      fields["needed-by"],
      neededBy === null
        ? said(null)
        : html`${plainDay(neededBy.date, viewer)}${neededBy.why === null ? "" : html`: ${said(neededBy.why)}`}`,
    ],
    [fields.report, day(words.report)],
    [fields.assignee, said(words.assignee)],
  ];
  return html`<dl>${entries.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>\n`)}</dl>`;
}

function patchesPart({ viewer, now, row, links, hasMoreLinks, patches, fresh }: CasePage): Html {
  const text = CASE_TEXTS[viewer.language].page;
  const confirmed = new Set(links.filter(({ state }) => state === "confirmed").map(({ patchId }) => patchId));
  const rows = patches.filter(({ id }) => confirmed.has(id));
  const columns = { cases: false, turn: true, customers: false };
  return html`<section aria-labelledby="patches"><h2 id="patches">${text.patches}</h2>
${
  rows.length === 0
    ? html`<div class="box"><p>${text.noPatches}</p><p><code>/case link ${row.reference}</code></p></div>`
    : patchTable({ viewer, now, caption: text.patches, rows, fresh, columns })
}${hasMoreLinks ? html`<p class="soft">${text.more(number(links.length, viewer))}</p>` : ""}</section>`;
}

function proposalsPart({ viewer, row, links, patches }: CasePage): Html | string {
  const text = CASE_TEXTS[viewer.language].page;
  const byId = new Map(patches.map((each) => [each.id, each]));
  const proposed = links.flatMap((each) => {
    const patch = each.state === "proposed" ? byId.get(each.patchId) : undefined;
    return patch === undefined ? [] : [{ link: each, patch }];
  });
  if (proposed.length === 0) return "";
  return html`<section aria-labelledby="proposals"><h2 id="proposals">${text.proposals}</h2>
<ul>${proposed.map(
    ({ link: { madeBy, madeAt }, patch }) => html`
<li><a href="${patchPath(viewer, patch)}">${patch.repository}#${patch.number}</a> ${shortTitle(patch.title)} <span class="soft">${text.proposedBy}: ${madeBy}, ${dayElement(madeAt, viewer)}</span>${linkForms(viewer, { ...patch, reference: row.reference })}</li>`,
  )}</ul></section>`;
}

function toldPart({ viewer, row, told }: CasePage): Html {
  const text = CASE_TEXTS[viewer.language].page;
  const body =
    told.length === 0
      ? html`<p>${row.customer_id === null ? text.toldNobody : text.notTold}</p>`
      : html`<table class="cards"><caption class="hidden">${text.told}</caption>
<thead><tr><th scope="col">${text.when}</th><th scope="col">${text.what}</th></tr></thead>
<tbody>${told.map(({ at, event }) => {
          const words = entryWords({ event, case: null }, viewer.language);
          return html`
<tr><td data-label="${text.when}">${dayElement(at, viewer)}</td><td data-label="${text.what}">${words.title}<br><span class="soft small">${words.text}</span></td></tr>`;
        })}
</tbody></table>`;
  return html`<section aria-labelledby="told"><h2 id="told">${text.told}</h2>${body}</section>`;
}
