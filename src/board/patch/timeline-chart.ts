// The timeline as a picture: an SVG that a browser shows without scripts, with its legend and words for whoever does not see it.
import { html } from "hono/html";
import type { Html } from "../../web/page.ts";
import { shortDay } from "../time.ts";
import type { Viewer } from "../viewer.ts";
import { PATCH_TEXTS } from "./messages.ts";
import { BAR, drawTimeline, LANES, type Lane, type Timeline, type TimelineInput } from "./timeline.ts";

const TURNS = ["maintainer", "author", "nobody"] as const;
/** Narrower stretches have no room for their name. */
const ROOM_FOR_NAME = 110;

export function timelineChart(
  viewer: Viewer,
  { name, ...input }: Omit<TimelineInput, "timezone"> & { readonly name: string },
): Html {
  const text = PATCH_TEXTS[viewer.language];
  const drawn = drawTimeline({ ...input, timezone: viewer.timezone });
  const from = shortDay(input.fromAt, viewer);
  const until = shortDay(input.untilAt, viewer);
  return html`<div class="wide" tabindex="0" role="region" aria-label="${text.chartTitle(name)}">
<svg class="chart timeline" role="img" aria-labelledby="timeline-title timeline-description" viewBox="0 0 ${drawn.width} ${drawn.height}" width="${drawn.width}" height="${drawn.height}">
<title id="timeline-title">${text.chartTitle(name)}</title>
<desc id="timeline-description">${text.chartDescription(from, until)}</desc>
${axis(drawn, viewer)}
${bars(drawn, viewer)}
${lanes(drawn, viewer)}
</svg>
</div>
${legend(drawn, viewer)}`;
}

function axis({ ticks, axisY, left, width }: Timeline, viewer: Viewer): Html {
  return html`<path class="axis" d="M${left} ${axisY}H${width - 20}"/>
${ticks.map(
  ({ x, at }) =>
    html`<path class="grid" d="M${x} ${BAR.y}V${axisY}"/><text x="${x}" y="${axisY + 18}" text-anchor="middle">${shortDay(at, viewer)}</text>`,
)}`;
}

function bars({ bars: drawn }: Timeline, viewer: Viewer): Html {
  const text = PATCH_TEXTS[viewer.language];
  const turns = viewer.isLimited ? text.turnsLimited : text.turns;
  return html`${drawn.map(
    ({ turn, x, width, fromAt, untilAt }) =>
      html`<g><title>${text.stretch(turns[turn], shortDay(fromAt, viewer), shortDay(untilAt, viewer))}</title><rect class="turn-${turn}" x="${x}" y="${BAR.y}" width="${width}" height="${BAR.height}"/>${
        width < ROOM_FOR_NAME
          ? ""
          : html`<text class="on-turn on-${turn}" x="${x + 6}" y="${BAR.y + 21}">${turns[turn]}</text>`
      }</g>`,
  )}`;
}

function lanes({ lanes: drawn }: Timeline, viewer: Viewer): Html {
  const text = PATCH_TEXTS[viewer.language];
  return html`${drawn.map(
    ({ lane, y, marks }) =>
      html`<g><text x="0" y="${y + 4}">${text.lanes[lane]}</text>${marks.map(
        (mark) =>
          html`<g><title>${text.mark(mark.words, shortDay(mark.at, viewer))}</title>${sign(lane, mark.x, y)}</g>`,
      )}</g>`,
  )}`;
}

/** Each kind has a shape of its own: colours alone tell nothing to some. */
function sign(lane: Lane, x: number, y: number): Html {
  switch (lane) {
    case "response":
      return html`<circle class="mark-response" cx="${x}" cy="${y}" r="6"/>`;
    case "reminder":
      return html`<path class="mark-reminder" d="M${x} ${y - 7}L${x + 7} ${y + 6}H${x - 7}Z"/>`;
    case "step":
      return html`<path class="mark-step" d="M${x} ${y - 7}L${x + 7} ${y}L${x} ${y + 7}L${x - 7} ${y}Z"/>`;
    case "settled":
      return html`<rect class="mark-settled" x="${x - 6}" y="${y - 6}" width="12" height="12"/>`;
  }
}

function legend({ lanes: drawn }: Timeline, viewer: Viewer): Html {
  const text = PATCH_TEXTS[viewer.language];
  const turns = viewer.isLimited ? text.turnsLimited : text.turns;
  const shown = LANES.filter((lane) => drawn.some((each) => each.lane === lane));
  const swatch = (inside: Html) =>
    html`<svg class="swatch" width="18" height="18" viewBox="0 0 18 18" aria-hidden="true" focusable="false">${inside}</svg>`;
  return html`<ul class="plain row small" aria-label="${text.legend}">${TURNS.map(
    (turn) =>
      html`<li>${swatch(html`<rect class="turn-${turn}" x="1" y="1" width="16" height="16"/>`)} ${turns[turn]}</li>`,
  )}${shown.map((lane) => html`<li>${swatch(sign(lane, 9, 9))} ${text.lanes[lane]}</li>`)}</ul>`;
}
