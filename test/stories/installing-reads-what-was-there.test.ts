// Installing on a repository with years behind it: what was there is read, labelled by its history, and told within the limits.
import { describe, expect, test } from "vitest";
import { DIALECTS } from "../support/databases.ts";
import type { ConversationRef } from "../support/github/github.ts";
import { withOwnerPolicy } from "../support/owner-policy.ts";
import { ACME_POLICY, SHINSHU, type Story, startApp } from "../support/start-app.ts";

const NOW = "2026-03-02T09:00:00Z";

const numbersOf = async (story: Story) =>
  (await story.database.db.selectFrom("patches").select("number").orderBy("number").execute()).map(
    ({ number }) => number,
  );

describe.each(DIALECTS)("on %s", (on) => {
  test("open pull requests are labelled by what happened before we came", async () => {
    const story = await startApp({
      on,
      now: NOW,
      customers: SHINSHU,
      github: { installations: [] },
      isInstalled: false,
    });
    const { github } = story;
    const author = github.as("sb-dev1");
    const waiting = await author.openPullRequest({ repository: "acme-db/engine", title: "Waits" });
    const draft = await author.openPullRequest({ repository: "acme-db/engine", title: "A draft", draft: true });
    const asked = await author.openPullRequest({ repository: "acme-db/engine", title: "Was asked to change" });
    await github.as("mira").review(asked, { state: "CHANGES_REQUESTED", body: "Please add a test." });
    const pushed = await author.openPullRequest({ repository: "acme-db/engine", title: "Was changed as asked" });
    await github.as("mira").review(pushed, { state: "CHANGES_REQUESTED", body: "Please add a test." });
    await story.advance({ hours: 1 });
    await author.push(pushed);
    const foreign = await github
      .as("stranger")
      .openPullRequest({ repository: "acme-db/engine", title: "No customer's" });
    const closed = await author.openPullRequest({ repository: "acme-db/engine", title: "Is over" });
    await author.close(closed);
    await story.settle();
    expect(story.unread()).toEqual([]);

    github.install("acme-db", "all");
    await story.settle();
    expect(story.labelsOn(waiting)).toEqual(["customer", "awaiting maintainer"]);
    expect(story.labelsOn(draft)).toEqual(["customer"]);
    expect(story.labelsOn(asked)).toEqual(["customer", "awaiting author"]);
    expect(story.labelsOn(pushed)).toEqual(["customer", "awaiting maintainer"]);
    expect(story.labelsOn(foreign)).toEqual([]);
    expect(story.labelsOn(closed)).toEqual([]);
    for (const patch of [waiting, draft, asked, pushed, foreign, closed]) expect(story.commentsOn(patch)).toEqual([]);
    await story.expectNothingElse();
  });

  test("cases that were there are read, and their links too", async () => {
    const story = await startApp({
      on,
      now: NOW,
      customers: SHINSHU,
      github: { ...withOwnerPolicy(ACME_POLICY), installations: [] },
      isInstalled: false,
    });
    const patch = await story.github.as("stranger").openPullRequest({ repository: "acme-db/engine", title: "Fix it" });
    await story.github.as("dana").openIssue({
      repository: "acme-db/cases",
      title: "Locks for ever",
      body: `Customer: shinshu-bank\nSeverity: S2\nPatch: acme-db/engine#${patch.number}`,
    });
    story.github.install("acme-db", "all");
    await story.settle();
    expect(story.labelsOn(patch).toSorted()).toEqual(["awaiting maintainer", "customer", "severity: S2"]);
    await story.expectNothingElse();
  });

  test("of eight overdue patches the five gravest are reminded of on the first day, the rest on the next", async () => {
    const policy = `version: 1
support: ["@acme-db/support"]
maintainers: [mira, noel]
cases: { repositories: [acme-db/cases] }
reminders: { per-maintainer-per-week: 50 }
`;
    const story = await startApp({
      on,
      now: "2026-01-05T09:00:00Z",
      customers: SHINSHU,
      github: { ...withOwnerPolicy(policy), installations: [] },
      isInstalled: false,
    });
    const { github } = story;
    const patches: ConversationRef[] = [];
    for (let n = 1; n <= 8; n += 1) {
      patches.push(await github.as("sb-dev1").openPullRequest({ repository: "acme-db/engine", title: `Fix ${n}` }));
    }
    for (const [n, severity] of [
      [6, "S3"],
      [7, "S1"],
      [8, "S2"],
    ] as const) {
      const body = `Customer: shinshu-bank\nSeverity: ${severity}\nPatch: acme-db/engine#${patches[n - 1]?.number}`;
      await github.as("dana").openIssue({ repository: "acme-db/cases", title: `Trouble ${n}`, body });
    }
    await story.advanceTo("2026-03-02T09:00:00Z");
    github.install("acme-db", "all");
    await story.settle();
    await story.advance({ minutes: 5 });
    const reminded = () => patches.map((patch) => story.commentsOn(patch).length);
    expect(reminded().slice(5)).toEqual([1, 1, 1]);
    expect(reminded().reduce((sum, n) => sum + n, 0)).toBe(5);
    await story.advanceTo("2026-03-03T08:59:00Z");
    expect(reminded().reduce((sum, n) => sum + n, 0)).toBe(5);
    await story.advanceTo("2026-03-03T09:30:00Z");
    expect(reminded()).toEqual([1, 1, 1, 1, 1, 1, 1, 1]);
    for (const patch of patches) story.labelsOn(patch);
    await story.expectNothingElse();
  });

  test("reading that broke off goes on where it stopped", async () => {
    const story = await startApp({
      on,
      now: NOW,
      customers: SHINSHU,
      github: { installations: [] },
      isInstalled: false,
    });
    for (let n = 1; n <= 60; n += 1)
      await story.github.as("sb-dev1").openPullRequest({ repository: "acme-db/engine", title: `Fix ${n}` });
    // The first page is read; the second fails, as it also would if the process ended there.
    story.github.fault({ graphql: "OpenPatches" }, { delayMs: 0 });
    story.github.fault({ graphql: "OpenPatches" }, { status: 502 });
    story.github.install("acme-db", "all");
    await story.settle();
    const before = await numbersOf(story);
    await story.advance({ minutes: 10 });
    expect(before).toHaveLength(25);
    expect(await numbersOf(story)).toEqual(Array.from({ length: 60 }, (_, index) => index + 1));
    const pages = story.github.requests.filter(({ operation }) => operation === "graphql OpenPatches");
    expect(pages.map(({ status }) => status)).toEqual([200, 502, 200, 200, 200]);
  });
});
