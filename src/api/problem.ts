// How the API says what went wrong: RFC 9457, with a sentence that says what to do. Apart, because every answer but a good one is made here.
import type { Context } from "hono";
import type { FileProblem } from "../customers/file.ts";

export type Status = 400 | 401 | 403 | 404 | 405 | 413 | 415 | 422 | 429 | 500;

const TITLES: Readonly<Record<Status, string>> = {
  400: "Bad Request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
  405: "Method Not Allowed",
  413: "Content Too Large",
  415: "Unsupported Media Type",
  422: "Unprocessable Content",
  429: "Too Many Requests",
  500: "Internal Server Error",
};

/** On every answer: kept nowhere, read by no browser's page. */
export const API_HEADERS: Readonly<Record<string, string>> = {
  "cache-control": "no-store",
  "x-content-type-options": "nosniff",
  "x-robots-tag": "noindex, nofollow",
};

type More = {
  /** What is wrong in a file, each with its place. */
  readonly problems?: readonly FileProblem[];
  readonly headers?: Readonly<Record<string, string>>;
};

export function problem(context: Context, status: Status, detail: string, { problems, headers }: More = {}): Response {
  const body = {
    type: "about:blank",
    title: TITLES[status],
    status,
    detail,
    ...(problems === undefined ? {} : { problems }),
  };
  return context.body(JSON.stringify(body), status, {
    ...API_HEADERS,
    "content-type": "application/problem+json; charset=utf-8",
    ...headers,
  });
}

/** A good answer. */
export const answer = (context: Context, body: unknown): Response =>
  context.body(JSON.stringify(body), 200, { ...API_HEADERS, "content-type": "application/json; charset=utf-8" });
