// What stands in each section of insights: a chart where there is enough to draw one, and the table that says it all. Pure.
import { html } from "hono/html";
import { number, percent } from "../board/time.ts";
import type { Viewer } from "../board/viewer.ts";
import type { Html } from "../web/page.ts";
import { type LengthBar, legend, lengthChart, MOST_SERIES, shareChart, spreadChart, stackChart } from "./charts.ts";
import type { AskedFigure, MonthFigure, Spread, TargetFigure } from "./figures.ts";
import { AGES, FEWEST, type FigureName } from "./insight.ts";
import { INSIGHT_TEXTS, type InsightTexts } from "./messages.ts";
import { contractName, severityName } from "./names.ts";
import type { Insights } from "./read.ts";
import { dataTable } from "./table.ts";

type Reads = Pick<Viewer, "language" | "timezone">;

/** The chart, what is to be said of it, and its table. */
export function sectionBody(figure: FigureName, insights: Insights, viewer: Reads): Html {
  const words = wordsOf(viewer);
  switch (figure) {
    case "first-response":
      return monthsBody(figure, insights.firstResponse, words);
    case "decision":
      return monthsBody(figure, insights.decision, words);
    case "escalation":
      return escalationBody(insights, words);
    case "targets":
      return targetsBody(insights, words);
    case "customers":
      return customersBody(insights, words);
    case "waiting":
      return waitingBody(insights, words);
    case "reminders":
      return remindersBody(insights, words);
  }
}

type Words = {
  readonly text: InsightTexts;
  readonly count: (value: number) => string;
  readonly share: (value: number | null) => string;
  /** Quartiles as three cells. */
  readonly spread: (spread: Spread) => readonly string[];
  readonly calendarDays: (days: number) => string;
  readonly workingDays: (days: number) => string;
};

function wordsOf(viewer: Reads): Words {
  const text = INSIGHT_TEXTS[viewer.language];
  const count = (value: number) => number(value, viewer);
  return {
    text,
    count,
    share: (value) => (value === null ? text.tooFewShort : percent(value, viewer)),
    spread: ({ quartiles }) =>
      quartiles === null
        ? [text.tooFewShort, text.tooFewShort, text.tooFewShort]
        : [count(quartiles.lower), count(quartiles.median), count(quartiles.upper)],
    calendarDays: (days) => calendarWords(days, viewer),
    workingDays: (days) => text.workingDays({ words: count(days), isOne: count(days) === count(1) }),
  };
}

const MONTH_DAYS = 365.25 / 12;

/** Days, or months from two of them on: "3.1 months". */
function calendarWords(days: number, { language }: Reads): string {
  const isLong = days >= 2 * MONTH_DAYS;
  return new Intl.NumberFormat(language === "ja" ? "ja-JP" : "en-GB", {
    style: "unit",
    unit: isLong ? "month" : "day",
    unitDisplay: "long",
    maximumFractionDigits: 1,
  }).format(isLong ? days / MONTH_DAYS : days);
}

const tooFew = ({ text }: Words): Html => html`<p class="note">${text.tooFew}</p>`;

/** More columns do not fit beneath one another on a phone; the CSV has every month. */
const MOST_MONTHS = 36;

function monthsBody(figure: "first-response" | "decision", all: readonly MonthFigure[], words: Words): Html {
  const { text, count, spread } = words;
  const { title, caption } = text.figures[figure];
  const months = all.slice(-MOST_MONTHS);
  const counted = figure === "decision" ? text.columns.decided : text.columns.answered;
  const { month, opened, lower, median, upper } = text.columns;
  const columns = months.map((each) => ({ label: each.month, quartiles: each.took.quartiles }));
  const chart = columns.some(({ quartiles }) => quartiles !== null)
    ? spreadChart({ id: `chart-${figure}`, title, description: text.spreadChart }, columns, count)
    : tooFew(words);
  return html`${chart}
${dataTable(text, {
  caption,
  head: [month, opened, counted, lower, median, upper],
  rows: months.map((each) => [each.month, count(each.opened), count(each.took.count), ...spread(each.took)]),
})}`;
}

function escalationBody({ escalation }: Insights, words: Words): Html {
  const { text, count, spread, calendarDays } = words;
  const { title, caption } = text.figures.escalation;
  const { before, after, afterWorkingDays, unescalated } = escalation;
  const bars = [
    { label: text.escalation.before, series: 2 as const, spread: before },
    { label: text.escalation.after, series: 1 as const, spread: after },
    { label: text.escalation.unescalated, series: 3 as const, spread: unescalated },
  ].flatMap(({ label, series, spread: { quartiles } }): readonly LengthBar[] =>
    quartiles === null ? [] : [{ label, series, quartiles, value: calendarDays(quartiles.median) }],
  );
  const inWords = (lain: string, decided: string) =>
    before.count < FEWEST
      ? text.escalation.ofFew(before.count, lain, decided)
      : text.escalation.sentence(lain, decided);
  const isCompared = before.quartiles !== null && after.quartiles !== null;
  const sentence =
    before.quartiles === null || after.quartiles === null
      ? tooFew(words)
      : html`<p><strong>${inWords(
          calendarDays(before.quartiles.median),
          calendarDays(after.quartiles.median),
        )}</strong>${
          afterWorkingDays.quartiles === null
            ? ""
            : html` ${text.escalation.workingDays(words.workingDays(afterWorkingDays.quartiles.median))}`
        }</p>`;
  const { stretch, patches, lower, median, upper } = text.columns;
  const rowOf = (name: string, of: Spread) => [name, count(of.count), ...spread(of)];
  return html`${sentence}
${isCompared ? lengthChart({ id: "chart-escalation", title, description: text.escalation.description }, bars) : ""}
${escalation.undecided > 0 ? html`<p>${text.escalation.undecided(count(escalation.undecided))}</p>` : ""}
${dataTable(text, {
  caption,
  head: [stretch, patches, lower, median, upper],
  rows: [
    rowOf(text.escalation.before, before),
    rowOf(text.escalation.after, after),
    rowOf(text.escalation.unescalated, unescalated),
  ],
})}`;
}

function targetsBody({ targets }: Insights, words: Words): Html {
  const { text } = words;
  const severities = targets.bySeverity.map((each) => ({ ...each, name: severityName(each.key, text) }));
  const contracts = targets.byContract.map((each) => ({ ...each, name: contractName(each.key, text) }));
  return html`<div class="columns"><div>
${targetsPart({ by: "severity", heading: text.targets.bySeverity, column: text.columns.severity, figures: severities }, words)}
</div><div>
${targetsPart({ by: "contract", heading: text.targets.byContract, column: text.columns.contract, figures: contracts }, words)}
</div></div>`;
}

type TargetsPart = {
  readonly by: "severity" | "contract";
  readonly heading: string;
  readonly column: string;
  readonly figures: readonly (TargetFigure & { readonly name: string })[];
};

function targetsPart({ by, heading, column, figures }: TargetsPart, words: Words): Html {
  const { text, count, share } = words;
  const bars = figures.slice(0, MOST_BARS).map((each) => ({
    label: each.name,
    share: each.share,
    value: each.share === null ? text.tooFewShort : text.targets.of(share(each.share), count(each.within + each.late)),
  }));
  const chart = figures.some((each) => each.share !== null)
    ? shareChart(
        {
          id: `chart-targets-${by}`,
          title: `${text.figures.targets.title}: ${heading}`,
          description: text.targets.description,
        },
        bars,
      )
    : tooFew(words);
  return html`<h3>${heading}</h3>
${chart}
${dataTable(text, {
  caption: `${text.figures.targets.caption}: ${heading}`,
  head: [column, text.columns.within, text.columns.late, text.columns.open, text.columns.share],
  rows: figures.map((each) => [each.name, count(each.within), count(each.late), count(each.open), share(each.share)]),
})}`;
}

/** Tiers are free text, so there may be many. */
const MOST_BARS = 12;

function customersBody({ customers, isCustomersOnly }: Insights, words: Words): Html {
  const { text, count, share, spread, workingDays } = words;
  const { title, caption } = text.figures.customers;
  const bars = (["response", "decision"] as const).flatMap((what) =>
    customers.flatMap(({ side, [what]: { quartiles } }): readonly LengthBar[] => {
      if (quartiles === null) return [];
      const label = `${text.customers.sides[side]}: ${text.customers[what]}`;
      const value = workingDays(quartiles.median);
      return [{ label, series: side === "customers" ? 1 : 2, quartiles, value }];
    }),
  );
  const { whose, opened, answered, decided, median } = text.columns;
  return html`${isCustomersOnly ? html`<p class="note">${text.customers.customersOnly}</p>` : ""}
${bars.length > 0 ? lengthChart({ id: "chart-customers", title, description: text.customers.description }, bars) : tooFew(words)}
${dataTable(text, {
  caption,
  head: [
    whose,
    opened,
    answered,
    `${median}: ${text.customers.response}`,
    decided,
    `${median}: ${text.customers.decision}`,
    text.columns.share,
  ],
  rows: customers.map(({ side, response, decision, target, ...each }) => [
    text.customers.sides[side],
    count(each.opened),
    count(response.count),
    spread(response)[1] ?? "",
    count(decision.count),
    spread(decision)[1] ?? "",
    share(target.share),
  ]),
})}`;
}

function waitingBody({ waiting: { maintainers, authors } }: Insights, words: Words): Html {
  const { text, count } = words;
  const { title, caption } = text.figures.waiting;
  if (maintainers.length === 0 && authors.length === 0) return html`<p>${text.waiting.none}</p>`;
  const ages = [
    text.waiting.under(count(AGES[0] ?? 0)),
    ...AGES.map((age, index) => {
      const next = AGES[index + 1];
      return next === undefined ? text.waiting.over(count(age)) : text.waiting.between(count(age), count(next));
    }),
  ];
  const total = maintainers.reduce((sum, each) => sum + each.total, 0);
  const names = maintainers.map(({ severity }) => text.severities[severity]);
  const chart =
    total < FEWEST
      ? tooFew(words)
      : html`${stackChart(
          { id: "chart-waiting", title, description: text.waiting.description },
          { labels: ages, series: maintainers.map(({ counts }, index) => ({ name: names[index] ?? "", counts })) },
          count,
        )}
${legend(names)}`;
  const sumOf = (bucket: number) => authors.reduce((sum, { counts }) => sum + (counts[bucket] ?? 0), 0);
  const ofAuthors = ages.map((_, bucket) => sumOf(bucket));
  return html`${chart}
${dataTable(text, {
  caption,
  head: [text.columns.severity, ...ages, text.columns.total],
  rows: [
    ...maintainers.map(({ severity, counts, total }) => [
      text.severities[severity],
      ...counts.map(count),
      count(total),
    ]),
    [text.waiting.authors, ...ofAuthors.map(count), count(ofAuthors.reduce((sum, each) => sum + each, 0))],
  ],
})}`;
}

function remindersBody({ reminders }: Insights, words: Words): Html {
  const { text, count } = words;
  const { title, caption } = text.figures.reminders;
  const { weeks, rows, isPersonsHidden, own } = reminders;
  const total = rows.reduce((sum, each) => sum + each.total, 0);
  const shown = seriesOf(rows, text);
  const chart =
    total < FEWEST
      ? html`<p>${total === 0 && !isPersonsHidden ? text.reminders.none : ""}</p>`
      : html`${stackChart({ id: "chart-reminders", title, description: text.reminders.description }, { labels: weeks, series: shown }, count)}
${legend(shown.map(({ name }) => name))}`;
  const table = dataTable(text, {
    caption,
    head: [text.columns.asked, ...weeks, text.columns.total],
    rows: rows.map(({ asked, counts, total }) => [asked ?? text.reminders.persons, ...counts.map(count), count(total)]),
  });
  return html`${chart}
${isPersonsHidden ? html`<p class="note">${text.reminders.hidden}</p>` : ""}
${own !== null && own > 0 ? html`<p>${text.reminders.own(count(own))}</p>` : ""}
${rows.length === 0 ? "" : table}`;
}

/** As many as there are colours; what is beyond them is one. */
function seriesOf(rows: readonly AskedFigure[], { reminders }: InsightTexts) {
  const named = rows.map(({ asked, counts }) => ({ name: asked ?? reminders.persons, counts }));
  if (named.length <= MOST_SERIES) return named;
  const rest = named.slice(MOST_SERIES - 1);
  const counts = (rest[0]?.counts ?? []).map((_, week) =>
    rest.reduce((sum, each) => sum + (each.counts[week] ?? 0), 0),
  );
  return [...named.slice(0, MOST_SERIES - 1), { name: reminders.others, counts }];
}
