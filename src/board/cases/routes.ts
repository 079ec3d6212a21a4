// The pages of cases under /o/:owner/cases, and writing a case's own words there.
import { type Context, Hono } from "hono";
import { patchesOfCase } from "../../cases/store.ts";
import { type CaseWords, wordsOf } from "../../cases/words.ts";
import { writeCaseWords } from "../../cases/words-store.ts";
import { customerById } from "../../customers/store.ts";
import { ownerId, repositoryId } from "../../github/refs.ts";
import { makeDue } from "../../patches/store.ts";
import { effectivePolicy } from "../../policy/effective.ts";
import { keepBoardAct } from "../acts-store.ts";
import { notFound } from "../enter.ts";
import type { BoardEnv, BoardParts } from "../parts.ts";
import { casePath, withQuery } from "../paths.ts";
import { boardPage } from "../shell.ts";
import { maySpeakFor, type Viewer } from "../viewer.ts";
import { FRESH_MILLIS, readChoices } from "../waiting/read.ts";
import { readRows } from "../waiting/rows.ts";
import { patchesDecidedSince } from "../waiting/store.ts";
import { caseBody } from "./case-page.ts";
import { decideWords, type Typed, typedOf, type WordProblem } from "./decide.ts";
import { casesBody } from "./list-page.ts";
import { CASE_TEXTS } from "./messages.ts";
import { readAskedCases, readCaseId, readTyped } from "./parse.ts";
import { caseCounts, caseOfOwner, linksOfCase, listedCases, toldOfCase } from "./store.ts";

const PAGE = 50;
const MOST_LINKS = 100;
const MOST_TOLD = 100;
const REFRESH_SECONDS = 5;

type Found = NonNullable<Awaited<ReturnType<typeof caseOfOwner>>>;
type Told = { readonly typed: Typed | null; readonly before: Typed | null; readonly problems: readonly WordProblem[] };

/** To be mounted under `/o/:owner`. */
export function casePages({ wiring }: BoardParts): Hono<BoardEnv> {
  const { database } = wiring;
  const { db } = database;
  const routes = new Hono<BoardEnv>();

  /** The case of the address; null where there is none of this owner's, or the viewer may know nothing of cases. */
  const find = async (context: Context<BoardEnv>): Promise<Found | null> => {
    const { viewer } = context.var;
    const id = readCaseId(context.req.param("id") ?? "");
    if (viewer.isLimited || id === null) return null;
    return (await caseOfOwner(db, viewer.owner.ownerId, id)) ?? null;
  };

  const show = async (context: Context<BoardEnv>, row: Found, { typed, before, problems }: Told): Promise<Response> => {
    const { viewer } = context.var;
    const now = wiring.now();
    const { ownerId: owner } = viewer.owner;
    const links = await linksOfCase(db, row.id, MOST_LINKS + 1);
    const shown = links.slice(0, MOST_LINKS);
    const patches = await readRows(db, { viewer, ids: shown.map(({ patchId }) => patchId), now });
    const decided = await patchesDecidedSince(db, owner, now - FRESH_MILLIS);
    const customer = row.customer_id === null ? null : await customerById(db, owner, row.customer_id);
    const known = typedOf(wordsOf(row));
    const isWriter = maySpeakFor(viewer, row.customer_id);
    const isMoving = problems.length === 0 && patches.some(({ id }) => decided.has(id));
    return boardPage(context, viewer, {
      title: CASE_TEXTS[viewer.language].page.title(row.reference),
      section: "cases",
      status: problems.length > 0 ? 422 : 200,
      refreshSeconds: isMoving && !isWriter ? REFRESH_SECONDS : null,
      body: caseBody({
        viewer,
        now,
        row,
        customer,
        links: shown,
        hasMoreLinks: links.length > MOST_LINKS,
        patches,
        told: await toldOfCase(db, row.id, MOST_TOLD),
        fresh: decided,
        isSaved: context.req.query("done") === "words" && problems.length === 0,
        form: isWriter
          ? {
              viewer,
              caseId: row.id,
              isExternal: row.repository_id === null,
              typed: typed ?? known,
              before: before ?? known,
              problems,
              customers: await customersFor(viewer, row),
            }
          : null,
      }),
    });
  };

  /** Whom a form may name: all, or of a consultant, account owner or deputy their own. */
  const customersFor = async (viewer: Viewer, { customer_id }: Found) => {
    const { customers } = await readChoices(db, viewer, customer_id ?? "");
    return customers?.filter(({ id }) => maySpeakFor(viewer, id)) ?? null;
  };

  routes.get("/cases", async (context) => {
    const { viewer } = context.var;
    if (viewer.isLimited) return notFound(context);
    const choices = await readChoices(db, viewer, context.req.query("customer") ?? "");
    const asked = readAskedCases(context.req.query(), { customers: choices.known.customers });
    const found = await listedCases(db, {
      ownerId: viewer.owner.ownerId,
      filters: asked.filters,
      offset: (asked.page - 1) * PAGE,
      limit: PAGE + 1,
    });
    return boardPage(context, viewer, {
      title: CASE_TEXTS[viewer.language].title,
      section: "cases",
      body: casesBody({
        viewer,
        asked,
        choices,
        cases: found.slice(0, PAGE),
        hasMore: found.length > PAGE,
        counts: await caseCounts(db, viewer.owner.ownerId),
      }),
    });
  });

  routes.get("/cases/:id", async (context) => {
    const row = await find(context);
    return row === null ? notFound(context) : show(context, row, { typed: null, before: null, problems: [] });
  });

  routes.post("/cases/:id", async (context) => {
    const { viewer, form } = context.var;
    const row = await find(context);
    // Who may read a case and not write it finds no form; there is nothing else to tell.
    if (row === null || !maySpeakFor(viewer, row.customer_id)) return notFound(context);
    const now = wiring.now();
    const typed = readTyped(form.text);
    const before = readTyped(form.text, "before-");
    const { policy } = await effectivePolicy(db, {
      ownerId: ownerId(viewer.owner.ownerId),
      repositoryId: repositoryId(row.repository_id ?? 0),
      visibility: "private",
    });
    const named = await customerById(db, viewer.owner.ownerId, typed.customer.trim());
    const decided = decideWords(typed, before, {
      customers: (id) => named?.id === id && maySpeakFor(viewer, id),
      isExternal: row.repository_id === null,
      timezone: policy.calendar.timezone,
      now,
    });
    if (decided.kind === "problems") return show(context, row, { typed, before, problems: decided.problems });
    await write(viewer, row, { words: decided.words, now });
    return context.redirect(withQuery(casePath(viewer, row.id), { done: "words" }), 303);
  });

  const write = async (
    viewer: Viewer,
    row: Found,
    { words, now }: { readonly words: Partial<CaseWords>; readonly now: number },
  ): Promise<void> => {
    if (Object.keys(words).length === 0) return;
    await database.transaction(async (tx) => {
      const written = await writeCaseWords(tx, { caseId: row.id, words, at: now });
      if (written === null || written.changed.length === 0) return;
      const patches = await patchesOfCase(tx, row.id);
      await makeDue(
        tx,
        patches.map(({ id }) => id),
        now,
      );
      await keepBoardAct(tx, viewer, {
        kind: "case-words",
        subject: `case:${row.id}`,
        words: `wrote ${written.changed.join(", ")} of case ${row.reference}`,
        at: now,
      });
    });
    database.hint("patches");
  };
  return routes;
}
