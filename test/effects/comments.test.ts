// Comments: written once, however often they are tried, against a little GitHub on a real port.
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { withMarker } from "../../src/effects/marker.ts";
import { DIALECTS } from "./databases.ts";
import { HOUR, MINUTE, reminder, reply, START } from "./effects.ts";
import { BOT } from "./little-github.ts";
import { COMMENTS, type Stage, startStage } from "./stage.ts";

describe.each(DIALECTS)("on %s", (dialect) => {
  let stage: Stage;

  beforeEach(async () => {
    stage = await startStage(dialect);
  });
  afterEach(() => stage.close());

  test("a reminder is one comment with a hidden key, kept with the reminder, and the patch is decided anew", async () => {
    await stage.decideReminder();
    await stage.ask(reminder());
    await stage.outbox.runUntilIdle();
    expect(stage.little.requests).toEqual(["POST /repos/owner-500/repo-70/issues/1/comments"]);
    expect(stage.little.bodies).toEqual([{ body: "This waits for you.\n\n<!-- patch-advocate the-key -->\n" }]);
    expect(await stage.reminderRow()).toMatchObject({
      state: "sent",
      sent_at: stage.now(),
      comment_id: 100,
      comment_node_id: "IC_100",
    });
    expect(await stage.patch()).toMatchObject({ due_at: stage.now(), version: 1 });
    expect((await stage.row()).state).toBe("done");
  });

  test("after a crash between the comment and keeping it there is exactly one comment", async () => {
    await stage.decideReminder();
    await stage.ask(reminder());
    await stage.performAndDie();
    expect(stage.little.comments).toHaveLength(1);
    expect(await stage.row()).toMatchObject({
      state: "due",
      first_try_at: stage.now(),
      run_after: stage.now() + MINUTE,
    });

    const restarted = stage.newOutbox("restarted");
    await restarted.runUntilIdle();
    stage.advance(MINUTE);
    await restarted.runUntilIdle();
    expect(stage.little.comments).toHaveLength(1);
    expect(await stage.outcome()).toEqual({
      kind: "comment",
      commentId: 100,
      commentNodeId: "IC_100",
      isFoundAgain: true,
    });
    expect(await stage.reminderRow()).toMatchObject({ state: "sent", comment_id: 100 });
  });

  test("GitHub is given a minute to list what was written, even where the claim ended sooner", async () => {
    await stage.ask(reply());
    await stage.performAndDie();
    await stage.database.db
      .updateTable("effects")
      .set({ claimed_until: stage.now(), run_after: stage.now() })
      .execute();
    stage.advance(1000);
    await stage.outbox.runUntilIdle();
    expect(stage.little.requests).toHaveLength(1);
    expect(await stage.row()).toMatchObject({ state: "due", run_after: START + MINUTE, attempts: 0 });
  });

  test("a crash before the comment went out costs a look, and then it is written", async () => {
    await stage.ask(reply());
    stage.little.failNext({ matches: COMMENTS, answer: "cut", when: "before" });
    await stage.performAndDie();
    stage.advance(MINUTE);
    await stage.outbox.runUntilIdle();
    expect(stage.little.comments).toHaveLength(1);
    expect(await stage.outcome()).toMatchObject({ kind: "comment", isFoundAgain: false });
  });

  test("the earlier comment is found on a later page, and a forged one in another's name does not count", async () => {
    await stage.ask(reply());
    const body = withMarker("Done.", "the-key");
    const stranger = { id: 666, login: "mallory" };
    const add = (id: number, user: { id: number; login: string } | null, text: string) =>
      stage.little.comments.push({ id, node_id: `IC_${id}`, body: text, user, updatedAt: stage.now() + 1000 });
    stage.little.failNext({ matches: COMMENTS, answer: "cut", when: "before" });
    await stage.outbox.runUntilIdle();
    add(1, stranger, body);
    add(2, null, body);
    for (let id = 1000; id < 1250; id += 1) add(id, stranger, "Noise.");
    add(2000, BOT, body);
    stage.advance(MINUTE);
    await stage.outbox.runUntilIdle();
    expect(await stage.outcome()).toMatchObject({ kind: "comment", commentId: 2000, isFoundAgain: true });
    expect(stage.little.requests.filter((request) => COMMENTS.test(request))).toHaveLength(1);
    const since = "since=2026-03-02T08%3A50%3A00Z";
    expect(stage.little.requests.filter((request) => request.includes(since))).toHaveLength(3);
  });

  test("where only forged ones are found, the comment is written", async () => {
    await stage.ask(reply());
    stage.little.failNext({
      matches: COMMENTS,
      answer: { status: 502, data: "<html>Unicorn!</html>" },
      when: "before",
    });
    await stage.outbox.runUntilIdle();
    stage.little.comments.push({
      id: 1,
      node_id: "IC_1",
      body: withMarker("Done.", "the-key"),
      user: { id: 666, login: "mallory" },
      updatedAt: stage.now(),
    });
    await stage.outbox.runUntilIdle();
    expect(stage.little.comments).toHaveLength(1);
    stage.advance(MINUTE);
    await stage.outbox.runUntilIdle();
    expect(stage.little.comments.map(({ user }) => user?.id)).toEqual([666, BOT.id]);
  });

  test("what is on GitHub already is done, even if it no longer holds", async () => {
    await stage.decideReminder();
    await stage.ask(reminder());
    stage.little.failNext({ matches: COMMENTS, answer: "cut", when: "after" });
    await stage.outbox.runUntilIdle();
    stage.rules.stillHolds = async () => ({ holds: false, because: "answered" });
    stage.advance(MINUTE);
    await stage.outbox.runUntilIdle();
    expect((await stage.row()).state).toBe("done");
    expect(await stage.reminderRow()).toMatchObject({ state: "sent" });
  });

  test("what holds no longer is withdrawn, and what may not be said yet waits", async () => {
    await stage.decideReminder();
    await stage.ask(reminder());
    stage.rules.stillHolds = async () => ({ holds: false, because: "it is night", againAt: stage.now() + HOUR });
    await stage.outbox.runUntilIdle();
    expect(await stage.row()).toMatchObject({ state: "due", run_after: stage.now() + HOUR });
    stage.rules.stillHolds = async () => ({ holds: false, because: "mira answered" });
    stage.advance(HOUR);
    await stage.outbox.runUntilIdle();
    expect(await stage.outcome()).toEqual({ kind: "withdrawn", because: "mira answered" });
    expect(await stage.reminderRow()).toMatchObject({ state: "withdrawn" });
    expect(stage.little.requests).toEqual([]);
  });
});
