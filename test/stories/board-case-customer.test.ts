// A case and a customer on the board: what is known of them in plain words, and who may write it.
import { describe, expect, test } from "vitest";
import { signedInMaintainer } from "../support/board/maintaining.ts";
import { pageText } from "../support/board/page-text.ts";
import { signedIn } from "../support/board/sign-in.ts";
import { DIALECTS } from "../support/databases.ts";
import { bringCases, ESCALATION_POLICY, seeAll, wholeCase } from "../support/escalating.ts";
import { withOwnerPolicy } from "../support/owner-policy.ts";
import { ACME, startApp } from "../support/start-app.ts";

/** Monday, ten in the morning in Tokyo. */
const NOW = "2026-03-02T01:00:00Z";
const BOARD = "/o/acme-db";
const EVIL = `<script>alert(1)</script>`;

const CUSTOMERS = `customers:
  - id: shinshu-bank
    name: Shinshu Bank ${EVIL}
    timezone: Asia/Tokyo
    owner: { name: Sato, email: sato@acme.example, deputy: { name: Mori, email: mori@acme.example } }
    consultant: { github: kenji }
    logins: [sb-dev1]
    contacts: [{ name: Ito, email: ito@shinshu-bank.example, language: ja }]
    contracts:
      - { plan: subscription, tier: gold, from: 2025-03-01, until: 2026-02-15, targets: { S1: 2h } }
      - { plan: consulting, from: 2026-06-01, until: 9999-12-31 }
  - id: other
    name: Other
    contracts: [{ plan: subscription, from: 2026-01-01, until: 2026-12-31 }]
`;

describe.each(DIALECTS)("on %s", (on) => {
  test("a case is read whole, and written by those who speak for its customer", async () => {
    const app = await startApp({
      on,
      now: NOW,
      customers: CUSTOMERS,
      github: {
        ...withOwnerPolicy(`${ESCALATION_POLICY}track: all\n`),
        organizations: [...(ACME.organizations ?? []), { login: "rival", owners: ["rita"], members: [] }],
        installations: [
          { account: "acme-db", repositories: "all" },
          { account: "rival", repositories: "all" },
        ],
      },
    });
    const dana = await signedIn(app, { login: "dana" });
    expect(pageText(await dana.open(`${BOARD}/cases`))).toMatchInlineSnapshot(`
      "# Cases
      There is no case yet.
      ## There is no case yet
      A case is a customer’s trouble. It comes here by itself once somebody names it:
      - Write /case link REF in a comment on a pull request, or open an issue in a case repository.
      - [Or take over the cases of your help desk](/o/acme-db/settings/cases)"
    `);
    await bringCases(app, [
      wholeCase("CASE-7", { title: `It hangs ${EVIL}` }),
      wholeCase("CASE-8", { customer: "other", severity: "S1" }),
    ]);
    const repository = "acme-db/engine";
    const patch = await app.github.as("dana").openPullRequest({ repository, title: "Release the lock" });
    const linked = await app.github.as("dana").comment(patch, "/case link CASE-7");
    await app.settle();
    await app.advance({ minutes: 10 });
    expect(pageText(await dana.open(`${BOARD}/cases`))).toMatchInlineSnapshot(`
      "# Cases
      Cases: 2 open.
      Show only some
      Reference, title or summary<text: >
      State<state: open>
      Severity<severity: Any>
      Customer<customer: Any>
      <Show>
      Cases
      Severity | Case | Customer | What goes wrong | State | Needed by | Next report
      S1 | [CASE-8](/o/acme-db/cases/2) | [Other](/o/acme-db/customers/other) | The nightly export stops at 2 GB; the fix writes large tables in pieces. | open | – | –
      S2 | [CASE-7](/o/acme-db/cases/1) | [Shinshu Bank <script>alert(1)</script>](/o/acme-db/customers/shinshu-bank) | The nightly export stops at 2 GB; the fix writes large tables in pieces. | open | – | –"
    `);
    const page = await dana.open(`${BOARD}/cases/1`);
    expect(page.body).not.toContain("<script");
    expect(pageText(page)).toMatchInlineSnapshot(`
      "# Case CASE-7
      It hangs <script>alert(1)</script>
      ## In plain words
      Customer
      [Shinshu Bank <script>alert(1)</script>](/o/acme-db/customers/shinshu-bank)
      Severity
      S2
      State
      open
      Summary
      The nightly export stops at 2 GB; the fix writes large tables in pieces.
      Stake
      The renewal in March depends on it.
      Workaround
      There is none.
      Needed by
      not known
      Next report
      not known
      Assignee
      not known
      Write these words anew
      The account owner and the deciders read them as they stand here. Only what you change is written.
      Title <title: It hangs <script>alert(1)</script>> State <state: open> Customer <customer: Shinshu Bank <script>alert(1)</script>> Severity <severity: S2> Summary
      One or two plain sentences: what goes wrong, and what the fix changes.
      <summary: The nightly export stops at 2 GB; the fix writes large tables in pieces.> Stake
      What it means for the deal.
      <stake: The renewal in March depends on it.> Workaround
      Write “none” where there is none. Leave it empty as long as nobody knows.
      <workaround: none> Needed by <needed-by: > Why by then <needed-by-why: > Next report
      When the customer was promised to hear.
      <report: > Assignee <assignee: >
      <Save>
      ## Patches
      Patches
      Severity | Patch | Turn | How long | What happens next
      S2 | [Release the lock](/o/acme-db/r/engine/1) / engine#1 | the maintainers | 10 minutes {2 Mar 2026, 10:00 GMT+9} | A reminder goes out on Wed 4 Mar {4 Mar 2026, 10:00 GMT+9}
      ## What the customer has been told
      What the customer has been told
      When | What
      2 Mar 2026 {2 Mar 2026, 10:00 GMT+9} | a fix has been written and is with the developers / We have received your case and written a fix for it. The developers have it before them now."
    `);

    // Sato speaks for the one customer, and not for the other.
    const sato = await signedIn(app, { email: "sato@acme.example" });
    const words = {
      "before-severity": "S2",
      severity: "S1",
      "before-summary": "as it was",
      summary: "as it was",
      "before-needed-by": "",
      "needed-by": "2026-03-31",
      "needed-by-why": "go-live",
      "before-workaround": "none",
      workaround: "",
      "before-customer": "shinshu-bank",
      customer: "shinshu-bank",
    };
    const wrong = await sato.send(`${BOARD}/cases/1`, {
      ...words,
      severity: "S9",
      "needed-by": "2026-03-01",
      customer: "other",
      summary: "x".repeat(4001),
    });
    expect(wrong.status).toBe(422);
    expect([...wrong.body.matchAll(/class="wrong"[^>]*>([^<]*)</g)].map(([, text]) => text)).toEqual([
      "Nothing was saved. Please look at what is marked.",
      "There is no such customer for whom you may speak.",
      "A severity is S1, S2, S3 or S4.",
      "That is too long.",
      "That day has passed. Please name one that is still to come.",
    ]);
    const saved = await sato.send(`${BOARD}/cases/1`, words);
    expect([saved.status, saved.location]).toEqual([303, `${BOARD}/cases/1?done=words`]);
    await app.settle();
    const other = await sato.send(`${BOARD}/cases/2`, words);
    expect(other.status).toBe(404);
    await app.advance({ minutes: 10 });
    expect(
      pageText(await sato.open(`${BOARD}/cases/1?done=words`, { "accept-language": "ja" })),
    ).toMatchInlineSnapshot(`
      "# ケース CASE-7
      保存しました。これに伴う判断は 1 分以内に行われます。
      It hangs <script>alert(1)</script>
      ## 概要
      お客様
      [Shinshu Bank <script>alert(1)</script>](/o/acme-db/customers/shinshu-bank)
      重大度
      S1
      状態
      対応中
      概要
      The nightly export stops at 2 GB; the fix writes large tables in pieces.
      影響
      The renewal in March depends on it.
      回避策
      不明
      ご希望の期日
      2026年3月31日: go-live
      次回報告予定
      不明
      担当者
      不明
      内容を書き直す
      お客様担当と意思決定者は、ここに書かれた内容をそのまま読みます。変更した項目だけが保存されます。
      タイトル <title: It hangs <script>alert(1)</script>> 状態 <state: 対応中> お客様 <customer: Shinshu Bank <script>alert(1)</script>> 重大度 <severity: S1> 概要
      何が起きていて、修正で何が変わるのかを、平易な 1、2 文でお書きください。
      <summary: The nightly export stops at 2 GB; the fix writes large tables in pieces.> 影響
      契約や商談への影響をお書きください。
      <stake: The renewal in March depends on it.> 回避策
      ない場合は none とお書きください。まだ分からない場合は空欄のままにしてください。
      <workaround: > ご希望の期日 <needed-by: 2026-03-31> 期日の理由 <needed-by-why: go-live> 次回報告予定
      お客様にご連絡をお約束した日です。
      <report: > 担当者 <assignee: >
      <保存>
      ## パッチ
      パッチ
      重大度 | パッチ | 現在の番 | 待ち時間 | 次の予定
      S1 | [Release the lock](/o/acme-db/r/engine/1) / engine#1 | メンテナー | 20 分 {2026年3月2日 10:00 JST} | 本日 12:00 に確認のお願いをお送りします {2026年3月2日 12:00 JST}
      ## お客様にお伝えした内容
      お客様にお伝えした内容
      日時 | 内容
      2026年3月2日 {2026年3月2日 10:00 JST} | 修正を作成し、開発元に提出しました / お問い合わせを受け付け、修正を作成しました。現在、開発元で確認中です。"
    `);
    expect(
      await app.database.db.selectFrom("board_acts").select(["person", "kind", "subject", "words"]).execute(),
    ).toEqual([
      {
        person: "sato@acme.example",
        kind: "case-words",
        subject: "case:1",
        words: "wrote severity, workaround, needed-by of case CASE-7",
      },
    ]);

    expect(pageText(await dana.open(`${BOARD}/customers`))).toMatchInlineSnapshot(`
      "# Customers
      Name or id<text: >
      <mine: > Only mine <Show>
      Customers
      Customer | Contract | Waiting patches | Open cases | Account owner
      [Other](/o/acme-db/customers/other) | Under contract until 31 Dec 2026 | 0 | 1 | –
      [Shinshu Bank <script>alert(1)</script>](/o/acme-db/customers/shinshu-bank) | Lapsing: the contract ended on 15 Feb 2026 and still counts until 17 Mar 2026 | 1 | 1 | Sato"
    `);
    const bank = await dana.open(`${BOARD}/customers/shinshu-bank`);
    expect(bank.body).not.toContain("<script");
    expect(pageText(bank)).toMatchInlineSnapshot(`
      "# Shinshu Bank <script>alert(1)</script>
      Lapsing: the contract ended on 15 Feb 2026 and still counts until 17 Mar 2026. After that day nobody is reminded of their patches as a customer’s, and the labels come off.
      ## What waits
      What waits
      Severity | Patch | Case | Turn | How long | What happens next
      S1 | [Release the lock](/o/acme-db/r/engine/1) / engine#1 |
      [CASE-7](/o/acme-db/cases/1) The nightly export stops at 2 GB; the fix writes large tables in pieces.
      | the maintainers | 20 minutes {2 Mar 2026, 10:00 GMT+9} | A reminder goes out today at 12:00 {2 Mar 2026, 12:00 GMT+9}
      ## Cases
      Cases
      Severity | Case | Customer | What goes wrong | State | Needed by | Next report
      S1 | [CASE-7](/o/acme-db/cases/1) | [Shinshu Bank <script>alert(1)</script>](/o/acme-db/customers/shinshu-bank) | The nightly export stops at 2 GB; the fix writes large tables in pieces. | open | 31 Mar 2026 | –
      [All their cases](/o/acme-db/cases?customer=shinshu-bank&state=all)
      ## Contracts
      Contracts of Shinshu Bank <script>alert(1)</script> over time Each bar is a contract, the pale part behind it its grace, the line is today. The table beneath says the same.
      1 Jan 2026
      1 Jan 2027
      1 Jan 2028
      1 Jan 2029 Subscription (gold): 1 Mar 2025 – 15 Feb 2026Grace: 17 Mar 2026 Consulting: 1 Jun 2026 – 31 Dec 9999
      Today
      Contracts
      Contract | Today | From | Until | Counts until | Promised
      Consulting | begins later | 1 Jun 2026 | 31 Dec 9999 | 30 Jan 10000 | –
      Subscription (gold) | lapsing | 1 Mar 2025 | 15 Feb 2026 | 17 Mar 2026 |
      S1: 2 working hours
      ## People
      Account owner
      Sato sato@acme.example
      Deputy
      Mori mori@acme.example
      Consultant
      @kenji
      Contacts
      Ito ito@shinshu-bank.example
      On GitHub
      sb-dev1
      ## More
      - [Links to the customer’s page, for each contact](/o/acme-db/customers/shinshu-bank/contacts)
      - [Record of a year, to print for the renewal](/o/acme-db/customers/shinshu-bank/record)
      - [Change what is known of this customer](/o/acme-db/customers/shinshu-bank/edit)
      - [What was changed, and by whom](/o/acme-db/customers/shinshu-bank/history)
      - Atom feeds: none yet. This makes one: npx patch-advocate tokens create --feed shinshu-bank"
    `);
    expect(pageText(await sato.open(`${BOARD}/customers/other`, { "accept-language": "ja" }))).toMatchInlineSnapshot(`
      "# Other
      契約中（2026年12月31日まで）
      ## 待ち状況
      待っているパッチはありません。
      ## ケース
      ケース
      重大度 | ケース | お客様 | 事象の概要 | 状態 | ご希望の期日 | 次回報告予定
      S1 | [CASE-8](/o/acme-db/cases/2) | [Other](/o/acme-db/customers/other) | The nightly export stops at 2 GB; the fix writes large tables in pieces. | 対応中 | – | –
      [ケースをすべて表示](/o/acme-db/cases?customer=other&state=all)
      ## 契約
      Other 様の契約の推移 棒は契約、その後ろの薄い部分は猶予期間、線は本日を表します。下の表も同じ内容です。
      2026年1月1日
      2026年4月1日
      2026年7月1日
      2026年10月1日
      2027年1月1日 サブスクリプション契約: 2026年1月1日 – 2026年12月31日猶予期間: 2027年1月30日
      本日
      契約
      契約 | 本日の状態 | 開始日 | 終了日 | 有効とする最終日 | お約束の応答期限
      サブスクリプション契約 | 有効 | 2026年1月1日 | 2026年12月31日 | 2027年1月30日 | –
      ## 担当と連絡先
      お客様担当
      登録なし
      代理
      登録なし
      担当コンサルタント
      登録なし
      連絡先
      登録なし
      GitHub アカウント
      登録なし
      ## 関連ページ
      - [連絡先ごとの、お客様用ページへのリンク](/o/acme-db/customers/other/contacts)
      - [年間の記録（契約更新の際の印刷用）](/o/acme-db/customers/other/record)
      - Atom フィード: まだありません。次のコマンドで作成できます: npx patch-advocate tokens create --feed other"
    `);

    // Neither maintainers nor another organisation find any of it.
    const mira = await signedInMaintainer(app, { login: "mira", repositories: ["engine"] });
    const rita = await signedIn(app, { login: "rita" });
    for (const path of ["cases", "cases/1", "customers", "customers/shinshu-bank"]) {
      expect([path, (await mira.open(`${BOARD}/${path}`)).status]).toEqual([path, 404]);
      if (path.includes("/")) expect([path, (await rita.open(`/o/rival/${path}`)).status]).toEqual([path, 404]);
    }
    for (const id of ["0", "-1", "1e3", "9".repeat(30), "%00", "x"])
      expect([id, (await dana.open(`${BOARD}/cases/${id}`)).status]).toEqual([id, 404]);
    expect((await rita.send("/o/rival/cases/1", words)).status).toBe(404);
    seeAll(app, patch);
    expect(app.reactionsOn(linked)).toEqual(["+1"]);
    await app.expectNothingElse();
  });
});
