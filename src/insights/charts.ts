// Charts as SVG, drawn on the server: pure functions from numbers to markup. Colours are the board's classes, so that both themes and print
// follow; each says in its title and description what it shows, and stands above a table that says it all.
import { scaleBand, scaleLinear } from "d3-scale";
import { stack } from "d3-shape";
import { html } from "hono/html";
import type { Html } from "../web/page.ts";
import type { Quartiles } from "./figures.ts";

type Said = {
  /** Unique on the page; the title's and the description's ids begin with it. */
  readonly id: string;
  readonly title: string;
  readonly description: string;
};

const WIDTH = 480;
const LEFT = 44;
const RIGHT = 8;
const TOP = 12;
const PLOT = 180;
const BOTTOM = 28;
/** Room for a label of text this high. */
const LINE = 20;

type Format = (value: number) => string;

function svg(said: Said, height: number, body: readonly Html[]): Html {
  return html`<svg class="chart" role="img" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" aria-labelledby="${said.id}-title ${said.id}-description">
<title id="${said.id}-title">${said.title}</title>
<desc id="${said.id}-description">${said.description}</desc>
${body}
</svg>`;
}

/** Lines across at round values, with what they stand for on the left. */
function scaleLines(
  y: { (value: number): number; ticks: (count: number) => number[] },
  format: Format,
): readonly Html[] {
  return y.ticks(4).map(
    (value) =>
      html`<line class="grid" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${round(y(value))}" y2="${round(y(value))}"/>
<text x="${LEFT - 6}" y="${round(y(value) + 4)}" text-anchor="end">${format(value)}</text>
`,
  );
}

/** Labels beneath, as many as fit. */
function bandLabels(labels: readonly string[], xOf: (index: number) => number, most: number): readonly Html[] {
  const every = Math.max(1, Math.ceil(labels.length / most));
  return labels.flatMap((label, index) =>
    (labels.length - 1 - index) % every === 0
      ? [
          html`<text x="${round(xOf(index))}" y="${TOP + PLOT + 18}" text-anchor="middle">${label}</text>
`,
        ]
      : [],
  );
}

export type SpreadColumn = { readonly label: string; readonly quartiles: Quartiles | null };

/** The middle half of each column as a bar, with a line at its median; nothing where there are too few to tell. */
export function spreadChart(said: Said, columns: readonly SpreadColumn[], format: Format): Html {
  const most = Math.max(0, ...columns.map(({ quartiles }) => quartiles?.upper ?? 0));
  const y = scaleLinear([0, most === 0 ? 1 : most], [TOP + PLOT, TOP]).nice(4);
  const x = scaleBand<number>(columns.keys(), [LEFT, WIDTH - RIGHT]).padding(0.35);
  const middleOf = (index: number) => (x(index) ?? 0) + x.bandwidth() / 2;
  const bars = columns.flatMap(({ quartiles }, index) => {
    if (quartiles === null) return [];
    const left = round(x(index) ?? 0);
    const top = y(quartiles.upper);
    return [
      html`<rect class="series-1" x="${left}" y="${round(top)}" width="${round(x.bandwidth())}" height="${round(Math.max(1, y(quartiles.lower) - top))}" fill-opacity="0.35"/>
<line class="line-1" x1="${left}" x2="${round(left + x.bandwidth())}" y1="${round(y(quartiles.median))}" y2="${round(y(quartiles.median))}"/>
`,
    ];
  });
  return svg(said, TOP + PLOT + BOTTOM, [
    ...scaleLines(y, format),
    ...bars,
    html`<line class="axis" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${TOP + PLOT}" y2="${TOP + PLOT}"/>
`,
    ...bandLabels(
      columns.map(({ label }) => label),
      middleOf,
      6,
    ),
  ]);
}

export type LengthBar = {
  readonly label: string;
  readonly series: 1 | 2 | 3 | 4;
  readonly quartiles: Quartiles;
  readonly value: string;
};

/** Bars from left to right on one scale, as long as the median, each with its label above, its value, and a line over the middle half. */
export function lengthChart(said: Said, bars: readonly LengthBar[]): Html {
  const most = Math.max(...bars.map(({ quartiles }) => Math.max(quartiles.upper, quartiles.median)));
  // Values stand to the right of their bars.
  const x = scaleLinear([0, most === 0 ? 1 : most], [RIGHT, WIDTH - 130]);
  const step = LINE + 36;
  const drawn = bars.map(({ label, series, quartiles, value }, index) => {
    const top = TOP + index * step;
    const barTop = top + LINE;
    const end = Math.max(x(quartiles.median), RIGHT + 2);
    const middle = barTop + 10;
    return html`<text x="${RIGHT}" y="${top + 12}">${label}</text>
<rect class="series-${series}" x="${RIGHT}" y="${barTop}" width="${round(end - RIGHT)}" height="20"/>
<line class="axis" x1="${round(x(quartiles.lower))}" x2="${round(x(quartiles.upper))}" y1="${middle}" y2="${middle}"/>
<line class="axis" x1="${round(x(quartiles.lower))}" x2="${round(x(quartiles.lower))}" y1="${middle - 5}" y2="${middle + 5}"/>
<line class="axis" x1="${round(x(quartiles.upper))}" x2="${round(x(quartiles.upper))}" y1="${middle - 5}" y2="${middle + 5}"/>
<text x="${round(Math.max(end, x(quartiles.upper)) + 8)}" y="${barTop + 15}">${value}</text>
`;
  });
  return svg(said, TOP + bars.length * step, drawn);
}

export type ShareBar = { readonly label: string; readonly share: number | null; readonly value: string };

/** A bar a row for a share of the whole width; the frame alone where there are too few to tell. */
export function shareChart(said: Said, bars: readonly ShareBar[]): Html {
  const x = scaleLinear([0, 1], [RIGHT, WIDTH - 130]);
  const step = LINE + 32;
  const drawn = bars.map(({ label, share, value }, index) => {
    const top = TOP + index * step;
    const filled =
      share === null
        ? ""
        : html`<rect class="series-1" x="${RIGHT}" y="${top + LINE}" width="${round(x(share) - RIGHT)}" height="16"/>
`;
    return html`<text x="${RIGHT}" y="${top + 12}">${label}</text>
${filled}<rect class="axis" x="${RIGHT}" y="${top + LINE}" width="${round(x(1) - RIGHT)}" height="16"/>
<text x="${round(x(1) + 8)}" y="${top + LINE + 13}">${value}</text>
`;
  });
  return svg(said, TOP + bars.length * step, drawn);
}

export type StackSeries = { readonly name: string; readonly counts: readonly number[] };

/** What a series is drawn with: four colours, and the fifth in outline. More do not fit. */
export const MOST_SERIES = 5;

/** Columns of counts on top of one another; `series` in the order of the legend, from the bottom. */
export function stackChart(
  said: Said,
  { labels, series }: { readonly labels: readonly string[]; readonly series: readonly StackSeries[] },
  format: Format,
): Html {
  const columns = labels.map((_, index) => index);
  const layers = stack<number, number>()
    .keys(series.keys())
    .value((column, key) => series[key]?.counts[column] ?? 0)(columns);
  const most = Math.max(0, ...layers.flatMap((layer) => layer.map(([, top]) => top)));
  const y = scaleLinear([0, most === 0 ? 1 : most], [TOP + PLOT, TOP]).nice(4);
  const x = scaleBand<number>(columns, [LEFT, WIDTH - RIGHT]).padding(0.25);
  const bars = layers.flatMap((layer) =>
    layer.flatMap(([from, to], column) =>
      to === from
        ? []
        : [
            html`<rect class="series-${layer.key + 1}" x="${round(x(column) ?? 0)}" y="${round(y(to))}" width="${round(x.bandwidth())}" height="${round(y(from) - y(to))}"/>
`,
          ],
    ),
  );
  const whole: Format = (value) => (Number.isInteger(value) ? format(value) : "");
  return svg(said, TOP + PLOT + BOTTOM, [
    ...scaleLines(y, whole),
    ...bars,
    html`<line class="axis" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${TOP + PLOT}" y2="${TOP + PLOT}"/>
`,
    ...bandLabels(labels, (index) => (x(index) ?? 0) + x.bandwidth() / 2, 6),
  ]);
}

/** Which colour is whose, beneath a chart. */
export const legend = (names: readonly string[]): Html =>
  html`<ul class="legend">${names.map(
    (name, index) =>
      html`<li><svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true"><rect class="series-${index + 1}" width="12" height="12"/></svg> ${name}</li>`,
  )}</ul>`;

/** Tenths of a unit are finer than a screen. */
const round = (value: number): number => Math.round(value * 10) / 10;
