// A word about what an address asked for in vain. Apart, because all lists of patches, cases and customers have it.
import { html } from "hono/html";
import type { Html } from "../../web/page.ts";
import type { Viewer } from "../viewer.ts";
import { WAITING_TEXTS } from "./messages.ts";

export function unknownNotes(viewer: Viewer, unknown: readonly string[]): Html {
  const text = WAITING_TEXTS[viewer.language];
  return html`${unknown.map((words) => html`<p class="note" role="status">${text.unknown(words)}</p>`)}`;
}
