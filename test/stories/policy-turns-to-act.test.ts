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
      expect(greetings(story, patches)).toEqual([1, 1, 1]);
      for (const patch of patches) expect(story.labelsOn(patch)).toContain("overdue");
      expect(story.checkRunsOn("acme-db/engine")).toEqual([{ conclusion: "success", title: "The policy is in force" }]);
      await story.expectNothingElse();
    },
  );
});
