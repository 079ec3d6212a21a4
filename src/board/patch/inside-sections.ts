// What of a patch only the customers' side sees: the dossier, the escalation's steps, decisions with their because, and what was done on the board.
import { html } from "hono/html";
import { z } from "zod";
import { type DossierReader, readableBy } from "../../escalations/dossier-for.ts";
import { lacksIn } from "../../escalations/lack-messages.ts";
import { dossierDetails } from "../../escalations/messages-dossier-details.ts";
import { DOSSIER_IN_ENGLISH } from "../../escalations/messages-dossier-en.ts";
import { DOSSIER_IN_JAPANESE } from "../../escalations/messages-dossier-ja.ts";
import { pageBlocks } from "../../notify/render-html.ts";
import { storedReasonText } from "../../patches/stored-reason.ts";
import type { Html } from "../../web/page.ts";
import { patchPath, withQuery } from "../paths.ts";
import { exactInstant, timeElement } from "../time.ts";
import type { Viewer } from "../viewer.ts";
import { isStep, namesIn } from "./course-sections.ts";
import { PATCH_TEXTS } from "./messages.ts";
import { markdownLine, pageText } from "./public-words.ts";
import type { Inside, PatchRead } from "./read.ts";
import type { DecisionTold, StepTold } from "./store.ts";

export function dossierSection(viewer: Viewer, { course, shown }: PatchRead): Html | string {
  if (course === null) return "";
  const text = PATCH_TEXTS[viewer.language];
  const words = viewer.language === "ja" ? DOSSIER_IN_JAPANESE : DOSSIER_IN_ENGLISH;
  const { language, timezone } = viewer;
  const reader: DossierReader = { kind: "support", language, timezone, choices: [] };
  const dossier = readableBy(course.dossier, reader);
  const unknown = dossier.unknownWords.map((word) => words.wordNames[word]).join(text.between);
  const lacks = lacksIn(course.lacks, { language, timezone });
  const isOpen = shown.stands.kind !== "ended";
  const about = html`${
    !isOpen
      ? ""
      : lacks.length === 0
        ? html`<p>${text.lacksNothing}</p>`
        : html`<p>${text.lacking}</p><ul>${lacks.map((lack) => html`<li>${pageText(lack, viewer)}</li>`)}</ul>`
  }${isOpen && unknown !== "" ? html`<p>${text.unknownWords(unknown)}</p>` : ""}`;
  return html`<section aria-labelledby="dossier"><h2 id="dossier">${text.headings.dossier}</h2>
${about}
<div class="facts">${pageBlocks([dossierDetails({ dossier, reader, words })])}</div>
${dossier.view === null ? "" : html`<p class="soft small">${text.frozen}</p>`}</section>`;
}

const addressees = z.array(
  z.object({
    as: z.enum(["owner", "deputy", "consultant", "support", "decider"]).optional(),
    name: z.string(),
    isReached: z.boolean().optional(),
  }),
);

export function stepsSection(viewer: Viewer, { steps }: Inside): Html {
  const text = PATCH_TEXTS[viewer.language];
  const { columns, headings } = text;
  const told = steps.filter(({ kind }) => isStep(kind)).toReversed();
  return html`<section aria-labelledby="steps"><h2 id="steps">${headings.steps}</h2>
${
  told.length === 0
    ? html`<p>${text.noSteps}</p>`
    : html`<table class="cards"><caption class="hidden">${headings.steps}</caption>
<thead><tr><th scope="col">${columns.when}</th><th scope="col">${columns.step}</th><th scope="col">${columns.whom}</th><th scope="col">${columns.because}</th><th scope="col">${columns.outcome}</th></tr></thead>
<tbody>${told.map((step) => stepRow(viewer, step))}
</tbody></table>`
}</section>`;
}

function stepRow(viewer: Viewer, step: StepTold): Html {
  const text = PATCH_TEXTS[viewer.language];
  const { columns } = text;
  const people = addressees.parse(JSON.parse(step.addressees)).map(({ as, name, isReached }) => {
    if (isReached === false) return text.notReached(name);
    return as === undefined ? name : text.addressed[as](name);
  });
  return html`
<tr><td class="nowrap" data-label="${columns.when}">${timeElement(exactInstant(step.at, viewer), step.at, viewer)}</td>
<td data-label="${columns.step}">${isStep(step.kind) ? text.steps[step.kind] : step.kind}</td>
<td data-label="${columns.whom}">${namesIn(viewer, people)}</td>
<td data-label="${columns.because}" lang="en">${markdownLine(step.because)}</td>
<td data-label="${columns.outcome}" lang="en">${step.outcome ?? ""}</td></tr>`;
}

export function decisionsSection(viewer: Viewer, read: PatchRead, inside: Inside): Html {
  const text = PATCH_TEXTS[viewer.language];
  const { columns, headings } = text;
  const { decisions, olderBefore } = inside;
  const path = patchPath(viewer, { repository: read.shown.repository, number: read.row.number });
  return html`<section aria-labelledby="decisions"><h2 id="decisions">${headings.decisions}</h2>
${
  decisions.length === 0
    ? html`<p>${text.noDecisions}</p>`
    : html`<table class="cards"><caption class="hidden">${headings.decisions}</caption>
<thead><tr><th scope="col">${columns.when}</th><th scope="col">${columns.because}</th></tr></thead>
<tbody>${decisions.map(
        (each) => html`
<tr><td class="nowrap" data-label="${columns.when}">${timeElement(exactInstant(each.at, viewer), each.at, viewer)}</td><td data-label="${columns.because}">${becauseCell(viewer, each)}</td></tr>`,
      )}
</tbody></table>`
}
<nav class="pages" aria-label="${headings.decisions}">${read.isOlderDecisions ? html`<a href="${path}#decisions">${text.newest}</a>` : ""}${
    olderBefore === null
      ? ""
      : html`<a href="${withQuery(path, { before: String(olderBefore) })}#decisions" rel="next">${text.older}</a>`
  }</nav></section>`;
}

/** In the reader's language where the reason was kept as a value; an earlier release kept its English only. */
function becauseCell(viewer: Viewer, { because, reason }: DecisionTold): Html {
  const words = storedReasonText(reason, viewer);
  return words === null ? html`<span lang="en">${markdownLine(because)}</span>` : pageText(words, viewer);
}

export function actsSection(viewer: Viewer, { acts }: Inside): Html {
  const text = PATCH_TEXTS[viewer.language];
  const { columns, headings } = text;
  return html`<section aria-labelledby="on-board"><h2 id="on-board">${headings.onBoard}</h2>
${
  acts.length === 0
    ? html`<p>${text.noActs}</p>`
    : html`<table class="cards"><caption class="hidden">${headings.onBoard}</caption>
<thead><tr><th scope="col">${columns.when}</th><th scope="col">${columns.who}</th><th scope="col">${columns.act}</th></tr></thead>
<tbody>${acts.map(
        ({ at, person, words }) => html`
<tr><td class="nowrap" data-label="${columns.when}">${timeElement(exactInstant(at, viewer), at, viewer)}</td><td data-label="${columns.who}">${person}</td><td data-label="${columns.act}"><code>${words}</code></td></tr>`,
      )}
</tbody></table>`
}</section>`;
}
