// What goes out to GitHub for each effect, and what a second try does, against a little GitHub on a real port.
import { pino } from "pino";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Database } from "../../src/db/database.ts";
import { claimDue } from "../../src/effects/claims-store.ts";
import type { Effect, NewEffect } from "../../src/effects/effect.ts";
import { withMarker } from "../../src/effects/marker.ts";
import { createOutbox, type Outbox } from "../../src/effects/outbox.ts";
import { createPerform } from "../../src/effects/perform.ts";
import { parseEffect } from "../../src/effects/row.ts";
import { enqueue } from "../../src/effects/store.ts";
import type { World } from "../../src/effects/world.ts";
import { createGitHub } from "../../src/github/client.ts";
import { repositoryId, storedPatchId } from "../../src/github/refs.ts";
import {
  DIALECTS,
  INSTALLATION,
  openTestDatabase,
  REPOSITORY,
  seedInstallation,
  seedPatch,
  type TestDatabase,
} from "./databases.ts";
import { asked, HOUR, labels, MINUTE, reaction, reminder, reply, START } from "./effects.ts";
import { BOT, type LittleGitHub, startLittleGitHub } from "./little-github.ts";

const log = pino({ level: "silent" });
const COMMENTS = /^POST .*\/comments$/;
const PATCH = `${REPOSITORY}#1`;

describe.each(DIALECTS)("on %s", (dialect) => {
  let opened: TestDatabase;
  let database: Database;
  let little: LittleGitHub;
  let now: number;
  let rules: Pick<World, "stillHolds" | "writesAllowed" | "labelDefinitionsFor">;
  let outbox: Outbox;

  beforeEach(async () => {
    opened = await openTestDatabase(dialect);
    database = opened.database;
    now = START;
    little = await startLittleGitHub(now);
    rules = {
      stillHolds: async () => ({ holds: true }),
      writesAllowed: async () => "all",
      labelDefinitionsFor: async () => [
        { key: "customer", name: "customer", color: "0e8a16", description: "Somebody waits." },
        { key: "overdue", name: "overdue", color: "d93f0b", description: "Nobody has answered." },
      ],
    };
    await seedInstallation(database);
    await seedPatch(database, { number: 1, wanted: [] });
    outbox = newOutbox();
  });
  afterEach(async () => {
    await little.close();
    await opened.close();
  });

  /** As a process that has just started would have it. */
  const newOutbox = (holder = "here"): Outbox =>
    createOutbox({ database, perform: newPerform(), now: () => now, log, holder });

  /** Performs what is due first, and keeps nothing of what came of it: as a process that is killed there. */
  async function performAndDie(): Promise<void> {
    const claim = { installationId: INSTALLATION, now, limit: 1, holder: "dead", until: now + MINUTE };
    const [claimed] = await claimDue(database, { ...claim, busyLanes: [], heldKinds: [] });
    if (claimed === undefined) throw new Error("nothing was claimed");
    await newPerform()({ ...claimed, effect: parseEffect(claimed.body) });
  }

  function newPerform(): ReturnType<typeof createPerform> {
    const github = createGitHub({
      config: { appId: 1, privateKey: little.privateKey, apiUrl: little.apiUrl },
      database,
      log,
    });
    const world: World = {
      github,
      database,
      now: () => now,
      log,
      stillHolds: (row, at) => rules.stillHolds(row, at),
      writesAllowed: (id) => rules.writesAllowed(id),
      labelDefinitionsFor: (id) => rules.labelDefinitionsFor(id),
    };
    return createPerform(world);
  }

  const ask = (effect: Effect, over: Partial<NewEffect> = {}) =>
    database.transaction((tx) => enqueue(tx, [asked(effect, { key: "the-key", ...over })], now));
  const advance = (millis: number) => {
    now += millis;
    little.clock.now = now;
  };
  const row = (key = "the-key") =>
    database.db.selectFrom("effects").selectAll().where("key", "=", key).executeTakeFirstOrThrow();
  const outcome = async (key?: string) => JSON.parse((await row(key)).outcome ?? "null");
  const patch = () => database.db.selectFrom("patches").selectAll().where("id", "=", PATCH).executeTakeFirstOrThrow();
  const reminderRow = () => database.db.selectFrom("reminders").selectAll().executeTakeFirstOrThrow();
  const decideReminder = () =>
    database.db
      .insertInto("reminders")
      .values({ patch_id: PATCH, round: "r1", n: 1, decided_at: now, addressees: "[]", state: "waiting" })
      .execute();

  test("a reminder is one comment with a hidden key, kept with the reminder, and the patch is decided anew", async () => {
    await decideReminder();
    await ask(reminder());
    await outbox.runUntilIdle();
    expect(little.requests).toEqual(["POST /repos/owner-500/repo-70/issues/1/comments"]);
    expect(little.bodies).toEqual([{ body: "This waits for you.\n\n<!-- patch-advocate the-key -->\n" }]);
    expect(await reminderRow()).toMatchObject({
      state: "sent",
      sent_at: now,
      comment_id: 100,
      comment_node_id: "IC_100",
    });
    expect(await patch()).toMatchObject({ due_at: now, version: 1 });
    expect((await row()).state).toBe("done");
  });

  test("after a crash between the comment and keeping it there is exactly one comment", async () => {
    await decideReminder();
    await ask(reminder());
    await performAndDie();
    expect(little.comments).toHaveLength(1);
    expect(await row()).toMatchObject({ state: "due", first_try_at: now, run_after: now + MINUTE });

    const restarted = newOutbox("restarted");
    await restarted.runUntilIdle();
    advance(MINUTE);
    await restarted.runUntilIdle();
    expect(little.comments).toHaveLength(1);
    expect(await outcome()).toEqual({ kind: "comment", commentId: 100, commentNodeId: "IC_100", isFoundAgain: true });
    expect(await reminderRow()).toMatchObject({ state: "sent", comment_id: 100 });
  });

  test("GitHub is given a minute to list what was written, even where the claim ended sooner", async () => {
    await ask(reply());
    await performAndDie();
    await database.db.updateTable("effects").set({ claimed_until: now, run_after: now }).execute();
    advance(1000);
    await outbox.runUntilIdle();
    expect(little.requests).toHaveLength(1);
    expect(await row()).toMatchObject({ state: "due", run_after: START + MINUTE, attempts: 0 });
  });

  test("a crash before the comment went out costs a look, and then it is written", async () => {
    await ask(reply());
    little.failNext({ matches: COMMENTS, answer: "cut", when: "before" });
    await performAndDie();
    advance(MINUTE);
    await outbox.runUntilIdle();
    expect(little.comments).toHaveLength(1);
    expect(await outcome()).toMatchObject({ kind: "comment", isFoundAgain: false });
  });

  test("the earlier comment is found on a later page, and a forged one in another's name does not count", async () => {
    await ask(reply());
    const body = withMarker("Done.", "the-key");
    const stranger = { id: 666, login: "mallory" };
    const add = (id: number, user: { id: number; login: string } | null, text: string) =>
      little.comments.push({ id, node_id: `IC_${id}`, body: text, user, updatedAt: now + 1000 });
    little.failNext({ matches: COMMENTS, answer: "cut", when: "before" });
    await outbox.runUntilIdle();
    add(1, stranger, body);
    add(2, null, body);
    for (let id = 1000; id < 1250; id += 1) add(id, stranger, "Noise.");
    add(2000, BOT, body);
    advance(MINUTE);
    await outbox.runUntilIdle();
    expect(await outcome()).toMatchObject({ kind: "comment", commentId: 2000, isFoundAgain: true });
    expect(little.requests.filter((request) => COMMENTS.test(request))).toHaveLength(1);
    const since = "since=2026-03-02T08%3A50%3A00Z";
    expect(little.requests.filter((request) => request.includes(since))).toHaveLength(3);
  });

  test("where only forged ones are found, the comment is written", async () => {
    await ask(reply());
    little.failNext({ matches: COMMENTS, answer: { status: 502, data: "<html>Unicorn!</html>" }, when: "before" });
    await outbox.runUntilIdle();
    little.comments.push({
      id: 1,
      node_id: "IC_1",
      body: withMarker("Done.", "the-key"),
      user: { id: 666, login: "mallory" },
      updatedAt: now,
    });
    await outbox.runUntilIdle();
    expect(little.comments).toHaveLength(1);
    advance(MINUTE);
    await outbox.runUntilIdle();
    expect(little.comments.map(({ user }) => user?.id)).toEqual([666, BOT.id]);
  });

  test("what is on GitHub already is done, even if it no longer holds", async () => {
    await decideReminder();
    await ask(reminder());
    little.failNext({ matches: COMMENTS, answer: "cut", when: "after" });
    await outbox.runUntilIdle();
    rules = { ...rules, stillHolds: async () => ({ holds: false, because: "answered" }) };
    advance(MINUTE);
    await outbox.runUntilIdle();
    expect((await row()).state).toBe("done");
    expect(await reminderRow()).toMatchObject({ state: "sent" });
  });

  test("what holds no longer is withdrawn, and what may not be said yet waits", async () => {
    await decideReminder();
    await ask(reminder());
    rules = { ...rules, stillHolds: async () => ({ holds: false, because: "it is night", againAt: now + HOUR }) };
    await outbox.runUntilIdle();
    expect(await row()).toMatchObject({ state: "due", run_after: now + HOUR });
    rules = { ...rules, stillHolds: async () => ({ holds: false, because: "mira answered" }) };
    advance(HOUR);
    await outbox.runUntilIdle();
    expect(await outcome()).toEqual({ kind: "withdrawn", because: "mira answered" });
    expect(await reminderRow()).toMatchObject({ state: "withdrawn" });
    expect(little.requests).toEqual([]);
  });

  test("where the app observes nothing is written, and without a policy file only people are answered", async () => {
    await database.db
      .updateTable("patches")
      .set({ wanted_labels: JSON.stringify(["customer"]) })
      .execute();
    await decideReminder();
    const askAll = async () => {
      await ask(reminder(), { key: "reminder" });
      await ask(labels(), { key: "labels" });
      await ask(reply(), { key: "reply" });
      await ask(reaction(), { key: "reaction" });
    };
    rules = { ...rules, writesAllowed: async () => "nothing" };
    await askAll();
    await outbox.runUntilIdle();
    expect(little.requests).toEqual([]);
    expect(await reminderRow()).toMatchObject({ state: "observed" });
    expect(await outcome("labels")).toEqual({
      kind: "observed",
      because: "the policy says to observe: would put on customer",
    });

    rules = { ...rules, writesAllowed: async () => "answers" };
    await askAll();
    await outbox.runUntilIdle();
    expect([...little.requests].sort()).toEqual([
      "POST /repos/owner-500/repo-70/issues/1/comments",
      "POST /repos/owner-500/repo-70/issues/comments/1/reactions",
    ]);
    expect(await outcome("reminder")).toEqual({ kind: "observed", because: "no policy file stands there" });
  });

  test.each([
    ["a locked conversation", 403, "Unable to create comment because issue is locked."],
    ["a deleted pull request", 410, "This issue was deleted"],
    ["a text that GitHub refuses", 422, "Validation Failed"],
  ])("%s fails at once, in sight", async (_name, status, message) => {
    await ask(reply());
    little.failNext({ matches: COMMENTS, answer: { status, data: { message } }, when: "before" });
    await outbox.runUntilIdle();
    expect((await row()).state).toBe("failed");
    expect(await outcome()).toEqual({ kind: "failed", because: `GitHub answered ${status}: ${message}` });
  });

  test("a limit that GitHub names is kept to by the whole installation, and others go on", async () => {
    await seedInstallation(database, { installation: 901, owner: 501, repository: 71 });
    await ask(reaction(1), { key: "limited" });
    const limited = { status: 429, data: { message: "slow down" }, headers: { "retry-after": "300" } };
    little.failNext({ matches: /reactions$/, answer: limited, when: "before" });
    await outbox.runUntilIdle();
    await ask(reaction(2), { key: "waits" });
    await ask(
      {
        kind: "reaction",
        subject: { on: "issue-comment", repositoryId: repositoryId(71), commentId: 3 },
        content: "confused",
      },
      { key: "other", installationId: 901 },
    );
    await outbox.runUntilIdle();
    expect(little.requests).toHaveLength(2);
    advance(299_999);
    await outbox.runUntilIdle();
    expect(little.requests).toHaveLength(2);
    advance(1);
    await outbox.runUntilIdle();
    expect(little.requests).toHaveLength(4);
    expect((await row("limited")).attempts).toBe(0);
  });

  test("a token refused parks the installation's whole lane at once", async () => {
    little.failNext({
      matches: /access_tokens$/,
      answer: { status: 403, data: { message: "This installation has been suspended" } },
      when: "before",
    });
    await ask(reaction());
    await outbox.runUntilIdle();
    const installation = await database.db.selectFrom("installations").selectAll().executeTakeFirstOrThrow();
    expect(installation).toMatchObject({
      parked_until: now + MINUTE,
      parked_because: "GitHub answered 403 to the request for a token: This installation has been suspended",
    });
    expect(little.requests).toEqual([]);
    advance(MINUTE);
    await outbox.runUntilIdle();
    expect((await row()).state).toBe("done");
  });

  test("the first labels of a repository are looked up once and made when missing; later ones need no reading", async () => {
    await wants("customer", "overdue");
    little.labels.set("customer", { id: 5, name: "Customer", color: "ffffff", description: "theirs" });
    await ask(labels());
    await outbox.runUntilIdle();
    expect(little.requests).toEqual([
      "GET /repos/owner-500/repo-70/labels?per_page=100",
      "POST /repos/owner-500/repo-70/labels",
      "POST /repos/owner-500/repo-70/issues/1/labels",
    ]);
    expect(little.labels.get("overdue")).toMatchObject({ color: "d93f0b", description: "Nobody has answered." });
    expect(little.labels.get("customer")).toMatchObject({ color: "ffffff", description: "theirs" });
    expect([...little.onIssue]).toEqual(["Customer", "overdue"]);
    expect(JSON.parse((await patch()).label_names)).toEqual(["Customer", "overdue"]);

    await wants("customer");
    await ask(labels());
    little.requests.length = 0;
    await outbox.runUntilIdle();
    expect(little.requests).toEqual(["DELETE /repos/owner-500/repo-70/issues/1/labels/overdue"]);
    expect([...little.onIssue]).toEqual(["Customer"]);
    expect(await marks()).toEqual({ customer: "ours" });
  });

  test("a label that somebody makes at the same moment is used as it is", async () => {
    await wants("customer");
    little.labels.set("customer", { id: 5, name: "customer", color: "ffffff", description: "theirs" });
    little.failNext({
      matches: /^GET .*\/labels\/customer$/,
      answer: { status: 404, data: { message: "Not Found" } },
      when: "before",
    });
    await ask(labels());
    await outbox.runUntilIdle();
    expect([...little.onIssue]).toEqual(["customer"]);
    const known = await database.db.selectFrom("repository_labels").selectAll().executeTakeFirstOrThrow();
    expect(known.label_id).toBe(5);
  });

  test("labels put on just before a crash are known to be ours, and go again with their reason", async () => {
    await wants("customer");
    await ask(labels());
    little.failNext({ matches: /issues\/1\/labels$/, answer: "cut", when: "after" });
    await outbox.runUntilIdle();
    expect(await marks()).toEqual({ customer: "ours to be" });
    await wants();
    await ask(labels());
    await outbox.runUntilIdle();
    expect([...little.onIssue]).toEqual([]);
    expect(await marks()).toEqual({});
  });

  test("a label of ours that seems gone is asked about once, and stays off where a person took it", async () => {
    await wants("customer");
    await ask(labels());
    await outbox.runUntilIdle();
    await database.db.updateTable("patches").set({ label_names: "[]" }).execute();
    await ask(labels());
    await outbox.runUntilIdle();
    expect(await marks()).toEqual({ customer: "ours" });
    expect(JSON.parse((await patch()).label_names)).toEqual(["customer"]);

    little.onIssue.clear();
    await database.db.updateTable("patches").set({ label_names: "[]" }).execute();
    await ask(labels());
    await outbox.runUntilIdle();
    expect(await marks()).toEqual({ customer: "taken off by a person" });
    expect([...little.onIssue]).toEqual([]);
  });

  test("a label that is off already when we take it off is as good as taken off", async () => {
    await wants("customer");
    await ask(labels());
    await outbox.runUntilIdle();
    little.onIssue.clear();
    await wants();
    await ask(labels());
    await outbox.runUntilIdle();
    expect((await row()).state).toBe("done");
    expect(await marks()).toEqual({});
  });

  test("patches of one repository that need the same new label make it once", async () => {
    await seedPatch(database, { number: 2 });
    await seedPatch(database, { number: 3 });
    await wants("customer");
    for (const number of [1, 2, 3]) await ask(labels(number), { key: `labels ${number}` });
    await outbox.runUntilIdle();
    const made = little.requests.filter((request) => request === "POST /repos/owner-500/repo-70/labels");
    const read = little.requests.filter((request) => request.startsWith("GET "));
    expect({ made: made.length, read: read.length }).toEqual({ made: 1, read: 1 });
  });

  test("folding one of our comments is one mutation, and a comment that is gone counts as folded", async () => {
    const fold = (key: string) =>
      ask(
        { kind: "fold", repositoryId: repositoryId(REPOSITORY), commentNodeId: "IC_9", patchId: storedPatchId(PATCH) },
        { key },
      );
    await decideReminder();
    await database.db.updateTable("reminders").set({ state: "sent", comment_node_id: "IC_9" }).execute();
    await fold("fold 1");
    await outbox.runUntilIdle();
    expect(await reminderRow()).toMatchObject({ state: "folded" });
    expect(little.bodies.at(-1)).toMatchObject({ variables: { id: "IC_9" } });

    const errors = [{ type: "NOT_FOUND", message: "Could not resolve to a node with the global id of 'IC_9'" }];
    little.failNext({
      matches: /graphql$/,
      answer: { status: 200, data: { data: { minimizeComment: null }, errors } },
      when: "before",
    });
    await fold("fold 2");
    await outbox.runUntilIdle();
    expect((await row("fold 2")).state).toBe("done");
  });

  test("a check run is written once, and where checks are not permitted it is let be", async () => {
    const check: Effect = {
      kind: "check-run",
      repositoryId: repositoryId(REPOSITORY),
      headSha: "abc",
      conclusion: "failure",
      title: "The policy has an error",
      summary: "Line 3: …",
    };
    await ask(check);
    little.failNext({ matches: /check-runs$/, answer: { status: 502, data: "<html></html>" }, when: "before" });
    await outbox.runUntilIdle();
    advance(5000);
    await outbox.runUntilIdle();
    expect(await outcome()).toEqual({ kind: "check-run", checkRunId: 77 });
    little.failNext({
      matches: /check-runs$/,
      answer: { status: 403, data: { message: "Resource not accessible by integration" } },
      when: "before",
    });
    await ask(check, { key: "second" });
    await outbox.runUntilIdle();
    expect(await outcome("second")).toEqual({
      kind: "withdrawn",
      because: "the app may not write checks there",
    });
  });

  test("a repository that changed hands is written to by its new installation", async () => {
    await seedInstallation(database, { installation: 901, owner: 501, repository: 71 });
    await database.db.updateTable("repositories").set({ installation_id: 901 }).where("id", "=", REPOSITORY).execute();
    await ask(reaction());
    await outbox.runUntilIdle();
    expect(await row()).toMatchObject({ state: "done", installation_id: 901 });
  });

  test("where the app is not on the repository any more, it is withdrawn", async () => {
    await database.db.updateTable("repositories").set({ installation_id: null }).execute();
    await ask(reaction());
    await outbox.runUntilIdle();
    expect(await outcome()).toEqual({ kind: "withdrawn", because: "the app is not on the repository any more" });
    expect(little.requests).toEqual([]);
  });

  const wants = (...keys: readonly string[]) =>
    database.db
      .updateTable("patches")
      .set({ wanted_labels: JSON.stringify(keys) })
      .execute();
  const marks = async () =>
    Object.fromEntries(
      (await database.db.selectFrom("label_marks").selectAll().where("patch_id", "=", PATCH).execute()).map(
        ({ key, hand }) => [key, hand],
      ),
    );
});
