// A confidential customer is never recognised by who wrote a patch in public: only a supporter's link shows that a contract is behind it.
import { describe, expect, test } from "vitest";
import { DIALECTS } from "../support/databases.ts";
import { withOwnerPolicy } from "../support/owner-policy.ts";
import { ACME_POLICY, startApp } from "../support/start-app.ts";

const NOW = "2026-03-02T09:00:00Z";
const PATCH = { repository: "acme-db/engine", title: "Fix the lock" };
const CONFIDENTIAL = `customers:
  - id: shinshu-bank
    name: Shinshu Bank
    timezone: Asia/Tokyo
    confidential: true
    logins: [sb-dev1]
    contracts:
      - { plan: subscription, tier: gold, from: 2026-01-01, until: 2026-03-31 }
      - { plan: consulting, from: 2026-01-01, until: 2026-03-31 }
`;
/** Labels alone are looked at here, so that nothing is asked of anybody. */
const POLICY = `${ACME_POLICY}reminders: { limit: 0 }\nescalation: { comment: false }\nlabels: { escalated: false }\n`;
const CASE = {
  repository: "acme-db/cases",
  title: "Locks for ever",
  body: "Customer: shinshu-bank\nSeverity: S2",
};

const start = (on: (typeof DIALECTS)[number], policy = POLICY) =>
  startApp({ on, now: NOW, customers: CONFIDENTIAL, github: withOwnerPolicy(policy) });

describe.each(DIALECTS)("on %s", (on) => {
  test("in public the patch of a confidential customer bears nothing and nobody is reminded of it", async () => {
    const story = await start(on, ACME_POLICY);
    const patch = await story.github.as("sb-dev1").openPullRequest(PATCH);
    await story.advance({ days: 60 });
    expect(story.labelsOn(patch)).toEqual([]);
    expect(story.commentsOn(patch)).toEqual([]);
    expect(story.github.writes().filter(({ path }) => !path.endsWith("/access_tokens"))).toEqual([]);
    await story.expectNothingElse();
  });

  test("after a supporter's link it is labelled, the label outlives the contract and goes with the case", async () => {
    const story = await start(on);
    const { github } = story;
    const patch = await github.as("sb-dev1").openPullRequest(PATCH);
    const problem = await github.as("dana").openIssue(CASE);
    await story.settle();
    expect(story.labelsOn(patch)).toEqual([]);
    const linking = await github.as("dana").comment(patch, `/case link acme-db/cases#${problem.number}`);
    await story.settle();
    expect(story.reactionsOn(linking)).toEqual(["+1"]);
    // Nothing may be said here and the policy does not name the label `consulting`.
    const shown = ["customer", "severity: S2", "awaiting maintainer"];
    expect(story.labelsOn(patch)).toEqual(shown);

    // The contract ended on 31 March and its grace of thirty days, too.
    await story.advanceTo("2026-05-15T12:00:00Z");
    expect(story.labelsOn(patch)).toEqual(shown);
    await github.as("dana").closeIssue(problem);
    await story.settle();
    expect(story.labelsOn(patch)).toEqual(["awaiting maintainer"]);
    expect(story.commentsOn(patch)).toEqual([]);
    expect(story.labelsOn(problem)).toEqual([]);
    // The private case itself shows where its patch stands.
    expect(story.commentsOn(problem)).toHaveLength(1);
    await story.expectNothingElse();
  });

  test("a maintainer's link to such a case shows neither the customer nor how grave it is", async () => {
    const story = await start(on);
    const { github } = story;
    const patch = await github.as("sb-dev1").openPullRequest(PATCH);
    const problem = await github.as("dana").openIssue(CASE);
    await story.settle();
    const linking = await github.as("mira").comment(patch, `/case link acme-db/cases#${problem.number}`);
    await story.advance({ days: 30 });
    expect(story.reactionsOn(linking)).toEqual(["+1"]);
    expect(story.labelsOn(patch)).toEqual([]);
    expect(story.commentsOn(patch)).toEqual([]);
    await story.expectNothingElse();
  });

  test("nor does what the author proposes themselves tell it", async () => {
    const story = await start(on);
    const { github } = story;
    const theirs = await github.as("dana").openIssue(CASE);
    await story.settle();
    const patch = await github
      .as("sb-dev1")
      .openPullRequest({ ...PATCH, body: `Case: acme-db/cases#${theirs.number}` });
    await story.settle();
    await github.as("sb-dev1").comment(patch, "/case status");
    await story.settle();
    const said = JSON.stringify(story.commentsOn(patch));
    expect(said).toContain("proposed");
    expect(said).not.toContain("S2");
  });

  test("nor do a reminder for somebody else's case, its target and answers to commands tell it", async () => {
    const story = await start(on, `${ACME_POLICY}escalation: { comment: false }\nlabels: { escalated: false }\n`);
    const { github } = story;
    const patch = await github.as("sb-dev1").openPullRequest(PATCH);
    const theirs = await github.as("dana").openIssue(CASE);
    const nobodys = await github.as("dana").openIssue({ ...CASE, body: "Severity: S4" });
    await story.settle();
    await github.as("mira").comment(patch, `/case link acme-db/cases#${theirs.number}`);
    await github.as("dana").comment(patch, `/case link acme-db/cases#${nobodys.number}`);
    await story.advance({ days: 1 });
    await github.as("sb-dev1").comment(patch, "/case status");
    await github.as("sb-dev1").comment(patch, "/case why");
    await story.advance({ days: 30 });
    expect(story.labelsOn(patch)).toContain("severity: S4");
    const said = JSON.stringify(story.commentsOn(patch));
    expect(said).toContain("2 (S4)");
    expect(said).toContain("severity S4");
    expect(said).toContain("after 10 working days");
    expect(said).not.toContain("S2");
  });

  test("in a private repository it is labelled for who wrote it, until the contract and its grace are over", async () => {
    const story = await start(on);
    story.github.setCollaborator("acme-db/tools", "sb-dev1", "write");
    const patch = await story.github.as("sb-dev1").openPullRequest({ ...PATCH, repository: "acme-db/tools" });
    await story.settle();
    expect(story.labelsOn(patch)).toEqual(["customer", "consulting", "awaiting maintainer"]);
    // Consulting counts only while a subscription is active.
    await story.advanceTo("2026-04-01T12:00:00Z");
    expect(story.labelsOn(patch)).toEqual(["customer", "awaiting maintainer"]);
    await story.advanceTo("2026-05-01T12:00:00Z");
    expect(story.labelsOn(patch)).toEqual([]);
    expect(story.commentsOn(patch)).toEqual([]);
    await story.expectNothingElse();
  });

  test("the author's own trailer shows nothing, a consultant's link does, and unlinking hides it again", async () => {
    const story = await startApp({
      on,
      now: NOW,
      customers: CONFIDENTIAL.replace("logins:", "consultant: { github: kenji }\n    logins:"),
      github: withOwnerPolicy(POLICY.replace('support: ["@acme-db/support"]', "support: [dana]")),
    });
    const { github } = story;
    const problem = await github.as("dana").openIssue({ ...CASE, body: "Customer: shinshu-bank" });
    await story.settle();
    const reference = `acme-db/cases#${problem.number}`;
    const patch = await github.as("sb-dev1").openPullRequest({ ...PATCH, body: `Case: ${reference}` });
    await story.settle();
    expect(story.labelsOn(patch)).toEqual([]);
    const linking = await github.as("kenji").comment(patch, `/case link ${reference}`);
    await story.settle();
    expect(story.reactionsOn(linking)).toEqual(["+1"]);
    expect(story.labelsOn(patch)).toEqual(["customer", "awaiting maintainer"]);
    await story.advance({ minutes: 5 });
    const unlinking = await github.as("dana").comment(patch, `/case unlink ${reference}`);
    await story.settle();
    expect(story.reactionsOn(unlinking)).toEqual(["+1"]);
    expect(story.labelsOn(patch)).toEqual([]);
    expect(story.commentsOn(patch)).toEqual([]);
    await story.expectNothingElse();
  });

  test("when the repository is made public, what its author gave away is taken off", async () => {
    const story = await start(on);
    story.github.setCollaborator("acme-db/tools", "sb-dev1", "write");
    const patch = await story.github.as("sb-dev1").openPullRequest({ ...PATCH, repository: "acme-db/tools" });
    await story.settle();
    expect(story.labelsOn(patch)).toEqual(["customer", "consulting", "awaiting maintainer"]);
    story.github.setVisibility("acme-db/tools", "public");
    await story.settle();
    expect(story.labelsOn(patch)).toEqual([]);
    expect(story.commentsOn(patch)).toEqual([]);
    await story.expectNothingElse();
  });

  test("in public the targets of a confidential author's contract show nothing", async () => {
    const customers = CONFIDENTIAL.replace("until: 2026-03-31 }", "until: 2026-03-31, targets: { S1: 2h } }");
    const story = await startApp({ on, now: NOW, customers, github: withOwnerPolicy(ACME_POLICY) });
    const next: string[] = [];
    for (const who of ["sb-dev1", "stranger"]) {
      const patch = await story.github.as(who).openPullRequest(PATCH);
      await story.settle();
      const asked = await story.github.as("dana").comment(patch, "/case link CASE-1 S1\n/case status");
      await story.settle();
      expect(story.reactionsOn(asked)).toEqual(["+1"]);
      expect(story.labelsOn(patch).toSorted()).toEqual(["awaiting maintainer", "severity: S1"]);
      next.push(...(story.commentsOn(patch)[0] ?? "").split("\n").filter((line) => line.startsWith("| Next")));
    }
    expect(next).toEqual([
      "| Next | a reminder, 2026-03-02 13:00: a reminder is due after 4 working hours without a response |",
      "| Next | a reminder, 2026-03-02 13:00: a reminder is due after 4 working hours without a response |",
    ]);
    await story.expectNothingElse();
  });
});
