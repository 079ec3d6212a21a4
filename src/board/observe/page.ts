// The page about what is only observed: numbers, days, texts, and beside them what to commit so that it is done.
import { html } from "hono/html";
import type { Html } from "../../web/page.ts";
import { link } from "../link.ts";
import { inWords, LOG_TEXTS } from "../log/messages.ts";
import type { NamedPatch } from "../log/names-store.ts";
import { BOARD_TEXTS } from "../messages.ts";
import { markdownLine, markdownText } from "../patch/public-words.ts";
import { ownerPath, patchPath, withQuery } from "../paths.ts";
import { instantElement, number, plainDay } from "../time.ts";
import type { Viewer } from "../viewer.ts";
import { MOST_COUNTED, type ShownObserved } from "./gather.ts";
import { OBSERVE_TEXTS, type ObserveTexts } from "./messages.ts";

type Showing = { readonly viewer: Viewer; readonly shown: ShownObserved; readonly text: ObserveTexts };

export function observeBody(viewer: Viewer, shown: ShownObserved): Html {
  const text = OBSERVE_TEXTS[viewer.language];
  const showing = { viewer, shown, text };
  const { asked, numbers } = shown;
  const unknown = [
    ...(asked.unknown.includes("repository") || shown.isRepositoryUnknown ? [text.repository] : []),
    ...(asked.unknown.includes("day") ? [text.day] : []),
  ];
  return html`<h1>${text.title}</h1>
<p>${text.intro}</p>
${states(showing)}
${unknown.length === 0 ? "" : html`<p class="warning" role="status">${text.unknown(unknown.join(text.comma))}</p>`}
${shown.repositories.length === 0 ? "" : filterForm(showing)}
<div class="columns">
<div>
${numbers.days.length === 0 ? nothing(showing) : html`${amounts(showing)}${days(showing)}`}
</div>
${actSection(showing)}
</div>
${people(showing)}
${texts(showing)}
${untold(showing)}`;
}

function states({ viewer, shown, text }: Showing): Html {
  const { repositories, observing } = shown;
  if (repositories.length === 0) return html`<p class="box empty">${text.noRepositories}</p>`;
  if (observing.length === 0) return html`<p class="done">${text.allActing}</p>`;
  const names = observing.slice(0, 10).map(({ name }) => name);
  const more = observing.length > 10 || shown.areMore ? [text.more] : [];
  return html`<p class="note">${text.observing([...names, ...more].join(text.comma), observing.length)} <a href="${ownerPath(viewer, "/repositories")}">${BOARD_TEXTS[viewer.language].sections.repositories}</a></p>`;
}

function filterForm({ viewer, shown, text }: Showing): Html {
  const path = ownerPath(viewer, "/observe");
  const { asked, repositories } = shown;
  return html`<form method="get" action="${path}" class="filters">
<div><label for="repository">${text.repository}</label>
<select id="repository" name="repository"><option value="">${text.allRepositories}</option>${repositories.map(
    ({ name }) =>
      html`<option value="${name}"${name.toLowerCase() === asked.repository?.toLowerCase() ? html` selected` : ""}>${name}</option>`,
  )}</select></div>
<div><label for="day">${text.day}</label><input type="date" id="day" name="day" value="${asked.day ?? ""}"></div>
<div class="row"><button>${text.apply}</button> <a href="${path}">${text.clear}</a></div>
</form>`;
}

const nothing = ({ shown, text }: Showing): Html => html`<div class="box empty">
<h2>${text.nothingTitle}</h2>
<p>${shown.observing.length === 0 && shown.repositories.length > 0 ? text.nothingActing : text.nothing}</p>
</div>`;

function amounts({ viewer, shown, text }: Showing): Html {
  const { numbers, workingDays } = shown;
  return html`<h2>${text.numbersTitle}</h2>
<p>${text.numbers({ ...numbers, workingDays }, (value) => number(value, viewer))}</p>
${shown.isCut ? html`<p class="soft">${text.atMost(number(MOST_COUNTED, viewer))}</p>` : ""}
<p class="soft">${text.unlimited}</p>`;
}

function days({ viewer, shown, text }: Showing): Html {
  const { columns } = text;
  const cell = (label: string, value: number) =>
    html`<td data-label="${label}" class="number">${number(value, viewer)}</td>`;
  return html`<table class="cards">
<caption>${text.days}</caption>
<thead><tr><th scope="col">${columns.day}</th><th scope="col" class="number">${columns.reminders}</th><th scope="col" class="number">${columns.addressed}</th><th scope="col" class="number">${columns.authors}</th><th scope="col" class="number">${columns.labels}</th><th scope="col" class="number">${columns.others}</th></tr></thead>
<tbody>${shown.numbers.days.map(
    (each) => html`<tr>
<th scope="row" class="nowrap" data-label="${columns.day}"><a href="${withQuery(ownerPath(viewer, "/observe"), { repository: shown.asked.repository, day: each.day })}"${each.day === shown.asked.day ? html` aria-current="true"` : ""}>${plainDay(each.day, viewer)}</a></th>
${cell(columns.reminders, each.reminders)}${cell(columns.addressed, each.addressed)}${cell(columns.authors, each.authors)}${cell(columns.labels, each.labels)}${cell(columns.others, each.others)}
</tr>`,
  )}</tbody>
</table>`;
}

function actSection({ viewer, shown, text }: Showing): Html | string {
  const { act } = shown;
  if (act === null) return "";
  const limits = { perDay: number(act.limits.perDay, viewer), perWeek: number(act.limits.perWeek, viewer) };
  const says = { change: text.actChange, first: text.actFirst, "by-hand": text.actByHand }[act.kind];
  return html`<section class="box" aria-labelledby="act">
<h2 id="act">${text.actTitle}</h2>
<p>${says(act.place)}</p>
${act.hasErrors ? html`<p class="warning">${text.actErrors}</p>` : ""}
${act.text === null ? "" : html`<pre tabindex="0" aria-label="${text.file}"><code>${act.text}</code></pre>`}
<p>${link(text.toGitHub, act.address)}</p>
<h3>${text.consequencesTitle}</h3>
<ul>${text.consequences(limits).map((each) => html`<li>${each}</li>`)}</ul>
</section>`;
}

const patchLink = (viewer: Viewer, { repository, number: n }: NamedPatch): Html =>
  html`<a href="${patchPath(viewer, { repository, number: n })}">${repository}#${n}</a>`;

function people({ viewer, shown, text }: Showing): Html | string {
  const { people: named, asked } = shown;
  if (named === null || asked.day === null) return "";
  return html`<h2>${text.peopleTitle(plainDay(asked.day, viewer))}</h2>
${
  named.length === 0
    ? html`<p>${text.nobody}</p>`
    : html`<table class="cards">
<caption class="hidden">${text.people}</caption>
<thead><tr><th scope="col">${text.person}</th><th scope="col">${text.about}</th></tr></thead>
<tbody>${named.map(
        ({ name, patches }) => html`<tr>
<th scope="row" data-label="${text.person}">@${name}</th>
<td data-label="${text.about}">${patches.map((patch, index) => html`${index === 0 ? "" : text.comma}${patchLink(viewer, patch)}`)}</td>
</tr>`,
      )}</tbody>
</table>`
}`;
}

function texts({ viewer, shown, text }: Showing): Html | string {
  const { asked, next } = shown;
  const path = ownerPath(viewer, "/observe");
  const query = { repository: asked.repository, day: asked.day };
  if (shown.texts.length === 0) return "";
  return html`<h2 id="texts">${text.textsTitle}</h2>
${shown.texts.map(
  (each) => html`<article class="box">
<h3>${text.kinds[each.kind] ?? each.kind}${each.patch === null ? "" : html`: ${patchLink(viewer, each.patch)} <span class="soft">${each.patch.title}</span>`}</h3>
<p class="soft small">${instantElement(each.at, viewer)}${each.addressees.length === 0 ? "" : html` · ${text.to(each.addressees.map((name) => `@${name}`).join(text.comma))}`}</p>
${each.markdown === null ? labels(each.labels, text) : html`<blockquote>${markdownText(each.markdown)}</blockquote>`}
<p class="soft small">${text.because}: <span${viewer.language === "en" ? "" : html` lang="en"`}>${markdownLine(each.because)}</span></p>
</article>`,
)}
<p class="row pages">
${asked.before === null ? "" : html`<a href="${withQuery(path, query)}">${text.newest}</a>`}
${next === null ? "" : html`<a rel="next" href="${withQuery(path, { ...query, before: `${next.at}.${next.id}` })}#texts">${text.older}</a>`}
</p>`;
}

function labels(change: ShownObserved["texts"][number]["labels"], text: ObserveTexts): Html | string {
  if (change === null) return "";
  const parts = [
    ...(change.added.length === 0 ? [] : [text.wouldPutOn(change.added.join(text.comma))]),
    ...(change.removed.length === 0 ? [] : [text.wouldTakeOff(change.removed.join(text.comma))]),
  ];
  return html`<ul>${parts.map((part) => html`<li>${part}</li>`)}</ul>`;
}

function untold({ viewer, shown, text }: Showing): Html | string {
  if (shown.untold.length === 0) return "";
  const kinds = LOG_TEXTS[viewer.language].notices;
  return html`<h2>${text.untoldTitle}</h2>
<p>${text.untold}</p>
<table class="cards">
<caption class="hidden">${text.untoldTitle}</caption>
<thead><tr><th scope="col">${text.when}</th><th scope="col">${text.what}</th><th scope="col">${text.whom}</th></tr></thead>
<tbody>${shown.untold.map(
    ({ at, kind, to }) => html`<tr>
<td data-label="${text.when}">${instantElement(at, viewer)}</td>
<td data-label="${text.what}">${inWords(kinds, kind)}</td>
<td data-label="${text.whom}">${to}</td>
</tr>`,
  )}</tbody>
</table>`;
}
