// The page of one patch under /o/:owner/r/:repository/:number, and what can be done there.
import { type Context, Hono } from "hono";
import { html } from "hono/html";
import { z } from "zod";
import { problemSentence, refusalSentence } from "../../commands/messages.ts";
import type { RefusalReason } from "../../commands/refusal.ts";
import type { Html } from "../../web/page.ts";
import { notFound } from "../enter.ts";
import type { BoardEnv, BoardParts } from "../parts.ts";
import { patchPath, withQuery } from "../paths.ts";
import { boardPage } from "../shell.ts";
import type { Viewer } from "../viewer.ts";
import type { Typed } from "./act-forms.ts";
import { type ActName, isAct, isCaseAct, mayTry, type ReadAct, readAct } from "./acts.ts";
import { confirmBody } from "./confirm-page.ts";
import { PATCH_TEXTS } from "./messages.ts";
import { isMoving, patchBody, titleOf } from "./page.ts";
import { pageText } from "./public-words.ts";
import { findPatch, type PatchFound, readPatch } from "./read.ts";
import { type ActOutcome, runAct } from "./run-act.ts";

const REFRESH_SECONDS = 3;

const someId = z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER).nullable().catch(null);
const formId = z.uuid();

/** To be mounted under `/o/:owner`. */
export function patchPages(parts: BoardParts): Hono<BoardEnv> {
  const { wiring, log } = parts;
  const routes = new Hono<BoardEnv>();

  const show = async (
    context: Context<BoardEnv>,
    found: PatchFound,
    told: { readonly done: ActName | null; readonly typed: Typed | null; readonly status: 200 | 422 | 503 },
  ): Promise<Response> => {
    const { viewer } = context.var;
    const read = await readPatch(wiring, viewer, { ...found, before: someId.parse(context.req.query("before")) });
    if (read === null) return notFound(context);
    return boardPage(context, viewer, {
      title: titleOf(read),
      section: "waiting",
      status: told.status,
      body: patchBody({ viewer, read, done: told.done, typed: told.typed }),
      // A page that tells what is wrong would lose what was typed.
      refreshSeconds: told.typed === null && isMoving(read) ? REFRESH_SECONDS : null,
    });
  };

  routes.get("/r/:repository/:number", async (context) => {
    const found = await findPatch(wiring, context.var.viewer, context.req.param());
    if (found === null) return notFound(context);
    const done = context.req.query("done") ?? "";
    return show(context, found, { done: isAct(done) ? done : null, typed: null, status: 200 });
  });

  routes.post("/r/:repository/:number/acts/:act", async (context) => {
    const { viewer, form } = context.var;
    const { act } = context.req.param();
    if (!isAct(act) || !mayTry(act, viewer.isLimited)) return notFound(context);
    const found = await findPatch(wiring, viewer, context.req.param());
    if (found === null) return notFound(context);
    const caseId = isCaseAct(act) ? someId.parse(form.text("case")) : null;
    const wrong = (words: Html, status: 422 | 503 = 422) =>
      show(context, found, { done: null, typed: { act, caseId, value: form.text, wrong: words }, status });
    const read = readAct(act, form.text);
    if (read.kind !== "command") return wrong(unreadWords(viewer, read));
    const sent = formId.safeParse(form.text("form"));
    const id = sent.success ? sent.data : crypto.randomUUID();
    const outcome = await runAct(
      { ...wiring, log },
      { ...found, viewer, command: read.command, formId: id, caseId, isConfirmed: form.text("confirm") === "yes" },
    );
    switch (outcome.kind) {
      case "done":
        return context.redirect(
          withQuery(patchPath(viewer, { repository: found.place.repository.name, number: found.row.number }), {
            done: act,
          }),
          303,
        );
      case "confirm":
        return boardPage(context, viewer, {
          title: PATCH_TEXTS[viewer.language].confirming.title,
          section: "waiting",
          body: confirmBody({
            viewer,
            found,
            preview: outcome.preview,
            formId: id,
            value: form.text,
            now: wiring.now(),
          }),
        });
      default:
        return wrong(undoneWords(viewer, act, outcome), outcome.kind === "away" ? 503 : 422);
    }
  });
  return routes;
}

function unreadWords(viewer: Viewer, read: Exclude<ReadAct, { kind: "command" }>): Html {
  const text = PATCH_TEXTS[viewer.language];
  switch (read.kind) {
    case "missing":
      return html`${text.missing(text.fields[read.field])}`;
    case "problem":
      return pageText(problemSentence(read.problem, viewer.language), viewer);
    case "unclear":
      return html`${text.unclear}`;
  }
}

function undoneWords(viewer: Viewer, act: ActName, outcome: Exclude<ActOutcome, { kind: "done" | "confirm" }>): Html {
  const text = PATCH_TEXTS[viewer.language];
  switch (outcome.kind) {
    case "refused":
      return refusedWords(viewer, outcome.reason);
    case "denied":
      return html`${text.denied[act === "take" ? "take" : isCaseAct(act) ? "words" : "others"]}`;
    case "unusable":
      return html`${text.unusable}`;
    case "away":
      return html`${text.away}`;
  }
}

/** How to insist stands in the form, and not as a command. */
function refusedWords(viewer: Viewer, reason: RefusalReason): Html {
  const mayInsist = "mayInsist" in reason && reason.mayInsist;
  const told: RefusalReason = "mayInsist" in reason ? { ...reason, mayInsist: false } : reason;
  const sentence = pageText(refusalSentence(told, viewer.language), viewer);
  return mayInsist ? html`${sentence} ${PATCH_TEXTS[viewer.language].mayInsist}` : sentence;
}
