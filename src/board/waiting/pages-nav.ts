// The way to the other pages of a list. Apart, because all lists of patches, cases and customers have it.
import { html } from "hono/html";
import type { Html } from "../../web/page.ts";
import type { Viewer } from "../viewer.ts";
import { WAITING_TEXTS } from "./messages.ts";

/** Null where there is no such page. */
export function pagesNav(
  viewer: Viewer,
  to: { readonly first: string | null; readonly next: string | null },
): Html | string {
  if (to.first === null && to.next === null) return "";
  const text = WAITING_TEXTS[viewer.language];
  return html`<nav class="pages" aria-label="${text.pages}">${
    to.first === null ? "" : html`<a href="${to.first}">${text.first}</a>`
  }${to.next === null ? "" : html`<a href="${to.next}" rel="next">${text.more}</a>`}</nav>`;
}
