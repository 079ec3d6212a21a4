// Webhook secret, session secret and private key are changed one after the other while deliveries come in: none is lost or refused, and nobody
// is signed out.
import { generateKeyPairSync } from "node:crypto";
import { renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { hashesOf, newToken } from "../../src/board/secrets.ts";
import { keepSession } from "../../src/board/session-store.ts";
import { makeFolder } from "../cli/run.ts";
import { DIALECTS } from "../support/databases.ts";
import { ACME_POLICY, SECRET, SHINSHU } from "../support/start-app.ts";
import { type ProcessStory, startProcess } from "../support/start-process.ts";

const CUSTOMERS = SHINSHU.replaceAll("2026-01-01", "2020-01-01").replaceAll("2026-12-31", "2099-12-31");
const [OLD_SESSION, NEW_SESSION] = ["an-old-session-secret-of-32-chars", "a-new-session-secret-of-32-letters"];
const NEW_SECRET = "another-secret-for-tests";
const NEW_KEY = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
  publicKeyEncoding: { type: "spki", format: "pem" },
}).privateKey;

const linesThatSay = (story: ProcessStory, message: string) =>
  story.logs.map((line): Record<string, unknown> => JSON.parse(line)).filter(({ msg }) => msg === message);

describe.each(DIALECTS)("on %s", (on) => {
  test("keys and secrets are changed under traffic without a stop", async () => {
    const { folder, remove } = makeFolder();
    onTestFinished(remove);
    const write = (name: string, text: string) => {
      writeFileSync(join(folder, `${name}.new`), text);
      renameSync(join(folder, `${name}.new`), join(folder, name));
    };
    const writeEnv = (webhook: string, session: string, more = "") =>
      write(".env", `PRIVATE_KEY_PATH=key.pem\nWEBHOOK_SECRET="${webhook}"\nSESSION_SECRET="${session}"\n${more}`);
    const story = await startProcess({
      on,
      policy: ACME_POLICY,
      customers: CUSTOMERS,
      folder,
      environment: ({ PRIVATE_KEY = "", WEBHOOK_SECRET: _, ...usual }) => {
        write("key.pem", PRIVATE_KEY);
        writeEnv(SECRET, OLD_SESSION);
        return usual;
      },
    });
    const { github, database } = story;
    const oldKey = github.privateKey;
    const told = async (message: string, times: number) =>
      story.until(`it says "${message}"`, () => linesThatSay(story, message).length === times);
    const isSignedIn = async (token: string) => {
      const page = await fetch(`${story.url()}/`, {
        headers: { cookie: `patch-advocate=${token}` },
        redirect: "manual",
      });
      return page.status === 200;
    };
    const signIn = async (secret: string) => {
      const token = newToken();
      const person = { kind: "github", id: github.idOf("dana"), login: "dana", name: "dana" } as const;
      const [tokenHash] = hashesOf(() => [secret], token);
      const personKey = `github:${person.id}`;
      await keepSession(database.db, {
        tokenHash,
        personKey,
        person,
        browser: "",
        createdAt: Date.now(),
      });
      return token;
    };
    // Traffic: a comment every 100 milliseconds, from the first change to the last.
    const patch = await github.as("sb-dev1").openPullRequest({ repository: "acme-db/engine", title: "Fix the lock" });
    let isOver = false;
    let count = 0;
    const traffic = (async () => {
      while (!isOver) {
        count += 1;
        await github.as("dana").comment(patch, `Remark ${count}`);
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    })();

    writeEnv(`${NEW_SECRET} ${SECRET}`, `${NEW_SESSION} ${OLD_SESSION}`, "PORT=4000\nLOG_LEVEL=debug\n");
    const before = await signIn(OLD_SESSION);
    story.hangUp();
    await told("new secrets count now", 1);
    expect(linesThatSay(story, "new secrets count now")[0]).toMatchObject({
      variables: ["WEBHOOK_SECRET", "SESSION_SECRET"],
    });
    await told("these have changed too and count only after a restart", 1);
    expect(linesThatSay(story, "these have changed too and count only after a restart")[0]).toMatchObject({
      variables: ["LOG_LEVEL"],
    });
    github.administration.changeWebhookSecret(NEW_SECRET);
    expect([await isSignedIn(before), await isSignedIn(await signIn(NEW_SESSION))]).toEqual([true, true]);

    // A key that GitHub does not know, and then no key at all: the old one goes on to count.
    write("key.pem", NEW_KEY);
    story.hangUp();
    const refused = "the secrets that were read again are not taken: those from before go on to count";
    await told(refused, 1);
    write("key.pem", "not a key");
    story.hangUp();
    await told(refused, 2);
    expect(linesThatSay(story, refused).map(({ errors }) => errors)).toEqual([
      [expect.stringMatching(/^GitHub does not take the private key for the App's: /)],
      [expect.stringMatching(/^PRIVATE_KEY_PATH names a file that is not an RSA private key/)],
    ]);

    github.administration.addAppKey(NEW_KEY);
    write("key.pem", NEW_KEY);
    writeEnv(NEW_SECRET, NEW_SESSION);
    story.hangUp();
    await told("new secrets count now", 2);
    github.administration.deleteAppKey(oldKey);
    isOver = true;
    await traffic;
    await github.settled();
    await story.untilIdle();
    // Whoever installs anew gets a token of its own, asked for with the new key.
    github.uninstall("acme-db");
    const installed = github.installing.install("acme-db", "all");
    await github.settled();
    await story.untilIdle();
    const tokens = github.requests.filter(({ path }) => path === `/app/installations/${installed}/access_tokens`);
    expect(tokens.map(({ status }) => status)).toEqual([201]);

    expect(github.deliveries.filter(({ status }) => status !== 202)).toEqual([]);
    const kept = await database.db.selectFrom("facts").select("key").where("kind", "=", "commented").execute();
    expect(kept).toHaveLength(count);
    expect([await isSignedIn(before), await isSignedIn(await signIn(NEW_SESSION))]).toEqual([false, true]);
    expect(story.labelsOn(patch).toSorted()).toEqual(["awaiting maintainer", "customer"]);
    await story.expectNothingElse();
  });
});
