// The page for a form that holds more than is read. Apart, because it is told where forms are read and where a file is brought in.
import type { Context } from "hono";
import { BOARD_TEXTS } from "./messages.ts";
import { readingOf } from "./reading.ts";
import { wordPage } from "./word-page.ts";

export function tooLargePage(context: Context): Promise<Response> {
  const text = BOARD_TEXTS[readingOf(context).language];
  const on = { path: "/", words: text.toFirstPage };
  return wordPage(context, { title: text.tooLargeTitle, text: text.tooLarge, status: 413, on });
}
