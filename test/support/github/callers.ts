// Who a request speaks for: the app by its JSON web token, an installation or a person by a token, or nobody.

import { createPublicKey, verify } from "node:crypto";
import { type Caller, Refused } from "./exchange.ts";
import type { World } from "./world.ts";

/** Who sends this; refuses tokens that are wrong, have run out, or belong to an installation that is paused or gone. */
export function callerOf(world: World, headers: Headers): Caller {
  const token = (headers.get("authorization") ?? "").replace(/^(?:Bearer|token)\s+/i, "").trim();
  if (token === "") return { kind: "nobody" };
  if (token.startsWith("eyJ")) return appCaller(world, token);
  const owner = world.emulator.tokens.get(token);
  const expiresAt = world.tokenExpiry.get(token);
  if (owner === undefined || (expiresAt !== undefined && expiresAt <= Date.now()))
    throw new Refused(401, "Bad credentials");
  if (owner.installation === undefined) return { kind: "person", login: owner.login };
  const installation = world.installation(owner.installation.installationId);
  if (installation === undefined) throw new Refused(401, "Bad credentials");
  if (installation.suspended_at !== null) throw new Refused(403, "This installation has been suspended");
  const { permissions, repositorySelection: selection, repositoryIds } = owner.installation;
  return { kind: "installation", installation, permissions, selection, repositoryIds };
}

/** The account of the installation that asks, or for whose token the app asks; null for anybody else. */
export function accountOf(world: World, headers: Headers, url: URL): string | null {
  const token = (headers.get("authorization") ?? "").replace(/^(?:Bearer|token)\s+/i, "").trim();
  const named = /^\/app\/installations\/(\d+)\/access_tokens$/.exec(url.pathname)?.[1];
  const id = named === undefined ? world.emulator.tokens.get(token)?.installation?.installationId : Number(named);
  return id === undefined ? null : (world.installation(id)?.account_login ?? null);
}

function appCaller(world: World, token: string): Caller {
  const [head = "", claims = "", signature = ""] = token.split(".");
  const signed = Buffer.from(`${head}.${claims}`);
  const isOurs = [...world.appKeys].some((key) =>
    verify("sha256", signed, createPublicKey(key), Buffer.from(signature, "base64url")),
  );
  if (!isOurs) throw new Refused(401, "A JSON web token could not be decoded");
  const read = JSON.parse(Buffer.from(claims, "base64url").toString()) as {
    iss?: unknown;
    exp?: unknown;
    iat?: unknown;
  };
  const now = Math.floor(Date.now() / 1000);
  if (Number(read.exp) <= now)
    throw new Refused(
      401,
      "'Expiration time' claim ('exp') must be a numeric value representing the future time at which the assertion expires",
    );
  if (Number(read.exp) - now > 600) throw new Refused(401, "'Expiration time' claim ('exp') is too far in the future");
  if (Number(read.iss) !== world.app.id) throw new Refused(401, "A JSON web token could not be decoded");
  return { kind: "app" };
}
