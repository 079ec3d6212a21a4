// The questions about the links to customers' pages: whose they are, which there are, and when they were opened.
import { z } from "zod";
import type { Db, Tx } from "../db/database.ts";
import { prefixOf } from "../feeds/feed.ts";
import { withdrawNoticesByKey } from "../notify/store.ts";
import { hashOfLinkToken } from "./link.ts";

const contactSchema = z.object({
  name: z.string(),
  email: z.string(),
  language: z.enum(["en", "ja"]).nullable(),
});

/** Somebody of the customer's, as they stood in the file when the link was made. */
export type LinkContact = z.infer<typeof contactSchema>;

export type ContactLink = {
  readonly id: number;
  readonly tokenHash: string;
  readonly prefix: string;
  readonly ownerId: number;
  readonly customerId: string;
  readonly contact: LinkContact;
  readonly madeBy: string;
  readonly createdAt: number;
  readonly expiresAt: number;
  readonly revokedAt: number | null;
};

export type Openings = { readonly count: number; readonly lastAt: number };

const selected = (db: Db) =>
  db
    .selectFrom("contact_links")
    .select([
      "id",
      "token_hash as tokenHash",
      "prefix",
      "owner_id as ownerId",
      "customer_id as customerId",
      "contact",
      "made_by as madeBy",
      "created_at as createdAt",
      "expires_at as expiresAt",
      "revoked_at as revokedAt",
    ]);

const toLink = <Row extends { readonly contact: string }>(
  row: Row,
): Omit<Row, "contact"> & { contact: LinkContact } => ({
  ...row,
  contact: contactSchema.parse(JSON.parse(row.contact)),
});

/** The link behind a token, over or not, or null. */
export async function linkByToken(db: Db, token: string): Promise<ContactLink | null> {
  const row = await selected(db).where("token_hash", "=", hashOfLinkToken(token)).executeTakeFirst();
  return row === undefined ? null : toLink(row);
}

/** The links by which a customer's page can be opened now, the newest first. */
export async function liveLinksOf(
  db: Db,
  of: { readonly ownerId: number; readonly customerId: string; readonly now: number; readonly limit: number },
): Promise<readonly ContactLink[]> {
  const rows = await selected(db)
    .where("owner_id", "=", of.ownerId)
    .where("customer_id", "=", of.customerId)
    .where("revoked_at", "is", null)
    .where("expires_at", ">", of.now)
    .orderBy("id", "desc")
    .limit(of.limit)
    .execute();
  return rows.map(toLink);
}

/** How often links were opened, and when last; those that nobody opened are left out. */
export async function openingsOf(db: Db, links: readonly number[]): Promise<ReadonlyMap<number, Openings>> {
  if (links.length === 0) return new Map();
  const rows = await db
    .selectFrom("contact_link_openings")
    .select(({ fn }) => ["link_id", fn.countAll<number>().as("count"), fn.max("at").as("last_at")])
    .where("link_id", "in", links)
    .groupBy("link_id")
    .execute();
  return new Map(rows.map((row) => [row.link_id, { count: Number(row.count), lastAt: Number(row.last_at) }]));
}

export type NewContactLink = Pick<
  ContactLink,
  "ownerId" | "customerId" | "contact" | "madeBy" | "createdAt" | "expiresAt"
> & {
  readonly token: string;
};

/** Makes a contact's link; the one that they had before ends at that moment. Null where there is no such customer any more. */
export async function makeLink(tx: Tx, made: NewContactLink): Promise<{ readonly id: number } | null> {
  // Held until the end of the transaction: of two that make a link for the same contact, the second sees the first's.
  const held = await tx
    .updateTable("customers")
    .set((eb) => ({ name: eb.ref("name") }))
    .where("owner_id", "=", made.ownerId)
    .where("id", "=", made.customerId)
    .executeTakeFirst();
  if (held.numUpdatedRows === 0n) return null;
  await revokeLinksOf(tx, made, made.createdAt);
  return tx
    .insertInto("contact_links")
    .values({
      token_hash: hashOfLinkToken(made.token),
      prefix: prefixOf(made.token),
      owner_id: made.ownerId,
      customer_id: made.customerId,
      contact: JSON.stringify(made.contact),
      made_by: made.madeBy,
      created_at: made.createdAt,
      expires_at: made.expiresAt,
    })
    .returning("id")
    .executeTakeFirstOrThrow();
}

async function revokeLinksOf(
  tx: Tx,
  { ownerId, customerId, contact }: Pick<ContactLink, "ownerId" | "customerId" | "contact">,
  at: number,
): Promise<void> {
  const rows = await tx
    .selectFrom("contact_links")
    .select(["id", "contact"])
    .where("owner_id", "=", ownerId)
    .where("customer_id", "=", customerId)
    .where("revoked_at", "is", null)
    .execute();
  const ids = rows.map(toLink).flatMap((row) => (isSameContact(row.contact, contact) ? [row.id] : []));
  if (ids.length === 0) return;
  await tx.updateTable("contact_links").set({ revoked_at: at }).where("id", "in", ids).execute();
  await withdrawMails(tx, ids, at);
}

export const mailKeyOf = (linkId: number): string => `contact-link:${linkId}`;

/** Whether somebody had the link mailed before. */
export async function isMailed(db: Db, linkId: number): Promise<boolean> {
  const row = await db.selectFrom("notices").select("id").where("key", "=", mailKeyOf(linkId)).executeTakeFirst();
  return row !== undefined;
}

/** A mail that waits for its reader's hours does not go out with an address that opens nothing. */
const withdrawMails = (tx: Tx, links: readonly number[], at: number): Promise<void> =>
  withdrawNoticesByKey(tx, {
    keys: links.map(mailKeyOf),
    because: "the link was replaced or taken back",
    now: at,
  });

/** An address is one person, however it is written. */
export const isSameContact = (a: { readonly email: string }, b: { readonly email: string }): boolean =>
  a.email.toLowerCase() === b.email.toLowerCase();

/** From now on nothing is behind it. Whose it was, or null where it is not the customer's or was taken back before. */
export async function revokeLink(
  tx: Tx,
  which: { readonly id: number; readonly ownerId: number; readonly customerId: string; readonly at: number },
): Promise<ContactLink | null> {
  const result = await tx
    .updateTable("contact_links")
    .set({ revoked_at: which.at })
    .where("id", "=", which.id)
    .where("owner_id", "=", which.ownerId)
    .where("customer_id", "=", which.customerId)
    .where("revoked_at", "is", null)
    .executeTakeFirst();
  if (result.numUpdatedRows === 0n) return null;
  await withdrawMails(tx, [which.id], which.at);
  return toLink(await selected(tx).where("id", "=", which.id).executeTakeFirstOrThrow());
}

export async function noteOpening(
  tx: Tx,
  opening: { readonly linkId: number; readonly at: number; readonly what: "page" | "feed" },
): Promise<void> {
  await tx
    .insertInto("contact_link_openings")
    .values({ link_id: opening.linkId, at: opening.at, what: opening.what })
    .execute();
}

/** Forgets links that were over before a moment, with their openings. */
export async function forgetLinksOverBefore(tx: Tx, before: number): Promise<void> {
  const over = tx.selectFrom("contact_links").select("id").where("expires_at", "<", before);
  await tx.deleteFrom("contact_link_openings").where("link_id", "in", over).execute();
  await tx.deleteFrom("contact_links").where("expires_at", "<", before).execute();
}
