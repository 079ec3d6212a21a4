// The whole product over a real HTTP server and a database of its own, with the GitHub emulator and a clock that the story moves.
import { createServer } from "node:net";
import { sql } from "kysely";
import pino from "pino";
import { expect, onTestFinished, vi } from "vitest";
import { type App, createApp } from "../../src/app.ts";
import { readConfig } from "../../src/config.ts";
import { parseCustomers } from "../../src/customers/parse.ts";
import { importCustomers } from "../../src/customers/store-import.ts";
import { type Database, openDatabase } from "../../src/db/database.ts";
import { ownerId } from "../../src/github/refs.ts";
import { createMetrics } from "../../src/metrics.ts";
import {
  type ChannelLedger,
  type ChannelName,
  type Channels,
  createChannelLedger,
  slackIdsIn,
  startChannels,
} from "./channels/channels.ts";
import { type Dialect, makeDatabase } from "./databases.ts";
import { type GitHub, type GitHubOptions, startGitHub } from "./github/github.ts";
import { createLedger, type Ledger } from "./ledger.ts";

export const SECRET = "a-secret-for-tests";

export type StoryOptions = {
  readonly on: Dialect;
  readonly now: string;
  readonly github?: Partial<GitHubOptions>;
  /** The text of `.github/patch-advocate.yml` in acme-db/engine; null for none. */
  readonly policy?: string | null;
  /** The text of a customers.yml, imported before the app is installed. */
  readonly customers?: string;
  /** False: the installation is not announced; the story does it. */
  readonly isInstalled?: boolean;
  /** The ways in which people and outside systems can be told; none unless said. */
  readonly channels?: readonly ChannelName[];
  /** Whether people sign in with GitHub (the App's OAuth). */
  readonly hasSignIn?: boolean;
  /** Who is in the Slack (`U…`), besides those whom `customers` names. */
  readonly slackPeople?: readonly string[];
};

export type Story = Ledger &
  Omit<ChannelLedger, "unseen" | "expectNothingElseSent"> & {
    readonly github: GitHub;
    /** The servers behind the ways of telling, for stories in which one of them fails. */
    readonly channels: Channels;
    readonly app: App;
    readonly database: Database;
    readonly url: string;
    /** Every line that was logged. */
    readonly logs: readonly string[];
    /** Works until nothing is left to do at this moment. */
    readonly settle: () => Promise<void>;
    /** Moves the clock, stopping at everything that falls due on the way. */
    readonly advanceTo: (when: string) => Promise<void>;
    readonly advance: (length: {
      readonly minutes?: number;
      readonly hours?: number;
      readonly days?: number;
    }) => Promise<void>;
    readonly importCustomers: (yaml: string) => Promise<void>;
    /** Another process beside the first, on the same database; answers where it listens. */
    readonly startAnother: () => Promise<string>;
    /** Private messages and events that failed for good; looking at them is what lets a story end with them. */
    readonly failedNotices: () => Promise<readonly { readonly key: string; readonly outcome: string | null }[]>;
  };

/** One organisation, a public repository and a private one for cases: what most stories begin with. */
export const ACME: Partial<GitHubOptions> = {
  organizations: [
    {
      login: "acme-db",
      owners: ["boss"],
      members: ["mira", "noel", "dana", "kenji"],
      teams: { support: ["dana", "kenji"], engine: ["mira", "noel"] },
    },
  ],
  users: ["sb-dev1", "stranger"],
  installations: [{ account: "acme-db", repositories: "all" }],
};

export const ACME_POLICY = `version: 1
mode: act
support: ["@acme-db/support"]
maintainers: [mira]
cases:
  repositories: [acme-db/cases]
  references: [{ pattern: "CASE-[0-9]{1,8}", url: "https://support.acme.example/{ref}" }]
`;

export const SHINSHU = `customers:
  - id: shinshu-bank
    name: Shinshu Bank
    timezone: Asia/Tokyo
    owner: { name: Sato, email: sato@acme.example }
    consultant: { github: kenji }
    logins: [sb-dev1]
    contracts:
      - { plan: subscription, tier: gold, from: 2026-01-01, until: 2026-12-31 }
`;

export async function startApp(options: StoryOptions): Promise<Story> {
  vi.useFakeTimers({ toFake: ["Date", "Temporal"], now: new Date(options.now) });
  const policy = options.policy === undefined ? ACME_POLICY : options.policy;
  const client = options.hasSignIn === true ? await createClient() : null;
  const github = await startGitHub({
    webhookSecret: SECRET,
    ...ACME,
    repositories: [
      {
        name: "acme-db/engine",
        visibility: "public",
        collaborators: { mira: "write", noel: "write", dana: "write", kenji: "read" },
        files: policy === null ? {} : { ".github/patch-advocate.yml": policy },
      },
      { name: "acme-db/cases", visibility: "private", collaborators: { dana: "write", kenji: "write" } },
    ],
    ...(client === null ? {} : { oauth: client.oauth }),
    ...options.github,
  });
  const channels = await startChannels(options.channels ?? [], [
    ...new Set([...slackIdsIn(options.customers ?? ""), ...(options.slackPeople ?? [])]),
  ]);
  const made = await makeDatabase(options.on);
  const database = await openDatabase(made.url);
  const logs: string[] = [];
  const log = pino({ level: "info" }, { write: (line: string) => logs.push(line) });
  const config = readConfig(
    {
      APP_ID: String(github.appId),
      PRIVATE_KEY: github.privateKey,
      WEBHOOK_SECRET: SECRET,
      GITHUB_API_URL: github.url,
      GITHUB_GRAPHQL_URL: github.graphqlUrl,
      GITHUB_WEB_URL: github.webUrl,
      DATABASE_URL: made.url,
      HOST: "127.0.0.1",
      ...client?.environment,
      ...channels.environment,
    },
    () => "",
  );
  if (config.kind !== "config") throw new Error(`the story's configuration is wrong: ${JSON.stringify(config)}`);
  const whole = { ...config.config, web: { ...config.config.web, port: client?.port ?? 0 } };
  const app = await createApp({ config: whole, database, now: () => Date.now(), log, metrics: createMetrics() });
  const { port } = await app.start();
  const url = `http://127.0.0.1:${port}`;
  github.webhookUrl = `${url}${whole.webhook.path}`;

  const others: { readonly app: App; readonly database: Database }[] = [];
  const startAnother = async (): Promise<string> => {
    const own = await openDatabase(made.url);
    const other = await createApp({
      config: whole,
      database: own,
      now: () => Date.now(),
      log,
      metrics: createMetrics(),
    });
    others.push({ app: other, database: own });
    return `http://127.0.0.1:${(await other.start()).port}`;
  };

  onTestFinished(async () => {
    for (const other of others) await other.app.stop();
    for (const other of others) await other.database.close();
    await app.stop();
    await database.close();
    await made.remove();
    vi.useRealTimers();
    await channels.close();
    await github.close();
  });

  const settle = async () => {
    const done = () => activity(github) + channels.count();
    for (let before = -1; before !== done(); ) {
      before = done();
      await github.settled();
      await Promise.all([app, ...others.map((other) => other.app)].map((each) => each.settle()));
      await github.settled();
    }
  };
  const advanceTo = async (when: string) => {
    const target = Date.parse(when);
    await settle();
    for (let steps = 0; steps < 500; steps += 1) {
      const next = await nextDueAt(database, Date.now());
      if (next === null || next > target) break;
      vi.setSystemTime(Math.max(next, Date.now() + 1));
      await settle();
    }
    vi.setSystemTime(target);
    await settle();
  };
  const bringCustomers = async (yaml: string) => {
    const read = parseCustomers(yaml, "yaml");
    if (read.kind !== "file") throw new Error(JSON.stringify(read.problems));
    const owner = ownerId(options.isInstalled === false ? 0 : github.idOf("acme-db"));
    await database.transaction((tx) => importCustomers(tx, { ownerId: owner, read, now: Date.now() }));
    await settle();
  };

  if (options.customers !== undefined) {
    await bringCustomersBefore(database, options.customers);
  }
  // One after another: customers that were imported before belong to the first who installs the app.
  const announcements = options.isInstalled === false ? [] : github.announcements();
  for (const announce of announcements) {
    announce();
    await settle();
  }
  if (announcements.length === 0) await settle();

  const ledger = createLedger(github, logs);
  const { unseen: _, expectNothingElseSent, ...told } = createChannelLedger(channels);
  const seenFailures = new Set<string>();
  return {
    ...ledger,
    ...told,
    github,
    channels,
    app,
    database,
    url,
    logs,
    settle,
    advanceTo,
    advance: ({ minutes = 0, hours = 0, days = 0 }) =>
      advanceTo(new Date(Date.now() + ((days * 24 + hours) * 60 + minutes) * 60_000).toISOString()),
    importCustomers: bringCustomers,
    startAnother,
    expectNothingElse: async () => {
      await settle();
      await ledger.expectNothingElse();
      expectNothingElseSent();
      await expectNoFailures(database, seenFailures);
    },
    failedNotices: async () => {
      const failed = await failedNotices(database);
      for (const { key } of failed) seenFailures.add(key);
      return failed;
    },
  };
}

/** What GitHub and we know of each other for signing in. GitHub sends people back only to an address that it was told before. */
async function createClient() {
  const port = await freePort();
  const [clientId, clientSecret] = ["Iv1.acme", "a-client-secret-for-tests"];
  return {
    port,
    oauth: { clientId, clientSecret, redirectUris: [`http://127.0.0.1:${port}/sign-in/github/callback`] },
    environment: { GITHUB_CLIENT_ID: clientId, GITHUB_CLIENT_SECRET: clientSecret },
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (typeof address !== "object" || address === null) throw new Error("there is no free port");
  return address.port;
}

const activity = (github: GitHub): number => github.deliveries.length * 1_000_000 + github.requests.length;

/** Imported before anybody has installed the app: it belongs to the first who does. */
async function bringCustomersBefore(database: Database, yaml: string): Promise<void> {
  const read = parseCustomers(yaml, "yaml");
  if (read.kind !== "file") throw new Error(JSON.stringify(read.problems));
  await database.transaction((tx) => importCustomers(tx, { ownerId: ownerId(0), read, now: Date.now() }));
}

/** The next moment at which anything falls due. */
async function nextDueAt(database: Database, now: number): Promise<number | null> {
  const { rows } = await sql<{ at: number | null }>`select min(at) as at from (
    select min(due_at) as at from patches where due_at is not null
    union all select min(due_at) from customers where due_at is not null
    union all select min(due_at) from digests
    union all select min(due_at) from listed_decisions where sent_at is null
    union all select min(run_after) from effects where state = 'due'
    union all select min(run_after) from notices where state = 'due'
    union all select min(run_after) from deliveries where state = 'pending'
    union all select min(run_after) from backfills where state = 'pending') as due where at > ${now}`.execute(
    database.db,
  );
  return rows[0]?.at ?? null;
}

const failedNotices = (database: Database) =>
  database.db.selectFrom("notices").select(["key", "outcome"]).where("state", "=", "failed").orderBy("id").execute();

async function expectNoFailures(database: Database, seenFailures: ReadonlySet<string>): Promise<void> {
  const { db } = database;
  expect((await failedNotices(database)).filter(({ key }) => !seenFailures.has(key))).toEqual([]);
  expect(await db.selectFrom("effects").select(["key", "outcome"]).where("state", "=", "failed").execute()).toEqual([]);
  expect(await db.selectFrom("deliveries").select(["event", "error"]).where("state", "=", "failed").execute()).toEqual(
    [],
  );
  expect(
    await db
      .selectFrom("deliveries")
      .select(["event", "error"])
      .where("error", "is not", null)
      .where("state", "=", "pending")
      .execute(),
  ).toEqual([]);
}
