// The two presses that answer a proposed link. They are acts of the patch, and are decided as the commands `link` and `unlink` are.
import { html } from "hono/html";
import type { Html } from "../../web/page.ts";
import { csrfField, formIdField } from "../forms.ts";
import { patchPath } from "../paths.ts";
import { maySpeakForCustomers, type Viewer } from "../viewer.ts";
import { WAITING_TEXTS } from "./messages.ts";

export type ProposedLink = { readonly repository: string; readonly number: number; readonly reference: string };

/** Nothing for whoever may not answer it. */
export function linkForms(viewer: Viewer, link: ProposedLink): Html | string {
  if (!maySpeakForCustomers(viewer)) return "";
  const text = WAITING_TEXTS[viewer.language];
  const whom = html`<span class="hidden"> ${text.about(link.reference)}</span>`;
  const form = (act: "link" | "unlink", press: Html) =>
    html`<form method="post" action="${patchPath(viewer, link)}/acts/${act}">${csrfField(viewer)}${formIdField()}<input type="hidden" name="reference" value="${link.reference}">${press}</form>`;
  return html`<div class="row">${form("link", html`<button class="go">${text.confirm}${whom}</button>`)}${form("unlink", html`<button>${text.drop}${whom}</button>`)}</div>`;
}
