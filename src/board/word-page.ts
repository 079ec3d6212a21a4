// A page that only says something: that there is nothing, that it did not work, that somebody is signed out. Apart, because everything that
// stands before or beside an owner's board answers with one.
import type { Context } from "hono";
import { html } from "hono/html";
import { readingOf } from "./reading.ts";
import { type BoardPage, plainBoardPage } from "./shell.ts";

type Word = {
  readonly title: string;
  readonly text: string;
  readonly status: NonNullable<BoardPage["status"]>;
  /** Where to go from here. */
  readonly on?: { readonly path: string; readonly words: string };
};

export const wordPage = (context: Context, { title, text, status, on }: Word): Promise<Response> =>
  plainBoardPage(context, readingOf(context), {
    title,
    section: null,
    status,
    body: html`<h1>${title}</h1><p>${text}</p>${on === undefined ? "" : html`<p><a href="${on.path}">${on.words}</a></p>`}`,
  });
