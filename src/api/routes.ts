// The JSON API under /api/v1: what the board shows, for programs, and importing. docs/api.md tells people, docs/openapi.json programs.
import { readFileSync } from "node:fs";
import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { HTTPException } from "hono/http-exception";
import { z } from "zod";
import { readRows } from "../board/waiting/rows.ts";
import { patchesWaiting } from "../board/waiting/store.ts";
import { caseByReference } from "../cases/store.ts";
import { toPlainCustomer } from "../customers/customer.ts";
import { describeFault, type Log } from "../log.ts";
import type { Turn } from "../patches/turn.ts";
import type { Wiring } from "../patches/wiring.ts";
import { bringCases, bringCustomers, MOST_BODY_BYTES } from "./bring.ts";
import { type ApiEnv, enterApi, limitPrograms, mayWrite } from "./enter.ts";
import { pageOf, readPage } from "./page.ts";
import { API_HEADERS, answer, problem } from "./problem.ts";
import { shownCase, shownPatch } from "./shown.ts";
import { casesOfOwner, customersAfter, patchesOfCases, patchIdAt } from "./store.ts";

/** What waits for maintainers first. */
const TURNS: readonly Turn[] = ["maintainer", "author", "nobody"];

const waitingAt = z.tuple([
  z.enum(["maintainer", "author", "nobody"]),
  z.int().min(0).max(5),
  z.int(),
  z.string().regex(/^[^\0]*$/),
]);
const caseState = z.enum(["open", "resolved", "closed"]).nullable();

/** To be mounted at `/api/v1`. */
export function apiRoutes({ wiring, log }: { readonly wiring: Wiring; readonly log: Log }): Hono<ApiEnv> {
  const { database, now, addresses } = wiring;
  const { db } = database;
  const routes = new Hono<ApiEnv>();
  routes.use(limitPrograms(now));
  routes.get("/openapi.json", (context) =>
    context.body(description(), 200, { ...API_HEADERS, "content-type": "application/json; charset=utf-8" }),
  );
  routes.all("/openapi.json", only("GET"));
  routes.use(enterApi(wiring));
  // PostgreSQL takes no text with this character, so nothing is called so.
  routes.use((context, next) => (context.req.url.includes("%00") ? nothingHere(context) : next()));
  routes.put(
    "/*",
    mayWrite,
    bodyLimit({
      maxSize: MOST_BODY_BYTES,
      onError: (context) => problem(context, 413, "More than 8 MB are not read. Send the file in parts."),
    }),
  );

  const shownRows = async (context: Context<ApiEnv>, ids: readonly string[]) => {
    const { owner } = context.var;
    const rows = await readRows(db, { viewer: { owner, isLimited: false }, ids, now: now() });
    return rows.map((row) => shownPatch(row, { owner: owner.login, webUrl: addresses.webUrl }));
  };

  routes.get("/waiting", async (context) => {
    const asked = readPage(context, waitingAt);
    if (asked.kind === "wrong") return problem(context, 400, asked.detail);
    const scope = { ...EVERYTHING, ownerId: context.var.owner.ownerId };
    const [turn, gravity, openedAt, id] = asked.after ?? ["maintainer" as const];
    const found: { readonly turn: Turn; readonly gravity: number; readonly openedAt: number; readonly id: string }[] =
      [];
    for (const each of TURNS.slice(TURNS.indexOf(turn))) {
      const limit = asked.limit + 1 - found.length;
      if (limit <= 0) break;
      const isGoingOn = each === turn && gravity !== undefined && openedAt !== undefined && id !== undefined;
      const after = isGoingOn ? { gravity, openedAt, id } : null;
      for (const row of await patchesWaiting(db, scope, { turn: each, after, limit }))
        found.push({ ...row, turn: each });
    }
    const { items, next } = pageOf(found, asked.limit, (last) => [last.turn, last.gravity, last.openedAt, last.id]);
    const ids = items.map((item) => item.id);
    return answer(context, { patches: await shownRows(context, ids), next });
  });
  routes.all("/waiting", only("GET"));

  routes.get("/patches/:repository/:number", async (context) => {
    const { repository, number } = context.req.param();
    const isNumber = /^[1-9]\d{0,8}$/.test(number);
    const id = isNumber ? await patchIdAt(db, context.var.owner.ownerId, { repository, number: Number(number) }) : null;
    const [patch] = id === null ? [] : await shownRows(context, [id]);
    if (patch !== undefined) return answer(context, patch);
    return problem(
      context,
      404,
      `No pull request ${number.slice(0, 20)} of that repository is known here. Write the repository without its owner.`,
    );
  });
  routes.all("/patches/:repository/:number", only("GET"));

  routes.get("/cases", async (context) => {
    const asked = readPage(context, z.int());
    if (asked.kind === "wrong") return problem(context, 400, asked.detail);
    const state = caseState.safeParse(context.req.query("state") ?? null);
    if (!state.success) return problem(context, 400, "state must be open, resolved or closed, or left out.");
    const { ownerId } = context.var.owner;
    const of = { state: state.data, afterId: asked.after ?? 0, limit: asked.limit + 1 };
    const { items, next } = pageOf(await casesOfOwner(db, ownerId, of), asked.limit, ({ id }) => id);
    const patches = await patchesOfCases(
      db,
      ownerId,
      items.map(({ id }) => id),
    );
    return answer(context, { cases: items.map((row) => shownCase(row, patches.get(row.id) ?? [])), next });
  });
  routes.put("/cases", (context) => bringCases(context, { database, now: now() }));
  routes.all("/cases", only("GET, PUT"));

  // A case's reference may hold a slash, as acme-db/cases#7 does, written as it is or as %2F.
  routes.get("/cases/:reference{.+}", async (context) => {
    const { ownerId } = context.var.owner;
    const row = await caseByReference(db, ownerId, context.req.param("reference"));
    if (row === undefined) return problem(context, 404, "There is no case of this reference. Write # as %23.");
    const patches = await patchesOfCases(db, ownerId, [row.id]);
    return answer(context, shownCase(row, patches.get(row.id) ?? []));
  });
  routes.all("/cases/:reference{.+}", only("GET"));

  routes.get("/customers", async (context) => {
    const asked = readPage(context, z.string().regex(/^[^\0]*$/));
    if (asked.kind === "wrong") return problem(context, 400, asked.detail);
    const of = { afterId: asked.after ?? "", limit: asked.limit + 1 };
    const found = await customersAfter(db, context.var.owner.ownerId, of);
    const { items, next } = pageOf(found, asked.limit, ({ id }) => id);
    return answer(context, { customers: items.map(toPlainCustomer), next });
  });
  routes.put("/customers", (context) => bringCustomers(context, { database, now: now() }));
  routes.all("/customers", only("GET, PUT"));

  routes.all("/*", nothingHere);
  routes.onError((error, context) => {
    if (error instanceof HTTPException) return error.getResponse();
    log.error({ error: describeFault(error) }, "a request of the API failed");
    return problem(context, 500, "This did not work, and nothing was changed. Try again in a minute.");
  });
  return routes;
}

const EVERYTHING = { repositoryIds: null, repositoryId: null, customerId: null, gravity: null, text: null, mine: null };

const nothingHere = async (context: Context): Promise<Response> =>
  problem(context, 404, "There is nothing at this address. What there is: /api/v1/openapi.json.");

const only = (methods: string) => (context: Context) =>
  problem(context, 405, `Only ${methods.replace(", ", " and ")} here.`, { headers: { allow: methods } });

let read: string | null = null;

/** The description of all this, read once. */
function description(): string {
  read ??= readFileSync(new URL("../../docs/openapi.json", import.meta.url), "utf8");
  return read;
}
