// The address of a customer's page: whoever has it may read, so only its hash and its first characters are kept.
import { createHash } from "node:crypto";

const DAY = 24 * 60 * 60_000;

/** How long a link lives. */
export const LINK_LIFE_MILLIS = 90 * DAY;
/** So long after its end a link still says that it is over, and its openings are kept. */
export const LINK_KEPT_MILLIS = 90 * DAY;

export const hashOfLinkToken = (token: string): string => createHash("sha256").update(`contact:${token}`).digest("hex");

/** Below which path of ours a page is read, and its feed. */
export const pagePath = (token: string): string => `/c/${token}`;
export const pageFeedPath = (token: string): string => `/c/${token}/feed.atom`;
