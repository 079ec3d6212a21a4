// The other texts of the ladder, whole and in both languages.
import { describe, expect, test } from "vitest";
import { renderPublic } from "../../src/effects/public-text.ts";
import { rankedListMessage, urgentSummary } from "../../src/escalations/messages-deciders.ts";
import { decisionRequestText } from "../../src/escalations/messages-request.ts";
import { askSupportMessage, ownerSilentMessage } from "../../src/escalations/messages-support.ts";
import { type Outcome, outcomeMessage, ownersAnswerMessage } from "../../src/escalations/messages-told-back.ts";
import type { Message } from "../../src/notify/message.ts";
import { renderText } from "../../src/notify/render-text.ts";
import type { Language } from "../../src/policy/policy.ts";
import { at, dossier, otherCase, shared } from "./dossiers.ts";

const whole = (message: Message): string => `${message.subject}\n\n${renderText(message)}`;
const { patch } = dossier();
const common = (language: Language) => ({ language, timezone: "UTC", patch });

describe("support", () => {
  test("is asked for what the dossier lacks, with the words to write and where", () => {
    const asked = (language: Language) =>
      whole(
        askSupportMessage({
          ...common(language),
          lacking: [
            { reference: "acme-db/cases#7", word: "customer" },
            { reference: "acme-db/cases#7", word: "severity" },
            { reference: "CASE-8", word: "stake" },
            { reference: "CASE-8", word: "workaround" },
            { reference: null, word: "summary" },
          ],
          caseUrls: new Map([["acme-db/cases#7", "https://github.com/acme-db/cases/issues/7"]]),
          untilAt: at("2026-03-17T09:00:00Z"),
        }),
      );
    expect(asked("en")).toMatchInlineSnapshot(`
      "Please complete the case: acme-db/engine#12 goes to the account owner next

      The account owner is about to be asked whether acme-db/engine#12: Keep
      the index open while it is read
      <https://github.com/acme-db/engine/pull/12> goes before those who
      decide. So that this can be answered, please write what is missing by
      Tuesday 17 March 2026, 09:00.

      In a comment on acme-db/cases#7
      <https://github.com/acme-db/cases/issues/7>:

      - which customer it concerns: /case customer ID
      - how grave it is, S1 (worst) to S4: /case severity S1

      Of CASE-8, in the next import from your help desk (cases import):

      - what is at stake (stake)
      - a workaround, or the word none (workaround)

      No open case is linked. In a comment on the pull request: /case link
      REF. Then, on the case:

      - what goes wrong and what the fix changes, in plain words: /case
        summary TEXT

      After that it goes on all the same, and what is missing is shown as
      unknown.
      "
    `);
    expect(asked("ja")).toMatchInlineSnapshot(`
      "【ご記入のお願い】acme-db/engine#12 をお客様担当にお送りする前に

      acme-db/engine#12: Keep the index open while it is read
      <https://github.com/acme-db/engine/pull/12> を意思決定者に上げるかどう
      か、まもなくお客様担当にお尋ねします。判断していただけるよう、不足してい
      る点を 2026年3月17日（火）09:00 までにご記入ください。

      acme-db/cases#7 <https://github.com/acme-db/cases/issues/7> のコメント
      に：

      - 対象のお客様：/case customer ID
      - 重大度（S1 が最も重大、S4 まで）：/case severity S1

      ヘルプデスクからのインポート（cases import）で、CASE-8 について：

      - 影響 (stake)
      - 回避策（ない場合は none） (workaround)

      関連付けられた未解決のケースがありません。プルリクエストのコメントに
      /case link REF とお書きのうえ、ケースに次の内容をお書きください。

      - お困りの内容と、修正で変わること（平易な言葉で）：/case summary 内容

      この時刻を過ぎますと、不足している点は「不明」としてお送りします。
      "
    `);
  });

  test("hears that the account owner has not answered", () => {
    const silent = (language: Language) =>
      whole(
        ownerSilentMessage({
          ...common(language),
          owners: [
            { customer: "Shinshu Bank", name: "Sato", instead: [] },
            { customer: "Other Mill", name: null, instead: [] },
            { customer: "Kita Rail", name: "Abe", instead: ["Kenji"] },
          ],
          askedAt: at("2026-03-10T09:00:00Z"),
          askedAgainAt: at("2026-03-12T09:00:00Z"),
        }),
      );
    expect(silent("en")).toMatchInlineSnapshot(`
      "The account owner has not answered: acme-db/engine#12

      The account owner was asked on Tuesday 10 March 2026 and again on
      Thursday 12 March 2026 whether acme-db/engine#12: Keep the index open
      while it is read <https://github.com/acme-db/engine/pull/12> goes before
      those who decide, and has not answered. It stays where it is until
      somebody does.

      Who was asked
      -------------

      - Shinshu Bank: Sato
      - Other Mill: nobody is known to own the account
      - Kita Rail: Kenji, since no way to reach Abe is known

      Please speak to them. If it has to go on meanwhile, /case escalate with
      a reason on the pull request asks them anew.
      "
    `);
    expect(silent("ja")).toMatchInlineSnapshot(`
      "【ご連絡】acme-db/engine#12：お客様担当の回答待ちです

      acme-db/engine#12: Keep the index open while it is read
      <https://github.com/acme-db/engine/pull/12> を意思決定者に上げるかどう
      か、お客様担当に 2026年3月10日（火）と 2026年3月12日（木）にお尋ねしまし
      たが、回答待ちのままです。ご回答があるまで、このままとなります。

      お尋ねした方
      ------------

      - Shinshu Bank 様：Sato さん
      - Other Mill 様：お客様担当の登録がありません
      - Kita Rail 様：Kenji さん（Abe さんの連絡先の登録がありません）

      お手数ですが、直接ご確認ください。先に進める必要がある場合は、プルリクエ
      ストに /case escalate と理由をお書きいただくと、あらためてお尋ねします。
      "
    `);
  });
});

describe("what the account owner answered", () => {
  const untilAt = at("2026-04-10T09:00:00Z");
  const told = (language: Language, answer: Parameters<typeof ownersAnswerMessage>[0]["answer"]) =>
    whole(ownersAnswerMessage({ ...common(language), by: "Sato", answer }));

  test("a wait goes back with its reason to whoever made the link", () => {
    expect(told("en", { kind: "wait", untilAt, reason: "The renewal comes first." })).toMatchInlineSnapshot(`
      "The account owner waits: acme-db/engine#12

      Sato was asked about acme-db/engine#12: Keep the index open while it is
      read <https://github.com/acme-db/engine/pull/12> and waits until Friday
      10 April 2026.

      The reason:

      > The renewal comes first.

      On that day the question comes up again by itself. If it cannot wait,
      /case escalate with a reason on the pull request asks anew.
      "
    `);
    expect(told("ja", { kind: "wait", untilAt, reason: "更新契約を先に進めるため" })).toMatchInlineSnapshot(`
      "【ご連絡】acme-db/engine#12：お客様担当の判断により待ちます

      acme-db/engine#12: Keep the index open while it is read
      <https://github.com/acme-db/engine/pull/12> について、Sato さんは 2026年
      4月10日（金）まで待つと判断されました。

      理由:

      > 更新契約を先に進めるため

      その日に、あらためてお尋ねします。お待ちいただけなくなった場合は、プルリ
      クエストに /case escalate と理由をお書きください。
      "
    `);
  });

  test("so does a no", () => {
    expect(told("en", { kind: "no", reason: "They move to another product." })).toMatchInlineSnapshot(`
      "The account owner does not put it before the deciders: acme-db/engine#12

      Sato was asked about acme-db/engine#12: Keep the index open while it is
      read <https://github.com/acme-db/engine/pull/12> and does not put it
      before those who decide.

      The reason:

      > They move to another product.

      It goes no further until somebody asks anew: /case escalate with a
      reason on the pull request does so.
      "
    `);
    expect(told("ja", { kind: "no", reason: "別製品への移行が決まったため" })).toMatchInlineSnapshot(`
      "【ご連絡】acme-db/engine#12：意思決定者に上げるのは今回は見送りとなりました

      acme-db/engine#12: Keep the index open while it is read
      <https://github.com/acme-db/engine/pull/12> について、Sato さんは意思決
      定者に上げるのを今回は見送ると判断されました。

      理由:

      > 別製品への移行が決まったため

      あらためて依頼があるまで、上げることはありません。状況が変わりましたら、
      プルリクエストに /case escalate と理由をお書きください。
      "
    `);
  });
});

describe("what came of it", () => {
  const until = at("2026-04-10T09:00:00Z");
  const told = (language: Language, outcome: Outcome, wordsUrl: string | null = null) =>
    outcomeMessage({ ...common(language), customer: "Shinshu Bank", outcome, wordsUrl });
  const OUTCOMES: readonly Outcome[] = [
    { kind: "answered", by: "mira" },
    { kind: "changes-requested", by: "mira" },
    { kind: "approved", by: "mira" },
    { kind: "taken", by: "mira", until },
    { kind: "put-off", by: "mira", until, reason: "After release 2.0." },
    { kind: "merged", by: "mira" },
    { kind: "landed", by: null },
    { kind: "superseded", by: "mira" },
    { kind: "closed", by: "mira", isSure: true },
    { kind: "closed", by: null, isSure: false },
    { kind: "not-followed", by: null },
  ];

  test("the account owner reads it in a few lines, with the maintainers' words linked", () => {
    const link = "https://github.com/acme-db/engine/pull/12#issuecomment-5";
    expect(
      whole(told("en", { kind: "put-off", by: "mira", until, reason: "After 2.0." }, link)),
    ).toMatchInlineSnapshot(`
      "The fix that Shinshu Bank waits for: put off

      About the fix that Shinshu Bank waits for, acme-db/engine#12: Keep the
      index open while it is read <https://github.com/acme-db/engine/pull/12>:

      mira has put it off until Friday 10 April 2026, for this reason:

      > After 2.0.

      Shinshu Bank can be told that date. On that day it is taken up again by
      itself.

      Their own words
      <https://github.com/acme-db/engine/pull/12#issuecomment-5>
      "
    `);
    expect(
      whole(told("ja", { kind: "put-off", by: "mira", until, reason: "2.0 のあと" }, link)),
    ).toMatchInlineSnapshot(`
      "【ご連絡】Shinshu Bank 様がお待ちの修正：後日の検討となりました

      Shinshu Bank 様がお待ちの修正（acme-db/engine#12: Keep the index open
      while it is read <https://github.com/acme-db/engine/pull/12>）についてご
      連絡いたします。

      mira さんの判断により、2026年4月10日（金）にあらためて検討されることにな
      りました。理由は次のとおりです。

      > 2.0 のあと

      Shinshu Bank 様には、この日付をお伝えいただけます。その日に、あらためて
      進めます。

      ご本人のコメント
      <https://github.com/acme-db/engine/pull/12#issuecomment-5>
      "
    `);
  });

  const inShort = (language: Language): string =>
    OUTCOMES.map((outcome) => {
      const { subject, blocks } = told(language, outcome);
      const texts = blocks.flatMap((block) =>
        block.kind === "paragraph" ? block.line.map((piece) => (typeof piece === "string" ? piece : piece.text)) : [],
      );
      return [subject, ...texts.slice(3)].join("\n");
    }).join("\n\n");

  test("each outcome has its own words", () => {
    expect(inShort("en")).toMatchInlineSnapshot(`
      "The fix that Shinshu Bank waits for: the maintainers answered
      mira, a maintainer, has answered.
      So nothing more is asked of you for now. Should silence follow, you are asked again.

      The fix that Shinshu Bank waits for: changes are asked for
      mira, a maintainer, has asked for changes to it.
      So nothing more is asked of you for now. Should silence follow, you are asked again.

      The fix that Shinshu Bank waits for: it is approved
      mira, a maintainer, has approved it. It still has to be taken in.
      So nothing more is asked of you for now. Should silence follow, you are asked again.

      The fix that Shinshu Bank waits for: somebody has it in hand
      mira has it in hand until Friday 10 April 2026.
      So nothing more is asked of you for now. Should silence follow, you are asked again.

      The fix that Shinshu Bank waits for: put off
      mira has put it off until Friday 10 April 2026, for this reason:
      Shinshu Bank can be told that date. On that day it is taken up again by itself.

      The fix that Shinshu Bank waits for: taken
      It has been taken in.
      Shinshu Bank hears when a release contains it. With this the question to you is settled.

      The fix that Shinshu Bank waits for: taken
      It has been taken in another way.
      Shinshu Bank hears when a release contains it. With this the question to you is settled.

      The fix that Shinshu Bank waits for: another fix takes its place
      Another fix takes its place, and all cases move over to that one.
      With this the question to you is settled; should that one wait as well, you are asked anew.

      The fix that Shinshu Bank waits for: it will not be taken
      mira has closed it, and it will not be taken.
      Shinshu Bank needs another way; the consultant or support can say which.

      The fix that Shinshu Bank waits for: closed
      Somebody has closed it. Whether that is a no is not certain yet.
      You hear of it once it is.

      The fix that Shinshu Bank waits for: no longer followed
      It is no longer followed, because no case of a customer under contract is linked to it any more.
      With this the question to you is settled."
    `);
    expect(inShort("ja")).toMatchInlineSnapshot(`
      "【ご連絡】Shinshu Bank 様がお待ちの修正：開発元から回答がありました
      開発元の mira さんから回答がありました。
      現時点でお手続きは不要です。その後回答が途絶えた場合は、あらためてお尋ねします。

      【ご連絡】Shinshu Bank 様がお待ちの修正：変更のご要望がありました
      開発元の mira さんから変更のご要望がありました。
      現時点でお手続きは不要です。その後回答が途絶えた場合は、あらためてお尋ねします。

      【ご連絡】Shinshu Bank 様がお待ちの修正：承認されました
      開発元の mira さんが承認しました。取り込みはこれからです。
      現時点でお手続きは不要です。その後回答が途絶えた場合は、あらためてお尋ねします。

      【ご連絡】Shinshu Bank 様がお待ちの修正：担当者が決まりました
      mira さんが 2026年4月10日（金）まで担当します。
      現時点でお手続きは不要です。その後回答が途絶えた場合は、あらためてお尋ねします。

      【ご連絡】Shinshu Bank 様がお待ちの修正：後日の検討となりました
      mira さんの判断により、2026年4月10日（金）にあらためて検討されることになりました。理由は次のとおりです。
      Shinshu Bank 様には、この日付をお伝えいただけます。その日に、あらためて進めます。

      【ご連絡】Shinshu Bank 様がお待ちの修正：取り込まれました
      修正が取り込まれました。
      リリースに含まれましたら、Shinshu Bank 様のケースでお知らせします。お尋ねしていた件は、これで完了です。

      【ご連絡】Shinshu Bank 様がお待ちの修正：取り込まれました
      修正が別の形で取り込まれました。
      リリースに含まれましたら、Shinshu Bank 様のケースでお知らせします。お尋ねしていた件は、これで完了です。

      【ご連絡】Shinshu Bank 様がお待ちの修正：別の修正に引き継がれました
      別の修正に引き継がれ、関連するケースもすべてそちらに移りました。
      お尋ねしていた件は、これで完了です。引き継いだ修正も長くお待ちいただく場合は、あらためてお尋ねします。

      【ご連絡】Shinshu Bank 様がお待ちの修正：今回は見送りとなりました
      mira さんがクローズし、今回は見送りとなりました。
      Shinshu Bank 様には別の方法が必要です。担当コンサルタントまたはサポートにご相談ください。

      【ご連絡】Shinshu Bank 様がお待ちの修正：クローズされました
      担当者がクローズしました。見送りかどうかは、まだ確定していません。
      確定しましたら、ご連絡いたします。

      【ご連絡】Shinshu Bank 様がお待ちの修正：対象から外れました
      ご契約中のお客様のケースとの関連付けがなくなったため、対象から外れました。
      お尋ねしていた件は、これで完了です。"
    `);
  });
});

describe("deciders who have had their week's dossiers", () => {
  test("get one list, gravest first and of equals whoever waits longest", () => {
    const named = (number: number, over: Parameters<typeof dossier>[0]) =>
      dossier({ ...over, patch: { ...patch, number } });
    const dossiers = [
      named(1, { cases: [], customers: [], asked: { what: "deciders", decideByAt: null, first: [] } }),
      named(2, {}),
      shared({ patch: { ...patch, number: 3 } }),
      named(4, { cases: [otherCase({ severity: "S2" })], customers: [...shared().customers.slice(1)] }),
    ];
    expect(whole(rankedListMessage({ language: "en", timezone: "UTC", dossiers }))).toMatchInlineSnapshot(`
      "4 more decisions asked for, gravest first

      You have had as many single requests this week as you are sent at most.
      These wait for a decision as well:

      - acme-db/engine#3: Keep the index open while it is read
        <https://github.com/acme-db/engine/pull/12>: severity S1; waiting
        since Monday 12 January 2026: Shinshu Bank, Other Mill; needed by
        Wednesday 25 March 2026; a decision is asked for by Wednesday 18 March
        2026
      - acme-db/engine#4: Keep the index open while it is read
        <https://github.com/acme-db/engine/pull/12>: severity S2; waiting
        since Monday 12 January 2026: Other Mill; needed by Wednesday 25 March
        2026; a decision is asked for by Wednesday 18 March 2026
      - acme-db/engine#2: Keep the index open while it is read
        <https://github.com/acme-db/engine/pull/12>: severity S2; waiting
        since Monday 2 February 2026: Shinshu Bank; needed by Wednesday 1
        April 2026; a decision is asked for by Wednesday 18 March 2026
      - acme-db/engine#1: Keep the index open while it is read
        <https://github.com/acme-db/engine/pull/12>: severity unknown; waiting
        since Monday 16 February 2026

      Taking it, taking it with changes, no or later: each settles it, in a
      word on the pull request.
      "
    `);
    expect(whole(rankedListMessage({ language: "ja", timezone: "UTC", dossiers }))).toMatchInlineSnapshot(`
      "【ご判断のお願い】ほか 4 件（重大度順）

      今週は個別のお願いを上限までお送りしたため、ご判断をお待ちしている件を一
      覧でお送りします。

      - acme-db/engine#3: Keep the index open while it is read
        <https://github.com/acme-db/engine/pull/12>：重大度 S1、Shinshu Bank
        様、Other Mill 様が 2026年1月12日（月）からお待ちです、ご希望の期日
        2026年3月25日（水）、ご判断の期日 2026年3月18日（水）
      - acme-db/engine#4: Keep the index open while it is read
        <https://github.com/acme-db/engine/pull/12>：重大度 S2、Other Mill 様
        が 2026年1月12日（月）からお待ちです、ご希望の期日 2026年3月25日
        （水）、ご判断の期日 2026年3月18日（水）
      - acme-db/engine#2: Keep the index open while it is read
        <https://github.com/acme-db/engine/pull/12>：重大度 S2、Shinshu Bank
        様が 2026年2月2日（月）からお待ちです、ご希望の期日 2026年4月1日
        （水）、ご判断の期日 2026年3月18日（水）
      - acme-db/engine#1: Keep the index open while it is read
        <https://github.com/acme-db/engine/pull/12>：重大度は不明、2026年2月16
        日（月）からお待ちしています

      取り込み、変更のうえ取り込み、見送り、後日のいずれも、プルリクエストに一
      言お書きいただければ結構です。
      "
    `);
  });

  test("whoever is on call reads one line without a customer in it", () => {
    expect(urgentSummary(shared())).toBe("S1: a decision is asked for on acme-db/engine#12");
  });
});

describe("the one request on the pull request", () => {
  const words = {
    timezone: "Asia/Tokyo",
    mention: [{ kind: "team", organization: "acme-db", slug: "leads" }],
    named: [{ kind: "person", login: "mira" }],
    decideByAt: at("2026-03-20T09:00:00Z"),
    severity: "S2",
    isUnderContract: true,
    waited: { millis: 12 * 8 * 3_600_000, dayMillis: 8 * 3_600_000 },
  } as const;
  const asked = (language: Language, over: Partial<Parameters<typeof decisionRequestText>[0]> = {}) =>
    renderPublic(decisionRequestText({ ...words, language, ...over }), "none");

  test("names a date, what settles it and how to say so", () => {
    expect(asked("en")).toMatchInlineSnapshot(`
      "Hello @acme-db/leads, \`mira\`,

      This pull request has been waiting for a decision for **12 working days**, and somebody under a support contract depends on it (severity S2). Could you say by **2026-03-20 18:00** (\`Asia/Tokyo\`) what is to become of it?

      Taking it, taking it with changes, “no” or “later” all settle it, and which of them is yours to choose:

      - To take it, with or without changes: a review that says so
      - Not to take it: a word why, and closing it
      - To come back to it later: \`/case later YYYY-MM-DD reason\`
      - To look into it first: \`/case take\`

      \`/case why\` shows how this came about. This app never closes or merges anything."
    `);
    expect(asked("ja")).toMatchInlineSnapshot(`
      "@acme-db/leads の皆さま、 \`mira\` さん

      ご判断のお願いです。このプルリクエストは、ご判断を **12 営業日** お待ちしています。サポート契約をお持ちの方が、この変更を必要とされています（重大度: S2）。**2026-03-20 18:00**（\`Asia/Tokyo\`）までに、今後の扱いをお知らせいただけますでしょうか。

      取り込み、変更のうえ取り込み、「見送り」、「後日」のいずれでも結構です。どれを選ばれるかは、皆さまのご判断にお任せします。

      - 取り込まれる場合（変更の有無を問わず）: レビューでお知らせください
      - 見送られる場合: 理由を添えてクローズしてください
      - 後日にされる場合: \`/case later YYYY-MM-DD 理由\`
      - まず確認される場合: \`/case take\`

      これまでの経緯は \`/case why\` でご覧いただけます。このアプリがプルリクエストをクローズまたはマージすることはありません。"
    `);
  });

  test("says neither how long, how grave nor for whom where that may not be said or is not so", () => {
    const bare = {
      mention: [],
      named: [],
      severity: null,
      isUnderContract: false,
      waited: { millis: 0, dayMillis: 1 },
    } as const;
    expect(asked("en", bare).split("\n").slice(0, 3).join("\n")).toMatchInlineSnapshot(`
      "Hello,

      This pull request waits for a decision. Could you say by **2026-03-20 18:00** (\`Asia/Tokyo\`) what is to become of it?"
    `);
    expect(asked("ja", bare).split("\n").slice(0, 3).join("\n")).toMatchInlineSnapshot(`
      "ご担当の皆さま

      ご判断のお願いです。このプルリクエストは、ご判断をお待ちしています。**2026-03-20 18:00**（\`Asia/Tokyo\`）までに、今後の扱いをお知らせいただけますでしょうか。"
    `);
  });
});
