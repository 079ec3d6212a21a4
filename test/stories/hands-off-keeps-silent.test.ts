// Whoever folds or deletes what the app wrote, or takes its label off, is left alone there for ten working days; then it asks again.
import { describe, expect, test } from "vitest";
import { DIALECTS } from "../support/databases.ts";
import type { ConversationRef } from "../support/github/github.ts";
import { SHINSHU, type Story, startApp } from "../support/start-app.ts";

const NOW = "2026-03-02T09:00:00Z";
const OVERDUE = ["customer", "awaiting maintainer", "overdue"];

const ours = (story: Story, patch: ConversationRef) => {
  const [comment] = story.github.commentsOn(patch).filter(({ author }) => author === story.github.botLogin);
  if (comment === undefined) throw new Error("There is no comment of ours.");
  return comment;
};

/** A patch whose first reminder went out on 16 March at 9; the second would be due on the 23rd. */
const remindedOnce = async (on: (typeof DIALECTS)[number]) => {
  const story = await startApp({ on, now: NOW, customers: SHINSHU });
  const patch = await story.github.as("sb-dev1").openPullRequest({ repository: "acme-db/engine", title: "Fix it" });
  await story.advanceTo("2026-03-17T10:00:00Z");
  expect(firstLines(story, patch)).toEqual(["Hello @mira,"]);
  expect(story.labelsOn(patch)).toEqual(OVERDUE);
  return { story, patch };
};
const firstLines = (story: Story, patch: ConversationRef) => story.commentsOn(patch).map((text) => text.split("\n")[0]);

describe.each(DIALECTS)("on %s", (on) => {
  test("after our reminder was folded none comes for ten working days, and then one that mentions nobody", async () => {
    const { story, patch } = await remindedOnce(on);
    await story.github.as("mira").minimize(ours(story, patch));
    // GitHub tells nobody who folded it; it is seen when the next one falls due.
    await story.advanceTo("2026-04-06T08:59:00Z");
    expect(firstLines(story, patch)).toEqual(["[folded] Hello @mira,"]);
    await story.advanceTo("2026-04-06T09:00:00Z");
    expect(firstLines(story, patch)).toEqual(["[folded] Hello @mira,", "Hello `mira`,"]);
    expect(story.labelsOn(patch)).toEqual(OVERDUE);
    await story.expectNothingElse();
  });

  test("after our reminder was deleted none comes for ten working days, and then again", async () => {
    const { story, patch } = await remindedOnce(on);
    const comment = ours(story, patch);
    await story.github
      .as("mira")
      .deleteComment({ kind: "comment", repositoryId: patch.repositoryId, number: patch.number, ...comment });
    await story.advanceTo("2026-03-31T09:59:00Z");
    expect(story.commentsOn(patch)).toEqual([]);
    await story.advanceTo("2026-03-31T10:00:00Z");
    expect(firstLines(story, patch)).toEqual(["Hello `mira`,"]);
    expect(story.labelsOn(patch)).toEqual(OVERDUE);
    await story.expectNothingElse();
  });

  test("after our label was taken off it stays off, and no reminder comes for ten working days", async () => {
    const { story, patch } = await remindedOnce(on);
    await story.github.as("mira").removeLabel(patch, "overdue");
    await story.advanceTo("2026-03-31T09:59:00Z");
    expect(firstLines(story, patch)).toEqual(["Hello @mira,"]);
    await story.advanceTo("2026-03-31T10:00:00Z");
    expect(firstLines(story, patch)).toEqual(["[folded] Hello @mira,", "Hello `mira`,"]);
    expect(story.labelsOn(patch)).toEqual(["customer", "awaiting maintainer"]);
    await story.expectNothingElse();
  });

  test("a label that a supporter took off counts as much as one that a maintainer did", async () => {
    const { story, patch } = await remindedOnce(on);
    await story.github.as("dana").removeLabel(patch, "awaiting maintainer");
    await story.advanceTo("2026-03-31T09:59:00Z");
    expect(firstLines(story, patch)).toEqual(["Hello @mira,"]);
    await story.advanceTo("2026-03-31T10:00:00Z");
    expect(firstLines(story, patch)).toEqual(["[folded] Hello @mira,", "Hello `mira`,"]);
    expect(story.labelsOn(patch)).toEqual(["customer", "overdue"]);
    await story.expectNothingElse();
  });

  test("after our word to the author's side was folded none comes for ten working days either", async () => {
    const story = await startApp({ on, now: NOW, customers: SHINSHU });
    const { github } = story;
    const patch = await github.as("sb-dev1").openPullRequest({ repository: "acme-db/engine", title: "Fix it" });
    await story.settle();
    await github.as("mira").review(patch, { state: "CHANGES_REQUESTED", body: "Please add a test." });
    await story.advanceTo("2026-03-05T10:00:00Z");
    expect(story.commentsOn(patch)).toHaveLength(1);
    await github.as("sb-dev1").minimize(ours(story, patch));
    await github.as("sb-dev1").push(patch);
    await story.advance({ hours: 1 });
    await github.as("mira").review(patch, { state: "CHANGES_REQUESTED", body: "Please add a test." });
    await story.advanceTo("2026-03-12T10:00:00Z");
    expect(story.commentsOn(patch)).toHaveLength(1);
    expect(story.labelsOn(patch)).toEqual(["customer", "awaiting author"]);
    await story.expectNothingElse();
  });
});
