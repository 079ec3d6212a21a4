// The table beneath a chart: the same numbers for whoever does not see it. Pure.
import { html } from "hono/html";
import type { Html } from "../web/page.ts";
import type { InsightTexts } from "./messages.ts";

export type DataTable = {
  readonly caption: string;
  readonly head: readonly string[];
  /** The first cell names the row; the others are numbers. */
  readonly rows: readonly (readonly string[])[];
};

export const dataTable = ({ table }: InsightTexts, { caption, head, rows }: DataTable): Html =>
  html`<details open><summary>${table}</summary>
<div class="wide" tabindex="0" role="region" aria-label="${caption}"><table>
<caption>${caption}</caption>
<thead><tr>${head.map((name, index) => html`<th scope="col"${index === 0 ? "" : html` class="number"`}>${name}</th>`)}</tr></thead>
<tbody>${rows.map(
    ([name = "", ...cells]) =>
      html`<tr><th scope="row" class="nowrap">${name}</th>${cells.map((cell) => html`<td class="number">${cell}</td>`)}</tr>
`,
  )}</tbody>
</table></div></details>`;
