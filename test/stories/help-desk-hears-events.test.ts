// A case of a help desk is told by events to the outgoing webhook, each once, under keys that stay the same.
import { describe, expect, test } from "vitest";
import { DIALECTS } from "../support/databases.ts";
import { ACME_POLICY, SHINSHU, type Story, startApp } from "../support/start-app.ts";

const NOW = "2026-03-02T09:00:00Z";

/** The events that came since the last look, without what every event has. */
function heard(story: Story): readonly unknown[] {
  const bodies = story.hooks().map((hook) => hook.body as { id: string; type: string; at: string; data: object });
  expect(new Set(bodies.map(({ id }) => id)).size).toBe(bodies.length);
  return bodies.filter(({ type }) => type.startsWith("case.")).map(({ type, at, data }) => ({ type, at, ...data }));
}

describe.each(DIALECTS)("on %s", (on) => {
  test("linked, put off, merged, shipped and the day of the next report, each with the case and the patch", async () => {
    const story = await startApp({ on, now: NOW, customers: SHINSHU, channels: ["webhook"] });
    const { github } = story;
    const patch = await github.as("sb-dev1").openPullRequest({ repository: "acme-db/engine", title: "Fix the lock" });
    await story.settle();
    const linking = await github.as("dana").comment(patch, "/case link CASE-7 S3");
    await story.settle();
    expect(story.reactionsOn(linking)).toEqual(["+1"]);
    const about = {
      case: {
        reference: "CASE-7",
        title: "CASE-7",
        customer: null,
        severity: "S3",
        url: "https://support.acme.example/CASE-7",
      },
      patch: { repository: "acme-db/engine", number: 1, title: "Fix the lock", url: patch.url },
    };
    const events: unknown[] = [{ type: "case.linked", at: "2026-03-02T09:00:00.000Z", ...about, by: "dana" }];
    expect(heard(story)).toEqual(events);

    await story.advance({ hours: 1 });
    const later = await github.as("mira").comment(patch, "/case later 2026-03-04 after the freeze");
    await story.settle();
    expect(story.reactionsOn(later)).toEqual(["+1"]);
    events.push({
      type: "case.put-off",
      at: "2026-03-02T10:00:00.000Z",
      ...about,
      by: "mira",
      until: "2026-03-04",
      reason: "after the freeze",
    });
    expect(heard(story)).toEqual(events);

    await story.advanceTo("2026-03-05T10:00:00Z");
    await github.as("mira").merge(patch);
    await story.settle();
    events.push({
      type: "case.decided",
      at: "2026-03-05T10:00:00.000Z",
      ...about,
      decision: "merged",
      by: "mira",
      words: null,
    });
    expect(heard(story)).toEqual(events);

    await story.advance({ hours: 1 });
    await github.as("mira").createRelease("acme-db/engine", { tag: "v1.1", name: "Engine 1.1" });
    await story.settle();
    const release = { tag: "v1.1", name: "Engine 1.1", url: `${github.webUrl}/acme-db/engine/releases/tag/v1.1` };
    events.push({
      type: "case.shipped",
      at: "2026-03-05T11:00:00.000Z",
      ...about,
      release,
      author: "sb-dev1",
      consultant: null,
    });
    expect(heard(story)).toEqual(events);

    for (const delivery of [...github.deliveries]) github.redeliver(delivery.guid);
    await story.settle();
    expect(heard(story)).toEqual(events);
    expect(story.labelsOn(patch).toSorted()).toEqual(["customer", "severity: S3"]);
    expect(story.commentsOn(patch)).toEqual([]);
    await story.expectNothingElse();
  });

  test("the day of the next report is told in its morning, where the owner's policy acts", async () => {
    const policy = `${ACME_POLICY}disclosure: full\n`;
    const story = await startApp({
      on,
      now: NOW,
      customers: SHINSHU,
      channels: ["webhook"],
      github: {
        repositories: [
          { name: "acme-db/.github", visibility: "private", files: { ".github/patch-advocate.yml": policy } },
          { name: "acme-db/tools", visibility: "private", collaborators: { mira: "write", dana: "write" } },
          { name: "acme-db/cases", visibility: "private", collaborators: { dana: "write" } },
        ],
      },
    });
    const patch = await story.github.as("mira").openPullRequest({ repository: "acme-db/tools", title: "Fix" });
    await story.settle();
    const words = await story.github
      .as("dana")
      .comment(patch, "/case link CASE-7 customer=shinshu-bank\n/case report 2026-03-04");
    await story.settle();
    expect(story.reactionsOn(words)).toEqual(["+1"]);
    expect(heard(story)).toHaveLength(1);
    await story.advanceTo("2026-03-04T08:59:00Z");
    expect(heard(story)).toHaveLength(1);
    await story.advanceTo("2026-03-04T09:01:00Z");
    const due = {
      type: "case.report-due",
      at: "2026-03-04T09:00:00.000Z",
      case: {
        reference: "CASE-7",
        title: "CASE-7",
        customer: "shinshu-bank",
        severity: null,
        url: "https://support.acme.example/CASE-7",
      },
      date: "2026-03-04",
    };
    expect(heard(story).at(-1)).toEqual(due);
    await story.advanceTo("2026-03-06T09:01:00Z");
    expect(heard(story)).toHaveLength(2);
    expect(story.labelsOn(patch).toSorted()).toEqual(["awaiting maintainer", "customer"]);
    expect(story.commentsOn(patch)).toEqual([]);
    await story.expectNothingElse();
  });
});
