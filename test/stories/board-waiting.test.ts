// The board's first page: what waits, for whom, for how long, and what happens next.
import { describe, expect, test } from "vitest";
import { signedInMaintainer } from "../support/board/maintaining.ts";
import { pageText } from "../support/board/page-text.ts";
import { signedIn } from "../support/board/sign-in.ts";
import { DIALECTS } from "../support/databases.ts";
import { bringCases, ESCALATION_CUSTOMERS, ESCALATION_POLICY, seeAll, wholeCase } from "../support/escalating.ts";
import { withOwnerPolicy } from "../support/owner-policy.ts";
import { startApp } from "../support/start-app.ts";

/** Monday, ten in the morning in Tokyo. */
const NOW = "2026-03-02T01:00:00Z";
const BOARD = "/o/acme-db";

const EVIL = `<img src=x onerror="alert(1)">`;

describe.each(DIALECTS)("on %s", (on) => {
  test("what waits is read by customer, in plain words, as each may know it", async () => {
    const app = await startApp({
      on,
      now: NOW,
      customers: ESCALATION_CUSTOMERS,
      github: withOwnerPolicy(`${ESCALATION_POLICY}track: all\n`),
    });
    const asMira = { login: "mira", repositories: ["engine"] };
    const dana = await signedIn(app, { login: "dana" });
    const mira = await signedInMaintainer(app, asMira);
    expect(pageText(await dana.open(BOARD))).toMatchInlineSnapshot(`
      "# Waiting
      No patch waits.
      ## Nothing waits
      Every patch that is followed has been answered, or none is followed yet. To follow one:
      - Link a case: write /case link REF in a comment on the pull request.
      - Tell whose patches count: [import your customers](/o/acme-db/settings/customers/import)."
    `);
    expect(pageText(await mira.open(BOARD))).toMatchInlineSnapshot(`
      "# Waiting
      No patch waits.
      ## Nothing waits
      No patch in your repositories waits for anybody."
    `);

    await bringCases(app, [wholeCase("CASE-7"), wholeCase("CASE-8", { severity: "S1", summary: EVIL })]);
    const { github } = app;
    const repository = "acme-db/engine";
    const lock = await github.as("dana").openPullRequest({ repository, title: `Release the lock ${EVIL}` });
    const first = await github.as("dana").comment(lock, "/case link CASE-7");
    const limit = await github.as("kenji").openPullRequest({ repository, title: "Lift the limit of exports" });
    const second = await github.as("dana").comment(limit, "/case link CASE-8");
    const typo = await github.as("stranger").openPullRequest({ repository, title: "Typo", body: "See CASE-9." });
    const draft = await github.as("dana").openPullRequest({ repository, title: "Not yet", draft: true });
    await app.settle();
    await app.advance({ hours: 3 });
    await github.as("mira").review(limit, { state: "CHANGES_REQUESTED", body: "Please add a test." });
    await app.settle();

    // The page is loaded anew while something moves, and no longer.
    expect((await dana.open(BOARD)).body).toContain('<meta http-equiv="refresh" content="5">');
    await app.advance({ hours: 1 });
    const seen = await dana.open(BOARD);
    expect(pageText(seen)).toMatchInlineSnapshot(`
      "# Waiting
      1 patch waits for us, 2 wait for the maintainers, 1 is nobody’s turn.
      Show only some
      Title or reference<text: >
      Customer<customer: Any>
      Severity<severity: Any>
      Turn<turn: Any>
      Repository<repository: Any>
      <mine: > Only mine <Show>
      ## Waits for us (1)
      Something was asked of the author’s side. Nothing moves before it is answered.
      ### [Shinshu Bank](/o/acme-db/customers/shinshu-bank)
      Waits for us: Shinshu Bank
      Severity | Patch | Case | How long | What happens next
      S1 | [Lift the limit of exports](/o/acme-db/r/engine/2) / engine#2 |
      [CASE-8](/o/acme-db/cases/2) <img src=x onerror="alert(1)">
      | 1 working hour {2 Mar 2026, 13:00 GMT+9} | The author’s side is told on Thu 5 Mar that it is their turn {5 Mar 2026, 13:00 GMT+9}
      ## Waits for the maintainers (2)
      The maintainers have it before them. They are reminded as the policy says.
      ### [Shinshu Bank](/o/acme-db/customers/shinshu-bank)
      Waits for the maintainers: Shinshu Bank
      Severity | Patch | Case | How long | What happens next
      S2 | [Release the lock <img src=x onerror="alert(1)">](/o/acme-db/r/engine/1) / engine#1 |
      [CASE-7](/o/acme-db/cases/1) The nightly export stops at 2 GB; the fix writes large tables in pieces.
      | 4 working hours {2 Mar 2026, 10:00 GMT+9} | A reminder goes out on Wed 4 Mar {4 Mar 2026, 10:00 GMT+9}
      ### Without a customer
      Waits for the maintainers: Without a customer
      Severity | Patch | Case | How long | What happens next
      – | [Typo](/o/acme-db/r/engine/3) / engine#3 | – | 4 working hours {2 Mar 2026, 10:00 GMT+9} | A reminder goes out on Mon 16 Mar {16 Mar 2026, 10:00 GMT+9}
      ## Nobody’s turn (1)
      Drafts, and what was put off. No time counts here.
      ### Without a customer
      Nobody’s turn: Without a customer
      Severity | Patch | Case | How long | What happens next
      – | [Not yet](/o/acme-db/r/engine/4) / engine#4 | – | since 2 Mar 2026 {2 Mar 2026, 10:00 GMT+9} | Nothing: it is nobody’s turn
      ## Links to confirm or drop
      Somebody’s words name these cases. A proposed link does nothing until support confirms it.
      Links to confirm or drop
      Patch | Case | Customer | Proposed | Answer
      [Typo](/o/acme-db/r/engine/3) / engine#3 | [CASE-9](/o/acme-db/cases/3) | | 2 Mar 2026 {2 Mar 2026, 10:00 GMT+9} / proposed by stranger |
      <Confirm the link to CASE-9>
      <Drop the link to CASE-9>"
    `);
    expect(seen.body).not.toContain("<img");
    expect(seen.body).not.toContain('http-equiv="refresh"');
    const sato = await signedIn(app, { email: "sato@acme.example" });
    const filters = "turn=maintainer&severity=s2&text=LOCK&customer=shinshu-bank&repository=engine&after=x";
    const japanese = await sato.open(`${BOARD}?${filters}`, { "accept-language": "ja" });
    expect(pageText(japanese)).toMatchInlineSnapshot(`
      "# 待ち状況
      パッチの内訳: メンテナーの回答待ち 1 件。
      アドレスの after=x は、ここにはない条件のため無視しました。
      絞り込み
      タイトルまたは参照番号<text: LOCK>
      お客様<customer: Shinshu Bank>
      重大度<severity: S2>
      現在の番<turn: メンテナーの回答待ち>
      リポジトリ<repository: engine>
      <mine: > 自分の担当のみ <表示> [すべて表示](/o/acme-db)
      ## メンテナーの回答待ち（1）
      メンテナーが確認中です。ポリシーに従って、確認のお願いをお送りします。
      ### [Shinshu Bank](/o/acme-db/customers/shinshu-bank)
      メンテナーの回答待ち: Shinshu Bank
      重大度 | パッチ | ケース | 待ち時間 | 次の予定
      S2 | [Release the lock <img src=x onerror="alert(1)">](/o/acme-db/r/engine/1) / engine#1 |
      [CASE-7](/o/acme-db/cases/1) The nightly export stops at 2 GB; the fix writes large tables in pieces.
      | 4 営業時間 {2026年3月2日 10:00 JST} | 3月4日（水）に確認のお願いをお送りします {2026年3月4日 10:00 JST}"
    `);
    // Neither their severity nor their customer can be found out by filtering.
    expect(pageText(await mira.open(`${BOARD}?severity=S1&customer=shinshu-bank`))).toMatchInlineSnapshot(`
      "# Waiting
      In your repositories, 2 patches wait for the maintainers, 1 waits for the author’s side, 1 is nobody’s turn.
      The address asks for customer=shinshu-bank, which is not known here and was left out.
      The address asks for severity=S1, which is not known here and was left out.
      Show only some
      Title<text: >
      Turn<turn: Any>
      Repository<repository: Any>
      <Show>
      ## Waits for the author’s side (1)
      Something was asked of the author’s side.
      Waits for the author’s side
      Severity | Patch | How long | What happens next
      S1 | [Lift the limit of exports](/o/acme-db/r/engine/2) / engine#2 | 1 working hour {2 Mar 2026, 13:00 GMT+9} | The author’s side is told on Thu 5 Mar that it is their turn {5 Mar 2026, 13:00 GMT+9}
      ## Waits for the maintainers (2)
      A review, a question, “later” or “no” all settle it. The order is yours to choose.
      Waits for the maintainers
      Severity | Patch | How long | What happens next
      S2 | [Release the lock <img src=x onerror="alert(1)">](/o/acme-db/r/engine/1) / engine#1 | 4 working hours {2 Mar 2026, 10:00 GMT+9} | A reminder goes out on Wed 4 Mar {4 Mar 2026, 10:00 GMT+9}
      – | [Typo](/o/acme-db/r/engine/3) / engine#3 | 4 working hours {2 Mar 2026, 10:00 GMT+9} | A reminder goes out on Mon 16 Mar {16 Mar 2026, 10:00 GMT+9}
      ## Nobody’s turn (1)
      Drafts, and what was put off. No time counts here.
      Nobody’s turn
      Severity | Patch | How long | What happens next
      – | [Not yet](/o/acme-db/r/engine/4) / engine#4 | since 2 Mar 2026 {2 Mar 2026, 10:00 GMT+9} | Nothing: it is nobody’s turn"
    `);
    expect(pageText(await mira.open(`${BOARD}?text=CASE-8`))).toMatchInlineSnapshot(`
      "# Waiting
      No patch waits.
      Show only some
      Title<text: CASE-8>
      Turn<turn: Any>
      Repository<repository: Any>
      <Show> [Show everything](/o/acme-db)
      Nothing waits that fits these filters."
    `);
    expect(pageText(await dana.open(`${BOARD}?mine=1&turn=author`))).toMatchInlineSnapshot(`
      "# Waiting
      1 patch waits for us.
      Show only some
      Title or reference<text: >
      Customer<customer: Any>
      Severity<severity: Any>
      Turn<turn: Waits for us>
      Repository<repository: Any>
      <mine: x> Only mine <Show> [Show everything](/o/acme-db)
      ## Waits for us (1)
      Something was asked of the author’s side. Nothing moves before it is answered.
      ### [Shinshu Bank](/o/acme-db/customers/shinshu-bank)
      Waits for us: Shinshu Bank
      Severity | Patch | Case | How long | What happens next
      S1 | [Lift the limit of exports](/o/acme-db/r/engine/2) / engine#2 |
      [CASE-8](/o/acme-db/cases/2) <img src=x onerror="alert(1)">
      | 1 working hour {2 Mar 2026, 13:00 GMT+9} | The author’s side is told on Thu 5 Mar that it is their turn {5 Mar 2026, 13:00 GMT+9}"
    `);
    expect(pageText(await dana.open(`${BOARD}?proposals=1`))).toMatchInlineSnapshot(`
      "# Waiting
      Show only some
      Title or reference<text: >
      Customer<customer: Any>
      Severity<severity: Any>
      Turn<turn: Any>
      Repository<repository: Any>
      <mine: > Only mine <Show> [Show everything](/o/acme-db)
      ## Links to confirm or drop
      Somebody’s words name these cases. A proposed link does nothing until support confirms it.
      Links to confirm or drop
      Patch | Case | Customer | Proposed | Answer
      [Typo](/o/acme-db/r/engine/3) / engine#3 | [CASE-9](/o/acme-db/cases/3) | | 2 Mar 2026 {2 Mar 2026, 10:00 GMT+9} / proposed by stranger |
      <Confirm the link to CASE-9>
      <Drop the link to CASE-9>"
    `);
    seeAll(app, lock, limit, typo, draft);
    expect([app.reactionsOn(first), app.reactionsOn(second)]).toEqual([["+1"], ["+1"]]);
    await app.expectNothingElse();
  });
});
