// What is told of silences and of contracts, in the language that no story shows; every text is compared whole.
import { expect, test } from "vitest";
import { lapsesMessage } from "../../src/customers/messages.ts";
import type { Message } from "../../src/notify/message.ts";
import { renderText } from "../../src/notify/render-text.ts";
import { silenceMessage } from "../../src/silences/messages.ts";
import { aContract } from "../customers/builders.ts";
import { at, DAY } from "../patches/builders.ts";

const PATCH = { name: "acme-db/engine#7", url: "https://github.example/p/7", title: "Fix it" };
const SINCE = at("2026-03-02T09:00:00Z");
const shown = (message: Message) => `${message.subject}\n\n${renderText(message)}`;

test("a fix in no release, in Japanese", () => {
  const message = silenceMessage({
    reader: { name: "Dana", language: "ja", timezone: "Asia/Tokyo" },
    patch: PATCH,
    concern: { customers: ["信州銀行", "木曽鉄道"], references: ["CASE-7"], severity: "S2" },
    kind: "unreleased",
    sinceAt: SINCE,
    waiting: { millis: 20 * DAY, dayMillis: DAY },
    because: { code: "merged", by: "mira", at: SINCE },
  });
  expect(shown(message)).toBe(`未リリースの修正のお知らせ（20 営業日）: acme-db/engine#7

Dana 様

次の修正は 2026-03-02 に採用が決まりましたが、20 営業日が経っても、どの
リリースにも含まれていません。

acme-db/engine#7 <https://github.example/p/7> Fix it

決定: mira さんがマージしました。

お客様：信州銀行、木曽鉄道
ケース：CASE-7
最も重い重大度：S2

リリースされるまで、お客様はこの修正をお使いになれません。次のリリースの
予定、または旧バージョンへの適用の可否をメンテナーにご確認のうえ、お客様
へのご連絡をお願いします。

このお知らせは一度だけお送りします。この状態が続く間は、週次のまとめに記
載します。
`);
});

test("contracts that end on one morning, and those for which there is no grace, in Japanese", () => {
  const lapse = (daysLeft: number, kind: "warning" | "last-day" | "grace-over", countsUntil: string) => ({
    key: "",
    kind,
    contract: aContract({ plan: "consulting", until: "2026-03-31", tier: null }),
    at: SINCE,
    countsUntil,
    daysLeft,
  });
  const message = lapsesMessage({
    reader: { name: "Dana", language: "ja" },
    lapses: [
      { customer: "信州銀行", lapse: lapse(14, "warning", "2026-03-31") },
      { customer: "木曽鉄道", lapse: lapse(0, "last-day", "2026-04-30") },
      { customer: "諏訪製作所", lapse: lapse(-30, "grace-over", "2026-04-30") },
    ],
  });
  expect(shown(message)).toBe(`契約終了のお知らせ（3 件）

Dana 様

- 諏訪製作所 様のコンサルティング契約は 2026-03-31（30 日前）に終了しま
  した。猶予期間は 2026-04-30 までです。
- 木曽鉄道 様のコンサルティング契約は 2026-03-31（本日）に終了します。
  2026-04-30 までは有効な契約として扱います。
- 信州銀行 様のコンサルティング契約は 2026-03-31（あと 14 日）に終了しま
  す。猶予期間はありません。

契約が有効な最終日を過ぎると、お客様のパッチからラベルが外れ、お客様の案
件としてのお願いもお送りしなくなります。この件がお客様やリポジトリに伝わ
ることはありません。

更新済みの場合は、次の契約を取り込んでください。以後のお知らせは止まりま
す。
`);
});

test("titles and names of any length and shape notify nobody and break no line", () => {
  const hostile = `@everyone <b>\n# big ${"x".repeat(60_000)}`;
  const message = silenceMessage({
    reader: { name: "Dana", language: "en", timezone: "UTC" },
    patch: { ...PATCH, title: hostile },
    concern: {
      customers: Array.from({ length: 40 }, (_, index) => `Customer ${index}`),
      references: [],
      severity: null,
    },
    kind: "pause",
    sinceAt: SINCE,
    waiting: { millis: 20 * DAY, dayMillis: DAY },
    because: { code: "snoozed", by: "mira", at: SINCE, until: SINCE + DAY, reason: hostile },
  });
  const text = renderText(message);
  expect(text).not.toMatch(/@everyone/);
  expect(text).not.toMatch(/^# big/m);
  expect(text).toContain("Customer 19, …");
  expect(text.length).toBeLessThan(3000);
});
