// The keys behind sessions and forms. Apart, because they may be changed while people are signed in: the first makes, each is accepted.
import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import type { Database } from "../db/database.ts";
import { keepFirstSetting } from "../github/identity-store.ts";

type Known = readonly [current: string, ...before: string[]];

/** Asked each time: they may be changed while we run. */
export type Secrets = () => Known;

const SETTING = "session-secret";

/** SESSION_SECRET (two, separated by a space, while one is changed); where it is not set, one that all processes on the database share. */
export async function sessionSecrets(database: Database, configured: readonly string[]): Promise<Known> {
  const [current, ...before] = configured;
  if (current !== undefined) return [current, ...before];
  return [await keepFirstSetting(database, { name: SETTING, value: randomBytes(32).toString("base64url") })];
}

/** 256 random bits. */
export const newToken = (): string => randomBytes(32).toString("base64url");

export const sealed = (secret: string, what: string): string =>
  createHmac("sha256", secret).update(what).digest("base64url");

/** What a token is kept as, by the key in use now first. */
export const hashesOf = (secrets: Secrets, token: string): readonly [string, ...string[]] => {
  const [current, ...before] = secrets();
  return [sealed(current, `session:${token}`), ...before.map((secret) => sealed(secret, `session:${token}`))];
};

/** What every form of a session carries. */
export const csrfOf = (secrets: Secrets, token: string): string => sealed(secrets()[0], `csrf:${token}`);

export function isCsrfOf(secrets: Secrets, token: string, given: string): boolean {
  return secrets().some((secret) => isSame(sealed(secret, `csrf:${token}`), given));
}

/** A text that only we can have made, for a cookie. */
export const signed = (secrets: Secrets, text: string): string => `${text}.${sealed(secrets()[0], `cookie:${text}`)}`;

export function readSigned(secrets: Secrets, value: string): string | null {
  const dot = value.lastIndexOf(".");
  const text = value.slice(0, Math.max(0, dot));
  const isOurs = secrets().some((secret) => isSame(sealed(secret, `cookie:${text}`), value.slice(dot + 1)));
  return isOurs ? text : null;
}

function isSame(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}
