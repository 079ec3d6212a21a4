// What of a newly read environment counts at once: secrets and keys, and nothing else.
import { generateKeyPairSync } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import pino from "pino";
import { expect, onTestFinished, test } from "vitest";
import { type Config, readConfig } from "../../src/config.ts";
import { decideReload } from "../../src/reload.ts";
import { createReload } from "../../src/reload-on-signal.ts";
import { makeFolder } from "../cli/run.ts";

const key = () =>
  generateKeyPairSync("rsa", {
    modulusLength: 2048,
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
    publicKeyEncoding: { type: "spki", format: "pem" },
  }).privateKey;
const [OLD, NEW] = [key(), key()];
const STARTED = { APP_ID: "7", PRIVATE_KEY_PATH: "key.pem", WEBHOOK_SECRET: "one", PORT: "3000" };
const read = (environment: Record<string, string>, file: string) => readConfig(environment, () => file);
const configOf = (environment: Record<string, string>, file = OLD): Config => {
  const outcome = read(environment, file);
  if (outcome.kind !== "config") throw new Error(JSON.stringify(outcome));
  return outcome.config;
};
const reload = (environment: Record<string, string>, file = OLD) =>
  decideReload({ environment, outcome: read(environment, file) }, { started: STARTED, running: configOf(STARTED) });

test("nothing has changed: nothing is taken", () => {
  expect(reload(STARTED)).toEqual({
    kind: "read",
    config: configOf(STARTED),
    isKeyNew: false,
    taken: [],
    later: [],
  });
});

test("new secrets and a new key in the same file are taken, the rest is named and left", () => {
  const session = "a-session-secret-of-32-characters!";
  const anew = { ...STARTED, WEBHOOK_SECRET: "two one", SESSION_SECRET: session, PORT: "4000", GHE_HOST: "x.example" };
  const running = configOf(STARTED);
  expect(reload(anew, NEW)).toEqual({
    kind: "read",
    config: {
      ...running,
      app: { id: 7, privateKey: NEW },
      webhook: { ...running.webhook, secrets: ["two", "one"] },
      web: { ...running.web, sessionSecrets: [session] },
    },
    isKeyNew: true,
    taken: ["PRIVATE_KEY_PATH", "WEBHOOK_SECRET", "SESSION_SECRET"],
    later: ["PORT", "GHE_HOST"],
  });
});

test("a session secret whose line is gone is kept and named: only a restart does without it", () => {
  const running = configOf({ ...STARTED, SESSION_SECRET: "a-session-secret-of-32-characters!" });
  const decided = decideReload({ environment: STARTED, outcome: read(STARTED, OLD) }, { started: STARTED, running });
  expect(decided).toEqual({ kind: "read", config: running, isKeyNew: false, taken: [], later: ["SESSION_SECRET"] });
});

test("a key that GitHub, being away, confirms to nobody is not taken, and neither is what was read with it", async () => {
  const { folder, remove } = makeFolder();
  onTestFinished(remove);
  const envPath = join(folder, ".env");
  const environment = { ...STARTED, GITHUB_API_URL: "http://127.0.0.1:1", GITHUB_GRAPHQL_URL: "http://127.0.0.1:1/g" };
  writeFileSync(envPath, "WEBHOOK_SECRET=two\n");
  const { WEBHOOK_SECRET: _, ...own } = environment;
  const lines: string[] = [];
  const taken: Config[] = [];
  const reload = createReload({
    envPath,
    own,
    read: (anew) => readConfig(anew, () => NEW),
    config: configOf(environment),
    take: async (config) => void taken.push(config),
    now: () => Date.parse("2026-03-02T09:00:00Z"),
    log: pino({ base: null, timestamp: false }, { write: (line: string) => lines.push(line) }),
  });
  await reload();
  expect(taken).toEqual([]);
  expect(lines.map((line): unknown => JSON.parse(line))).toEqual([
    {
      level: 50,
      errors: ["GitHub did not answer whether the new private key is the App's: send SIGHUP again once it is reached."],
      msg: "the secrets that were read again are not taken: those from before go on to count",
    },
  ]);
});

test.each([
  ["a file that is no key", STARTED, "not a key", /PRIVATE_KEY_PATH names a file that is not an RSA private key/],
  ["three secrets", { ...STARTED, WEBHOOK_SECRET: "a b c" }, OLD, /WEBHOOK_SECRET holds more than two secrets/],
  ["no secret", { APP_ID: "7", PRIVATE_KEY_PATH: "key.pem" }, OLD, /WEBHOOK_SECRET is not set/],
  ["nothing at all", {}, OLD, /APP_ID, PRIVATE_KEY, WEBHOOK_SECRET is not set any more/],
])("%s: none of it is taken", (_, environment, file, because) => {
  const decided = reload(environment, file);
  expect(decided).toEqual({ kind: "refused", errors: [expect.stringMatching(because)] });
  expect(JSON.stringify(decided)).not.toContain("BEGIN");
});
