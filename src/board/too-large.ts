// The page for a form that holds more than is read. Apart, because it is told where forms are read and where a file is brought in.
import type { Context } from "hono";
import { html } from "hono/html";
import { readingOf } from "./enter.ts";
import { BOARD_TEXTS } from "./messages.ts";
import { plainBoardPage } from "./shell.ts";

export function tooLargePage(context: Context): Promise<Response> {
  const reading = readingOf(context);
  const text = BOARD_TEXTS[reading.language];
  return plainBoardPage(context, reading, {
    title: text.tooLargeTitle,
    section: null,
    status: 413,
    body: html`<h1>${text.tooLargeTitle}</h1><p>${text.tooLarge}</p><p><a href="/">${text.toFirstPage}</a></p>`,
  });
}
