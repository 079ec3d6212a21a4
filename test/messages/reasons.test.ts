// Every reason in both languages, whole: what happened, and why the next step is what it is.
import { expect, test } from "vitest";
import { renderPublic } from "../../src/effects/public-text.ts";
import { becauseOf, type Reason, type ReasonCode, reasonText } from "../../src/patches/reasons.ts";
import type { Language } from "../../src/policy/policy.ts";

const at = Date.UTC(2026, 10, 24, 1);
const until = Date.UTC(2026, 11, 1, 0);
const done = { by: "mira", at };
const days = (amount: number) => ({ amount, unit: "d" }) as const;

const all: { readonly [Code in ReasonCode]: Extract<Reason, { code: Code }> } = {
  "opened-ready": { code: "opened-ready", ...done },
  "ready-for-review": { code: "ready-for-review", ...done },
  reopened: { code: "reopened", by: null, at },
  "pushed-after-request": { code: "pushed-after-request", ...done },
  "comment-by-author-side": { code: "comment-by-author-side", ...done },
  "review-reply-by-author-side": { code: "review-reply-by-author-side", ...done },
  "review-requested": { code: "review-requested", ...done, of: "dana" },
  "review-requested-again": { code: "review-requested-again", ...done, of: null },
  "review-dismissed": { code: "review-dismissed", ...done },
  "approved-not-merged": { code: "approved-not-merged", ...done },
  "waiting-for-maintainer": { code: "waiting-for-maintainer", ...done },
  "conflict-resolved": { code: "conflict-resolved", at },
  "checks-passing": { code: "checks-passing", at },
  "changes-requested": { code: "changes-requested", ...done },
  "maintainer-comment": { code: "maintainer-comment", ...done },
  "waiting-for-author": { code: "waiting-for-author", ...done },
  conflict: { code: "conflict", at },
  "checks-failing": { code: "checks-failing", at, checks: ["build / linux", "a`b @mira"] },
  "opened-draft": { code: "opened-draft", ...done },
  draft: { code: "draft", ...done },
  snoozed: { code: "snoozed", ...done, until, reason: "Shinshu Bank’s freeze" },
  "put-off": { code: "put-off", ...done, until, reason: "Shinshu Bank’s freeze" },
  "carried-over": { code: "carried-over", at, pull: "acme-db/engine#7" },
  "escalation-asked": { code: "escalation-asked", ...done },
  "exempt-by-label": { code: "exempt-by-label", label: "no-reminders", at },
  "exempt-author": { code: "exempt-author", by: "mira" },
  "exempt-bot": { code: "exempt-bot", by: "renovate[bot]" },
  merged: { code: "merged", ...done },
  closed: { code: "closed", ...done },
  landed: { code: "landed", ...done },
  superseded: { code: "superseded", ...done },
  archived: { code: "archived", at: null },
  unsnoozed: { code: "unsnoozed", ...done },
  "snooze-ended": { code: "snooze-ended", at },
  unarchived: { code: "unarchived", at },
  response: { code: "response", ...done, how: "review" },
  "response-only-commands": { code: "response-only-commands", ...done },
  "response-to-maintainers": { code: "response-to-maintainers", ...done },
  "pinged-by-author-side": { code: "pinged-by-author-side", ...done },
  asked: { code: "asked", ...done, people: ["dana", "acme-db/engine"] },
  taken: { code: "taken", ...done, until },
  "take-ended": { code: "take-ended", at },
  quieted: { code: "quieted", ...done, until },
  reminded: { code: "reminded", at, n: 2, people: ["mira", "dana"] },
  "author-side-told": { code: "author-side-told", at },
  "reminder-due": { code: "reminder-due", target: { amount: 1, unit: "d" }, severity: "S1" },
  "next-reminder-due": { code: "next-reminder-due", every: days(5), n: 2, limit: 2 },
  "escalation-due": { code: "escalation-due", reminders: 2, every: days(5) },
  "nobody-to-remind": { code: "nobody-to-remind" },
  "target-missed": { code: "target-missed", target: { amount: 2, unit: "h" } },
  "escalation-asked-for": { code: "escalation-asked-for" },
  "support-asked": { code: "support-asked", until },
  "owner-to-decide": { code: "owner-to-decide" },
  "owner-asked": { code: "owner-asked", until },
  "owner-not-answered": { code: "owner-not-answered", within: days(2) },
  "owner-silent": { code: "owner-silent" },
  "owner-waits": { code: "owner-waits", until },
  "owner-refused": { code: "owner-refused" },
  "deciders-to-decide": { code: "deciders-to-decide" },
  "deciders-asked": { code: "deciders-asked", until },
  "ladder-paused": { code: "ladder-paused" },
  "author-to-act": { code: "author-to-act" },
  gone: { code: "gone" },
  "author-turn-due": { code: "author-turn-due", target: days(3) },
  "author-turn-listed": { code: "author-turn-listed", every: { amount: 1, unit: "w" } },
  "still-nobodys-turn": { code: "still-nobodys-turn", workingDays: 20 },
  "repository-limit-reached": { code: "repository-limit-reached", limit: 5, until },
  "maintainer-limit-reached": { code: "maintainer-limit-reached", limit: 3, until: null },
  "outside-hours": { code: "outside-hours", until },
  quiet: { code: "quiet", until },
  "everybody-quiet": { code: "everybody-quiet" },
  unwanted: { code: "unwanted", until },
  "taken-until": { code: "taken-until", until },
  "snoozed-until": { code: "snoozed-until", until },
  "nobodys-turn": { code: "nobodys-turn" },
  observing: { code: "observing" },
  "no-policy": { code: "no-policy" },
  paused: { code: "paused" },
  "not-tracked": { code: "not-tracked" },
  proposal: { code: "proposal" },
  "not-installed": { code: "not-installed" },
};

const others: readonly Reason[] = [
  { code: "checks-failing", at, checks: [] },
  { code: "review-requested-again", ...done, of: "dana" },
  { code: "response", ...done, how: "comment" },
  { code: "reminded", at, n: 1, people: [] },
  { code: "reminder-due", target: { amount: 4, unit: "h" }, severity: null },
  { code: "escalation-due", reminders: 0, every: days(5) },
  { code: "escalation-due", reminders: 1, every: days(1) },
];

const told = (language: Language) =>
  [...Object.values(all), ...others]
    .map((reason) => renderPublic(reasonText(reason, { language, timezone: "Asia/Tokyo" }), "none"))
    .join("\n");

test("every reason in English", () => {
  expect(told("en")).toMatchInlineSnapshot(`
    "\`mira\` opened it, ready for review
    \`mira\` marked it ready for review
    somebody reopened it
    \`mira\` pushed an update after a maintainer’s request
    \`mira\` answered for the author’s side
    \`mira\` replied to the review for the author’s side
    \`mira\` requested a review from \`dana\`
    \`mira\` requested another review
    \`mira\` dismissed the review that asked for changes
    \`mira\` approved it, and it is not merged yet
    \`mira\` handed it to the maintainers with \`/case waiting maintainer\`
    it no longer conflicts with its base branch
    its required checks no longer fail
    \`mira\` requested changes
    \`mira\`, a maintainer, commented
    \`mira\` handed it to the author’s side with \`/case waiting author\`
    it conflicts with its base branch
    required checks fail: \`build / linux\`, \`\` a\`b @mira \`\`
    \`mira\` opened it as a draft
    \`mira\` made it a draft
    \`mira\` put it off until 2026-12-01
    \`mira\` decided to come back to it on 2026-12-01
    it took the place of another pull request, whose waiting counts on
    \`mira\` asked for the next step up
    its label \`no-reminders\` exempts it
    the policy exempts pull requests by \`mira\`
    its author \`renovate[bot]\` is a bot, and the policy exempts those
    \`mira\` merged it
    \`mira\` closed it
    \`mira\` said that the change has landed another way
    \`mira\` said that another pull request supersedes it
    the repository is archived
    \`mira\` ended the snooze
    the snooze ended
    the repository is no longer archived
    \`mira\` responded with a review
    \`mira\` responded with commands only, which leaves the turn as it was
    \`mira\` responded to other maintainers, which leaves the turn as it was
    \`mira\` asked again for the author’s side, which does not restart the clock
    \`mira\` asked \`dana\`, \`acme-db/engine\` to answer
    \`mira\` has it in hand until 2026-12-01
    the time in which somebody had it in hand ended
    \`mira\` asked for no reminders here until 2026-12-01
    reminder 2 went to \`mira\`, \`dana\`
    the author’s side was told that it is their turn
    a reminder is due after 1 working day without a response
    reminder 2 of at most 2 is due 5 working days after the one before
    the next step up is due once 2 reminders and another 5 working days have passed without a response
    there is no maintainer who could be reminded, so the next step up is due
    the 2 working hours within which an answer was promised have passed
    the next step up was asked for
    the next step up is under way
    the next step up is under way
    the next step up is under way
    the next step up is under way
    the next step up is under way
    the next step up is under way
    the next step up is under way
    those who decide are asked for a decision
    a decision is asked for by 2026-12-01 09:00
    there was an answer, so the steps up rest
    the author’s side has to act first, so the steps up rest
    GitHub does not show it any more
    the author’s side is told after 3 working days of its turn
    it is listed as waiting for us once the author’s side has not acted for 1 working week after it was told
    it has been nobody’s turn for 20 working days, so support is told
    this repository gets at most 5 reminders a day; the next is possible from 2026-12-01 09:00 on
    a maintainer gets at most 3 reminders a week
    it waits for working hours, which begin at 2026-12-01 09:00
    no reminders are wanted here until 2026-12-01
    quiet was asked for everybody who could be reminded
    an earlier comment or label of this app was taken away here, so it stays silent until 2026-12-01
    somebody has it in hand until 2026-12-01
    it is put off until 2026-12-01
    it is nobody’s turn
    the policy lets this app observe only
    there is no policy file, so this app observes only
    this app is paused
    no confirmed case is linked, and nothing else asks this app to follow it
    its link to a case is only proposed; somebody in support can confirm it
    this app is not installed on the repository and only reads it
    required checks fail
    \`mira\` requested another review from \`dana\`
    \`mira\` responded with a comment
    reminder 1 went out
    a reminder is due after 4 working hours without a response
    no reminders are to be sent, so the next step up is due instead
    the next step up is due once 1 reminder and another 1 working day have passed without a response"
  `);
});

test("すべての理由", () => {
  expect(told("ja")).toMatchInlineSnapshot(`
    "\`mira\` さんがレビュー可能な状態で作成しました
    \`mira\` さんがレビュー可能な状態にしました
    どなたかが再オープンしました
    \`mira\` さんがメンテナーのご依頼を受けて更新しました
    \`mira\` さんが作成者側として回答しました
    \`mira\` さんが作成者側としてレビューに返信しました
    \`mira\` さんが \`dana\` さんにレビューを依頼しました
    \`mira\` さんが改めてレビューを依頼しました
    \`mira\` さんが変更を求めるレビューを取り下げました
    \`mira\` さんが承認しましたが、まだマージされていません
    \`mira\` さんが \`/case waiting maintainer\` でメンテナーの番にしました
    ベースブランチとのコンフリクトが解消されました
    必須チェックの失敗が解消されました
    \`mira\` さんが変更を求めました
    メンテナーの \`mira\` さんがコメントしました
    \`mira\` さんが \`/case waiting author\` で作成者側の番にしました
    ベースブランチとのコンフリクトがあります
    必須チェックが失敗しています（\`build / linux\`、\`\` a\`b @mira \`\`）
    \`mira\` さんがドラフトとして作成しました
    \`mira\` さんがドラフトに戻しました
    \`mira\` さんが 2026-12-01 まで保留にしました
    \`mira\` さんが 2026-12-01 にあらためて検討すると決めました
    別のプルリクエストを引き継いだため、その待ち時間も数えます
    \`mira\` さんが次の段階に進めるよう依頼しました
    ラベル \`no-reminders\` により対象外です
    ポリシーにより \`mira\` さんのプルリクエストは対象外です
    作成者の \`renovate[bot]\` はボットのため、ポリシーにより対象外です
    \`mira\` さんがマージしました
    \`mira\` さんがクローズしました
    \`mira\` さんが、変更は別の形で取り込まれたと知らせました
    \`mira\` さんが、別のプルリクエストに引き継がれたと知らせました
    リポジトリがアーカイブされています
    \`mira\` さんが保留を解除しました
    保留の期間が終わりました
    リポジトリのアーカイブが解除されました
    \`mira\` さんがレビューで応答しました
    \`mira\` さんがコマンドのみで応答しました（番はそのままです）
    \`mira\` さんがほかのメンテナーに宛てて応答しました（番はそのままです）
    \`mira\` さんが作成者側として再度お尋ねしました（経過時間は数え直しません）
    \`mira\` さんが \`dana\` さん、\`acme-db/engine\` の皆さまに対応を依頼しました
    \`mira\` さんが 2026-12-01 まで担当しています
    担当の期間が終わりました
    \`mira\` さんが 2026-12-01 までここでのお知らせを止めました
    \`mira\` さん、\`dana\` さんに 2 回目のお願いをお送りしました
    作成者側に、番が来ていることをお知らせしました
    応答のないまま 1 営業日が経つと、お願いをお送りします
    前回のお願いから 5 営業日が経つと、2 回目（最大 2 回）のお願いをお送りします
    2 回のお願いのあと、さらに 5 営業日のあいだ応答がない場合、次の段階に進みます
    お願いできるメンテナーがいないため、次の段階に進みます
    お約束した応答期限（2 営業時間）を過ぎました
    次の段階に進めるよう依頼がありました
    次の段階の手続き中です
    次の段階の手続き中です
    次の段階の手続き中です
    次の段階の手続き中です
    次の段階の手続き中です
    次の段階の手続き中です
    次の段階の手続き中です
    意思決定者に判断をお願いします
    2026-12-01 09:00 までに判断をお願いしています
    応答があったため、次の段階への手続きを止めています
    作成者側の対応を先にお願いするため、次の段階への手続きを止めています
    GitHub 上で確認できなくなりました
    作成者側の番が 3 営業日続くと、作成者側にお知らせします
    作成者側へのお知らせから 1 営業週のあいだ動きがない場合、当方の対応待ちとして一覧に載せます
    どちらの番でもない状態が 20 営業日続いたため、サポートにお知らせします
    このリポジトリへのお願いは 1 日 5 件までです（次は 2026-12-01 09:00 以降です）
    メンテナーお一人へのお願いは週 3 件までです
    営業時間外のため、2026-12-01 09:00 からの営業時間を待ちます
    2026-12-01 まで、ここではお知らせをお送りしません
    お願いできる方は全員、お知らせの対象外となっています
    このアプリのコメントまたはラベルが取り除かれたため、2026-12-01 までここでは何もお送りしません
    2026-12-01 まで担当の方がいます
    2026-12-01 まで保留中です
    どちらの番でもありません
    ポリシーにより、このアプリは観察のみを行います
    ポリシーファイルがないため、このアプリは観察のみを行います
    このアプリは一時停止中です
    確認済みのケースが関連付けられておらず、ほかに追跡する理由もありません
    ケースとの関連付けはまだ提案の段階です（サポート担当が確認できます）
    このアプリはリポジトリにインストールされておらず、読み取りのみを行います
    必須チェックが失敗しています
    \`mira\` さんが \`dana\` さんに改めてレビューを依頼しました
    \`mira\` さんがコメントで応答しました
    1 回目のお願いをお送りしました
    応答のないまま 4 営業時間が経つと、お願いをお送りします
    お願いを送らない設定のため、代わりに次の段階に進みます
    1 回のお願いのあと、さらに 1 営業日のあいだ応答がない場合、次の段階に進みます"
  `);
});

test("a row's because is in English and UTC, without what only some may read", () => {
  expect(becauseOf(all["outside-hours"])).toBe("it waits for working hours, which begin at 2026-12-01 00:00");
  expect(becauseOf(all.snoozed)).toBe("`mira` put it off until 2026-12-01");
});

test("where all may be told, the severity and a snooze's reason are", () => {
  const full = (reason: Reason, language: Language) =>
    renderPublic(reasonText(reason, { language, timezone: "Asia/Tokyo" }), "full");
  expect(full(all.snoozed, "en")).toBe("`mira` put it off until 2026-12-01: Shinshu Bank’s freeze");
  expect(full(all.snoozed, "ja")).toBe("`mira` さんが 2026-12-01 まで保留にしました（理由: Shinshu Bank’s freeze）");
  expect(full(all["reminder-due"], "en")).toBe(
    "for severity `S1`, a reminder is due after 1 working day without a response",
  );
  expect(full(all["reminder-due"], "ja")).toBe(
    "重大度 `S1` では、応答のないまま 1 営業日が経つと、お願いをお送りします",
  );
});
