// The fuse: should a fault ever make the app talk without end, all its writing for that owner stops until somebody lets it go on.
import { describe, expect, test } from "vitest";
import { resumeWriting } from "../../src/effects/pauses-store.ts";
import { DIALECTS } from "../support/databases.ts";
import type { CommentRef, ConversationRef } from "../support/github/github.ts";
import { SHINSHU, type Story, startApp } from "../support/start-app.ts";

const NOW = "2026-03-02T09:00:00Z";
const PEOPLE = ["mira", "noel", "dana"] as const;
const EACH = 21;
const FUSE = 60;

const loggedErrors = (story: Story) =>
  story.logs
    .map((line) => JSON.parse(line) as { level: number; msg: string })
    .filter(({ level }) => level >= 50)
    .map(({ msg }) => msg);

describe.each(DIALECTS)("on %s", (on) => {
  test("at sixty comments within an hour writing stops and says so; resumed, what was asked is answered", async () => {
    const story = await startApp({ on, now: NOW, customers: SHINSHU });
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
});
