// Making API tokens, seeing which there are, and taking them back.
import { Hono } from "hono";
import { apiPrefixOf, DAY_MILLIS, isTokenName, newApiToken, readDays } from "../../api/token.ts";
import { addApiToken, apiTokensOf, revokeApiToken } from "../../api/token-store.ts";
import { keepBoardAct } from "../acts-store.ts";
import { notFound } from "../enter.ts";
import type { BoardEnv, BoardParts } from "../parts.ts";
import { boardPage } from "../shell.ts";
import { shownPerson } from "../signed-in.ts";
import { forSetUp } from "./guard.ts";
import { TOKENS_TEXTS } from "./tokens-messages.ts";
import { EMPTY_TOKEN, madeTokenBody, type TokenField, tokensBody, tokensPath } from "./tokens-page.ts";

export function tokensRoutes(parts: BoardParts): Hono<BoardEnv> {
  const { database, now, addresses } = parts.wiring;
  const routes = new Hono<BoardEnv>();

  routes.get(
    "/settings/tokens",
    forSetUp(async (context) => {
      const { viewer } = context.var;
      const tokens = await apiTokensOf(database.db, viewer.owner.ownerId);
      const asked = context.req.query("done");
      const done = asked === "revoked" || asked === "gone" ? asked : null;
      return boardPage(context, viewer, {
        title: TOKENS_TEXTS[viewer.language].title,
        section: "settings",
        body: tokensBody({ viewer, tokens, typed: EMPTY_TOKEN, wrong: [], done, now: now() }),
      });
    }),
  );

  routes.post(
    "/settings/tokens",
    forSetUp(async (context) => {
      const { viewer, form } = context.var;
      const text = TOKENS_TEXTS[viewer.language];
      const { ownerId } = viewer.owner;
      const at = now();
      const typed = { name: form.text("name").trim(), scope: form.text("scope"), days: form.text("days").trim() };
      const { name, scope } = typed;
      const days = readDays(typed.days);
      const isScope = scope === "read" || scope === "write";
      const wrong: TokenField[] = [
        ...(isTokenName(name) ? [] : (["wrongName"] as const)),
        ...(isScope ? [] : (["wrongScope"] as const)),
        ...(days !== null ? [] : (["wrongDays"] as const)),
      ];
      if (wrong.length > 0 || !isScope || days === null) {
        const tokens = await apiTokensOf(database.db, ownerId);
        return boardPage(context, viewer, {
          title: text.title,
          section: "settings",
          status: 422,
          body: tokensBody({ viewer, tokens, typed, wrong, done: null, now: at }),
        });
      }
      const token = newApiToken();
      const madeBy = shownPerson(viewer.person);
      await database.transaction(async (tx) => {
        await addApiToken(tx, {
          token,
          ownerId,
          name,
          scope,
          madeBy,
          createdAt: at,
          expiresAt: at + days * DAY_MILLIS,
        });
        const words = `made the API token ${apiPrefixOf(token)}… (${name}), scope ${scope}, for ${days} days`;
        await keepBoardAct(tx, viewer, { kind: "api-token-made", subject: "settings", words, at });
      });
      // Not by way of another page: only here the token is known.
      const url = addresses.publicUrl ?? new URL(context.req.url).origin;
      return boardPage(context, viewer, {
        title: text.madeTitle(name),
        section: "settings",
        body: madeTokenBody(viewer, { name, token, url }),
      });
    }),
  );

  routes.post(
    "/settings/tokens/:id/revoke",
    forSetUp(async (context) => {
      const { viewer } = context.var;
      const id = context.req.param("id") ?? "";
      if (!/^[1-9]\d{0,14}$/.test(id)) return notFound(context);
      const at = now();
      const isRevoked = await database.transaction(async (tx) => {
        const revoked = await revokeApiToken(tx, { id: Number(id), ownerId: viewer.owner.ownerId, at });
        if (revoked === null) return false;
        const words = `took back the API token ${revoked.prefix}… (${revoked.name})`;
        await keepBoardAct(tx, viewer, { kind: "api-token-revoked", subject: "settings", words, at });
        return true;
      });
      return context.redirect(`${tokensPath(viewer)}?done=${isRevoked ? "revoked" : "gone"}`, 303);
    }),
  );
  return routes;
}
