// What a browser carries from the press on "sign in" to GitHub's answer: a signed cookie, so that nobody can begin for somebody else.
import type { Context } from "hono";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import { z } from "zod";
import { readSigned, type Secrets, signed } from "../secrets.ts";
import type { Began } from "./github.ts";

const COOKIE = "signing-in";
const TEN_MINUTES = 10 * 60;

const kept = z.object({
  state: z.string(),
  verifier: z.string(),
  redirectUri: z.string(),
  returnTo: z.string(),
  at: z.number(),
});

export type BeganHere = Began & { readonly returnTo: string };

type Keeping = { readonly secrets: Secrets; readonly isSecure: boolean; readonly now: number };

export function keepBegan(context: Context, { secrets, isSecure, now }: Keeping, began: BeganHere): void {
  const text = Buffer.from(JSON.stringify({ ...began, at: now })).toString("base64url");
  setCookie(context, COOKIE, signed(secrets, text), {
    path: "/sign-in",
    httpOnly: true,
    // Lax: GitHub sends the browser back to us, and the cookie has to come along.
    sameSite: "Lax",
    secure: isSecure,
    maxAge: TEN_MINUTES,
  });
}

/** Takes it out of the browser, so that one answer of GitHub's is used once; null where this browser did not begin, or too long ago. */
export function takeBegan(context: Context, { secrets, now }: Keeping): BeganHere | null {
  const value = getCookie(context, COOKIE);
  deleteCookie(context, COOKIE, { path: "/sign-in" });
  const text = value === undefined ? null : readSigned(secrets, value);
  if (text === null) return null;
  const parsed = kept.safeParse(JSON.parse(Buffer.from(text, "base64url").toString()));
  if (!parsed.success || now - parsed.data.at > TEN_MINUTES * 1000) return null;
  return parsed.data;
}
