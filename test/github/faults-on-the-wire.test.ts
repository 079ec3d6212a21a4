// What GitHub may do to a single request, and what is made of it: a table of answers over a real connection, with every request counted.
import { generateKeyPairSync } from "node:crypto";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import pino from "pino";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { z } from "zod";
import { createGitHub, type GitHub } from "../../src/github/client.ts";
import { type Fault, faultOf } from "../../src/github/faults.ts";
import { openTestDatabase, type TestDatabase } from "../effects/databases.ts";

const NOW = Date.UTC(2026, 2, 2, 9);
const INSTALLATION = 9;
const COMMENTS = "/repos/acme-db/engine/issues/1/comments";
const FILE = "/repos/acme-db/engine/contents/.github/patch-advocate.yml";
const { privateKey } = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
  publicKeyEncoding: { type: "spki", format: "pem" },
});

type Answer = (response: ServerResponse) => void;
const json =
  (status: number, data: unknown, headers: Record<string, string> = {}): Answer =>
  (response) =>
    response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(data));
/** The connection is lost when half of it was sent. */
const half =
  (status: number, type: string): Answer =>
  (response) => {
    response.writeHead(status, { "content-type": type, "content-length": "100" });
    response.write('[{"id":1,"node_id"', () => response.destroy());
  };
const page =
  (status: number): Answer =>
  (response) =>
    response.writeHead(status, { "content-type": "text/html" }).end("<html>Down for maintenance</html>");
/** Forty kilobytes on the wire. */
const LARGE = gzipSync(`[${" ".repeat(33 * 1024 * 1024)}]`);
const large: Answer = (response) =>
  response.writeHead(200, { "content-type": "application/json", "content-encoding": "gzip" }).end(LARGE);
const led = (status: number, to: string): Answer => json(status, { message: "Moved" }, { location: to });
const TOKEN = (n: number) => json(201, { token: `token-${n}`, expires_at: "2999-01-01T00:00:00Z", permissions: {} });
const BAD = json(401, { message: "Bad credentials" });

/** What was asked, in order: method, path and, but for tokens, whose token it was. */
let asked: string[];
let answers: Answer[];
let tokens: Answer[];
let now: number;
let github: GitHub;
let elsewhere: string[];
let opened: TestDatabase;
const server = createServer((request, response) => {
  request.resume();
  request.on("end", () => {
    const isToken = request.url?.endsWith("/access_tokens") === true;
    asked.push(`${request.method} ${isToken ? "token" : `${request.url} ${request.headers.authorization}`}`);
    const answer = isToken ? tokens.shift() : answers.shift();
    (answer ?? json(500, { message: "nothing was prepared" }))(response);
  });
});
const other = createServer((request, response) => {
  elsewhere.push(`${request.method} ${request.headers.authorization}`);
  response.end("[]");
});
const at = (of: typeof server) => `http://127.0.0.1:${(of.address() as AddressInfo).port}`;

beforeAll(async () => {
  opened = await openTestDatabase("sqlite");
  for (const each of [server, other]) await new Promise<void>((resolve) => each.listen(0, "127.0.0.1", resolve));
});
afterAll(async () => {
  for (const each of [server, other]) each.close();
  await opened.close();
});
beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"], now: NOW });
  [asked, answers, elsewhere] = [[], [], []];
  tokens = [TOKEN(1), TOKEN(2), TOKEN(3)];
  now = NOW;
  github = clientOf();
});
const clientOf = () =>
  createGitHub({
    config: { appId: 1, privateKey: () => privateKey, apiUrl: at(server) },
    database: opened.database,
    log: pino({ level: "silent" }),
    now: () => now,
  });

afterEach(() => {
  vi.useRealTimers();
});

async function send(route: string, more: Record<string, unknown> = {}): Promise<unknown> {
  const octokit = await github.installation(INSTALLATION);
  return (await octokit.request(route, more)).data;
}
async function faultFrom(work: Promise<unknown>): Promise<Fault | "none"> {
  try {
    await work;
    return "none";
  } catch (error) {
    return faultOf(error, now);
  }
}

const get = () => send(`GET ${COMMENTS}`);
const post = () => send(`POST ${COMMENTS}`, { body: "a word" });
const file = () => send(`GET ${FILE}`, { mediaType: { format: "raw" } });

test.each([
  ["a list that breaks off", get, half(200, "application/json"), /^GitHub was not reached/],
  [
    "a file that breaks off, which is not an empty one",
    file,
    half(200, "application/vnd.github.raw; charset=utf-8"),
    /^GitHub was not reached/,
  ],
  ["an answer to a write that breaks off", post, half(201, "application/json"), /^GitHub was not reached/],
  [
    "half an answer that calls itself whole",
    get,
    ((response) => response.writeHead(200, { "content-type": "application/json" }).end("[{")) as Answer,
    /^GitHub's answer was no data$/,
  ],
  [
    "an answer that unpacks to more than 32 MB",
    get,
    large,
    /^GitHub was not reached: the answer is larger than 32 MB$/,
  ],
  ["a maintenance page that says 200", get, page(200), /^GitHub's answer was no data$/],
  ["a maintenance page that says 503", post, page(503), /^GitHub answered 503$/],
  ["a proxy's 404", get, page(404), /^GitHub answered 404$/],
  ["a connection that is reset", post, ((response) => response.destroy()) as Answer, /^GitHub was not reached/],
])("%s passes, and is asked for once", async (_name, ask, answer, because) => {
  answers = [answer];
  expect(await faultFrom(ask())).toEqual({ kind: "passing", because: expect.stringMatching(because) });
  expect(asked).toHaveLength(2);
});

test.each([
  ["a page", page(403), "passing"],
  ["an error of theirs", json(502, { message: "Bad gateway" }), "passing"],
  ["that it is suspended", json(403, { message: "This installation has been suspended" }), "refused-installation"],
  ["that there is none", json(404, { message: "Not Found" }), "refused-installation"],
  ["another address", led(301, "/elsewhere"), "passing"],
])("a request for a token that is answered by %s sends nothing else", async (_name, answer, kind) => {
  tokens = [answer];
  expect(await faultFrom(post())).toMatchObject({ kind });
  expect(asked).toEqual(["POST token"]);
});

test("what is left of the App's own hour, told with a refused token, is not taken for the installation's", async () => {
  const little = { "x-ratelimit-remaining": "1", "x-ratelimit-limit": "5000", "x-ratelimit-resource": "core" };
  tokens = [json(502, {}, { ...little, "x-ratelimit-reset": String(NOW / 1000 + 3600) }), TOKEN(1)];
  answers = [json(200, [])];
  expect(await faultFrom(get())).toMatchObject({ kind: "passing" });
  expect(github.readsWaitUntil(INSTALLATION)).toBeNull();
  expect(await get()).toEqual([]);
});

test("a clock that is wrong is made up for by GitHub's, and where that does not help it is told by how much", async () => {
  const message = "'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued";
  const early = json(401, { message }, { date: new Date(NOW - 240_000).toUTCString() });
  tokens = [early, TOKEN(1)];
  answers = [json(200, [])];
  expect(await get()).toEqual([]);
  github = clientOf();
  tokens = [early, early];
  expect(await faultFrom(get())).toEqual({
    kind: "refused-installation",
    because: `GitHub answered 401 to the request for a token: ${message} (this server's clock is 240 seconds ahead of GitHub's)`,
  });
});

test("a kept token that is refused is taken anew, once, and the request sent once more", async () => {
  tokens = [TOKEN(1), TOKEN(2)];
  answers = [json(200, []), BAD, json(201, { id: 1 })];
  await get();
  // For a token that is younger than five seconds Octokit waits itself.
  vi.setSystemTime(NOW + 600_000);
  expect(await post()).toEqual({ id: 1 });
  expect(asked).toEqual([
    "POST token",
    `GET ${COMMENTS} token token-1`,
    `POST ${COMMENTS} token token-1`,
    "POST token",
    `POST ${COMMENTS} token token-2`,
  ]);
});

test("where a new token cannot be had the installation is refused, and nothing is sent again", async () => {
  tokens = [TOKEN(1), json(403, { message: "This installation has been suspended" })];
  answers = [json(200, []), BAD];
  await get();
  // For a token that is younger than five seconds Octokit waits itself.
  vi.setSystemTime(NOW + 600_000);
  expect(await faultFrom(post())).toMatchObject({ kind: "refused-installation" });
  expect(asked.slice(2)).toEqual([`POST ${COMMENTS} token token-1`, "POST token"]);
});

test.each([301, 302, 307, 308])("a %i is followed for what is read, at the same GitHub", async (status) => {
  answers = [led(status, "/repositories/70/issues/1/comments"), json(200, [])];
  expect(await get()).toEqual([]);
  expect(asked.slice(1)).toEqual([
    `GET ${COMMENTS} token token-1`,
    "GET /repositories/70/issues/1/comments token token-1",
  ]);
});

test.each([301, 302, 307, 308])("a %i is not followed for what is written", async (status) => {
  answers = [led(status, "/repositories/70/issues/1/comments")];
  expect(await faultFrom(post())).toEqual({
    kind: "moved",
    because: `GitHub answered ${status}: Moved: it has another address now`,
  });
  expect(asked.slice(1)).toEqual([`POST ${COMMENTS} token token-1`]);
});

test.each([
  ["read", get],
  ["written", post],
])("to another host nothing is sent of what is %s, least of all the token", async (_name, ask) => {
  answers = [led(302, `${at(other)}/sign-in`)];
  expect(await faultFrom(ask())).toEqual({
    kind: "passing",
    because: "GitHub answered 302: Moved, to another host; it is not followed",
  });
  expect(elsewhere).toEqual([]);
});

test("a circle of addresses ends", async () => {
  answers = Array.from({ length: 10 }, () => led(301, COMMENTS));
  expect(await faultFrom(get())).toMatchObject({ kind: "passing" });
  expect(asked).toHaveLength(5);
});

test("a limit that is not told how long it lasts is a minute, then two, then four, until an answer comes", async () => {
  const secondary = json(403, { message: "You have exceeded a secondary rate limit." });
  answers = [secondary, secondary, secondary, json(200, []), secondary];
  const waits: number[] = [];
  for (let round = 0; round < 3; round += 1) {
    await faultFrom(get());
    const sent = asked.length;
    const fault = await faultFrom(get());
    if (fault === "none" || fault.kind !== "rate-limited") throw new Error(JSON.stringify(fault));
    expect(asked).toHaveLength(sent);
    waits.push(fault.untilAt - now);
    now = fault.untilAt;
  }
  expect(waits).toEqual([60_000, 120_000, 240_000]);
  expect(await get()).toEqual([]);
  await faultFrom(get());
  expect(await faultFrom(get())).toMatchObject({ kind: "rate-limited", untilAt: now + 60_000 });
});

const ask = (more: { mayHaveHoles?: true } = {}) =>
  github.graphql({
    installationId: INSTALLATION,
    document: "query Q { nodes(ids: []) { id } }",
    variables: {},
    schema: z.object({ nodes: z.array(z.object({ id: z.string() }).nullable()) }),
    ...more,
  });

test("GraphQL's hour is its own: what is written by REST goes on", async () => {
  const headers = { "x-ratelimit-remaining": "0", "x-ratelimit-reset": String(NOW / 1000 + 600) };
  const limited = { data: null, errors: [{ type: "RATE_LIMITED", message: "API rate limit exceeded" }] };
  answers = [json(200, limited, { ...headers, "x-ratelimit-resource": "graphql" }), json(201, { id: 1 })];
  expect(await faultFrom(ask())).toMatchObject({ kind: "rate-limited", resource: "graphql", untilAt: NOW + 601_000 });
  expect(await faultFrom(ask())).toMatchObject({ kind: "rate-limited", resource: "graphql" });
  expect(await post()).toEqual({ id: 1 });
  expect(asked.map((each) => each.split(" ").slice(0, 2).join(" "))).toEqual([
    "POST token",
    "POST /graphql",
    `POST ${COMMENTS}`,
  ]);
});

test("what GitHub failed to read beside the rest is a fault, unless holes are allowed for", async () => {
  const holed = {
    data: { nodes: [{ id: "a" }, null] },
    errors: [{ path: ["nodes", 1], message: "Something went wrong" }],
  };
  answers = [json(200, holed), json(200, holed)];
  expect(await faultFrom(ask())).toEqual({ kind: "passing", because: "GitHub answered: Something went wrong" });
  expect((await ask({ mayHaveHoles: true })).data).toEqual({ nodes: [{ id: "a" }, null] });
});
