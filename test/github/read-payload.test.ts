// What comes with a good signature and is not as GitHub describes it: refused by its place, never by what stands there.
import { expect, test } from "vitest";
import { account, pullRequest, time } from "../../src/github/payload.ts";
import { readPayload, UnreadablePayload } from "../../src/github/read-payload.ts";

function told(read: () => unknown): string | null {
  try {
    read();
    return null;
  } catch (error) {
    return error instanceof UnreadablePayload ? error.message : "another fault";
  }
}

test.for<[string, unknown, string]>([
  ["nothing", null, "the whole: expected object, received null"],
  ["a missing key", { login: "mira" }, "id: number is missing"],
  ["half an id", { id: 0.5, login: "mira" }, "id: expected int, received number"],
  [
    "an id that no database holds",
    { id: 2 ** 60, login: "mira" },
    "id: Too big: expected int to be <=9007199254740991",
  ],
  ["a text that is none", { id: 1, login: ["a-secret"] }, "login: expected string, received array"],
])("an account that is %s", ([, payload, problem]) => {
  expect(told(() => readPayload(account, payload))).toBe(`the payload is not as GitHub describes it: ${problem}`);
});

test.for<[string, unknown, string | null]>([
  ["as GitHub writes it", "2026-03-02T09:00:00Z", null],
  ["in seconds", 1_772_442_000, null],
  ["in parts of seconds", 1_772_442_000.25, null],
  ["after the last year that is written", "+275760-09-13T00:00:00Z", "the whole: is not a time"],
  ["before there were computers", -1, "the whole: is not a time"],
  ["of no calendar", 1e300, "the whole: is not a time"],
])("a time %s", ([, payload, problem]) => {
  const message = problem === null ? null : `the payload is not as GitHub describes it: ${problem}`;
  expect(told(() => readPayload(time, payload))).toBe(message);
});

test("a pull request's number is one that every database holds, and many problems are told as three", () => {
  expect(told(() => readPayload(pullRequest, { number: 2 ** 31, state: "gone" }))).toBe(
    "the payload is not as GitHub describes it: id: number is missing; node_id: string is missing; number: Too big: expected number to be <=2147483647; and 6 more",
  );
});
