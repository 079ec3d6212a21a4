// Starting and stopping the server as a process: what it says when it cannot start, and that stopping or dying loses nothing.
import type { ChildProcess } from "node:child_process";
import { createHmac, generateKeyPairSync } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openDatabase } from "../../src/db/database.ts";
import { endOf, makeFolder, run, start } from "./run.ts";

const { privateKey } = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  privateKeyEncoding: { type: "pkcs1", format: "pem" },
  publicKeyEncoding: { type: "spki", format: "pem" },
});
const SECRET = "tests-know-this";
const CONFIGURED = {
  APP_ID: "1",
  PRIVATE_KEY: privateKey,
  WEBHOOK_SECRET: SECRET,
  PORT: "0",
  HOST: "127.0.0.1",
  // Nobody answers there.
  GITHUB_API_URL: "http://127.0.0.1:9",
};

let folder: string;
let removeFolder: () => void;
const children: ChildProcess[] = [];
beforeEach(() => {
  ({ folder, remove: removeFolder } = makeFolder());
});
afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
  removeFolder();
});

/** Starts a server and waits until it says that it is ready. */
async function startServer(): Promise<{ child: ChildProcess; port: number; ended: ReturnType<typeof endOf> }> {
  const child = start([], { folder, environment: CONFIGURED });
  children.push(child);
  const ended = endOf(child);
  const port = new Promise<number>((resolve, reject) => {
    let text = "";
    child.stdout?.on("data", (chunk: Buffer) => {
      text += chunk.toString();
      const ready = text.split("\n").find((line) => line.includes('"msg":"ready"') && line.endsWith("}"));
      if (ready !== undefined) resolve(JSON.parse(ready).port);
    });
    ended.then(({ code, err }) => reject(new Error(`ended with ${code}: ${err}`)));
  });
  return { child, port: await port, ended };
}

async function deliver(port: number, id: string): Promise<number> {
  const body = '{"zen":"Keep it logically awesome."}';
  const response = await fetch(`http://127.0.0.1:${port}/api/github/webhooks`, {
    method: "POST",
    body,
    headers: {
      "content-type": "application/json",
      "x-github-event": "ping",
      "x-github-delivery": id,
      "x-hub-signature-256": `sha256=${createHmac("sha256", SECRET).update(body).digest("hex")}`,
    },
  });
  return response.status;
}

async function storedIds(): Promise<string[]> {
  const database = await openDatabase(`sqlite:${join(folder, "data/patch-advocate.db")}`);
  const rows = await database.db.selectFrom("deliveries").select("id").orderBy("id").execute();
  await database.close();
  return rows.map(({ id }) => id);
}

test("without credentials the start says what is missing and where the set-up page is", async () => {
  const child = start([], { folder, environment: { PORT: "0", LOG_LEVEL: "silent", HOST: "127.0.0.1" } });
  children.push(child);
  const ended = endOf(child);
  await new Promise((resolve) => child.stderr?.once("data", resolve));
  child.kill("SIGTERM");

  const { code, out, err } = await ended;
  expect([code, out]).toEqual([0, ""]);
  expect(err.replaceAll(/:\d+\//g, ":PORT/").replace(/code=[\w-]{24}/, "code=CODE")).toBe(
    `Patch Advocate has no GitHub App yet: APP_ID, PRIVATE_KEY and WEBHOOK_SECRET are not set.

Open the set-up page in a browser. It makes the App and goes on from there, without a restart:
  on this machine   http://127.0.0.1:PORT/setup
  from elsewhere    http://127.0.0.1:PORT/setup?code=CODE
                    (the code opens the page once; another host name or a proxy in front is fine)

By hand instead: docs/setup.md. No GitHub account at hand? \`npm run demo\` shows everything without one.
`,
  );
});

test.each([
  [401, "A JSON web token could not be decoded"],
  [404, "Integration not found"],
])("credentials that GitHub refuses with %s end the start", async (status, message) => {
  const github = createServer((_request, response) => {
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify({ message }));
  });
  await new Promise<void>((resolve) => github.listen(0, "127.0.0.1", resolve));
  const address = github.address();
  const url = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`;

  const ran = await run([], { folder, environment: { ...CONFIGURED, GITHUB_API_URL: url } });
  github.close();

  expect([ran.code, ran.out]).toEqual([1, ""]);
  expect(
    ran.err,
  ).toBe(`Patch Advocate cannot start: GitHub (${url}) does not take APP_ID and PRIVATE_KEY for those of an App. It says: ${message}
  - APP_ID must be the number on the App's settings page, and PRIVATE_KEY (or PRIVATE_KEY_PATH) one of that App's own keys:
    "Generate a private key" at the foot of that page makes a new one.
  - For an App of a GitHub Enterprise Server GHE_HOST must be set. This machine's clock must be right within a minute.
`);
});

test("a secret is not optional", async () => {
  const { WEBHOOK_SECRET: _, ...environment } = CONFIGURED;

  expect(await run(["start"], { folder, environment })).toEqual({
    code: 1,
    out: "",
    err: `Patch Advocate cannot start: one thing is wrong in its configuration (environment or .env).
  - WEBHOOK_SECRET is not set: without it anybody could send deliveries; make one with \`openssl rand -hex 32\` and give it to the GitHub App too.
See .env.example for what each variable means.
`,
  });
});

test(".env is read, and the process's own environment wins", async () => {
  writeFileSync(join(folder, ".env"), "PORT=wrong\nLOG_LEVEL=loud\nLOG_FORMAT=xml\n");

  const { err } = await run([], { folder, environment: { ...CONFIGURED, LOG_FORMAT: "json" } });

  expect(err).toBe(`Patch Advocate cannot start: one thing is wrong in its configuration (environment or .env).
  - LOG_LEVEL must be one of trace, debug, info, warn, error, fatal, silent.
See .env.example for what each variable means.
`);
});

test(".env.example names every variable and is accepted as it is", async () => {
  const example = readFileSync(new URL("../../.env.example", import.meta.url), "utf8");
  writeFileSync(join(folder, ".env"), example);
  const known = readFileSync(new URL("../../src/config.ts", import.meta.url), "utf8").matchAll(
    /^ {2}([A-Z][A-Z_]+):/gm,
  );

  const child = start([], { folder, environment: { HOST: "127.0.0.1", PORT: "0" } });
  children.push(child);
  const printed = await new Promise((resolve) => child.stderr?.once("data", resolve));
  expect(String(printed)).toContain("APP_ID, PRIVATE_KEY and WEBHOOK_SECRET are not set.");
  for (const [, name] of known) expect(example).toContain(`\n${name}=`);
});

test("a second server on the same file is refused; commands beside it are welcome", async () => {
  const { port } = await startServer();

  const second = await run([], { folder, environment: CONFIGURED });
  const command = await run(["pause"], { folder });

  expect(second).toEqual({
    code: 1,
    out: "",
    err: "Patch Advocate cannot start: another server already uses sqlite:data/patch-advocate.db. Stop it first, or use PostgreSQL (DATABASE_URL) for several servers.\n",
  });
  expect(command.code).toBe(0);
  expect(await deliver(port, "d-1")).toBe(202);
});

test("a delivery that was answered survives kill -9, and the next server starts at once", async () => {
  const first = await startServer();
  const ids = Array.from({ length: 20 }, (_, index) => `d-${10 + index}`);
  const statuses = await Promise.all(ids.map((id) => deliver(first.port, id)));
  first.child.kill("SIGKILL");
  await first.ended;

  const stored = await storedIds();
  await startServer();

  expect(new Set(statuses)).toEqual(new Set([202]));
  expect(stored).toEqual(ids);
});

test.each(["SIGTERM", "SIGINT"] as const)("%s stops it cleanly", async (signal) => {
  const { child, ended, port } = await startServer();
  expect(await deliver(port, "d-1")).toBe(202);

  child.kill(signal);
  // The terminal and npm both pass a signal on: twice at once is still one.
  child.kill(signal);

  const { code, out } = await ended;
  expect(code).toBe(0);
  expect(out).toContain('"msg":"stopped"');
  expect(await storedIds()).toEqual(["d-1"]);
});

test("it says that it is alive and can work, and its figures name nobody", async () => {
  const { port } = await startServer();
  await deliver(port, "d-1");
  const get = async (path: string) => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`);
    return [response.status, await response.text()] as const;
  };

  expect(await get("/healthz")).toEqual([200, "alive\n"]);
  expect(await get("/readyz")).toEqual([200, "ready\n"]);
  expect((await get("/metrics"))[1]).toContain('patch_advocate_deliveries_received_total{outcome="kept"} 1\n');
  expect((await get("/nothing"))[0]).toBe(404);
});

test("a Node that is too old says in one line what to do, or hands over to the one that npm brought", async () => {
  const text = readFileSync(new URL("../../src/start.js", import.meta.url), "utf8").replace(
    "NEEDED = 26",
    "NEEDED = 99",
  );
  mkdirSync(join(folder, "src"));
  writeFileSync(join(folder, "package.json"), '{"type":"module"}');
  const file = join(folder, "src/start.js");
  writeFileSync(file, text);

  expect(await run(["pause"], { folder }, file)).toEqual({
    code: 1,
    out: "",
    err: `Patch Advocate needs Node 99 or newer and found ${process.version}: run \`npm ci && npm start\`, which brings it.\n`,
  });

  mkdirSync(join(folder, "node_modules/node/bin"), { recursive: true });
  writeFileSync(join(folder, "node_modules/node/bin/node"), '#!/bin/sh\nshift\necho "newer: $@"\nexit 3\n', {
    mode: 0o755,
  });
  expect(await run(["deliveries", "list"], { folder }, file)).toEqual({
    code: 3,
    out: "newer: deliveries list\n",
    err: "",
  });
});
