// What is left of GitHub's hours: read from headers, kept now and then, and at once when so little is left that reading waits.
import pino from "pino";
import { describe, expect, onTestFinished, test } from "vitest";
import { openDatabase } from "../../src/db/database.ts";
import { budgetOf, createBudgetKeeper, type Left, leftOf, readsWaitUntil } from "../../src/github/budget.ts";
import { createGate } from "../../src/github/gate.ts";
import { DIALECTS, makeDatabase } from "../support/databases.ts";

const HOUR = 3_600_000;
const END = HOUR;
const LATEST = 1000 + 65 * 60_000;
const NEVER = "9".repeat(15);
const left = (remaining: number, at = 1000): Left => ({ remaining, limit: 5000, resetAt: END, at });
const headers = (remaining: number, resource = "core") => ({
  "x-ratelimit-remaining": String(remaining),
  "x-ratelimit-limit": "5000",
  "x-ratelimit-reset": String(END / 1000),
  "x-ratelimit-resource": resource,
});

const unknown: ReturnType<typeof leftOf> = {
  resource: "core",
  left: { remaining: 7, limit: 7, resetAt: 1000, at: 1000 },
};
const late: ReturnType<typeof leftOf> = { resource: "core", left: { ...left(7), resetAt: LATEST } };

test.each<[string, Readonly<Record<string, string>>, ReturnType<typeof leftOf>]>([
  ["what is left of an hour", headers(4999), { resource: "core", left: left(4999) }],
  ["GraphQL's hour apart", headers(7, "graphql"), { resource: "graphql", left: left(7) }],
  ["nothing of search", headers(29, "search"), null],
  ["nothing without headers", {}, null],
  ["what does not say of how much, which then keeps nobody waiting", { "x-ratelimit-remaining": "7" }, unknown],
  ["an end in milliseconds, which is an hour away at most", { ...headers(7), "x-ratelimit-reset": String(END) }, late],
  ["an end that no date can name, an hour away at most", { ...headers(7), "x-ratelimit-reset": NEVER }, late],
  ["nothing of an end with an exponent", { ...headers(7), "x-ratelimit-reset": "9e18" }, unknown],
  ["nothing of an end beyond all numbers", { ...headers(7), "x-ratelimit-reset": "9".repeat(400) }, unknown],
  ["nothing of an end before all time", { ...headers(7), "x-ratelimit-reset": "-1" }, unknown],
  ["nothing of an empty end", { ...headers(7), "x-ratelimit-reset": "" }, unknown],
  ["nothing of a limit of nothing", { ...headers(7), "x-ratelimit-limit": "0" }, unknown],
  ["nothing of a limit below nothing", { ...headers(7), "x-ratelimit-limit": "-5000" }, unknown],
  ["nothing where less than nothing is left", { ...headers(7), "x-ratelimit-remaining": "-1" }, null],
  ["nothing where an empty word is left", { ...headers(7), "x-ratelimit-remaining": "" }, null],
])("headers tell %s", (_name, given, expected) => {
  expect(leftOf(given, 1000)).toEqual(expected);
});

test.each([
  ["enough", { core: left(500), graphql: left(500) }, null],
  ["little of REST", { core: left(499), graphql: left(5000) }, END],
  ["little of GraphQL", { core: null, graphql: left(0) }, END],
  ["little of an hour that is over", { core: { ...left(0), resetAt: 2000 }, graphql: null }, null],
  [
    "little until a time further ahead than any hour",
    { core: { ...left(0), resetAt: 70 * 60_000 }, graphql: null },
    null,
  ],
])("with %s left, reading that can wait waits until the hour is over or not at all", (_name, budget, until) => {
  expect(readsWaitUntil(budget, 2000)).toBe(until);
});

test("below the floor nothing is asked of that one limit until its hour is over, and one installation's is no other's", () => {
  let now = 1000;
  const gate = createGate(() => now);
  const rest = { method: "POST", url: "https://api.github.com/repos/o/r/labels" };
  const graphql = { method: "POST", url: "https://api.github.com/graphql" };
  gate.hear(7, headers(25));
  gate.pass(7, rest);
  expect(gate.readsWaitUntil(7)).toBe(END);
  gate.hear(7, headers(24));
  expect(() => gate.pass(7, rest)).toThrow("the rate limit is waited for");
  gate.pass(7, graphql);
  gate.pass(8, rest);
  expect(gate.readsWaitUntil(8)).toBeNull();
  now = END;
  gate.pass(7, rest);
  expect(gate.readsWaitUntil(7)).toBeNull();
});

test("an end that a proxy made unreadable keeps nothing waiting for longer than an hour, nor does a clock that is set back", () => {
  let now = 1000;
  const gate = createGate(() => now);
  const asked = { method: "POST", url: "https://api.github.com/repos/o/r/labels" };
  const limited = { status: 429, response: { headers: { "retry-after": "315360000" }, data: {} } };
  gate.hear(7, { ...headers(1), "x-ratelimit-reset": NEVER });
  gate.note(8, { error: limited });
  for (const installation of [7, 8]) expect(() => gate.pass(installation, asked)).toThrow();
  now = LATEST;
  for (const installation of [7, 8]) gate.pass(installation, asked);
  gate.note(8, { error: limited });
  gate.hear(7, { ...headers(1), "x-ratelimit-reset": NEVER });
  now = -1;
  for (const installation of [7, 8]) gate.pass(installation, asked);
  gate.note(8, { error: { ...limited, response: { headers: {}, data: {} } } });
  expect(() => gate.pass(8, asked)).toThrow("rate limit");
  now = 60_000;
  gate.pass(8, asked);
});

describe.each(DIALECTS)("on %s", (on) => {
  test("an answer is noted every five minutes, and at once when reading begins or ceases to wait", async () => {
    const made = await makeDatabase(on);
    const database = await openDatabase(made.url);
    onTestFinished(async () => {
      await database.close();
      await made.remove();
    });
    const lines: string[] = [];
    const log = pino({ level: "info" }, { write: (line: string) => lines.push(line) });
    const keep = createBudgetKeeper({ database, log });
    const budget = () => budgetOf(database.db, 7);
    expect(await budget()).toBeNull();
    keep(7, { resource: "core", left: left(4999, 1000) });
    // Nobody waits for it, so it is asked for until it is there.
    await expect.poll(budget).toEqual({ core: left(4999, 1000), graphql: null });
    keep(7, { resource: "core", left: left(4000, 200_000) });
    keep(7, { resource: "graphql", left: left(5000, 200_000) });
    await expect.poll(budget).toEqual({ core: left(4000, 200_000), graphql: left(5000, 200_000) });
    keep(7, { resource: "core", left: left(499, 210_000) });
    await expect.poll(budget).toEqual({ core: left(499, 210_000), graphql: left(5000, 200_000) });
    keep(7, { resource: "core", left: left(400, 220_000) });
    keep(7, { resource: "core", left: { ...left(5000, END), resetAt: END + HOUR } });
    await expect.poll(async () => (await budget())?.core?.remaining).toBe(5000);
    expect(await budgetOf(database.db, 8)).toBeNull();
    expect(lines.map((line) => JSON.parse(line)).map(({ level, msg, until }) => ({ level, msg, until }))).toEqual([
      {
        level: 40,
        msg: "GitHub's budget of an installation is nearly used up: reading that can wait is put off",
        until: "1970-01-01T01:00:00.000Z",
      },
    ]);
  });
});
