// The token behind a customer's feed: whoever has it may read, so only its hash and its first characters are kept.
import { createHash, randomBytes } from "node:crypto";

export const PREFIX_LENGTH = 8;

/** 256 random bits; never with a dash first, which a command line would read as an option. */
export function newFeedToken(): string {
  const token = randomBytes(32).toString("base64url");
  return token.startsWith("-") ? newFeedToken() : token;
}

export const isFeedToken = (text: string): boolean => /^[A-Za-z0-9_-]{43}$/.test(text);

export const hashOfFeedToken = (token: string): string => createHash("sha256").update(`feed:${token}`).digest("hex");

export const prefixOf = (token: string): string => token.slice(0, PREFIX_LENGTH);

/** Below which path of ours it is read. */
export const feedPath = (token: string): string => `/feeds/${token}`;
