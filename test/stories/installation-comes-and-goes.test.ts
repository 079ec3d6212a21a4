// What becomes of our work when the app is suspended, taken away or moved, repository by repository.
import { describe, expect, test } from "vitest";
import { DIALECTS } from "../support/databases.ts";
import { ACME, SHINSHU, type Story, startApp } from "../support/start-app.ts";

const NOW = "2026-03-02T09:00:00Z";
const LATER = "2026-05-04T09:00:00Z";

const open = async (story: Story, title = "Fix the lock") => {
  const patch = await story.github.as("sb-dev1").openPullRequest({ repository: "acme-db/engine", title });
  await story.settle();
  return patch;
};

describe.each(DIALECTS)("on %s", (on) => {
  test("once the app is uninstalled nothing more is written", async () => {
    const story = await startApp({ on, now: NOW, customers: SHINSHU });
    const patch = await open(story);
    expect(story.labelsOn(patch)).toEqual(["customer", "awaiting maintainer"]);
    story.github.uninstall("acme-db");
    await story.settle();
    await story.advanceTo(LATER);
    expect(story.unread()).toEqual([]);
    await story.expectNothingElse();
  });

  test("while suspended nothing is written, and afterwards what happened meanwhile is known", async () => {
    const story = await startApp({ on, now: NOW, customers: SHINSHU });
    const patch = await open(story);
    const answered = await open(story, "Fix the leak");
    const gone = await open(story, "Fix the loop");
    for (const each of [patch, answered, gone])
      expect(story.labelsOn(each)).toEqual(["customer", "awaiting maintainer"]);

    story.github.suspend("acme-db");
    await story.settle();
    // As one that was refused since, and waits for an hour more.
    const { db } = story.database;
    const waiting = { state: "pending", run_after: Date.parse("2026-03-18T10:30:00Z") } as const;
    await db.updateTable("deliveries").set(waiting).where("event", "=", "pull_request").execute();
    await story.advanceTo("2026-03-13T12:00:00Z");
    await story.github.as("mira").review(answered, { state: "CHANGES_REQUESTED", body: "Please add a test." });
    await story.github.as("sb-dev1").close(gone);
    const fresh = await story.github.as("sb-dev1").openPullRequest({ repository: "acme-db/engine", title: "New" });
    await story.advanceTo("2026-03-18T09:30:00Z");
    expect(story.unread()).toEqual([]);

    story.github.unsuspend("acme-db");
    await story.settle();
    expect(await db.selectFrom("deliveries").select("id").where("state", "=", "pending").execute()).toEqual([]);
    // What may be said waits until all has been read.
    await story.advance({ minutes: 2 });
    expect(story.commentsOn(patch)).toHaveLength(1);
    expect(story.labelsOn(patch)).toEqual(["customer", "awaiting maintainer", "overdue"]);
    expect(story.labelsOn(answered)).toEqual(["customer", "awaiting author"]);
    expect(story.labelsOn(gone)).toEqual(["customer"]);
    expect(story.labelsOn(fresh)).toEqual(["customer", "awaiting maintainer"]);
    for (const each of [answered, gone, fresh]) expect(story.commentsOn(each)).toEqual([]);
    await story.expectNothingElse();
  });

  test("a repository that is taken away is left alone, one that is given back is read again", async () => {
    const story = await startApp({ on, now: NOW, customers: SHINSHU });
    const patch = await open(story);
    expect(story.labelsOn(patch)).toEqual(["customer", "awaiting maintainer"]);
    story.github.removeRepositories("acme-db", ["acme-db/engine"]);
    await story.settle();
    await story.advanceTo("2026-03-18T09:30:00Z");
    expect(story.unread()).toEqual([]);
    const fresh = await open(story, "New");
    expect(story.unread()).toEqual([]);

    story.github.addRepositories("acme-db", ["acme-db/engine"]);
    await story.settle();
    // What may be said waits until all has been read.
    await story.advance({ minutes: 2 });
    expect(story.commentsOn(patch)).toHaveLength(1);
    expect(story.labelsOn(patch)).toEqual(["customer", "awaiting maintainer", "overdue"]);
    expect(story.labelsOn(fresh)).toEqual(["customer", "awaiting maintainer"]);
    expect(story.commentsOn(fresh)).toEqual([]);
    await story.expectNothingElse();
  });

  test("what is told late and in another order than it happened leaves things as they are on GitHub", async () => {
    const story = await startApp({ on, now: NOW, customers: SHINSHU });
    const patch = await open(story);
    expect(story.labelsOn(patch)).toEqual(["customer", "awaiting maintainer"]);
    story.github.hold();
    story.github.suspend("acme-db");
    await story.advance({ minutes: 1 });
    story.github.unsuspend("acme-db");
    story.github.removeRepositories("acme-db", ["acme-db/engine"]);
    story.github.addRepositories("acme-db", ["acme-db/engine"]);
    story.github.archive("acme-db/engine");
    await story.advance({ minutes: 1 });
    story.github.unarchive("acme-db/engine");
    await story.advance({ hours: 4 });
    story.github.release({ order: "reversed" });
    await story.settle();
    await story.advance({ minutes: 2 });

    const { db } = story.database;
    expect(await db.selectFrom("installations").select("state").execute()).toEqual([{ state: "active" }]);
    const kept = db.selectFrom("repositories").select(["name", "is_archived", "installation_id"]);
    expect(await kept.where("name", "=", "engine").execute()).toEqual([
      { name: "engine", is_archived: 0, installation_id: expect.any(Number) },
    ]);
    const turn = await db.selectFrom("patches").select("turn").execute();
    expect(turn).toEqual([{ turn: "maintainer" }]);
    await story.expectNothingElse();
  });

  test("accepted permissions are kept", async () => {
    const story = await startApp({ on, now: NOW, customers: SHINSHU });
    story.github.acceptPermissions("acme-db", { metadata: "read", contents: "read", issues: "write", checks: "write" });
    await story.settle();
    const kept = await story.database.db.selectFrom("installations").select("permissions").executeTakeFirst();
    expect(JSON.parse(kept?.permissions ?? "{}")).toEqual({
      metadata: "read",
      contents: "read",
      issues: "write",
      checks: "write",
    });
    await story.expectNothingElse();
  });

  test("a patch goes along when its repository is renamed", async () => {
    const story = await startApp({ on, now: NOW, customers: SHINSHU });
    const patch = await open(story);
    expect(story.labelsOn(patch)).toEqual(["customer", "awaiting maintainer"]);
    story.github.renameRepository("acme-db/engine", "motor");
    await story.settle();
    await story.advanceTo("2026-03-16T09:30:00Z");
    expect(story.commentsOn(patch)).toHaveLength(1);
    expect(story.labelsOn(patch)).toEqual(["customer", "awaiting maintainer", "overdue"]);
    const posted = story.github.writes().filter(({ path }) => path.endsWith("/comments"));
    expect(posted.map(({ path }) => path)).toEqual([`/repos/acme-db/motor/issues/${patch.number}/comments`]);
    await story.expectNothingElse();
  });

  test("a repository that goes to another owner takes its patches along, not the customers", async () => {
    const story = await startApp({
      on,
      now: NOW,
      github: {
        organizations: [...(ACME.organizations ?? []), { login: "other-db", owners: ["chief"], members: ["mira"] }],
        installations: [
          { account: "acme-db", repositories: "all" },
          { account: "other-db", repositories: "all" },
        ],
      },
    });
    // Of two who install at once either may be the first, so the customers come when both are there.
    await story.importCustomers(SHINSHU);
    const patch = await open(story);
    expect(story.labelsOn(patch)).toEqual(["customer", "awaiting maintainer"]);
    story.github.transferRepository("acme-db/engine", "other-db");
    await story.settle();
    expect(story.labelsOn(patch)).toEqual([]);
    await story.advanceTo("2026-04-16T09:30:00Z");
    expect(story.commentsOn(patch)).toEqual([]);
    const kept = await story.database.db.selectFrom("patches").select(["repository_id", "owner_id"]).execute();
    expect(kept).toEqual([{ repository_id: patch.repositoryId, owner_id: story.github.idOf("other-db") }]);
    await story.expectNothingElse();
  });
});
