// Editing one customer, or adding one: held against the rules of the customers file, and written as an import writes.
import { createHash } from "node:crypto";
import { type Context, Hono } from "hono";
import { fieldChanges } from "../../customers/changes.ts";
import { type Customer, toPlainCustomer } from "../../customers/customer.ts";
import { customerById, customersOfOwner } from "../../customers/store.ts";
import { holdCustomers, writeChanges } from "../../customers/store-import.ts";
import type { Tx } from "../../db/database.ts";
import { keepBoardAct } from "../acts-store.ts";
import { notFound } from "../enter.ts";
import type { BoardEnv, BoardParts } from "../parts.ts";
import { boardPage } from "../shell.ts";
import { shownPerson } from "../signed-in.ts";
import {
  type FormProblem,
  fieldsOf,
  fieldsOfCustomer,
  fitsForm,
  readCustomer,
  typedCustomer,
} from "./customer-form.ts";
import { EDIT_TEXTS } from "./edit-messages.ts";
import { type Edited, editBody, editPath, tooMuchBody } from "./edit-page.ts";
import { forSetUp } from "./guard.ts";

type Saved =
  | { readonly kind: "saved"; readonly customer: Customer }
  | { readonly kind: "problems"; readonly problems: readonly FormProblem[] }
  | { readonly kind: "moved"; readonly was: string };

export function editRoutes(parts: BoardParts): Hono<BoardEnv> {
  const { database, now } = parts.wiring;
  const routes = new Hono<BoardEnv>();

  /** One transaction: what others have is read and the customer written before anybody else can. */
  const save = (context: Context<BoardEnv>, typed: unknown, id: string | null): Promise<Saved> => {
    const { viewer, form } = context.var;
    const { ownerId } = viewer.owner;
    const at = now();
    return database.transaction(async (tx: Tx) => {
      await holdCustomers(tx, { ownerId, now: at });
      const customers = await customersOfOwner(tx, ownerId);
      const stored = customers.find((each) => each.id === id) ?? null;
      const was = sealOf(stored);
      if (form.text("was") !== was) return { kind: "moved", was };
      const read = readCustomer(typed, customers);
      if (read.kind === "problems") return read;
      const { customer } = read;
      if (stored === null && customers.some((each) => each.id === customer.id))
        return {
          kind: "problems",
          problems: [{ kind: "claimed", field: "id", of: "id", value: customer.id, by: customer.id }],
        };
      if (fieldChanges(plainOf(stored), plainOf(customer)).length === 0) return { kind: "saved", customer };
      const who = { by: shownPerson(viewer.person), how: "page" } as const;
      await writeChanges(tx, [{ before: stored, after: customer }], { ownerId, now: at, who });
      const [kind, words] =
        stored === null ? ["customer-added", "added the customer"] : ["customer-edited", "edited the customer"];
      await keepBoardAct(tx, viewer, { kind, subject: `customer:${customer.id}`, words, at });
      return { kind: "saved", customer };
    });
  };

  const show = (context: Context<BoardEnv>, edited: Omit<Edited, "viewer">) => {
    const { viewer } = context.var;
    const text = EDIT_TEXTS[viewer.language];
    return boardPage(context, viewer, {
      title: edited.customer === null ? text.addTitle : text.title(edited.customer.name),
      section: "settings",
      status: edited.problems.length > 0 ? 422 : edited.hasMoved ? 409 : 200,
      body: editBody({ viewer, ...edited }),
    });
  };

  const receive = async (context: Context<BoardEnv>, customer: Customer | null) => {
    const { viewer, form } = context.var;
    const typed = { ...typedCustomer(form), ...(customer === null ? {} : { id: customer.id }) };
    const saved = await save(context, typed, customer?.id ?? null);
    if (saved.kind === "saved") return context.redirect(`${editPath(viewer, saved.customer.id)}?done=saved`, 303);
    const hasMoved = saved.kind === "moved";
    return show(context, {
      customer,
      fields: fieldsOf(typed),
      was: hasMoved ? saved.was : sealOf(customer),
      problems: hasMoved ? [] : saved.problems,
      hasMoved,
      isSaved: false,
    });
  };

  const BLANK = { problems: [], hasMoved: false, isSaved: false } as const;

  routes.get(
    "/settings/customers/add",
    forSetUp((context) => show(context, { ...BLANK, customer: null, fields: new Map(), was: sealOf(null) })),
  );
  routes.post(
    "/settings/customers/add",
    forSetUp((context) => receive(context, null)),
  );
  routes.get(
    "/customers/:id/edit",
    forSetUp(async (context) => {
      const { viewer } = context.var;
      const customer = await customerById(database.db, viewer.owner.ownerId, context.req.param("id") ?? "");
      if (customer === null) return notFound(context);
      if (!fitsForm(customer))
        return boardPage(context, viewer, {
          title: EDIT_TEXTS[viewer.language].title(customer.name),
          section: "settings",
          body: tooMuchBody(viewer, customer),
        });
      return show(context, {
        ...BLANK,
        customer,
        fields: fieldsOfCustomer(customer),
        was: sealOf(customer),
        isSaved: context.req.query("done") === "saved",
      });
    }),
  );
  routes.post(
    "/customers/:id/edit",
    forSetUp(async (context) => {
      const { viewer } = context.var;
      const customer = await customerById(database.db, viewer.owner.ownerId, context.req.param("id") ?? "");
      return customer === null || !fitsForm(customer) ? notFound(context) : receive(context, customer);
    }),
  );
  return routes;
}

const plainOf = (customer: Customer | null): unknown => (customer === null ? null : toPlainCustomer(customer));

const sealOf = (customer: Customer | null): string =>
  customer === null
    ? "new"
    : createHash("sha256")
        .update(JSON.stringify(toPlainCustomer(customer)))
        .digest("base64url");
