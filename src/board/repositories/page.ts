// The list of an owner's repositories.
import { html } from "hono/html";
import type { Html } from "../../web/page.ts";
import { ownerPath, repositoryPath, withQuery } from "../paths.ts";
import { number } from "../time.ts";
import type { Viewer } from "../viewer.ts";
import type { ListedRepository } from "./gather.ts";
import { REPOSITORIES_TEXTS, type RepositoriesTexts } from "./messages.ts";

export type RepositoriesPage = {
  readonly listed: readonly ListedRepository[];
  readonly next: string | null;
  readonly after: string | null;
};

export function repositoriesBody(viewer: Viewer, { listed, next, after }: RepositoriesPage): Html {
  const text = REPOSITORIES_TEXTS[viewer.language];
  const { columns } = text;
  const path = ownerPath(viewer, "/repositories");
  const cell = (label: string, value: number) =>
    html`<td data-label="${label}" class="number">${number(value, viewer)}</td>`;
  return html`<h1>${text.title}</h1>
<p>${text.intro}</p>
${
  listed.length === 0
    ? html`<p class="box empty">${viewer.isLimited ? text.emptyLimited : text.empty}</p>`
    : html`<table class="cards">
<caption class="hidden">${text.caption}</caption>
<thead><tr><th scope="col">${columns.name}</th><th scope="col">${columns.mode}</th><th scope="col">${columns.visibility}</th><th scope="col" class="number">${columns.followed}</th><th scope="col" class="number">${columns.maintainers}</th><th scope="col" class="number">${columns.authors}</th><th scope="col">${columns.problems}</th></tr></thead>
<tbody>${listed.map(
        (each) => html`<tr>
<th scope="row" data-label="${columns.name}"><a href="${repositoryPath(viewer, each.repository.name)}">${each.repository.name}</a></th>
<td data-label="${columns.mode}">${text.modes[each.mode]}</td>
<td data-label="${columns.visibility}">${text.visibilities[each.repository.visibility]}${each.repository.is_archived === 1 ? html` <span class="tag">${text.archived}</span>` : ""}</td>
${cell(columns.followed, each.counts.followed)}${cell(columns.maintainers, each.counts.maintainers)}${cell(columns.authors, each.counts.authors)}
<td data-label="${columns.problems}">${problems(viewer, each, text)}</td>
</tr>`,
      )}</tbody>
</table>`
}
<p class="row pages">
${after === null ? "" : html`<a href="${path}">${text.first}</a>`}
${next === null ? "" : html`<a rel="next" href="${withQuery(path, { after: next })}">${text.next}</a>`}
</p>`;
}

function problems(viewer: Viewer, { mistakes, backfills }: ListedRepository, text: RepositoriesTexts): Html {
  const wrong = [
    ...(mistakes === 0 ? [] : [text.mistakes(mistakes, number(mistakes, viewer))]),
    ...(backfills.some(({ state }) => state === "failed") ? [text.notRead] : []),
  ];
  const isBeingRead = backfills.some(({ state }) => state === "pending");
  return html`${wrong.length === 0 ? "" : html`<span class="wrong">${wrong.join(text.comma)}</span>`}${isBeingRead ? html` <span class="soft">${text.beingRead}</span>` : ""}`;
}
