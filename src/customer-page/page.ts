// A customer's page: each of their cases with its steps. It names neither the customer nor the contact, since whoever has the address reads it.
import type { Context } from "hono";
import { html } from "hono/html";
import { dayInWords, minuteInWords, namedDay } from "../notify/dates.ts";
import { webAddress } from "../notify/inert.ts";
import { localDate } from "../policy/calendar.ts";
import type { Language } from "../policy/policy.ts";
import { answerPage, type Html, type Page } from "../web/page.ts";
import { ownReference, PAGE_TEXTS, releaseNames, sayingWords } from "./messages.ts";
import { type OwnCase, type Progress, progressOf, type Step } from "./progress.ts";

export const PER_PAGE = 20;

export type Shown = {
  readonly language: Language;
  readonly timezone: string;
  readonly now: number;
  readonly expiresAt: number;
  /** By which token it is read: addresses on the page are relative to it. */
  readonly token: string;
  readonly cases: readonly OwnCase[];
  readonly total: number;
  /** From 1. */
  readonly page: number;
};

export function customerPage(context: Context, shown: Shown): Promise<Response> {
  const { language, token } = shown;
  const text = PAGE_TEXTS[language];
  return answerPage(context, {
    language,
    title: `${text.title} · Patch Advocate`,
    head: html`<link rel="alternate" type="application/atom+xml" title="${text.title}" href="${token}/feed.atom?language=${language}">`,
    body: html`${languageLinks(shown)}
<h1>${text.title}</h1>
<p class="soft">${text.asOf(minuteInWords(shown.now, shown), shown.timezone)}</p>
${casesOf(shown)}
${pageLinks(shown)}
<hr>
<p><a href="${token}/feed.atom?language=${language}">${text.feed}</a></p>
<p class="soft">${text.address(dayInWords(shown.expiresAt, shown))}</p>`,
    status: 200,
  });
}

function languageLinks({ language, page }: Shown): Html {
  const link = (to: Language, name: string) =>
    html`<a href="?language=${to}${page === 1 ? "" : html`&amp;page=${page}`}" lang="${to}" hreflang="${to}"${to === language ? html` aria-current="true"` : ""}>${name}</a>`;
  return html`<nav aria-label="${PAGE_TEXTS[language].languages}" class="soft">${link("en", "English")} · ${link("ja", "日本語")}</nav>`;
}

function casesOf(shown: Shown): Html {
  const text = PAGE_TEXTS[shown.language];
  if (shown.total === 0) return html`<p class="box">${text.none}</p>`;
  if (shown.cases.length === 0) return html`<p class="box">${text.noneHere}</p>`;
  const open = shown.cases.filter(({ isOpen }) => isOpen);
  const settled = shown.cases.filter(({ isOpen }) => !isOpen);
  return html`${open.length === 0 ? "" : html`<h2>${text.open}</h2>${open.map((each) => caseOf(each, shown))}`}
${settled.length === 0 ? "" : html`<h2>${text.settled}</h2>${settled.map((each) => caseOf(each, shown))}`}`;
}

function caseOf(own: OwnCase, shown: Shown): Html {
  const text = PAGE_TEXTS[shown.language];
  const name = ownReference(own.reference);
  const dayOf = (at: number) => localDate(shown.timezone, at);
  const progress = progressOf(own, shown.now, dayOf);
  const saying = sayingWords(progress.saying, shown.language);
  return html`
<article class="box">
<h3>${text.case(name)}</h3>
${own.summary === null ? "" : html`<p>${lines(own.summary)}</p>`}
<p><strong>${saying.title}</strong> ${saying.text}</p>
<ol class="steps" role="list" aria-label="${text.steps(name)}">${progress.steps.map((step) => stepOf(step, progress, shown))}
</ol>
${details(own, shown, dayOf(shown.now))}</article>`;
}

function stepOf(step: Step, progress: Progress, shown: Shown): Html {
  const text = PAGE_TEXTS[shown.language];
  const isShipped = step.name === "shipped" && progress.releases.length > 0;
  const label = isShipped ? text.shipped(releaseNames(progress.releases, shown.language)) : text.step[step.name];
  const [only] = progress.releases.length === 1 ? progress.releases : [];
  const url = isShipped && only !== undefined && only.url !== null ? webAddress(only.url) : null;
  const when =
    step.stands === "ahead"
      ? html` <span class="soft">${text.ahead}</span>`
      : step.at === null
        ? ""
        : html` <time class="soft" datetime="${instant(step.at)}">${dayInWords(step.at, shown)}</time>`;
  return html`
<li class="${step.stands}"${step.stands === "current" ? html` aria-current="step"` : ""}>${
    url === null ? label : html`<a href="${url}" rel="noreferrer">${label}</a>`
  }${when}</li>`;
}

/** Of a settled case nothing is promised any more; a promise whose day has passed says nothing. */
function details(own: OwnCase, { language }: Shown, today: string): Html | string {
  const text = PAGE_TEXTS[language];
  const rows: Html[] = [];
  if (own.workaround !== null)
    rows.push(
      row(text.workaround, own.workaround.trim().toLowerCase() === "none" ? text.noWorkaround : lines(own.workaround)),
    );
  if (own.isOpen && own.neededBy !== null) rows.push(row(text.neededBy, namedDay(own.neededBy, language)));
  if (own.isOpen && own.nextReport !== null && own.nextReport >= today)
    rows.push(row(text.nextReport, namedDay(own.nextReport, language)));
  return rows.length === 0
    ? ""
    : html`<dl>${rows}</dl>
`;
}

const row = (label: string, value: unknown): Html => html`<dt>${label}</dt><dd>${value}</dd>`;

const lines = (words: string): readonly (Html | string)[] =>
  words.split(/\r\n|[\n\r]/).map((line, index) => (index === 0 ? line : html`<br>${line}`));

const instant = (at: number): string => Temporal.Instant.fromEpochMilliseconds(at).toString({ smallestUnit: "second" });

function pageLinks({ language, page, total }: Shown): Html | string {
  const text = PAGE_TEXTS[language];
  const last = Math.max(1, Math.ceil(total / PER_PAGE));
  if (last === 1 && page === 1) return "";
  const link = (to: number, name: string) => html`<a href="?language=${language}&amp;page=${to}">${name}</a>`;
  return html`<nav aria-label="${text.pages}">${page > 1 ? link(Math.min(page - 1, last), text.newer) : ""} ${page < last ? link(page + 1, text.older) : ""}</nav>`;
}

type Plain = "missing" | "expired" | "failed";

const STATUS: Readonly<Record<Plain, Page["status"]>> = { missing: 404, expired: 410, failed: 500 };

/** A page that tells of nobody. */
export function plainPage(context: Context, what: Plain, language: Language): Promise<Response> {
  const text = PAGE_TEXTS[language];
  const title = text[`${what}Title`];
  return answerPage(context, {
    language,
    title: `${title} · Patch Advocate`,
    body: html`<h1>${title}</h1>
<p>${text[what]}</p>`,
    status: STATUS[what],
  });
}
