// The pages on which a file is brought in: choosing it, what is wrong with it, and what it would change.
import { html } from "hono/html";
import type { FileProblem } from "../../customers/file.ts";
import type { Language } from "../../policy/policy.ts";
import type { Html } from "../../web/page.ts";
import { csrfField } from "../forms.ts";
import { ownerPath } from "../paths.ts";
import { number } from "../time.ts";
import type { Viewer } from "../viewer.ts";
import { fieldLabel, valueWords } from "./fields-messages.ts";
import { IMPORT_TEXTS } from "./import-messages.ts";
import type { ListedChanges, Preview } from "./importing.ts";
import { SETTINGS_TEXTS } from "./messages.ts";

export type ImportKind = "customers" | "cases";

/** Shown of each list; of a first import of thousands nobody reads more. */
const MOST_SHOWN = 200;
const MOST_FIELDS = 30;
const LONGEST_VALUE = 300;

/** Below an owner's path. */
export const IMPORT_PATHS = { customers: "/settings/customers/import", cases: "/settings/cases" } as const;

export const importPath = (viewer: Viewer, kind: ImportKind): string => ownerPath(viewer, IMPORT_PATHS[kind]);

type Choosing = {
  readonly viewer: Viewer;
  readonly kind: ImportKind;
  readonly text: string;
  readonly problems: readonly FileProblem[];
  /** Nothing was chosen. */
  readonly isEmpty: boolean;
  readonly isDone: boolean;
};

export function chooseBody({ viewer, kind, text, problems, isEmpty, isDone }: Choosing): Html {
  const words = IMPORT_TEXTS[viewer.language];
  const isWrong = isEmpty || problems.length > 0;
  return html`<p><a href="${ownerPath(viewer, "/settings")}">${SETTINGS_TEXTS[viewer.language].back}</a></p>
<h1>${words.title[kind]}</h1>
${isDone ? html`<p class="done" role="status">${words.done[kind]}</p>` : ""}
${isEmpty ? html`<p class="wrong" role="alert" id="wrong">${words.nothing}</p>` : ""}
${problems.length > 0 ? problemsPart(viewer, problems) : ""}
<p>${words.what[kind]}</p>
<form method="post" action="${importPath(viewer, kind)}" enctype="multipart/form-data">${csrfField(viewer)}
<label for="file">${words.file}</label>
<input type="file" id="file" name="file" accept=".yml,.yaml,.csv,.json,text/csv,application/json">
<label for="text">${words.pasted}</label>
<textarea id="text" name="text" class="field file" spellcheck="false"${isWrong ? html` aria-invalid="true" aria-describedby="wrong"` : ""}>
${text}</textarea>
<p><button class="go">${words.show}</button></p>
</form>`;
}

function problemsPart(viewer: Viewer, problems: readonly FileProblem[]): Html {
  const words = IMPORT_TEXTS[viewer.language];
  return html`<div role="alert"><p class="wrong" id="wrong">${words.problems(problems.length)}</p>
<p>${words.problemsNote}</p>
<table class="cards">
<caption class="hidden">${words.problems(problems.length)}</caption>
<thead><tr><th scope="col" class="number">${words.line}</th><th scope="col" class="number">${words.column}</th><th scope="col">${words.problem}</th></tr></thead>
<tbody>${problems.map(
    ({ line, column, message }) =>
      html`<tr><td class="number" data-label="${words.line}">${number(line, viewer)}</td><td class="number" data-label="${words.column}">${number(column, viewer)}</td><td lang="en">${message}</td></tr>
`,
  )}</tbody>
</table></div>`;
}

type Previewed = {
  readonly viewer: Viewer;
  readonly kind: ImportKind;
  readonly text: string;
  readonly preview: Extract<Preview, { kind: "changes" }>;
  /** It was to be written, and would change something else by now. */
  readonly hasMoved: boolean;
};

export function previewBody({ viewer, kind, text, preview, hasMoved }: Previewed): Html {
  const words = IMPORT_TEXTS[viewer.language];
  const lists = preview.lists.filter((list) => kind === "cases" || list.of === "customers" || countOf(list) > 0);
  const isNothing = preview.lists.every(({ added, changed }) => added.length + changed.length === 0);
  const path = importPath(viewer, kind);
  return html`<p><a href="${path}">${words.title[kind]}</a></p>
<h1>${words.previewTitle}</h1>
${hasMoved ? html`<p class="warning" role="alert">${words.moved}</p>` : ""}
<p>${isNothing ? words.nothingToDo : words.previewNote}</p>
${lists.map((list) => listPart(viewer, list))}
${
  isNothing
    ? ""
    : html`<form method="post" action="${path}" enctype="multipart/form-data">${csrfField(viewer)}
<input type="hidden" name="seal" value="${preview.seal}">
<input type="hidden" name="text" value="${text}">
<p><button class="go">${words.press[kind]}</button></p>
</form>`
}
<p><a href="${path}">${words.other}</a></p>`;
}

const countOf = ({ added, changed, unchanged }: ListedChanges): number => added.length + changed.length + unchanged;

function listPart(viewer: Viewer, list: ListedChanges): Html {
  const words = IMPORT_TEXTS[viewer.language];
  const count = (value: number) => number(value, viewer);
  const counts = words.counts({
    added: count(list.added.length),
    changed: count(list.changed.length),
    unchanged: count(list.unchanged),
    kept: list.kept === null ? null : count(list.kept),
  });
  const left = Math.max(0, list.added.length - MOST_SHOWN) + Math.max(0, list.changed.length - MOST_SHOWN);
  return html`<h2>${words.lists[list.of]}</h2>
<p>${counts}</p>
<ul>${list.changed.slice(0, MOST_SHOWN).map(
    ({ id, fields }) => html`<li><span class="tag">${words.changed}</span> <code>${id}</code>
${fieldList(fields, viewer.language)}</li>
`,
  )}${list.added.slice(0, MOST_SHOWN).map(
    (id) => html`<li><span class="tag settled">${words.added}</span> <code>${id}</code></li>
`,
  )}${left > 0 ? html`<li>${words.more(count(left))}</li>` : ""}</ul>`;
}

type Fields = ListedChanges["changed"][number]["fields"];

/** Differences in words, a line each. */
export function fieldList(fields: Fields, language: Language): Html {
  const words = IMPORT_TEXTS[language];
  return html`<ul>${fields.slice(0, MOST_FIELDS).map(({ field, before, after }) => {
    const change = words.from(cut(valueWords(field, before, language)), cut(valueWords(field, after, language)));
    return html`<li>${fieldLabel(field, language)}: ${change}</li>
`;
  })}${fields.length > MOST_FIELDS ? html`<li>${words.more(number(fields.length - MOST_FIELDS, { language }))}</li>` : ""}</ul>`;
}

const cut = (text: string): string => (text.length <= LONGEST_VALUE ? text : `${text.slice(0, LONGEST_VALUE)}…`);
