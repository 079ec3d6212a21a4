// The author's side may not lie in silence either: it hears once a turn what was asked, and then it stands as waiting for us.
import { describe, expect, test } from "vitest";
import { DIALECTS } from "../support/databases.ts";
import { ACME_POLICY, SHINSHU, type Story, startApp } from "../support/start-app.ts";

const NOW = "2026-03-02T09:00:00Z";

const told = (hello: string, since: string) => `Hello ${hello},

This pull request has been waiting for its author’s side for **3 working days**, since ${since} (\`UTC\`): \`mira\` requested changes.

To hand it back, push an update, reply here or to the review, or write \`/case waiting maintainer\`.

You are reading this because the author’s side is told after 3 working days of its turn; \`/case why\` shows how it came about.`;

const TOKYO = `${ACME_POLICY}language: ja
calendar: { timezone: Asia/Tokyo, hours: "09:00-18:00" }
`;
const IN_JAPANESE = `@sb-dev1 さん

このプルリクエストは 2026-03-02 09:00（\`Asia/Tokyo\`）から **3 営業日**、作成者側の対応を待っています。内容: メンテナーの \`mira\` さんがコメントしました。

メンテナーの番に戻すには、更新をプッシュする、ここかレビューに返信する、または \`/case waiting maintainer\` とお書きください。

このお知らせの基準: 作成者側の番が 3 営業日続くと、作成者側にお知らせします。これまでの経緯は \`/case why\` でご覧いただけます。`;

const askForChanges = async (story: Story) => {
  const patch = await story.github.as("sb-dev1").openPullRequest({ repository: "acme-db/engine", title: "Fix it" });
  await story.settle();
  await story.github.as("mira").review(patch, { state: "CHANGES_REQUESTED", body: "Please add a test." });
  await story.settle();
  return patch;
};

const waitsForUs = async (story: Story) => {
  const row = await story.database.db.selectFrom("patches").select("standing").executeTakeFirstOrThrow();
  return (JSON.parse(row.standing ?? "{}") as { waitsForUs?: boolean }).waitsForUs;
};

describe.each(DIALECTS)("on %s", (on) => {
  test("three working days after changes were requested the author is asked, once a turn, and mentioned once a patch", async () => {
    const story = await startApp({ on, now: NOW, customers: SHINSHU });
    const { github } = story;
    const patch = await askForChanges(story);
    expect(story.labelsOn(patch)).toEqual(["customer", "awaiting author"]);
    const first = told("@sb-dev1", "2026-03-02 09:00");

    await story.advanceTo("2026-03-05T08:59:00Z");
    expect(story.commentsOn(patch)).toEqual([]);
    await story.advanceTo("2026-03-05T09:00:00Z");
    expect(story.commentsOn(patch)).toEqual([first]);
    expect(await waitsForUs(story)).toBe(false);
    await story.advanceTo("2026-03-11T16:59:00Z");
    expect(await waitsForUs(story)).toBe(false);
    await story.advanceTo("2026-03-11T17:00:00Z");
    expect(await waitsForUs(story)).toBe(true);
    await story.advanceTo("2026-04-13T10:00:00Z");
    expect(story.commentsOn(patch)).toEqual([first]);

    await github.as("sb-dev1").push(patch);
    await story.settle();
    expect(await waitsForUs(story)).toBe(false);
    expect(story.labelsOn(patch)).toEqual(["customer", "awaiting maintainer"]);
    await story.advance({ hours: 1 });
    await github.as("mira").review(patch, { state: "CHANGES_REQUESTED", body: "Another test, please." });
    await story.advanceTo("2026-04-16T10:59:00Z");
    expect(story.commentsOn(patch)).toEqual([first]);
    await story.advanceTo("2026-04-16T11:00:00Z");
    expect(story.commentsOn(patch)).toEqual([first, told("`sb-dev1`", "2026-04-13 11:00")]);
    await story.advance({ days: 60 });
    expect(story.commentsOn(patch)).toHaveLength(2);
    expect(story.labelsOn(patch)).toEqual(["customer", "awaiting author"]);
    await story.expectNothingElse();
  });

  test("an author who wants quiet is named and not mentioned", async () => {
    const story = await startApp({ on, now: NOW, customers: SHINSHU });
    const patch = await askForChanges(story);
    const asking = await story.github.as("sb-dev1").comment(patch, "/case quiet me");
    await story.settle();
    expect(story.reactionsOn(asking)).toEqual(["+1"]);
    await story.advanceTo("2026-03-05T09:00:00Z");
    expect(story.commentsOn(patch)).toEqual([told("`sb-dev1`", "2026-03-02 09:00")]);
    expect(story.labelsOn(patch)).toEqual(["customer", "awaiting author"]);
    await story.expectNothingElse();
  });

  test("in Japanese, by the clock of Tokyo, after a maintainer's question", async () => {
    const story = await startApp({ on, now: "2026-03-02T00:00:00Z", customers: SHINSHU, policy: TOKYO });
    const patch = await story.github.as("sb-dev1").openPullRequest({ repository: "acme-db/engine", title: "Fix it" });
    await story.settle();
    await story.github.as("mira").comment(patch, "Could you add a test?");
    await story.advanceTo("2026-03-04T23:59:00Z");
    expect(story.commentsOn(patch)).toEqual([]);
    await story.advanceTo("2026-03-05T00:00:00Z");
    expect(story.commentsOn(patch)).toEqual([IN_JAPANESE]);
    expect(story.labelsOn(patch)).toEqual(["customer", "awaiting author"]);
    await story.expectNothingElse();
  });
});
