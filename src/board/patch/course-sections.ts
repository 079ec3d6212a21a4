// How a patch came about, on its page: the timeline with the table of why beneath it, and the reminders that went out. What maintainers see too.
import { html } from "hono/html";
import type { Happening } from "../../patches/reasons.ts";
import { reasonText } from "../../patches/reasons.ts";
import { clockText } from "../../patches/why-messages.ts";
import type { Html } from "../../web/page.ts";
import { instantElement, number } from "../time.ts";
import type { Viewer } from "../viewer.ts";
import { PATCH_TEXTS, type StepKind } from "./messages.ts";
import { pageText } from "./public-words.ts";
import type { PatchRead } from "./read.ts";
import type { Course } from "./read-course.ts";
import type { Mark } from "./timeline.ts";
import { timelineChart } from "./timeline-chart.ts";

const MOST_FACTS = 50;

export function courseSection(viewer: Viewer, read: PatchRead): Html {
  const text = PATCH_TEXTS[viewer.language];
  const { course } = read;
  if (course === null)
    return html`<section aria-labelledby="course"><h2 id="course">${text.headings.timeline}</h2>
<p class="note">${text.noTimeline}</p></section>`;
  const { row, shown, now } = read;
  return html`<section aria-labelledby="course"><h2 id="course">${text.headings.timeline}</h2>
${timelineChart(viewer, {
  name: `${shown.repository}#${row.number}`,
  fromAt: row.opened_at,
  untilAt: endOf(course, now),
  stretches: course.standing.stretches,
  marks: marksOf(viewer, read, course),
})}
${course.isGuessed ? html`<p class="soft small">${text.guessed}</p>` : ""}
${whyTable(viewer, course.standing.trail)}</section>
<section aria-labelledby="reminders"><h2 id="reminders">${text.headings.reminders}</h2>
${remindersTable(viewer, course)}</section>`;
}

/** Now, or when it was decided and shipped. */
function endOf({ decided, facts }: Course, now: number): number {
  if (decided === null) return now;
  return Math.max(decided.at, ...facts.filter(({ kind }) => kind === "released").map(({ at }) => at));
}

function marksOf(viewer: Viewer, { inside }: PatchRead, course: Course): readonly Mark[] {
  const text = PATCH_TEXTS[viewer.language];
  const responses = course.facts.flatMap((fact): readonly Mark[] => {
    if (fact.kind !== "commented" && fact.kind !== "reviewed") return [];
    if (fact.actor === null || fact.actor.isBot || course.sides.get(fact.actor.id) !== "maintainer") return [];
    return [{ lane: "response", at: fact.at, words: text.responded(fact.actor.login) }];
  });
  const reminders = course.dossier.reminders.map(
    ({ at, to }): Mark => ({ lane: "reminder", at, words: text.reminded(namesIn(viewer, to)) }),
  );
  const steps = (inside?.steps ?? []).flatMap(({ at, kind }): readonly Mark[] =>
    isStep(kind) ? [{ lane: "step", at, words: text.steps[kind] }] : [],
  );
  const settled: readonly Mark[] = [
    ...(course.decided === null ? [] : [{ lane: "settled" as const, at: course.decided.at, words: text.merged }]),
    ...course.facts.flatMap((fact) =>
      fact.kind === "released" ? [{ lane: "settled" as const, at: fact.at, words: text.released(fact.tag) }] : [],
    ),
  ];
  return [...responses, ...reminders, ...steps, ...settled].toSorted((a, b) => a.at - b.at);
}

export const isStep = (kind: string): kind is StepKind => Object.hasOwn(PATCH_TEXTS.en.steps, kind);

export const namesIn = (viewer: Viewer, names: readonly string[]): string => {
  const text = PATCH_TEXTS[viewer.language];
  return names.length === 0 ? text.nobodyNamed : names.join(text.between);
};

/** Every fact that started, paused or restarted the clock, the newest first. */
function whyTable(viewer: Viewer, trail: readonly Happening[]): Html {
  const text = PATCH_TEXTS[viewer.language];
  const { columns } = text;
  const shown = trail.slice(-MOST_FACTS).toReversed();
  const earlier = trail.length - shown.length;
  return html`<h3>${text.headings.why}</h3>
${
  shown.length === 0
    ? html`<p>${text.noFacts}</p>`
    : html`<table class="cards"><caption class="hidden">${text.headings.why}</caption>
<thead><tr><th scope="col">${columns.when}</th><th scope="col">${columns.what}</th><th scope="col">${columns.clock}</th></tr></thead>
<tbody>${shown.map(
        (each) => html`
<tr><td class="nowrap" data-label="${columns.when}">${whenCell(viewer, each)}</td><td data-label="${columns.what}">${pageText(reasonText(each, viewer), viewer)}</td><td data-label="${columns.clock}">${clockCell(viewer, each)}</td></tr>`,
      )}
</tbody></table>`
}
${earlier === 0 ? "" : html`<p class="soft small">${text.earlier(number(earlier, viewer))}</p>`}`;
}

const whenCell = (viewer: Viewer, each: Happening): Html | string =>
  "at" in each && each.at !== null ? instantElement(each.at, viewer) : "";

const clockCell = (viewer: Viewer, each: Happening): Html => pageText(clockText(each, viewer.language), viewer);

function remindersTable(viewer: Viewer, { dossier }: Course): Html {
  const text = PATCH_TEXTS[viewer.language];
  const { columns, headings } = text;
  if (dossier.reminders.length === 0) return html`<p>${text.noReminders}</p>`;
  return html`<table class="cards"><caption class="hidden">${headings.reminders}</caption>
<thead><tr><th scope="col">${columns.when}</th><th scope="col">${columns.whom}</th></tr></thead>
<tbody>${dossier.reminders
    .toReversed()
    .slice(0, MOST_FACTS)
    .map(
      ({ at, to }) => html`
<tr><td class="nowrap" data-label="${columns.when}">${instantElement(at, viewer)}</td><td data-label="${columns.whom}">${namesIn(viewer, to)}</td></tr>`,
    )}
</tbody></table>`;
}
