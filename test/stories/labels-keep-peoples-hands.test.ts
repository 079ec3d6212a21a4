// The app's labels never overrule people: what they took off, put on, deleted, renamed or already had is left as they want it.
import { describe, expect, test } from "vitest";
import { DIALECTS } from "../support/databases.ts";
import { SHINSHU, startApp } from "../support/start-app.ts";

const NOW = "2026-03-02T09:00:00Z";
const PATCH = { repository: "acme-db/engine", title: "Fix the lock" };
const ENGINE = "acme-db/engine";

describe.each(DIALECTS)("on %s", (on) => {
  test("a label that a person took off stays off, and no reminder comes for ten working days", async () => {
    const story = await startApp({ on, now: NOW, customers: SHINSHU });
    const patch = await story.github.as("sb-dev1").openPullRequest(PATCH);
    await story.settle();
    expect(story.labelsOn(patch)).toEqual(["customer", "awaiting maintainer"]);
    await story.advanceTo("2026-03-10T10:00:00Z");
    await story.github.as("mira").removeLabel(patch, "customer");
    await story.settle();
    expect(story.labelsOn(patch)).toEqual(["awaiting maintainer"]);
    // Without that a reminder would have gone out on the 16th.
    await story.advanceTo("2026-03-24T09:30:00Z");
    expect(story.labelsOn(patch)).toEqual(["awaiting maintainer"]);
    expect(story.commentsOn(patch)).toEqual([]);
    await story.advanceTo("2026-03-24T10:30:00Z");
    expect(story.labelsOn(patch)).toEqual(["awaiting maintainer", "overdue"]);
    expect(story.commentsOn(patch).map((text) => text.split("\n")[0])).toEqual(["Hello @mira,"]);
    await story.expectNothingElse();
  });

  test("a label that a person put on is not taken off", async () => {
    const story = await startApp({ on, now: NOW });
    await story.github.as("mira").createLabel(ENGINE, { name: "customer" });
    await story.github.as("mira").createLabel(ENGINE, { name: "severity: S1" });
    const patch = await story.github.as("stranger").openPullRequest(PATCH);
    await story.github.as("mira").addLabel(patch, "customer");
    await story.github.as("mira").addLabel(patch, "severity: S1");
    await story.settle();
    const linking = await story.github.as("dana").comment(patch, "/case link CASE-1042 S1");
    await story.settle();
    expect(story.reactionsOn(linking)).toEqual(["+1"]);
    expect(story.labelsOn(patch)).toEqual(["customer", "severity: S1", "awaiting maintainer"]);
    const unlinking = await story.github.as("dana").comment(patch, "/case unlink CASE-1042");
    await story.settle();
    expect(story.reactionsOn(unlinking)).toEqual(["+1"]);
    expect(story.labelsOn(patch)).toEqual(["customer", "severity: S1"]);
    expect(story.commentsOn(patch)).toEqual([]);
    await story.expectNothingElse();
  });

  test("a label that a person deleted from the repository stays away, also from the next patch", async () => {
    const story = await startApp({ on, now: NOW, customers: SHINSHU });
    const patch = await story.github.as("sb-dev1").openPullRequest(PATCH);
    await story.settle();
    expect(story.labelsOn(patch)).toEqual(["customer", "awaiting maintainer"]);
    await story.github.as("mira").deleteLabel(ENGINE, "customer");
    await story.settle();
    const next = await story.github.as("sb-dev1").openPullRequest({ ...PATCH, title: "Fix another" });
    await story.settle();
    expect(story.labelsOn(patch)).toEqual(["awaiting maintainer"]);
    expect(story.labelsOn(next)).toEqual(["awaiting maintainer"]);
    expect(story.github.labelsOf(ENGINE).map((label) => label.name)).not.toContain("customer");
    expect(story.commentsOn(patch)).toEqual([]);
    await story.expectNothingElse();
  });

  test("a label that a person renamed is followed", async () => {
    const story = await startApp({ on, now: NOW, customers: SHINSHU });
    const patch = await story.github.as("sb-dev1").openPullRequest(PATCH);
    await story.settle();
    expect(story.labelsOn(patch)).toEqual(["customer", "awaiting maintainer"]);
    await story.github.as("mira").renameLabel(ENGINE, "awaiting maintainer", "needs review");
    await story.settle();
    await story.github.as("mira").review(patch, { state: "CHANGES_REQUESTED", body: "A test, please." });
    await story.settle();
    expect(story.labelsOn(patch)).toEqual(["customer", "awaiting author"]);
    await story.advance({ minutes: 10 });
    await story.github.as("sb-dev1").push(patch);
    await story.settle();
    expect(story.labelsOn(patch)).toEqual(["customer", "needs review"]);
    expect(story.github.labelsOf(ENGINE).map((label) => label.name)).not.toContain("awaiting maintainer");
    expect(story.commentsOn(patch)).toEqual([]);
    await story.expectNothingElse();
  });

  test("a label that is there already is used as it is, in any letters; a missing one is made with colour and words", async () => {
    const story = await startApp({ on, now: NOW, customers: SHINSHU });
    await story.github.as("mira").createLabel(ENGINE, { name: "Customer", color: "123456", description: "Ours." });
    const patch = await story.github.as("sb-dev1").openPullRequest(PATCH);
    await story.settle();
    expect(story.labelsOn(patch)).toEqual(["Customer", "awaiting maintainer"]);
    expect(story.github.labelsOf(ENGINE)).toEqual([
      { name: "Customer", color: "123456", description: "Ours." },
      {
        name: "awaiting maintainer",
        color: "fbca04",
        description: 'It is the maintainers\' turn: a review, a question, "later" or "no" all settle it.',
      },
    ]);
    expect(story.commentsOn(patch)).toEqual([]);
    await story.expectNothingElse();
  });
});
