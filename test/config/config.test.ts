// What the environment may say and what somebody reads when it is wrong: every sentence whole, and never a value in one.
import { generateKeyPairSync } from "node:crypto";
import { describe, expect, test } from "vitest";
import { type ConfigOutcome, type Environment, readConfig, readDatabaseUrl } from "../../src/config.ts";

const { privateKey: PEM } = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  privateKeyEncoding: { type: "pkcs1", format: "pem" },
  publicKeyEncoding: { type: "spki", format: "pem" },
});
const { privateKey: ELLIPTIC } = generateKeyPairSync("ec", {
  namedCurve: "P-256",
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
  publicKeyEncoding: { type: "spki", format: "pem" },
});
const CREDENTIALS = { APP_ID: "123", PRIVATE_KEY: PEM, WEBHOOK_SECRET: "s3cret" };

function read(environment: Environment, files: Readonly<Record<string, string>> = {}): ConfigOutcome {
  return readConfig(environment, (path) => {
    const text = files[path];
    if (text === undefined) throw new Error(`no ${path}`);
    return text;
  });
}

function configOf(environment: Environment, files?: Readonly<Record<string, string>>) {
  const outcome = read({ ...CREDENTIALS, ...environment }, files);
  if (outcome.kind !== "config") throw new Error(JSON.stringify(outcome));
  return outcome.config;
}

test("three variables are enough; everything else has a default", () => {
  expect(configOf({})).toEqual({
    app: { id: 123, privateKey: PEM },
    webhook: { secrets: ["s3cret"], path: "/api/github/webhooks", proxyUrl: null },
    github: {
      apiUrl: "https://api.github.com",
      graphqlUrl: "https://api.github.com/graphql",
      webUrl: "https://github.com",
      publicToken: null,
      client: null,
    },
    web: { port: 3000, host: null, publicUrl: null, sessionSecrets: [] },
    databaseUrl: "sqlite:data/patch-advocate.db",
    keepRemovedDays: 30,
    log: { level: "info", format: "json" },
    mail: null,
    slack: { botToken: null, signingSecret: null, apiUrl: null },
    pagerDuty: { routingKey: null, apiUrl: null },
    notifyWebhook: null,
  });
});

test("every variable is read", () => {
  const config = configOf({
    WEBHOOK_PATH: "/hooks",
    WEBHOOK_PROXY_URL: "https://smee.io/abc",
    GITHUB_PUBLIC_TOKEN: "token",
    GITHUB_CLIENT_ID: "id",
    GITHUB_CLIENT_SECRET: "secret",
    PORT: "8080",
    HOST: "127.0.0.1",
    PUBLIC_URL: "https://patches.acme.example/",
    SESSION_SECRET: "a-session-secret-of-32-characters!",
    DATABASE_URL: "postgres://u:p@db:5432/patches",
    KEEP_REMOVED_DAYS: "7",
    LOG_LEVEL: "debug",
    LOG_FORMAT: "pretty",
    SMTP_URL: "smtp://mail.acme.example:587",
    SMTP_FROM: "Patch Advocate <patches@acme.example>",
    SLACK_BOT_TOKEN: "xoxb",
    SLACK_SIGNING_SECRET: "sign",
    SLACK_API_URL: "http://127.0.0.1:9/api/",
    PAGERDUTY_ROUTING_KEY: "key",
    PAGERDUTY_API_URL: "http://127.0.0.1:8",
    NOTIFY_WEBHOOK_URL: "https://hooks.acme.example/in",
    NOTIFY_WEBHOOK_SECRET: "hook",
  });

  expect(config).toMatchObject({
    webhook: { path: "/hooks", proxyUrl: "https://smee.io/abc" },
    github: { publicToken: "token", client: { id: "id", secret: "secret" } },
    web: {
      port: 8080,
      host: "127.0.0.1",
      publicUrl: "https://patches.acme.example",
      sessionSecrets: ["a-session-secret-of-32-characters!"],
    },
    databaseUrl: "postgres://u:p@db:5432/patches",
    keepRemovedDays: 7,
    log: { level: "debug", format: "pretty" },
    mail: { url: "smtp://mail.acme.example:587", from: "Patch Advocate <patches@acme.example>" },
    slack: { botToken: "xoxb", signingSecret: "sign", apiUrl: "http://127.0.0.1:9/api" },
    pagerDuty: { routingKey: "key", apiUrl: "http://127.0.0.1:8" },
    notifyWebhook: { url: "https://hooks.acme.example/in", secret: "hook" },
  });
});

test("a configuration cannot be changed afterwards", () => {
  const config = configOf({});

  expect(Object.isFrozen(config)).toBe(true);
  expect(Object.isFrozen(config.github)).toBe(true);
  expect(Object.isFrozen(config.webhook.secrets)).toBe(true);
});

describe("the private key", () => {
  test.each([
    ["as it is", { PRIVATE_KEY: PEM }],
    ["with \\n for line ends", { PRIVATE_KEY: PEM.replaceAll("\n", "\\n") }],
    ["in base64", { PRIVATE_KEY: Buffer.from(PEM).toString("base64") }],
    ["in a file", { PRIVATE_KEY: undefined, PRIVATE_KEY_PATH: "app.pem" }],
    ["in a file of base64", { PRIVATE_KEY: undefined, PRIVATE_KEY_PATH: "app.b64" }],
  ])("may be given %s", (_name, environment) => {
    const files = { "app.pem": PEM, "app.b64": Buffer.from(PEM).toString("base64") };

    expect(configOf(environment, files).app.privateKey).toBe(PEM);
  });
});

test("two secrets are read, separated by a space", () => {
  expect(configOf({ WEBHOOK_SECRET: " new  old " }).webhook.secrets).toEqual(["new", "old"]);
});

test.each<[string, Environment, [api: string, graphql: string, web: string]]>([
  [
    "a GitHub Enterprise Server",
    { GHE_HOST: "ghe.acme.example" },
    ["https://ghe.acme.example/api/v3", "https://ghe.acme.example/api/graphql", "https://ghe.acme.example"],
  ],
  [
    "one without TLS on another port",
    { GHE_HOST: "ghe.acme.example:8080", GHE_PROTOCOL: "http" },
    ["http://ghe.acme.example:8080/api/v3", "http://ghe.acme.example:8080/api/graphql", "http://ghe.acme.example:8080"],
  ],
  [
    "an API by its URL",
    { GITHUB_API_URL: "http://127.0.0.1:4000/" },
    ["http://127.0.0.1:4000", "http://127.0.0.1:4000/graphql", "http://127.0.0.1:4000"],
  ],
  [
    "an API with data residency",
    { GITHUB_API_URL: "https://api.acme.ghe.com" },
    ["https://api.acme.ghe.com", "https://api.acme.ghe.com/graphql", "https://acme.ghe.com"],
  ],
  [
    "a server's API by its URL, which wins over the host",
    { GHE_HOST: "ghe.acme.example", GITHUB_API_URL: "https://proxy.acme.example/api/v3" },
    ["https://proxy.acme.example/api/v3", "https://proxy.acme.example/api/graphql", "https://ghe.acme.example"],
  ],
  [
    "all three by their URLs",
    { GITHUB_API_URL: "http://a", GITHUB_GRAPHQL_URL: "http://g/q/", GITHUB_WEB_URL: "http://w" },
    ["http://a", "http://g/q", "http://w"],
  ],
])("where GitHub is follows from %s", (_name, environment, [apiUrl, graphqlUrl, webUrl]) => {
  expect(configOf(environment).github).toMatchObject({ apiUrl, graphqlUrl, webUrl });
});

test.each([
  [{}, ["APP_ID", "PRIVATE_KEY", "WEBHOOK_SECRET"]],
  [{ WEBHOOK_SECRET: "s" }, ["APP_ID", "PRIVATE_KEY"]],
  [{ APP_ID: "", PRIVATE_KEY: " ", PORT: "8080" }, ["APP_ID", "PRIVATE_KEY", "WEBHOOK_SECRET"]],
])("without any credentials there is no App yet: %o", (environment, missing) => {
  const outcome = read(environment);

  expect(outcome).toMatchObject({
    kind: "unconfigured",
    missing,
    known: { webhook: { path: "/api/github/webhooks" } },
  });
  expect(outcome).not.toHaveProperty("known.app");
});

const WHOLE_KEY = "the whole .pem file is needed, as it is, with \\n for line ends, or in base64.";
const NO_SECRET =
  "WEBHOOK_SECRET is not set: without it anybody could send deliveries; make one with `openssl rand -hex 32` and give it to the GitHub App too.";
const URL_RULE = "must be a URL that begins with http:// or https://.";

test.each<[Environment, string[]]>([
  [{ WEBHOOK_SECRET: undefined }, [NO_SECRET]],
  [{ WEBHOOK_SECRET: "   " }, [NO_SECRET]],
  [
    { WEBHOOK_SECRET: "development" },
    ["WEBHOOK_SECRET must not be `development`, which everybody knows: make one with `openssl rand -hex 32`."],
  ],
  [
    { WEBHOOK_SECRET: "new development" },
    ["WEBHOOK_SECRET must not be `development`, which everybody knows: make one with `openssl rand -hex 32`."],
  ],
  [
    { WEBHOOK_SECRET: "a b c" },
    ["WEBHOOK_SECRET holds more than two secrets; only two, separated by a space, are possible."],
  ],
  [{ APP_ID: undefined }, ["APP_ID is not set: it is on the settings page of your GitHub App."]],
  [{ APP_ID: "Iv1.8a61" }, ["APP_ID must be a number: the App ID on the settings page of your GitHub App."]],
  [
    { PRIVATE_KEY: undefined },
    [
      "PRIVATE_KEY is not set: generate one on the settings page of your GitHub App, or name its file in PRIVATE_KEY_PATH.",
    ],
  ],
  [{ PRIVATE_KEY: "-----BEGIN nothing" }, [`PRIVATE_KEY is not an RSA private key: ${WHOLE_KEY}`]],
  [{ PRIVATE_KEY: ELLIPTIC }, [`PRIVATE_KEY is not an RSA private key: ${WHOLE_KEY}`]],
  [{ PRIVATE_KEY: undefined, PRIVATE_KEY_PATH: "nowhere.pem" }, ["PRIVATE_KEY_PATH names a file that cannot be read."]],
  [
    { PRIVATE_KEY: undefined, PRIVATE_KEY_PATH: "readme.md" },
    [`PRIVATE_KEY_PATH names a file that is not an RSA private key: ${WHOLE_KEY}`],
  ],
  [{ PORT: "eighty" }, ["PORT must be a number from 0 to 65535."]],
  [{ PORT: "65536" }, ["PORT must be a number from 0 to 65535."]],
  [{ HOST: "http://x" }, ["HOST must be a host name or an address such as 0.0.0.0."]],
  [{ WEBHOOK_PATH: "hooks" }, ["WEBHOOK_PATH must be a path such as /api/github/webhooks."]],
  [{ WEBHOOK_PATH: "/hooks?x=1" }, ["WEBHOOK_PATH must be a path such as /api/github/webhooks."]],
  [{ WEBHOOK_PATH: "/metrics" }, ["WEBHOOK_PATH must not be a path that the app itself uses."]],
  [{ WEBHOOK_PROXY_URL: "smee.io" }, [`WEBHOOK_PROXY_URL ${URL_RULE}`]],
  [
    { GHE_HOST: "https://ghe.acme.example" },
    ["GHE_HOST must be a host name such as github.example.com, without https://."],
  ],
  [{ GHE_PROTOCOL: "ftp" }, ["GHE_PROTOCOL must be https or http."]],
  [{ GITHUB_API_URL: "api.github.com" }, [`GITHUB_API_URL ${URL_RULE}`]],
  [{ GITHUB_API_URL: "file:///etc/passwd" }, [`GITHUB_API_URL ${URL_RULE}`]],
  [{ GITHUB_CLIENT_ID: "id" }, ["GITHUB_CLIENT_SECRET is not set but GITHUB_CLIENT_ID is: signing in needs both."]],
  [{ GITHUB_CLIENT_SECRET: "s" }, ["GITHUB_CLIENT_ID is not set but GITHUB_CLIENT_SECRET is: signing in needs both."]],
  [{ GITHUB_PUBLIC_TOKEN: "two words" }, ["GITHUB_PUBLIC_TOKEN must not contain spaces."]],
  [{ DATABASE_URL: "mysql://db" }, ["DATABASE_URL must be sqlite:PATH or postgres://USER:PASSWORD@HOST:PORT/NAME."]],
  [{ DATABASE_URL: "sqlite:" }, ["DATABASE_URL must be sqlite:PATH or postgres://USER:PASSWORD@HOST:PORT/NAME."]],
  [{ LOG_LEVEL: "loud" }, ["LOG_LEVEL must be one of trace, debug, info, warn, error, fatal, silent."]],
  [{ LOG_FORMAT: "xml" }, ["LOG_FORMAT must be json or pretty."]],
  [
    { SMTP_URL: "https://mail", SMTP_FROM: "a@acme.example" },
    ["SMTP_URL must be a URL that begins with smtp:// or smtps://."],
  ],
  [
    { SMTP_URL: "smtp://mail.acme.example" },
    ["SMTP_FROM is not set but SMTP_URL is: mails need a sender, such as Patch Advocate <patches@example.com>."],
  ],
  [
    { SMTP_FROM: "a@acme.example, b@acme.example" },
    ["SMTP_FROM must be an address such as Patch Advocate <patches@example.com>."],
  ],
  [{ SMTP_FROM: "nobody" }, ["SMTP_FROM must be an address such as Patch Advocate <patches@example.com>."]],
  [{ NOTIFY_WEBHOOK_URL: "x" }, [`NOTIFY_WEBHOOK_URL ${URL_RULE}`]],
  [
    { APP_ID: "x", WEBHOOK_SECRET: undefined, PORT: "x", LOG_FORMAT: "x" },
    [
      "APP_ID must be a number: the App ID on the settings page of your GitHub App.",
      "PORT must be a number from 0 to 65535.",
      "LOG_FORMAT must be json or pretty.",
      NO_SECRET,
    ],
  ],
])("what is wrong is said, all of it at once: %o", (environment, errors) => {
  expect(read({ ...CREDENTIALS, ...environment }, { "readme.md": "# Hello" })).toEqual({ kind: "errors", errors });
});

test("a mistake beside missing credentials is named together with them", () => {
  expect(read({ PORT: "x", WEBHOOK_SECRET: "s" })).toEqual({
    kind: "errors",
    errors: [
      "PORT must be a number from 0 to 65535.",
      "APP_ID is not set: it is on the settings page of your GitHub App.",
      "PRIVATE_KEY is not set: generate one on the settings page of your GitHub App, or name its file in PRIVATE_KEY_PATH.",
    ],
  });
});

test("commands read the database's URL alone", () => {
  expect(readDatabaseUrl({})).toEqual({ url: "sqlite:data/patch-advocate.db" });
  expect(readDatabaseUrl({ DATABASE_URL: "sqlite:/x.db", PORT: "wrong" })).toEqual({ url: "sqlite:/x.db" });
  expect(readDatabaseUrl({ DATABASE_URL: "x" })).toEqual({
    error: "DATABASE_URL must be sqlite:PATH or postgres://USER:PASSWORD@HOST:PORT/NAME.",
  });
});
