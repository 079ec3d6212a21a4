// What of a repository only those see who see the whole board: limits, what was not written and why, and deliveries. Apart from the rest,
// so that nothing of it is shown by mistake.
import { html } from "hono/html";
import type { Html } from "../../web/page.ts";
import { inWords, LOG_TEXTS } from "../log/messages.ts";
import { outcomeIn } from "../log/stored.ts";
import { patchPath } from "../paths.ts";
import { exactInstant, instantElement, number } from "../time.ts";
import type { Inside } from "./gather.ts";
import type { Showing } from "./repository-page.ts";

export function insideSections(showing: Showing): Html | string {
  const { inside } = showing.shown;
  if (inside === null) return "";
  return html`${limits(showing, inside)}
${undone(showing, inside)}
${deliveries(showing, inside)}`;
}

function limits({ viewer, text }: Showing, { writes, comments, writeLimit, fuse, budget }: Inside): Html {
  const shown = (value: number) => number(value, viewer);
  return html`<h2>${text.writesTitle}</h2>
<p>${text.writes({ writes: shown(writes), comments: shown(comments), writeLimit: shown(writeLimit), fuse: shown(fuse) })}</p>
${budget === null ? html`<p>${text.budgetUnknown}</p>` : ""}${(["core", "graphql"] as const).map((resource) => {
  const left = budget?.[resource] ?? null;
  return left === null
    ? ""
    : html`<p>${text.budget[resource](shown(left.remaining), shown(left.limit), exactInstant(left.at, viewer))}</p>`;
})}`;
}

function undone({ viewer, text }: Showing, inside: Inside): Html {
  const { undoneColumns: columns } = text;
  const words = LOG_TEXTS[viewer.language];
  if (inside.undone.length === 0) return html`<h2>${text.undoneTitle}</h2><p>${text.undoneNone}</p>`;
  return html`<h2>${text.undoneTitle}</h2>
<table class="cards">
<caption class="hidden">${text.undoneTitle}</caption>
<thead><tr><th scope="col">${columns.at}</th><th scope="col">${columns.what}</th><th scope="col">${columns.outcome}</th><th scope="col">${columns.because}</th></tr></thead>
<tbody>${inside.undone.map(
    ({ id, at, kind, state, outcome, patch }) => html`<tr>
<td data-label="${columns.at}" class="nowrap">${instantElement(at, viewer)}</td>
<td data-label="${columns.what}">${inWords(words.writes, kind)}${patch === null ? "" : html` <a href="${patchPath(viewer, patch)}">#${patch.number}</a>`}</td>
<td data-label="${columns.outcome}">${state === "failed" ? html`<span class="wrong">${words.states[state]}</span> <code>${id}</code>` : words.states[state]}</td>
<td data-label="${columns.because}" lang="en">${outcomeIn(outcome) ?? ""}</td>
</tr>`,
  )}</tbody>
</table>
${inside.undone.some(({ state }) => state === "failed") ? html`<p>${text.undoneDo}</p>` : ""}`;
}

function deliveries({ viewer, text }: Showing, inside: Inside): Html {
  const { deliveryColumns: columns } = text;
  if (inside.deliveries === null) return html`<h2>${text.deliveriesTitle}</h2><p>${text.deliveriesHidden}</p>`;
  const { last, pending } = inside.deliveries;
  return html`<h2>${text.deliveriesTitle}</h2>
${
  last.length === 0
    ? html`<p class="box empty">${text.deliveriesNone}</p>`
    : html`<p class="soft">${text.deliveriesAll}</p>
<table class="cards">
<caption class="hidden">${text.deliveriesTitle}</caption>
<thead><tr><th scope="col">${columns.at}</th><th scope="col">${columns.event}</th><th scope="col">${columns.state}</th><th scope="col">${columns.because}</th><th scope="col">${columns.id}</th></tr></thead>
<tbody>${last.map(
        ({ id, event, state, at, because, error }) => html`<tr>
<td data-label="${columns.at}" class="nowrap">${instantElement(at, viewer)}</td>
<td data-label="${columns.event}"><code>${event}</code></td>
<td data-label="${columns.state}">${state === "failed" ? html`<span class="wrong">${text.deliveryStates[state]}</span>` : text.deliveryStates[state]}</td>
<td data-label="${columns.because}" lang="en">${(state === "failed" ? error : because) ?? ""}</td>
<td data-label="${columns.id}"><code>${id}</code></td>
</tr>`,
      )}</tbody>
</table>`
}
${pending === 0 ? "" : html`<p>${text.deliveriesPending(number(pending, viewer))}</p>`}
${last.some(({ state }) => state === "failed") ? html`<p>${text.deliveriesDo}</p>` : ""}`;
}
