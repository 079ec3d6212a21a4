// The product's first sentence: a customer's patch that waits is labelled, its maintainers are reminded, and then it is due to rise.
import { describe, expect, test } from "vitest";
import { DIALECTS } from "../support/databases.ts";
import { SHINSHU, startApp } from "../support/start-app.ts";

const reminder = (hello: string, waited: string, because: string) => `Hello ${hello},

This pull request has been waiting for an answer from its maintainers for **${waited}**, and somebody under a support contract depends on it.

A review, a question, “later” or “no” all settle it, and the order in which you take things is yours to choose.

- To take it in hand: \`/case take\`
- To pass it on: \`/case ask @someone\`
- To hear less: \`/case quiet 2w\` for this pull request, \`/case quiet me\` for all of them

You are reading this because ${because}; \`/case why\` shows how it came about. This app never closes or merges anything.`;

const FIRST = reminder("@mira", "10 working days", "a reminder is due after 10 working days without a response");
const SECOND = reminder(
  "`mira`",
  "15 working days",
  "reminder 2 of at most 2 is due 5 working days after the one before",
);

describe.each(DIALECTS)("on %s", (on) => {
  test("a customer's patch is labelled, its maintainer reminded twice, and then an escalation is due", async () => {
    const story = await startApp({ on, now: "2026-03-02T09:00:00Z", customers: SHINSHU });
    const patch = await story.github
      .as("sb-dev1")
      .openPullRequest({ repository: "acme-db/engine", title: "Fix the lock" });
    await story.settle();
    expect(story.labelsOn(patch)).toEqual(["customer", "awaiting maintainer"]);
    expect(story.commentsOn(patch)).toEqual([]);

    await story.advanceTo("2026-03-13T17:30:00Z");
    expect(story.commentsOn(patch)).toEqual([]);

    await story.advanceTo("2026-03-16T09:30:00Z");
    expect(story.commentsOn(patch)).toEqual([FIRST]);
    expect(story.labelsOn(patch)).toEqual(["customer", "awaiting maintainer", "overdue"]);

    await story.advanceTo("2026-03-23T09:30:00Z");
    expect(story.commentsOn(patch)).toEqual([`[folded] ${FIRST}`, SECOND]);

    await story.advanceTo("2026-04-03T09:30:00Z");
    const stored = await story.database.db
      .selectFrom("patches")
      .select(["escalation_due_at", "escalation_because"])
      .executeTakeFirst();
    expect(new Date(stored?.escalation_due_at ?? 0).toISOString()).toBe("2026-03-27T17:00:00.000Z");

    await story.github.as("mira").review(patch, { state: "CHANGES_REQUESTED", body: "Please add a test." });
    await story.settle();
    expect(story.labelsOn(patch)).toEqual(["customer", "awaiting author"]);
    const answered = await story.database.db.selectFrom("patches").select("escalation_due_at").executeTakeFirst();
    expect(answered?.escalation_due_at).toBeNull();
    await story.expectNothingElse();
  });
});
