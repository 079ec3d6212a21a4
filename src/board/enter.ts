// Who may be on an owner's board: between the session and every page under /o/:owner. Apart, because no page may be reached without it.
import type { Context, MiddlewareHandler } from "hono";
import { isLimitedTo } from "./access.ts";
import { type BoardOwner, boardOwnerByLogin, type KnownAccess } from "./access-store.ts";
import { ACCESS_MILLIS } from "./ask-access.ts";
import type { CurrentAccess } from "./current-access.ts";
import { BOARD_TEXTS } from "./messages.ts";
import type { BoardEnv, BoardParts } from "./parts.ts";
import { languageFor, readChosen, readingOf } from "./reading.ts";
import { csrfOf } from "./secrets.ts";
import { type OpenSession, openSession } from "./session.ts";
import type { Viewer } from "./viewer.ts";
import { wordPage } from "./word-page.ts";

/** Lets in who may see the owner's board, and says to everybody else only that there is no such page. */
export function enterBoard(parts: BoardParts, currentAccess: CurrentAccess): MiddlewareHandler<BoardEnv> {
  return async (context, next) => {
    const open = await openSession(context, parts);
    if (open === null) return context.redirect(signInPath(context), 303);
    const owner = await boardOwnerByLogin(parts.wiring.database.db, context.req.param("owner") ?? "");
    if (owner === null) return notFound(context);
    const known = await currentAccess(owner, open.session);
    if (known === null) return away(context);
    if (known.access.roles.length === 0) return notFound(context);
    context.set("session", open);
    context.set("viewer", viewerOf(context, parts, { open, owner, known }));
    return next();
  };
}

const signInPath = (context: Context): string => {
  const { pathname, search } = new URL(context.req.url);
  return `/sign-in?${new URLSearchParams({ return: `${pathname}${search}` })}`;
};

type Entering = { readonly open: OpenSession; readonly owner: BoardOwner; readonly known: KnownAccess };

function viewerOf(context: Context, parts: BoardParts, { open, owner, known }: Entering): Viewer {
  const { session, token } = open;
  const { access, readAt } = known;
  return {
    person: session.person,
    personKey: session.personKey,
    owner,
    roles: new Set(access.roles),
    customerIds: new Set(access.customerIds),
    isLimited: isLimitedTo(access),
    repositoryIds: access.repositoryIds,
    language: languageFor(context, access.reads.language),
    timezone: access.reads.timezone,
    theme: readChosen(context).theme,
    csrf: csrfOf(parts.secrets, token),
    checkedAt: readAt,
    isStale: parts.wiring.now() - readAt >= ACCESS_MILLIS,
  };
}

/** What somebody who may not see anything here is told: the same as where there is nothing. */
export function notFound(context: Context): Promise<Response> {
  const text = textOf(context);
  const on = { path: "/", words: text.toFirstPage };
  return wordPage(context, { title: text.notFoundTitle, text: text.notFound, status: 404, on });
}

/** Who they are has to be asked of GitHub first, and it does not answer. */
export function away(context: Context): Promise<Response> {
  const text = textOf(context);
  return wordPage(context, { title: text.awayTitle, text: text.away, status: 503 });
}

const textOf = (context: Context) => BOARD_TEXTS[readingOf(context).language];
