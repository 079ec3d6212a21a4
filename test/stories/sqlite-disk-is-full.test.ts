// A disk that fills up under a running server, and one that takes no writes when a server starts: nothing that was answered is lost, it is said in
// one line what to do, and once there is room it goes on by itself.
import { execFile } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { expect, test } from "vitest";
import { enqueueNotices } from "../../src/notify/store.ts";
import { sendDelivery } from "../support/send-deliveries.ts";
import { mountSmallDisk } from "../support/small-disk.ts";
import { ACME_POLICY, SHINSHU } from "../support/start-app.ts";
import { startProcess } from "../support/start-process.ts";

const FULL =
  "the database's disk is full: make room there, it goes on by itself; until then deliveries are answered with 503";
const COMMENTS = /\/issues\/\d+\/comments$/;
const START = new URL("../../src/start.js", import.meta.url).pathname;

test("on a full disk deliveries get 503 and nothing is lost, and with room again everything goes on without a restart", {
  timeout: 120_000,
}, async () => {
  const disk = mountSmallDisk(12);
  const story = await startProcess({
    on: "sqlite",
    databaseUrl: `sqlite:${disk.folder}/data/test.db`,
    policy: ACME_POLICY,
    customers: SHINSHU,
    channels: ["webhook"],
  });
  const { github, database } = story;
  const patch = await github.as("sb-dev1").openPullRequest({ repository: "acme-db/engine", title: "Fix the lock" });
  await github.settled();
  await story.untilIdle();
  const readyz = async () => (await fetch(`${story.url()}/readyz`)).text();
  const outside = Promise.withResolvers<undefined>();
  story.channels.webhook?.answer(() => outside.promise);
  await database.transaction((tx) =>
    enqueueNotices(
      tx,
      [
        {
          key: "shipped:1",
          channel: "webhook",
          event: { type: "case.shipped", at: 0, data: {} },
          ownerId: github.idOf("acme-db"),
          patchId: null,
          kind: "test",
          because: "a test asked for it",
          runAfter: 0,
        },
      ],
      Date.now(),
    ),
  );
  await story.until("the event is with its receiver", () => story.hooks().length === 1);
  github.fault({ method: "POST", path: COMMENTS }, { heldUntil: outside.promise });
  const asked = await github.as("dana").comment(patch, "/case status");
  const isWriting = () => github.requests.some(({ method, path }) => method === "POST" && COMMENTS.test(path));
  await story.until("its answer is with GitHub", isWriting);
  const before = await readyz();

  disk.fill();
  const answers = [];
  do answers.push(await sendDelivery(story, `d-${answers.length}`, 100_000));
  while (answers.at(-1)?.status === 202);
  const refused = answers.at(-1);
  const command = await github.as("dana").comment(patch, "/case waiting author");
  await github.settled();
  const [commandDelivery] = github.deliveries.slice(-1);
  outside.resolve(undefined);
  await story.until("it says so", async () => (await readyz()) !== before);
  const notReady = await readyz();

  expect([before, notReady]).toEqual(["ready\n", `not ready: ${FULL}\n`]);
  expect(refused).toMatchObject({ status: 503, retryAfter: "10" });
  expect(commandDelivery).toMatchObject({ event: "issue_comment", status: 503 });

  disk.makeRoom();
  await story.until("it is ready again", async () => (await readyz()) === "ready\n");
  await github.settled();
  for (const { guid, status } of github.deliveries) if (status === 503) github.redeliver(guid);
  // What it writes comes back as deliveries.
  for (let round = 0; round < 2; round += 1) {
    await github.settled();
    await story.untilIdle();
  }

  expect(story.reactionsOn(command)).toEqual(["+1"]);
  expect(story.reactionsOn(asked)).toEqual(["+1"]);
  expect(story.commentsOn(patch)).toHaveLength(1);
  expect(story.labelsOn(patch).toSorted()).toEqual(["awaiting author", "customer"]);
  // Both were told once, though what came of them could not be written down for a while.
  expect(story.hooks().filter(({ body }) => JSON.stringify(body).includes("case.shipped"))).toHaveLength(1);
  const kept = await database.db.selectFrom("deliveries").select(["id", "state", "attempts"]).execute();
  const answered = answers.filter(({ status }) => status === 202).map(({ id }) => id);
  expect(kept.filter(({ id }) => id.startsWith("d-")).map(({ id }) => id)).toEqual(expect.arrayContaining(answered));
  expect(kept.filter(({ state, attempts }) => state === "failed" || attempts > 1)).toEqual([]);
  const said = story.logs
    .map((line): { level?: string; msg?: string } => JSON.parse(line))
    .filter(({ level, msg }) => level === "error" || msg === "the database takes writes again");
  expect(said.map(({ msg }) => msg)).toEqual([FULL, "the database takes writes again"]);
  await story.expectNothingElse();
});

test.each([
  {
    name: "read-only",
    spoil: "remount" as const,
    says: "it cannot be written. Let this user write to the file and its folder, on a disk that is not mounted read-only.",
  },
  { name: "full", spoil: "fill" as const, says: "its disk is full. Make room there and start again." },
])("a server on a disk that is $name ends at its start with one line that says what to do", async ({ spoil, says }) => {
  const disk = mountSmallDisk(1);
  const DATABASE_URL = `sqlite:${disk.folder}/test.db`;
  if (spoil === "fill") disk.fill();
  else disk.remount("ro");

  const { privateKey } = generateKeyPairSync("rsa", {
    modulusLength: 2048,
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
    publicKeyEncoding: { type: "spki", format: "pem" },
  });

  const ended = await new Promise<{ code: unknown; err: string }>((resolve) => {
    const env = {
      PATH: process.env.PATH,
      APP_ID: "1",
      PRIVATE_KEY: privateKey,
      WEBHOOK_SECRET: "a-secret-for-tests",
      GITHUB_API_URL: "http://127.0.0.1:9",
      PORT: "0",
      HOST: "127.0.0.1",
      DATABASE_URL,
    };
    execFile(process.execPath, [START], { cwd: disk.folder, env }, (error, _out, err) =>
      resolve({ code: error?.code, err }),
    );
  });

  expect(ended).toEqual({ code: 1, err: `Patch Advocate cannot start with ${DATABASE_URL}: ${says}\n` });
});
