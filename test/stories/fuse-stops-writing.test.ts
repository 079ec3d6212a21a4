// The fuse: should a fault ever make the app talk without end, all its writing for that owner stops until somebody lets it go on.
import { describe, expect, test } from "vitest";
import { resumeWriting } from "../../src/effects/pauses-store.ts";
import { DIALECTS } from "../support/databases.ts";
import type { CommentRef, ConversationRef, GitHubOptions } from "../support/github/github.ts";
import { ACME, ACME_POLICY, SHINSHU, type Story, startApp } from "../support/start-app.ts";

const NOW = "2026-03-02T09:00:00Z";
const PEOPLE = ["mira", "noel", "dana"] as const;
const EACH = 21;
const FUSE = 60;

const TWO_OWNERS: Partial<GitHubOptions> = {
  organizations: [...(ACME.organizations ?? []), { login: "other-db", owners: ["olaf"], members: ["olga"] }],
  installations: [
    { account: "acme-db", repositories: "all" },
    { account: "other-db", repositories: "all" },
  ],
  repositories: [
    {
      name: "acme-db/engine",
      visibility: "public",
      collaborators: { mira: "write", noel: "write", dana: "write", kenji: "read" },
      files: { ".github/patch-advocate.yml": ACME_POLICY },
    },
    {
      name: "other-db/motor",
      visibility: "public",
      files: { ".github/patch-advocate.yml": "version: 1\nmaintainers: [olga]\ntrack: all\n" },
    },
  ],
};

const loggedErrors = (story: Story) =>
  story.logs
    .map((line) => JSON.parse(line) as { level: number; msg: string })
    .filter(({ level }) => level >= 50)
    .map(({ msg }) => msg);

describe.each(DIALECTS)("on %s", (on) => {
  test("at sixty comments within an hour writing stops and says so; resumed, what was asked is answered", async () => {
    const story = await startApp({ on, now: NOW, customers: SHINSHU, github: TWO_OWNERS });
    const { github, database } = story;
    const patches: ConversationRef[] = [];
    for (const name of PEOPLE)
      patches.push(await github.as("sb-dev1").openPullRequest({ repository: "acme-db/engine", title: `For ${name}` }));
    await story.settle();
    const asked: CommentRef[] = [];
    for (const [index, patch] of patches.entries()) {
      for (let n = 0; n < EACH; n += 1)
        asked.push(await github.as(PEOPLE[index] ?? "mira").comment(patch, "/case status"));
      await story.settle();
      // Within GitHub's own limit of writes a minute.
      await story.advance({ minutes: 2 });
    }
    const answers = () => patches.reduce((sum, patch) => sum + story.commentsOn(patch).length, 0);
    expect(answers()).toBe(FUSE);
    const owner = `owner:${github.idOf("acme-db")}` as const;
    expect(await database.db.selectFrom("pauses").select(["scope", "because"]).execute()).toEqual([
      { scope: owner, because: "fuse: 60 comments within an hour" },
    ]);
    expect(loggedErrors(story)).toEqual(["the fuse stopped an installation's writing"]);

    for (const patch of patches) story.labelsOn(patch);
    for (const comment of asked) story.reactionsOn(comment);
    expect(story.unread()).toEqual([]);
    const late = await github.as("sb-dev1").openPullRequest({ repository: "acme-db/engine", title: "Comes late" });
    await story.advance({ hours: 20 });
    expect(story.unread()).toEqual([]);
    expect(github.labelsOn(late)).toEqual([]);
    // Another owner's repositories are none the worse for it.
    const elsewhere = await github.as("stranger").openPullRequest({ repository: "other-db/motor", title: "Fix it" });
    await story.settle();
    expect(story.labelsOn(elsewhere)).toEqual(["awaiting maintainer"]);
    expect(story.commentsOn(elsewhere)).toEqual([]);
    expect(answers()).toBe(FUSE);

    await database.transaction((tx) => resumeWriting(tx, owner));
    await story.settle();
    expect(answers()).toBe(PEOPLE.length * EACH);
    for (const comment of asked) expect(story.reactionsOn(comment)).toEqual(["+1"]);
    for (const patch of [...patches, late]) expect(story.labelsOn(patch)).toEqual(["customer", "awaiting maintainer"]);
    expect(story.commentsOn(late)).toEqual([]);
    expect(await database.db.selectFrom("pauses").selectAll().execute()).toEqual([]);
    expect(story.unread()).toEqual([]);
    expect(github.violations).toEqual([]);
    expect(loggedErrors(story)).toHaveLength(1);
  });

  test("reminders alone never meet the fuse: the forty-sixth of an hour waits for the next", async () => {
    const policy = `version: 1
support: ["@acme-db/support"]
maintainers: [mira]
reminders: { limit: 1, per-repository-per-day: 100, per-maintainer-per-week: 100 }
`;
    const story = await startApp({ on, now: NOW, customers: SHINSHU, policy });
    const patches: ConversationRef[] = [];
    for (let n = 1; n <= 50; n += 1)
      patches.push(
        await story.github.as("sb-dev1").openPullRequest({ repository: "acme-db/engine", title: `Fix ${n}` }),
      );
    const reminded = () => patches.reduce((sum, patch) => sum + story.commentsOn(patch).length, 0);
    await story.advanceTo("2026-03-16T09:59:00Z");
    expect(reminded()).toBe(45);
    await story.advanceTo("2026-03-16T11:00:00Z");
    expect(reminded()).toBe(50);
    for (const patch of patches) expect(story.labelsOn(patch)).toContain("overdue");
    expect(await story.database.db.selectFrom("pauses").selectAll().execute()).toEqual([]);
    await story.expectNothingElse();
  });
});
