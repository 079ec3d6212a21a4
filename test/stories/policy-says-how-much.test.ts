// The policy says how much the app does: nothing without one, nothing but records in observe mode, and the last good one where it is bad.
import { describe, expect, test } from "vitest";
import { DIALECTS } from "../support/databases.ts";
import { withOwnerPolicy } from "../support/owner-policy.ts";
import { ACME_POLICY, SHINSHU, type Story, startApp } from "../support/start-app.ts";

const NOW = "2026-03-02T09:00:00Z";
const PATCH = { repository: "acme-db/engine", title: "Fix the lock" };
const FILE = ".github/patch-advocate.yml";

const observed = (story: Story) =>
  story.database.db
    .selectFrom("effects")
    .select(["kind", "because"])
    .where("state", "=", "observed")
    .orderBy("id")
    .execute();

const statusOf = (cases: string, author: string, next: string) => `| This pull request | |
| --- | --- |
${cases}
| Turn | maintainers, since 2026-03-02 09:00: \`${author}\` opened it, ready for review |
| Working time of this turn | 0 minutes |
| Next | ${next} |

Times are in \`UTC\`.`;

const S2_NEXT = "a reminder, 2026-03-03 17:00: a reminder is due after 2 working days without a response";

const MISTAKES = `The policy in \`acme-db/engine/.github/patch-advocate.yml\` cannot be used. The last good one, read on 2026-03-02, stays in force.

\`\`\`text
8:16 targets.S1: "soon" is not a duration. Write a number from 1 to 1000 and s, m, h, d or w, such as 5d.
9:1 suport: A policy has no key "suport". Write support.
\`\`\``;

describe.each(DIALECTS)("on %s", (on) => {
  test("without a policy it answers commands and writes nothing else", async () => {
    const story = await startApp({ on, now: NOW, customers: SHINSHU, policy: null });
    const patch = await story.github.as("sb-dev1").openPullRequest(PATCH);
    await story.settle();
    const linking = await story.github.as("mira").comment(patch, "/case link CASE-9\n/case status");
    await story.settle();
    expect(story.reactionsOn(linking)).toEqual(["+1"]);
    await story.advance({ days: 60 });
    expect(story.commentsOn(patch)).toEqual([
      statusOf("| Linked cases | 1 |", "sb-dev1", "nothing: there is no policy file, so this app observes only"),
    ]);
    expect(story.labelsOn(patch)).toEqual([]);
    await story.expectNothingElse();
  });

  test("in observe mode nothing at all is written, and what would have been is recorded with its reason", async () => {
    const story = await startApp({
      on,
      now: NOW,
      customers: SHINSHU,
      policy: ACME_POLICY.replace("mode: act", "mode: observe"),
    });
    const patch = await story.github.as("sb-dev1").openPullRequest(PATCH);
    await story.settle();
    await story.github.as("dana").comment(patch, "/case link CASE-1042 S2\n/case status\n/case summary no");
    await story.settle();
    await story.advance({ days: 40 });
    const labelsAndAnswers = ["labels", "reaction", "reaction", "reply", "reply"];
    expect((await observed(story)).map(({ kind }) => kind)).toEqual([...labelsAndAnswers, "reminder", "reminder"]);
    expect((await observed(story)).slice(-2).map(({ because }) => because)).toEqual([
      "a reminder is due after 2 working days without a response",
      "reminder 2 of at most 2 is due 5 working days after the one before",
    ]);
    expect(story.github.writes().filter((write) => !write.path.endsWith("/access_tokens"))).toEqual([]);
    await story.expectNothingElse();
  });

  test("a push that breaks the policy is told on its commit, and the last good one stays in force", async () => {
    const story = await startApp({ on, now: NOW, customers: SHINSHU });
    const sha = await story.github
      .as("mira")
      .commit("acme-db/engine", { [FILE]: `${ACME_POLICY}targets: { S1: soon }\nsuport: [dana]\n` });
    await story.settle();
    expect(story.github.checkRunsOn("acme-db/engine", sha)).toEqual([
      {
        name: "Patch Advocate policy",
        sha,
        status: "completed",
        conclusion: "failure",
        title: "2 mistakes in the policy",
        summary: MISTAKES,
      },
    ]);
    const patch = await story.github.as("sb-dev1").openPullRequest(PATCH);
    await story.settle();
    expect(story.labelsOn(patch)).toEqual(["customer", "awaiting maintainer"]);
    await story.advance({ hours: 1 });
    const mended = await story.github
      .as("mira")
      .commit("acme-db/engine", { [FILE]: `${ACME_POLICY}labels: { customer: false }\n` });
    await story.settle();
    expect(story.github.checkRunsOn("acme-db/engine", mended)).toEqual([
      {
        name: "Patch Advocate policy",
        sha: mended,
        status: "completed",
        conclusion: "success",
        title: "The policy is in force",
        summary: "The policy in `acme-db/engine/.github/patch-advocate.yml` is in force.",
      },
    ]);
    expect(story.labelsOn(patch)).toEqual(["awaiting maintainer"]);
    expect(story.checkRunsOn("acme-db/engine")).toHaveLength(2);
    await story.expectNothingElse();
  });

  test("a repository's own policy lies on top of the owner's", async () => {
    const story = await startApp({ on, now: NOW, customers: SHINSHU, github: withOwnerPolicy(ACME_POLICY) });
    const patch = await story.github.as("sb-dev1").openPullRequest(PATCH);
    await story.settle();
    expect(story.labelsOn(patch)).toEqual(["customer", "awaiting maintainer"]);
    await story.github.as("mira").commit("acme-db/engine", {
      [FILE]: "version: 1\nlabels: { customer: { name: has contract } }\nmaintainers: [noel]\n",
    });
    await story.settle();
    expect(story.labelsOn(patch).toSorted()).toEqual(["awaiting maintainer", "has contract"]);
    await story.advanceTo("2026-03-16T09:30:00Z");
    expect(story.commentsOn(patch).map((text) => text.split("\n")[0])).toEqual(["Hello @noel,"]);
    expect(story.labelsOn(patch).toSorted()).toEqual(["awaiting maintainer", "has contract", "overdue"]);
    expect(story.checkRunsOn("acme-db/engine")).toEqual([{ conclusion: "success", title: "The policy is in force" }]);
    await story.expectNothingElse();
  });

  test("a repository made public hears no more than others, and what told more is folded", async () => {
    const story = await startApp({ on, now: NOW, customers: SHINSHU, github: withOwnerPolicy(ACME_POLICY) });
    const patch = await story.github.as("mira").openPullRequest({ repository: "acme-db/tools", title: "Fix the lock" });
    await story.settle();
    const linking = await story.github.as("dana").comment(patch, "/case link CASE-1042 S2\n/case status");
    await story.settle();
    expect(story.reactionsOn(linking)).toEqual(["+1"]);
    const told = statusOf("| Linked cases | `CASE-1042` (S2) |", "mira", S2_NEXT);
    expect(story.commentsOn(patch)).toEqual([told]);

    story.github.setVisibility("acme-db/tools", "public");
    await story.settle();
    expect(story.commentsOn(patch)).toEqual([`[folded] ${told}`]);
    const again = await story.github.as("dana").comment(patch, "/case status");
    await story.settle();
    expect(story.reactionsOn(again)).toEqual(["+1"]);
    const harmless = statusOf("| Linked cases | 1 (S2) |", "mira", S2_NEXT);
    expect(story.commentsOn(patch)).toEqual([`[folded] ${told}`, harmless]);
    expect(story.labelsOn(patch)).toEqual(["severity: S2", "awaiting maintainer"]);

    // What was harmless is left as it is when it happens again.
    story.github.setVisibility("acme-db/tools", "private");
    story.github.setVisibility("acme-db/tools", "public");
    await story.settle();
    expect(story.commentsOn(patch)).toEqual([`[folded] ${told}`, harmless]);
    await story.expectNothingElse();
  });
});
