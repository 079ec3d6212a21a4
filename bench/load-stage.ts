// What both halves of bench/load stand on: a fresh database with one customer, GitHub's process, and the product's processes beside it.
import { type ChildProcess, fork } from "node:child_process";
import { generateKeyPairSync, randomBytes } from "node:crypto";
import { join } from "node:path";
import { z } from "zod";
import { parseCustomers } from "../src/customers/parse.ts";
import { importCustomers } from "../src/customers/store-import.ts";
import { type Database, openDatabase } from "../src/db/database.ts";
import { inboxFigures } from "../src/github/deliveries-store.ts";
import { ownerId } from "../src/github/refs.ts";
import { duePatchCount } from "../src/patches/store.ts";
import { type Dialect, onServer, SERVER } from "../test/support/databases.ts";
import { CUSTOMERS_FILE } from "./load-answers.ts";
import { ORGANIZATION } from "./load-people.ts";
import { type Server, startServer } from "./load-servers.ts";

export type Given = {
  readonly dialect: Dialect;
  readonly seed: number;
  readonly folder: string;
  readonly repositories: number;
};

export type Stage = {
  readonly database: Database;
  readonly servers: () => readonly Server[];
  /** Starts so many more of the product's processes and has GitHub send to all. */
  readonly startServers: (count: number) => Promise<void>;
  readonly stopServers: () => Promise<void>;
  /** Has GitHub do something; answers what it says once that is done. */
  readonly order: (order: { readonly do: string } & Record<string, unknown>) => Promise<unknown>;
  readonly githubPid: number;
  readonly close: () => Promise<void>;
};

const SECRET = "a-secret-for-the-bench";
const WEBHOOK_PATH = "/api/github/webhooks";

/** Everything up and the installation's repositories read. */
export async function openStage(given: Given): Promise<Stage> {
  const made = await makeDurable(given);
  const database = await openDatabase(made.url);
  const read = parseCustomers(CUSTOMERS_FILE, "yaml");
  if (read.kind !== "file") throw new Error(JSON.stringify(read.problems));
  const imported = { ownerId: ownerId(ORGANIZATION.id), read, now: Date.now() };
  await database.transaction((tx) => importCustomers(tx, imported));
  const github = await startGitHub(given);
  const environment = environmentOf(github.url, made.url);
  let servers: Server[] = [];
  return {
    database,
    githubPid: github.child.pid ?? 0,
    servers: () => servers,
    order: github.order,
    startServers: async (count) => {
      const logPath = join(given.folder, "..", `load-${given.dialect}.log`);
      for (let n = 0; n < count; n += 1) servers = [...servers, await startServer(environment, { logPath })];
      await github.order({ do: "ports", ports: servers.map(({ port }) => port) });
    },
    stopServers: async () => {
      await Promise.all(servers.map((server) => server.stop()));
      servers = [];
    },
    close: async () => {
      await Promise.all(servers.map((server) => server.stop()));
      github.child.disconnect();
      await database.close();
      await made.remove();
    },
  };
}

/** What a process of the product is started with. */
export function environmentOf(githubUrl: string, databaseUrl: string) {
  const { privateKey } = generateKeyPairSync("rsa", {
    modulusLength: 2048,
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
    publicKeyEncoding: { type: "spki", format: "pem" },
  });
  return {
    APP_ID: "1",
    PRIVATE_KEY: privateKey,
    WEBHOOK_SECRET: SECRET,
    GITHUB_API_URL: githubUrl,
    GITHUB_GRAPHQL_URL: `${githubUrl}/graphql`,
    GITHUB_WEB_URL: githubUrl,
    DATABASE_URL: databaseUrl,
  };
}

/** Unlike the tests' databases these wait for the disk at every commit, as a user's do. */
async function makeDurable({ dialect, folder }: Given): Promise<{ url: string; remove: () => Promise<void> }> {
  const name = `bench_load_${randomBytes(6).toString("hex")}`;
  if (dialect === "sqlite") return { url: `sqlite:${join(folder, `${name}.db`)}`, remove: async () => undefined };
  await onServer(`create database ${name}`);
  const url = new URL(SERVER);
  url.pathname = `/${name}`;
  return { url: url.href, remove: () => onServer(`drop database ${name} with (force)`) };
}

const told = z.object({ port: z.number() });
const said = z.object({ done: z.string() });

/** GitHub's process, which answers an order once it is done. */
export async function startGitHub({ seed, repositories }: Pick<Given, "seed" | "repositories">) {
  const parameters = JSON.stringify({ seed, repositories, secret: SECRET, webhookPath: WEBHOOK_PATH });
  const child: ChildProcess = fork(new URL("./load-github.ts", import.meta.url), [parameters]);
  const gone = (): Promise<never> =>
    new Promise((_, reject) => {
      child.once("exit", (code) => reject(new Error(`GitHub's process ended with code ${code}`)));
    });
  /** The next that it says of `what`: an order may be given while another is being carried out. */
  const hear = (what: string) =>
    new Promise<unknown>((resolve) => {
      const listen = (message: unknown) => {
        if (said.parse(message).done !== what) return;
        child.off("message", listen);
        resolve(message);
      };
      child.on("message", listen);
    });
  const ended = gone();
  // Whoever waits for an answer hears of it.
  ended.catch(() => undefined);
  const { port } = told.parse(await Promise.race([hear("listen"), ended]));
  return {
    child,
    url: `http://127.0.0.1:${port}`,
    order: (order: { readonly do: string } & Record<string, unknown>) => {
      const answer = Promise.race([hear(order.do), ended]);
      child.send(order);
      return answer;
    },
  };
}

export type Left = {
  readonly deliveries: number;
  readonly patches: number;
  readonly effects: number;
  readonly lagMillis: number;
};

/** What is left to do now, and for how long the oldest delivery has waited. */
export async function leftToDo({ db }: Database): Promise<Left> {
  const now = Date.now();
  const inbox = await inboxFigures(db, now);
  const { effects } = await db
    .selectFrom("effects")
    .select(({ fn }) => fn.countAll().as("effects"))
    .where("state", "=", "due")
    .executeTakeFirstOrThrow();
  return {
    deliveries: inbox.pending,
    patches: await duePatchCount(db, now),
    effects: Number(effects),
    lagMillis: inbox.oldestDueAt === null ? 0 : now - inbox.oldestDueAt,
  };
}

/** Rests until all that can be done now is done. @throws after `millis`. */
export async function untilIdle(stage: Stage, millis: number): Promise<void> {
  const endsAt = performance.now() + millis;
  for (let rests = 0; rests < 3; ) {
    const { deliveries, patches, effects } = await leftToDo(stage.database);
    rests = deliveries + patches + effects + (await repositoriesToRead(stage.database)) === 0 ? rests + 1 : 0;
    if (performance.now() > endsAt) {
      console.log(`still to do: ${deliveries} deliveries, ${patches} patches, ${effects} effects`);
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

async function repositoriesToRead({ db }: Database): Promise<number> {
  const { count } = await db
    .selectFrom("backfills")
    .select(({ fn }) => fn.countAll().as("count"))
    .where("state", "=", "pending")
    .executeTakeFirstOrThrow();
  return Number(count);
}
