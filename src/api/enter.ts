// Between a program and everything under /api/v1: how often it may ask, and the token that says whose it is and what it may. No cookie
// counts here, so that no page in a browser can ask in somebody's name.
import type { MiddlewareHandler } from "hono";
import type { BoardOwner } from "../board/access-store.ts";
import type { Wiring } from "../patches/wiring.ts";
import { limitRate } from "../web/rate-limit.ts";
import { problem } from "./problem.ts";
import { isApiToken } from "./token.ts";
import { type ApiToken, apiTokenInForce, noteTokenUsed } from "./token-store.ts";

export type ApiEnv = { Variables: { token: ApiToken; owner: BoardOwner } };

const PER_MINUTE = 300;
/** When it was used is written down this often, not with each request. */
const USED_MILLIS = 60_000;

export const limitPrograms = (now: () => number): MiddlewareHandler =>
  limitRate(PER_MINUTE, now, (context, headers) => {
    const detail = `More than ${PER_MINUTE} requests a minute came from there. Wait a minute, then go on more slowly.`;
    return problem(context, 429, detail, { headers });
  });

export function enterApi({ database, now }: Pick<Wiring, "database" | "now">): MiddlewareHandler<ApiEnv> {
  return async (context, next) => {
    const given = /^Bearer +(\S+) *$/i.exec(context.req.header("authorization") ?? "")?.[1];
    if (given === undefined) {
      const detail = "Send a token: Authorization: Bearer pa_… Make one on the board under Settings, API tokens.";
      return problem(context, 401, detail, { headers: { "www-authenticate": 'Bearer realm="patch-advocate"' } });
    }
    const at = now();
    const known = isApiToken(given) ? await apiTokenInForce(database.db, given, at) : null;
    if (known === null) {
      const detail =
        "The token is not known, was taken back, or has ended. Make another on the board under Settings, API tokens.";
      const challenge = 'Bearer realm="patch-advocate", error="invalid_token"';
      return problem(context, 401, detail, { headers: { "www-authenticate": challenge } });
    }
    const { token, owner } = known;
    if (at - (token.lastUsedAt ?? 0) >= USED_MILLIS) await noteTokenUsed(database.db, token.id, at);
    context.set("token", token);
    context.set("owner", owner);
    return next();
  };
}

/** Only for tokens that may import. */
export const mayWrite: MiddlewareHandler<ApiEnv> = async (context, next) => {
  if (context.var.token.scope === "write") return next();
  const detail = "This token may only read. Make one that may import as well, on the board under Settings, API tokens.";
  const challenge = 'Bearer realm="patch-advocate", error="insufficient_scope", scope="write"';
  return problem(context, 403, detail, { headers: { "www-authenticate": challenge } });
};
