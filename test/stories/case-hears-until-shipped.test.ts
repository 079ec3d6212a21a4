// A case that is an issue shows where its patches stand, and its people hear what they must: merged, shipped.
import { describe, expect, test } from "vitest";
import { eventsOfCustomer } from "../../src/cases/events-store.ts";
import { DIALECTS } from "../support/databases.ts";
import { withOwnerPolicy } from "../support/owner-policy.ts";
import { ACME_POLICY, SHINSHU, type Story, startApp } from "../support/start-app.ts";

const start = (on: (typeof DIALECTS)[number], policy = ACME_POLICY) =>
  startApp({ on, now: "2026-03-02T09:00:00Z", customers: SHINSHU, github: withOwnerPolicy(policy) });

async function openCase(story: Story, number: number) {
  const problem = await story.github.as("dana").openIssue({
    repository: "acme-db/cases",
    title: "Locks time out",
    body: `It hangs.\n\nCustomer: shinshu-bank\nSeverity: S2\nPatch: acme-db/engine#${number}`,
  });
  await story.settle();
  return problem;
}

const timesOf = (story: Story) => story.database.db.selectFrom("patch_times").selectAll().execute();
const HOUR = 3_600_000;

describe.each(DIALECTS)("on %s", (on) => {
  test("a case shows its patch until it has shipped, and hears of the merge and of the release", async () => {
    const story = await start(on);
    const { github } = story;
    const patch = await github.as("sb-dev1").openPullRequest({ repository: "acme-db/engine", title: "Fix the lock" });
    await story.settle();
    const problem = await openCase(story, patch.number);
    expect(story.labelsOn(patch).toSorted()).toEqual(["awaiting maintainer", "customer", "severity: S2"]);
    // What is said in the same breath is told together.
    expect(story.commentsOn(problem)).toEqual([]);
    await story.advance({ minutes: 2 });
    const pull = `[\`acme-db/engine#1\`](${patch.url})`;
    const comment = (stands: string, next: string) => `| Pull request | Where it stands | What comes next |
| --- | --- | --- |
| ${pull} Fix the lock | ${stands} | ${next} |

- Severity: \`S2\`

This comment is kept up to date by itself. Days are those of \`UTC\`.`;
    expect(story.commentsOn(problem)).toEqual([
      comment(
        "the maintainers’ turn since 2026-03-02: `sb-dev1` opened it, ready for review",
        "2026-03-04: for severity `S2`, a reminder is due after 2 working days without a response",
      ),
    ]);

    await story.advanceTo("2026-03-03T10:00:00Z");
    const review = await github.as("mira").review(patch, { state: "APPROVED", body: "Good catch." });
    await story.settle();
    await story.advanceTo("2026-03-03T12:00:00Z");
    await github.as("mira").merge(patch);
    await story.settle();
    await story.advance({ minutes: 2 });
    const merged = `${pull} Fix the lock

**Merged** by \`mira\` on 2026-03-03. It is followed until a release contains it. [What the maintainers said](${patch.url}#pullrequestreview-${review.id})`;
    expect(story.commentsOn(problem)).toEqual([
      comment("**merged** by `mira` on 2026-03-03", "a release that contains it"),
      merged,
    ]);
    expect(story.labelsOn(patch).toSorted()).toEqual(["customer", "severity: S2"]);

    await story.advanceTo("2026-03-09T09:00:00Z");
    await github.as("mira").createRelease("acme-db/engine", { tag: "v1.1", name: "Engine 1.1" });
    await story.settle();
    await story.advance({ minutes: 2 });
    const release = `[\`Engine 1.1\`](${github.webUrl}/acme-db/engine/releases/tag/v1.1)`;
    const shipped = `${pull} Fix the lock

**Shipped** in ${release}, released on 2026-03-09. Written by \`sb-dev1\`, for the customer by consultant \`kenji\`. Thank you.`;
    expect(story.commentsOn(problem)).toEqual([
      comment(`**merged** by \`mira\` on 2026-03-03, **shipped** in ${release} on 2026-03-09`, "nothing"),
      merged,
      shipped,
    ]);

    // A later release tells nobody anything.
    await story.advanceTo("2026-03-16T09:00:00Z");
    const requests = github.requests.length;
    await github.as("mira").createRelease("acme-db/engine", { tag: "v1.2" });
    await story.settle();
    expect(github.requests.slice(requests).map((request) => request.path)).toEqual([]);

    const openedAt = Date.parse("2026-03-02T09:00:00Z");
    expect(await timesOf(story)).toEqual([
      expect.objectContaining({
        patch_id: `${patch.repositoryId}#1`,
        opened_at: openedAt,
        first_response_at: Date.parse("2026-03-03T10:00:00Z"),
        response_millis: 9 * HOUR,
        escalated_at: null,
        decided_at: Date.parse("2026-03-03T12:00:00Z"),
        decision: "merged",
        decision_millis: 11 * HOUR,
        released_at: Date.parse("2026-03-09T09:00:00Z"),
        release_tag: "v1.1",
        release_millis: 40 * HOUR,
      }),
    ]);
    const customer = { ownerId: github.idOf("acme-db"), customerId: "shinshu-bank" };
    const events = await eventsOfCustomer(story.database.db, customer.ownerId, customer.customerId, {
      sinceAt: 0,
      limit: 10,
    });
    expect(events.map(({ event, at }) => [new Date(at).toISOString(), event])).toEqual([
      [
        "2026-03-09T09:00:00.000Z",
        { kind: "shipped", tag: "v1.1", name: "Engine 1.1", url: `${github.webUrl}/acme-db/engine/releases/tag/v1.1` },
      ],
      ["2026-03-03T12:00:00.000Z", { kind: "decided", decision: "merged" }],
      ["2026-03-02T09:00:00.000Z", { kind: "linked" }],
    ]);
    expect(events[0]?.pull).toEqual({
      repository: "acme-db/engine",
      number: 1,
      title: "Fix the lock",
      url: patch.url,
      isPublic: true,
    });
    expect(story.commentsOn(patch)).toEqual([]);
    await story.expectNothingElse();
  });
});
