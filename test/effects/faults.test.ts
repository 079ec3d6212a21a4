// What GitHub's refusals mean: a table, by what octokit throws.
import { expect, test } from "vitest";
import { type Fault, faultOf, graphqlFault, unusableAnswer } from "../../src/github/faults.ts";

const NOW = Date.UTC(2026, 2, 2, 9);
const URL_ = "https://api.github.com/repos/o/r/issues/1/comments";
const TOKENS = "https://api.github.com/app/installations/9/access_tokens";

function refusal(status: number, data: unknown, more: { headers?: Record<string, string>; url?: string } = {}): Error {
  const message = typeof data === "object" && data !== null && "message" in data ? String(data.message) : String(data);
  return Object.assign(new Error(message), {
    status,
    request: { url: more.url ?? URL_, method: "POST" },
    response: { headers: more.headers ?? {}, data },
  });
}

const table: readonly [name: string, error: unknown, fault: Partial<Fault>][] = [
  ["502 with a page", refusal(502, "<html>Unicorn!</html>"), { kind: "passing" }],
  [
    "maintenance that says when to come again",
    refusal(503, "<html>Maintenance</html>", { headers: { "retry-after": "120" } }),
    { kind: "passing", retryAfterMillis: 120_000 },
  ],
  ["a proxy's 403 in HTML", refusal(403, "<html>Access denied</html>"), { kind: "passing" }],
  ["a proxy's 404 in HTML", refusal(404, "<html>Not here</html>"), { kind: "passing" }],
  [
    "a connection that was reset",
    Object.assign(new Error("read ECONNRESET"), { status: 500, request: { url: URL_, method: "POST" } }),
    { kind: "passing", because: "GitHub was not reached: read ECONNRESET" },
  ],
  ["409", refusal(409, { message: "Conflict" }), { kind: "passing" }],
  [
    "a secondary limit that says how long",
    refusal(403, { message: "You have exceeded a secondary rate limit." }, { headers: { "retry-after": "61" } }),
    { kind: "rate-limited", scope: "secondary", untilAt: NOW + 61_000, isTold: true },
  ],
  [
    "a secondary limit that says nothing",
    refusal(403, { message: "You have exceeded a secondary rate limit." }),
    { kind: "rate-limited", scope: "secondary", untilAt: NOW + 60_000, isTold: false },
  ],
  [
    "a primary limit",
    refusal(
      403,
      { message: "API rate limit exceeded" },
      { headers: { "x-ratelimit-remaining": "0", "x-ratelimit-reset": String(NOW / 1000 + 600) } },
    ),
    { kind: "rate-limited", scope: "primary", untilAt: NOW + 601_000, isTold: true },
  ],
  [
    "a reset in the past",
    refusal(
      429,
      { message: "API rate limit exceeded" },
      { headers: { "x-ratelimit-remaining": "0", "x-ratelimit-reset": "1" } },
    ),
    { kind: "rate-limited", scope: "primary", untilAt: NOW + 1000 },
  ],
  [
    "a wait of a year is cut",
    refusal(429, { message: "no" }, { headers: { "retry-after": "31536000" } }),
    { kind: "rate-limited", untilAt: NOW + 65 * 60_000 },
  ],
  [
    "a limit in a GraphQL answer",
    graphqlFault({ url: URL_, headers: {}, errors: [{ type: "RATE_LIMITED", message: "API rate limit exceeded" }] }),
    { kind: "rate-limited" },
  ],
  [
    "a node that is gone",
    graphqlFault({ url: URL_, headers: {}, errors: [{ type: "NOT_FOUND", message: "Could not resolve to a node" }] }),
    { kind: "gone" },
  ],
  [
    "a mutation that is not allowed",
    graphqlFault({ url: URL_, headers: {}, errors: [{ type: "FORBIDDEN", message: "Resource not accessible" }] }),
    { kind: "permission" },
  ],
  ["bad credentials", refusal(401, { message: "Bad credentials" }), { kind: "refused-installation" }],
  [
    "a token for a suspended installation",
    refusal(403, { message: "This installation has been suspended" }, { url: TOKENS }),
    {
      kind: "refused-installation",
      because: "GitHub answered 403 to the request for a token: This installation has been suspended",
    },
  ],
  [
    "a call of a suspended installation",
    refusal(403, { message: "This installation has been suspended" }),
    { kind: "refused-installation" },
  ],
  [
    "a token for an installation that is gone",
    refusal(404, { message: "Not Found" }, { url: TOKENS }),
    { kind: "refused-installation" },
  ],
  ["a missing permission", refusal(403, { message: "Resource not accessible by integration" }), { kind: "permission" }],
  [
    "a locked conversation",
    refusal(403, { message: "Unable to create comment because issue is locked." }),
    { kind: "permission", because: "GitHub answered 403: Unable to create comment because issue is locked." },
  ],
  ["404", refusal(404, { message: "Not Found" }), { kind: "gone" }],
  ["410", refusal(410, { message: "This issue was deleted" }), { kind: "gone" }],
  [
    "422 with a code",
    refusal(422, { message: "Validation Failed", errors: [{ code: "already_exists", field: "name" }] }),
    { kind: "invalid", codes: ["already_exists"] },
  ],
  ["a bug of ours", new TypeError("x is undefined"), { kind: "unknown", because: "x is undefined" }],
  ["something that is no error", "what", { kind: "unknown", because: "what" }],
];

test.each(table)("%s is told apart", (_name, error, fault) => {
  expect(faultOf(error, NOW)).toMatchObject(fault);
});

const JSON_TYPE = { "content-type": "application/json; charset=utf-8" };
const answered = (status: number, data: unknown) =>
  unusableAnswer({ status, data, headers: JSON_TYPE, request: { url: URL_, method: "GET" } });

test("an answer without a body, as whether somebody is a member, is an answer, and a body that is no data is none", () => {
  expect(answered(204, "")).toBe(null);
  expect(answered(200, [])).toBe(null);
  expect(answered(200, "[{")).toMatchObject({ status: 200 });
});
