// Anyone can write any address into a commit: a customer's domain there is a guess for those who may hear it, and nothing else.
import { describe, expect, test } from "vitest";
import { DIALECTS } from "../support/databases.ts";
import { ACME_POLICY, startApp } from "../support/start-app.ts";

const CUSTOMERS = `customers:
  - id: shinshu-bank
    name: Shinshu Bank
    domains: [github.com]
    contracts: [{ plan: subscription, from: 2026-01-01, until: 2026-12-31 }]
`;

const engine = (visibility: "public" | "private", policy: string) => ({
  repositories: [
    {
      name: "acme-db/engine",
      visibility,
      collaborators: { mira: "write" as const, dana: "write" as const, "sb-dev1": "read" as const },
    },
    { name: "acme-db/.github", visibility: "public" as const, files: { ".github/patch-advocate.yml": policy } },
  ],
});

describe.each(DIALECTS)("on %s", (on) => {
  test("where all may be told the status names whose a patch perhaps is; it is not labelled for that", async () => {
    const github = engine("private", `${ACME_POLICY}disclosure: full\n`);
    const story = await startApp({ on, now: "2026-03-02T09:00:00Z", customers: CUSTOMERS, github });
    const patch = await story.github.as("sb-dev1").openPullRequest({ repository: "acme-db/engine", title: "Fix it" });
    await story.settle();
    expect(story.labelsOn(patch)).toEqual([]);
    const asked = await story.github.as("dana").comment(patch, "/case status");
    await story.settle();
    expect(story.reactionsOn(asked)).toEqual(["+1"]);
    expect(story.commentsOn(patch)[0]).toContain("| Perhaps from, by the addresses in its commits | Shinshu Bank |");
    await story.expectNothingElse();
  });

  test("in public nothing of it is said, nor are the commits read", async () => {
    const story = await startApp({
      on,
      now: "2026-03-02T09:00:00Z",
      customers: CUSTOMERS,
      github: engine("public", ACME_POLICY),
    });
    const patch = await story.github.as("sb-dev1").openPullRequest({ repository: "acme-db/engine", title: "Fix it" });
    await story.settle();
    const asked = await story.github.as("dana").comment(patch, "/case status");
    await story.settle();
    expect(story.reactionsOn(asked)).toEqual(["+1"]);
    expect(story.commentsOn(patch).join()).not.toMatch(/Perhaps|Shinshu/);
    expect(story.github.requests.filter(({ path }) => path.endsWith("/commits"))).toEqual([]);
    await story.expectNothingElse();
  });
});
