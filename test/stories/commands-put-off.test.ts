// `/case later` is a decision to come back on a day: everything waits until then, and then goes on where it stopped.
import { describe, expect, test } from "vitest";
import { DIALECTS } from "../support/databases.ts";
import { withOwnerPolicy } from "../support/owner-policy.ts";
import { ACME_POLICY, SHINSHU, startApp } from "../support/start-app.ts";

const NOW = "2026-03-02T09:00:00Z";
const PATCH = { repository: "acme-db/engine", title: "Fix the lock" };

const refused = (sentence: string, example = true): string =>
  `\`/case later\`: ${sentence}${example ? " For example: `/case later 2027-03-15 after the feature freeze`" : ""}`;

describe.each(DIALECTS)("on %s", (on) => {
  test("it holds the reminders until its day, and wakes them with the time that had passed before", async () => {
    const story = await startApp({ on, now: NOW, customers: SHINSHU });
    const patch = await story.github.as("sb-dev1").openPullRequest(PATCH);
    await story.settle();
    // Nine of the ten working days that the target allows.
    await story.advanceTo("2026-03-13T09:30:00Z");
    const later = await story.github.as("dana").comment(patch, "/case later 2026-04-07 after the feature freeze");
    await story.settle();
    expect(story.reactionsOn(later)).toEqual(["+1"]);
    expect(story.labelsOn(patch)).toEqual(["customer"]);
    await story.advanceTo("2026-04-06T23:59:00Z");
    expect(story.commentsOn(patch)).toEqual([]);
    const asked = await story.github.as("dana").comment(patch, "/case status");
    await story.settle();
    expect(story.reactionsOn(asked)).toEqual(["+1"]);
    expect(story.commentsOn(patch)).toEqual([
      `| This pull request | |
| --- | --- |
| Linked cases | none |
| Turn | nobody, since 2026-03-13 09:30: \`dana\` decided to come back to it on 2026-04-07 |
| Working time of this turn | 0 minutes |
| Next | nothing, 2026-04-07 00:00: it is put off until 2026-04-07 |

Times are in \`UTC\`.`,
    ]);
    await story.advanceTo("2026-04-07T09:00:00Z");
    expect(story.labelsOn(patch)).toEqual(["customer", "awaiting maintainer"]);
    expect(story.commentsOn(patch)).toHaveLength(1);
    await story.advanceTo("2026-04-07T16:29:00Z");
    expect(story.commentsOn(patch)).toHaveLength(1);
    await story.advanceTo("2026-04-07T16:31:00Z");
    expect(story.commentsOn(patch)).toHaveLength(2);
    expect(story.commentsOn(patch)[1]).toContain("**10 working days**");
    expect(story.labelsOn(patch)).toEqual(["customer", "awaiting maintainer", "overdue"]);
    await story.expectNothingElse();
  });

  test("unsnooze ends it; a maintainer's word is an answer and begins a new count", async () => {
    const story = await startApp({ on, now: NOW, customers: SHINSHU });
    const patch = await story.github.as("sb-dev1").openPullRequest(PATCH);
    await story.settle();
    await story.advanceTo("2026-03-13T09:30:00Z");
    const later = await story.github.as("mira").comment(patch, "/case later 2026-06-01 after the release");
    await story.settle();
    await story.advance({ hours: 1 });
    const back = await story.github.as("dana").comment(patch, "/case unsnooze");
    await story.settle();
    expect([story.reactionsOn(later), story.reactionsOn(back)]).toEqual([["+1"], ["+1"]]);
    expect(story.labelsOn(patch)).toEqual(["customer", "awaiting maintainer"]);
    await story.advanceTo("2026-03-26T12:00:00Z");
    expect(story.commentsOn(patch)).toEqual([]);
    await story.advanceTo("2026-03-27T12:00:00Z");
    expect(story.commentsOn(patch)).toHaveLength(1);
    expect(story.labelsOn(patch)).toEqual(["customer", "awaiting maintainer", "overdue"]);
    await story.expectNothingElse();
  });

  test("on a case it is for all its pull requests; what cannot be done says what to write", async () => {
    const story = await startApp({ on, now: NOW, customers: SHINSHU, github: withOwnerPolicy(ACME_POLICY) });
    const first = await story.github.as("sb-dev1").openPullRequest(PATCH);
    const second = await story.github.as("noel").openPullRequest({ ...PATCH, title: "Fix the other lock" });
    const empty = await story.github.as("dana").openIssue({ repository: "acme-db/cases", title: "It waits" });
    const problem = await story.github.as("dana").openIssue({
      repository: "acme-db/cases",
      title: "It hangs",
      body: `Patch: acme-db/engine#${first.number}\nPatch: acme-db/engine#${second.number}`,
    });
    await story.settle();
    const refusals: readonly (readonly [typeof problem, string, string])[] = [
      [problem, "/case later 2026-03-02 soon", refused("That day has passed. Please name one that is still to come.")],
      [
        problem,
        "/case later 2029-01-01 some day",
        refused("That is more than two years away. Please name a day that somebody will remember."),
      ],
      [problem, "/case later 2026-06-01", refused("Please add the reason.")],
      [problem, "/case later soon", refused("A date is a day that exists, written like `2027-03-15`.")],
      [
        empty,
        "/case later 2026-06-01 after the release",
        refused("No pull request is linked to this case yet. Link one first: `/case link owner/repo#12`", false),
      ],
    ];
    for (const [where, written, reason] of refusals) {
      const comment = await story.github.as("dana").comment(where, written);
      await story.settle();
      expect.soft(story.reactionsOn(comment)).toEqual(["confused"]);
      expect.soft(story.commentsOn(where).at(-1)).toBe(reason);
      await story.advance({ minutes: 2 });
    }
    expect([story.labelsOn(first), story.labelsOn(second)]).toEqual([
      ["customer", "awaiting maintainer"],
      ["awaiting maintainer"],
    ]);
    const later = await story.github.as("dana").comment(problem, "/case later 2026-06-01 after the release");
    await story.settle();
    expect(story.reactionsOn(later)).toEqual(["+1"]);
    expect([story.labelsOn(first), story.labelsOn(second)]).toEqual([["customer"], []]);
    story.commentsOn(problem);
    story.commentsOn(empty);
    await story.expectNothingElse();
  });
});
