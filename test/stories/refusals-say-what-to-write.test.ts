// A command that cannot be done is answered once, with what was wrong and what to write instead.
import { describe, expect, test } from "vitest";
import { DIALECTS } from "../support/databases.ts";
import { ACME_POLICY, SHINSHU, startApp } from "../support/start-app.ts";

const NOW = "2026-03-02T09:00:00Z";
const NOT_HERE = "This cannot be done here; see your team's guide.";

const REFUSED: readonly (readonly [string, string])[] = [
  ["/case", "After `/case` comes what is to be done. `/case help` lists what you can write."],
  ["/case snoze 2w", "There is no such command. Did you mean `/case snooze`? `/case help` lists what you can write."],
  ["/case frobnicate", "There is no such command. `/case help` lists what you can write."],
  [
    "/case snooze",
    "`/case snooze`: Something is missing after it. For example: `/case snooze 2w until the release is out`",
  ],
  ["/case escalate now please", "`/case escalate`: No case is linked here yet. Link one first: `/case link REF`"],
  [
    "/case landed #3",
    "`/case landed`: There is no pull request of that number. Please check its number. For example: `/case landed #123`",
  ],
  ["/case summary It crashes.", NOT_HERE],
  ["/case stake The renewal.", NOT_HERE],
  ["/case workaround none", NOT_HERE],
  ["/case severity S1 CASE-1042", NOT_HERE],
  ["/case customer shinshu-bank CASE-1042", NOT_HERE],
  ["/case link CASE-1042 customer=shinshu-bank", NOT_HERE],
  ["/case link CASE-1042 customer=no-such-customer", NOT_HERE],
  ["/case link shinshu-bank", NOT_HERE],
  ["/case snooze 2w until Shinshu Bank answers", NOT_HERE],
  [
    "/case ask @other-org/team",
    "`/case ask`: That team belongs to another organization, so it cannot be asked here. Name a team of this repository’s organization, or a person. For example: `/case ask @someone`",
  ],
  [
    "/case snooze 2026-02-27",
    "`/case snooze`: That day has passed. Please name one that is still to come. For example: `/case snooze 2w until the release is out`",
  ],
];

describe.each(DIALECTS)("on %s", (on) => {
  test("each refusal is one reaction and one reply with its reason, which tells nothing private", async () => {
    const story = await startApp({ on, now: NOW, customers: SHINSHU });
    const patch = await story.github.as("stranger").openPullRequest({ repository: "acme-db/engine", title: "Fix" });
    await story.settle();
    for (const [command, reason] of REFUSED) {
      const before = story.commentsOn(patch).length;
      const comment = await story.github.as("dana").comment(patch, command);
      await story.settle();
      expect.soft([command, story.commentsOn(patch).slice(before)]).toEqual([command, [reason]]);
      expect.soft([command, story.reactionsOn(comment)]).toEqual([command, ["confused"]]);
      await story.advance({ minutes: 2 });
    }
    expect(story.labelsOn(patch)).toEqual([]);
    await story.expectNothingElse();
  });

  test("what is right in a comment is done although something else in it is not", async () => {
    const story = await startApp({ on, now: NOW });
    const patch = await story.github.as("stranger").openPullRequest({ repository: "acme-db/engine", title: "Fix" });
    await story.settle();
    const comment = await story.github
      .as("dana")
      .comment(patch, "/case link CASE-1042\n/case report 2026-03-09\n/case sevrity S1");
    await story.settle();
    expect(story.reactionsOn(comment).toSorted()).toEqual(["+1", "confused"]);
    expect(story.commentsOn(patch)).toEqual([
      `${NOT_HERE}\n\nThere is no such command. Did you mean \`/case severity\`? \`/case help\` lists what you can write.`,
    ]);
    expect(story.labelsOn(patch)).toEqual(["awaiting maintainer"]);
    await story.expectNothingElse();
  });

  test("nothing private ever reaches a public repository", async () => {
    const story = await startApp({
      on,
      now: NOW,
      customers: SHINSHU,
      policy: `${ACME_POLICY}disclosure: full\n`,
    });
    const patch = await story.github.as("sb-dev1").openPullRequest({ repository: "acme-db/engine", title: "Fix" });
    const problem = await story.github.as("dana").openIssue({
      repository: "acme-db/cases",
      title: "Ledger freezes at month end",
      body: `Customer: shinshu-bank\nSeverity: S2\nPatch: acme-db/engine#${patch.number}`,
    });
    await story.settle();
    const asking = await story.github.as("dana").comment(patch, "/case link CASE-1042\n/case status\n/case why");
    await story.settle();
    const telling = await story.github
      .as("dana")
      .comment(patch, `/case summary Ledger freezes\n/case link Shinshu-Bank\n/case severity S1 CASE-1042`);
    await story.settle();
    await story.advance({ days: 60 });
    expect(story.reactionsOn(asking)).toEqual(["+1"]);
    expect(story.reactionsOn(telling)).toEqual(["confused"]);
    const all = story.commentsOn(patch);
    expect(all.length).toBeGreaterThan(4);
    const told = JSON.stringify(story.github.writes().filter((write) => !write.path.includes("/acme-db/cases/")));
    for (const secret of ["shinshu", "Shinshu", "CASE-", "cases#", "Ledger", "freezes", "gold", "Sato", "kenji"])
      expect.soft([secret, told.includes(secret)]).toEqual([secret, false]);
    expect(story.labelsOn(patch)).toContain("customer");
    expect(story.labelsOn(problem)).toEqual([]);
    await story.expectNothingElse();
  });
});
