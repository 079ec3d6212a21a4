// The token that a program shows to the API: whoever has it may do what its scope says, so only its hash and its first characters are kept.
import { createHash, randomBytes } from "node:crypto";

export type Scope = "read" | "write";

export const DAY_MILLIS = 24 * 60 * 60_000;
export const USUAL_DAYS = 90;
export const MOST_DAYS = 365;

/** So that a scanner for secrets knows it, and no command line takes it for an option. */
const MARK = "pa_";

const PREFIX_LENGTH = MARK.length + 8;

/** 256 random bits behind the mark. */
export const newApiToken = (): string => `${MARK}${randomBytes(32).toString("base64url")}`;

export const isApiToken = (text: string): boolean => /^pa_[A-Za-z0-9_-]{43}$/.test(text);

/** What it is kept as and looked up by: the time that takes tells nothing of the token. */
export const hashOfApiToken = (token: string): string => createHash("sha256").update(`api:${token}`).digest("hex");

export const apiPrefixOf = (token: string): string => token.slice(0, PREFIX_LENGTH);

/** Whether this may be the beginning of one, as lists show it. */
export const isApiPrefix = (text: string): boolean => text.startsWith(MARK) && text.length <= PREFIX_LENGTH;

/** A name is one line, for lists and the log. */
export const isTokenName = (name: string): boolean =>
  name.trim() !== "" && name.length <= 100 && !/[\p{Cc}\p{Zl}\p{Zp}]/u.test(name);

/** The days that a token holds, as somebody wrote them; null where they are no whole number from 1 to MOST_DAYS. */
export function readDays(text: string): number | null {
  const days = /^\d{1,3}$/.test(text) ? Number(text) : 0;
  return days >= 1 && days <= MOST_DAYS ? days : null;
}
