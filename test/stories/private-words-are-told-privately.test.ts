// What may not be said in a place is said to whom it concerns, privately: refused words, customers named in public, repositories made public.
import { describe, expect, test } from "vitest";
import { DIALECTS } from "../support/databases.ts";
import { withOwnerPolicy } from "../support/owner-policy.ts";
import { type Story, startApp } from "../support/start-app.ts";

const NOW = "2026-03-02T10:00:00Z";
const POLICY = `version: 1
support: ["@acme-db/support"]
maintainers: [mira]
cases:
  repositories: [acme-db/cases]
  references: [{ pattern: "CASE-[0-9]{1,8}", url: "https://support.acme.example/{ref}" }]
digest: false
`;
const CUSTOMERS = `customers:
  - id: shinshu-bank
    name: Shinshu Bank
    timezone: Asia/Tokyo
    consultant: { github: kenji }
    logins: [sb-dev1]
    contracts:
      - { plan: subscription, tier: gold, from: 2026-01-01, until: 2026-12-31 }
people:
  - { github: dana, name: Dana, email: dana@acme.example }
  - { github: mira, name: Mira, email: mira@acme.example }
  - { github: boss, name: Boss, email: boss@acme.example, language: ja }
`;
const ENGINE = { repository: "acme-db/engine", title: "Fix the lock" };
const HERE = "This cannot be done here; see your team's guide.";

const start = (on: (typeof DIALECTS)[number]) =>
  startApp({ on, now: NOW, customers: CUSTOMERS, channels: ["mail"], github: withOwnerPolicy(POLICY) });

const mails = (story: Story, name: string) =>
  story.mailsTo(`${name}@acme.example`).map(({ subject, text }) => [subject, text]);

describe.each(DIALECTS)("on %s", (on) => {
  test("why private words were refused is told privately where an address is known, and else in one neutral sentence", async () => {
    const story = await start(on);
    const { github } = story;
    const patch = await github.as("sb-dev1").openPullRequest(ENGINE);
    await story.settle();
    const told = await github
      .as("dana")
      .comment(patch, "/case link CASE-7\n/case stake Shinshu Bank may leave.\n/case summary It hangs.");
    await story.settle();
    expect(story.reactionsOn(told)).toEqual(["+1", "confused"]);
    expect(story.commentsOn(patch)).toEqual([]);
    expect(mails(story, "dana")).toEqual([
      [
        "Not done on acme-db/engine#1: private words",
        `Hello Dana,

You wrote /case stake, /case summary on acme-db/engine#1
<${github.webUrl}/acme-db/engine/pull/1>, and it was not done: a
case’s own words and customers’ names do not belong there, since
everybody can read it.

Write it on the case, in a private case repository, instead.

What you wrote still stands there. Delete the comment: editing is not
enough, since GitHub shows what a comment said before.`,
      ],
    ]);
    const answered = await github.as("kenji").comment(patch, "/case stake They may leave.");
    await story.settle();
    expect(story.reactionsOn(answered)).toEqual(["confused"]);
    expect(story.commentsOn(patch)).toEqual([HERE]);
    story.labelsOn(patch);
    await story.expectNothingElse();
  });

  test("a supporter whose comment names a customer in public is told alone, once a comment", async () => {
    const story = await start(on);
    const { github } = story;
    const patch = await github.as("sb-dev1").openPullRequest(ENGINE);
    const issue = await github.as("stranger").openIssue({ repository: "acme-db/engine", title: "It hangs" });
    await story.settle();
    const naming = await github.as("dana").comment(patch, "I asked ＳＨＩＮＳＨＵ   bank about it.");
    await story.settle();
    const told = (number: number, url: string) => [
      `A customer is named in public: acme-db/engine#${number}`,
      `Hello Dana,

What you wrote on acme-db/engine#${number}
<${url}>
names Shinshu Bank, and everybody can read it there.

If that was not meant, delete the comment: editing is not enough, since
GitHub shows what a comment said before. Mails that GitHub sent of it
cannot be called back.

This is said once a comment, to you alone.`,
    ];
    const page = `${github.webUrl}/acme-db/engine`;
    const first = told(1, `${page}/pull/1#issuecomment-${naming.id}`);
    expect(mails(story, "dana")).toEqual([first]);
    await github.as("dana").editComment(naming, "I asked Shinshu Bank again.");
    await github.as("dana").comment(patch, "I asked the customer about it.");
    // Neither a maintainer's words nor what is said in private is ours to speak of.
    await github.as("mira").comment(patch, "Is this for Shinshu Bank?");
    const tool = await github.as("mira").openPullRequest({ repository: "acme-db/tools", title: "Fix the tool" });
    await github.as("dana").comment(tool, "For Shinshu Bank.");
    const elsewhere = await github.as("dana").comment(issue, "Shinshu Bank sees it, too.");
    await story.settle();
    expect(mails(story, "dana")).toEqual([first, told(2, `${page}/issues/2#issuecomment-${elsewhere.id}`)]);
    expect(mails(story, "mira")).toEqual([]);
    story.labelsOn(patch);
    await story.expectNothingElse();
  });

  test("when a repository is made public its owners and support hear what was said there, and it is folded away", async () => {
    const story = await start(on);
    const { github } = story;
    const tool = await github.as("mira").openPullRequest({ repository: "acme-db/tools", title: "Fix the tool" });
    await story.settle();
    const linking = await github.as("dana").comment(tool, "/case link CASE-8 S2\n/case status");
    await story.settle();
    expect(story.reactionsOn(linking)).toEqual(["+1"]);
    const [said = ""] = story.commentsOn(tool);
    expect(said).toContain("CASE-8");
    github.setVisibility("acme-db/tools", "public");
    await story.settle();
    expect(story.commentsOn(tool)).toEqual([`[folded] ${said}`]);
    expect(mails(story, "dana")).toEqual([
      [
        "Made public: acme-db/tools",
        `Hello Dana,

acme-db/tools <${github.webUrl}/acme-db/tools> was made public.
From now on this app says nothing there that may not be said in public:
neither customers nor cases.

One comment that it wrote there before tells more. It is being
minimised, which hides it but deletes nothing; whoever may write in the
repository can delete it:

- #1 <${github.webUrl}/acme-db/tools/issues/1>: 1 comment with
  references of cases

If this was not meant, make it private again; what was read or copied
meanwhile cannot be called back.`,
      ],
    ]);
    expect(mails(story, "boss")).toEqual([
      [
        "リポジトリが公開されました: acme-db/tools",
        `Boss 様

acme-db/tools <${github.webUrl}/acme-db/tools> が公開されました。
このアプリは今後、お客様やケースなど、公開の場所で述べてはならないことを
そちらには書きません。

これまでに書いたコメントのうち 1 件に、公開できない内容が含まれていま
す。順に最小化して非表示にしますが、削除はされません。削除は、リポジトリ
に書き込み権限をお持ちの方が行えます。

- #1 <${github.webUrl}/acme-db/tools/issues/1>: ケースの参照番号を
  含むコメント 1 件

意図されたものでない場合は、非公開に戻してください。その間に閲覧または複
製された内容は取り消せません。`,
      ],
    ]);
    expect(mails(story, "mira")).toEqual([]);

    // A case repository tells everything that people wrote there, and our own comments on the cases.
    const problem = await github.as("dana").openIssue({ repository: "acme-db/cases", title: "It hangs" });
    await story.settle();
    const words = await github.as("dana").comment(problem, "/case summary It hangs.\n/case link acme-db/tools#1");
    await story.settle();
    expect(story.reactionsOn(words)).toEqual(["+1"]);
    await story.advance({ hours: 1 });
    const kept = story.commentsOn(problem);
    expect(kept).toHaveLength(1);
    github.setVisibility("acme-db/cases", "public");
    await story.settle();
    expect(story.commentsOn(problem)).toEqual(kept.map((text) => `[folded] ${text}`));
    expect(mails(story, "dana")[1]).toEqual([
      "Made public: acme-db/cases",
      `Hello Dana,

acme-db/cases <${github.webUrl}/acme-db/cases> was made public.
From now on this app says nothing there that may not be said in public:
neither customers nor cases.

One comment that it wrote there before tells more. It is being
minimised, which hides it but deletes nothing; whoever may write in the
repository can delete it:

- #1 <${github.webUrl}/acme-db/cases/issues/1>: 1 comment with
  what cases say

It holds cases. Everybody can now read all that was written in its
issues. A policy must not name it under cases.repositories any more.

If this was not meant, make it private again; what was read or copied
meanwhile cannot be called back.`,
    ]);
    expect(mails(story, "boss")).toHaveLength(2);
    story.labelsOn(tool);
    await story.expectNothingElse();
  });
});
