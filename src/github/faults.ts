// What went wrong between GitHub and us, told apart by what to do about it. Pure, so that the rules are a table in tests.
import { z } from "zod";

export type Fault =
  /** Will pass by itself: try again later. */
  | { readonly kind: "passing"; readonly because: string; readonly retryAfterMillis?: number }
  /** GitHub asks us to wait. `isTold` says that it named the time; else wait longer each time. */
  | {
      readonly kind: "rate-limited";
      readonly scope: "primary" | "secondary";
      /** Whose hour is used up: GraphQL's is counted apart from REST's. A secondary limit holds for both. */
      readonly resource: "core" | "graphql" | "all";
      readonly untilAt: number;
      readonly isTold: boolean;
      readonly because: string;
    }
  /** The installation is suspended, uninstalled or its token refused: nothing of it will work. */
  | { readonly kind: "refused-installation"; readonly because: string }
  /** This one thing is not allowed to us: a missing permission, an archived repository, a locked conversation. */
  | { readonly kind: "permission"; readonly because: string }
  /** What it was about is not there any more, or not for us. */
  | { readonly kind: "gone"; readonly because: string }
  /** GitHub refuses what we sent; sending it again would not help. */
  | { readonly kind: "invalid"; readonly because: string; readonly codes: readonly string[] }
  /** It has another address now, at the same GitHub: what was to be written there was not, and is not sent on unseen. */
  | { readonly kind: "moved"; readonly because: string }
  /** Nothing that GitHub said: a bug of ours, or the database. */
  | { readonly kind: "unknown"; readonly because: string };

const MINUTE = 60_000;
/** A primary limit resets within the hour; nothing that an answer says makes us wait longer than this. */
export const LONGEST_WAIT = 65 * MINUTE;

const headers = z.record(z.string(), z.unknown());
const failedRequest = z.object({
  status: z.number(),
  message: z.string().catch(""),
  request: z.object({ url: z.string(), method: z.string().catch("") }).optional(),
  response: z.object({ headers: headers.catch({}), data: z.unknown() }).optional(),
});
type FailedRequest = z.infer<typeof failedRequest>;

const answerData = z.object({
  message: z.string().catch(""),
  errors: z.array(z.union([z.object({ code: z.string().optional() }), z.string()])).catch([]),
});
const graphqlErrors = z.array(z.object({ type: z.string().optional(), message: z.string().catch("") }));

/**
 * Tells what an error thrown by Octokit (or by `graphql` of the client) means, by status, headers and words, as GitHub's
 * "Rate limits for the REST API" and "Best practices" say. What is no answer of GitHub's is `unknown`.
 */
export function faultOf(error: unknown, now: number): Fault {
  const failed = failedRequest.safeParse(seen(error));
  if (!failed.success) return { kind: "unknown", because: wordsOf(error) };
  const request = failed.data;
  const status = request.status;
  const limit = limitOf(request, now);
  if (limit !== null) return limit;
  if (request.response === undefined) return { kind: "passing", because: `GitHub was not reached: ${request.message}` };
  if (status < 300) return isData(request) ? faultOfGraphql(request) : passing(request, "GitHub's answer was no data");
  const because = becauseOf(request);
  if (status < 400) return faultOfRedirect(request, because);
  if (status >= 500 || status === 408 || status === 409 || status === 425) return passing(request, because);
  // A maintenance page or a proxy's own refusal is HTML; GitHub itself answers in JSON.
  if (!isData(request)) return passing(request, because);
  if (isAboutToken(request) || status === 401)
    return { kind: "refused-installation", because: `${because}${clockWords(request, now)}` };
  if (status === 403 && /installation has been suspended/i.test(because))
    return { kind: "refused-installation", because };
  if (status === 403 || status === 451) return { kind: "permission", because };
  if (status === 404 || status === 410) return { kind: "gone", because };
  return { kind: "invalid", because, codes: codesOf(request) };
}

/**
 * An answer with a status of success that cannot be used, as an error that `faultOf` understands: one that leads elsewhere, that broke off,
 * or that is a page for people. Null where it can.
 */
export function unusableAnswer(answer: {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly data: unknown;
  readonly request: { readonly url: string; readonly method: string };
}): Error | null {
  const { status, headers, data, request } = answer;
  const type = String(headers["content-type"] ?? "");
  // 204 has no body ("is a member"), whatever type it names.
  const isBroken =
    status !== 204 && typeof data === "string" && (/\bjson\b/.test(type) || type.startsWith("text/html"));
  if (status < 300 && !isBroken) return null;
  return Object.assign(new Error(`GitHub answered ${status}`), { status, request, response: { headers, data } });
}

/** GitHub's answer to a GraphQL request with errors and no data, as an error that `faultOf` understands. */
export function graphqlFault(answer: {
  readonly url: string;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly errors: readonly { readonly type?: string; readonly message: string }[];
}): Error {
  const message = answer.errors.map((error) => error.message).join("; ") || "GitHub answered without data";
  return Object.assign(new Error(message), {
    status: 200,
    request: { url: answer.url, method: "POST" },
    response: { headers: answer.headers, data: { errors: answer.errors } },
  });
}

/** Whether one error beside a GraphQL answer's data says that GitHub failed there, rather than that there is nothing for us. */
export function isPassingError(error: { readonly type?: string; readonly message: string }): boolean {
  return faultOf(graphqlFault({ url: "", headers: {}, errors: [error] }), 0).kind === "passing";
}

/** Whether errors of a GraphQL answer (status 200) say that a limit was met. */
export function isRateLimit(errors: readonly { readonly type?: string; readonly message: string }[]): boolean {
  return errors.some((error) => /^RATE_LIMIT/i.test(error.type ?? "") || /rate limit/i.test(error.message));
}

function limitOf(request: FailedRequest, now: number): Fault | null {
  const { status, response } = request;
  if (response === undefined) return null;
  const words = `${request.message} ${dataOf(request)?.message ?? ""}`;
  const retryAfterMillis = retryAfterOf(response.headers);
  const isExhausted = String(response.headers["x-ratelimit-remaining"] ?? "") === "0";
  const isSecondary = /secondary rate|abuse detection/i.test(words);
  const isLimited =
    status === 429 ||
    (status === 403 && (isSecondary || isExhausted || retryAfterMillis !== null)) ||
    (status === 200 && (isSecondary || isRateLimit(graphqlErrorsOf(request))));
  if (!isLimited) return null;

  const because = isSecondary ? "GitHub asked us to slow down" : "GitHub's limit of requests is used up";
  const scope = isSecondary || !isExhausted ? "secondary" : "primary";
  const own = isGraphql(request) ? "graphql" : "core";
  const made = (untilAt: number, isTold: boolean): Fault => ({
    kind: "rate-limited",
    scope,
    resource: scope === "primary" ? own : "all",
    untilAt: Math.min(Math.max(untilAt, now + 1000), now + LONGEST_WAIT),
    isTold,
    because,
  });
  if (retryAfterMillis !== null) return made(now + retryAfterMillis, true);
  const resetAt = Number(response.headers["x-ratelimit-reset"]) * 1000;
  // A second more: GitHub counts in whole seconds.
  if (isExhausted && Number.isFinite(resetAt)) return made(resetAt + 1000, true);
  return made(now + MINUTE, false);
}

function faultOfGraphql(request: FailedRequest): Fault {
  const errors = graphqlErrorsOf(request);
  const because = `GitHub answered: ${request.message.slice(0, 300)}`;
  if (errors.some((error) => error.type === "NOT_FOUND")) return { kind: "gone", because };
  if (errors.some((error) => error.type === "FORBIDDEN" || error.type === "INSUFFICIENT_SCOPES"))
    return { kind: "permission", because };
  if (errors.some((error) => error.type === "UNPROCESSABLE")) return { kind: "invalid", because, codes: [] };
  return { kind: "passing", because };
}

function passing(request: FailedRequest, because: string): Fault {
  const retryAfterMillis = retryAfterOf(request.response?.headers ?? {});
  return retryAfterMillis === null ? { kind: "passing", because } : { kind: "passing", because, retryAfterMillis };
}

/** Seconds only: GitHub sends no dates there, and a date would need a clock that both sides agree on. */
function retryAfterOf(from: Readonly<Record<string, unknown>>): number | null {
  const text = from["retry-after"];
  if (typeof text !== "string" && typeof text !== "number") return null;
  const seconds = Number(text);
  return Number.isFinite(seconds) && seconds >= 0 ? Math.min(seconds * 1000, LONGEST_WAIT) : null;
}

/** A redirect is followed where it is safe (see transport); what comes here would write, or leads to somebody else. */
function faultOfRedirect(request: FailedRequest, because: string): Fault {
  const { url = "", method = "" } = request.request ?? {};
  const to = URL.parse(String(request.response?.headers.location ?? ""), url);
  const isHere = to !== null && to.origin === URL.parse(url)?.origin;
  const isWrite = method !== "GET" && method !== "HEAD" && !isGraphql(request) && !isAboutToken(request);
  if (isHere && isWrite) return { kind: "moved", because: `${because}: it has another address now` };
  return passing(request, isHere ? `${because} again and again` : `${because}, to another host; it is not followed`);
}

/** A token is refused where the clocks are far apart: then nothing but setting ours helps. */
function clockWords(request: FailedRequest, now: number): string {
  const theirs = Date.parse(String(request.response?.headers.date ?? ""));
  if (!/'(?:Issued at|Expiration time)' claim/.test(dataOf(request)?.message ?? "") || !Number.isFinite(theirs))
    return "";
  const seconds = Math.round((now - theirs) / 1000);
  return ` (this server's clock is ${Math.abs(seconds)} seconds ${seconds < 0 ? "behind" : "ahead of"} GitHub's)`;
}

const isData = (request: FailedRequest): boolean => answerData.safeParse(request.response?.data).success;

const isGraphql = (request: FailedRequest): boolean => /\/graphql$/.test(request.request?.url ?? "");

const isAboutToken = (request: FailedRequest): boolean => /\/access_tokens$/.test(request.request?.url ?? "");

function becauseOf(request: FailedRequest): string {
  const words = dataOf(request)?.message ?? "";
  const what = words === "" ? "" : `: ${words.slice(0, 300)}`;
  return `GitHub answered ${request.status}${isAboutToken(request) ? " to the request for a token" : ""}${what}`;
}

function dataOf(request: FailedRequest): z.infer<typeof answerData> | null {
  const parsed = answerData.safeParse(request.response?.data);
  return parsed.success ? parsed.data : null;
}

function codesOf(request: FailedRequest): readonly string[] {
  return (dataOf(request)?.errors ?? []).flatMap((error) =>
    typeof error === "object" && error.code !== undefined ? [error.code] : [],
  );
}

function graphqlErrorsOf(request: FailedRequest): z.infer<typeof graphqlErrors> {
  const data = z.object({ errors: graphqlErrors }).safeParse(request.response?.data);
  return data.success ? data.data.errors : [];
}

/** An error's fields as they are: zod reads own and inherited ones alike, but wants a plain object. */
function seen(error: unknown): unknown {
  if (typeof error !== "object" || error === null) return error;
  return {
    status: "status" in error ? error.status : undefined,
    message: "message" in error ? error.message : "",
    request: "request" in error ? error.request : undefined,
    response: "response" in error ? error.response : undefined,
  };
}

const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error)).slice(0, 300);
