// Whether a form came from a page of ours, by what browsers say of it. Apart, because answers, the board and signing in all ask.

import type { MiddlewareHandler } from "hono";
import { csrf } from "hono/csrf";

/** Refuses (403) forms that other sites send. `publicUrl`: the address that people see, where a proxy stands before us. */
export const sameOrigin = (publicUrl: string | null): MiddlewareHandler =>
  csrf({ origin: (origin, context) => isOurs(origin, { of: context.req, publicUrl }) });

type Asked = {
  readonly of: { readonly url: string; header(name: string): string | undefined };
  readonly publicUrl: string | null;
};

/**
 * A page that tells its address to nobody sends the origin `null`, and browsers say where a request comes from (Sec-Fetch-Site) only over
 * https: there a token in the form has to do, which no other page knows.
 */
function isOurs(origin: string, { of, publicUrl }: Asked): boolean {
  const site = of.header("sec-fetch-site");
  if (site !== undefined && site !== "same-origin") return false;
  if (origin === "null" || origin === new URL(of.url).origin) return true;
  return publicUrl !== null && origin === new URL(publicUrl).origin;
}
