// The pages of customers under /o/:owner/customers. What is changed about them is changed in the settings.
import { Hono } from "hono";
import { customerById } from "../../customers/store.ts";
import type { Db } from "../../db/database.ts";
import { ownerId } from "../../github/refs.ts";
import { ownersPolicy } from "../../policy/effective.ts";
import { listedCases } from "../cases/store.ts";
import { notFound } from "../enter.ts";
import type { BoardEnv, BoardParts } from "../parts.ts";
import { boardPage } from "../shell.ts";
import type { Viewer } from "../viewer.ts";
import { TURNS } from "../waiting/parse.ts";
import { FRESH_MILLIS } from "../waiting/read.ts";
import { readRows } from "../waiting/rows.ts";
import { patchesDecidedSince, patchesWaiting } from "../waiting/store.ts";
import { contractsOn } from "./contract-words.ts";
import { customersBody } from "./list-page.ts";
import { CUSTOMER_TEXTS } from "./messages.ts";
import { customerBody } from "./page.ts";
import { readAskedCustomers } from "./parse.ts";
import { listedCustomers, liveFeedsOf, openCasesOf, settledPatchesOf, waitingPatchesOf } from "./store.ts";

const PAGE = 50;
const FEW = 25;
const FEW_SETTLED = 10;
const REFRESH_SECONDS = 5;

/** To be mounted under `/o/:owner`. */
export function customerPages({ wiring }: BoardParts): Hono<BoardEnv> {
  const { db } = wiring.database;
  const routes = new Hono<BoardEnv>();

  routes.get("/customers", async (context) => {
    const { viewer } = context.var;
    if (viewer.isLimited) return notFound(context);
    const asked = readAskedCustomers(context.req.query());
    const owner = viewer.owner.ownerId;
    const found = await listedCustomers(db, {
      ownerId: owner,
      text: asked.text,
      only: asked.isMine ? [...viewer.customerIds] : null,
      offset: (asked.page - 1) * PAGE,
      limit: PAGE + 1,
    });
    const customers = found.slice(0, PAGE);
    const ids = customers.map(({ id }) => id);
    return boardPage(context, viewer, {
      title: CUSTOMER_TEXTS[viewer.language].title,
      section: "customers",
      body: customersBody({
        viewer,
        asked,
        customers,
        hasMore: found.length > PAGE,
        openCases: await openCasesOf(db, owner, ids),
        waiting: await waitingPatchesOf(db, owner, ids),
        grace: await graceOf(db, viewer),
        now: wiring.now(),
      }),
    });
  });

  routes.get("/customers/:id", async (context) => {
    const { viewer } = context.var;
    const owner = viewer.owner.ownerId;
    const customer = viewer.isLimited ? null : await customerById(db, owner, context.req.param("id"));
    if (customer === null) return notFound(context);
    const now = wiring.now();
    const waiting = await waitingFor(db, viewer, customer.id);
    const settled = await settledPatchesOf(db, owner, customer.id, FEW_SETTLED);
    const shown = waiting.slice(0, FEW);
    const rows = await readRows(db, { viewer, ids: [...shown, ...settled.filter((id) => !shown.includes(id))], now });
    const fresh = await patchesDecidedSince(db, owner, now - FRESH_MILLIS);
    return boardPage(context, viewer, {
      title: customer.name,
      section: "customers",
      refreshSeconds: rows.some(({ id }) => fresh.has(id)) ? REFRESH_SECONDS : null,
      body: customerBody({
        viewer,
        now,
        customer,
        contracts: contractsOn(customer, now, await graceOf(db, viewer)),
        waiting: rows.filter(({ id }) => shown.includes(id)),
        hasMoreWaiting: waiting.length > FEW,
        settled: rows.filter(({ id }) => !shown.includes(id)),
        cases: await listedCases(db, {
          ownerId: owner,
          filters: { text: null, state: "open", severity: null, customer: customer.id },
          offset: 0,
          limit: FEW,
        }),
        fresh,
        feeds: await liveFeedsOf(db, owner, customer.id),
      }),
    });
  });
  return routes;
}

/** What waits for a customer: gravest first, and of those what waits for us before what waits for others. */
async function waitingFor(db: Db, viewer: Viewer, customerId: string): Promise<readonly string[]> {
  const scope = {
    ownerId: viewer.owner.ownerId,
    repositoryIds: null,
    repositoryId: null,
    customerId,
    gravity: null,
    text: null,
    mine: null,
  };
  const found: { readonly id: string; readonly gravity: number }[] = [];
  for (const turn of TURNS) found.push(...(await patchesWaiting(db, scope, { turn, after: null, limit: FEW + 1 })));
  return found.toSorted((a, b) => a.gravity - b.gravity).map(({ id }) => id);
}

/** By the owner's own policy: a customer belongs to no repository. */
async function graceOf(db: Db, viewer: Viewer) {
  const { policy } = await ownersPolicy(db, ownerId(viewer.owner.ownerId));
  return policy.contracts.grace;
}
