// Once a week everybody who can be told reads what waits for them and what moved: one message each, and none where there is nothing.
import { describe, expect, test } from "vitest";
import { DIALECTS } from "../support/databases.ts";
import { withOwnerPolicy } from "../support/owner-policy.ts";
import { type Story, startApp } from "../support/start-app.ts";

const POLICY = `version: 1
support: [dana]
maintainers: [mira]
cases:
  repositories: [acme-db/cases]
  references: [{ pattern: "CASE-[0-9]{1,8}", url: "https://support.acme.example/{ref}" }]
targets: { S2: 200d, none: 200d, author: 200d }
`;

const CUSTOMERS = `customers:
  - id: shinshu-bank
    name: Shinshu Bank
    timezone: Asia/Tokyo
    owner: { name: Sato, email: sato@acme.example, language: ja }
    consultant: { github: kenji }
    logins: [sb-dev1]
    contracts:
      - { plan: subscription, tier: gold, from: 2026-01-01, until: 2026-12-31 }
people:
  - { github: kenji, name: Kenji, email: kenji@acme.example, timezone: Europe/Berlin }
  - { github: dana, name: Dana, email: dana@acme.example }
  - { github: mira, name: Mira, email: mira@acme.example, timezone: Asia/Tokyo }
  - { github: noel, name: Noel, email: noel@acme.example }
`;
const ENGINE = "acme-db/engine";
const READERS = ["sato", "kenji", "dana", "mira", "noel"];

const page = (story: Story, number: number) => `${ENGINE}#${number} <${story.github.webUrl}/${ENGINE}/pull/${number}>`;

const inEnglish = (name: string, sections: string) => `Hello ${name},

This is what waits, and what has moved since 2026-03-02. What is gravest
comes first.

${sections}

This digest comes once a week, and not at all when there is nothing to
tell. The owner’s policy says when, under digest.`;

const HEARS = `Customers who must hear within two days
---------------------------------------

- Shinshu Bank: acme-db/cases#1 It hangs, by 2026-03-10 (tomorrow)`;

const OURS = (story: Story) => `Waits for us
------------

- ${page(story, 2)} Fix
  the cache, since 2026-03-03 (Shinshu Bank)`;

const MOVED = (story: Story) => `What moved
----------

- 2026-03-03 Shinshu Bank: acme-db/cases#1, acme-db/engine#1
  <${story.github.webUrl}/acme-db/engine/pull/1> Fix the lock: linked`;

const PROPOSED = (story: Story) => `Links to confirm or drop
------------------------

- ${page(story, 3)} Fix
  CASE-9: CASE-9, proposed by stranger`;

const ASKED = (story: Story) => `Waits for you as a maintainer
-----------------------------

- ${page(story, 1)} Fix
  the lock, since 2026-03-03 (S2)`;

const SATO_READS = (story: Story) => `Sato 様

回答待ちの件と、2026-03-02 以降に動きのあった件を、重大度の高い順にお知
らせします。

当方の対応待ち
--------------

- ${page(story, 2)} Fix
  the cache: 2026-03-03 から（Shinshu Bank）

メンテナーの回答待ち
--------------------

- ${page(story, 1)} Fix
  the lock: 2026-03-03 から（S2、Shinshu Bank、acme-db/cases#1）

動きのあった件
--------------

- 2026-03-03 Shinshu Bank 様: acme-db/cases#1、acme-db/engine#1
  <${story.github.webUrl}/acme-db/engine/pull/1> Fix the lock: 関連付け
  られました

このまとめは週に一度お送りし、お知らせする件がない週はお送りしません。送
信の曜日と時刻は、オーナーのポリシーの digest で設定します。`;

const subjects = (story: Story) =>
  READERS.flatMap((name) =>
    story.mailsTo(`${name}@acme.example`).map(({ headers, subject }) => [name, headers.date, subject]),
  );

const startWith = (on: (typeof DIALECTS)[number], now: string, policy: string) =>
  startApp({ on, now, customers: CUSTOMERS, channels: ["mail"], github: withOwnerPolicy(policy) });

describe.each(DIALECTS)("on %s", (on) => {
  test("on Monday at nine, by each reader's clock, each reads what is theirs to know", async () => {
    const story = await startWith(on, "2026-03-03T09:00:00Z", POLICY);
    const { github } = story;
    const patch = await github.as("sb-dev1").openPullRequest({ repository: ENGINE, title: "Fix the lock" });
    const returned = await github.as("sb-dev1").openPullRequest({ repository: ENGINE, title: "Fix the cache" });
    const proposed = await github.as("stranger").openPullRequest({ repository: ENGINE, title: "Fix CASE-9" });
    const problem = await github.as("dana").openIssue({ repository: "acme-db/cases", title: "It hangs" });
    await story.settle();
    const linking = await github
      .as("dana")
      .comment(
        problem,
        "/case customer shinshu-bank\n/case severity S2\n/case report 2026-03-10\n/case link acme-db/engine#1",
      );
    await github.as("mira").review(returned, { state: "CHANGES_REQUESTED", body: "Please add a test." });
    await story.settle();
    expect(story.reactionsOn(linking)).toEqual(["+1"]);

    await story.advanceTo("2026-03-08T23:59:00Z");
    expect(subjects(story)).toEqual([]);
    await story.advanceTo("2026-03-09T09:00:00Z");
    expect(subjects(story)).toEqual([
      ["sato", "Mon, 09 Mar 2026 09:00:00 +0000", "パッチの週次まとめ: ご確認いただきたい件 1 件"],
      ["kenji", "Mon, 09 Mar 2026 08:00:00 +0000", "Weekly digest of patches: 2 need attention"],
      ["dana", "Mon, 09 Mar 2026 09:00:00 +0000", "Weekly digest of patches: 2 need attention"],
      ["mira", "Mon, 09 Mar 2026 00:00:00 +0000", "Weekly digest of patches: 1 needs attention"],
    ]);
    const textTo = (name: string) => story.mailsTo(`${name}@acme.example`)[0]?.text;
    expect(textTo("sato")).toBe(SATO_READS(story));
    expect(textTo("kenji")).toBe(inEnglish("Kenji", [HEARS, OURS(story), MOVED(story)].join("\n\n")));
    expect(textTo("dana")).toBe(inEnglish("Dana", [HEARS, OURS(story), PROPOSED(story), MOVED(story)].join("\n\n")));
    expect(textTo("mira")).toBe(inEnglish("Mira", ASKED(story)));

    // Nobody waits for Mira any more: she hears nothing, and the others what has moved.
    await github.as("mira").merge(patch);
    await github.as("dana").closeIssue(problem);
    await story.advanceTo("2026-03-16T09:00:00Z");
    expect(READERS.map((name) => story.mailsTo(`${name}@acme.example`).length)).toEqual([2, 2, 2, 1, 0]);
    expect(story.mailsTo("kenji@acme.example")[1]?.text).toBe(`Hello Kenji,

This is what waits, and what has moved since 2026-03-09. What is gravest
comes first.

${OURS(story)}

What moved
----------

- 2026-03-09 Shinshu Bank: acme-db/cases#1, acme-db/engine#1
  <${story.github.webUrl}/acme-db/engine/pull/1> Fix the lock: merged

This digest comes once a week, and not at all when there is nothing to
tell. The owner’s policy says when, under digest.`);
    for (const ref of [patch, returned, proposed, problem]) {
      story.labelsOn(ref);
      story.commentsOn(ref);
    }
    await story.expectNothingElse();
  });

  test("a reader's holidays are theirs: what Monday would have told is told on their next working day, as it is then", async () => {
    const story = await startWith(on, "2026-04-28T09:00:00Z", POLICY);
    const patch = await story.github.as("sb-dev1").openPullRequest({ repository: ENGINE, title: "Fix the lock" });
    // From Monday, 4 May, to Wednesday all days are holidays in Japan.
    await story.advanceTo("2026-05-06T09:00:00Z");
    expect(story.mailsTo("mira@acme.example")).toEqual([]);
    await story.github.as("sb-dev1").openPullRequest({ repository: ENGINE, title: "Fix the cache" });
    await story.advanceTo("2026-05-10T09:00:00Z");
    expect(subjects(story)).toEqual([
      ["sato", "Mon, 04 May 2026 09:00:00 +0000", "パッチの週次まとめ"],
      ["mira", "Thu, 07 May 2026 00:00:00 +0000", "Weekly digest of patches: 2 need attention"],
    ]);
    story.labelsOn(patch);
    await story.expectNothingElse();
  });

  test("where the policy wants none, or observes, none is sent; and once it wants them they begin with the next", async () => {
    const story = await startWith(on, "2026-03-03T09:00:00Z", `${POLICY}digest: false\n`);
    const { github } = story;
    const patch = await github.as("sb-dev1").openPullRequest({ repository: ENGINE, title: "Fix the lock" });
    await story.advanceTo("2026-03-10T12:00:00Z");
    await github.as("boss").commit("acme-db/.github", { ".github/patch-advocate.yml": `${POLICY}mode: observe\n` });
    await story.advanceTo("2026-03-17T12:00:00Z");
    expect(subjects(story)).toEqual([]);
    const wanted = `${POLICY}digest: { day: thu, at: "16:30" }\n`;
    await github.as("boss").commit("acme-db/.github", { ".github/patch-advocate.yml": wanted });
    await story.advanceTo("2026-03-20T12:00:00Z");
    expect(subjects(story)).toEqual([
      ["sato", "Thu, 19 Mar 2026 16:30:00 +0000", "パッチの週次まとめ"],
      ["mira", "Thu, 19 Mar 2026 07:30:00 +0000", "Weekly digest of patches: 1 needs attention"],
    ]);
    story.labelsOn(patch);
    story.checkRunsOn("acme-db/.github");
    await story.expectNothingElse();
  });
});
