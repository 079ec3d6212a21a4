// What stops writing: a person's pause, GitHub's limits, the fuse; and that nothing is lost or said twice for it.
import { describe, expect, test } from "vitest";
import { pauseWriting, resumeWriting } from "../../src/effects/pauses-store.ts";
import { DIALECTS } from "../support/databases.ts";
import { SHINSHU, type Story, startApp } from "../support/start-app.ts";

const NOW = "2026-03-02T09:00:00Z";
const COMMENTS = /\/issues\/\d+\/comments$/;

const open = async (story: Story) => {
  const patch = await story.github.as("sb-dev1").openPullRequest({ repository: "acme-db/engine", title: "Fix it" });
  await story.settle();
  return patch;
};
const posts = (story: Story) =>
  story.github
    .writes()
    .filter(({ method, path }) => method === "POST" && COMMENTS.test(path))
    .map(({ at, status }) => `${at} ${status}`);

describe.each(DIALECTS)("on %s", (on) => {
  test.each(["all", "owner"] as const)(
    "while %s is paused nothing is written; once resumed, what still holds is",
    async (whose) => {
      const story = await startApp({ on, now: NOW, customers: SHINSHU });
      const scope = whose === "all" ? "all" : (`owner:${story.github.idOf("acme-db")}` as const);
      await story.database.transaction((tx) => pauseWriting(tx, { scope, because: "an audit", since: Date.now() }));
      const patch = await open(story);
      await story.advanceTo("2026-03-03T12:00:00Z");
      expect(story.unread()).toEqual([]);
      await story.database.transaction((tx) => resumeWriting(tx, scope));
      await story.settle();
      expect(story.labelsOn(patch)).toEqual(["customer", "awaiting maintainer"]);
      expect(story.commentsOn(patch)).toEqual([]);
      await story.expectNothingElse();
    },
  );

  test("when GitHub asks to wait, as long as it says nothing is sent, and then once", async () => {
    const story = await startApp({ on, now: NOW, customers: SHINSHU });
    const patch = await open(story);
    story.github.fault(
      { method: "POST", path: COMMENTS },
      {
        status: 403,
        headers: { "retry-after": "300" },
        body: { message: "You have exceeded a secondary rate limit. Please wait a few minutes before you try again." },
      },
    );
    await story.advanceTo("2026-03-16T09:04:59Z");
    expect(posts(story)).toEqual(["2026-03-16T09:00:00Z 403"]);
    await story.advanceTo("2026-03-16T09:05:00Z");
    expect(posts(story)).toEqual(["2026-03-16T09:00:00Z 403", "2026-03-16T09:05:00Z 201"]);
    expect(story.commentsOn(patch)).toHaveLength(1);
    expect(story.labelsOn(patch)).toEqual(["customer", "awaiting maintainer", "overdue"]);
    await story.expectNothingElse();
  });

  test("a comment whose answer was an error is found again, not written again", async () => {
    const story = await startApp({ on, now: NOW, customers: SHINSHU });
    const patch = await open(story);
    story.github.fault({ method: "POST", path: COMMENTS }, { afterwards: { status: 502 } });
    await story.advanceTo("2026-03-16T10:00:00Z");
    expect(posts(story)).toEqual(["2026-03-16T09:00:00Z 502"]);
    expect(story.commentsOn(patch)).toHaveLength(1);
    expect(story.labelsOn(patch)).toEqual(["customer", "awaiting maintainer", "overdue"]);
    await story.expectNothingElse();
  });
});
