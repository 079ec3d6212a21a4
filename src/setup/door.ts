// Who may see the set-up page: whoever sits at this machine, or has the code that the start printed. Apart, because whoever gets in
// decides which GitHub App this server serves.
import { createHash, createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import ipaddr from "ipaddr.js";
import { createRateLimit } from "../web/rate-limit.ts";

export const COOKIE = "patch-advocate-setup";
const DAY = 24 * 60 * 60_000;
const TRIES_PER_MINUTE = 10;

/** A browser that was let in. */
export type Guest = { readonly id: string };

export type Door = {
  /** Opens once. */
  readonly code: string;
  readonly tryCode: (code: string, at: { readonly source: string; readonly now: number }) => Tried;
  /** Lets a browser in, for a day at most: what its cookie holds. */
  readonly admit: (now: number) => string;
  readonly guestOf: (cookie: string | undefined, now: number) => Guest | null;
  /** What each form of a guest's pages holds. */
  readonly formToken: (guest: Guest) => string;
  readonly isFormToken: (guest: Guest, token: string) => boolean;
};

type Tried = "right" | "wrong" | "used" | "too-often";

/** A door with a code and a key of its own: whatever it let in ends with the process. */
export function createDoor(): Door {
  const code = randomBytes(18).toString("base64url");
  const key = randomBytes(32);
  const limit = createRateLimit(TRIES_PER_MINUTE);
  const sign = (text: string): string => createHmac("sha256", key).update(text).digest("base64url");
  const formToken = ({ id }: Guest): string => sign(`form ${id}`);
  let isUsed = false;

  return {
    code,
    tryCode: (tried, { source, now }) => {
      if (!limit.take(source, now)) return "too-often";
      if (!isSame(tried.trim(), code)) return "wrong";
      if (isUsed) return "used";
      isUsed = true;
      return "right";
    },
    admit: (now) => {
      const id = `${now + DAY}.${randomBytes(16).toString("base64url")}`;
      return `${id}.${sign(`cookie ${id}`)}`;
    },
    guestOf: (cookie, now) => {
      const [, id = "", until = "", signature = ""] =
        /^(([0-9]{1,16})\.[\w-]{22})\.([\w-]{43})$/.exec(cookie ?? "") ?? [];
      if (id === "" || !isSame(signature, sign(`cookie ${id}`)) || Number(until) <= now) return null;
      return { id };
    },
    formToken,
    isFormToken: (guest, token) => isSame(token, formToken(guest)),
  };
}

/** In a time that tells nothing of where they differ, nor of their lengths. */
export function isSame(given: string, wanted: string): boolean {
  return timingSafeEqual(digest(given), digest(wanted));
}

const digest = (text: string): Buffer => createHash("sha256").update(text).digest();

export type Caller = {
  readonly peer: string | undefined;
  readonly httpVersion: string | undefined;
  readonly headers: Headers;
};

/** Names that no name server leads here: a page of somebody else's, whose name was made to point to this machine, sends its own. */
const OWN_NAME = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::[0-9]{1,5})?$/i;
const PASSED_ON =
  /^(?:forwarded|x-forwarded-.*|x-forwarded|x-real-ip|x-client-ip|x-cluster-client-ip|true-client-ip|cf-.*|via)$/i;

/**
 * Whether a request was made on this machine. Behind a proxy on the same machine everybody seems to be: whatever a proxy adds, and
 * HTTP/1.0, which proxies speak and browsers do not, tells that one stands between.
 */
export function isFromThisMachine({ peer, httpVersion, headers }: Caller): boolean {
  if (peer === undefined || !ipaddr.isValid(peer) || ipaddr.process(peer).range() !== "loopback") return false;
  if (httpVersion === "1.0" || [...headers.keys()].some((name) => PASSED_ON.test(name))) return false;
  return isOwnName(headers.get("host") ?? "");
}

export const isOwnName = (host: string): boolean => OWN_NAME.test(host);
