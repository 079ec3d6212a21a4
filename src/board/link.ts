// Links out of the board: only to the web, and telling nobody where they came from. Apart, so that no address from outside is used otherwise.
import { html } from "hono/html";
import type { Html } from "../web/page.ts";

/** A link where the address is http or https, else the text alone. */
export function link(text: string, url: string | null): Html {
  if (url === null || !/^https?:\/\//i.test(url) || !URL.canParse(url)) return html`${text}`;
  return html`<a href="${url}" rel="noreferrer noopener">${text}</a>`;
}
