// Who may be on an owner's board: between the session and every page under /o/:owner. Apart, because no page may be reached without it.
import type { Context, MiddlewareHandler } from "hono";
import { html } from "hono/html";
import { personByGithub } from "../customers/store.ts";
import { ownerId, repositoryId } from "../github/refs.ts";
import { effectivePolicy } from "../policy/effective.ts";
import { isLimitedTo } from "./access.ts";
import { type BoardOwner, boardOwnerByLogin, type KnownAccess } from "./access-store.ts";
import { ACCESS_MILLIS } from "./ask-access.ts";
import type { CurrentAccess } from "./current-access.ts";
import { BOARD_TEXTS } from "./messages.ts";
import type { BoardEnv, BoardParts } from "./parts.ts";
import { registeredByEmail } from "./people-store.ts";
import { languageFor, readChosen } from "./reading.ts";
import { csrfOf } from "./secrets.ts";
import { type OpenSession, openSession } from "./session.ts";
import { plainBoardPage } from "./shell.ts";
import type { SignedIn } from "./signed-in.ts";
import type { Viewer } from "./viewer.ts";

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
    context.set("viewer", await viewerOf(context, parts, { open, owner, known }));
    return next();
  };
}

const signInPath = (context: Context): string => {
  const { pathname, search } = new URL(context.req.url);
  return `/sign-in?${new URLSearchParams({ return: `${pathname}${search}` })}`;
};

type Entering = { readonly open: OpenSession; readonly owner: BoardOwner; readonly known: KnownAccess };

async function viewerOf(context: Context, parts: BoardParts, { open, owner, known }: Entering): Promise<Viewer> {
  const { session, token } = open;
  const { access, readAt } = known;
  const about = await aboutPerson(parts, owner, session.person);
  return {
    person: session.person,
    personKey: session.personKey,
    owner,
    roles: new Set(access.roles),
    customerIds: new Set(access.customerIds),
    isLimited: isLimitedTo(access),
    repositoryIds: access.repositoryIds,
    language: languageFor(context, about.language),
    timezone: about.timezone,
    theme: readChosen(context).theme,
    csrf: csrfOf(parts.secrets, token),
    checkedAt: readAt,
    isStale: parts.wiring.now() - readAt >= ACCESS_MILLIS,
  };
}

/** Their language and zone as the files say; the zone else as the owner's policy does. */
async function aboutPerson({ wiring }: BoardParts, owner: BoardOwner, person: SignedIn) {
  const { db } = wiring.database;
  const { policy } = await effectivePolicy(db, {
    ownerId: ownerId(owner.ownerId),
    repositoryId: repositoryId(0),
    visibility: "private",
  });
  const known =
    person.kind === "github"
      ? await personByGithub(db, owner.ownerId, person.login)
      : ((await registeredByEmail(db, person.email)).find((each) => each.ownerId === owner.ownerId) ?? null);
  return { language: known?.language ?? null, timezone: known?.timezone ?? policy.calendar.timezone };
}

/** What somebody who may not see anything here is told: the same as where there is nothing. */
export function notFound(context: Context): Promise<Response> {
  const language = languageFor(context, null);
  const text = BOARD_TEXTS[language];
  return plainBoardPage(context, readingOf(context), {
    title: text.notFoundTitle,
    section: null,
    status: 404,
    body: html`<h1>${text.notFoundTitle}</h1><p>${text.notFound}</p><p><a href="/">${text.toFirstPage}</a></p>`,
  });
}

/** Who they are has to be asked of GitHub first, and it does not answer. */
export function away(context: Context): Promise<Response> {
  const text = BOARD_TEXTS[languageFor(context, null)];
  return plainBoardPage(context, readingOf(context), {
    title: text.awayTitle,
    section: null,
    status: 503,
    body: html`<h1>${text.awayTitle}</h1><p>${text.away}</p>`,
  });
}

export const readingOf = (context: Context) => ({
  language: languageFor(context, null),
  timezone: "UTC",
  theme: readChosen(context).theme,
});
