// Labels: made, put on and taken off again, with as few requests as can be, against a little GitHub on a real port.
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { DIALECTS, seedPatch } from "./databases.ts";
import { labels } from "./effects.ts";
import { type Stage, startStage } from "./stage.ts";

describe.each(DIALECTS)("on %s", (dialect) => {
  let stage: Stage;

  beforeEach(async () => {
    stage = await startStage(dialect);
  });
  afterEach(() => stage.close());

  test("the first labels of a repository are looked up once and made when missing; later ones need no reading", async () => {
    await stage.wants("customer", "overdue");
    stage.little.labels.set("customer", { id: 5, name: "Customer", color: "ffffff", description: "theirs" });
    await stage.ask(labels());
    await stage.outbox.runUntilIdle();
    expect(stage.little.requests).toEqual([
      "GET /repos/owner-500/repo-70/labels?per_page=100",
      "POST /repos/owner-500/repo-70/labels",
      "POST /repos/owner-500/repo-70/issues/1/labels",
    ]);
    expect(stage.little.labels.get("overdue")).toMatchObject({ color: "d93f0b", description: "Nobody has answered." });
    expect(stage.little.labels.get("customer")).toMatchObject({ color: "ffffff", description: "theirs" });
    expect([...stage.little.onIssue]).toEqual(["Customer", "overdue"]);
    expect(JSON.parse((await stage.patch()).label_names)).toEqual(["Customer", "overdue"]);

    await stage.wants("customer");
    await stage.ask(labels());
    stage.little.requests.length = 0;
    await stage.outbox.runUntilIdle();
    expect(stage.little.requests).toEqual(["DELETE /repos/owner-500/repo-70/issues/1/labels/overdue"]);
    expect([...stage.little.onIssue]).toEqual(["Customer"]);
    expect(await stage.marks()).toEqual({ customer: "ours" });
  });

  test("a label that somebody makes at the same moment is used as it is", async () => {
    await stage.wants("customer");
    stage.little.labels.set("customer", { id: 5, name: "customer", color: "ffffff", description: "theirs" });
    stage.little.failNext({
      matches: /^GET .*\/labels\/customer$/,
      answer: { status: 404, data: { message: "Not Found" } },
      when: "before",
    });
    await stage.ask(labels());
    await stage.outbox.runUntilIdle();
    expect([...stage.little.onIssue]).toEqual(["customer"]);
    const known = await stage.database.db.selectFrom("repository_labels").selectAll().executeTakeFirstOrThrow();
    expect(known.label_id).toBe(5);
  });

  test("labels put on just before a crash are known to be ours, and go again with their reason", async () => {
    await stage.wants("customer");
    await stage.ask(labels());
    stage.little.failNext({ matches: /issues\/1\/labels$/, answer: "cut", when: "after" });
    await stage.outbox.runUntilIdle();
    expect(await stage.marks()).toEqual({ customer: "ours to be" });
    await stage.wants();
    await stage.ask(labels());
    await stage.outbox.runUntilIdle();
    expect([...stage.little.onIssue]).toEqual([]);
    expect(await stage.marks()).toEqual({});
  });

  test("a label of ours that seems gone is asked about once, and stays off where a person took it", async () => {
    await stage.wants("customer");
    await stage.ask(labels());
    await stage.outbox.runUntilIdle();
    await stage.database.db.updateTable("patches").set({ label_names: "[]" }).execute();
    await stage.ask(labels());
    await stage.outbox.runUntilIdle();
    expect(await stage.marks()).toEqual({ customer: "ours" });
    expect(JSON.parse((await stage.patch()).label_names)).toEqual(["customer"]);

    stage.little.onIssue.clear();
    await stage.database.db.updateTable("patches").set({ label_names: "[]" }).execute();
    await stage.ask(labels());
    await stage.outbox.runUntilIdle();
    expect(await stage.marks()).toEqual({ customer: "taken off by a person" });
    expect([...stage.little.onIssue]).toEqual([]);
  });

  test("a label that is off already when we take it off is as good as taken off", async () => {
    await stage.wants("customer");
    await stage.ask(labels());
    await stage.outbox.runUntilIdle();
    stage.little.onIssue.clear();
    await stage.wants();
    await stage.ask(labels());
    await stage.outbox.runUntilIdle();
    expect((await stage.row()).state).toBe("done");
    expect(await stage.marks()).toEqual({});
  });

  test("patches of one repository that need the same new label make it once", async () => {
    await seedPatch(stage.database, { number: 2 });
    await seedPatch(stage.database, { number: 3 });
    await stage.wants("customer");
    for (const number of [1, 2, 3]) await stage.ask(labels(number), { key: `labels ${number}` });
    await stage.outbox.runUntilIdle();
    const made = stage.little.requests.filter((request) => request === "POST /repos/owner-500/repo-70/labels");
    const read = stage.little.requests.filter((request) => request.startsWith("GET "));
    expect({ made: made.length, read: read.length }).toEqual({ made: 1, read: 1 });
  });
});
