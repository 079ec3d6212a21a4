// Every kind of line that a digest can hold, in both languages, as it reads in a mail.
import { expect, test } from "vitest";
import type { DigestLine, PatchLine, Section } from "../../src/digests/digest.ts";
import { digestMessage } from "../../src/digests/messages.ts";
import { renderText } from "../../src/notify/render-text.ts";
import type { Language } from "../../src/policy/policy.ts";
import { aContract } from "../customers/builders.ts";
import { at } from "../patches/builders.ts";

const PULL = { name: "acme-db/engine#7", url: "https://github.example/p/7", title: "Fix it" };
const aPatch = (over: Partial<PatchLine> = {}): PatchLine => ({
  kind: "patch",
  patch: PULL,
  sinceAt: at("2026-03-02T09:00:00Z"),
  customers: [],
  references: [],
  severity: null,
  isListed: false,
  silence: null,
  ...over,
});
const happened = (event: Extract<DigestLine, { kind: "event" }>["event"]["event"]): DigestLine => ({
  kind: "event",
  customer: "Shinshu Bank",
  event: { customerId: "shinshu-bank", at: at("2026-03-05T09:00:00Z"), reference: "CASE-1", pull: null, event },
});
const hears = (day: string, days: number): DigestLine => ({
  kind: "report",
  customer: days === 2 ? null : "Shinshu Bank",
  report: { reference: "CASE-1", title: "It hangs", severity: "S2", customerId: "shinshu-bank", day },
  days,
});

const SECTIONS: readonly Section[] = [
  { name: "reports", lines: [hears("2026-03-08", -1), hears("2026-03-09", 0), hears("2026-03-11", 2)], more: 0 },
  { name: "owner-silent", lines: [aPatch({ severity: "S3", customers: ["Shinshu Bank"] })], more: 0 },
  { name: "ours", lines: [aPatch({ isListed: true })], more: 2 },
  {
    name: "silences",
    lines: [
      aPatch({ silence: "pause" }),
      aPatch({ silence: "unreleased" }),
      {
        kind: "lapse",
        customer: "Shinshu Bank",
        lapse: {
          key: "",
          kind: "last-day",
          contract: aContract({ until: "2026-03-09" }),
          at: 0,
          countsUntil: "2026-04-08",
          daysLeft: 0,
        },
      },
    ],
    more: 0,
  },
  {
    name: "unreached",
    lines: [
      { kind: "unreached", unreached: { name: "Sato", because: "no-address", times: 0 } },
      { kind: "unreached", unreached: { name: "Mori", because: "failed", times: 1 } },
      { kind: "unreached", unreached: { name: "Ito", because: "failed", times: 3 } },
    ],
    more: 0,
  },
  {
    name: "moved",
    lines: [
      happened({ kind: "decided", decision: "merged" }),
      happened({ kind: "decided", decision: "landed" }),
      happened({ kind: "decided", decision: "superseded" }),
      happened({ kind: "decided", decision: "declined" }),
      happened({ kind: "reopened" }),
      happened({ kind: "put-off", until: "2026-04-01" }),
      happened({ kind: "shipped", tag: "v1.2", name: null, url: null }),
      happened({ kind: "workaround-known", workaround: "Restart it." }),
    ],
    more: 0,
  },
  { name: "proposals", lines: [], more: 4 },
];

const textIn = (language: Language, sections: readonly Section[] = SECTIONS) => {
  const reader = { name: "Dana", language, timezone: "Asia/Tokyo" };
  const message = digestMessage({ reader, sections, sinceAt: at("2026-03-01T15:00:00Z") });
  return `${message.subject}\n\n${renderText(message)}`;
};

test("in English", () => {
  expect(textIn("en")).toBe(`Weekly digest of patches: 7 need attention

Hello Dana,

This is what waits, and what has moved since 2026-03-02. What is gravest
comes first.

Customers who must hear within two days
---------------------------------------

- Shinshu Bank: CASE-1 It hangs, was promised to hear on 2026-03-08
- Shinshu Bank: CASE-1 It hangs, by 2026-03-09 (today)
- CASE-1 It hangs, by 2026-03-11 (in 2 days)

Escalations without an account owner’s answer
---------------------------------------------

- acme-db/engine#7 <https://github.example/p/7> Fix it (S3, Shinshu
  Bank)

Waits for us
------------

- acme-db/engine#7 <https://github.example/p/7> Fix it, since
  2026-03-02; the author’s side was told in vain
- and 2 more

Silent for long
---------------

- acme-db/engine#7 <https://github.example/p/7> Fix it, nobody’s turn
  since 2026-03-02
- acme-db/engine#7 <https://github.example/p/7> Fix it, in no release,
  decided on 2026-03-02
- Shinshu Bank: the subscription ends on 2026-03-09 (today). It counts
  until 2026-04-08.

Could not be told
-----------------

- Sato: no address is known
- Mori: a message failed for good
- Ito: 3 messages failed for good

What moved
----------

- 2026-03-05 Shinshu Bank: CASE-1, merged
- 2026-03-05 Shinshu Bank: CASE-1, landed another way
- 2026-03-05 Shinshu Bank: CASE-1, superseded by another pull request
- 2026-03-05 Shinshu Bank: CASE-1, closed without being merged
- 2026-03-05 Shinshu Bank: CASE-1, reopened
- 2026-03-05 Shinshu Bank: CASE-1, put off until 2026-04-01
- 2026-03-05 Shinshu Bank: CASE-1, shipped in v1.2
- 2026-03-05 Shinshu Bank: CASE-1, a workaround is known

Links to confirm or drop
------------------------

- 4, for which there was no room here

This digest comes once a week, and not at all when there is nothing to
tell. The owner’s policy says when, under digest.
`);
});

test("in Japanese", () => {
  expect(textIn("ja")).toBe(`パッチの週次まとめ: ご確認いただきたい件 7 件

Dana 様

回答待ちの件と、2026-03-02 以降に動きのあった件を、重大度の高い順にお知
らせします。

2 日以内にご連絡が必要なお客様
------------------------------

- Shinshu Bank 様: CASE-1 It hangs、2026-03-08 にご連絡のお約束（期日超
  過）
- Shinshu Bank 様: CASE-1 It hangs、2026-03-09 までにご連絡のお約束（本
  日）
- CASE-1 It hangs、2026-03-11 までにご連絡のお約束（あと 2 日）

お客様担当の回答待ちのエスカレーション
--------------------------------------

- acme-db/engine#7 <https://github.example/p/7> Fix it（S3、Shinshu
  Bank）

当方の対応待ち
--------------

- acme-db/engine#7 <https://github.example/p/7> Fix it: 2026-03-02 から
  （お知らせ済み、対応待ち）
- ほか 2 件

長く動きのない件
----------------

- acme-db/engine#7 <https://github.example/p/7> Fix it: 2026-03-02 から
  どちらの番でもない状態
- acme-db/engine#7 <https://github.example/p/7> Fix it: 2026-03-02 に決
  定、未リリース
- Shinshu Bank 様のサブスクリプション契約は 2026-03-09（本日）に終了しま
  す。2026-04-08 までは有効な契約として扱います。

お知らせできなかった方
----------------------

- Sato: 宛先が登録されていません
- Mori: お送りできなかったお知らせ 1 件
- Ito: お送りできなかったお知らせ 3 件

動きのあった件
--------------

- 2026-03-05 Shinshu Bank 様: CASE-1、マージされました
- 2026-03-05 Shinshu Bank 様: CASE-1、別の形で取り込まれました
- 2026-03-05 Shinshu Bank 様: CASE-1、別のプルリクエストに引き継がれまし
  た
- 2026-03-05 Shinshu Bank 様: CASE-1、見送りとなりました
- 2026-03-05 Shinshu Bank 様: CASE-1、再オープンされました
- 2026-03-05 Shinshu Bank 様: CASE-1、2026-04-01 まで保留となりました
- 2026-03-05 Shinshu Bank 様: CASE-1、v1.2 でリリースされました
- 2026-03-05 Shinshu Bank 様: CASE-1、回避策が見つかりました

確認待ちの関連付け
------------------

- 4 件（紙幅の都合により省略）

このまとめは週に一度お送りし、お知らせする件がない週はお送りしません。送
信の曜日と時刻は、オーナーのポリシーの digest で設定します。
`);
});

test("a title of any length and shape is one short line", () => {
  const title = `${"x".repeat(60_000)}\n\n# @everyone <b>`;
  const text = textIn("en", [{ name: "asked", lines: [aPatch({ patch: { ...PULL, title } })], more: 0 }]);
  expect(text).toContain(`${"x".repeat(50)}`);
  expect(text).not.toContain("everyone");
  expect(text.length).toBeLessThan(700);
});
