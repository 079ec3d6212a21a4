// A browser that is signed in to the board: without the way through GitHub, which stories about signing in go through themselves.
import { randomBytes } from "node:crypto";
import { hashesOf, sessionSecrets } from "../../../src/board/secrets.ts";
import { keepSession } from "../../../src/board/session-store.ts";
import { personKeyOf, type SignedIn } from "../../../src/board/signed-in.ts";
import type { Story } from "../start-app.ts";

export type Browser = {
  /** The cookie, for a real browser. */
  readonly cookie: { readonly name: string; readonly value: string };
  /** Opens a page; redirects are not followed. */
  readonly open: (path: string, headers?: Readonly<Record<string, string>>) => Promise<Seen>;
  /** Sends a form with the token that the session's forms carry. */
  readonly send: (path: string, fields?: Readonly<Record<string, string>>) => Promise<Seen>;
};

export type Seen = { readonly status: number; readonly body: string; readonly location: string | null };

/**
 * `who`: a login on the story's GitHub, or an address for somebody who came by a mailed link. Supporters and deciders get in only where the
 * owner's own policy names them: start the story with `github: withOwnerPolicy(ACME_POLICY)`.
 */
export async function signedIn(
  app: Story,
  who: { readonly login: string } | { readonly email: string },
): Promise<Browser> {
  const person: SignedIn =
    "login" in who
      ? { kind: "github", id: app.github.idOf(who.login), login: who.login, name: who.login }
      : { kind: "mail", email: who.email, name: who.email };
  const secrets = await sessionSecrets(app.database, []);
  const token = randomBytes(32).toString("base64url");
  await keepSession(app.database.db, {
    tokenHash: hashesOf(() => secrets, token)[0],
    personKey: personKeyOf(person),
    person,
    browser: "a story",
    createdAt: Date.now(),
  });
  return browserWith(app.url, token);
}

/** A browser that holds this session's token. */
export function browserWith(url: string, token: string): Browser {
  const cookie = { name: "patch-advocate", value: token };
  const ask = async (path: string, init: RequestInit): Promise<Seen> => {
    const answer = await fetch(`${url}${path}`, { redirect: "manual", ...init });
    return { status: answer.status, body: await answer.text(), location: answer.headers.get("location") };
  };
  // Under the name, too, that it has where people come over https.
  const headers = { cookie: `${cookie.name}=${token}; __Host-${cookie.name}=${token}` };
  let csrf: string | null = null;
  return {
    cookie,
    open: (path, more = {}) => ask(path, { headers: { ...headers, ...more } }),
    send: async (path, fields = {}) => {
      csrf ??= await tokenOf(await ask(`/o/${path.split("/")[2] ?? ""}`, { headers }));
      return ask(path, {
        method: "POST",
        headers: { ...headers, origin: url, "content-type": "application/x-www-form-urlencoded" },
        body: new URLSearchParams({ csrf: csrf ?? "", ...fields }).toString(),
      });
    },
  };
}

async function tokenOf(seen: Seen): Promise<string | null> {
  return /name="csrf" value="([^"]+)"/.exec(seen.body)?.[1] ?? null;
}
