// A reminder, whole, as a maintainer reads it.
import { expect, test } from "vitest";
import { renderPublic } from "../../src/effects/public-text.ts";
import { type ReminderWords, reminderText } from "../../src/reminders/messages.ts";

const HOUR = 3_600_000;

const words: ReminderWords = {
  language: "en",
  addressees: {
    mention: [
      { kind: "person", login: "mira" },
      { kind: "team", organization: "acme-db", slug: "engine" },
    ],
    named: [],
  },
  waiting: { millis: 5 * 8 * HOUR, dayMillis: 8 * HOUR },
  isUnderContract: true,
  severity: "S2",
  references: ["CASE-7"],
  because: { code: "reminder-due", target: { amount: 5, unit: "d" }, severity: "S2" },
  timezone: "Asia/Tokyo",
};

const again: Partial<ReminderWords> = {
  addressees: { mention: [{ kind: "person", login: "dana" }], named: [{ kind: "person", login: "mira" }] },
  waiting: { millis: 10 * 8 * HOUR, dayMillis: 8 * HOUR },
  severity: null,
  because: { code: "next-reminder-due", every: { amount: 5, unit: "d" }, n: 2, limit: 2 },
};

const bare: Partial<ReminderWords> = {
  addressees: { mention: [], named: [] },
  waiting: { millis: 4 * HOUR, dayMillis: 8 * HOUR },
  isUnderContract: false,
  severity: null,
  references: [],
  because: { code: "reminder-due", target: { amount: 4, unit: "h" }, severity: "S1" },
};

test("the first reminder, where nothing may be told", () => {
  expect(renderPublic(reminderText(words), "none")).toMatchInlineSnapshot(`
    "Hello @mira, @acme-db/engine,

    This pull request has been waiting for an answer from its maintainers for **5 working days**, and somebody under a support contract depends on it (severity S2).

    A review, a question, “later” or “no” all settle it, and the order in which you take things is yours to choose.

    - To take it in hand: \`/case take\`
    - To pass it on: \`/case ask @someone\`
    - To hear less: \`/case quiet 2w\` for this pull request, \`/case quiet me\` for all of them

    You are reading this because a reminder is due after 5 working days without a response; \`/case why\` shows how it came about. This app never closes or merges anything."
  `);
});

test("the first reminder, where references may be told", () => {
  expect(renderPublic(reminderText(words), "reference")).toMatchInlineSnapshot(`
    "Hello @mira, @acme-db/engine,

    This pull request has been waiting for an answer from its maintainers for **5 working days**, and somebody under a support contract depends on it (severity S2). Linked: \`CASE-7\`.

    A review, a question, “later” or “no” all settle it, and the order in which you take things is yours to choose.

    - To take it in hand: \`/case take\`
    - To pass it on: \`/case ask @someone\`
    - To hear less: \`/case quiet 2w\` for this pull request, \`/case quiet me\` for all of them

    You are reading this because a reminder is due after 5 working days without a response; \`/case why\` shows how it came about. This app never closes or merges anything."
  `);
});

test("the second reminder names without mentioning whom the first one mentioned", () => {
  expect(renderPublic(reminderText({ ...words, ...again }), "none")).toMatchInlineSnapshot(`
    "Hello @dana, \`mira\`,

    This pull request has been waiting for an answer from its maintainers for **10 working days**, and somebody under a support contract depends on it.

    A review, a question, “later” or “no” all settle it, and the order in which you take things is yours to choose.

    - To take it in hand: \`/case take\`
    - To pass it on: \`/case ask @someone\`
    - To hear less: \`/case quiet 2w\` for this pull request, \`/case quiet me\` for all of them

    You are reading this because reminder 2 of at most 2 is due 5 working days after the one before; \`/case why\` shows how it came about. This app never closes or merges anything."
  `);
});

test("a reminder for nobody in particular, of something that waits for hours, without a contract", () => {
  expect(renderPublic(reminderText({ ...words, ...bare }), "none")).toMatchInlineSnapshot(`
    "Hello,

    This pull request has been waiting for an answer from its maintainers for **4 working hours**.

    A review, a question, “later” or “no” all settle it, and the order in which you take things is yours to choose.

    - To take it in hand: \`/case take\`
    - To pass it on: \`/case ask @someone\`
    - To hear less: \`/case quiet 2w\` for this pull request, \`/case quiet me\` for all of them

    You are reading this because a reminder is due after 4 working hours without a response; \`/case why\` shows how it came about. This app never closes or merges anything."
  `);
});

test("最初のお願い（何も開示できない場所）", () => {
  expect(renderPublic(reminderText({ ...words, language: "ja" }), "none")).toMatchInlineSnapshot(`
    "@mira さん、 @acme-db/engine の皆さま

    ご確認のお願いです。このプルリクエストは、メンテナーの皆さまからのお返事を **5 営業日** お待ちしています。サポート契約をお持ちの方が、この変更を必要とされています（重大度: S2）。

    レビュー、ご質問、「後日」や「見送り」のお返事など、いずれでも結構です。どれから対応されるかは、皆さまのご判断にお任せします。

    - 担当される場合: \`/case take\`
    - ほかの方にお願いされる場合: \`/case ask @someone\`
    - お知らせを減らす場合: このプルリクエストだけなら \`/case quiet 2w\`、すべてなら \`/case quiet me\`

    このお知らせの基準: 応答のないまま 5 営業日が経つと、お願いをお送りします。これまでの経緯は \`/case why\` でご覧いただけます。このアプリがプルリクエストをクローズまたはマージすることはありません。"
  `);
});

test("最初のお願い（参照を開示できる場所）", () => {
  expect(renderPublic(reminderText({ ...words, language: "ja" }), "reference")).toMatchInlineSnapshot(`
    "@mira さん、 @acme-db/engine の皆さま

    ご確認のお願いです。このプルリクエストは、メンテナーの皆さまからのお返事を **5 営業日** お待ちしています。サポート契約をお持ちの方が、この変更を必要とされています（重大度: S2）。関連するケース: \`CASE-7\`。

    レビュー、ご質問、「後日」や「見送り」のお返事など、いずれでも結構です。どれから対応されるかは、皆さまのご判断にお任せします。

    - 担当される場合: \`/case take\`
    - ほかの方にお願いされる場合: \`/case ask @someone\`
    - お知らせを減らす場合: このプルリクエストだけなら \`/case quiet 2w\`、すべてなら \`/case quiet me\`

    このお知らせの基準: 応答のないまま 5 営業日が経つと、お願いをお送りします。これまでの経緯は \`/case why\` でご覧いただけます。このアプリがプルリクエストをクローズまたはマージすることはありません。"
  `);
});

test("2 回目のお願い", () => {
  expect(renderPublic(reminderText({ ...words, ...again, language: "ja" }), "none")).toMatchInlineSnapshot(`
    "@dana さん、 \`mira\` さん

    ご確認のお願いです。このプルリクエストは、メンテナーの皆さまからのお返事を **10 営業日** お待ちしています。サポート契約をお持ちの方が、この変更を必要とされています。

    レビュー、ご質問、「後日」や「見送り」のお返事など、いずれでも結構です。どれから対応されるかは、皆さまのご判断にお任せします。

    - 担当される場合: \`/case take\`
    - ほかの方にお願いされる場合: \`/case ask @someone\`
    - お知らせを減らす場合: このプルリクエストだけなら \`/case quiet 2w\`、すべてなら \`/case quiet me\`

    このお知らせの基準: 前回のお願いから 5 営業日が経つと、2 回目（最大 2 回）のお願いをお送りします。これまでの経緯は \`/case why\` でご覧いただけます。このアプリがプルリクエストをクローズまたはマージすることはありません。"
  `);
});

test("宛先のないお願い", () => {
  expect(renderPublic(reminderText({ ...words, ...bare, language: "ja" }), "none")).toMatchInlineSnapshot(`
    "メンテナーの皆さま

    ご確認のお願いです。このプルリクエストは、メンテナーの皆さまからのお返事を **4 営業時間** お待ちしています。

    レビュー、ご質問、「後日」や「見送り」のお返事など、いずれでも結構です。どれから対応されるかは、皆さまのご判断にお任せします。

    - 担当される場合: \`/case take\`
    - ほかの方にお願いされる場合: \`/case ask @someone\`
    - お知らせを減らす場合: このプルリクエストだけなら \`/case quiet 2w\`、すべてなら \`/case quiet me\`

    このお知らせの基準: 応答のないまま 4 営業時間が経つと、お願いをお送りします。これまでの経緯は \`/case why\` でご覧いただけます。このアプリがプルリクエストをクローズまたはマージすることはありません。"
  `);
});
