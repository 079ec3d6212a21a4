// One page of a list: how many, and from where on. A cursor is what we gave with the page before; it says only where to go on.
import type { Context } from "hono";
import type { z } from "zod";

const USUAL = 50;
const MOST = 200;

export type PageAsked<At> =
  | { readonly kind: "page"; readonly limit: number; readonly after: At | null }
  | { readonly kind: "wrong"; readonly detail: string };

export function readPage<At>(context: Context, at: z.ZodType<At>): PageAsked<At> {
  const limit = context.req.query("limit") ?? String(USUAL);
  if (!/^[1-9]\d{0,2}$/.test(limit) || Number(limit) > MOST)
    return { kind: "wrong", detail: `limit must be a number from 1 to ${MOST}.` };
  const cursor = context.req.query("cursor");
  if (cursor === undefined) return { kind: "page", limit: Number(limit), after: null };
  const read = at.safeParse(decode(cursor));
  if (!read.success)
    return { kind: "wrong", detail: "cursor must be what `next` of the page before says. Begin without one." };
  return { kind: "page", limit: Number(limit), after: read.data };
}

/** `found` holds one more than the page where there is a next one. */
export function pageOf<Item, At>(found: readonly Item[], limit: number, atOf: (last: Item) => At) {
  const items = found.slice(0, limit);
  const last = items.at(-1);
  const next = found.length > limit && last !== undefined ? encode(atOf(last)) : null;
  return { items, next };
}

const encode = (at: unknown): string => Buffer.from(JSON.stringify(at)).toString("base64url");

function decode(cursor: string): unknown {
  if (cursor.length > 1000) return undefined;
  try {
    return JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
  } catch {
    // What is no JSON is no cursor of ours: the caller says so.
    return undefined;
  }
}
