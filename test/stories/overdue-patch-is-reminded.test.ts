// The product's first sentence: a customer's patch that waits is labelled, its maintainers are reminded, and then it is due to rise.
import { describe, expect, test } from "vitest";
import { DIALECTS } from "../support/databases.ts";
import { SHINSHU, startApp } from "../support/start-app.ts";

describe.each(DIALECTS)("on %s", (on) => {
  test("a customer's patch is labelled, its maintainer reminded twice, and then an escalation is due", async () => {
    const story = await startApp({ on, now: "2026-03-02T09:00:00Z", customers: SHINSHU });
    const patch = await story.github
      .as("sb-dev1")
      .openPullRequest({ repository: "acme-db/engine", title: "Fix the lock" });
    await story.settle();
    expect(story.labelsOn(patch)).toEqual(["awaiting maintainer", "customer"]);
    expect(story.commentsOn(patch)).toEqual([]);

    await story.advanceTo("2026-03-17T12:00:00Z");
    expect(story.commentsOn(patch)).toEqual(["x"]);
    expect(story.labelsOn(patch)).toEqual(["awaiting maintainer", "customer", "overdue"]);
    await story.expectNothingElse();
  });
});
