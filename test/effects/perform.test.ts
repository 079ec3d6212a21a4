// What goes out for every other effect, and what GitHub's refusals do, against a little GitHub on a real port.
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Effect } from "../../src/effects/effect.ts";
import { repositoryId, storedPatchId } from "../../src/github/refs.ts";
import { DIALECTS, REPOSITORY, seedInstallation } from "./databases.ts";
import { labels, MINUTE, reaction, reminder, reply } from "./effects.ts";
import { COMMENTS, PATCH, type Stage, startStage } from "./stage.ts";

describe.each(DIALECTS)("on %s", (dialect) => {
  let stage: Stage;

  beforeEach(async () => {
    stage = await startStage(dialect);
  });
  afterEach(() => stage.close());

  test("where the app observes nothing is written, and without a policy file only people are answered", async () => {
    await stage.database.db
      .updateTable("patches")
      .set({ wanted_labels: JSON.stringify(["customer"]) })
      .execute();
    await stage.decideReminder();
    const askAll = async () => {
      await stage.ask(reminder(), { key: "reminder" });
      await stage.ask(labels(), { key: "labels" });
      await stage.ask(reply(), { key: "reply" });
      await stage.ask(reaction(), { key: "reaction" });
    };
    stage.rules.writesAllowed = async () => "nothing";
    await askAll();
    await stage.outbox.runUntilIdle();
    expect(stage.little.requests).toEqual([]);
    expect(await stage.reminderRow()).toMatchObject({ state: "observed" });
    expect(await stage.outcome("labels")).toEqual({
      kind: "observed",
      because: "the policy says to observe: would put on customer",
      labels: { added: ["customer"], removed: [] },
    });

    stage.rules.writesAllowed = async () => "answers";
    await askAll();
    await stage.outbox.runUntilIdle();
    expect([...stage.little.requests].sort()).toEqual([
      "POST /repos/owner-500/repo-70/issues/1/comments",
      "POST /repos/owner-500/repo-70/issues/comments/1/reactions",
    ]);
    expect(await stage.outcome("reminder")).toEqual({ kind: "observed", because: "no policy is in force there" });
  });

  test.each([
    ["a locked conversation", 403, "Unable to create comment because issue is locked."],
    ["a deleted pull request", 410, "This issue was deleted"],
    ["a text that GitHub refuses", 422, "Validation Failed"],
  ])("%s fails at once, in sight", async (_name, status, message) => {
    await stage.ask(reply());
    stage.little.failNext({ matches: COMMENTS, answer: { status, data: { message } }, when: "before" });
    await stage.outbox.runUntilIdle();
    expect((await stage.row()).state).toBe("failed");
    expect(await stage.outcome()).toEqual({ kind: "failed", because: `GitHub answered ${status}: ${message}` });
  });

  test("a limit that GitHub names is kept to by the whole installation, and others go on", async () => {
    await seedInstallation(stage.database, { installation: 901, owner: 501, repository: 71 });
    await stage.ask(reaction(1), { key: "limited" });
    const limited = { status: 429, data: { message: "slow down" }, headers: { "retry-after": "300" } };
    stage.little.failNext({ matches: /reactions$/, answer: limited, when: "before" });
    await stage.outbox.runUntilIdle();
    await stage.ask(reaction(2), { key: "waits" });
    await stage.ask(
      {
        kind: "reaction",
        subject: { on: "issue-comment", repositoryId: repositoryId(71), commentId: 3 },
        content: "confused",
      },
      { key: "other", installationId: 901 },
    );
    await stage.outbox.runUntilIdle();
    expect(stage.little.requests).toHaveLength(2);
    stage.advance(299_999);
    await stage.outbox.runUntilIdle();
    expect(stage.little.requests).toHaveLength(2);
    stage.advance(1);
    await stage.outbox.runUntilIdle();
    expect(stage.little.requests).toHaveLength(4);
    expect((await stage.row("limited")).attempts).toBe(0);
  });

  test("a token refused parks the installation's whole lane at once", async () => {
    stage.little.failNext({
      matches: /access_tokens$/,
      answer: { status: 403, data: { message: "This installation has been suspended" } },
      when: "before",
    });
    await stage.ask(reaction());
    await stage.outbox.runUntilIdle();
    const installation = await stage.database.db.selectFrom("installations").selectAll().executeTakeFirstOrThrow();
    expect(installation).toMatchObject({
      parked_until: stage.now() + MINUTE,
      parked_because: "GitHub answered 403 to the request for a token: This installation has been suspended",
    });
    expect(stage.little.requests).toEqual([]);
    stage.advance(MINUTE);
    await stage.outbox.runUntilIdle();
    expect((await stage.row()).state).toBe("done");
  });

  test("folding one of our comments is one mutation, and a comment that is gone counts as folded", async () => {
    const fold = (key: string) =>
      stage.ask(
        { kind: "fold", repositoryId: repositoryId(REPOSITORY), commentNodeId: "IC_9", patchId: storedPatchId(PATCH) },
        { key },
      );
    await stage.decideReminder();
    await stage.database.db.updateTable("reminders").set({ state: "sent", comment_node_id: "IC_9" }).execute();
    await fold("fold 1");
    await stage.outbox.runUntilIdle();
    expect(await stage.reminderRow()).toMatchObject({ state: "folded" });
    expect(stage.little.bodies.at(-1)).toMatchObject({ variables: { id: "IC_9" } });

    const errors = [{ type: "NOT_FOUND", message: "Could not resolve to a node with the global id of 'IC_9'" }];
    stage.little.failNext({
      matches: /graphql$/,
      answer: { status: 200, data: { data: { minimizeComment: null }, errors } },
      when: "before",
    });
    await fold("fold 2");
    await stage.outbox.runUntilIdle();
    expect((await stage.row("fold 2")).state).toBe("done");
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
    await stage.ask(check);
    stage.little.failNext({ matches: /check-runs$/, answer: { status: 502, data: "<html></html>" }, when: "before" });
    await stage.outbox.runUntilIdle();
    stage.advance(5000);
    await stage.outbox.runUntilIdle();
    expect(await stage.outcome()).toEqual({ kind: "check-run", checkRunId: 77 });
    stage.little.failNext({
      matches: /check-runs$/,
      answer: { status: 403, data: { message: "Resource not accessible by integration" } },
      when: "before",
    });
    await stage.ask(check, { key: "second" });
    await stage.outbox.runUntilIdle();
    expect(await stage.outcome("second")).toEqual({
      kind: "withdrawn",
      because: "the app may not write checks there",
    });
  });

  test("a repository that changed hands is written to by its new installation", async () => {
    await seedInstallation(stage.database, { installation: 901, owner: 501, repository: 71 });
    await stage.database.db
      .updateTable("repositories")
      .set({ installation_id: 901 })
      .where("id", "=", REPOSITORY)
      .execute();
    await stage.ask(reaction());
    await stage.outbox.runUntilIdle();
    expect(await stage.row()).toMatchObject({ state: "done", installation_id: 901 });
  });

  test("where the app is not on the repository any more, it is withdrawn", async () => {
    await stage.database.db.updateTable("repositories").set({ installation_id: null }).execute();
    await stage.ask(reaction());
    await stage.outbox.runUntilIdle();
    expect(await stage.outcome()).toEqual({ kind: "withdrawn", because: "the app is not on the repository any more" });
    expect(stage.little.requests).toEqual([]);
  });
});
