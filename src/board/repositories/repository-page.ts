// One repository: how it stands, the policy in force with its mistakes, and its patches. What only those see who see the whole board is
// inside-sections.ts's.
import { html } from "hono/html";
import type { PolicyError } from "../../policy/policy.ts";
import type { StoredPolicy } from "../../policy/store.ts";
import type { Html } from "../../web/page.ts";
import { link } from "../link.ts";
import { ownerPath, patchPath, withQuery } from "../paths.ts";
import { dayElement, exactInstant, number } from "../time.ts";
import type { Viewer } from "../viewer.ts";
import type { ShownRepository } from "./gather.ts";
import { insideSections } from "./inside-sections.ts";
import { REPOSITORIES_TEXTS, type RepositoriesTexts } from "./messages.ts";

export type Showing = {
  readonly viewer: Viewer;
  readonly shown: ShownRepository;
  readonly text: RepositoriesTexts;
  readonly webUrl: string;
  readonly now: number;
};

export function repositoryBody(asked: Omit<Showing, "text">): Html {
  const showing = { ...asked, text: REPOSITORIES_TEXTS[asked.viewer.language] };
  const { text, shown, webUrl } = showing;
  const { repository } = shown;
  const name = `${repository.owner_login}/${repository.name}`;
  return html`<h1>${name}</h1>
<p>${link(text.onGitHub, `${webUrl}/${encodeURIComponent(repository.owner_login)}/${encodeURIComponent(repository.name)}`)}</p>
${stops(showing)}
<div class="columns">
<div>
${standing(showing)}
${reading(showing)}
</div>
<div>
${mistakes(showing)}
${policy(showing)}
</div>
</div>
${patches(showing)}
${insideSections(showing)}`;
}

/** What keeps anything from being written, with what to do. */
function stops({ viewer, shown, text, now }: Showing): Html {
  const { installation, pause, readsPutOffUntil, repository } = shown;
  const parkedUntil = installation?.parked_until ?? null;
  return html`${repository.installation_id === null ? html`<p class="warning">${text.appIsOff}</p>` : ""}
${installation?.state === "suspended" ? html`<p class="warning">${text.suspended}</p>` : ""}
${
  pause === null
    ? ""
    : html`<div class="warning"><p>${text.paused(exactInstant(pause.since, viewer), pause.because)}</p><p>${text.pausedDo(viewer.owner.login)}</p></div>`
}
${
  parkedUntil === null || parkedUntil <= now
    ? ""
    : html`<div class="warning"><p>${text.parked(exactInstant(parkedUntil, viewer), installation?.parked_because ?? "")}</p><p>${text.parkedDo}</p></div>`
}
${
  readsPutOffUntil === null
    ? ""
    : html`<p class="warning">${text.readsPutOff(repository.owner_login, exactInstant(readsPutOffUntil, viewer))}</p>`
}`;
}

function standing({ shown, text }: Showing): Html {
  const { repository, mode, disclosure } = shown;
  return html`<h2>${text.standing}</h2>
<dl>
<dt>${text.mode}</dt><dd>${text.modes[mode]}: ${text.modeMeans[mode]}</dd>
<dt>${text.visibility}</dt><dd>${text.visibilities[repository.visibility]}${repository.is_archived === 1 ? html` <span class="tag">${text.archived}</span>` : ""}</dd>
<dt>${text.disclosure}</dt><dd>${text.disclosures[disclosure]}${shown.isFreshlyPublic ? html`<br>${text.freshlyPublic}` : ""}</dd>
<dt>${text.branch}</dt><dd><code>${repository.default_branch}</code></dd>
</dl>`;
}

function reading({ viewer, shown, text }: Showing): Html {
  const { backfills } = shown;
  return html`<h2>${text.readingTitle}</h2>
${
  backfills.length === 0
    ? html`<p>${text.readingNever}</p>`
    : html`<dl>${backfills.map(
        ({ kind, state, done, total, error }) =>
          html`<dt>${text.readings[kind]}</dt><dd>${text.reading(state, number(done, viewer), total === null ? null : number(total, viewer))}${
            error === null
              ? ""
              : html`: <span${state === "failed" ? html` class="wrong"` : ""} lang="en">${error}</span>`
          }</dd>`,
      )}</dl>`
}`;
}

function mistakes({ shown, text }: Showing): Html | string {
  const wrong = shown.files.filter(({ errors }) => errors.length > 0);
  if (wrong.length === 0) return "";
  return html`<h2>${text.mistakesTitle}</h2>
${wrong.map((file) =>
  shown.isOwnersHidden && file.scope.startsWith("owner:")
    ? html`<p class="warning">${text.mistakesOfOwner}</p>`
    : mistakesIn(file, text),
)}`;
}

function mistakesIn({ path, errors }: StoredPolicy, text: RepositoriesTexts): Html {
  const { errorColumns: columns } = text;
  const row = ({ line, column, path: key, message, text: written }: PolicyError) => html`<tr>
<td data-label="${columns.line}" class="number">${line}</td>
<td data-label="${columns.column}" class="number">${column}</td>
<td data-label="${columns.key}">${key === "" ? "" : html`<code>${key}</code>`}</td>
<td data-label="${columns.text}">${written === undefined ? "" : html`<code>${written.trim()}</code>`}</td>
<td data-label="${columns.message}" lang="en">${message}</td>
</tr>`;
  return html`<table class="cards">
<caption>${text.mistakesIn(path ?? "")}</caption>
<thead><tr><th scope="col" class="number">${columns.line}</th><th scope="col" class="number">${columns.column}</th><th scope="col">${columns.key}</th><th scope="col">${columns.text}</th><th scope="col">${columns.message}</th></tr></thead>
<tbody>${errors.map(row)}</tbody>
</table>`;
}

function policy({ viewer, shown, text }: Showing): Html {
  const { files, lines } = shown;
  const good = files.filter(({ goodText }) => goodText !== null).flatMap(({ path }) => path ?? []);
  const isStale = files.some(({ errors, goodText }) => errors.length > 0 && goodText !== null);
  return html`<h2>${text.policyTitle}</h2>
<p>${good.length === 0 ? text.policyNone : text.policyOf(good.join(text.comma))}</p>
${isStale ? html`<p class="warning">${text.lastGood}</p>` : ""}
${
  good.length > 0 || viewer.isLimited
    ? ""
    : html`<p><a href="${withQuery(ownerPath(viewer, "/observe"), { repository: shown.repository.name })}">${text.policyNoneDo}</a></p>`
}
<pre tabindex="0" aria-label="${text.policyFile}"><code>${lines.map(
    ({ text: line, source }, index) =>
      html`${index === 0 ? "" : "\n"}${line}${source === null ? "" : html` <span class="soft"># ${text.sources[source]}</span>`}`,
  )}</code></pre>`;
}

function patches({ viewer, shown, text }: Showing): Html {
  const { patchColumns: columns } = text;
  const { repository, counts } = shown;
  const waiting = withQuery(ownerPath(viewer), { repository: repository.name });
  return html`<h2>${text.patchesTitle}</h2>
${
  shown.patches.length === 0
    ? html`<p class="box empty">${text.patchesNone}</p>`
    : html`<p><a href="${waiting}">${text.allWaiting}</a> (${number(counts.followed, viewer)})${shown.arePatchesCut ? html` <span class="soft">${text.patchesMore(number(shown.patches.length, viewer))}</span>` : ""}</p>
<table class="cards">
<caption class="hidden">${text.patchesTitle}</caption>
<thead><tr><th scope="col">${columns.patch}</th>${viewer.isLimited ? "" : html`<th scope="col">${columns.severity}</th>`}<th scope="col">${columns.turn}</th><th scope="col">${columns.since}</th></tr></thead>
<tbody>${shown.patches.map(
        ({ number: n, title, gravity, turn, turnSinceAt, openedAt }) => html`<tr>
<th scope="row" data-label="${columns.patch}"><a href="${patchPath(viewer, { repository: repository.name, number: n })}">#${n} ${title}</a></th>
${viewer.isLimited ? "" : html`<td data-label="${columns.severity}">${gravity > 4 ? "" : html`<span class="tag S${gravity}">S${gravity}</span>`}</td>`}
<td data-label="${columns.turn}"><span class="tag ${turn ?? "nobody"}">${text.turns[turn ?? "nobody"]}</span></td>
<td data-label="${columns.since}">${dayElement(turnSinceAt ?? openedAt, viewer)}</td>
</tr>`,
      )}</tbody>
</table>`
}`;
}
