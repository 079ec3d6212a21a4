// Every secret is set to a value that can be recognised, everything goes wrong that can, and everything that was printed, logged or kept is searched.

import { generateKeyPairSync } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { SMTPServer } from "smtp-server";
import { expect, onTestFinished, test } from "vitest";
import { enqueueNotices } from "../../src/notify/store.ts";
import { makeFolder, run } from "../cli/run.ts";
import { SHINSHU } from "../support/start-app.ts";
import { type ProcessStory, startProcess } from "../support/start-process.ts";
import { wholeDatabase } from "../support/whole-database.ts";

const SECRETS = {
  webhook: "WEBHOOK-7f3a91c2",
  session: "SESSION-51d0aa37-of-more-than-32-letters",
  smtp: "SMTP-c2b7e0f4",
  slack: "xoxb-90817263-SLACK",
  signing: "SIGNING-64af11b0",
  pager: "PAGER-08e1d3c5",
  hookPath: "HOOKPATH-9d2e77a1",
  hookQuery: "HOOKQUERY-3b5c66d8",
  hook: "HOOKSECRET-e4f9120a",
  client: "CLIENT-a17b02c9",
  publicToken: "PUBLIC-5d81f6e3",
  database: "DATABASE-2c6e9ab4",
  api: "pa_BOGUSa17b02c95d81f6e32c6e9ab4e4f9120a90817263",
  cookie: "COOKIEa17b02c95d81f6e32c6e9ab4e4f9120a90817",
  link: "LINKa17b02c95d81f6e32c6e9ab4e4f9120a9081726",
};
/** What tokens and keys look like whatever they are: GitHub's, Slack's, signed ones, PEM and its base64. */
const SHAPES = [/\bgh[a-z]_[A-Za-z0-9]{10,}/, /\beyJ[A-Za-z0-9_-]{20,}/, /-----BEGIN/, /LS0tLS1CRUdJTi/];

function found(said: string): readonly string[] {
  const named = Object.entries(SECRETS).filter(
    ([, secret]) => said.includes(secret) || said.includes(encodeURIComponent(secret)),
  );
  return [...named.map(([name]) => name), ...SHAPES.filter((shape) => shape.test(said)).map(String)];
}

/** Refuses whoever comes, with their own words, as such servers do. */
async function refusing(): Promise<{ readonly mail: number; readonly web: number; readonly asked: string[] }> {
  const asked: string[] = [];
  const mail = new SMTPServer({
    disabledCommands: ["STARTTLS"],
    logger: false,
    onAuth: ({ username, password }, _, done) => {
      asked.push(`mail ${password}`);
      done(new Error(`535 the password of ${username} is wrong`));
    },
  });
  mail.on("error", () => undefined);
  const web = createServer(async (request, response) => {
    const body = await text(request);
    asked.push(`web ${request.url ?? ""} ${request.headers.authorization ?? ""} ${body}`);
    const isSlack = request.url?.startsWith("/slack") === true;
    response.writeHead(isSlack ? 200 : 500, { "content-type": "application/json" });
    response.end(isSlack ? '{"ok":false,"error":"invalid_auth"}' : "no");
  });
  await new Promise<void>((resolve) => mail.listen(0, "127.0.0.1", resolve));
  await new Promise<void>((resolve) => web.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    mail.close(() => undefined);
    web.close();
    web.closeAllConnections();
  });
  return { mail: (mail.server.address() as AddressInfo).port, web: (web.address() as AddressInfo).port, asked };
}

/** At once, whatever day it is. */
async function tellByEveryWay({ database }: ProcessStory, ownerId: number): Promise<void> {
  const asked = { ownerId, patchId: null, kind: "case.report-due", because: "a test asks", runAfter: 0 } as const;
  const nobody = { login: null, email: null, slack: null, language: "en", timezone: "UTC", hours: null } as const;
  const message = { subject: "CASE-7", language: "en", blocks: [] } as const;
  const told = { ...asked, channel: "person", thread: null, isUrgent: true, message } as const;
  const event = { type: "case.shipped", at: 0, data: {} };
  const alarm = { ...event, summary: "CASE-7", incident: "1", action: "trigger" } as const;
  await database.transaction((tx) =>
    enqueueNotices(
      tx,
      [
        {
          ...told,
          key: "1",
          to: { ...nobody, key: "mail:sato@acme.example", name: "Sato", email: "sato@acme.example" },
        },
        { ...told, key: "2", to: { ...nobody, key: "slack:U0DANA", name: "Dana", slack: "U0DANA" } },
        { ...asked, key: "3", channel: "webhook", event },
        { ...asked, key: "4", channel: "pagerduty", event: alarm },
      ],
      Date.now(),
    ),
  );
  database.hint("notices");
}

const POLICY = `version: 1
mode: act
support: ["@acme-db/support"]
maintainers: [mira]
calendar: always
`;

test("whatever goes wrong, no secret is printed, logged or kept", async () => {
  const servers = await refusing();
  const story = await startProcess({
    on: "sqlite",
    policy: POLICY,
    customers: SHINSHU.replaceAll("2026-01-01", "2020-01-01").replaceAll("2026-12-31", "2099-12-31"),
    environment: (usual) => ({
      ...usual,
      LOG_LEVEL: "trace",
      WEBHOOK_SECRET: `${usual.WEBHOOK_SECRET} ${SECRETS.webhook}`,
      SESSION_SECRET: SECRETS.session,
      SMTP_URL: `smtp://robot:${SECRETS.smtp}@127.0.0.1:${servers.mail}`,
      SMTP_FROM: "Patch Advocate <patches@acme.example>",
      SLACK_BOT_TOKEN: SECRETS.slack,
      SLACK_SIGNING_SECRET: SECRETS.signing,
      SLACK_API_URL: `http://127.0.0.1:${servers.web}/slack`,
      PAGERDUTY_ROUTING_KEY: SECRETS.pager,
      PAGERDUTY_API_URL: `http://127.0.0.1:${servers.web}/pager`,
      NOTIFY_WEBHOOK_URL: `http://127.0.0.1:${servers.web}/${SECRETS.hookPath}?key=${SECRETS.hookQuery}`,
      NOTIFY_WEBHOOK_SECRET: SECRETS.hook,
      GITHUB_CLIENT_ID: "Iv1.client",
      GITHUB_CLIENT_SECRET: SECRETS.client,
      GITHUB_PUBLIC_TOKEN: SECRETS.publicToken,
    }),
  });
  const { github, database } = story;
  github.fault({ path: /reactions/ }, { status: 401, body: { message: "Bad credentials" } }, { times: 1 });
  const patch = await github.as("sb-dev1").openPullRequest({ repository: "acme-db/engine", title: "Fix the lock" });
  await github.as("dana").comment(patch, "/case link CASE-7 S1");
  await github.as("dana").comment(patch, "/case summary Shinshu Bank loses data");
  for (const [path, headers] of [
    ["/api/v1/waiting", { authorization: `Bearer ${SECRETS.api}` }],
    [`/c/${SECRETS.link}`, {}],
    [`/answer/${SECRETS.link}`, {}],
    [`/feeds/${SECRETS.link}`, {}],
    ["/o/acme-db", { cookie: `patch-advocate=${SECRETS.cookie}` }],
    [`/sign-in/github/callback?code=${SECRETS.link}&state=x`, {}],
  ] as const)
    await (await fetch(`${story.url()}${path}`, { headers, redirect: "manual" })).text();
  const refused = await fetch(`${story.url()}/api/github/webhooks`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      "x-github-event": "ping",
      "x-github-delivery": "1",
      "x-hub-signature-256": `sha256=${"0".repeat(64)}`,
    },
    body: JSON.stringify({ zen: SECRETS.link }),
  });
  expect(refused.status).toBe(401);
  await github.settled();
  await tellByEveryWay(story, github.idOf("acme-db"));
  const secrets = [`mail ${SECRETS.smtp}`, SECRETS.slack, SECRETS.hookQuery];
  await story.until("mail, Slack and the hook were tried", () =>
    secrets.every((each) => servers.asked.some((line) => line.includes(each))),
  );
  await story.until("a failure was kept", async () => {
    const rows = await database.db.selectFrom("notices").select("attempts").where("attempts", ">", 0).execute();
    return rows.length > 1;
  });
  expect(await story.stop()).toBe(0);

  expect(story.logs.length).toBeGreaterThan(10);
  expect(found([...story.logs, ...story.printed].join("\n"))).toEqual([]);
  // Payloads are GitHub's and hold nothing of ours; what else is kept is read.
  const kept = [...(await wholeDatabase(database))].filter(([column]) => column !== "deliveries.body");
  expect(kept.flatMap(([column, values]) => found(values.join("\n")).map((name) => `${column}: ${name}`))).toEqual([]);
});

test("a start or a command that fails prints no secret either", async () => {
  const { folder, remove } = makeFolder();
  onTestFinished(remove);
  const { privateKey } = generateKeyPairSync("rsa", {
    modulusLength: 2048,
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
    publicKeyEncoding: { type: "spki", format: "pem" },
  });
  const away = `postgres://robot:${SECRETS.database}@127.0.0.1:1/patches`;
  const valid = {
    APP_ID: "7",
    PRIVATE_KEY: privateKey,
    WEBHOOK_SECRET: SECRETS.webhook,
    DATABASE_URL: away,
    GITHUB_API_URL: "http://127.0.0.1:1",
  };
  const wrong = {
    ...valid,
    PRIVATE_KEY: `-----BEGIN RSA PRIVATE KEY-----\n${SECRETS.link}\n-----END RSA PRIVATE KEY-----`,
    SMTP_URL: `mail://robot:${SECRETS.smtp}@mail`,
    SLACK_BOT_TOKEN: `${SECRETS.slack} x`,
    SESSION_SECRET: "SESSION-short",
    NOTIFY_WEBHOOK_URL: `ftp://hooks/${SECRETS.hookPath}`,
    DATABASE_URL: `mysql://robot:${SECRETS.database}@db/x`,
  };
  const ended = await Promise.all([
    run([], { folder, environment: valid }),
    run([], { folder, environment: wrong }),
    run(["customers", "export", "-"], { folder, environment: valid }),
    run(["customers", "export", "-"], { folder, environment: wrong }),
  ]);
  expect(ended.map(({ code }) => code)).toEqual([1, 1, 1, 1]);
  for (const { out, err } of ended) {
    expect(`${out}${err}`.length).toBeGreaterThan(50);
    expect(found(out + err)).toEqual([]);
    expect(out + err).not.toContain("SESSION-short");
  }
});
