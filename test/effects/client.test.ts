// The client: what it asks GitHub for, how often, and what it tells of it.
import { pino } from "pino";
import { afterEach, beforeEach, expect, test } from "vitest";
import { z } from "zod";
import type { Database } from "../../src/db/database.ts";
import { createGitHub } from "../../src/github/client.ts";
import { faultOf } from "../../src/github/faults.ts";
import type { RequestNote } from "../../src/github/transport.ts";
import { INSTALLATION, openTestDatabase, type TestDatabase } from "./databases.ts";
import { START } from "./effects.ts";
import { BOT, type LittleGitHub, startLittleGitHub } from "./little-github.ts";

let opened: TestDatabase;
let database: Database;
let little: LittleGitHub;
let logged: string;
let notes: RequestNote[];
let now: number;

beforeEach(async () => {
  opened = await openTestDatabase("sqlite");
  database = opened.database;
  little = await startLittleGitHub(START);
  logged = "";
  notes = [];
  now = START;
});
afterEach(async () => {
  await little.close();
  await opened.close();
});

const keepLine = (line: string) => {
  logged += line;
};
const client = (over: { fetch?: typeof fetch; apiUrl?: string } = {}) =>
  createGitHub({
    config: { appId: 1, privateKey: () => little.privateKey, apiUrl: over.apiUrl ?? `${little.apiUrl}/` },
    database,
    log: pino({ level: "trace" }, { write: keepLine }),
    metrics: (note) => notes.push(note),
    now: () => now,
    ...(over.fetch === undefined ? {} : { fetch: over.fetch }),
  });
const answering = (data: unknown, headers?: Record<string, string>) =>
  little.failNext({ matches: /graphql$/, answer: { status: 200, data, headers }, when: "before" });
const ask = (github = client()) =>
  github.graphql({
    installationId: INSTALLATION,
    document: "query Q($ids: [ID!]!) { nodes(ids: $ids) { id } }",
    variables: { ids: ["a", "b"] },
    schema: z.object({ nodes: z.array(z.object({ id: z.string() }).nullable()) }),
  });
const faultFrom = async (work: Promise<unknown>) => {
  try {
    await work;
  } catch (error) {
    return faultOf(error, START);
  }
  return null;
};

test("what GitHub could not read is null beside the rest, with its error", async () => {
  const errors = [{ type: "NOT_FOUND", path: ["nodes", 1], message: "Could not resolve to a node" }];
  answering({ data: { nodes: [{ id: "a" }, null] }, errors });
  expect(await ask()).toEqual({ data: { nodes: [{ id: "a" }, null] }, errors });
  expect(little.bodies).toEqual([
    { query: "query Q($ids: [ID!]!) { nodes(ids: $ids) { id } }", variables: { ids: ["a", "b"] } },
  ]);
});

test("a limit met in a GraphQL answer is a limit, with GitHub's own time", async () => {
  answering(
    { data: null, errors: [{ type: "RATE_LIMITED", message: "API rate limit exceeded" }] },
    { "x-ratelimit-remaining": "0", "x-ratelimit-reset": String(START / 1000 + 60) },
  );
  expect(await faultFrom(ask())).toMatchObject({ kind: "rate-limited", scope: "primary", untilAt: START + 61_000 });
});

test("a GraphQL answer with no data at all is a fault", async () => {
  answering({ data: null, errors: [{ message: "Something went wrong while executing your query" }] });
  expect(await faultFrom(ask())).toEqual({
    kind: "passing",
    because: "GitHub answered: Something went wrong while executing your query",
  });
});

test("who we are is asked once, then kept for every later start", async () => {
  const first = client();
  const identity = { slug: "patch-advocate", login: BOT.login, userId: BOT.id };
  expect(await Promise.all([first.botIdentity(INSTALLATION), first.botIdentity(INSTALLATION)])).toEqual([
    identity,
    identity,
  ]);
  expect(await client().botIdentity(INSTALLATION)).toEqual(identity);
  expect(little.requests).toEqual(["GET /app", "GET /users/patch-advocate%5Bbot%5D"]);
});

test("a failed request is made once, however it fails", async () => {
  const octokit = await client().installation(INSTALLATION);
  for (const status of [429, 500, 502, 403]) {
    // A limit that was met is waited for; else nothing would be asked.
    now += 120_000;
    little.failNext({ matches: /reactions$/, answer: { status, data: { message: "no" } }, when: "before" });
    await faultFrom(octokit.request("POST /repos/o/r/issues/comments/1/reactions", { content: "+1" }));
  }
  expect(little.requests).toHaveLength(4);
});

test("neither what is written nor a token gets into the log, at any level", async () => {
  const github = client();
  const octokit = await github.installation(INSTALLATION);
  await octokit.request("POST /repos/o/r/issues/1/comments", { body: "a secret word" });
  await github.probot.receive({
    id: "1",
    name: "ping",
    payload: JSON.parse('{"zen":"a secret word","hook_id":1}'),
  });
  expect(logged).not.toContain("secret word");
});

test("figures are told of every answer, and of none", async () => {
  const headers = { "x-ratelimit-remaining": "41", "x-ratelimit-resource": "graphql" };
  answering({ data: { nodes: [] } }, headers);
  await ask();
  const unreachable = client({ apiUrl: "http://127.0.0.1:1" });
  expect(await faultFrom(ask(unreachable))).toMatchObject({ kind: "passing" });
  expect(notes).toEqual([
    { method: "POST", status: 201, resource: null, remaining: null },
    { method: "POST", status: 200, resource: "graphql", remaining: 41 },
    { method: "POST", status: "not reached", resource: null, remaining: null },
  ]);
});

test("an Enterprise Server's GraphQL stands beside its REST API", async () => {
  const asked: string[] = [];
  const fetch: typeof globalThis.fetch = async (input) => {
    asked.push(String(input));
    const isToken = String(input).endsWith("access_tokens");
    const body = isToken ? { token: "t", expires_at: "2999-01-01T00:00:00Z" } : { data: { nodes: [] } };
    return Response.json(body, { status: isToken ? 201 : 200 });
  };
  await ask(client({ apiUrl: "https://github.acme.example/api/v3", fetch }));
  expect(asked).toEqual([
    `https://github.acme.example/api/v3/app/installations/${INSTALLATION}/access_tokens`,
    "https://github.acme.example/api/graphql",
  ]);
});
