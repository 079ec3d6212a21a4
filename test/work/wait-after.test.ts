// When an engine that reads asks again, by what went wrong.
import { expect, test } from "vitest";
import { waitAfter } from "../../src/github/wait-after.ts";

const NOW = Date.UTC(2026, 2, 2, 9);
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const answer = (status: number, message: string, headers: Readonly<Record<string, string>> = {}, url = "/repos/a/b") =>
  Object.assign(new Error(message), {
    status,
    request: { url: `https://api.github.com${url}`, method: "GET" },
    response: { headers, data: { message } },
  });
const full = new Error("could not be kept", { cause: Object.assign(new Error("full"), { errcode: 13 }) });
const readOnly = Object.assign(new Error("read-only"), { severity: "ERROR", code: "25006" });
const reset = String((NOW + 20 * MINUTE) / 1000);

test.each<[name: string, error: unknown, attempts: number, millis: number, counted: number]>([
  ["GitHub fails", answer(502, "Bad Gateway"), 0, MINUTE, 1],
  ["GitHub fails again", answer(502, "Bad Gateway"), 3, 8 * MINUTE, 4],
  ["GitHub fails for long", answer(502, "Bad Gateway"), 30, HOUR, 31],
  ["GitHub fails and names a time", answer(503, "Unavailable", { "retry-after": "600" }), 0, 10 * MINUTE, 1],
  ["GitHub is not reached", Object.assign(new Error("ECONNREFUSED"), { status: 500 }), 1, 2 * MINUTE, 2],
  ["a limit is met and its end is told", answer(429, "slow down", { "retry-after": "30" }), 5, 30_000, 5],
  [
    "the hour is used up",
    answer(403, "API rate limit exceeded", { "x-ratelimit-remaining": "0", "x-ratelimit-reset": reset }),
    2,
    20 * MINUTE + 1000,
    2,
  ],
  ["a limit is met and no time is told", answer(403, "You have exceeded a secondary rate limit"), 0, MINUTE, 0],
  ["no time is told after tries", answer(403, "You have exceeded a secondary rate limit"), 4, 16 * MINUTE, 4],
  ["the installation is refused", answer(401, "Bad credentials"), 0, MINUTE, 0],
  ["its token is refused", answer(404, "Not Found", {}, "/app/installations/1/access_tokens"), 6, HOUR, 6],
  ["a permission is missing", answer(403, "Resource not accessible by integration"), 1, HOUR, 1],
  ["it is gone", answer(404, "Not Found"), 0, MINUTE, 1],
  ["GitHub refuses what we ask", answer(422, "Validation Failed"), 0, MINUTE, 1],
  ["we are at fault", new Error("a bug"), 2, 4 * MINUTE, 3],
  ["our disk is full", full, 9, MINUTE, 9],
  ["our PostgreSQL only reads", readOnly, 0, MINUTE, 0],
])("where %s it waits as long as it should, and the try counts or not", (_, error, attempts, millis, counted) => {
  const wait = waitAfter(error, { attempts, now: NOW });
  expect([wait.runAfter - NOW, wait.attempts]).toEqual([millis, counted]);
});
