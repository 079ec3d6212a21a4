// The product as a process of its own, with the real clock, beside the emulator: for stories in which it is killed or stopped.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { expect, onTestFinished } from "vitest";
import { parseCustomers } from "../../src/customers/parse.ts";
import { importCustomers } from "../../src/customers/store-import.ts";
import { type Database, openDatabase } from "../../src/db/database.ts";
import { ownerId } from "../../src/github/refs.ts";
import {
  type ChannelLedger,
  type ChannelName,
  type Channels,
  createChannelLedger,
  slackIdsIn,
  startChannels,
} from "./channels/channels.ts";
import { type Dialect, makeDatabase } from "./databases.ts";
import { type GitHub, startGitHub } from "./github/github.ts";
import { createLedger, type Ledger } from "./ledger.ts";
import { ACME, SECRET } from "./start-app.ts";
import { skipWaiting, workLeft } from "./work-left.ts";

const START = new URL("../../src/start.js", import.meta.url).pathname;
const WEBHOOK_PATH = "/api/github/webhooks";

export type ProcessStory = Ledger &
  Omit<ChannelLedger, "unseen" | "expectNothingElseSent"> & {
    readonly github: GitHub;
    readonly channels: Channels;
    /** The test's own connection to the database that the process works on. */
    readonly database: Database;
    readonly databaseUrl: string;
    /** Where the process that runs now listens. */
    readonly url: () => string;
    readonly start: () => Promise<void>;
    /** kill -9: nothing is finished, nothing is said. */
    readonly kill: () => Promise<void>;
    /** SIGHUP: asks that secrets be read again. */
    readonly hangUp: () => void;
    /** Every line that it has logged. */
    readonly logs: readonly string[];
    /** What it has printed beside the log. */
    readonly printed: readonly string[];
    /** SIGTERM; answers the exit code. */
    readonly stop: () => Promise<number | null>;
    /** Makes due at once what waits for the lease of a killed process or for a second try. */
    readonly skipWaiting: () => Promise<void>;
    readonly until: (what: string, holds: () => boolean | Promise<boolean>) => Promise<void>;
    /** Until no delivery, patch, effect or notice is left to do. */
    readonly untilIdle: () => Promise<void>;
  };

/** An emulator, a database with one customer, and the product started and installed. */
export async function startProcess(given: {
  readonly on: Dialect;
  readonly policy: string;
  readonly customers: string;
  readonly channels?: readonly ChannelName[];
  /** A database elsewhere than usual, which whoever gives it takes away. */
  readonly databaseUrl?: string;
  /** The folder that it runs in, with a `.env` of its own perhaps. */
  readonly folder?: string;
  /** What it is started with, from what it usually is. */
  readonly environment?: (usual: Readonly<Record<string, string>>) => Readonly<Record<string, string>>;
}): Promise<ProcessStory> {
  const channels = await startChannels(given.channels ?? [], slackIdsIn(given.customers));
  const github = await startGitHub({
    webhookSecret: SECRET,
    ...ACME,
    repositories: [
      {
        name: "acme-db/engine",
        visibility: "public",
        collaborators: { mira: "write", noel: "write", dana: "write", kenji: "read" },
        files: { ".github/patch-advocate.yml": given.policy },
      },
      { name: "acme-db/cases", visibility: "private", collaborators: { dana: "write", kenji: "write" } },
    ],
  });
  // Its tables are made by the process itself, as on the first day.
  const made =
    given.databaseUrl === undefined
      ? await makeDatabase(given.on, { isEmpty: true })
      : { url: given.databaseUrl, remove: async () => undefined };
  const database = await openDatabase(made.url);
  const read = parseCustomers(given.customers, "yaml");
  if (read.kind !== "file") throw new Error(JSON.stringify(read.problems));
  await database.transaction((tx) => importCustomers(tx, { ownerId: ownerId(0), read, now: Date.now() }));

  const logs: string[] = [];
  const printed: string[] = [];
  let child: ChildProcess | null = null;
  let url = "";

  const usual = {
    APP_ID: String(github.appId),
    PRIVATE_KEY: github.privateKey,
    WEBHOOK_SECRET: SECRET,
    GITHUB_API_URL: github.url,
    GITHUB_GRAPHQL_URL: github.graphqlUrl,
    GITHUB_WEB_URL: github.webUrl,
    DATABASE_URL: made.url,
    HOST: "127.0.0.1",
    PORT: "0",
    ...channels.environment,
    // The log then says where it listens, not where people would find it.
    PUBLIC_URL: "",
  };
  const start = async () => {
    const started = spawn(process.execPath, [START], {
      stdio: ["ignore", "pipe", "pipe"],
      ...(given.folder === undefined ? {} : { cwd: given.folder }),
      env: { PATH: process.env.PATH, ...(given.environment?.(usual) ?? usual) },
    });
    child = started;
    url = await ready(started, { logs, printed });
    github.webhookUrl = `${url}${WEBHOOK_PATH}`;
  };
  const end = async (signal: NodeJS.Signals): Promise<number | null> => {
    if (child === null || child.exitCode !== null || child.signalCode !== null) return null;
    const ended = once(child, "exit");
    child.kill(signal);
    const [code] = await ended;
    child = null;
    return typeof code === "number" ? code : null;
  };
  const kill = async () => {
    await end("SIGKILL");
  };

  onTestFinished(async () => {
    await kill();
    await database.close();
    await made.remove();
    await channels.close();
    await github.close();
  });

  await start();
  github.announceInstallations();
  await github.settled();
  const { unseen: _, expectNothingElseSent, ...told } = createChannelLedger(channels);
  const story = { ...createLedger(github, logs), ...told, channels, github, database, url: () => url, start, kill };
  const untilIdle = () => until("nothing is left to do", async () => (await workLeft(database)) === 0);
  await untilIdle();
  return {
    ...story,
    databaseUrl: made.url,
    hangUp: () => child?.kill("SIGHUP"),
    logs,
    printed,
    stop: () => end("SIGTERM"),
    skipWaiting: () => skipWaiting(database),
    until,
    untilIdle,
    expectNothingElse: async () => {
      await story.expectNothingElse();
      expectNothingElseSent();
      const { db } = database;
      expect(await db.selectFrom("notices").select(["key", "outcome"]).where("state", "=", "failed").execute()).toEqual(
        [],
      );
      expect(await db.selectFrom("effects").select(["key", "outcome"]).where("state", "=", "failed").execute()).toEqual(
        [],
      );
      expect(
        await db.selectFrom("deliveries").select(["event", "error"]).where("state", "=", "failed").execute(),
      ).toEqual([]);
    },
  };
}

/** Answers where it listens, once it says that it is ready. */
async function ready(child: ChildProcess, { logs, printed }: { logs: string[]; printed: string[] }): Promise<string> {
  return new Promise((resolve, reject) => {
    let rest = "";
    child.stderr?.on("data", (chunk: Buffer) => printed.push(chunk.toString()));
    child.stdout?.on("data", (chunk: Buffer) => {
      const lines = (rest + chunk.toString()).split("\n");
      rest = lines.pop() ?? "";
      logs.push(...lines);
      for (const line of lines) {
        const said = JSON.parse(line) as { msg?: string; url?: string };
        if (said.msg === "ready" && said.url !== undefined) resolve(said.url);
      }
    });
    child.once("exit", (code) => reject(new Error(`the process ended with ${code}: ${printed.join("")}`)));
  });
}

/** What happens in another process can only be looked for, again and again. */
async function until(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  const endsAt = performance.now() + 45_000;
  while (!(await holds())) {
    if (performance.now() > endsAt) throw new Error(`waited in vain until ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
