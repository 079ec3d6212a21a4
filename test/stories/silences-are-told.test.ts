// Nobody's silence goes unseen: the author's side hears privately, and consultant and support hear of pauses and unreleased merges, each once.
import { describe, expect, test } from "vitest";
import { DIALECTS } from "../support/databases.ts";
import { ACME_POLICY, type Story, startApp } from "../support/start-app.ts";

const NOW = "2026-03-02T09:00:00Z";
const POLICY = `${ACME_POLICY}escalation: { comment: false }
targets: { S2: 100d, S3: 100d, none: 100d }
`;
const customers = (people: string) => `customers:
  - id: shinshu-bank
    name: Shinshu Bank
    timezone: Asia/Tokyo
    consultant: { github: kenji }
    logins: [sb-dev1]
    contracts:
      - { plan: subscription, tier: gold, from: 2026-01-01, until: 2026-12-31 }
people:
${people}`;
const KENJI = "  - { github: kenji, name: Kenji, email: kenji@acme.example, language: ja, timezone: Asia/Tokyo }\n";
const DANA = "  - { github: dana, name: Dana, email: dana@acme.example }\n";
const ENGINE = { repository: "acme-db/engine", title: "Fix the lock" };

const linked = (story: Story, number: number) =>
  `acme-db/engine#${number} <${story.github.webUrl}/acme-db/engine/pull/${number}>`;

const KENJI_HEARS_OF_HIS_TURN = (story: Story) => `Kenji 様

次のプルリクエストは、2026-03-02 18:00（Asia/Tokyo）から 3 営業日、作成
者側の対応をお待ちしています。

${linked(story, 1)} Fix the
lock

内容: mira さんが変更を求めました。

お客様：Shinshu Bank

メンテナーの番に戻すには、更新をプッシュする、プルリクエストかレビューに
返信する、または /case waiting maintainer とお書きください。

このお知らせの基準: 作成者側の番が 3 営業日続くと、作成者側に一度だけお
知らせします。さらに 5 営業日が経つと、お客様担当の「当方の対応待ち」一
覧に載ります。`;

const THE_AUTHOR_HEARS = (story: Story) => `Hello Taro,

${linked(story, 1)} Fix the
lock has been waiting for its author’s side for 3 working days, since
2026-03-02 09:00 (UTC): mira, a maintainer, commented.

To hand it back, push an update, reply on the pull request or to the
review, or write /case waiting maintainer there.

You are reading this because the author’s side is told after 3 working
days of its turn. It is said once; after another 5 working days the pull
request stands on the account owner’s list of what waits for us.`;

const waitsForUs = async (story: Story) => {
  const row = await story.database.db.selectFrom("patches").select("standing").executeTakeFirstOrThrow();
  return (JSON.parse(row.standing ?? "{}") as { waitsForUs?: boolean }).waitsForUs;
};

const open = async (story: Story, as: string, more: { title?: string; draft?: boolean } = {}) => {
  const patch = await story.github.as(as).openPullRequest({ ...ENGINE, ...more });
  await story.settle();
  return patch;
};

const link = async (story: Story, patch: Awaited<ReturnType<typeof open>>, command: string) => {
  const linking = await story.github.as("dana").comment(patch, command);
  await story.settle();
  expect(story.reactionsOn(linking)).toEqual(["+1"]);
};

describe.each(DIALECTS)("on %s", (on) => {
  test("where an address is known the author's side hears privately, in its own morning, and nothing is said on the pull request", async () => {
    const story = await startApp({ on, now: NOW, customers: customers(KENJI), channels: ["mail"], policy: POLICY });
    const { github } = story;
    const patch = await open(story, "sb-dev1");
    const quiet = await github.as("mira").comment(patch, "/case quiet 8w");
    await github.as("mira").review(patch, { state: "CHANGES_REQUESTED", body: "Please add a test." });
    await story.settle();
    expect(story.reactionsOn(quiet)).toEqual(["+1"]);
    await story.advanceTo("2026-03-04T23:59:00Z");
    expect(story.mailsTo("kenji@acme.example")).toEqual([]);
    await story.advanceTo("2026-03-05T09:00:00Z");
    expect(story.mailsTo("kenji@acme.example").map(({ subject, text }) => [subject, text])).toEqual([
      ["ご対応のお願い: acme-db/engine#1", KENJI_HEARS_OF_HIS_TURN(story)],
    ]);
    expect(await waitsForUs(story)).toBe(false);
    // Five working days after it was told it stands on the list.
    await story.advanceTo("2026-03-11T16:59:00Z");
    expect(await waitsForUs(story)).toBe(false);
    await story.advanceTo("2026-03-11T17:00:00Z");
    expect(await waitsForUs(story)).toBe(true);
    await story.advance({ days: 20 });
    expect(story.mailsTo("kenji@acme.example")).toHaveLength(1);
    expect(story.commentsOn(patch)).toEqual([]);

    // Handed back and forth within a second it is one turn, of which they have heard.
    await github.as("sb-dev1").push(patch);
    await story.settle();
    await github.as("mira").review(patch, { state: "CHANGES_REQUESTED", body: "One more." });
    await story.advance({ days: 10 });
    expect(story.mailsTo("kenji@acme.example")).toHaveLength(1);
    await github.as("sb-dev1").push(patch);
    await story.advance({ hours: 1 });
    await github.as("mira").review(patch, { state: "CHANGES_REQUESTED", body: "Another test, please." });
    await story.advance({ days: 10 });
    expect(story.mailsTo("kenji@acme.example")).toHaveLength(2);
    expect(story.labelsOn(patch)).toEqual(["customer", "awaiting author"]);
    expect(story.commentsOn(patch)).toEqual([]);
    await story.expectNothingElse();
  });

  test("an author whose address is known hears it instead of the consultant, and nothing of customers and cases", async () => {
    const taro = "  - { github: sb-dev1, name: Taro, email: taro@shinshu-bank.example }\n";
    const story = await startApp({
      on,
      now: NOW,
      customers: customers(KENJI + taro),
      channels: ["mail"],
      policy: POLICY,
    });
    const patch = await open(story, "sb-dev1");
    await link(story, patch, "/case link CASE-7 S2");
    await story.github.as("mira").comment(patch, "Could you add a test?");
    await story.advanceTo("2026-03-20T09:00:00Z");
    expect(story.mailsTo("taro@shinshu-bank.example").map(({ subject, text }) => [subject, text])).toEqual([
      ["Your answer is awaited: acme-db/engine#1", THE_AUTHOR_HEARS(story)],
    ]);
    expect(story.labelsOn(patch)).toEqual(["customer", "severity: S2", "awaiting author"]);
    expect(story.commentsOn(patch)).toEqual([]);
    await story.expectNothingElse();
  });

  test("a draft of twenty working days is told to consultant and support, once, and told anew when it lies aside again", async () => {
    const story = await startApp({
      on,
      now: NOW,
      customers: customers(KENJI + DANA),
      channels: ["mail"],
      policy: POLICY.replace('support: ["@acme-db/support"]', "support: [dana]"),
    });
    const { github } = story;
    const draft = await open(story, "sb-dev1", { draft: true });
    await link(story, draft, "/case link CASE-7 S3");
    // Twenty working days of eight hours from Monday, 2 March, at nine are over on Friday, 27 March, at five.
    await story.advanceTo("2026-03-27T16:59:00Z");
    expect(story.mailsTo("dana@acme.example")).toEqual([]);
    await story.advanceTo("2026-03-30T09:00:00Z");
    expect(story.mailsTo("dana@acme.example").map(({ subject, text }) => [subject, text])).toEqual([
      [
        "Nobody’s turn for 20 working days: acme-db/engine#1",
        `Hello Dana,

${linked(story, 1)} Fix the
lock has been nobody’s turn for 20 working days, since 2026-03-02:
sb-dev1 opened it as a draft.

Customers: Shinshu Bank
Cases: CASE-7
Gravest severity: S3

While it lies aside nobody is reminded and nothing is escalated. If the
customer still waits for it, see to it that it goes on: mark it ready
for review, take the label off that exempts it, or write /case unsnooze
on it. If not, close it, and tell the customer.

This is said once. As long as it holds, your weekly digest lists it.`,
      ],
    ]);
    // The case names no customer, so that its reference is none of the consultant's.
    expect(story.mailsTo("kenji@acme.example").map(({ subject, text }) => [subject, text])).toEqual([
      [
        "動きのないプルリクエストのお知らせ（20 営業日）: acme-db/engine#1",
        `Kenji 様

次のプルリクエストは、2026-03-02 から 20 営業日、どちらの番でもない状態
が続いています。

${linked(story, 1)} Fix the
lock

理由: sb-dev1 さんがドラフトとして作成しました。

お客様：Shinshu Bank

この間は、どなたにもお願いをお送りせず、次の段階にも進みません。お客様が
引き続きお待ちの場合は、レビュー可能にする、対象外とするラベルを外す、ま
たは /case unsnooze と書くなどして、再開をご検討ください。不要になった場
合は、クローズのうえ、お客様へのご連絡をお願いします。

このお知らせは一度だけお送りします。この状態が続く間は、週次のまとめに記
載します。`,
      ],
    ]);
    await story.advance({ days: 60 });
    await github.as("sb-dev1").markReady(draft);
    await story.advance({ hours: 1 });
    const snoozing = await github.as("dana").comment(draft, "/case snooze 2026-08-03 after the holidays");
    await story.settle();
    expect(story.reactionsOn(snoozing)).toEqual(["+1"]);
    await story.advanceTo("2026-07-20T09:00:00Z");
    expect(story.mailsTo("dana@acme.example").map(({ subject }) => subject)).toEqual([
      "Nobody’s turn for 20 working days: acme-db/engine#1",
      "Nobody’s turn for 20 working days: acme-db/engine#1",
    ]);
    expect(story.mailsTo("dana@acme.example")[1]?.text).toBe(`Hello Dana,

${linked(story, 1)} Fix the
lock has been nobody’s turn for 20 working days, since 2026-05-29: dana
put it off until 2026-08-03: after the holidays.

Customers: Shinshu Bank
Cases: CASE-7
Gravest severity: S3

While it lies aside nobody is reminded and nothing is escalated. If the
customer still waits for it, see to it that it goes on: mark it ready
for review, take the label off that exempts it, or write /case unsnooze
on it. If not, close it, and tell the customer.

This is said once. As long as it holds, your weekly digest lists it.`);
    expect(story.mailsTo("kenji@acme.example")).toHaveLength(2);
    expect(story.labelsOn(draft)).toEqual(["customer", "severity: S3"]);
    await story.expectNothingElse();
  });

  test("a merge that no release contains is told after twenty working days; what is observed only is told to nobody", async () => {
    const story = await startApp({
      on,
      now: NOW,
      customers: customers(DANA),
      channels: ["mail"],
      policy: POLICY.replace("mode: act", "mode: observe"),
    });
    const { github } = story;
    const patch = await open(story, "sb-dev1");
    const other = await open(story, "sb-dev1", { title: "Fix another", draft: true });
    await github.as("mira").merge(patch);
    await story.advanceTo("2026-04-01T09:00:00Z");
    expect(story.mailsTo("dana@acme.example")).toEqual([]);
    await github.as("boss").commit("acme-db/engine", { ".github/patch-advocate.yml": POLICY });
    await story.advanceTo("2026-04-02T09:00:00Z");
    expect(story.mailsTo("dana@acme.example").map(({ subject }) => subject)).toEqual([
      "Nobody’s turn for 22 working days: acme-db/engine#2",
    ]);
    const third = await open(story, "sb-dev1", { title: "Fix a third" });
    await github.as("mira").merge(third);
    // Twenty working days of eight hours from Thursday, 2 April, at nine.
    await story.advanceTo("2026-04-29T16:59:00Z");
    expect(story.mailsTo("dana@acme.example")).toHaveLength(1);
    await story.advanceTo("2026-06-30T09:00:00Z");
    expect(
      story
        .mailsTo("dana@acme.example")
        .slice(1)
        .map(({ subject, text }) => [subject, text]),
    ).toEqual([
      [
        "In no release after 20 working days: acme-db/engine#3",
        `Hello Dana,

${linked(story, 3)} Fix a
third was decided on 2026-04-02 (mira merged it), and no release has
contained it for 20 working days.

Customers: Shinshu Bank

The customer cannot use the fix until it is released. Ask the
maintainers when the next release is planned, or whether the fix can be
ported back, and tell the customer.

This is said once. As long as it holds, your weekly digest lists it.`,
      ],
    ]);
    expect([story.labelsOn(other), story.labelsOn(third)]).toEqual([["customer"], ["customer"]]);
    story.checkRunsOn("acme-db/engine");
    await story.expectNothingElse();
  });
});
