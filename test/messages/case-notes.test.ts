// What is written on a case, whole, in both languages: what its people must hear, and the comment that is kept up to date.
import { describe, expect, test } from "vitest";
import { caseCommentMarkdown } from "../../src/cases/comment.ts";
import { type CaseView, caseCommentText, type PatchOfCase } from "../../src/cases/comment-messages.ts";
import { type CaseNote, caseNoteText, reportDueText } from "../../src/cases/messages.ts";
import { renderPublic } from "../../src/effects/public-text.ts";
import type { RenderedMessage } from "../../src/notify/render-markdown.ts";
import type { Language } from "../../src/policy/policy.ts";

const at = (day: number, hour = 10) => Date.UTC(2026, 2, day, hour - 9);
const PULL = { reference: "acme-db/db#7", url: "https://github.com/acme-db/db/pull/7", title: "Fix the lock" };
const done = { by: "mira", at: at(3), wordsUrl: `${PULL.url}#issuecomment-5` };
const unsaid = { by: null, at: at(3), wordsUrl: null };
const RELEASE = { tag: "v1.2", name: "Engine 1.2", url: "https://github.com/acme-db/db/releases/tag/v1.2" };

const NOTES: readonly CaseNote[] = [
  { kind: "merged", ...done },
  { kind: "merged", ...unsaid },
  { kind: "landed", ...done, with: "0123456789ab" },
  { kind: "landed", ...unsaid, with: null },
  { kind: "superseded", ...done, pull: "acme-db/db#9" },
  { kind: "declined", ...done },
  { kind: "reopened", by: "anna", at: at(4) },
  { kind: "put-off", by: "mira", at: at(3), untilAt: at(20, 0), reason: "after the freeze" },
  { kind: "shipped", at: at(9), ...RELEASE, author: "anna", consultant: "kenji" },
  { kind: "shipped", at: at(9), tag: "v1.2", name: null, url: null, author: "anna", consultant: null },
];

const note = (each: CaseNote, language: Language) =>
  renderPublic(caseNoteText({ language, timezone: "Asia/Tokyo", pull: PULL, note: each }), "full");
const all = (language: Language) =>
  NOTES.map((each) => note(each, language).replace(/^\[`acme-db\/db#7`\]\(\S+\) Fix the lock\n\n/, "")).join("\n");

test("notes begin with the pull request", () => {
  expect(note({ kind: "reopened", by: null, at: at(4) }, "en")).toBe(
    `[\`acme-db/db#7\`](${PULL.url}) Fix the lock\n\n**Reopened** by somebody on 2026-03-04. What was said here of its end no longer holds.`,
  );
});

test("notes in English", () => {
  expect(all("en")).toMatchInlineSnapshot(`
    "**Merged** by \`mira\` on 2026-03-03. It is followed until a release contains it. [What the maintainers said](https://github.com/acme-db/db/pull/7#issuecomment-5)
    **Merged** by somebody on 2026-03-03. It is followed until a release contains it.
    **Landed**: the change came in another way on 2026-03-03 (\`0123456789ab\`). It is followed until a release contains it. [What the maintainers said](https://github.com/acme-db/db/pull/7#issuecomment-5)
    **Landed**: the change came in another way on 2026-03-03. It is followed until a release contains it.
    **Superseded** by \`acme-db/db#9\` on 2026-03-03. The case and the time that it has waited moved over to that one. [What the maintainers said](https://github.com/acme-db/db/pull/7#issuecomment-5)
    **Declined**: \`mira\` closed it on 2026-03-03 without merging it, and that stands as a no. [What the maintainers said](https://github.com/acme-db/db/pull/7#issuecomment-5)
    **Reopened** by \`anna\` on 2026-03-04. What was said here of its end no longer holds.
    **Put off** by \`mira\` until 2026-03-20: after the freeze
    **Shipped** in [\`Engine 1.2\`](https://github.com/acme-db/db/releases/tag/v1.2), released on 2026-03-09. Written by \`anna\`, for the customer by consultant \`kenji\`. Thank you.
    **Shipped** in \`v1.2\`, released on 2026-03-09. Written by \`anna\`. Thank you."
  `);
});

test("notes in Japanese", () => {
  expect(all("ja")).toMatchInlineSnapshot(`
    "**マージ済み**: 2026-03-03 に \`mira\` さんがマージしました。リリースに含まれるまで引き続き確認します。 [メンテナーのコメント](https://github.com/acme-db/db/pull/7#issuecomment-5)
    **マージ済み**: 2026-03-03 にどなたかがマージしました。リリースに含まれるまで引き続き確認します。
    **反映済み**: 2026-03-03 に、この変更は別の形で取り込まれました（\`0123456789ab\`）。リリースに含まれるまで引き続き確認します。 [メンテナーのコメント](https://github.com/acme-db/db/pull/7#issuecomment-5)
    **反映済み**: 2026-03-03 に、この変更は別の形で取り込まれました。リリースに含まれるまで引き続き確認します。
    **引き継ぎ**: 2026-03-03 に \`acme-db/db#9\` へ引き継がれました。このケースとこれまでの経過時間もそちらに移りました。 [メンテナーのコメント](https://github.com/acme-db/db/pull/7#issuecomment-5)
    **見送り**: 2026-03-03 に \`mira\` さんがマージせずにクローズし、見送りとなりました。 [メンテナーのコメント](https://github.com/acme-db/db/pull/7#issuecomment-5)
    **再オープン**: 2026-03-04 に \`anna\` さんが再オープンしました。結論について先にお知らせした内容は取り消されます。
    **保留**: \`mira\` さんのご判断により、2026-03-20 まで保留となりました。理由: after the freeze
    **リリース済み**: 2026-03-09 に公開された [\`Engine 1.2\`](https://github.com/acme-db/db/releases/tag/v1.2) に含まれています。作成: \`anna\` さん、担当コンサルタント: \`kenji\` さん。ありがとうございました。
    **リリース済み**: 2026-03-09 に公開された \`v1.2\` に含まれています。作成: \`anna\` さん。ありがとうございました。"
  `);
});

test("the day of a report, in both languages", () => {
  expect(renderPublic(reportDueText("2026-03-20", "en"), "full")).toMatchInlineSnapshot(
    `"**Report due**: the customer was promised to hear on \`2026-03-20\`. Once they have, note the next day with \`/case report 2027-03-15\`."`,
  );
  expect(renderPublic(reportDueText("2026-03-20", "ja"), "full")).toMatchInlineSnapshot(
    `"**報告予定**: \`2026-03-20\` はお客様への次回報告の予定日です。報告を終えられましたら、次回の予定日を \`/case report 2027-03-15\` の形でお書きください。"`,
  );
});

const patch = (over: Partial<PatchOfCase>): PatchOfCase => ({
  pull: PULL,
  decided: null,
  release: null,
  standing: { turn: "maintainer", sinceAt: at(2), because: { code: "opened-ready", by: "anna", at: at(2) } },
  next: { at: at(16), because: { code: "reminder-due", target: { amount: 10, unit: "d" }, severity: null } },
  ...over,
});
const ended = { by: "mira", at: at(3) };
const PATCHES: readonly PatchOfCase[] = [
  patch({}),
  patch({ standing: null, next: null }),
  patch({
    standing: { turn: "author", sinceAt: at(2), because: { code: "changes-requested", by: "mira", at: at(2) } },
    next: { at: null, because: { code: "author-turn-listed", every: { amount: 5, unit: "d" } } },
  }),
  patch({
    standing: {
      turn: "nobody",
      sinceAt: at(2),
      because: { code: "put-off", by: "mira", at: at(2), until: at(20), reason: "after the freeze" },
    },
    next: { at: at(20), because: { code: "snoozed-until", until: at(20) } },
  }),
  patch({ decided: { kind: "merged", ...ended } }),
  patch({ decided: { kind: "merged", ...ended }, release: { ...RELEASE, at: at(9) } }),
  patch({ decided: { kind: "landed", ...ended, sha: null, pull: null } }),
  patch({ decided: { kind: "superseded", ...ended, byPatch: "1#9", pull: "acme-db/db#9" } }),
  patch({ decided: { kind: "declined", ...ended, isSure: false, sureAt: at(6) } }),
  patch({ decided: { kind: "declined", by: null, at: at(3), isSure: true, sureAt: at(6) } }),
];
const VIEW: CaseView = {
  language: "en",
  timezone: "Asia/Tokyo",
  patches: PATCHES,
  severity: "S1",
  dossiers: [],
  summary: "Backups hang.",
  workaround: "none",
  neededBy: { date: "2026-04-01", why: "the audit" },
  nextReport: "2026-03-20",
};
const comment = (view: CaseView) => renderPublic(caseCommentText(view), "full");

describe("the comment that is kept up to date", () => {
  test("in English", () => {
    expect(comment(VIEW)).toMatchInlineSnapshot(`
      "| Pull request | Where it stands | What comes next |
      | --- | --- | --- |
      | [\`acme-db/db#7\`](https://github.com/acme-db/db/pull/7) Fix the lock | the maintainers’ turn since 2026-03-02: \`anna\` opened it, ready for review | 2026-03-16: a reminder is due after 10 working days without a response |
      | [\`acme-db/db#7\`](https://github.com/acme-db/db/pull/7) Fix the lock | not looked at yet | nothing |
      | [\`acme-db/db#7\`](https://github.com/acme-db/db/pull/7) Fix the lock | the author’s side’s turn since 2026-03-02: \`mira\` requested changes | it is listed as waiting for us once the author’s side has not acted for 5 working days after it was told |
      | [\`acme-db/db#7\`](https://github.com/acme-db/db/pull/7) Fix the lock | nobody’s turn since 2026-03-02: \`mira\` decided to come back to it on 2026-03-20: after the freeze | it is put off until 2026-03-20 |
      | [\`acme-db/db#7\`](https://github.com/acme-db/db/pull/7) Fix the lock | **merged** by \`mira\` on 2026-03-03 | a release that contains it |
      | [\`acme-db/db#7\`](https://github.com/acme-db/db/pull/7) Fix the lock | **merged** by \`mira\` on 2026-03-03, **shipped** in [\`Engine 1.2\`](https://github.com/acme-db/db/releases/tag/v1.2) on 2026-03-09 | nothing |
      | [\`acme-db/db#7\`](https://github.com/acme-db/db/pull/7) Fix the lock | **landed** another way on 2026-03-03 | a release that contains it |
      | [\`acme-db/db#7\`](https://github.com/acme-db/db/pull/7) Fix the lock | **superseded** by \`acme-db/db#9\` on 2026-03-03 | nothing |
      | [\`acme-db/db#7\`](https://github.com/acme-db/db/pull/7) Fix the lock | closed by \`mira\` on 2026-03-03; it counts as a no from 2026-03-06 on, unless something else is said | nothing |
      | [\`acme-db/db#7\`](https://github.com/acme-db/db/pull/7) Fix the lock | **declined**: somebody closed it on 2026-03-03 | nothing |

      - Severity: \`S1\`
      - Summary: Backups hang.
      - Workaround: there is none
      - Needed by: \`2026-04-01\` (the audit)
      - Next report to the customer: \`2026-03-20\`

      This comment is kept up to date by itself. Days are those of \`Asia/Tokyo\`."
    `);
  });

  test("in Japanese", () => {
    expect(comment({ ...VIEW, language: "ja" })).toMatchInlineSnapshot(`
      "| プルリクエスト | 現在の状況 | 次の予定 |
      | --- | --- | --- |
      | [\`acme-db/db#7\`](https://github.com/acme-db/db/pull/7) Fix the lock | メンテナーの番（2026-03-02 から）: \`anna\` さんがレビュー可能な状態で作成しました | 2026-03-16: 応答のないまま 10 営業日が経つと、お願いをお送りします |
      | [\`acme-db/db#7\`](https://github.com/acme-db/db/pull/7) Fix the lock | 未確認 | なし |
      | [\`acme-db/db#7\`](https://github.com/acme-db/db/pull/7) Fix the lock | 作成者側の番（2026-03-02 から）: \`mira\` さんが変更を求めました | 作成者側へのお知らせから 5 営業日のあいだ動きがない場合、当方の対応待ちとして一覧に載せます |
      | [\`acme-db/db#7\`](https://github.com/acme-db/db/pull/7) Fix the lock | どちらの番でもない（2026-03-02 から）: \`mira\` さんが 2026-03-20 にあらためて検討すると決めました（理由: after the freeze） | 2026-03-20 まで保留中です |
      | [\`acme-db/db#7\`](https://github.com/acme-db/db/pull/7) Fix the lock | **マージ済み**（2026-03-03、\`mira\` さん） | この変更を含むリリース |
      | [\`acme-db/db#7\`](https://github.com/acme-db/db/pull/7) Fix the lock | **マージ済み**（2026-03-03、\`mira\` さん）、**リリース済み**（[\`Engine 1.2\`](https://github.com/acme-db/db/releases/tag/v1.2)、2026-03-09） | なし |
      | [\`acme-db/db#7\`](https://github.com/acme-db/db/pull/7) Fix the lock | **反映済み**（2026-03-03、別の形で取り込まれました） | この変更を含むリリース |
      | [\`acme-db/db#7\`](https://github.com/acme-db/db/pull/7) Fix the lock | **引き継ぎ**（2026-03-03、\`acme-db/db#9\` へ） | なし |
      | [\`acme-db/db#7\`](https://github.com/acme-db/db/pull/7) Fix the lock | 2026-03-03 に \`mira\` さんがクローズしました。ほかにお知らせがなければ 2026-03-06 から見送りとして扱います | なし |
      | [\`acme-db/db#7\`](https://github.com/acme-db/db/pull/7) Fix the lock | **見送り**（2026-03-03、どなたかがクローズ） | なし |

      - 重大度: \`S1\`
      - 概要: Backups hang.
      - 回避策: なし
      - 必要な期日: \`2026-04-01\`（the audit）
      - お客様への次回報告予定: \`2026-03-20\`

      このコメントは自動で更新されます。日付は \`Asia/Tokyo\` のものです。"
    `);
  });

  test("leaves out what nobody has said, and shows thirty patches", () => {
    const bare = { severity: null, summary: null, workaround: null, neededBy: null, nextReport: null };
    expect(comment({ ...VIEW, ...bare, patches: [] })).toMatchInlineSnapshot(`
      "No pull request is linked to this case any more.

      This comment is kept up to date by itself. Days are those of \`Asia/Tokyo\`."
    `);
    const many = comment({ ...VIEW, ...bare, patches: Array.from({ length: 33 }, () => patch({})) });
    expect(many.split("\n").filter((line) => line.startsWith("| [`"))).toHaveLength(30);
    expect(many).toContain("\n\nAnd 3 more.\n");
  });

  test("leaves out evidence first, and then rows, where GitHub would not take it all", () => {
    const rows = (text: string) => text.split("\n").filter((line) => line.startsWith("| [`")).length;
    const evidence = (text: string) => text.split("### Decision asked for").length - 1;
    const dossiers = Array.from(
      { length: 2 },
      () => `### Decision asked for\n\n${"e".repeat(30_000)}` as RenderedMessage,
    );
    const shown = (title: string, most: number) => {
      const patches = Array.from({ length: most }, () => patch({ pull: { ...PULL, title } }));
      const text = caseCommentMarkdown({ ...VIEW, patches, dossiers });
      return { rows: rows(text), evidence: evidence(text), isTaken: text.length < 65_536 };
    };

    expect(shown("Fix the lock", 10)).toEqual({ rows: 10, evidence: 2, isTaken: true });
    expect(shown("<*>".repeat(66), 30)).toEqual({ rows: 30, evidence: 1, isTaken: true });
    expect(shown("<*>".repeat(120), 30)).toEqual({ rows: 30, evidence: 0, isTaken: true });
    expect(shown("@".repeat(500), 30)).toEqual({ rows: 5, evidence: 0, isTaken: true });
  });

  test("is for private repositories alone", () => {
    expect(() => renderPublic(caseCommentText(VIEW), "reference")).toThrow(/disclosure full/);
    for (const each of NOTES)
      expect(() =>
        renderPublic(caseNoteText({ language: "en", timezone: "UTC", pull: PULL, note: each }), "reference"),
      ).toThrow(/disclosure full/);
  });

  test("nothing in titles and words is markup, mention or reference", () => {
    const evil = "@mira | a\n\n# b <b>c</b> #1 https://evil.example ![x](y) `z` acme-db/db#2";
    const hostile = {
      ...VIEW,
      summary: evil,
      workaround: evil,
      neededBy: { date: "2026-04-01", why: evil },
      patches: [patch({ pull: { ...PULL, title: evil.repeat(2000) } })],
    };
    const text = comment(hostile);
    expect(text).not.toMatch(/@mira|<b>|[^`]#1\b|https:\/\/evil|!\[|\n# /);
    expect(text.length).toBeLessThan(20_000);
    // The table has its three columns still.
    expect(text.split("\n")[2]?.match(/(?<!\\)\|/g)).toHaveLength(4);
    const shipped = note(
      { kind: "shipped", at: at(9), tag: evil, name: evil, url: "javascript:alert(1)", author: evil, consultant: null },
      "en",
    );
    expect(shipped).not.toMatch(/\]\(javascript|<b>(?![^`]*`)/);
    const address = { tag: "v1", name: "v1", url: "https://github.com/a/b/releases/tag/v1)%20|x(y" };
    expect(note({ kind: "shipped", at: at(9), ...address, author: "anna", consultant: null }, "en")).toContain(
      "(https://github.com/a/b/releases/tag/v1%29%20%7Cx%28y)",
    );
  });
});
