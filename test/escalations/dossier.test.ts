// A dossier as each reader gets it, whole, and what is cut out of it for whom.
import { describe, expect, test } from "vitest";
import type { Asked } from "../../src/escalations/dossier.ts";
import { isOnlyOf, readableBy } from "../../src/escalations/dossier-for.ts";
import { dossierMessage } from "../../src/escalations/messages-dossier.ts";
import type { Message } from "../../src/notify/message.ts";
import { renderText } from "../../src/notify/render-text.ts";
import { at, bankCase, decider, dossier, otherCase, owner, shared, supporter } from "./dossiers.ts";

const whole = (message: Message): string => `${message.subject}\n\n${renderText(message)}`;

const DECIDERS: Asked = { what: "deciders", decideByAt: at("2026-03-20T09:00:00Z"), first: [] };

const headingsOf = ({ blocks }: Message): readonly string[] =>
  blocks.flatMap((block) => (block.kind === "heading" ? [block.text] : []));

describe("an account owner", () => {
  test("is asked one plain question, then reads what is wrong and where the fix stands", () => {
    expect(whole(dossierMessage(dossier(), owner()))).toMatchInlineSnapshot(`
      "Please decide by Wednesday 18 March 2026: the fix that Shinshu Bank waits for

      Shinshu Bank waits for a fix. It lies with the maintainers of the
      software, for 12 working days now without an answer.

      Shall we put it before the people who decide? Please answer by Wednesday
      18 March 2026, 09:00.

      Recommendation: put it before the deciders (kenji, the consultant, wrote
      it; severity S2; there is no workaround).

      - Put it before the deciders: They get this evidence privately and are
        asked for a decision. Yes, yes with changes, no or later: whatever
        they say, Shinshu Bank gets an answer.
      - Wait until a date: Shinshu Bank goes on waiting until then, and you
        are asked again on that day. Please say why: whoever linked the case
        reads it.
      - Do not put it before them: It stays with the maintainers, and Shinshu
        Bank goes on waiting. Please say why: whoever linked the case reads
        it.
      - No answer: You are asked once more, and your deputy with you. After
        that it goes to the deciders, with a line that you were not heard.

      * Put it before the deciders
        https://pa.example/answer/t

      * Wait until a date
        https://pa.example/answer/t

      * Do not
        https://pa.example/answer/t

      What is wrong
      -------------

      CASE-7 Search stops after the update
      <https://support.acme.example/CASE-7>

      > Since the update the nightly search stops. The fix keeps the index
      > open while it is read.

      Severity: S2 (S1 is the gravest, S4 the least)
      At stake: The renewal in April depends on it.
      Needed by: Wednesday 1 April 2026: year-end closing
      Waiting: since Monday 2 February 2026

      Where the fix stands
      --------------------

      The fix: Keep the index open while it is read
        <https://github.com/acme-db/engine/pull/12>
      Software: acme-db/engine
      Without an answer: for 12 working days

      Workaround
      ----------

      none

      Next report to the customer
      ---------------------------

      Friday 20 March 2026

      What has happened
      -----------------

      - Monday 9 February 2026: kenji handed the fix in
      - Wednesday 11 February 2026: mira, a maintainer, asked for changes
      - Monday 16 February 2026: kenji handed in an update
      - Monday 23 February 2026: reminder to mira, acme-db/engine
      - Monday 2 March 2026: the maintainers were reminded

      ========================================================================

      Written by: kenji
      Consultant: kenji
      Size: 3 files, 120 lines added, 14 removed
      Required tests: all 2 passed
      Other tests: 1 of 2 failing: docs; 1 of 2 still running
      Reviews: dana approved it
        <https://github.com/acme-db/engine/pull/12#pullrequestreview-1>
      Held in all: maintainers 20 working days, author’s side 2 working days
      Reminders: Monday 23 February 2026: mira, acme-db/engine; Monday 2
        March 2026: the maintainers
      "
    `);
  });

  test("gets it in Japanese as a report of how it came about, which closes with what is asked", () => {
    const message = dossierMessage(dossier(), owner({ language: "ja", timezone: "Asia/Tokyo" }));
    expect(headingsOf(message)).toEqual([
      "お困りの内容",
      "修正の状況",
      "回避策",
      "お客様への次回報告予定",
      "経過",
      "お選びください",
    ]);
    expect(whole(message)).toMatchInlineSnapshot(`
      "【経緯報告】Shinshu Bank 様がお待ちの修正について：2026年3月18日（水）までにご判断をお願いいたします

      Shinshu Bank 様がお待ちの修正について、経緯をご報告いたします。開発元の
      回答待ちの期間は、12 営業日になりました。

      お困りの内容
      ------------

      CASE-7 Search stops after the update
      <https://support.acme.example/CASE-7>

      > Since the update the nightly search stops. The fix keeps the index
      > open while it is read.

      重大度：S2（S1 が最も重大、S4 が最も軽微）
      影響：The renewal in April depends on it.
      ご希望の期日：2026年4月1日（水）（理由: year-end closing）
      お待ちの期間：2026年2月2日（月）から

      修正の状況
      ----------

      修正：Keep the index open while it is read
        <https://github.com/acme-db/engine/pull/12>
      対象ソフトウェア：acme-db/engine
      回答待ちの期間：12 営業日

      回避策
      ------

      なし

      お客様への次回報告予定
      ----------------------

      2026年3月20日（金）

      経過
      ----

      - 2026年2月9日（月） kenji さんが修正を提出しました
      - 2026年2月11日（水） 開発元の mira さんから変更のご要望がありました
      - 2026年2月16日（月） kenji さんが更新を提出しました
      - 2026年2月23日（月） mira さん、acme-db/engine の皆さまにご確認をお願い
        しました
      - 2026年3月2日（月） 開発元にご確認をお願いしました

      お選びください
      --------------

      この件を意思決定者に上げるかどうか、2026年3月18日（水）18:00 までにご回
      答をお願いいたします。

      意思決定者に上げることをお勧めします（担当コンサルタントの kenji さんが
      作成、重大度 S2、回避策なし）。

      - 意思決定者に上げる：この資料を意思決定者に非公開でお送りし、判断をお願
        いします。取り込み、変更のうえ取り込み、見送り、後日のいずれであって
        も、Shinshu Bank 様にお返事ができます。
      - 日付まで待つ：Shinshu Bank 様にはその日までお待ちいただき、その日にあ
        らためてお尋ねします。理由は、ケースを関連付けた担当者にお伝えします。
      - 今回は見送る：意思決定者には上げず、Shinshu Bank 様には引き続きお待ち
        いただきます。理由は、ケースを関連付けた担当者にお伝えします。
      - ご回答がない場合：代理の方も含めて、もう一度お尋ねします。その後もご回
        答がないときは、お客様担当から回答をいただいていない旨を添えて、意思決
        定者に上げます。

      * Put it before the deciders
        https://pa.example/answer/t

      * Wait until a date
        https://pa.example/answer/t

      * Do not
        https://pa.example/answer/t

      ========================================================================

      作成者：kenji
      担当コンサルタント：kenji
      変更の規模：3 ファイル、120 行追加、14 行削除
      必須のテスト：2 件すべて成功
      その他のテスト：2 件中 1 件が失敗（docs）、2 件中 1 件が実行中
      レビュー：dana さんが承認
        <https://github.com/acme-db/engine/pull/12#pullrequestreview-1>
      累計の対応時間：開発元 20 営業日、作成者側 2 営業日
      ご確認のお願い：2026年2月23日（月） mira、acme-db/engine／2026年3月2日
        （月） 開発元
      "
    `);
  });

  test("of one of several customers reads of the others only how many they are", () => {
    const first = [
      { code: "anyway", missing: ["conflict"], by: "dana", reason: "Other Mill is about to leave." },
      { code: "unknown-words", words: ["stake"] },
    ] as const;
    const request = { by: "dana", reason: "Other Mill is about to leave." };
    const message = dossierMessage(
      shared({ request, asked: { what: "account-owner", decideByAt: null, first } }),
      owner(),
    );
    expect(JSON.stringify(message)).not.toMatch(
      /other[ -](?:mill|owner|title|summary|stake|workaround|reason|consultant)/iu,
    );
    expect(JSON.stringify(message)).not.toContain("CASE-9");
    expect(whole(message)).toContain("Also waiting: 1 other customer\n");
    expect(whole(message)).toContain(
      "This cannot simply be decided yet: it conflicts with newer changes. dana\nasked for it anyway.\n",
    );
    expect(whole(message)).toContain("Severity: S2");
  });

  test("is told how else to answer where no page can be reached", () => {
    const nowhere = [{ label: "Put it before the deciders", url: null, value: null, style: "primary" }] as const;
    for (const language of ["en", "ja"] as const) {
      const { blocks } = dossierMessage(dossier(), owner({ language, choices: nowhere }));
      expect(blocks.some((block) => block.kind === "choices")).toBe(false);
    }
    expect(whole(dossierMessage(dossier(), owner({ choices: nowhere })))).toContain(
      `If there is no button to press here, tell kenji, the consultant, or
support what you decided. Whoever has an account on GitHub can also
write /case escalate with a reason on the page of the fix to put it
before the deciders.
`,
    );
    const inJapanese = whole(dossierMessage(dossier(), owner({ language: "ja", choices: nowhere })));
    expect(inJapanese.replaceAll(/(?<=\S)\n(?=\S)/gu, "")).toContain(
      "ボタンが表示されない場合は、担当コンサルタントの kenji さんまたはサポートにご回答をお伝えください。GitHub のアカウントをお持ちの方は、修正のページに /case escalate と理由を書いて、意思決定者に上げることもできます。",
    );
  });

  test("is told at once, and asked nothing, where the gravest goes before the deciders", () => {
    const urgent = dossier({ asked: DECIDERS, cases: [bankCase({ severity: "S1" })] });
    const message = dossierMessage(urgent, owner({ choices: [] }));
    expect(whole(message).split("\n\n").slice(0, 3)).toEqual([
      "Urgent: Before the deciders now: the fix that Shinshu Bank waits for",
      "Shinshu Bank waits for a fix. It lies with the maintainers of the\nsoftware, for 12 working days now without an answer.",
      "The people who decide have been asked for a decision by Friday 20 March\n2026, 09:00. You need not do anything; you hear what they say.",
    ]);
    expect(dossierMessage(urgent, owner({ choices: [], language: "ja" })).subject).toBe(
      "【至急】【経緯報告】Shinshu Bank 様がお待ちの修正について：意思決定者に判断をお願いしました",
    );
  });

  test("reads what silence leads to: the deciders for the two gravest, a list for the others", () => {
    const silence = (severity: "S2" | "S3", first: Asked["first"], language: "en" | "ja") =>
      JSON.stringify(
        dossierMessage(
          dossier({ cases: [bankCase({ severity })], asked: { ...dossier().asked, first } }),
          owner({ language }),
        ),
      );
    const again = [{ code: "again", askedAt: at("2026-03-16T09:00:00Z") }] as const;
    expect(silence("S2", [], "en")).toContain(
      "You are asked once more, and your deputy with you. After that it goes to the deciders, with a line that you were not heard.",
    );
    expect(silence("S3", again, "en")).toContain('": ","It stays where it is and is listed as unanswered."');
    expect(silence("S2", again, "ja")).toContain(
      '"お客様担当から回答をいただいていない旨を添えて、意思決定者に上げます。"',
    );
    expect(silence("S3", [], "ja")).toContain(
      "代理の方も含めて、もう一度お尋ねします。その後もご回答がないときは、上げずに、回答待ちとして一覧に載せます。",
    );
  });
});

describe("deciders and support", () => {
  test("deciders read on one page what is asked, what each answer means and who waits", () => {
    const first = [{ code: "owner-not-heard" }, { code: "again", askedAt: at("2026-03-13T09:00:00Z") }] as const;
    expect(whole(dossierMessage(shared({ asked: { ...DECIDERS, first } }), decider()))).toMatchInlineSnapshot(`
      "Urgent: Decision asked for by Friday 20 March 2026: acme-db/engine#12 (severity S1)

      The account owner was asked twice and has not been heard.

      This was asked on Friday 13 March 2026, and no decision has been made
      yet.

      Please decide by Friday 20 March 2026, 09:00 about acme-db/engine#12:
      Keep the index open while it is read
      <https://github.com/acme-db/engine/pull/12>.

      Recommendation: take it (kenji, the consultant, wrote it; severity S1).

      - Take it: The fix reaches Shinshu Bank and Other Mill with the next
        release. Approve and merge it.
      - Take it with changes: The fix reaches Shinshu Bank and Other Mill that
        much later, and support can say for what. Request the changes in a
        review; the author’s side makes them.
      - Not: Support tells Shinshu Bank and Other Mill, with your reason; not
        everybody has a workaround. Close it with a word why.
      - Later: Support tells Shinshu Bank and Other Mill the date, and nobody
        asks you before it. Write /case later YYYY-MM-DD reason on it.
      - No answer: The waiting goes on without an end in sight. You are asked
        once more, then weekly at most.
      - Somebody looks into it: /case take on it holds all this for up to 10
        working days.

      Who waits, and for what
      -----------------------

      2 customers wait, the first of them since Monday 12 January 2026.

      Shinshu Bank: CASE-7 Search stops after the update
      <https://support.acme.example/CASE-7>

      > Since the update the nightly search stops. The fix keeps the index
      > open while it is read.

      Severity: S2
      At stake: The renewal in April depends on it.
      Workaround: none
      Needed by: Wednesday 1 April 2026: year-end closing
      Next report promised: Friday 20 March 2026

      Other Mill: CASE-9 Other title

      > Other summary.

      Severity: S1
      At stake: Other stake.
      Workaround: Other workaround.
      Needed by: Wednesday 25 March 2026: other reason
      Next report promised: Wednesday 18 March 2026

      ========================================================================

      Written by: kenji
      Consultant: kenji, other-consultant
      Size: 3 files, 120 lines added, 14 removed
      Required tests: all 2 passed
      Other tests: 1 of 2 failing: docs; 1 of 2 still running
      Reviews: dana approved it
        <https://github.com/acme-db/engine/pull/12#pullrequestreview-1>
      Held in all: maintainers 20 working days, author’s side 2 working days
      Reminders: Monday 23 February 2026: mira, acme-db/engine; Monday 2
        March 2026: the maintainers
      As of commit: aaaaaaaaaaaa

      What has happened
      -----------------

      - Monday 9 February 2026: kenji handed the fix in
      - Wednesday 11 February 2026: mira, a maintainer, asked for changes
      - Monday 16 February 2026: kenji handed in an update
      - Monday 23 February 2026: reminder to mira, acme-db/engine
      - Monday 2 March 2026: the maintainers were reminded
      "
    `);
  });

  test("deciders read it in Japanese", () => {
    const first = [
      { code: "anyway", missing: ["checks-failing", "conflict"], by: "dana", reason: "更新が近いため" },
      { code: "put-off-is-over", until: at("2026-03-13T09:00:00Z") },
    ] as const;
    expect(
      whole(dossierMessage(dossier({ asked: { ...DECIDERS, first } }), decider({ language: "ja" }))),
    ).toMatchInlineSnapshot(`
      "【ご判断のお願い】acme-db/engine#12（重大度 S2）：2026年3月20日（金）まで

      この修正は、まだそのままではご判断いただけません（必須のテストが失敗して
      います。新しい変更と競合しています）。dana さんの依頼により、それでもお
      送りしています（理由: 更新が近いため）。

      2026年3月13日（金）まで保留とされていましたが、その日になりました。

      acme-db/engine#12: Keep the index open while it is read
      <https://github.com/acme-db/engine/pull/12> について、2026年3月20日
      （金）09:00 までにご判断をお願いいたします。

      取り込みをお勧めします（担当コンサルタントの kenji さんが作成、重大度
      S2、回避策なし）。

      - 取り込む：Shinshu Bank 様には、次のリリースで修正をお届けできます。承
        認してマージしてください。
      - 変更のうえ取り込む：Shinshu Bank 様には、理由をお伝えしたうえで、その
        分お待ちいただきます。レビューで変更をご依頼ください。作成者側が対応し
        ます。
      - 見送る：Shinshu Bank 様には、理由とともにお伝えします。回避策はありま
        せん。理由を添えてクローズしてください。
      - 後日にする：Shinshu Bank 様には日付をお伝えし、その日まではお尋ねしま
        せん。プルリクエストに /case later YYYY-MM-DD 理由 とお書きください。
      - ご回答がない場合：お客様には、見通しのないままお待ちいただくことになり
        ます。もう一度お願いし、その後は多くても週に一度お願いします。
      - どなたかが確認に入られる場合は、プルリクエストに /case take とお書きく
        ださい。最長 10 営業日、手続きを止めます。

      お待ちのお客様と内容
      --------------------

      1 社が 2026年2月2日（月）からお待ちです。

      Shinshu Bank 様：CASE-7 Search stops after the update
      <https://support.acme.example/CASE-7>

      > Since the update the nightly search stops. The fix keeps the index
      > open while it is read.

      重大度：S2
      影響：The renewal in April depends on it.
      回避策：なし
      ご希望の期日：2026年4月1日（水）（理由: year-end closing）
      次回報告予定：2026年3月20日（金）

      ========================================================================

      作成者：kenji
      担当コンサルタント：kenji
      変更の規模：3 ファイル、120 行追加、14 行削除
      必須のテスト：2 件すべて成功
      その他のテスト：2 件中 1 件が失敗（docs）、2 件中 1 件が実行中
      レビュー：dana さんが承認
        <https://github.com/acme-db/engine/pull/12#pullrequestreview-1>
      累計の対応時間：開発元 20 営業日、作成者側 2 営業日
      ご確認のお願い：2026年2月23日（月） mira、acme-db/engine／2026年3月2日
        （月） 開発元
      対象コミット：aaaaaaaaaaaa

      経過
      ----

      - 2026年2月9日（月） kenji さんが修正を提出しました
      - 2026年2月11日（水） 開発元の mira さんから変更のご要望がありました
      - 2026年2月16日（月） kenji さんが更新を提出しました
      - 2026年2月23日（月） mira さん、acme-db/engine の皆さまにご確認をお願い
        しました
      - 2026年3月2日（月） 開発元にご確認をお願いしました
      "
    `);
  });

  test("support reads who is asked and what is still unknown", () => {
    const cases = [bankCase({ stake: null, workaround: null, neededBy: null, nextReport: null })];
    const request = { by: "dana", reason: "They asked twice." };
    const told = (language: "en" | "ja") =>
      whole(dossierMessage(dossier({ cases, request, view: null }), supporter({ language })));
    expect(told("en").split("========")[0]).toMatchInlineSnapshot(`
      "The account owner is asked: acme-db/engine#12

      dana asked for this step: They asked twice.

      Whether this goes before the deciders is asked of Sato, for an answer by
      Wednesday 18 March 2026, 09:00. This is for your information.

      Still unknown: what is at stake, whether there is a workaround. Whoever
      knows writes it on the case: /case summary, /case stake, /case
      workaround, /case severity or /case customer.

      The fix: acme-db/engine#12: Keep the index open while it is read
        <https://github.com/acme-db/engine/pull/12>

      Who waits, and for what
      -----------------------

      One customer waits, since Monday 2 February 2026.

      Shinshu Bank: CASE-7 Search stops after the update
      <https://support.acme.example/CASE-7>

      > Since the update the nightly search stops. The fix keeps the index
      > open while it is read.

      Severity: S2
      At stake: unknown
      Workaround: unknown

      "
    `);
    expect(told("ja").split("========")[0]).toMatchInlineSnapshot(`
      "【ご連絡】acme-db/engine#12 についてお客様担当に判断をお願いしました

      dana さんの依頼によりお送りしています（理由: They asked twice.）。

      お客様担当（Sato さん）に、意思決定者に上げるかどうかの判断を、2026年3月
      18日（水）09:00 までにお願いしています。ご参考までにお送りします。

      不明な点: 影響、回避策の有無。ご存じの方は、ケースに /case summary、
      /case stake、/case workaround、/case severity、/case customer でお書きく
      ださい。

      修正：acme-db/engine#12: Keep the index open while it is read
        <https://github.com/acme-db/engine/pull/12>

      お待ちのお客様と内容
      --------------------

      1 社が 2026年2月2日（月）からお待ちです。

      Shinshu Bank 様：CASE-7 Search stops after the update
      <https://support.acme.example/CASE-7>

      > Since the update the nightly search stops. The fix keeps the index
      > open while it is read.

      重大度：S2
      影響：不明
      回避策：不明

      "
    `);
  });
});

describe("who is asked in an account owner's place", () => {
  test.each([
    [
      "Sato",
      "en",
      "No way to reach Sato is known, so you are asked instead. An address can be added in customers.yml.",
    ],
    [
      null,
      "en",
      "Nobody is known to own the account, so you are asked instead. The account owner can be added in customers.yml.",
    ],
    ["Sato", "ja", "Sato さんの連絡先の登録がないため、代わりにお尋ねしています。customers.yml にご登録ください。"],
    [null, "ja", "お客様担当の登録がないため、代わりにお尋ねしています。customers.yml にご登録ください。"],
  ] as const)("is told so first, and what to mend: %s, in %s", (insteadOf, language, line) => {
    const message = dossierMessage(dossier(), owner({ language, insteadOf }));
    expect(renderText({ ...message, blocks: message.blocks.slice(0, 1) }).replaceAll(/\s+/g, "")).toBe(
      line.replaceAll(" ", ""),
    );
    expect(JSON.stringify(dossierMessage(dossier(), owner({ language })))).not.toContain("customers.yml");
  });
});

describe("that it was asked before", () => {
  const again = (what: "account-owner" | "deciders") =>
    dossier({
      asked: { what, decideByAt: null, first: [{ code: "again", askedAt: at("2026-03-13T09:00:00Z") }] },
    });
  const readers = { owner, decider, support: supporter } as const;
  test.each([
    ["account-owner", "owner", "en", "This was asked on Friday 13 March 2026, and no answer has come yet."],
    [
      "account-owner",
      "support",
      "en",
      "The account owner was asked on Friday 13 March 2026, and no answer has come yet.",
    ],
    ["deciders", "owner", "en", "The deciders were asked on Friday 13 March 2026, and no decision has been made yet."],
    ["deciders", "decider", "en", "This was asked on Friday 13 March 2026, and no decision has been made yet."],
    [
      "deciders",
      "support",
      "en",
      "The deciders were asked on Friday 13 March 2026, and no decision has been made yet.",
    ],
    ["account-owner", "owner", "ja", "2026年3月13日（金）にお尋ねしましたが、まだご回答をいただいておりません。"],
    [
      "account-owner",
      "support",
      "ja",
      "お客様担当には 2026年3月13日（金）にお尋ねしましたが、まだご回答をいただいておりません。",
    ],
    [
      "deciders",
      "owner",
      "ja",
      "意思決定者には 2026年3月13日（金）にお願いしましたが、まだご判断をいただいておりません。",
    ],
    ["deciders", "decider", "ja", "2026年3月13日（金）にお願いしましたが、まだご判断をいただいておりません。"],
    [
      "deciders",
      "support",
      "ja",
      "意思決定者には 2026年3月13日（金）にお願いしましたが、まだご判断をいただいておりません。",
    ],
  ] as const)("reproaches nobody who is not asked: of %s to %s in %s", (what, reader, language, line) => {
    const [first] = dossierMessage(again(what), readers[reader]({ language })).blocks;
    expect(JSON.stringify(first)).toContain(line);
  });
});

test("a dossier is one customer's alone only where nobody else waits, be it with a case or as the author", () => {
  const otherAuthor = { ...dossier(), customers: shared().customers };
  expect(isOnlyOf(dossier(), "shinshu-bank")).toBe(true);
  expect(isOnlyOf(shared(), "shinshu-bank")).toBe(false);
  expect(isOnlyOf(otherAuthor, "shinshu-bank")).toBe(false);
  expect(isOnlyOf(dossier(), null)).toBe(false);
  expect(isOnlyOf(dossier({ cases: [bankCase({ customerId: null })] }), null)).toBe(true);
});

describe("the recommendation", () => {
  const recommended = (over: Parameters<typeof dossier>[0]) => readableBy(dossier(over), decider()).recommendation;

  test.each([
    ["the consultant who wrote it", {}, { answer: "take", by: "kenji", as: "consultant", did: "wrote" }],
    [
      "the consultant who linked it",
      { patch: { ...dossier().patch, author: "sb-dev1" } },
      { answer: "take", by: "kenji", as: "consultant", did: "linked" },
    ],
    [
      "a supporter who linked it, while changes are asked for",
      {
        patch: { ...dossier().patch, author: "sb-dev1" },
        cases: [bankCase({ linkedBy: "dana" })],
        changesRequestedBy: ["mira"],
      },
      { answer: "take-with-changes", by: "dana", as: "supporter", did: "linked" },
    ],
  ])("is made for %s", (_, over, expected) => {
    expect(recommended(over)).toMatchObject(expected);
  });

  test("is left out where no supporter stands for it", () => {
    const patch = { ...dossier().patch, author: "sb-dev1" };
    expect(recommended({ patch, cases: [bankCase({ linkedBy: null })] })).toBeNull();
  });

  test("says that there is no workaround only where nobody has one", () => {
    expect(recommended({})?.hasNoWorkaround).toBe(true);
    expect(recommended({ cases: [bankCase(), otherCase()] })?.hasNoWorkaround).toBe(false);
  });
});
