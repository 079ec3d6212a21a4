// The App's own token, signed with its key. Apart, because the start's check and every request for an installation's token make it alike.
import { createSign } from "node:crypto";
import type { Config } from "../config.ts";

/** Ten minutes are the most that GitHub allows. */
const VALID_SECONDS = 480;

export type AppToken = { readonly text: string; readonly expiresAt: number };

/** https://docs.github.com/apps/creating-github-apps/authenticating-with-a-github-app/generating-a-json-web-token-jwt-for-a-github-app */
export function appToken({ id, privateKey }: Config["app"], now: number): AppToken {
  const seconds = Math.floor(now / 1000);
  const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString("base64url");
  // A minute back, since clocks differ.
  const claims = { iat: seconds - 60, exp: seconds + VALID_SECONDS, iss: String(id) };
  const text = `${part({ alg: "RS256", typ: "JWT" })}.${part(claims)}`;
  const signature = createSign("RSA-SHA256").update(text).sign(privateKey, "base64url");
  return { text: `${text}.${signature}`, expiresAt: claims.exp * 1000 };
}

type Signing = { readonly appId: number; readonly privateKey: () => string; readonly now?: () => number };

/** Octokit's `auth` options, signing by what `privateKey` answers then instead of the key that there was when they were made. */
export function signedAnew(auth: unknown, app: Signing): unknown {
  if (typeof auth !== "object" || auth === null || !("privateKey" in auth)) return auth;
  const { privateKey: _, ...rest } = auth;
  return {
    ...rest,
    createJwt: async (_id: unknown, secondsApart = 0) => {
      const { now = Date.now } = app;
      const key = { id: app.appId, privateKey: app.privateKey() };
      const { text, expiresAt } = appToken(key, now() + secondsApart * 1000);
      return { jwt: text, expiresAt: new Date(expiresAt).toISOString() };
    },
  };
}
