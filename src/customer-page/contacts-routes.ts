// A customer's contacts on the board: making a link, having it mailed, taking it back. Each is an act of somebody, written to the log.
import { type Context, Hono } from "hono";
import { keepBoardAct } from "../board/acts-store.ts";
import { notFound } from "../board/enter.ts";
import type { BoardEnv, BoardParts } from "../board/parts.ts";
import { boardPage } from "../board/shell.ts";
import { shownPerson } from "../board/signed-in.ts";
import { maySpeakFor } from "../board/viewer.ts";
import type { Customer } from "../customers/customer.ts";
import { customerById } from "../customers/store.ts";
import { isFeedToken, newFeedToken, prefixOf } from "../feeds/feed.ts";
import type { NewNotice } from "../notify/notice.ts";
import { enqueueNotices } from "../notify/store.ts";
import { CONTACTS_TEXTS, type ContactsDone } from "./contacts-messages.ts";
import { contactsBody, contactsPath, languageOfContact, lastDay, madeBody } from "./contacts-page.ts";
import { LINK_LIFE_MILLIS, pagePath } from "./link.ts";
import { linkMessage } from "./mail-messages.ts";
import {
  type ContactLink,
  isMailed,
  isSameContact,
  linkByToken,
  liveLinksOf,
  mailKeyOf,
  makeLink,
  openingsOf,
  revokeLink,
} from "./store.ts";

const MOST_LINKS = 500;

/** To be mounted under `/o/:owner`. */
export function contactsRoutes(parts: BoardParts): Hono<BoardEnv> {
  const { database, now, addresses, channels } = parts.wiring;
  const routes = new Hono<BoardEnv>();

  /** The customer of the address; null where there is none, or the viewer may know nothing of customers. */
  const customerOf = async (context: Context<BoardEnv>): Promise<Customer | null> => {
    const { viewer } = context.var;
    if (viewer.isLimited) return null;
    return customerById(database.db, viewer.owner.ownerId, context.req.param("id") ?? "");
  };

  const showContacts = async (
    context: Context<BoardEnv>,
    customer: Customer,
    said: { readonly done: ContactsDone | null; readonly problem: string | null; readonly status: 200 | 403 | 422 },
  ): Promise<Response> => {
    const { viewer } = context.var;
    const { ownerId } = viewer.owner;
    const links = await liveLinksOf(database.db, { ownerId, customerId: customer.id, now: now(), limit: MOST_LINKS });
    const openings = await openingsOf(
      database.db,
      links.map(({ id }) => id),
    );
    const mayAct = maySpeakFor(viewer, customer.id);
    return boardPage(context, viewer, {
      title: CONTACTS_TEXTS[viewer.language].title(customer.name),
      section: "customers",
      status: said.status,
      body: contactsBody({ viewer, customer, links, openings, mayAct, ...said }),
    });
  };

  const refuse = (context: Context<BoardEnv>, customer: Customer) =>
    showContacts(context, customer, { done: null, problem: null, status: 403 });

  const back = (context: Context<BoardEnv>, customer: Customer, done: ContactsDone) =>
    context.redirect(`${contactsPath(context.var.viewer, customer.id)}?done=${done}`, 303);

  routes.get("/customers/:id/contacts", async (context) => {
    const customer = await customerOf(context);
    if (customer === null) return notFound(context);
    return showContacts(context, customer, { done: doneIn(context.req.query("done")), problem: null, status: 200 });
  });

  routes.post("/customers/:id/contacts", async (context) => {
    const { viewer, form } = context.var;
    const customer = await customerOf(context);
    if (customer === null) return notFound(context);
    if (!maySpeakFor(viewer, customer.id)) return refuse(context, customer);
    const contact = customer.contacts.find((each) => isSameContact(each, { email: form.text("email") }));
    const problem = CONTACTS_TEXTS[viewer.language].noSuchContact;
    if (contact === undefined) return showContacts(context, customer, { done: null, problem, status: 422 });
    const at = now();
    const token = newFeedToken();
    const expiresAt = at + LINK_LIFE_MILLIS;
    const isMade = await database.transaction(async (tx) => {
      const made = await makeLink(tx, {
        token,
        ownerId: viewer.owner.ownerId,
        customerId: customer.id,
        contact: { name: contact.name, email: contact.email, language: contact.language },
        madeBy: shownPerson(viewer.person),
        createdAt: at,
        expiresAt,
      });
      if (made === null) return false;
      const words = `made a link (${prefixOf(token)}…) to the customer's page for ${contact.name}`;
      await keepBoardAct(tx, viewer, { kind: "contact-link-made", subject: `customer:${customer.id}`, words, at });
      return true;
    });
    if (!isMade) return notFound(context);
    // Not by way of another page: only here the address is known.
    const { publicUrl } = addresses;
    const url = `${publicUrl ?? new URL(context.req.url).origin}${pagePath(token)}`;
    const canSend = publicUrl !== null && channels.hasMail;
    return boardPage(context, viewer, {
      title: CONTACTS_TEXTS[viewer.language].madeTitle(contact.name),
      section: "customers",
      body: madeBody({ viewer, customer, contact, url, token, expiresAt, canSend }),
    });
  });

  routes.post("/customers/:id/contacts/send", async (context) => {
    const { viewer, form } = context.var;
    const customer = await customerOf(context);
    if (customer === null) return notFound(context);
    if (!maySpeakFor(viewer, customer.id)) return refuse(context, customer);
    const { publicUrl } = addresses;
    const at = now();
    const token = form.text("token");
    const link = isFeedToken(token) ? await linkByToken(database.db, token) : null;
    const isTheirs = link?.ownerId === viewer.owner.ownerId && link.customerId === customer.id;
    if (link === null || !isTheirs || publicUrl === null || !channels.hasMail) return notFound(context);
    const isContact = customer.contacts.some((each) => isSameContact(each, link.contact));
    if (link.revokedAt !== null || link.expiresAt <= at || !isContact) return back(context, customer, "over");
    const notice = noticeOf(link, { customer, url: `${publicUrl}${pagePath(token)}`, now: at });
    await database.transaction(async (tx) => {
      // Pressed twice, it goes out once.
      if (await isMailed(tx, link.id)) return;
      await enqueueNotices(tx, [notice], at);
      const words = `had the link (${link.prefix}…) to the customer's page mailed to ${link.contact.name}`;
      await keepBoardAct(tx, viewer, { kind: "contact-link-sent", subject: `customer:${customer.id}`, words, at });
    });
    database.hint("notices");
    return back(context, customer, "sent");
  });

  routes.post("/customers/:id/contacts/:link/revoke", async (context) => {
    const { viewer } = context.var;
    const customer = await customerOf(context);
    const id = context.req.param("link");
    if (customer === null || !/^[1-9]\d{0,14}$/.test(id)) return notFound(context);
    if (!maySpeakFor(viewer, customer.id)) return refuse(context, customer);
    const at = now();
    const isRevoked = await database.transaction(async (tx) => {
      const which = { id: Number(id), ownerId: viewer.owner.ownerId, customerId: customer.id, at };
      const link = await revokeLink(tx, which);
      if (link === null) return false;
      const words = `took back the link (${link.prefix}…) to the customer's page of ${link.contact.name}`;
      await keepBoardAct(tx, viewer, { kind: "contact-link-revoked", subject: `customer:${customer.id}`, words, at });
      return true;
    });
    return back(context, customer, isRevoked ? "revoked" : "over");
  });
  return routes;
}

const doneIn = (asked: string | undefined): ContactsDone | null =>
  asked === "sent" || asked === "revoked" || asked === "over" ? asked : null;

function noticeOf(
  link: ContactLink,
  { customer, url, now }: { readonly customer: Customer; readonly url: string; readonly now: number },
): NewNotice {
  const { contact } = link;
  const language = languageOfContact(contact, customer);
  return {
    channel: "person",
    key: mailKeyOf(link.id),
    kind: "contact-link",
    ownerId: link.ownerId,
    patchId: null,
    thread: null,
    isUrgent: false,
    because: "somebody had the link to a customer's page mailed to its contact",
    runAfter: now,
    to: {
      key: `mail:${contact.email.toLowerCase()}`,
      name: contact.name,
      login: null,
      email: contact.email,
      slack: null,
      language,
      timezone: customer.timezone,
      hours: null,
    },
    message: linkMessage({ name: contact.name, language, url, until: lastDay(link.expiresAt, customer) }),
  };
}
