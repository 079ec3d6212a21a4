// The board's pages about a customer's contacts: who has a link, and the one moment at which a new one is shown.
import { html } from "hono/html";
import { csrfField } from "../board/forms.ts";
import { customerPath } from "../board/paths.ts";
import { dayElement, number, shortDay } from "../board/time.ts";
import type { Viewer } from "../board/viewer.ts";
import type { Customer } from "../customers/customer.ts";
import { localDate } from "../policy/calendar.ts";
import type { Language } from "../policy/policy.ts";
import type { Html } from "../web/page.ts";
import { CONTACTS_TEXTS, type ContactsDone } from "./contacts-messages.ts";
import { linkLetter } from "./mail-messages.ts";
import { type ContactLink, isSameContact, type Openings } from "./store.ts";

export type ContactsShown = {
  readonly viewer: Viewer;
  readonly customer: Customer;
  readonly links: readonly ContactLink[];
  readonly openings: ReadonlyMap<number, Openings>;
  readonly mayAct: boolean;
  readonly done: ContactsDone | null;
  readonly problem: string | null;
};

export const contactsPath = (viewer: Viewer, customerId: string): string =>
  `${customerPath(viewer, customerId)}/contacts`;

export function contactsBody(shown: ContactsShown): Html {
  const { viewer, customer, links, mayAct, done, problem } = shown;
  const text = CONTACTS_TEXTS[viewer.language];
  const gone = links.filter(({ contact }) => !customer.contacts.some((each) => isSameContact(each, contact)));
  return html`<p><a href="${customerPath(viewer, customer.id)}">${text.back}</a></p>
<h1>${text.title(customer.name)}</h1>
${problem === null ? "" : html`<p class="wrong" role="alert">${problem}</p>`}
${done === null ? "" : html`<p class="${done === "over" ? "warning" : "done"}" role="status">${text.done[done]}</p>`}
<p>${text.explained}</p>
<p>${text.shown}</p>
${mayAct ? "" : html`<p class="note">${text.notYours}</p>`}
${customer.contacts.length === 0 ? html`<p class="box empty">${text.none}</p>` : contactsTable(shown)}
${
  gone.length === 0
    ? ""
    : html`<h2>${text.gone}</h2>
<p>${text.goneExplained}</p>
${linkTable(
  shown,
  text.gone,
  gone.map((link) => ({ contact: link.contact, link })),
)}`
}`;
}

type Row = {
  readonly contact: { readonly name: string; readonly email: string; readonly language: Language | null };
  readonly link: ContactLink | null;
  /** Whether they can get a new one. */
  readonly isContact?: true;
};

function contactsTable(shown: ContactsShown): Html {
  const rows = shown.customer.contacts.map((contact): Row => {
    const link = shown.links.find((each) => isSameContact(each.contact, contact)) ?? null;
    return { contact, link, isContact: true };
  });
  return linkTable(shown, CONTACTS_TEXTS[shown.viewer.language].contacts, rows);
}

function linkTable(shown: ContactsShown, caption: string, rows: readonly Row[]): Html {
  const text = CONTACTS_TEXTS[shown.viewer.language];
  const headings = [text.name, text.language, text.link, text.until, text.opened, ...(shown.mayAct ? [text.act] : [])];
  return html`<div class="wide" role="region" aria-label="${caption}" tabindex="0"><table class="cards contacts">
<caption class="hidden">${caption}</caption>
<thead><tr>${headings.map((heading) => html`<th scope="col">${heading}</th>`)}</tr></thead>
<tbody>${rows.map((row) => tableRow(row, shown))}
</tbody>
</table></div>`;
}

function tableRow({ contact, link, isContact }: Row, shown: ContactsShown): Html {
  const { viewer } = shown;
  const text = CONTACTS_TEXTS[viewer.language];
  const opened = link === null ? undefined : shown.openings.get(link.id);
  return html`
<tr><th scope="row">${contact.name}<br><span class="soft small">${contact.email}</span></th>
<td data-label="${text.language}">${contact.language === null ? text.asBrowser : text.languages[contact.language]}</td>
<td data-label="${text.link}">${
    link === null
      ? text.noLink
      : html`<code>${link.prefix}…</code><br><span class="soft small">${text.madeBy(link.madeBy)}, ${dayElement(link.createdAt, viewer)}</span>`
  }</td>
${link === null ? html`<td></td>` : html`<td data-label="${text.until}">${dayElement(link.expiresAt, viewer)}</td>`}
${
  link === null
    ? html`<td></td>`
    : html`<td data-label="${text.opened}">${
        opened === undefined
          ? text.never
          : html`${text.times(number(opened.count, viewer), opened.count === 1)} ${dayElement(opened.lastAt, viewer)}`
      }</td>`
}${shown.mayAct ? html`\n<td>${acts({ contact, link, isContact }, shown)}</td>` : ""}</tr>`;
}

function acts(
  { contact, link, isContact }: Row & { readonly isContact: true | undefined },
  shown: ContactsShown,
): Html {
  const { viewer, customer } = shown;
  const text = CONTACTS_TEXTS[viewer.language];
  const path = contactsPath(viewer, customer.id);
  const whom = html`<span class="hidden">${text.for(contact.name)}</span>`;
  const make = html`<form method="post" action="${path}">${csrfField(viewer)}<input type="hidden" name="email" value="${contact.email}"><button${link === null ? html` class="go"` : ""}>${link === null ? text.make : text.makeAnew}${whom}</button></form>`;
  const revoke =
    link === null
      ? ""
      : html`<form method="post" action="${path}/${link.id}/revoke">${csrfField(viewer)}<button class="stop">${text.revoke}${whom}</button></form>`;
  return html`<div class="row">${isContact === true ? make : ""}${revoke}</div>`;
}

export type MadeShown = {
  readonly viewer: Viewer;
  readonly customer: Customer;
  readonly contact: Row["contact"];
  readonly url: string;
  readonly token: string;
  readonly expiresAt: number;
  readonly canSend: boolean;
};

/** In which language a contact is written to where nobody said. */
export const languageOfContact = (contact: Row["contact"], customer: Customer): Language =>
  contact.language ?? customer.owner?.language ?? "en";

/** The day on which a link ends, where the customer is. */
export const lastDay = (expiresAt: number, { timezone }: Customer): string => localDate(timezone, expiresAt);

export function madeBody({ viewer, customer, contact, url, token, expiresAt, canSend }: MadeShown): Html {
  const text = CONTACTS_TEXTS[viewer.language];
  const path = contactsPath(viewer, customer.id);
  const language = languageOfContact(contact, customer);
  const letter = linkLetter({ name: contact.name, language, url, until: lastDay(expiresAt, customer) });
  const query = `subject=${encodeURIComponent(letter.subject)}&body=${encodeURIComponent(letter.text.replaceAll("\n", "\r\n"))}`;
  return html`<h1>${text.madeTitle(contact.name)}</h1>
<p class="warning">${text.onceOnly}</p>
<label for="address">${text.address}</label>
<input id="address" class="field" readonly value="${url}">
<p class="soft">${text.openUntil(shortDay(expiresAt, viewer))}</p>
${
  canSend
    ? html`<form method="post" action="${path}/send">${csrfField(viewer)}<input type="hidden" name="token" value="${token}">
<p>${text.sendExplained}</p>
<button class="go">${text.send(contact.email)}</button></form>`
    : html`<p class="note">${text.cannotSend}</p>`
}
<p><a href="mailto:${encodeURIComponent(contact.email).replace("%40", "@")}?${query}">${text.write}</a></p>
<p><a href="${path}">${text.toContacts}</a></p>`;
}
