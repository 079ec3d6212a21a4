// The forms of what can be done to a patch: each says what happens before its button. Apart from the table of acts, which knows no page.
import { html } from "hono/html";
import type { LinkOfPatch } from "../../cases/store.ts";
import { SEVERITIES } from "../../customers/customer.ts";
import type { Html } from "../../web/page.ts";
import { csrfField, formIdField } from "../forms.ts";
import { patchPath } from "../paths.ts";
import type { Viewer } from "../viewer.ts";
import { type ActName, CASE_ACTS, FIELDS, type Field, isCaseAct } from "./acts.ts";
import { PATCH_TEXTS } from "./messages.ts";
import type { PatchRead } from "./read.ts";

type Named = {
  readonly row: { readonly number: number };
  readonly place: { readonly repository: { readonly name: string } };
};

export const actPath = (viewer: Viewer, { row, place }: Named, act: ActName): string =>
  `${patchPath(viewer, { repository: place.repository.name, number: row.number })}/acts/${act}`;

/** What was typed into a form that was not done, and what is wrong with it. */
export type Typed = {
  readonly act: ActName;
  readonly caseId: number | null;
  readonly value: (field: string) => string;
  readonly wrong: Html;
};

type Forms = {
  readonly viewer: Viewer;
  readonly read: PatchRead;
  readonly offered: readonly ActName[];
  readonly typed: Typed | null;
};

export function actForms(forms: Forms): Html {
  const { viewer, read, offered } = forms;
  const text = PATCH_TEXTS[viewer.language];
  // One that is linked is unlinked beside its name.
  const shown = offered.filter((act) => !isCaseAct(act) && act !== "unlink");
  const links = (read.inside?.links ?? []).filter((link) => link.state === "confirmed" && mayWriteOf(viewer, link));
  const words = CASE_ACTS.filter((act) => offered.includes(act));
  return html`<section aria-labelledby="acts"><h2 id="acts">${text.headings.acts}</h2>
${shown.length === 0 && words.length === 0 ? html`<p>${text.noActsForYou}</p>` : ""}
${shown.map((act) => actForm(forms, act, null))}
${words.length === 0 ? "" : links.map((link) => caseForms(forms, words, link))}</section>`;
}

/** Support of every case; a consultant, account owner or deputy not of another customer's. */
const mayWriteOf = ({ roles, customerIds }: Viewer, { case: { customer_id: id } }: LinkOfPatch): boolean =>
  roles.has("support") || id === null || customerIds.has(id);

function caseForms(forms: Forms, acts: readonly ActName[], link: LinkOfPatch): Html {
  const text = PATCH_TEXTS[forms.viewer.language];
  const isTyped = forms.typed?.caseId === link.case.id;
  return html`<details${isTyped ? html` open` : ""}><summary>${text.wordsOf(link.case.reference)}</summary>
${acts.map((act) => actForm(forms, act, link.case.id))}</details>`;
}

/** Its fields stay folded away until somebody wants them. */
function actForm({ viewer, read, typed }: Forms, act: ActName, caseId: number | null): Html {
  const text = PATCH_TEXTS[viewer.language];
  const { title, means, press } = text.acts[act];
  const mine = typed !== null && typed.act === act && typed.caseId === caseId ? typed : null;
  const id = `${act}${caseId === null ? "" : `-${caseId}`}`;
  const button =
    act === "waiting"
      ? html`<div class="row">${(["maintainer", "author"] as const)
          .filter((on) => read.shown.stands.kind !== "waiting" || read.shown.stands.turn !== on)
          .map((on) => html`<button name="on" value="${on}">${text.waitingOn[on]}</button>`)}</div>`
      : html`<p><button${act === "escalate" ? html` class="go"` : ""}>${press}</button></p>`;
  return html`<details class="act"${mine === null ? "" : html` open`}><summary>${title}</summary>
<form method="post" action="${actPath(viewer, read, act)}" class="box">${csrfField(viewer)}${formIdField()}${
    caseId === null ? "" : html`<input type="hidden" name="case" value="${caseId}">`
  }
<p id="${id}-means">${means}</p>
${mine === null ? "" : html`<p class="wrong" role="alert" id="${id}-wrong">${mine.wrong}</p>`}
${FIELDS[act].map((field) => fieldOf(viewer, field, { id, mine }))}
${button}</form></details>`;
}

type InForm = { readonly id: string; readonly mine: Typed | null };

function fieldOf(viewer: Viewer, { name, isRequired }: Field, { id, mine }: InForm): Html | string {
  const text = PATCH_TEXTS[viewer.language];
  const inputId = `${id}-${name}`;
  const value = mine?.value(name) ?? "";
  const label = isRequired || name === "anyway" ? text.fields[name] : text.optional(text.fields[name]);
  const described = html` aria-describedby="${mine === null ? "" : `${id}-wrong `}${id}-means"`;
  const required = isRequired ? html` required` : "";
  switch (name) {
    case "on":
      return "";
    case "anyway":
      return html`<p><label class="inline"><input type="checkbox" name="anyway" value="yes"${value === "" ? "" : html` checked`}> ${label}</label></p>`;
    case "date":
      return html`<label for="${inputId}">${label}</label><input type="date" id="${inputId}" name="date" value="${value}"${required}${described}>`;
    case "severity":
      return html`<label for="${inputId}">${label}</label><select id="${inputId}" name="severity"${described}>${SEVERITIES.map(
        (each) =>
          html`<option value="${each}"${each === value ? html` selected` : ""}>${text.severities[each]}</option>`,
      )}</select>`;
    default:
      return html`<label for="${inputId}">${label}</label><input class="field" type="text" id="${inputId}" name="${name}" value="${value}" maxlength="400" autocomplete="off"${required}${described}>`;
  }
}
