// A policy that is made to hurt is refused with a sentence and changes nothing; and no policy reaches into what another owner has.
import { describe, expect, test } from "vitest";
import { DIALECTS } from "../support/databases.ts";
import { ACME, ACME_POLICY, SHINSHU, startApp } from "../support/start-app.ts";

const NOW = "2026-03-02T09:00:00Z";
const FILE = ".github/patch-advocate.yml";
const tenOf = (name: string) => Array.from({ length: 10 }, () => name).join(", ");
const BOMB = `version: 1
a: &a [${tenOf("x")}]
b: &b [${tenOf("*a")}]
c: &c [${tenOf("*b")}]
d: [${tenOf("*c")}]
`;
const LONG = `${ACME_POLICY}# ${"x".repeat(1_000_000)}\n`;

const summary = (
  mistake: string,
) => `The policy in \`acme-db/engine/.github/patch-advocate.yml\` cannot be used. The last good one, read on 2026-03-02, stays in force.

\`\`\`text
${mistake}
\`\`\``;

const NOT_INSTALLED =
  "`/case link`: This app is not installed on that repository. Whoever owns it can install it there.";

const policyNaming = (support: string, cases: string) => `version: 1
support: [${support}]
cases: { repositories: [${cases}] }
`;

describe.each(DIALECTS)("on %s", (on) => {
  test.each([
    ["of aliases that multiply", BOMB, "3:32 c[3][6]: There are more than 50 aliases (*). Write the values out."],
    [
      "of nearly 1 MB",
      LONG,
      "1:1 acme-db/engine/.github/patch-advocate.yml has 977 KB; a policy may have at most 64 KB. Take out what is not policy.",
    ],
  ])("a policy %s fails its check, and the last good one stays in force", async (_what, text, mistake) => {
    const story = await startApp({ on, now: NOW, customers: SHINSHU });
    const sha = await story.github.as("mira").commit("acme-db/engine", { [FILE]: text });
    await story.settle();
    expect(story.github.checkRunsOn("acme-db/engine", sha)).toEqual([
      {
        name: "Patch Advocate policy",
        sha,
        status: "completed",
        conclusion: "failure",
        title: "1 mistake in the policy",
        summary: summary(mistake),
      },
    ]);
    const patch = await story.github.as("sb-dev1").openPullRequest({ repository: "acme-db/engine", title: "Fix it" });
    await story.settle();
    expect(story.labelsOn(patch)).toEqual(["customer", "awaiting maintainer"]);
    expect(story.commentsOn(patch)).toEqual([]);
    expect(story.checkRunsOn("acme-db/engine")).toHaveLength(1);
    await story.expectNothingElse();
  });

  test("owners cannot link each other's cases, though their policies name the repositories", async () => {
    const both = "acme-db/cases, other-db/cases";
    const story = await startApp({
      on,
      now: NOW,
      github: {
        organizations: [
          ...(ACME.organizations ?? []),
          { login: "other-db", owners: ["olaf"], members: ["olga"], teams: { support: ["olga"] } },
        ],
        installations: [
          { account: "acme-db", repositories: "all" },
          { account: "other-db", repositories: "all" },
        ],
        repositories: [
          {
            name: "acme-db/engine",
            visibility: "public",
            collaborators: { dana: "write" },
            files: { [FILE]: policyNaming('"@acme-db/support"', both) },
          },
          { name: "acme-db/cases", visibility: "private", collaborators: { dana: "write" } },
          {
            name: "other-db/motor",
            visibility: "public",
            collaborators: { olga: "write" },
            files: { [FILE]: policyNaming('"@other-db/support"', both) },
          },
          { name: "other-db/cases", visibility: "private", collaborators: { olga: "write" } },
        ],
      },
    });
    const { github } = story;
    for (const [supporter, repository, foreign, foreigner] of [
      ["dana", "acme-db/engine", "other-db/cases", "olga"],
      ["olga", "other-db/motor", "acme-db/cases", "dana"],
    ] as const) {
      const patch = await github.as("stranger").openPullRequest({ repository, title: "Fix it" });
      const problem = await github.as(foreigner).openIssue({ repository: foreign, title: "Theirs, and secret" });
      await story.settle();
      const linking = await github.as(supporter).comment(patch, `/case link ${foreign}#${problem.number}`);
      await story.settle();
      expect(story.reactionsOn(linking)).toEqual(["confused"]);
      expect(story.commentsOn(patch)).toEqual([NOT_INSTALLED]);
      expect(story.labelsOn(patch)).toEqual([]);
    }
    expect(await story.database.db.selectFrom("links").selectAll().execute()).toEqual([]);
    await story.expectNothingElse();
  });

  test("a policy of which GitHub hands out no text for its size fails its check as well", async () => {
    const story = await startApp({ on, now: NOW, customers: SHINSHU });
    const { url } = story.github;
    const [name, size] = ["patch-advocate.yml", 2_000_000];
    const links = { url, git_url: url, html_url: url, download_url: url, _links: { self: url, git: url, html: url } };
    const body = { type: "file", encoding: "none", content: "", size, name, path: FILE, sha: "a".repeat(40), ...links };
    story.github.fault({ method: "GET", path: /\/contents\/.*patch-advocate\.yml$/ }, { status: 200, body });
    const sha = await story.github.as("mira").commit("acme-db/engine", { [FILE]: `${ACME_POLICY}# very long\n` });
    await story.settle();
    expect(story.github.checkRunsOn("acme-db/engine", sha).map((run) => run.summary)).toEqual([
      summary(
        "1:1 acme-db/engine/.github/patch-advocate.yml has more than 64 KB; a policy may have at most 64 KB. Take out what is not policy.",
      ),
    ]);
    expect(story.checkRunsOn("acme-db/engine")).toEqual([{ conclusion: "failure", title: "1 mistake in the policy" }]);
    await story.expectNothingElse();
  });
});
