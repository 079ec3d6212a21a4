// An issue in a case repository is a case: its trailers link and label, its end takes labels off, and its links survive every move.
import { describe, expect, test } from "vitest";
import { DIALECTS } from "../support/databases.ts";
import { withOwnerPolicy } from "../support/owner-policy.ts";
import { ACME_POLICY, SHINSHU, type Story, startApp } from "../support/start-app.ts";

const NOW = "2026-03-02T09:00:00Z";
const PATCH = { repository: "acme-db/engine", title: "Fix the lock" };
const POLICY = ACME_POLICY.replace("[acme-db/cases]", "[acme-db/cases, acme-db/more-cases]");

const casesOf = (story: Story) =>
  story.database.db
    .selectFrom("cases")
    .leftJoin("links", "links.case_id", "cases.id")
    .select(["reference", "customer_id", "severity", "cases.state", "patch_id", "links.state as link"])
    .orderBy("reference")
    .execute();

const start = (on: (typeof DIALECTS)[number]) =>
  startApp({ on, now: NOW, customers: SHINSHU, github: withOwnerPolicy(POLICY) });

/** The comment that the case itself keeps up to date. */
const kept = (pull: string, cell: string, severity: string) => `| Pull request | Where it stands | What comes next |
| --- | --- | --- |
| ${pull} Fix the lock | the maintainers’ turn since 2026-03-02: \`stranger\` opened it, ready for review | ${cell} |

- Severity: \`${severity}\`

This comment is kept up to date by itself. Days are those of \`UTC\`.`;

const STATUS = `| \`acme-db/motor#1\` | |
| --- | --- |
| Linked cases | \`acme-db/more-cases#1\` (S1) |
| Turn | maintainers, since 2026-03-02 09:00: \`stranger\` opened it, ready for review |
| Working time of this turn | 30 minutes |
| Next | a reminder, 2026-03-02 13:00: a reminder is due after 4 working hours without a response |

Times are in \`UTC\`.`;

describe.each(DIALECTS)("on %s", (on) => {
  test("an issue that support opens with trailers links and labels the patch until it is closed", async () => {
    const story = await start(on);
    const patch = await story.github.as("stranger").openPullRequest(PATCH);
    await story.settle();
    const problem = await story.github.as("dana").openIssue({
      repository: "acme-db/cases",
      title: "Locks time out",
      body: `It hangs.\n\nCustomer: shinshu-bank\nSeverity: S2\nPatch: acme-db/engine#${patch.number}`,
    });
    await story.settle();
    expect(story.labelsOn(patch)).toEqual(["customer", "severity: S2", "awaiting maintainer"]);
    const row = {
      reference: "acme-db/cases#1",
      customer_id: "shinshu-bank",
      severity: "S2",
      patch_id: `${patch.repositoryId}#1`,
      link: "confirmed",
    };
    expect(await casesOf(story)).toEqual([{ ...row, state: "open" }]);

    await story.advance({ hours: 1 });
    await story.github.as("dana").editIssue(problem, {
      body: `It hangs.\n\nCustomer: shinshu-bank\nSeverity: S1\nPatch: acme-db/engine#${patch.number}`,
    });
    await story.settle();
    expect(story.labelsOn(patch).toSorted()).toEqual(["awaiting maintainer", "customer", "severity: S1"]);

    await story.advance({ minutes: 10 });
    await story.github.as("kenji").closeIssue(problem);
    await story.settle();
    // The link itself still asks the app to follow the patch.
    expect(story.labelsOn(patch)).toEqual(["awaiting maintainer"]);
    expect(await casesOf(story)).toEqual([{ ...row, severity: "S1", state: "closed" }]);
    await story.advance({ minutes: 10 });
    await story.github.as("kenji").reopenIssue(problem);
    await story.settle();
    expect(story.labelsOn(patch).toSorted()).toEqual(["awaiting maintainer", "customer", "severity: S1"]);
    expect(story.labelsOn(problem)).toEqual([]);
    expect(story.commentsOn(patch)).toEqual([]);
    await story.advance({ minutes: 2 });
    const due = "2026-03-02: for severity `S1`, a reminder is due after 4 working hours without a response";
    expect(story.commentsOn(problem)).toEqual([kept(`[\`acme-db/engine#1\`](${patch.url})`, due, "S1")]);
    await story.expectNothingElse();
  });

  test("a case of a customer's own patch leaves the customer's label when it is closed", async () => {
    const story = await start(on);
    const patch = await story.github.as("sb-dev1").openPullRequest(PATCH);
    const problem = await story.github.as("dana").openIssue({ repository: "acme-db/cases", title: "Locks" });
    await story.settle();
    const linking = await story.github.as("dana").comment(problem, `/case link acme-db/engine#${patch.number} S3`);
    await story.settle();
    expect(story.reactionsOn(linking)).toEqual(["+1"]);
    expect(story.labelsOn(patch).toSorted()).toEqual(["awaiting maintainer", "customer", "severity: S3"]);
    await story.github.as("dana").closeIssue(problem);
    await story.settle();
    expect(story.labelsOn(patch).toSorted()).toEqual(["awaiting maintainer", "customer"]);
    expect(story.commentsOn(patch)).toEqual([]);
    await story.expectNothingElse();
  });

  test("trailers of somebody who may not command only propose the link, and say nothing of the case", async () => {
    const story = await start(on);
    story.github.setCollaborator("acme-db/cases", "stranger", "read");
    const patch = await story.github.as("stranger").openPullRequest(PATCH);
    await story.settle();
    await story.github.as("stranger").openIssue({
      repository: "acme-db/cases",
      title: "Mine",
      body: `Customer: shinshu-bank\nSeverity: S1\nPatch: acme-db/engine#${patch.number}`,
    });
    await story.settle();
    expect(await casesOf(story)).toEqual([
      {
        reference: "acme-db/cases#1",
        customer_id: null,
        severity: null,
        state: "open",
        patch_id: `${patch.repositoryId}#1`,
        link: "proposed",
      },
    ]);
    expect(story.labelsOn(patch)).toEqual([]);
    await story.expectNothingElse();
  });

  test("an issue moved to another case repository and a repository renamed keep their links", async () => {
    const story = await start(on);
    const patch = await story.github.as("stranger").openPullRequest(PATCH);
    await story.settle();
    const problem = await story.github.as("dana").openIssue({
      repository: "acme-db/cases",
      title: "Locks time out",
      body: `Severity: S2\nPatch: acme-db/engine#${patch.number}`,
    });
    await story.settle();
    expect(story.labelsOn(patch)).toEqual(["severity: S2", "awaiting maintainer"]);
    await story.advance({ minutes: 10 });
    const moved = await story.github.as("dana").transferIssue(problem, "acme-db/more-cases");
    await story.settle();
    const row = { customer_id: null, patch_id: `${patch.repositoryId}#1`, link: "confirmed" };
    expect(await casesOf(story)).toEqual([
      { ...row, reference: "acme-db/more-cases#1", severity: "S2", state: "open" },
    ]);
    await story.advance({ minutes: 10 });
    const graver = await story.github.as("dana").comment(moved, "/case severity S1");
    await story.settle();
    expect(story.reactionsOn(graver)).toEqual(["+1"]);
    expect(story.labelsOn(patch).toSorted()).toEqual(["awaiting maintainer", "severity: S1"]);

    story.github.renameRepository("acme-db/engine", "motor");
    await story.settle();
    await story.advance({ minutes: 10 });
    const asking = await story.github.as("dana").comment(moved, "/case status");
    await story.settle();
    expect(story.reactionsOn(asking)).toEqual(["+1"]);
    const due = "2026-03-02: for severity `S1`, a reminder is due after 4 working hours without a response";
    const pull = `[\`acme-db/motor#1\`](${story.github.webUrl}/acme-db/motor/pull/1)`;
    expect(story.commentsOn(moved)).toEqual([kept(pull, due, "S1"), STATUS]);
    await story.github.as("dana").closeIssue(moved);
    await story.settle();
    expect(await casesOf(story)).toEqual([
      { ...row, reference: "acme-db/more-cases#1", severity: "S1", state: "closed" },
    ]);
    expect(story.labelsOn(patch)).toEqual(["awaiting maintainer"]);
    expect(story.commentsOn(patch)).toEqual([]);
    await story.expectNothingElse();
  });
});
