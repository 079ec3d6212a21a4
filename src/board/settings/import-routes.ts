// Bringing in a file of customers or cases: it is shown what it changes, and a second press imports exactly that.
import { type Context, Hono } from "hono";
import { MOST_FORM_BYTES } from "../forms.ts";
import type { BoardEnv, BoardParts } from "../parts.ts";
import { boardPage } from "../shell.ts";
import { tooLargePage } from "../too-large.ts";
import { forSetUp } from "./guard.ts";
import { IMPORT_TEXTS } from "./import-messages.ts";
import { chooseBody, IMPORT_PATHS, type ImportKind, importPath, previewBody } from "./import-page.ts";
import { IMPORTING, type Preview } from "./importing.ts";

/** What a form carries besides the text. */
const ROOM_BYTES = 16 * 1024;

export function importRoutes(parts: BoardParts): Hono<BoardEnv> {
  const { database, now } = parts.wiring;
  const routes = new Hono<BoardEnv>();
  for (const kind of ["customers", "cases"] as const) {
    const path = IMPORT_PATHS[kind];
    routes.get(
      path,
      forSetUp((context) => choose(context, kind, { isDone: context.req.query("done") === "imported" })),
    );
    routes.post(
      path,
      forSetUp(async (context) => {
        const { viewer, form } = context.var;
        const text = textOf(form.text("file"), form.text("text"));
        if (text.trim() === "") return choose(context, kind, { isEmpty: true });
        if (sizeInForm(text) > MOST_FORM_BYTES - ROOM_BYTES) return tooLargePage(context);
        const asked = { viewer, text, now: now() };
        const seal = form.text("seal");
        if (seal === "") return show(context, kind, { text, preview: await IMPORTING[kind].preview(database, asked) });
        const written = await IMPORTING[kind].write(database, { ...asked, seal });
        if (written.kind === "not-written")
          return show(context, kind, { text, preview: written.preview, hasMoved: true });
        return context.redirect(`${importPath(viewer, kind)}?done=imported`, 303);
      }),
    );
  }
  return routes;
}

/** Browsers send each line's end as two characters: the text that comes back is the one that was shown only where both are one. */
const textOf = (file: string, pasted: string): string =>
  (file.trim() === "" ? pasted : file).replace(/\r\n?/g, "\n").replace(/^\ufeff/, "");

/** It has to come back whole with the second press. */
const sizeInForm = (text: string): number => Buffer.byteLength(text) + (text.match(/\n/g)?.length ?? 0);

type Shown = { readonly text: string; readonly preview: Preview; readonly hasMoved?: boolean };

function show(context: Context<BoardEnv>, kind: ImportKind, { text, preview, hasMoved = false }: Shown) {
  if (preview.kind === "problems") return choose(context, kind, { text, problems: preview.problems });
  const { viewer } = context.var;
  return boardPage(context, viewer, {
    title: IMPORT_TEXTS[viewer.language].previewTitle,
    section: "settings",
    status: hasMoved ? 409 : 200,
    body: previewBody({ viewer, kind, text, preview, hasMoved }),
  });
}

type Chosen = Partial<Pick<Parameters<typeof chooseBody>[0], "text" | "problems" | "isEmpty" | "isDone">>;

function choose(
  context: Context<BoardEnv>,
  kind: ImportKind,
  { text = "", problems = [], isEmpty = false, isDone = false }: Chosen,
) {
  const { viewer } = context.var;
  return boardPage(context, viewer, {
    title: IMPORT_TEXTS[viewer.language].title[kind],
    section: "settings",
    status: isEmpty || problems.length > 0 ? 422 : 200,
    body: chooseBody({ viewer, kind, text, problems, isEmpty, isDone }),
  });
}
