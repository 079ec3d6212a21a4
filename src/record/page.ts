// A customer's year on one page, to be printed and handed over: contracts, troubles, fixes, time, reports. Days are those of the customer.
import { html } from "hono/html";
import { customerPath, withQuery } from "../board/paths.ts";
import { dayElement, exactInstant, number, plainDay, shortDay, workingWords } from "../board/time.ts";
import type { Reading, Viewer } from "../board/viewer.ts";
import { ownReference } from "../customer-page/messages.ts";
import type { Customer } from "../customers/customer.ts";
import { cutTo, readable } from "../effects/escape.ts";
import type { Html } from "../web/page.ts";
import { RECORD_TEXTS } from "./messages.ts";
import type { CaseCounts, PromisedDay, RecordCase, RecordFix, Span, TimeSaved } from "./record.ts";
import { timeSection } from "./time-section.ts";

/** More than a year's record can reasonably hold; what is left out is said. */
export const MOST_ROWS = 500;

export type RecordShown = {
  readonly viewer: Viewer;
  readonly customer: Customer;
  readonly year: number;
  readonly years: readonly number[];
  readonly span: Span;
  readonly now: number;
  readonly counts: CaseCounts;
  readonly cases: readonly RecordCase[];
  readonly fixes: readonly RecordFix[];
  readonly times: TimeSaved;
  /** What a working day lasts by the owner's policy. */
  readonly dayMillis: number;
  readonly promised: readonly PromisedDay[];
  readonly timesTold: number;
};

type Reads = Pick<Reading, "language" | "timezone">;

export const recordPath = (viewer: Viewer, customerId: string, year: number): string =>
  `${customerPath(viewer, customerId)}/record/${year}`;

/** `viewer.language` is that of the record. */
export function recordBody(shown: RecordShown): Html {
  const { viewer, customer, year, span, now } = shown;
  const reads: Reads = { language: viewer.language, timezone: customer.timezone };
  const text = RECORD_TEXTS[viewer.language];
  const isRunning = now < span.toAt;
  const [first, last] = [`${year}-01-01`, `${year}-12-31`].map((day) => plainDay(day, reads));
  return html`${controls(shown)}
<article class="record">
<h1>${text.title(String(year))}</h1>
<p class="record-for">${text.subtitle(customer.name)}</p>
<p>${text.span(first ?? "", last ?? "")}${isRunning ? text.soFar(shortDay(now, reads)) : ""}</p>
${glance(shown, reads)}
${contracts(shown, reads)}
${troubles(shown, reads)}
${fixes(shown, reads)}
${timeSection(shown.times, { language: reads.language, dayMillis: shown.dayMillis, words: (time) => workingWords(time, reads) })}
${reports(shown, reads)}
<p class="soft small">${text.made(exactInstant(now, reads), customer.timezone)}</p>
</article>`;
}

function controls({ viewer, customer, year, years }: RecordShown): Html {
  const text = RECORD_TEXTS[viewer.language];
  const other = viewer.language === "en" ? "ja" : "en";
  const here = recordPath(viewer, customer.id, year);
  return html`<div class="no-print">
<p><a href="${customerPath(viewer, customer.id)}">${text.back}</a></p>
<nav aria-label="${text.years}" class="row record-years">${years.map(
    (each) =>
      html`<a href="${withQuery(recordPath(viewer, customer.id, each), { language: viewer.language })}"${each === year ? html` aria-current="page"` : ""}>${each}</a> `,
  )}<a href="${withQuery(here, { language: other })}" lang="${other}" hreflang="${other}">${text.otherLanguage}</a></nav>
<p class="soft">${text.print}</p>
</div>`;
}

function glance({ viewer, counts, fixes: all, span }: RecordShown, reads: Reads): Html {
  const text = RECORD_TEXTS[viewer.language];
  const isIn = (at: number | null) => at !== null && at >= span.fromAt && at < span.toAt;
  // A fix for several cases is one.
  const patches = [...new Map(all.map((fix) => [fix.patchId, fix])).values()];
  const accepted = patches.filter(
    (fix) => isIn(fix.decidedAt) && (fix.decision === "merged" || fix.decision === "landed"),
  );
  const rows: readonly (readonly [string, number])[] = [
    [text.received, counts.total],
    [text.withWorkaround, counts.withWorkaround],
    [text.sent, patches.filter((fix) => isIn(fix.sentAt)).length],
    [text.accepted, accepted.length],
    [text.shipped, patches.filter((fix) => isIn(fix.releasedAt)).length],
  ];
  return html`<h2>${text.glance}</h2>
<table class="record-glance"><caption class="hidden">${text.glance}</caption>
<tbody>${rows.map(([label, value]) => html`<tr><th scope="row">${label}</th><td class="number">${number(value, reads)}</td></tr>`)}</tbody>
</table>`;
}

type Table = { readonly title: string; readonly headings: readonly string[]; readonly empty: string };

const section = (table: Table, rows: readonly Html[], note: string | null = null): Html => html`<h2>${table.title}</h2>
${
  rows.length === 0
    ? html`<p>${table.empty}</p>`
    : html`<div class="wide" role="region" aria-label="${table.title}" tabindex="0"><table><caption class="hidden">${table.title}</caption>
<thead><tr>${table.headings.map((heading) => html`<th scope="col">${heading}</th>`)}</tr></thead>
<tbody>${rows}
</tbody>
</table></div>`
}
${note === null ? "" : html`<p class="soft">${note}</p>`}`;

function contracts({ viewer, customer, year }: RecordShown, reads: Reads): Html {
  const text = RECORD_TEXTS[viewer.language];
  const running = customer.contracts
    .filter(({ from, until }) => from <= `${year}-12-31` && until >= `${year}-01-01`)
    .toSorted((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0));
  return section(
    { title: text.contracts, headings: [text.plan, text.tier, text.from, text.until], empty: text.noContracts },
    running.map(
      ({ plan, tier, from, until }) => html`
<tr><th scope="row">${text.plans[plan]}</th><td>${tier ?? ""}</td><td>${plainDay(from, reads)}</td><td>${plainDay(until, reads)}</td></tr>`,
    ),
  );
}

function troubles({ viewer, cases, counts }: RecordShown, reads: Reads): Html {
  const text = RECORD_TEXTS[viewer.language];
  const headings = [text.case, text.on, text.severity, text.summary, text.workaround, text.stands];
  return section(
    { title: text.troubles, headings, empty: text.noTroubles },
    cases.map(
      (each) => html`
<tr><th scope="row">${ownReference(each.reference)}</th><td>${dayElement(each.receivedAt, reads)}</td><td>${each.severity ?? ""}</td><td>${each.summary ?? ""}</td><td>${workaroundOf(each, text.noWorkaround)}</td><td>${each.isOpen ? text.open : text.settled}</td></tr>`,
    ),
    counts.total > cases.length ? text.more(number(cases.length, reads), number(counts.total, reads)) : null,
  );
}

const workaroundOf = ({ workaround }: RecordCase, none: string): string =>
  workaround === null ? "" : workaround.trim().toLowerCase() === "none" ? none : workaround;

function fixes({ viewer, fixes: all }: RecordShown, reads: Reads): Html {
  const text = RECORD_TEXTS[viewer.language];
  const [before, after] = text.dated;
  const dated = (what: string, at: number) => html`${what}${before}${dayElement(at, reads)}${after}`;
  return section(
    { title: text.fixes, headings: [text.case, text.sentOn, text.decided, text.release], empty: text.noFixes },
    all.map(
      (fix) => html`
<tr><th scope="row">${ownReference(fix.reference)}</th><td>${dayElement(fix.sentAt, reads)}</td><td>${
        fix.decision === null || fix.decidedAt === null
          ? text.withDevelopers
          : dated(text.decision[fix.decision], fix.decidedAt)
      }</td><td>${
        fix.tag === null || fix.releasedAt === null ? "" : dated(cutTo(readable(fix.tag), 100), fix.releasedAt)
      }</td></tr>`,
    ),
    all.length === MOST_ROWS ? text.evenMore(number(all.length, reads)) : null,
  );
}

function reports({ viewer, promised, timesTold }: RecordShown, reads: Reads): Html {
  const text = RECORD_TEXTS[viewer.language];
  return html`<h2>${text.reports}</h2>
<p>${text.told(number(timesTold, reads), timesTold === 1)}</p>
${
  promised.length === 0
    ? html`<p>${text.noPromised}</p>`
    : html`<table><caption>${text.promised}</caption>
<thead><tr><th scope="col">${text.day}</th><th scope="col">${text.case}</th></tr></thead>
<tbody>${promised.map(({ day, reference }) => html`<tr><td>${plainDay(day, reads)}</td><td>${ownReference(reference)}</td></tr>`)}</tbody>
</table>`
}`;
}
