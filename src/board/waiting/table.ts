// A table of patches: what waits, for how long, and what comes next. Apart from the page of what waits, because cases and customers show it too.
import { html } from "hono/html";
import { cutTo, readable } from "../../effects/escape.ts";
import type { Html } from "../../web/page.ts";
import { casePath, patchPath } from "../paths.ts";
import { dayElement, number, shortDay, sinceElement, timeElement } from "../time.ts";
import type { Viewer } from "../viewer.ts";
import { NOTHING, sidedTexts, WAITING_TEXTS } from "./messages.ts";
import { nextWords } from "./next-messages.ts";
import type { PatchRowShown, Stands } from "./rows.ts";
import type { CaseOfRow } from "./rows-store.ts";

export type PatchTable = {
  readonly viewer: Viewer;
  readonly now: number;
  readonly caption: string;
  readonly rows: readonly PatchRowShown[];
  /** Patches about which something was decided a moment ago. */
  readonly fresh: ReadonlySet<string>;
  readonly columns: {
    readonly cases: boolean;
    /** Where patches of several turns stand together. */
    readonly turn: boolean;
    readonly customers: boolean;
  };
};

/** Anybody's words: a table holds only their beginning. */
const LONGEST_TITLE = 160;
const LONGEST_SUMMARY = 240;
const MOST_CASES = 3;

export const shortTitle = (text: string): string => cutTo(readable(text), LONGEST_TITLE);

export function patchTable(table: PatchTable): Html {
  const { viewer, caption, rows, columns } = table;
  const text = WAITING_TEXTS[viewer.language].table;
  const headings = [
    text.severity,
    text.patch,
    ...(columns.cases ? [text.case] : []),
    ...(columns.customers ? [text.customer] : []),
    ...(columns.turn ? [text.turn] : []),
    text.waits,
    text.next,
  ];
  return html`<table class="cards">
<caption class="hidden">${caption}</caption>
<thead><tr>${headings.map((heading) => html`<th scope="col">${heading}</th>`)}</tr></thead>
<tbody>${rows.map((row) => patchRow(row, table))}
</tbody>
</table>`;
}

function patchRow(row: PatchRowShown, { viewer, now, fresh, columns }: PatchTable): Html {
  const { table } = WAITING_TEXTS[viewer.language];
  const { stands } = row;
  return html`
<tr${fresh.has(row.id) ? html` class="fresh"` : ""}><td data-label="${table.severity}">${severityTag(row.severity)}</td>
<th scope="row"><a href="${patchPath(viewer, row)}">${shortTitle(row.title)}</a><br><span class="soft small">${row.repository}#${row.number}</span></th>
${columns.cases ? html`<td data-label="${table.case}">${casesCell(row.cases, viewer)}</td>\n` : ""}${
  columns.customers ? html`<td data-label="${table.customer}">${namesCell(row)}</td>\n` : ""
}${columns.turn ? html`<td data-label="${table.turn}">${turnTag(stands, viewer)}</td>\n` : ""}<td data-label="${table.waits}">${waitsCell(stands, viewer)}</td>
<td data-label="${table.next}">${nextCell(stands, { viewer, now })}</td></tr>`;
}

export const severityTag = (severity: PatchRowShown["severity"]): Html | string =>
  severity === null ? NOTHING : html`<span class="tag ${severity}">${severity}</span>`;

function casesCell(cases: readonly CaseOfRow[], viewer: Viewer): Html {
  const { moreCases } = WAITING_TEXTS[viewer.language];
  if (cases.length === 0) return html`${NOTHING}`;
  const shown = cases.slice(0, MOST_CASES);
  const rest = cases.length - shown.length;
  return html`${shown.map((each) => html`<div><a href="${casePath(viewer, each.id)}">${each.reference}</a> ${caseWords(each)}</div>`)}${
    rest === 0 ? "" : html`<div class="soft small">${moreCases(number(rest, viewer))}</div>`
  }`;
}

/** What people wrote for people goes before a title, and a title that is only the reference is none. */
export function caseWords({ reference, title, summary }: Omit<CaseOfRow, "id" | "severity">): string {
  if (summary !== null) return cutTo(readable(summary), LONGEST_SUMMARY);
  return title === reference ? "" : shortTitle(title);
}

const namesCell = ({ customers }: PatchRowShown): Html =>
  customers.length === 0 ? html`${NOTHING}` : html`${customers.map(({ name }) => html`<div>${name}</div>`)}`;

export function turnTag(stands: Stands, viewer: Viewer): Html {
  const text = WAITING_TEXTS[viewer.language];
  switch (stands.kind) {
    case "waiting":
      return html`<span class="tag ${stands.turn}">${sidedTexts(viewer).turns[stands.turn]}</span>`;
    case "not-followed":
      return html`<span class="soft">${text.notFollowed}</span>`;
    case "ended":
      return html`<span class="tag settled">${text.ended[stands.how] ?? text.ended.closed}</span>`;
  }
}

function waitsCell(stands: Stands, viewer: Viewer): Html | string {
  const text = WAITING_TEXTS[viewer.language];
  if (stands.kind === "ended") return stands.at === null ? NOTHING : dayElement(stands.at, viewer);
  if (stands.kind === "not-followed") return NOTHING;
  if (stands.waited === null) return timeElement(text.since(shortDay(stands.sinceAt, viewer)), stands.sinceAt, viewer);
  return html`${sinceElement(stands.waited, stands.sinceAt, viewer)}${
    stands.waitsForUs && !viewer.isLimited ? html`<br><span class="soft small">${text.listed}</span>` : ""
  }`;
}

function nextCell(stands: Stands, { viewer, now }: Pick<PatchTable, "viewer" | "now">): Html | string {
  const text = WAITING_TEXTS[viewer.language];
  if (stands.kind === "ended") return stands.release === null ? NOTHING : text.release(stands.release);
  if (stands.kind === "not-followed") return text.nothingPlanned;
  const { language, timezone, isLimited } = viewer;
  const words = nextWords(stands.next, { language, timezone, isLimited, now });
  return stands.next.at === null ? words : timeElement(words, stands.next.at, viewer);
}
