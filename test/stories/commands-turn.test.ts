// Commands hand a patch over, put it off, pass it on, take it in hand and ask for quiet; `why` shows that each counted.
import { describe, expect, test } from "vitest";
import { DIALECTS } from "../support/databases.ts";
import { ACME_POLICY, SHINSHU, startApp } from "../support/start-app.ts";

const NOW = "2026-03-02T09:00:00Z";
const PATCH = { repository: "acme-db/engine", title: "Fix the lock" };

const TOO_LONG = "`/case take`: It can be taken in hand for at most 10 working days, which is until 2026-03-13.";
const TAKEN_TWICE =
  "`/case take`: This pull request has been taken in hand twice already. Please answer it, pass it on, or put it off. For example: `/case ask @someone`, `/case snooze 2w until the release is out`";

const reminder = (hello: string) => `Hello ${hello},

This pull request has been waiting for an answer from its maintainers for **10 working days**, and somebody under a support contract depends on it.

A review, a question, “later” or “no” all settle it, and the order in which you take things is yours to choose.

- To take it in hand: \`/case take\`
- To pass it on: \`/case ask @someone\`
- To hear less: \`/case quiet 2w\` for this pull request, \`/case quiet me\` for all of them

You are reading this because a reminder is due after 10 working days without a response; \`/case why\` shows how it came about. This app never closes or merges anything.`;

describe.each(DIALECTS)("on %s", (on) => {
  test("waiting hands it over and back", async () => {
    const story = await startApp({ on, now: NOW, customers: SHINSHU });
    const patch = await story.github.as("sb-dev1").openPullRequest(PATCH);
    await story.settle();
    expect(story.labelsOn(patch)).toEqual(["customer", "awaiting maintainer"]);
    const over = await story.github.as("mira").comment(patch, "/case waiting author");
    await story.settle();
    expect(story.reactionsOn(over)).toEqual(["+1"]);
    expect(story.labelsOn(patch)).toEqual(["customer", "awaiting author"]);
    await story.advance({ hours: 2 });
    const back = await story.github.as("sb-dev1").comment(patch, "/case waiting maintainer");
    await story.settle();
    expect(story.reactionsOn(back)).toEqual(["+1"]);
    expect(story.labelsOn(patch)).toEqual(["customer", "awaiting maintainer"]);
    const not = await story.github.as("sb-dev1").comment(patch, "/case waiting author");
    await story.settle();
    expect(story.reactionsOn(not)).toEqual(["confused"]);
    expect(story.labelsOn(patch)).toEqual(["customer", "awaiting maintainer"]);
    expect(story.commentsOn(patch)).toEqual([]);
    await story.expectNothingElse();
  });

  test("a snooze takes the turn label off and ends by itself or by unsnooze", async () => {
    const story = await startApp({ on, now: NOW, customers: SHINSHU });
    const patch = await story.github.as("sb-dev1").openPullRequest(PATCH);
    await story.settle();
    const snoozing = await story.github.as("dana").comment(patch, "/case snooze 2w until the benchmark is there");
    await story.settle();
    expect(story.reactionsOn(snoozing)).toEqual(["+1"]);
    expect(story.labelsOn(patch)).toEqual(["customer"]);
    await story.advanceTo("2026-03-13T16:30:00Z");
    expect(story.labelsOn(patch)).toEqual(["customer"]);
    await story.advanceTo("2026-03-16T09:30:00Z");
    expect(story.labelsOn(patch)).toEqual(["customer", "awaiting maintainer"]);
    expect(story.commentsOn(patch)).toEqual([]);
    const again = await story.github.as("mira").comment(patch, "/case snooze 2026-05-04");
    await story.settle();
    expect(story.reactionsOn(again)).toEqual(["+1"]);
    expect(story.labelsOn(patch)).toEqual(["customer"]);
    const ended = await story.github.as("mira").comment(patch, "/case unsnooze");
    await story.settle();
    expect(story.reactionsOn(ended)).toEqual(["+1"]);
    expect(story.labelsOn(patch)).toEqual(["customer", "awaiting maintainer"]);
    expect(story.commentsOn(patch)).toEqual([]);
    await story.expectNothingElse();
  });

  test("take holds reminders for at most ten working days, twice", async () => {
    const story = await startApp({ on, now: NOW, customers: SHINSHU });
    const patch = await story.github.as("sb-dev1").openPullRequest(PATCH);
    await story.settle();
    const supporters = await story.github.as("kenji").comment(patch, "/case take");
    await story.settle();
    expect(story.reactionsOn(supporters)).toEqual(["confused"]);
    expect(story.commentsOn(patch)).toEqual([]);
    const tooLong = await story.github.as("mira").comment(patch, "/case take 2026-04-01");
    await story.settle();
    expect(story.reactionsOn(tooLong)).toEqual(["confused"]);
    expect(story.commentsOn(patch)).toEqual([TOO_LONG]);
    for (const command of ["/case take", "/case take 2026-03-13"]) {
      const taking = await story.github.as("mira").comment(patch, command);
      await story.settle();
      expect(story.reactionsOn(taking)).toEqual(["+1"]);
      await story.advance({ minutes: 1 });
    }
    const third = await story.github.as("mira").comment(patch, "/case take");
    await story.settle();
    expect(story.reactionsOn(third)).toEqual(["confused"]);
    expect(story.commentsOn(patch)).toEqual([TOO_LONG, TAKEN_TWICE]);
    expect(story.labelsOn(patch)).toEqual(["customer", "awaiting maintainer"]);
    // The second take ends on the 13th; ten working days have passed on the 16th.
    await story.advanceTo("2026-03-13T16:30:00Z");
    expect(story.commentsOn(patch)).toHaveLength(2);
    await story.advanceTo("2026-03-16T09:30:00Z");
    expect(story.commentsOn(patch).slice(2)).toEqual([reminder("@mira")]);
    expect(story.labelsOn(patch)).toEqual(["customer", "awaiting maintainer", "overdue"]);
    await story.expectNothingElse();
  });

  test("ask says who is reminded from now on, quiet and quiet me are kept to", async () => {
    const story = await startApp({
      on,
      now: NOW,
      customers: SHINSHU,
      policy: ACME_POLICY.replace("[mira]", "[mira, noel]"),
    });
    const patch = await story.github.as("sb-dev1").openPullRequest(PATCH);
    const other = await story.github.as("sb-dev1").openPullRequest({ ...PATCH, title: "Fix the other lock" });
    await story.settle();
    const asking = await story.github.as("dana").comment(patch, "/case ask @noel");
    const quiet = await story.github.as("mira").comment(patch, "/case quiet me");
    await story.settle();
    expect(story.reactionsOn(asking)).toEqual(["+1"]);
    expect(story.reactionsOn(quiet)).toEqual(["+1"]);
    const still = await story.github.as("dana").comment(other, "/case quiet 2026-05-04");
    await story.settle();
    expect(story.reactionsOn(still)).toEqual(["+1"]);
    await story.advanceTo("2026-03-20T09:30:00Z");
    expect(story.commentsOn(patch)).toEqual([reminder("@noel")]);
    expect(story.labelsOn(patch)).toEqual(["customer", "awaiting maintainer", "overdue"]);
    expect(story.commentsOn(other)).toEqual([]);
    expect(story.labelsOn(other)).toEqual(["customer", "awaiting maintainer"]);
    await story.expectNothingElse();
  });
});
