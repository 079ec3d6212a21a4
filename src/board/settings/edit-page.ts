// The form on which one customer is edited or added, with what is wrong beside its field.
import { html } from "hono/html";
import { SEVERITIES } from "../../customers/customer.ts";
import type { Html } from "../../web/page.ts";
import { csrfField } from "../forms.ts";
import { customerPath } from "../paths.ts";
import type { Viewer } from "../viewer.ts";
import { countEntries, type Fields, type FormProblem } from "./customer-form.ts";
import { CUSTOMERS_TEXTS } from "./customers-messages.ts";
import { historyPath, settingsCustomersPath } from "./customers-page.ts";
import { EDIT_TEXTS } from "./edit-messages.ts";
import { fieldLabel } from "./fields-messages.ts";

/** Room for new ones. */
const EMPTY_ENTRIES = 2;

export type Edited = {
  readonly viewer: Viewer;
  /** Null: a new one. */
  readonly customer: { readonly id: string; readonly name: string } | null;
  readonly fields: Fields;
  /** What the customer was when the form was made, so that nobody's change is lost unseen. */
  readonly was: string;
  readonly problems: readonly FormProblem[];
  readonly hasMoved: boolean;
  readonly isSaved: boolean;
};

export const editPath = (viewer: Viewer, customerId: string): string => `${customerPath(viewer, customerId)}/edit`;

const addPath = (viewer: Viewer): string => settingsCustomersPath(viewer, "/add");

export function editBody(edited: Edited): Html {
  const { viewer, customer, was, problems, hasMoved, isSaved } = edited;
  const text = EDIT_TEXTS[viewer.language];
  const group = groupsOf(edited);
  return html`${wayBack(viewer, customer)}
<h1>${customer === null ? text.addTitle : text.title(customer.name)}</h1>
${isSaved ? html`<p class="done" role="status">${text.saved}</p>` : ""}
${hasMoved ? html`<p class="warning" role="alert">${text.moved}</p>` : ""}
${problems.length === 0 ? "" : problemList(edited)}
<p>${text.note}</p>
<form method="post" action="${customer === null ? addPath(viewer) : editPath(viewer, customer.id)}">${csrfField(viewer)}
<input type="hidden" name="was" value="${was}">
${group.about()}
${group.contracts()}
${group.owner()}
${group.belongs()}
${group.contacts()}
${group.elsewhere()}
<p><button class="go">${customer === null ? text.add : text.save}</button></p>
</form>`;
}

/** What is shown of a customer that a form cannot hold. */
export function tooMuchBody(viewer: Viewer, customer: { readonly id: string; readonly name: string }): Html {
  const text = EDIT_TEXTS[viewer.language];
  return html`${wayBack(viewer, customer)}
<h1>${text.title(customer.name)}</h1>
<p class="note">${text.tooMuch}</p>
<p><a class="button" href="${settingsCustomersPath(viewer, "/import")}">${text.toImport}</a></p>`;
}

function wayBack(viewer: Viewer, customer: Edited["customer"]): Html {
  const text = CUSTOMERS_TEXTS[viewer.language];
  const settings = html`<a href="${settingsCustomersPath(viewer)}">${text.title}</a>`;
  if (customer === null) return html`<p>${settings}</p>`;
  return html`<p>${settings} · <a href="${customerPath(viewer, customer.id)}">${customer.name}</a> · <a href="${historyPath(viewer, customer.id)}">${text.history}</a></p>`;
}

function problemList({ viewer, problems }: Edited): Html {
  const text = EDIT_TEXTS[viewer.language];
  return html`<div role="alert" class="box"><p class="wrong">${text.wrong(problems.length)}</p>
<ul>${problems.map((problem) => {
    const label = html`<a href="#${idOf(problem.field)}">${fieldLabel(problem.field, viewer.language)}</a>`;
    return problem.kind === "rule"
      ? html`<li>${label}: <span lang="en">${problem.message}</span></li>
`
      : html`<li>${label}: ${text.claimed(problem.of, problem.value, problem.by)}</li>
`;
  })}</ul></div>`;
}

const idOf = (field: string): string => `f-${field.replace(/[^A-Za-z0-9]+/g, "-")}`;

function groupsOf({ viewer, customer, fields, problems }: Edited) {
  const text = EDIT_TEXTS[viewer.language];
  const { labels } = text;
  const wrong = new Set(problems.map(({ field }) => field));
  const invalid = (name: string) => (wrong.has(name) ? html` aria-invalid="true"` : "");
  const value = (name: string) => fields.get(name) ?? "";
  const input = (name: string, label: string, type = "text") =>
    html`<div><label for="${idOf(name)}">${label}</label>
<input type="${type}" class="field" id="${idOf(name)}" name="${name}" value="${value(name)}"${invalid(name)}></div>
`;
  const select = (name: string, label: string, options: Readonly<Record<string, string>>) =>
    html`<div><label for="${idOf(name)}">${label}</label>
<select id="${idOf(name)}" name="${name}"${invalid(name)}>${Object.entries(options).map(
      ([option, words]) =>
        html`<option value="${option}"${option === value(name) ? html` selected` : ""}>${words}</option>`,
    )}</select></div>
`;
  const group = (title: string, note: string, body: Html) => html`<fieldset><legend>${title}</legend>
${note === "" ? "" : html`<p class="soft">${note}</p>`}${body}</fieldset>`;
  const entries = (list: "contacts" | "contracts") =>
    Array.from({ length: countEntries(fields, list) + EMPTY_ENTRIES }, (_, index) => index);
  const reachable = (prefix: string) => html`<div class="columns">
${input(`${prefix}name`, labels.name)}${input(`${prefix}email`, labels.email)}${select(`${prefix}language`, labels.language, text.languages)}${input(`${prefix}slack`, labels.slack)}${input(`${prefix}github`, labels.github)}</div>`;
  return {
    about: () =>
      group(
        text.groups.about,
        "",
        html`<div class="columns">${
          customer === null
            ? html`${input("id", labels.id)}<p class="soft">${text.idNote}</p>`
            : html`<input type="hidden" name="id" value="${customer.id}">`
        }${input("name", labels.name)}${input("timezone", labels.timezone)}${input("consultant.github", text.consultant)}</div>
<label class="inline"><input type="checkbox" name="confidential" value="yes"${value("confidential") === "yes" ? html` checked` : ""}> ${text.confidential}</label>
<p class="soft">${text.confidentialNote}</p>`,
      ),
    contracts: () =>
      group(
        text.groups.contracts,
        text.contractsNote,
        html`<p class="soft">${text.targetNote}</p>
${entries("contracts").map((index) => {
  const at = (key: string) => `contracts[${index}].${key}`;
  return html`<fieldset><legend>${text.contract(index + 1)}</legend><div class="columns">
${select(at("plan"), labels.plan, text.plans)}${input(at("tier"), labels.tier)}${input(at("from"), labels.from, "date")}${input(at("until"), labels.until, "date")}</div>
<div class="row">${SEVERITIES.map((severity) => input(at(`targets.${severity}`), text.target(severity)))}</div></fieldset>
`;
})}`,
      ),
    owner: () =>
      html`${group(text.groups.owner, text.groups.ownerNote, reachable("owner."))}
${group(text.groups.deputy, "", reachable("owner.deputy."))}`,
    belongs: () =>
      group(
        text.groups.belongs,
        text.lists,
        html`${(["logins", "organizations", "domains"] as const).map((name) => input(name, fieldLabel(name, viewer.language)))}`,
      ),
    contacts: () =>
      group(
        text.groups.contacts,
        text.contactsNote,
        html`${entries("contacts").map((index) => {
          const at = (key: string) => `contacts[${index}].${key}`;
          return html`<fieldset><legend>${text.contact(index + 1)}</legend><div class="columns">
${input(at("name"), labels.name)}${input(at("email"), labels.email)}${select(at("language"), labels.language, text.languages)}</div></fieldset>
`;
        })}`,
      ),
    elsewhere: () =>
      group(
        text.groups.elsewhere,
        "",
        html`<label for="${idOf("ids")}">${text.ids}</label>
<textarea class="field" id="${idOf("ids")}" name="ids"${invalid("ids")}>
${value("ids")}</textarea>`,
      ),
  };
}
