// Whom a reminder speaks to and when: those who were asked, never at night or on a holiday, never those who want quiet.
import { describe, expect, test } from "vitest";
import { DIALECTS } from "../support/databases.ts";
import { SHINSHU, startApp } from "../support/start-app.ts";

const POLICY = `version: 1
support: ["@acme-db/support"]
maintainers: [mira, noel]
reminders: { limit: 1, quiet: [noel] }
`;
const TOKYO = `version: 1
language: ja
support: ["@acme-db/support"]
maintainers: [mira]
reminders: { limit: 1 }
calendar: { timezone: Asia/Tokyo, hours: "09:00-18:00", holidays: JP }
`;
const hello = (comments: readonly string[]) => comments.map((text) => text.split("\n")[0]);

const IN_JAPANESE = `@mira さん

ご確認のお願いです。このプルリクエストは、メンテナーの皆さまからのお返事を **10 営業日** お待ちしています。サポート契約をお持ちの方が、この変更を必要とされています。

レビュー、ご質問、「後日」や「見送り」のお返事など、いずれでも結構です。どれから対応されるかは、皆さまのご判断にお任せします。

- 担当される場合: \`/case take\`
- ほかの方にお願いされる場合: \`/case ask @someone\`
- お知らせを減らす場合: このプルリクエストだけなら \`/case quiet 2w\`、すべてなら \`/case quiet me\`

`;

describe.each(DIALECTS)("on %s", (on) => {
  test("who was asked for a review is reminded, not everybody, and who wants quiet never", async () => {
    const story = await startApp({ on, now: "2026-03-02T09:00:00Z", customers: SHINSHU, policy: POLICY });
    const { github } = story;
    const author = github.as("sb-dev1");
    const anybody = await author.openPullRequest({ repository: "acme-db/engine", title: "Nobody was asked" });
    const asked = await author.openPullRequest({ repository: "acme-db/engine", title: "Boss was asked" });
    await github.as("mira").requestReview(asked, { users: ["boss"] });
    await story.advanceTo("2026-03-17T09:30:00Z");
    expect(hello(story.commentsOn(anybody))).toEqual(["Hello @mira,"]);
    expect(hello(story.commentsOn(asked))).toEqual(["Hello @boss,"]);
    expect(story.labelsOn(anybody)).toEqual(["customer", "awaiting maintainer", "overdue"]);
    expect(story.labelsOn(asked)).toEqual(["customer", "awaiting maintainer", "overdue"]);
    await story.expectNothingElse();
  });

  test("in Japan's golden week nobody is reminded; on the next working morning, in Japanese", async () => {
    const story = await startApp({ on, now: "2026-04-20T00:00:00Z", customers: SHINSHU, policy: TOKYO });
    const patch = await story.github.as("sb-dev1").openPullRequest({ repository: "acme-db/engine", title: "Fix it" });
    // Ten working days from 20 April, of which 29 April and 4 to 6 May are holidays.
    await story.advanceTo("2026-05-07T23:59:00Z");
    expect(story.commentsOn(patch)).toEqual([]);
    await story.advanceTo("2026-05-08T03:00:00Z");
    const [text = ""] = story.commentsOn(patch);
    expect(text.slice(0, IN_JAPANESE.length)).toBe(IN_JAPANESE);
    const sent = story.github.writes().find(({ path }) => path.endsWith("/comments"));
    expect(sent?.at).toBe("2026-05-08T00:00:00Z");
    expect(story.labelsOn(patch)).toEqual(["customer", "awaiting maintainer", "overdue"]);
    await story.expectNothingElse();
  });

  test("a draft is not reminded of, and a response starts the time anew", async () => {
    const story = await startApp({ on, now: "2026-03-02T09:00:00Z", customers: SHINSHU, policy: POLICY });
    const author = story.github.as("sb-dev1");
    const draft = await author.openPullRequest({ repository: "acme-db/engine", title: "A draft", draft: true });
    const patch = await author.openPullRequest({ repository: "acme-db/engine", title: "Fix it" });
    await story.advanceTo("2026-03-13T09:00:00Z");
    await story.github.as("mira").review(patch, { state: "CHANGES_REQUESTED", body: "Please add a test." });
    await story.advance({ hours: 1 });
    await author.push(patch);
    await story.advanceTo("2026-03-27T09:59:00Z");
    expect(story.commentsOn(patch)).toEqual([]);
    await story.advanceTo("2026-03-27T10:30:00Z");
    expect(hello(story.commentsOn(patch))).toEqual(["Hello @mira,"]);
    expect(story.commentsOn(draft)).toEqual([]);
    expect(story.labelsOn(draft)).toEqual(["customer"]);
    expect(story.labelsOn(patch)).toEqual(["customer", "awaiting maintainer", "overdue"]);
    await story.expectNothingElse();
  });
});
