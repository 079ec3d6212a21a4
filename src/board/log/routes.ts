// The addresses of the log: every decision, act and message with its because, for whoever sees the whole board.
import { type Context, Hono } from "hono";
import { notFound } from "../enter.ts";
import type { BoardEnv, BoardParts } from "../parts.ts";
import { patchNamed } from "../patch/store.ts";
import { BOARD_HEADERS, boardPage } from "../shell.ts";
import type { Viewer } from "../viewer.ts";
import { logCsv } from "./csv.ts";
import { LOG_KINDS, type LogKind } from "./entry.ts";
import { caseIdOf, lineOf } from "./line.ts";
import { LOG_TEXTS } from "./messages.ts";
import { casesNamed, installationIdsOf, patchesNamed } from "./names-store.ts";
import { logBody, type ShownLog } from "./page.ts";
import { readLogFilters } from "./parse.ts";
import { readLog } from "./read.ts";

const ENTRIES_A_PAGE = 50;
const DAY = 24 * 60 * 60_000;

/** To be mounted under `/o/:owner`. */
export function logPages(parts: BoardParts): Hono<BoardEnv> {
  const routes = new Hono<BoardEnv>();

  routes.get("/log", async (context) => {
    const { viewer } = context.var;
    if (viewer.isLimited) return notFound(context);
    const shown = await readShown(parts, context, viewer);
    const title = LOG_TEXTS[viewer.language].title;
    return boardPage(context, viewer, { title, section: "log", body: logBody(viewer, shown) });
  });

  routes.get("/log.csv", async (context) => {
    const { viewer } = context.var;
    if (viewer.isLimited) return notFound(context);
    const { lines } = await readShown(parts, context, viewer);
    return context.body(logCsv(lines, LOG_TEXTS[viewer.language]), 200, {
      ...BOARD_HEADERS,
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": 'attachment; filename="log.csv"',
    });
  });

  return routes;
}

async function readShown({ wiring }: BoardParts, context: Context<BoardEnv>, viewer: Viewer): Promise<ShownLog> {
  const { db } = wiring.database;
  const { ownerId } = viewer.owner;
  const asked = readLogFilters(context.req.query());
  const patchId = asked.patch === null ? null : ((await patchNamed(db, { ownerId, ...asked.patch }))?.id ?? null);
  if (asked.patch !== null && patchId === null)
    return { asked, lines: [], page: { next: null, searchedTo: null }, isPatchUnknown: true };
  const page = await readLog(db, {
    ownerId,
    installationIds: await installationIdsOf(db, ownerId),
    kinds: kindsOf(asked.kind, asked.person),
    fromAt: wiring.now() - asked.days * DAY,
    before: asked.before,
    limit: ENTRIES_A_PAGE,
    patchId,
    person: asked.person,
    text: asked.text,
  });
  const ids = page.entries.flatMap((entry) => entry.patchId ?? []);
  const caseIds = page.entries.flatMap((entry) => caseIdOf(entry) ?? []);
  const names = {
    patches: await patchesNamed(db, ownerId, [...new Set(ids)]),
    cases: await casesNamed(db, ownerId, [...new Set(caseIds)]),
  };
  return { asked, lines: page.entries.map((entry) => lineOf(entry, names, viewer)), page, isPatchUnknown: false };
}

/** What only we decide nobody did. */
function kindsOf(kind: LogKind | null, person: string | null): readonly LogKind[] {
  const kinds: readonly LogKind[] = person === null ? LOG_KINDS : ["act", "command"];
  return kind === null ? kinds : kinds.filter((each) => each === kind);
}
