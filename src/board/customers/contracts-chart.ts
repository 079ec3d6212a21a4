// Contracts as a picture: an SVG that needs no scripts, with words for whoever does not see it. The table beneath says the same.
import { html } from "hono/html";
import type { Html } from "../../web/page.ts";
import { plainDay } from "../time.ts";
import type { Viewer } from "../viewer.ts";
import { CUSTOMER_TEXTS } from "./messages.ts";
import { BAR_HEIGHT, type Bar, type ContractDays, drawContracts, type TimeAxis } from "./time-axis.ts";

type Drawing = { readonly name: string; readonly contracts: readonly ContractDays[]; readonly today: string };

export function contractsChart(viewer: Viewer, { name, contracts, today }: Drawing): Html {
  const text = CUSTOMER_TEXTS[viewer.language];
  // The oldest on top, as time goes on from left to right.
  const axis = drawContracts(contracts.toReversed(), today);
  return html`<div class="wide" tabindex="0" role="region" aria-label="${text.chart.title(name)}">
<svg class="chart contracts" role="img" aria-labelledby="contracts-title contracts-description" viewBox="0 0 ${axis.width} ${axis.height}" width="${axis.width}" height="${axis.height}">
<title id="contracts-title">${text.chart.title(name)}</title>
<desc id="contracts-description">${text.chart.description}</desc>
${axis.ticks.map(
  ({ x, day }) =>
    html`<path class="grid" d="M${x} 16V${axis.axisY}"/><text x="${x}" y="${axis.axisY + 18}" text-anchor="${x > axis.width - 60 ? "end" : "middle"}">${plainDay(day, viewer)}</text>\n`,
)}${axis.bars.map((bar) => barPart(bar, viewer))}${todayPart(axis, text.chart.today)}
<path class="axis" d="M${axis.left} ${axis.axisY}H${axis.width - 20}"/>
</svg></div>`;
}

function barPart({ contract, x, y, width, grace }: Bar, viewer: Viewer): Html {
  const text = CUSTOMER_TEXTS[viewer.language];
  const plan = text.plans[contract.plan];
  const name = contract.tier === null ? plan : text.tiered(plan, contract.tier);
  const days = `${plainDay(contract.from, viewer)} – ${plainDay(contract.until, viewer)}`;
  return html`<g><title>${name}: ${days}</title><rect class="contract-${contract.plan}" x="${x}" y="${y}" width="${width}" height="${BAR_HEIGHT}"/></g>${
    grace === null
      ? ""
      : html`<g><title>${text.chart.grace}: ${plainDay(contract.countsUntil, viewer)}</title><rect class="contract-grace" x="${grace.x}" y="${y}" width="${grace.width}" height="${BAR_HEIGHT}"/></g>`
  }\n`;
}

const todayPart = ({ todayX, axisY, width }: TimeAxis, today: string): Html =>
  html`<path class="today" d="M${todayX} 16V${axisY}"/><text x="${todayX}" y="12" text-anchor="${todayX > width - 60 ? "end" : "middle"}">${today}</text>`;
