// The demo's stage: the product itself over real HTTP and a SQLite file, an emulated GitHub, and one clock that moves both.
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import FakeTimers from "@sinonjs/fake-timers";
import { pino } from "pino";
import { startMailServer } from "../../test/support/channels/mail-server.ts";
import type { Mail } from "../../test/support/channels/parse-mail.ts";
import { type GitHub, type GitHubOptions, startGitHub } from "../../test/support/github/github.ts";
import { createApp } from "../app.ts";
import { readConfig } from "../config.ts";
import { parseCustomers } from "../customers/parse.ts";
import { importCustomers } from "../customers/store-import.ts";
import { openDatabase } from "../db/database.ts";
import { ownerId } from "../github/refs.ts";
import { createMetrics } from "../metrics.ts";
import { isSomebodyWatching, keepSignedIn, nextDueAt } from "./store.ts";

const SECRET = "only-for-the-demo";
const CLIENT = { clientId: "Iv1.demo", clientSecret: "only-for-the-demo" };
/** Far more than any story needs; a clock that never arrives would otherwise look like a demo that hangs. */
const MOST_STOPS = 500;

export type Stage = {
  readonly github: GitHub;
  /** Every mail that was sent, oldest first. */
  readonly mails: readonly Mail[];
  /** Where the product listens. */
  readonly url: string;
  readonly databaseUrl: string;
  readonly now: () => number;
  /** Works until nothing is left to do at this moment. */
  readonly settle: () => Promise<void>;
  /** Moves the clock to an instant (ISO 8601), stopping at everything that falls due on the way. */
  readonly moveTo: (when: string) => Promise<void>;
  /** As `patch-advocate customers import`, before anybody has installed the app. Answers how many customers there are. */
  readonly bringCustomers: (yaml: string) => Promise<number>;
  /** Whether anybody is signed in to the board. */
  readonly isWatched: () => Promise<boolean>;
  readonly close: () => Promise<void>;
};

/** Sets it up at `now` (ISO 8601). Only the clock's hands are false: timers and everything else are real. */
export async function openStage({
  now,
  github: seed,
}: {
  readonly now: string;
  readonly github: Omit<GitHubOptions, "webhookSecret">;
}): Promise<Stage> {
  const clock = FakeTimers.install({ now: Date.parse(now), toFake: ["Date", "Temporal"] });
  const ownPort = await freePort();
  const url = `http://127.0.0.1:${ownPort}`;
  const oauth = { ...CLIENT, redirectUris: [`${url}/sign-in/github/callback`] };
  const github = await startGitHub({ webhookSecret: SECRET, oauth, ...seed });
  const mail = await startMailServer();
  const folder = await mkdtemp(join(tmpdir(), "patch-advocate-demo-"));
  const databaseUrl = `sqlite:${join(folder, "demo.db")}`;
  const database = await openDatabase(databaseUrl);
  const outcome = readConfig(
    {
      APP_ID: String(github.appId),
      PRIVATE_KEY: github.privateKey,
      WEBHOOK_SECRET: SECRET,
      GITHUB_API_URL: github.url,
      GITHUB_GRAPHQL_URL: github.graphqlUrl,
      GITHUB_WEB_URL: github.webUrl,
      DATABASE_URL: databaseUrl,
      HOST: "127.0.0.1",
      PORT: String(ownPort),
      PUBLIC_URL: url,
      GITHUB_CLIENT_ID: CLIENT.clientId,
      GITHUB_CLIENT_SECRET: CLIENT.clientSecret,
      SMTP_URL: mail.url,
      SMTP_FROM: "Patch Advocate <patches@acme.example>",
    },
    () => "",
  );
  if (outcome.kind !== "config") throw new Error(`the demo's configuration is wrong: ${JSON.stringify(outcome)}`);
  const app = await createApp({
    config: outcome.config,
    database,
    now: () => Date.now(),
    log: pino({ level: "error" }, pino.destination(2)),
    metrics: createMetrics(),
  });
  await app.start();
  github.webhookUrl = `${url}${outcome.config.webhook.path}`;

  const activity = () => `${github.deliveries.length} ${github.requests.length} ${mail.mails.length}`;
  const settle = async () => {
    for (let before = ""; before !== activity(); ) {
      before = activity();
      await github.settled();
      await app.settle();
      await github.settled();
    }
  };

  return {
    github,
    mails: mail.mails,
    url,
    databaseUrl,
    now: () => Date.now(),
    settle,
    moveTo: async (when) => {
      const target = Date.parse(when);
      await settle();
      for (let stops = 0; ; stops += 1) {
        if (stops === MOST_STOPS) throw new Error(`the clock did not arrive at ${when}`);
        const next = await nextDueAt(database.db, Date.now());
        if (next === null || next > target) break;
        const stop = Math.max(next, Date.now() + 1);
        await keepSignedIn(database.db, stop);
        clock.setSystemTime(stop);
        await settle();
      }
      await keepSignedIn(database.db, target);
      clock.setSystemTime(target);
      await settle();
    },
    bringCustomers: async (yaml) => {
      const read = parseCustomers(yaml, "yaml");
      if (read.kind !== "file") throw new Error(JSON.stringify(read.problems));
      await database.transaction((tx) => importCustomers(tx, { ownerId: ownerId(0), read, now: Date.now() }));
      return read.file.customers.length;
    },
    isWatched: () => isSomebodyWatching(database.db),
    close: async () => {
      await app.stop();
      await database.close();
      clock.uninstall();
      await rm(folder, { recursive: true, force: true });
      await mail.close();
      await github.close();
    },
  };
}

/** The links in mails lead to the demo itself, so its port has to be known before it listens. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (typeof address !== "object" || address === null) throw new Error("no port is free");
  return address.port;
}
