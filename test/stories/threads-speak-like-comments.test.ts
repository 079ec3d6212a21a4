// What is said in a review's thread counts as what is said in a comment: GitHub wraps it in a review without words of its own.
import { describe, expect, test } from "vitest";
import { DIALECTS } from "../support/databases.ts";
import { SHINSHU, startApp } from "../support/start-app.ts";

describe.each(DIALECTS)("on %s", (on) => {
  test("a question in a thread hands it to the author, a command there leaves the turn, an answer hands it back", async () => {
    const story = await startApp({ on, now: "2026-03-02T09:00:00Z", customers: SHINSHU });
    const { github } = story;
    const patch = await github.as("sb-dev1").openPullRequest({ repository: "acme-db/engine", title: "Fix the lock" });
    await story.settle();
    const taken = await github.as("mira").reviewComment(patch, "/case take 2026-03-06");
    await story.settle();
    expect(story.reactionsOn(taken)).toEqual(["+1"]);
    expect(story.labelsOn(patch)).toEqual(["customer", "awaiting maintainer"]);

    await story.advance({ minutes: 5 });
    await github.as("mira").reviewComment(patch, "Why is this here?");
    await story.settle();
    expect(story.labelsOn(patch)).toEqual(["customer", "awaiting author"]);

    await story.advance({ minutes: 5 });
    await github.as("sb-dev1").reviewComment(patch, "Because the lock is taken twice.");
    await story.settle();
    expect(story.labelsOn(patch)).toEqual(["customer", "awaiting maintainer"]);
    await story.expectNothingElse();
  });

  test("threads from before we came count the same", async () => {
    const story = await startApp({
      on,
      now: "2026-03-02T09:00:00Z",
      customers: SHINSHU,
      github: { installations: [] },
      isInstalled: false,
    });
    const { github } = story;
    const patch = await github.as("sb-dev1").openPullRequest({ repository: "acme-db/engine", title: "Fix the lock" });
    await github.as("mira").reviewComment(patch, "Why is this here?");
    github.install("acme-db", "all");
    await story.settle();
    expect(story.labelsOn(patch)).toEqual(["customer", "awaiting author"]);
    await story.expectNothingElse();
  });
});
