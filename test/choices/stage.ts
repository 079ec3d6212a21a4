// A small world for questions behind links: one patch, one escalation, and the product's routes on a real HTTP server. Apart from
// stories, because here an escalation can be put into any state at once.
import type { Updateable } from "kysely";
import pino from "pino";
import { onTestFinished } from "vitest";
import type { Answer } from "../../src/choices/answer.ts";
import { type ChoiceKind, keepChoice, newChoiceToken } from "../../src/choices/choice.ts";
import type { SlackConfig } from "../../src/choices/slack-client.ts";
import { parseCustomers } from "../../src/customers/parse.ts";
import { importCustomers } from "../../src/customers/store-import.ts";
import { type Database, openDatabase } from "../../src/db/database.ts";
import type { Schema } from "../../src/db/schema.ts";
import { ownerId, storedPatchId } from "../../src/github/refs.ts";
import { createMetrics } from "../../src/metrics.ts";
import type { Recipient } from "../../src/notify/notice.ts";
import { enqueueNotices } from "../../src/notify/store.ts";
import type { Fact } from "../../src/patches/fact.ts";
import { addFacts } from "../../src/patches/store.ts";
import type { Wiring } from "../../src/patches/wiring.ts";
import type { Language } from "../../src/policy/policy.ts";
import { createRoutes } from "../../src/web/routes.ts";
import { createWebServer } from "../../src/web/server.ts";
import { type Dialect, makeDatabase } from "../support/databases.ts";

export const NOW = Date.parse("2026-03-02T09:00:00Z");
export const DAY = 24 * 60 * 60_000;
export const PATCH = "100#7";
export const OWNER = 7;

export const SATO: Recipient = {
  key: "mail:sato@acme.example",
  name: "Sato",
  login: null,
  email: "sato@acme.example",
  slack: "U0123",
  language: "en",
  timezone: "Asia/Tokyo",
  hours: null,
};

export type Stage = {
  readonly url: string;
  readonly database: Database;
  readonly wiring: Wiring;
  readonly logs: readonly string[];
  readonly setNow: (at: number) => void;
  /** Resolves once what followed the answers to requests is done. */
  readonly settled: () => Promise<void>;
  /** Keeps a question and answers its token. */
  readonly ask: (question?: {
    readonly kind?: ChoiceKind;
    readonly who?: Pick<Recipient, "key" | "name">;
    readonly language?: Language;
    readonly subject?: string;
  }) => Promise<string>;
  readonly setEscalation: (values: Updateable<Schema["escalations"]>) => Promise<void>;
  readonly addFacts: (facts: readonly Fact[]) => Promise<void>;
  readonly answersKept: () => Promise<readonly (Answer | null)[]>;
  readonly steps: () => Promise<readonly string[]>;
};

type StageOptions = {
  readonly on: Dialect;
  readonly title?: string;
  readonly slack?: SlackConfig;
  readonly publicUrl?: string | null;
};

export async function setStage({ on, title = "Fix the lock", slack, publicUrl = null }: StageOptions): Promise<Stage> {
  const made = await makeDatabase(on);
  const database = await openDatabase(made.url);
  let now = NOW;
  const logs: string[] = [];
  const log = pino({ level: "info" }, { write: (line: string) => logs.push(line) });
  await seed(database, title);
  const wiring: Wiring = {
    database,
    github: noGitHub(),
    people: noGitHub(),
    now: () => now,
    addresses: { publicUrl, webUrl: "https://github.com" },
    channels: { hasMail: true, hasSlack: slack !== undefined, hasWebhook: false, hasPagerDuty: false },
  };
  const routes = createRoutes({
    wiring,
    log,
    slack: slack ?? { botToken: null, signingSecret: null, apiUrl: null },
    board: {
      config: {
        web: { port: 0, host: null, publicUrl, sessionSecrets: [] },
        github: {
          apiUrl: "https://api.github.com",
          graphqlUrl: "https://api.github.com/graphql",
          webUrl: "https://github.com",
          publicToken: null,
          client: null,
        },
      },
      secrets: () => ["a-secret-for-tests"],
      fetch: noGitHub(),
    },
    health: { database, isStopping: () => false, metrics: createMetrics() },
  });
  const web = createWebServer({ webhookPath: "/hook", receive: (_, response) => response.end(), routes: routes.hono });
  const { port } = await web.listen({ port: 0, host: "127.0.0.1" });
  onTestFinished(async () => {
    await web.close();
    await routes.settled();
    await database.close();
    await made.remove();
  });
  const { id } = await database.db.selectFrom("escalations").select("id").executeTakeFirstOrThrow();
  return {
    url: `http://127.0.0.1:${port}`,
    database,
    wiring,
    logs,
    settled: routes.settled,
    setNow: (at) => {
      now = at;
    },
    ask: async ({ kind = "escalation", who = SATO, language = "en", subject } = {}) => {
      const token = newChoiceToken();
      await database.transaction((tx) =>
        keepChoice(tx, token, {
          ownerId: OWNER,
          kind,
          subject: subject ?? (kind === "closed" ? PATCH : String(id)),
          asked: { key: who.key, name: who.name, customerId: kind === "closed" ? null : "shinshu-bank" },
          language,
          createdAt: now,
          expiresAt: now + 14 * DAY,
        }),
      );
      return token;
    },
    setEscalation: async (values) => {
      await database.db.updateTable("escalations").set(values).where("id", "=", id).execute();
    },
    addFacts: (facts) => database.transaction((tx) => addFacts(tx, storedPatchId(PATCH), facts)),
    answersKept: async () => {
      const rows = await database.db.selectFrom("choices").select("answer").orderBy("created_at").execute();
      return rows.map(({ answer }) => (answer === null ? null : (JSON.parse(answer) as Answer)));
    },
    steps: async () => {
      const rows = await database.db.selectFrom("escalation_steps").select(["kind", "because"]).orderBy("id").execute();
      return rows.map(({ kind, because }) => `${kind}: ${because}`);
    },
  };
}

/** Whoever asks GitHub for anything here hears that it is away. */
function noGitHub<T extends object>(): T {
  return new Proxy({} as T, {
    get: () => () => Promise.reject(new Error("GitHub is away")),
  });
}

const CUSTOMERS = `customers:
  - id: shinshu-bank
    name: Shinshu Bank
    timezone: Asia/Tokyo
    owner: { name: Sato, email: sato@acme.example, slack: U0123, language: en }
    consultant: { github: kenji }
`;

async function seed(database: Database, title: string): Promise<void> {
  const { db } = database;
  const read = parseCustomers(CUSTOMERS, "yaml");
  if (read.kind !== "file") throw new Error(JSON.stringify(read.problems));
  await database.transaction((tx) => importCustomers(tx, { ownerId: ownerId(OWNER), read, now: NOW }));
  const { id } = await db
    .insertInto("cases")
    .values({
      owner_id: OWNER,
      reference: "CASE-7",
      title: "Nightly batch stops",
      customer_id: "shinshu-bank",
      severity: "S2",
      state: "open",
      summary: "The nightly batch stops at the lock; the fix releases it.",
      stamps: "{}",
      created_at: NOW - 20 * DAY,
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  await db
    .insertInto("links")
    .values({
      case_id: id,
      patch_id: PATCH,
      owner_id: OWNER,
      state: "confirmed",
      made_by: "kenji",
      is_by_support: 1,
      made_where: "comment:1",
      made_at: NOW - 20 * DAY,
    })
    .execute();
  await db
    .insertInto("repositories")
    .values({
      id: 100,
      node_id: "R_100",
      installation_id: null,
      owner_id: OWNER,
      owner_login: "acme-db",
      name: "engine",
      visibility: "public",
      default_branch: "main",
      is_archived: 0,
      made_public_at: null,
      seen_at: NOW,
    })
    .execute();
  await db
    .insertInto("patches")
    .values({
      id: PATCH,
      repository_id: 100,
      number: 7,
      owner_id: OWNER,
      pull_request_id: 1,
      node_id: "PR_1",
      title,
      body: "",
      author_id: 5,
      author_login: "sb-dev1",
      author_is_bot: 0,
      state: "open",
      is_draft: 0,
      is_merged: 0,
      opened_at: NOW - 30 * DAY,
      head_sha: "a".repeat(40),
      base_ref: "main",
      requested_reviewers: "[]",
      requested_teams: "[]",
      label_names: "[]",
      seen_at: NOW,
    })
    .execute();
  await db
    .insertInto("escalations")
    .values({
      owner_id: OWNER,
      patch_id: PATCH,
      opened_at: NOW,
      cause: "reminders",
      because: "reminders were in vain",
      state: "owner",
      state_at: NOW,
      round: "1",
    })
    .execute();
  await database.transaction((tx) =>
    enqueueNotices(
      tx,
      [
        {
          key: "asked:1",
          channel: "person",
          ownerId: OWNER,
          patchId: PATCH,
          kind: "ask-owner",
          because: "it is due",
          runAfter: NOW,
          to: SATO,
          thread: PATCH,
          isUrgent: false,
          message: { subject: "A question", language: "en", blocks: [] },
        },
      ],
      NOW,
    ),
  );
}

/** A form sent as a browser sends it from the page itself. */
export const send = (
  stage: Stage,
  path: string,
  form: string | Readonly<Record<string, string>>,
  headers: Readonly<Record<string, string>> = { "sec-fetch-site": "same-origin" },
): Promise<Response> =>
  fetch(`${stage.url}${path}`, {
    method: "POST",
    redirect: "manual",
    headers: { "content-type": "application/x-www-form-urlencoded", ...headers },
    body: typeof form === "string" ? form : new URLSearchParams(form).toString(),
  });
