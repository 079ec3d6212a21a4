// While a policy only observes the board shows what would have been said and labelled, and the very text to commit so that it is.
import { describe, expect, test } from "vitest";
import { signedInMaintainer } from "../support/board/maintaining.ts";
import { pageText } from "../support/board/page-text.ts";
import { type Seen, signedIn } from "../support/board/sign-in.ts";
import { DIALECTS } from "../support/databases.ts";
import { withOwnerPolicy } from "../support/owner-policy.ts";
import { ACME_POLICY, SHINSHU, startApp } from "../support/start-app.ts";

const OBSERVING = ACME_POLICY.replace("mode: act", "mode: observe # first look");
const PAGE = "/o/acme-db/observe";

describe.each(DIALECTS)("on %s", (on) => {
  test("what would be done is seen day by day, and what is committed then is what the page said", async () => {
    const app = await startApp({
      on,
      now: "2026-03-02T09:00:00Z",
      customers: SHINSHU,
      github: withOwnerPolicy(OBSERVING),
    });
    const before = await signedIn(app, { login: "dana" });
    const textOf = (seen: Seen) => pageText(seen).replaceAll(app.github.webUrl, "https://github.example");
    expect(textOf(await before.open(PAGE))).toMatchInlineSnapshot(`
      "# Observed
      While a repository observes, nothing is written there and nobody is told. This is what would have been said and labelled in the last 30 days.
      These repositories observe: .github, cases, engine, more-cases, tools. [Repositories](/o/acme-db/repositories)
      Repository <repository: All>
      Day<day: >
      <Show> [Show everything](/o/acme-db/observe)
      ## Nothing was observed
      Nothing would have been said or labelled in this time. As soon as a patch is followed, what would be done appears here. Link a case to a pull request, or import your customers.
      ## To let it act
      Commit this as acme-db/.github/.github/patch-advocate.yml. It is the policy of now with "mode: act".
      version: 1 mode: act # first look support: ["@acme-db/support"] maintainers: [mira] cases: repositories: [acme-db/cases] references: [{ pattern: "CASE-[0-9]{1,8}", url: "https://support.acme.example/{ref}" }]
      [Open the file on GitHub](https://github.example/acme-db/.github/edit/main/.github/patch-advocate.yml)
      ### What happens then
      - Labels are put on at once.
      - What is overdue is reminded of gravest first, within working hours: at most 5 a day in a repository, and 3 a week to one person.
      - Nothing is escalated that was not reminded of first, S1 by command excepted.
      - Nothing is closed, merged or approved, ever. To stop it: patch-advocate pause, or mode: observe again."
    `);

    const patch = await app.github
      .as("sb-dev1")
      .openPullRequest({ repository: "acme-db/engine", title: "Fix <img src=x onerror=alert(1)>" });
    await app.advanceTo("2026-03-17T10:00:00Z");
    const dana = await signedIn(app, { login: "dana" });
    const seen = await dana.open(PAGE);
    expect(seen.body).not.toContain("<img");
    expect(textOf(seen)).toMatchInlineSnapshot(`
      "# Observed
      While a repository observes, nothing is written there and nobody is told. This is what would have been said and labelled in the last 30 days.
      These repositories observe: .github, cases, engine, more-cases, tools. [Repositories](/o/acme-db/repositories)
      Repository <repository: All>
      Day<day: >
      <Show> [Show everything](/o/acme-db/observe)
      ## How much it would have been
      1 reminder to 1 person or team in 12 working days; at most 1 a day.
      While it observes no limits hold back what is counted here. When it acts they do.
      Day by day, the newest first
      Day | Reminders | People and teams addressed | Authors told | Patches labelled | Other
      [16 Mar 2026](/o/acme-db/observe?day=2026-03-16) | 1 | 1 | 0 | 0 | 0
      [2 Mar 2026](/o/acme-db/observe?day=2026-03-02) | 0 | 0 | 0 | 1 | 0
      ## To let it act
      Commit this as acme-db/.github/.github/patch-advocate.yml. It is the policy of now with "mode: act".
      version: 1 mode: act # first look support: ["@acme-db/support"] maintainers: [mira] cases: repositories: [acme-db/cases] references: [{ pattern: "CASE-[0-9]{1,8}", url: "https://support.acme.example/{ref}" }]
      [Open the file on GitHub](https://github.example/acme-db/.github/edit/main/.github/patch-advocate.yml)
      ### What happens then
      - Labels are put on at once.
      - What is overdue is reminded of gravest first, within working hours: at most 5 a day in a repository, and 3 a week to one person.
      - Nothing is escalated that was not reminded of first, S1 by command excepted.
      - Nothing is closed, merged or approved, ever. To stop it: patch-advocate pause, or mode: observe again.
      ## What would have been said and labelled
      ### Reminder: [engine#1](/o/acme-db/r/engine/1) Fix <img src=x onerror=alert(1)>
      16 Mar 2026, 09:00 UTC {16 Mar 2026, 09:00 UTC} · to @mira
      Hello @mira,
      This pull request has been waiting for an answer from its maintainers for 10 working days, and somebody under a support contract depends on it.
      A review, a question, “later” or “no” all settle it, and the order in which you take things is yours to choose.
      - To take it in hand: /case take
      - To pass it on: /case ask @someone
      - To hear less: /case quiet 2w for this pull request, /case quiet me for all of them
      You are reading this because a reminder is due after 10 working days without a response; /case why shows how it came about. This app never closes or merges anything.
      Because: a reminder is due after 10 working days without a response
      ### Labels: [engine#1](/o/acme-db/r/engine/1) Fix <img src=x onerror=alert(1)>
      2 Mar 2026, 09:00 UTC {2 Mar 2026, 09:00 UTC}
      - would put on: customer, awaiting maintainer
      Because: a reminder is due after 10 working days without a response"
    `);
    expect(textOf(await dana.open(`${PAGE}?repository=engine&day=2026-03-16`))).toMatchInlineSnapshot(`
      "# Observed
      While a repository observes, nothing is written there and nobody is told. This is what would have been said and labelled in the last 30 days.
      These repositories observe: .github, cases, engine, more-cases, tools. [Repositories](/o/acme-db/repositories)
      Repository <repository: engine>
      Day<day: 2026-03-16>
      <Show> [Show everything](/o/acme-db/observe)
      ## How much it would have been
      1 reminder to 1 person or team in 12 working days; at most 1 a day.
      While it observes no limits hold back what is counted here. When it acts they do.
      Day by day, the newest first
      Day | Reminders | People and teams addressed | Authors told | Patches labelled | Other
      [16 Mar 2026](/o/acme-db/observe?repository=engine&day=2026-03-16) | 1 | 1 | 0 | 0 | 0
      [2 Mar 2026](/o/acme-db/observe?repository=engine&day=2026-03-02) | 0 | 0 | 0 | 1 | 0
      ## To let it act
      Commit this as acme-db/.github/.github/patch-advocate.yml. It is the policy of now with "mode: act".
      version: 1 mode: act # first look support: ["@acme-db/support"] maintainers: [mira] cases: repositories: [acme-db/cases] references: [{ pattern: "CASE-[0-9]{1,8}", url: "https://support.acme.example/{ref}" }]
      [Open the file on GitHub](https://github.example/acme-db/.github/edit/main/.github/patch-advocate.yml)
      ### What happens then
      - Labels are put on at once.
      - What is overdue is reminded of gravest first, within working hours: at most 5 a day in a repository, and 3 a week to one person.
      - Nothing is escalated that was not reminded of first, S1 by command excepted.
      - Nothing is closed, merged or approved, ever. To stop it: patch-advocate pause, or mode: observe again.
      ## Who would have been reminded on 16 Mar 2026
      By name, with the patches
      Person or team | Patches
      @mira | [engine#1](/o/acme-db/r/engine/1)
      ## What would have been said and labelled
      ### Reminder: [engine#1](/o/acme-db/r/engine/1) Fix <img src=x onerror=alert(1)>
      16 Mar 2026, 09:00 UTC {16 Mar 2026, 09:00 UTC} · to @mira
      Hello @mira,
      This pull request has been waiting for an answer from its maintainers for 10 working days, and somebody under a support contract depends on it.
      A review, a question, “later” or “no” all settle it, and the order in which you take things is yours to choose.
      - To take it in hand: /case take
      - To pass it on: /case ask @someone
      - To hear less: /case quiet 2w for this pull request, /case quiet me for all of them
      You are reading this because a reminder is due after 10 working days without a response; /case why shows how it came about. This app never closes or merges anything.
      Because: a reminder is due after 10 working days without a response"
    `);
    expect(textOf(await dana.open(`${PAGE}?day=2026-03-16`, { "accept-language": "ja" }))).toMatchInlineSnapshot(`
      "# 観察結果
      観察中のリポジトリには何も書き込まれず、どなたにも連絡しません。ここでは、過去 30 日間に行われたはずの連絡とラベル付けを確認できます。
      観察中のリポジトリ: .github、cases、engine、more-cases、tools [リポジトリ](/o/acme-db/repositories)
      リポジトリ <repository: すべて>
      日付<day: 2026-03-16>
      <表示> [すべて表示](/o/acme-db/observe)
      ## 連絡の量
      12 営業日で 1 件の宛先（人・チーム）に確認のお願い 1 件、1 日あたり最大 1 件
      観察中は上限を適用せずに集計しています。動作を始めると上限が適用されます。
      日ごとの内容（新しい順）
      日付 | 確認のお願い | 宛先の人・チーム数 | 作成者側への連絡 | ラベルを変更するパッチ | その他
      [2026年3月16日](/o/acme-db/observe?day=2026-03-16) | 1 | 1 | 0 | 0 | 0
      [2026年3月2日](/o/acme-db/observe?day=2026-03-02) | 0 | 0 | 0 | 1 | 0
      ## 動作を始めるには
      次の内容を acme-db/.github/.github/patch-advocate.yml としてコミットしてください。現在のポリシーの mode を act に変更したものです。
      version: 1 mode: act # first look support: ["@acme-db/support"] maintainers: [mira] cases: repositories: [acme-db/cases] references: [{ pattern: "CASE-[0-9]{1,8}", url: "https://support.acme.example/{ref}" }]
      [GitHub でファイルを開く](https://github.example/acme-db/.github/edit/main/.github/patch-advocate.yml)
      ### コミットすると
      - ラベルはすぐに付与されます。
      - 期限を過ぎたものは、重大なものから順に、営業時間内に確認のお願いを送ります。上限は 1 リポジトリあたり 1 日 5 件、1 人あたり週 3 件です。
      - 先に確認のお願いを送っていないものは、エスカレーションされません（コマンドによる S1 を除く）。
      - クローズ、マージ、承認を行うことはありません。止めるには patch-advocate pause を実行するか、mode: observe に戻してください。
      ## 2026年3月16日 に確認のお願いを受け取るはずだった方
      名前順の一覧と対象のパッチ
      人・チーム | パッチ
      @mira | [engine#1](/o/acme-db/r/engine/1)
      ## 行われるはずだった連絡とラベル付け
      ### 確認のお願い: [engine#1](/o/acme-db/r/engine/1) Fix <img src=x onerror=alert(1)>
      2026年3月16日 09:00 UTC {2026年3月16日 09:00 UTC} · 宛先: @mira
      Hello @mira,
      This pull request has been waiting for an answer from its maintainers for 10 working days, and somebody under a support contract depends on it.
      A review, a question, “later” or “no” all settle it, and the order in which you take things is yours to choose.
      - To take it in hand: /case take
      - To pass it on: /case ask @someone
      - To hear less: /case quiet 2w for this pull request, /case quiet me for all of them
      You are reading this because a reminder is due after 10 working days without a response; /case why shows how it came about. This app never closes or merges anything.
      理由: a reminder is due after 10 working days without a response"
    `);

    // Of another repository and another day there is nothing, and what is not known is named.
    expect((await dana.open(`${PAGE}?repository=tools&day=2026-03-10`)).body).not.toContain("<article");
    const strange = textOf(await dana.open(`${PAGE}?repository=%3Cb%3E&day=2026-02-31&before=1.x`));
    expect(strange).toContain("Repository, Day: this is not known here, so it was left out.");
    const mira = await signedInMaintainer(app, { login: "mira", repositories: ["engine"] });
    expect((await mira.open(PAGE)).status).toBe(404);
    expect(app.commentsOn(patch)).toEqual([]);

    const text = /<pre[^>]*><code>([\s\S]*?)<\/code>/.exec(seen.body)?.[1]?.replaceAll("&quot;", '"') ?? "";
    await app.github.as("boss").commit("acme-db/.github", { ".github/patch-advocate.yml": text });
    await app.settle();
    expect(app.labelsOn(patch).toSorted()).toEqual(["awaiting maintainer", "customer", "overdue"]);
    expect(app.commentsOn(patch)).toHaveLength(1);
    const acting = textOf(await dana.open(PAGE));
    expect(acting).toContain("No repository observes: the policy lets the app act everywhere.");
    expect(acting).not.toContain("To let it act");
    app.checkRunsOn("acme-db/.github");
    await app.expectNothingElse();
  });
});
