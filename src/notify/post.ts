// One POST to somewhere outside, that goes nowhere else: within a time, to public addresses or the one internal host that was configured,
// through redirects only where those keep to the same. Apart, because `fetch` cannot look at the address it connects to.
import { lookup as lookUp } from "node:dns";
import { type IncomingMessage, request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import { isIP, type LookupFunction } from "node:net";
import { bareHost, isNamedInternal, isPublicAddress } from "./internal-address.ts";

export type Posted =
  | { readonly kind: "answered"; readonly status: number; readonly retryAfterMillis: number; readonly body: string }
  /** It would have led to an address inside. */
  | { readonly kind: "forbidden"; readonly because: string }
  | { readonly kind: "failed"; readonly because: string };

type Post = {
  readonly url: string;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly timeoutMillis: number;
  /** Finds a host's addresses; as the system does where left out. */
  readonly lookup?: LookupFunction;
};

const MOST_REDIRECTS = 3;
const LONGEST_ANSWER = 2000;
const LONGEST_WAIT_SECONDS = 24 * 60 * 60;

/** Thrown on the way to an address that may not be reached. */
class ForbiddenAddress extends Error {}

/** Posts once. It throws nothing: every end is an answer. */
export async function post(asked: Post): Promise<Posted> {
  const configured = new URL(asked.url);
  const signal = AbortSignal.timeout(asked.timeoutMillis);
  let url = configured;
  for (let redirects = 0; ; redirects += 1) {
    const isAllowedInside = isNamedInternal(configured.hostname) && isSameHost(url, configured);
    try {
      const response = await send(url, { ...asked, signal, isAllowedInside });
      const status = response.statusCode ?? 0;
      const location = response.headers.location;
      if (status < 300 || status > 399 || location === undefined) {
        const body = status < 300 ? "" : await beginningOf(response);
        // Whatever else a receiver that has taken it says is of no interest, and may never end.
        response.destroy();
        return { kind: "answered", status, retryAfterMillis: retryAfter(response), body };
      }
      response.destroy();
      const next = URL.parse(location, url);
      const problem = problemOfRedirect({ status, from: url, to: next, redirects });
      // Such as to a page that tells of maintenance: it may pass.
      if (next === null || problem !== null)
        return { kind: "failed", because: problem ?? "it redirects to no address" };
      url = next;
    } catch (error) {
      if (error instanceof ForbiddenAddress)
        return {
          kind: "forbidden",
          because: redirects === 0 ? "its name leads to an internal address" : "it redirects to an internal address",
        };
      return {
        kind: "failed",
        because: signal.aborted ? `no answer in ${asked.timeoutMillis / 1000} seconds` : reasonOf(error),
      };
    }
  }
}

type Redirect = { readonly status: number; readonly from: URL; readonly to: URL | null; readonly redirects: number };

/** Only 307 and 308 keep a POST a POST (RFC 9110, 15.4). */
function problemOfRedirect({ status, from, to, redirects }: Redirect): string | null {
  if (status !== 307 && status !== 308) return `it answered ${status}, a redirect that drops what is posted`;
  if (redirects >= MOST_REDIRECTS) return "it redirects again and again";
  if (to === null || (to.protocol !== "https:" && to.protocol !== "http:")) return "it redirects to no web address";
  if (from.protocol === "https:" && to.protocol === "http:") return "it redirects from https to http";
  return null;
}

const isSameHost = (one: URL, other: URL): boolean => bareHost(one.hostname) === bareHost(other.hostname);

type Sending = Post & { readonly signal: AbortSignal; readonly isAllowedInside: boolean };

function send(url: URL, sending: Sending): Promise<IncomingMessage> {
  const host = bareHost(url.hostname);
  return new Promise((resolve, reject) => {
    // Names are checked as they are looked up; an address is looked up by nobody.
    if (isIP(host) !== 0 && !sending.isAllowedInside && !isPublicAddress(host)) {
      reject(new ForbiddenAddress());
      return;
    }
    const request = (url.protocol === "https:" ? requestHttps : requestHttp)(
      url,
      {
        method: "POST",
        headers: { ...sending.headers, "content-length": String(Buffer.byteLength(sending.body)) },
        lookup: guarded(sending),
        // A connection of its own: one that is kept could lead elsewhere by now.
        agent: false,
        signal: sending.signal,
      },
      resolve,
    );
    request.on("error", reject);
    request.end(sending.body);
  });
}

/** The system's look-up, refusing as a whole an answer with an address that may not be reached. What it passes is what is connected to. */
function guarded({ lookup = lookUp as LookupFunction, isAllowedInside }: Sending): LookupFunction {
  return (hostname, options, done) => {
    lookup(hostname, options, (error, address, family) => {
      const addresses = typeof address === "string" ? [address] : (address ?? []).map((each) => each.address);
      if (error === null && !isAllowedInside && !addresses.every(isPublicAddress)) done(new ForbiddenAddress(), "", 0);
      else done(error, address, family);
    });
  };
}

function retryAfter({ headers }: IncomingMessage): number {
  const seconds = /^\d{1,9}$/.test(headers["retry-after"] ?? "") ? Number(headers["retry-after"]) : 0;
  return Math.min(seconds, LONGEST_WAIT_SECONDS) * 1000;
}

async function beginningOf(response: IncomingMessage): Promise<string> {
  let text = "";
  response.setEncoding("utf8");
  for await (const chunk of response) {
    text += String(chunk);
    if (text.length >= LONGEST_ANSWER) break;
  }
  return text.slice(0, LONGEST_ANSWER);
}

function reasonOf(error: unknown): string {
  const code = typeof error === "object" && error !== null && "code" in error ? String(error.code) : "";
  return /^[A-Z_0-9]{3,40}$/.test(code) ? `it could not be reached (${code})` : "it could not be reached";
}
