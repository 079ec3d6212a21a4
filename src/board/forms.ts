// What every form of the board carries, and how much one may hold.
import { randomUUID } from "node:crypto";
import { html } from "hono/html";
import type { Html } from "../web/page.ts";
import type { Viewer } from "./viewer.ts";

/** The hidden field that every form of the board begins with. */
export const csrfField = (viewer: Pick<Viewer, "csrf">): Html =>
  html`<input type="hidden" name="csrf" value="${viewer.csrf}">`;

/** Room for a customers' file with 10,000 rows. */
export const MOST_FORM_BYTES = 8 * 1024 * 1024;

/** By which two presses of one form are known to be one. */
export const formIdField = (id: string = randomUUID()): Html => html`<input type="hidden" name="form" value="${id}">`;
