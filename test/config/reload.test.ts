// What of a newly read environment counts at once: secrets and keys, and nothing else.
import { generateKeyPairSync } from "node:crypto";
import { expect, test } from "vitest";
import { type Config, readConfig } from "../../src/config.ts";
import { decideReload } from "../../src/reload.ts";

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
