// The set-up page's server in this process: where GitHub is, what the environment settles, and what stands in the way of .env.
import { join } from "node:path";
import pino from "pino";
import { expect, onTestFinished, test } from "vitest";
import { type Environment, readConfig } from "../../src/config.ts";
import { serveSetup } from "../../src/setup/serve.ts";
import { makeFolder } from "../cli/run.ts";
import { actionOf, type Browser, choose, hidden, openBrowser, wordsOf } from "./process.ts";

const APP_YML = `name: P
description: D
default_permissions: { issues: write }
default_events: [issues]
`;

/** Serves it, and opens it on this machine. It is never asked to start anything. */
async function serve(environment: Environment, fetch: typeof globalThis.fetch = neverAsked): Promise<Browser> {
  const made = makeFolder();
  onTestFinished(made.remove);
  const read = (from: Environment) => readConfig(from, () => "");
  const all = { HOST: "127.0.0.1", PORT: "0", ...environment };
  const outcome = read(all);
  if (outcome.kind !== "unconfigured") throw new Error(JSON.stringify(outcome));
  const { port, close } = await serveSetup({
    known: outcome.known,
    environment: all,
    own: new Set(Object.keys(all)),
    envPath: join(made.folder, ".env"),
    appYml: APP_YML,
    read,
    prepare: async () => ({ kind: "failed", because: "not in this test" }),
    fetch,
    now: () => Date.parse("2026-11-24T09:00:00Z"),
    log: pino({ level: "silent" }),
  });
  onTestFinished(close);
  return openBrowser(port);
}

const neverAsked: typeof fetch = async () => {
  throw new Error("nothing is to be asked");
};

test.each<[string, Environment, Readonly<Record<string, string>>, string]>([
  ["github.com, for a person", {}, { organization: "" }, "https://github.com/settings/apps/new"],
  ["github.com, for an organisation", {}, {}, "https://github.com/organizations/acme-db/settings/apps/new"],
  [
    "a GitHub Enterprise Server",
    {},
    { host: "ghe.acme.example" },
    "https://ghe.acme.example/organizations/acme-db/settings/apps/new",
  ],
  ["data residency", {}, { host: "acme.ghe.com" }, "https://acme.ghe.com/organizations/acme-db/settings/apps/new"],
  [
    "the one that the environment names, whatever is typed",
    { GHE_HOST: "ghe.acme.example:8443" },
    { host: "evil.example" },
    "https://ghe.acme.example:8443/organizations/acme-db/settings/apps/new",
  ],
])("the App is made at %s", async (_name, environment, chosen, action) => {
  const confirming = await choose(await serve(environment), chosen);

  const { origin, pathname, searchParams } = new URL(actionOf(confirming));
  expect([`${origin}${pathname}`, searchParams.get("state")?.length]).toEqual([action, 32]);
  expect(confirming.headers["content-security-policy"]).toContain(`form-action 'self' ${origin};`);
});

test("what was chosen is kept when it is changed, and the first way to GitHub is void then", async () => {
  const browser = await serve({});
  const first = await choose(browser, { host: "ghe.acme.example" });
  const form = await browser.get("/setup");
  const second = await choose(browser);
  const { searchParams } = new URL(actionOf(first));

  expect(form.text).toContain('value="ghe.acme.example"');
  expect(actionOf(second)).not.toBe(actionOf(first));
  expect((await browser.get(`/setup/made?code=c&state=${searchParams.get("state")}`)).status).toBe(403);
});

test("what the process's own environment has is not written where it would not count", async () => {
  const browser = await serve({
    WEBHOOK_SECRET: "set-in-the-environment",
    PUBLIC_URL: "https://settled.example",
    WEBHOOK_PROXY_URL: "https://smee.io/settled",
  });

  const form = await browser.get("/setup");
  const refused = await browser.post("/setup", {
    token: hidden(form, "token"),
    publicUrl: "https://other.example",
    keep: "file",
  });
  const confirming = await choose(browser, { publicUrl: "https://other.example", keep: "show" });

  expect(form.text.match(/ readonly>/g)).toHaveLength(2);
  expect(wordsOf(form).split("\n").slice(-3)).toEqual([
    "Where should the credentials be kept?",
    "The environment sets WEBHOOK_SECRET, and it wins over .env: the credentials will be shown once, to be set there. To have them written into .env instead, unset it and start the server again.",
    "[button keep] Next, and show them once",
  ]);
  expect(refused.status).toBe(422);
  expect(JSON.parse(hidden(confirming, "manifest"))).toMatchObject({
    setup_url: "https://settled.example/setup/installed",
    hook_attributes: { url: "https://smee.io/settled" },
  });
});
