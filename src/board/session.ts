// The session's cookie: made at sign-in, read at each request, ended at sign-out. Apart, because pages, acts and signing in share it.
import type { Context } from "hono";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import type { BoardParts } from "./parts.ts";
import { hashesOf, newToken } from "./secrets.ts";
import {
  keepSession,
  LONGEST_MILLIS,
  noteSeen,
  revokeSessions,
  type Session,
  sessionByHashes,
} from "./session-store.ts";
import { personKeyOf, type SignedIn } from "./signed-in.ts";

const NAME = "patch-advocate";
/** When it was used is written down this often, not with each request. */
const SEEN_MILLIS = 60_000;
const LONGEST_BROWSER = 200;

type Sessions = Pick<BoardParts, "wiring" | "config" | "secrets">;

/** Over https the cookie is bound to the host and never sent in the clear. */
export const isSecure = ({ config }: Pick<BoardParts, "config">): boolean =>
  config.web.publicUrl?.startsWith("https://") ?? false;

const cookieName = (parts: Pick<BoardParts, "config">): string => (isSecure(parts) ? `__Host-${NAME}` : NAME);

/** Signs somebody in under a new token; a session that the browser had before ends, so that none outlives a sign-in. */
export async function beginSession(context: Context, parts: Sessions, person: SignedIn): Promise<void> {
  const { wiring, secrets } = parts;
  const { db } = wiring.database;
  const now = wiring.now();
  await endSession(context, parts);
  const token = newToken();
  const [tokenHash] = hashesOf(secrets, token);
  await keepSession(db, {
    tokenHash,
    personKey: personKeyOf(person),
    person,
    browser: (context.req.header("user-agent") ?? "").slice(0, LONGEST_BROWSER),
    createdAt: now,
  });
  setCookie(context, cookieName(parts), token, {
    path: "/",
    httpOnly: true,
    sameSite: "Lax",
    secure: isSecure(parts),
    maxAge: LONGEST_MILLIS / 1000,
  });
}

export type OpenSession = { readonly session: Session; readonly token: string };

/** Who is signed in with this browser; null for nobody. */
export async function openSession(context: Context, parts: Sessions): Promise<OpenSession | null> {
  const { wiring, secrets } = parts;
  const token = getCookie(context, cookieName(parts));
  if (token === undefined || !/^[A-Za-z0-9_-]{43}$/.test(token)) return null;
  const { db } = wiring.database;
  const now = wiring.now();
  const session = await sessionByHashes(db, hashesOf(secrets, token), now);
  if (session === null) return null;
  if (now - session.seenAt >= SEEN_MILLIS) await noteSeen(db, session.tokenHash, now);
  return { session, token };
}

export async function endSession(context: Context, parts: Sessions): Promise<void> {
  const open = await openSession(context, parts);
  const { database, now } = parts.wiring;
  if (open !== null) await revokeSessions(database.db, open.session, now());
  deleteCookie(context, cookieName(parts), { path: "/", secure: isSecure(parts) });
}
