// The day the policy lets the app act, what it only recorded goes out: labels at once, and what is overdue gravest first within the limits.
import { describe, expect, test } from "vitest";
import { DIALECTS } from "../support/databases.ts";
import type { ConversationRef } from "../support/github/github.ts";
import { ACME_POLICY, SHINSHU, type Story, startApp } from "../support/start-app.ts";

const FILE = ".github/patch-advocate.yml";
const ACT = `${ACME_POLICY}reminders: { limit: 1, per-repository-per-day: 2 }\n`;
const OBSERVE = ACT.replace("mode: act", "mode: observe");

const reminder = (severity: string, target: string) => `Hello @mira,

This pull request has been waiting for an answer from its maintainers for **40 working days**, and somebody under a support contract depends on it (severity ${severity}).

A review, a question, “later” or “no” all settle it, and the order in which you take things is yours to choose.

- To take it in hand: \`/case take\`
- To pass it on: \`/case ask @someone\`
- To hear less: \`/case quiet 2w\` for this pull request, \`/case quiet me\` for all of them

You are reading this because a reminder is due after ${target} without a response; \`/case why\` shows how it came about. This app never closes or merges anything.`;

/** Three patches that wait since January: grave, graver, gravest, opened in that order. */
const waiting = async (on: (typeof DIALECTS)[number], policy: string | null) => {
  const story = await startApp({ on, now: "2026-01-05T09:00:00Z", customers: SHINSHU, policy });
  const patches: ConversationRef[] = [];
  for (const severity of ["S3", "S2", "S1"]) {
    const patch = await story.github
      .as("sb-dev1")
      .openPullRequest({ repository: "acme-db/engine", title: `Fix ${severity}` });
    await story.settle();
    const linking = await story.github.as("kenji").comment(patch, `/case link CASE-${severity.slice(1)} ${severity}`);
    await story.settle();
    expect(story.reactionsOn(linking)).toEqual(policy === null ? ["+1"] : []);
    patches.push(patch);
  }
  await story.advanceTo("2026-03-02T10:00:00Z");
  expect(story.unread()).toEqual([]);
  return { story, patches };
};

const because = (reason: string) =>
  `You are reading this because ${reason}; \`/case why\` shows how it came about. This app never closes or merges anything.`;
const FIRST = because("a reminder is due after 10 working days without a response");
const SECOND = because("reminder 2 of at most 2 is due 5 working days after the one before");
const reasons = (story: Story, patch: ConversationRef) =>
  story.commentsOn(patch).map((text) => [text.split("\n")[0], text.split("\n").at(-1)]);

const greetings = (story: Story, patches: readonly ConversationRef[]) =>
  patches.map((patch) => story.commentsOn(patch).length);

describe.each(DIALECTS)("on %s", (on) => {
  test.each([
    ["observing", OBSERVE],
    ["no policy", null],
  ])(
    "after %s labels come at once, the two gravest are reminded of that day, the third on the next",
    async (_before, policy) => {
      const { story, patches } = await waiting(on, policy);
      await story.github.as("mira").commit("acme-db/engine", { [FILE]: ACT });
      await story.settle();
      expect(patches.map((patch) => story.labelsOn(patch).toSorted())).toEqual([
        ["awaiting maintainer", "customer", "severity: S3"],
        ["awaiting maintainer", "customer", "overdue", "severity: S2"],
        ["awaiting maintainer", "customer", "overdue", "severity: S1"],
      ]);
      expect(patches.map((patch) => story.commentsOn(patch))).toEqual([
        [],
        [reminder("S2", "2 working days")],
        [reminder("S1", "4 working hours")],
      ]);
      await story.advanceTo("2026-03-03T08:59:00Z");
      expect(greetings(story, patches)).toEqual([0, 1, 1]);
      await story.advanceTo("2026-03-03T09:00:00Z");
      expect(greetings(story, patches)).toEqual([1, 1, 1]);
      await story.advance({ days: 30 });
      // The two gravest have gone to those who decide by then, which one neutral request tells.
      expect(greetings(story, patches)).toEqual([1, 2, 2]);
      for (const patch of patches) expect(story.labelsOn(patch)).toContain("overdue");
      expect(patches.map((patch) => story.labelsOn(patch).includes("escalated"))).toEqual([false, true, true]);
      expect(story.checkRunsOn("acme-db/engine")).toEqual([{ conclusion: "success", title: "The policy is in force" }]);
      await story.expectNothingElse();
    },
  );

  test("reminders that were only observed are sent one after the other, as if none had been", async () => {
    const observing = ACME_POLICY.replace("mode: act", "mode: observe");
    const story = await startApp({ on, now: "2026-01-05T09:00:00Z", customers: SHINSHU, policy: observing });
    const patch = await story.github
      .as("sb-dev1")
      .openPullRequest({ repository: "acme-db/engine", title: "Fix the lock" });
    await story.advanceTo("2026-03-02T10:00:00Z");
    await story.github.as("mira").commit("acme-db/engine", { [FILE]: ACME_POLICY });
    await story.settle();
    expect(reasons(story, patch)).toEqual([["Hello @mira,", FIRST]]);
    await story.advanceTo("2026-03-09T09:59:00Z");
    expect(reasons(story, patch)).toHaveLength(1);
    await story.advanceTo("2026-03-09T10:00:00Z");
    expect(reasons(story, patch)).toEqual([
      ["[folded] Hello @mira,", FIRST],
      ["Hello `mira`,", SECOND],
    ]);
    const dueAt = () => story.database.db.selectFrom("patches").select("escalation_due_at").executeTakeFirst();
    await story.advanceTo("2026-03-16T09:59:00Z");
    expect((await dueAt())?.escalation_due_at).toBeNull();
    await story.advanceTo("2026-03-16T10:00:00Z");
    expect((await dueAt())?.escalation_due_at).toBe(Date.parse("2026-03-16T10:00:00Z"));
    expect(story.labelsOn(patch)).toEqual(["customer", "awaiting maintainer", "overdue"]);
    expect(story.checkRunsOn("acme-db/engine")).toHaveLength(1);
    await story.expectNothingElse();
  });

  test("an author whose long turn was only observed is told", async () => {
    const observing = ACME_POLICY.replace("mode: act", "mode: observe");
    const story = await startApp({ on, now: "2026-01-05T09:00:00Z", customers: SHINSHU, policy: observing });
    const patch = await story.github
      .as("sb-dev1")
      .openPullRequest({ repository: "acme-db/engine", title: "Fix the lock" });
    await story.settle();
    await story.github.as("mira").review(patch, { state: "CHANGES_REQUESTED", body: "Please add a test." });
    await story.advanceTo("2026-03-02T10:00:00Z");
    await story.github.as("mira").commit("acme-db/engine", { [FILE]: ACME_POLICY });
    await story.settle();
    expect(reasons(story, patch).map(([hello]) => hello)).toEqual(["Hello @sb-dev1,"]);
    expect(story.labelsOn(patch)).toEqual(["customer", "awaiting author"]);
    expect(story.checkRunsOn("acme-db/engine")).toHaveLength(1);
    await story.expectNothingElse();
  });

  test("while the policy goes back to observing nothing is said, and then it goes on where it was", async () => {
    const story = await startApp({ on, now: "2026-03-02T09:00:00Z", customers: SHINSHU });
    const patch = await story.github
      .as("sb-dev1")
      .openPullRequest({ repository: "acme-db/engine", title: "Fix the lock" });
    await story.advanceTo("2026-03-16T10:00:00Z");
    expect(reasons(story, patch)).toEqual([["Hello @mira,", FIRST]]);
    await story.github
      .as("mira")
      .commit("acme-db/engine", { [FILE]: ACME_POLICY.replace("mode: act", "mode: observe") });
    await story.advanceTo("2026-04-16T10:00:00Z");
    expect(reasons(story, patch)).toEqual([["Hello @mira,", FIRST]]);
    await story.github.as("mira").commit("acme-db/engine", { [FILE]: ACME_POLICY });
    await story.settle();
    expect(reasons(story, patch)).toEqual([
      ["[folded] Hello @mira,", FIRST],
      ["Hello `mira`,", SECOND],
    ]);
    expect(story.labelsOn(patch)).toEqual(["customer", "awaiting maintainer", "overdue"]);
    story.checkRunsOn("acme-db/engine");
    await story.expectNothingElse();
  });
});
