// The form in which a case's words are written anew. What it showed goes with it, so that only what somebody changed is written.
import { html } from "hono/html";
import { SEVERITIES } from "../../customers/customer.ts";
import type { Html } from "../../web/page.ts";
import { csrfField } from "../forms.ts";
import { casePath } from "../paths.ts";
import type { Viewer } from "../viewer.ts";
import type { Choices } from "../waiting/read.ts";
import { FIELDS, type Field, OF_ISSUE, STATES, type Typed, type WordProblem } from "./decide.ts";
import { CASE_TEXTS } from "./messages.ts";

export type CaseForm = {
  readonly viewer: Viewer;
  readonly caseId: number;
  readonly isExternal: boolean;
  readonly typed: Typed;
  /** What the form shows as it stands. */
  readonly before: Typed;
  readonly problems: readonly WordProblem[];
  readonly customers: Choices["customers"];
};

const PROSE: readonly Field[] = ["summary", "stake", "workaround"];

export function caseForm(form: CaseForm): Html {
  const { viewer, caseId, isExternal, before, problems } = form;
  const text = CASE_TEXTS[viewer.language].page;
  const fields = FIELDS.filter((field) => isExternal || !OF_ISSUE.has(field));
  return html`<details id="edit"${problems.length > 0 ? html` open` : ""}><summary>${text.edit}</summary>
<form method="post" action="${casePath(viewer, caseId)}">${csrfField(viewer)}
<p>${text.editExplained}${isExternal ? "" : html` ${text.ofIssue}`}</p>
${fields.map((field) => html`<input type="hidden" name="before-${field}" value="${before[field]}">${fieldPart(field, form)}\n`)}
<p><button class="go">${text.save}</button></p>
</form></details>`;
}

function fieldPart(field: Field, form: CaseForm): Html {
  const { fields, hints, problems } = CASE_TEXTS[form.viewer.language];
  const hint = hints[field];
  const wrong = form.problems.find((each) => each.field === field);
  const described = [
    ...(hint === undefined ? [] : [`${field}-hint`]),
    ...(wrong === undefined ? [] : [`${field}-wrong`]),
  ];
  const attributes = html` id="${field}" name="${field}"${described.length === 0 ? "" : html` aria-describedby="${described.join(" ")}"`}${wrong === undefined ? "" : html` aria-invalid="true"`}`;
  return html`<label for="${field}">${fields[field]}</label>
${hint === undefined ? "" : html`<p class="soft small" id="${field}-hint">${hint}</p>`}${
  wrong === undefined ? "" : html`<p class="wrong" id="${field}-wrong">${problems[wrong.code]}</p>`
}${control(field, form, attributes)}`;
}

function control(field: Field, { viewer, typed, customers }: CaseForm, attributes: Html): Html {
  const { states } = CASE_TEXTS[viewer.language];
  const value = typed[field];
  const options = (all: readonly { readonly value: string; readonly name: string }[]) =>
    html`<select${attributes}>${all.map((each) => html`<option value="${each.value}"${each.value === value ? html` selected` : ""}>${each.name}</option>`)}</select>`;
  if (field === "severity")
    return options([
      { value: "", name: CASE_TEXTS[viewer.language].page.notKnown },
      ...SEVERITIES.map((each) => ({ value: each, name: each })),
    ]);
  if (field === "state") return options(STATES.map((each) => ({ value: each, name: states[each] })));
  if (field === "customer" && customers !== null)
    return options([
      { value: "", name: CASE_TEXTS[viewer.language].page.notKnown },
      ...customers.map(({ id, name }) => ({ value: id, name })),
    ]);
  if (PROSE.includes(field)) return html`<textarea class="field"${attributes}>${value}</textarea>`;
  const type = field === "needed-by" || field === "report" ? "date" : "text";
  return html`<input class="field" type="${type}"${attributes} value="${value}">`;
}
