// What keeps a patch from being merged is the author's to mend: the maintainers' clock stops, and goes on from where it was.
import { describe, expect, test } from "vitest";
import { DIALECTS } from "../support/databases.ts";
import type { ConversationRef } from "../support/github/github.ts";
import { SHINSHU, type Story, startApp } from "../support/start-app.ts";

const NOW = "2026-03-02T09:00:00Z";
const DUE = "2026-03-16T09:00:00Z";

const told = (what: string) => `Hello @sb-dev1,

This pull request has been waiting for its author’s side for **3 working days**, since 2026-03-16 09:00 (\`UTC\`): ${what}.

To hand it back, push an update, reply here or to the review, or write \`/case waiting maintainer\`.

You are reading this because the author’s side is told after 3 working days of its turn; \`/case why\` shows how it came about.`;

const REMINDER = `Hello @mira,

This pull request has been waiting for an answer from its maintainers for **10 working days**, and somebody under a support contract depends on it.

A review, a question, “later” or “no” all settle it, and the order in which you take things is yours to choose.

- To take it in hand: \`/case take\`
- To pass it on: \`/case ask @someone\`
- To hear less: \`/case quiet 2w\` for this pull request, \`/case quiet me\` for all of them

You are reading this because a reminder is due after 10 working days without a response; \`/case why\` shows how it came about. This app never closes or merges anything.`;

const AUTHORS = ["customer", "awaiting author"];
const MAINTAINERS_OVERDUE = ["customer", "awaiting maintainer", "overdue"];

const open = async (on: (typeof DIALECTS)[number]): Promise<{ story: Story; patch: ConversationRef }> => {
  const story = await startApp({ on, now: NOW, customers: SHINSHU });
  const patch = await story.github.as("sb-dev1").openPullRequest({ repository: "acme-db/engine", title: "Fix it" });
  await story.settle();
  expect(story.labelsOn(patch)).toEqual(["customer", "awaiting maintainer"]);
  return { story, patch };
};

describe.each(DIALECTS)("on %s", (on) => {
  test("a merge conflict hands it to the author, also while GitHub works it out anew; a push that mends it goes on", async () => {
    const { story, patch } = await open(on);
    story.github.setMergeable(patch, "CONFLICTING");
    await story.advanceTo(DUE);
    expect(story.commentsOn(patch)).toEqual([]);
    expect(story.labelsOn(patch)).toEqual(AUTHORS);
    story.github.setMergeable(patch, "UNKNOWN");
    await story.advanceTo("2026-03-19T09:00:00Z");
    const toAuthor = told("it conflicts with its base branch");
    expect(story.commentsOn(patch)).toEqual([toAuthor]);
    expect(story.labelsOn(patch)).toEqual(AUTHORS);

    story.github.setMergeable(patch, "MERGEABLE");
    await story.advanceTo("2026-03-24T10:00:00Z");
    await story.github.as("sb-dev1").push(patch);
    await story.settle();
    expect(story.commentsOn(patch)).toEqual([toAuthor, REMINDER]);
    expect(story.labelsOn(patch)).toEqual(MAINTAINERS_OVERDUE);
    await story.expectNothingElse();
  });

  test("required checks that fail hand it to the author; those that nobody requires do not", async () => {
    const { story, patch } = await open(on);
    const other = await story.github.as("sb-dev1").openPullRequest({ repository: "acme-db/engine", title: "Another" });
    story.github.setChecks(patch, "FAILURE", { required: true });
    story.github.setChecks(other, "FAILURE");
    await story.advanceTo(DUE);
    expect(story.commentsOn(patch)).toEqual([]);
    expect(story.labelsOn(patch)).toEqual(AUTHORS);
    expect(story.commentsOn(other)).toEqual([REMINDER]);
    expect(story.labelsOn(other)).toEqual(MAINTAINERS_OVERDUE);
    await story.advanceTo("2026-03-19T09:00:00Z");
    expect(story.commentsOn(patch)).toEqual([told("required checks fail: `ci`")]);
    await story.github.as("mira").close(other);
    await story.settle();
    expect(story.labelsOn(other)).toEqual(["customer"]);
    await story.expectNothingElse();
  });

  test("a conflict that goes away by itself is seen before the author is told, and the maintainers' time goes on", async () => {
    const { story, patch } = await open(on);
    story.github.setMergeable(patch, "CONFLICTING");
    await story.advanceTo(DUE);
    expect(story.labelsOn(patch)).toEqual(AUTHORS);
    await story.advanceTo("2026-03-18T10:00:00Z");
    story.github.setMergeable(patch, "MERGEABLE");
    await story.advanceTo("2026-03-19T09:30:00Z");
    expect(story.commentsOn(patch)).toEqual([REMINDER]);
    expect(story.labelsOn(patch)).toEqual(MAINTAINERS_OVERDUE);
    await story.expectNothingElse();
  });

  test("whoever says that a conflict is not theirs to mend hands it back", async () => {
    const { story, patch } = await open(on);
    story.github.setMergeable(patch, "CONFLICTING");
    await story.advanceTo("2026-03-17T10:00:00Z");
    expect(story.labelsOn(patch)).toEqual(AUTHORS);
    const handing = await story.github.as("sb-dev1").comment(patch, "/case waiting maintainer");
    await story.settle();
    expect(story.reactionsOn(handing)).toEqual(["+1"]);
    expect(story.commentsOn(patch)).toEqual([REMINDER]);
    expect(story.labelsOn(patch).toSorted()).toEqual(MAINTAINERS_OVERDUE.toSorted());
    await story.expectNothingElse();
  });

  test("a conflict that comes between two reminders holds the second back", async () => {
    const { story, patch } = await open(on);
    await story.advanceTo("2026-03-17T10:00:00Z");
    expect(story.commentsOn(patch)).toEqual([REMINDER]);
    story.github.setMergeable(patch, "CONFLICTING");
    await story.advanceTo("2026-03-24T10:00:00Z");
    expect(story.commentsOn(patch)).toEqual([REMINDER]);
    // Nobody has responded since, so it is overdue still.
    expect(story.labelsOn(patch).toSorted()).toEqual(["awaiting author", "customer", "overdue"]);
    await story.expectNothingElse();
  });

  test("checks that pass after the author was told hand it back without a push", async () => {
    const story = await startApp({ on, now: NOW, customers: SHINSHU });
    const patch = await story.github.as("sb-dev1").openPullRequest({ repository: "acme-db/engine", title: "Fix it" });
    await story.settle();
    story.github.setChecks(patch, "FAILURE", { required: true });
    await story.advanceTo("2026-03-19T09:00:00Z");
    expect(story.commentsOn(patch)).toHaveLength(1);
    expect(story.labelsOn(patch)).toEqual(AUTHORS);
    story.github.setChecks(patch, "SUCCESS", { required: true });
    await story.advanceTo("2026-03-20T12:00:00Z");
    expect(story.labelsOn(patch)).toEqual(["customer", "awaiting maintainer", "overdue"]);
    expect(story.commentsOn(patch).at(-1)).toContain("Hello @mira,");
    await story.expectNothingElse();
  });

  test("what GitHub has not worked out yet is asked again before anybody is reminded", async () => {
    const story = await startApp({ on, now: NOW, customers: SHINSHU });
    const patch = await story.github.as("sb-dev1").openPullRequest({ repository: "acme-db/engine", title: "Fix it" });
    await story.settle();
    story.github.setMergeable(patch, "UNKNOWN");
    await story.advanceTo(DUE);
    expect(story.commentsOn(patch)).toEqual([]);
    story.github.setMergeable(patch, "CONFLICTING");
    await story.advanceTo("2026-03-16T12:00:00Z");
    expect(story.labelsOn(patch)).toEqual(AUTHORS);
    await story.expectNothingElse();
  });

  test("what GitHub never works out keeps nobody from being reminded", async () => {
    const story = await startApp({ on, now: NOW, customers: SHINSHU });
    const patch = await story.github.as("sb-dev1").openPullRequest({ repository: "acme-db/engine", title: "Fix it" });
    await story.settle();
    story.github.setMergeable(patch, "UNKNOWN");
    await story.advanceTo("2026-03-16T09:05:00Z");
    expect(story.commentsOn(patch)).toEqual([REMINDER]);
    expect(story.labelsOn(patch)).toEqual(["customer", "awaiting maintainer", "overdue"]);
    await story.expectNothingElse();
  });
});
