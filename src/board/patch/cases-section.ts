// Who waits for a patch, on its page: its linked cases in plain words, and proposed links with what can be answered to them.
import { html } from "hono/html";
import type { LinkOfPatch } from "../../cases/store.ts";
import { wordsOf } from "../../cases/words.ts";
import { cutTo, readable } from "../../effects/escape.ts";
import type { Html } from "../../web/page.ts";
import { csrfField, formIdField } from "../forms.ts";
import { casePath, customerPath } from "../paths.ts";
import { number, plainDay } from "../time.ts";
import type { Viewer } from "../viewer.ts";
import { NOTHING } from "../waiting/messages.ts";
import { severityTag } from "../waiting/table.ts";
import { actPath } from "./act-forms.ts";
import type { ActName } from "./acts.ts";
import { PATCH_TEXTS } from "./messages.ts";
import type { Inside, PatchRead } from "./read.ts";

const LONGEST_WORDS = 1000;

type Shown = { readonly viewer: Viewer; readonly read: PatchRead; readonly offered: readonly ActName[] };

export function casesSection(shown: Shown, inside: Inside): Html {
  const { viewer } = shown;
  const text = PATCH_TEXTS[viewer.language];
  const { columns, headings } = text;
  const { links, moreLinks } = inside;
  const heads = [
    columns.case,
    columns.customer,
    columns.severity,
    columns.summary,
    columns.neededBy,
    columns.workaround,
  ];
  return html`<section aria-labelledby="cases"><h2 id="cases">${headings.cases}</h2>
${
  links.length === 0
    ? html`<p>${text.noCases}</p>`
    : html`<table class="cards"><caption class="hidden">${headings.cases}</caption>
<thead><tr>${heads.map((head) => html`<th scope="col">${head}</th>`)}<th scope="col">${columns.link}</th></tr></thead>
<tbody>${links.map((link) => caseRow(shown, inside, link))}
</tbody></table>`
}
${moreLinks === 0 ? "" : html`<p class="soft">${text.moreCases(number(moreLinks, viewer))}</p>`}</section>`;
}

function caseRow(shown: Shown, { customers }: Inside, link: LinkOfPatch): Html {
  const { viewer } = shown;
  const text = PATCH_TEXTS[viewer.language];
  const { columns } = text;
  const { id, reference } = link.case;
  const words = wordsOf(link.case);
  const customer = customers.find((each) => each.id === words.customer) ?? null;
  const neededBy = words["needed-by"];
  return html`
<tr><th scope="row"><a href="${casePath(viewer, id)}">${reference}</a>${words.title === reference ? "" : html`<br><span class="soft small">${short(words.title)}</span>`}</th>
<td data-label="${columns.customer}">${customer === null ? text.unknown : html`<a href="${customerPath(viewer, customer.id)}">${customer.name}</a>`}</td>
<td data-label="${columns.severity}">${words.severity === null ? text.unknown : severityTag(words.severity)}</td>
<td data-label="${columns.summary}">${words.summary === null ? text.unknown : short(words.summary)}</td>
<td data-label="${columns.neededBy}">${
    neededBy === null
      ? NOTHING
      : html`${plainDay(neededBy.date, viewer)}${neededBy.why === null ? "" : html`<br>${short(neededBy.why)}`}`
  }</td>
<td data-label="${columns.workaround}">${words.workaround === null ? text.unknown : words.workaround === "none" ? text.none : short(words.workaround)}</td>
<td data-label="${columns.link}">${linkCell(shown, link)}</td></tr>`;
}

const short = (words: string): string => cutTo(readable(words), LONGEST_WORDS);

function linkCell(shown: Shown, link: LinkOfPatch): Html {
  const text = PATCH_TEXTS[shown.viewer.language];
  const press = (act: "link" | "unlink", label: string) =>
    shown.offered.includes(act) ? linkForm(shown, { act, label, reference: link.case.reference }) : "";
  if (link.state === "proposed")
    return html`${text.proposed(link.madeBy)} ${press("link", text.confirm)} ${press("unlink", text.drop)}`;
  return html`${press("unlink", text.unlink)}`;
}

function linkForm(
  { viewer, read }: Shown,
  { act, label, reference }: { readonly act: "link" | "unlink"; readonly label: string; readonly reference: string },
): Html {
  const text = PATCH_TEXTS[viewer.language];
  return html`<form class="inline-form" method="post" action="${actPath(viewer, read, act)}">${csrfField(viewer)}${formIdField()}<input type="hidden" name="reference" value="${reference}"><button class="quiet" aria-label="${`${label}: ${text.about(reference)}`}">${label}</button></form>`;
}
