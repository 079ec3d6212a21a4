// The table of `/case status`, the list of `/case why` and the word to the author's side, whole.
import { expect, test } from "vitest";
import { renderPublic } from "../../src/effects/public-text.ts";
import { authorTurnText, caseStatusText, type StatusView, statusText } from "../../src/patches/messages.ts";
import type { Happening } from "../../src/patches/reasons.ts";
import { caseWhyText, type WhyView, whyText } from "../../src/patches/why-messages.ts";

const HOUR = 3_600_000;
const at = (day: number, hour: number) => Date.UTC(2026, 10, day, hour - 9);

const view: StatusView = {
  language: "en",
  timezone: "Asia/Tokyo",
  patch: null,
  confirmed: [
    { reference: "CASE-7", title: "Export stops at 2 GB for @shinshu", severity: "S1" },
    { reference: "CASE-8", title: null, severity: null },
  ],
  proposed: [{ reference: "CASE-9", title: "Slow", severity: "S3" }],
  perhapsOf: [],
  showsSeverity: true,
  turn: {
    side: "maintainer",
    sinceAt: at(17, 10),
    worked: { millis: 3 * 9 * HOUR + 2 * HOUR, dayMillis: 9 * HOUR },
    because: { code: "pushed-after-request", by: "kenji", at: at(17, 10) },
  },
  next: {
    kind: "reminder",
    at: at(25, 9),
    because: { code: "reminder-due", target: { amount: 5, unit: "d" }, severity: "S1" },
  },
};

const untracked: StatusView = {
  ...view,
  confirmed: [],
  proposed: [],
  turn: null,
  next: { kind: "nothing", at: null, because: { code: "not-tracked" } },
};

test("status, where nothing may be told, counts cases and gives severities whose label is on", () => {
  expect(renderPublic(statusText(view), "none")).toMatchInlineSnapshot(`
    "| This pull request | |
    | --- | --- |
    | Linked cases | 2 (S1) |
    | Proposed, not confirmed | 1 (S3) |
    | Turn | maintainers, since 2026-11-17 10:00: \`kenji\` pushed an update after a maintainer’s request |
    | Working time of this turn | 3 working days 2 hours |
    | Next | a reminder, 2026-11-25 09:00: a reminder is due after 5 working days without a response |

    Times are in \`Asia/Tokyo\`."
  `);
  expect(renderPublic(statusText({ ...view, showsSeverity: false }), "none")).toContain("| Linked cases | 2 |");
});

test("of a step up that is under way only its reason is said, and whom it waits for only where that may be told", () => {
  const next = (because: StatusView["next"]["because"], disclosure: "none" | "reference") =>
    renderPublic(statusText({ ...view, next: { kind: "step-under-way", at: null, because } }), disclosure);
  const decision = { code: "deciders-asked", until: at(25, 9) } as const;
  const owner = { code: "owner-asked", until: at(25, 9) } as const;
  expect(next(decision, "none")).toContain("| Next | a decision is asked for by 2026-11-25 09:00 |");
  expect(next(owner, "none")).toContain("| Next | the next step up is under way |");
  expect(next(owner, "reference")).toContain(
    "| Next | the account owner is asked for an answer until 2026-11-25 09:00 |",
  );
});

test("status, where references may be told", () => {
  expect(renderPublic(statusText(view), "reference")).toMatchInlineSnapshot(`
    "| This pull request | |
    | --- | --- |
    | Linked cases | \`CASE-7\` (S1), \`CASE-8\` |
    | Proposed, not confirmed | \`CASE-9\` (S3) |
    | Turn | maintainers, since 2026-11-17 10:00: \`kenji\` pushed an update after a maintainer’s request |
    | Working time of this turn | 3 working days 2 hours |
    | Next | a reminder, 2026-11-25 09:00: a reminder is due after 5 working days without a response |

    Times are in \`Asia/Tokyo\`."
  `);
});

test("status, where all may be told", () => {
  expect(renderPublic(statusText(view), "full")).toMatchInlineSnapshot(`
    "| This pull request | |
    | --- | --- |
    | Linked cases | \`CASE-7\` Export stops at 2 GB for @&#8203;shinshu (S1), \`CASE-8\` |
    | Proposed, not confirmed | \`CASE-9\` Slow (S3) |
    | Turn | maintainers, since 2026-11-17 10:00: \`kenji\` pushed an update after a maintainer’s request |
    | Working time of this turn | 3 working days 2 hours |
    | Next | a reminder, 2026-11-25 09:00: for severity \`S1\`, a reminder is due after 5 working days without a response |

    Times are in \`Asia/Tokyo\`."
  `);
});

test("status of a pull request that is not followed", () => {
  expect(renderPublic(statusText(untracked), "none")).toMatchInlineSnapshot(`
    "| This pull request | |
    | --- | --- |
    | Linked cases | none |
    | Next | nothing: no confirmed case is linked, and nothing else asks this app to follow it |

    Times are in \`Asia/Tokyo\`."
  `);
});

test("status on a case has a table for each of its pull requests", () => {
  const views = [
    { ...view, patch: "acme-db/engine#12" },
    { ...untracked, patch: "acme-db/docs#3" },
  ] as const;
  expect(renderPublic(caseStatusText(views), "reference")).toMatchInlineSnapshot(`
    "| \`acme-db/engine#12\` | |
    | --- | --- |
    | Linked cases | \`CASE-7\` (S1), \`CASE-8\` |
    | Proposed, not confirmed | \`CASE-9\` (S3) |
    | Turn | maintainers, since 2026-11-17 10:00: \`kenji\` pushed an update after a maintainer’s request |
    | Working time of this turn | 3 working days 2 hours |
    | Next | a reminder, 2026-11-25 09:00: a reminder is due after 5 working days without a response |

    | \`acme-db/docs#3\` | |
    | --- | --- |
    | Linked cases | none |
    | Next | nothing: no confirmed case is linked, and nothing else asks this app to follow it |

    Times are in \`Asia/Tokyo\`."
  `);
});

test("現在の状況", () => {
  expect(renderPublic(statusText({ ...view, language: "ja" }), "none")).toMatchInlineSnapshot(`
    "| このプルリクエスト | |
    | --- | --- |
    | 関連するケース | 2 件（S1） |
    | 提案中（未確認） | 1 件（S3） |
    | 現在の番 | メンテナー（2026-11-17 10:00 から）: \`kenji\` さんがメンテナーのご依頼を受けて更新しました |
    | この番の経過時間 | 3 営業日 2 時間 |
    | 次の予定 | 確認のお願い（2026-11-25 09:00）: 応答のないまま 5 営業日が経つと、お願いをお送りします |

    時刻は \`Asia/Tokyo\` です。"
  `);
  expect(renderPublic(statusText({ ...view, language: "ja" }), "full")).toMatchInlineSnapshot(`
    "| このプルリクエスト | |
    | --- | --- |
    | 関連するケース | \`CASE-7\` Export stops at 2 GB for @&#8203;shinshu（S1）、\`CASE-8\` |
    | 提案中（未確認） | \`CASE-9\` Slow（S3） |
    | 現在の番 | メンテナー（2026-11-17 10:00 から）: \`kenji\` さんがメンテナーのご依頼を受けて更新しました |
    | この番の経過時間 | 3 営業日 2 時間 |
    | 次の予定 | 確認のお願い（2026-11-25 09:00）: 重大度 \`S1\` では、応答のないまま 5 営業日が経つと、お願いをお送りします |

    時刻は \`Asia/Tokyo\` です。"
  `);
  expect(renderPublic(statusText({ ...untracked, language: "ja" }), "none")).toMatchInlineSnapshot(`
    "| このプルリクエスト | |
    | --- | --- |
    | 関連するケース | なし |
    | 次の予定 | なし: 確認済みのケースが関連付けられておらず、ほかに追跡する理由もありません |

    時刻は \`Asia/Tokyo\` です。"
  `);
});

const facts: readonly Happening[] = [
  { code: "opened-ready", by: "kenji", at: at(2, 10) },
  { code: "response", by: "mira", at: at(4, 11), how: "review" },
  { code: "changes-requested", by: "mira", at: at(4, 11) },
  { code: "pushed-after-request", by: "kenji", at: at(5, 15) },
  { code: "snoozed", by: "mira", at: at(6, 9), until: at(10, 0), reason: "Shinshu freeze" },
  { code: "snooze-ended", at: at(10, 0) },
  { code: "reminded", at: at(17, 10), n: 1, people: ["mira"] },
];

const why: WhyView = {
  language: "en",
  timezone: "Asia/Tokyo",
  patch: null,
  facts,
  next: {
    kind: "escalation",
    at: at(24, 10),
    because: { code: "escalation-due", reminders: 2, every: { amount: 5, unit: "d" } },
  },
};

test("why lists what started and stopped the clock, and the rule behind the next step", () => {
  expect(renderPublic(whyText(why), "none")).toMatchInlineSnapshot(`
    "What started and stopped the clock here:

    - 2026-11-02 10:00: \`kenji\` opened it, ready for review → maintainers’ turn, the clock runs
    - 2026-11-04 11:00: \`mira\` responded with a review → the clock is at zero
    - 2026-11-04 11:00: \`mira\` requested changes → author’s turn, the clock stops
    - 2026-11-05 15:00: \`kenji\` pushed an update after a maintainer’s request → maintainers’ turn, the clock runs
    - 2026-11-06 09:00: \`mira\` put it off until 2026-11-10 → nobody’s turn, the clock stops
    - 2026-11-10 00:00: the snooze ended
    - 2026-11-17 10:00: reminder 1 went to \`mira\`

    **Next:** the next step up, 2026-11-24 10:00: the next step up is due once 2 reminders and another 5 working days have passed without a response.

    Times are in \`Asia/Tokyo\`."
  `);
});

test("why tells the reason of a snooze only where all may be told", () => {
  expect(renderPublic(whyText(why), "reference")).not.toContain("Shinshu");
  expect(renderPublic(whyText(why), "full")).toContain("put it off until 2026-11-10: Shinshu freeze →");
});

test("why of a long life shows the latest fifty", () => {
  const many = Array.from({ length: 60 }, (_, n): Happening => ({ code: "merged", by: `m${n}`, at: at(2, 10) }));
  const lines = renderPublic(whyText({ ...why, facts: many }), "none").split("\n");
  expect(lines[2]).toBe("- (10 earlier)");
  expect(lines.filter((line) => line.includes("merged it"))).toHaveLength(50);
});

test("why of a pull request without facts, on a case", () => {
  const views = [{ ...why, patch: "acme-db/engine#12", facts: [], next: untracked.next }];
  expect(renderPublic(caseWhyText(views), "reference")).toMatchInlineSnapshot(`
    "What started and stopped the clock of \`acme-db/engine#12\`:

    - nothing yet

    **Next:** nothing: no confirmed case is linked, and nothing else asks this app to follow it.

    Times are in \`Asia/Tokyo\`."
  `);
});

test("これまでの経緯", () => {
  expect(renderPublic(whyText({ ...why, language: "ja" }), "none")).toMatchInlineSnapshot(`
    "経過時間の計測に関わる出来事:

    - 2026-11-02 10:00: \`kenji\` さんがレビュー可能な状態で作成しました → メンテナーの番（計測中）
    - 2026-11-04 11:00: \`mira\` さんがレビューで応答しました → 経過時間はゼロに戻ります
    - 2026-11-04 11:00: \`mira\` さんが変更を求めました → 作成者側の番（計測停止）
    - 2026-11-05 15:00: \`kenji\` さんがメンテナーのご依頼を受けて更新しました → メンテナーの番（計測中）
    - 2026-11-06 09:00: \`mira\` さんが 2026-11-10 まで保留にしました → どちらの番でもない（計測停止）
    - 2026-11-10 00:00: 保留の期間が終わりました
    - 2026-11-17 10:00: \`mira\` さんに 1 回目のお願いをお送りしました

    **次の予定:** 次の段階（2026-11-24 10:00）: 2 回のお願いのあと、さらに 5 営業日のあいだ応答がない場合、次の段階に進みます。

    時刻は \`Asia/Tokyo\` です。"
  `);
});

const authorTurn = {
  language: "en",
  timezone: "Asia/Tokyo",
  addressees: { mention: [{ kind: "person", login: "kenji" }], named: [] },
  waiting: { millis: 3 * 9 * HOUR, dayMillis: 9 * HOUR },
  sinceAt: at(4, 11),
  asked: { code: "changes-requested", by: "mira", at: at(4, 11) },
  because: { code: "author-turn-due", target: { amount: 3, unit: "d" } },
} as const;

test("the author's side is told what was asked and how to hand it back", () => {
  expect(renderPublic(authorTurnText(authorTurn), "none")).toMatchInlineSnapshot(`
    "Hello @kenji,

    This pull request has been waiting for its author’s side for **3 working days**, since 2026-11-04 11:00 (\`Asia/Tokyo\`): \`mira\` requested changes.

    To hand it back, push an update, reply here or to the review, or write \`/case waiting maintainer\`.

    You are reading this because the author’s side is told after 3 working days of its turn; \`/case why\` shows how it came about."
  `);
  const nobody = { ...authorTurn, addressees: { mention: [], named: [] } };
  expect(renderPublic(authorTurnText(nobody), "none").split("\n")[0]).toBe("Hello,");
});

test("作成者側へのお知らせ", () => {
  expect(renderPublic(authorTurnText({ ...authorTurn, language: "ja" }), "none")).toMatchInlineSnapshot(`
    "@kenji さん

    このプルリクエストは 2026-11-04 11:00（\`Asia/Tokyo\`）から **3 営業日**、作成者側の対応を待っています。内容: \`mira\` さんが変更を求めました。

    メンテナーの番に戻すには、更新をプッシュする、ここかレビューに返信する、または \`/case waiting maintainer\` とお書きください。

    このお知らせの基準: 作成者側の番が 3 営業日続くと、作成者側にお知らせします。これまでの経緯は \`/case why\` でご覧いただけます。"
  `);
});

test("whose a patch perhaps is, by the addresses in its commits, is told only where all may be told", () => {
  const perhaps: StatusView = { ...view, perhapsOf: ["Shinshu Bank"] };
  expect(renderPublic(statusText(perhaps), "full")).toContain(
    "| Perhaps from, by the addresses in its commits | Shinshu Bank |",
  );
  expect(renderPublic(statusText(perhaps), "reference")).not.toContain("Shinshu");
  expect(renderPublic(statusText(perhaps), "none")).not.toContain("Perhaps");
});
