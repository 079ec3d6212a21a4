// The Japanese words for every reason, a clause each. Apart, so that one person can read a language from top to bottom.

import {
  code,
  count,
  escaped,
  isoDate,
  isoMinute,
  joined,
  literal,
  login,
  noText,
  type PublicText,
  publicText,
  whereAllowed,
} from "../effects/public-text.ts";
import type { Duration } from "../policy/policy.ts";
import type { ReasonTexts } from "./reasons.ts";

const who = (by: string | null): PublicText => (by === null ? literal("どなたか") : publicText`${login(by)} さん`);

const names = (people: readonly string[]): PublicText =>
  joined(
    people.map((name) => publicText`${login(name)} ${name.includes("/") ? literal("の皆さま") : literal("さん")}`),
    literal("、"),
  );

const units = {
  s: literal("秒"),
  m: literal("分"),
  h: literal("営業時間"),
  d: literal("営業日"),
  w: literal("営業週"),
} as const;

/** "1 営業日", "4 営業時間". */
export const durationInJapanese = ({ amount, unit }: Duration): PublicText =>
  publicText`${count(amount)} ${units[unit]}`;

const because = (reason: string | null): PublicText =>
  reason === null ? noText : whereAllowed("full", publicText`（理由: ${escaped(reason, "full")}）`);

export const reasonsInJapanese: ReasonTexts = {
  "opened-ready": ({ by }) => publicText`${who(by)}がレビュー可能な状態で作成しました`,
  "ready-for-review": ({ by }) => publicText`${who(by)}がレビュー可能な状態にしました`,
  reopened: ({ by }) => publicText`${who(by)}が再オープンしました`,
  "pushed-after-request": ({ by }) => publicText`${who(by)}がメンテナーのご依頼を受けて更新しました`,
  "comment-by-author-side": ({ by }) => publicText`${who(by)}が作成者側として回答しました`,
  "review-reply-by-author-side": ({ by }) => publicText`${who(by)}が作成者側としてレビューに返信しました`,
  "review-requested": ({ by, of }) =>
    publicText`${who(by)}が${of === null ? noText : publicText` ${login(of)} さんに`}レビューを依頼しました`,
  "review-requested-again": ({ by, of }) =>
    publicText`${who(by)}が${of === null ? noText : publicText` ${login(of)} さんに`}改めてレビューを依頼しました`,
  "review-dismissed": ({ by }) => publicText`${who(by)}が変更を求めるレビューを取り下げました`,
  "approved-not-merged": ({ by }) => publicText`${who(by)}が承認しましたが、まだマージされていません`,
  "waiting-for-maintainer": ({ by }) =>
    publicText`${who(by)}が ${code("/case waiting maintainer", "none")} でメンテナーの番にしました`,
  "conflict-resolved": () => literal("ベースブランチとのコンフリクトが解消されました"),
  "checks-passing": () => literal("必須チェックの失敗が解消されました"),
  "changes-requested": ({ by }) => publicText`${who(by)}が変更を求めました`,
  "maintainer-comment": ({ by }) => publicText`メンテナーの ${who(by)}がコメントしました`,
  "waiting-for-author": ({ by }) =>
    publicText`${who(by)}が ${code("/case waiting author", "none")} で作成者側の番にしました`,
  conflict: () => literal("ベースブランチとのコンフリクトがあります"),
  "checks-failing": ({ checks }) =>
    checks.length === 0
      ? literal("必須チェックが失敗しています")
      : publicText`必須チェックが失敗しています（${joined(
          checks.slice(0, 5).map((check) => code(check, "none")),
          literal("、"),
        )}）`,
  "opened-draft": ({ by }) => publicText`${who(by)}がドラフトとして作成しました`,
  draft: ({ by }) => publicText`${who(by)}がドラフトに戻しました`,
  snoozed: ({ by, until, reason }, timezone) =>
    publicText`${who(by)}が ${isoDate(until, timezone)} まで保留にしました${because(reason)}`,
  "put-off": ({ by, until, reason }, timezone) =>
    publicText`${who(by)}が ${isoDate(until, timezone)} にあらためて検討すると決めました${because(reason)}`,
  "exempt-by-label": ({ label }) => publicText`ラベル ${code(label, "none")} により対象外です`,
  "exempt-author": ({ by }) => publicText`ポリシーにより ${who(by)}のプルリクエストは対象外です`,
  "exempt-bot": ({ by }) => publicText`作成者の ${login(by)} はボットのため、ポリシーにより対象外です`,
  merged: ({ by }) => publicText`${who(by)}がマージしました`,
  closed: ({ by }) => publicText`${who(by)}がクローズしました`,
  landed: ({ by }) =>
    by === null
      ? literal("変更は別の形で取り込まれました")
      : publicText`${who(by)}が、変更は別の形で取り込まれたと知らせました`,
  superseded: ({ by }) => publicText`${who(by)}が、別のプルリクエストに引き継がれたと知らせました`,
  archived: () => literal("リポジトリがアーカイブされています"),
  unsnoozed: ({ by }) => publicText`${who(by)}が保留を解除しました`,
  "snooze-ended": () => literal("保留の期間が終わりました"),
  unarchived: () => literal("リポジトリのアーカイブが解除されました"),
  response: ({ by, how }) =>
    publicText`${who(by)}が${how === "review" ? literal("レビュー") : literal("コメント")}で応答しました`,
  "response-only-commands": ({ by }) => publicText`${who(by)}がコマンドのみで応答しました（番はそのままです）`,
  "response-to-maintainers": ({ by }) =>
    publicText`${who(by)}がほかのメンテナーに宛てて応答しました（番はそのままです）`,
  "pinged-by-author-side": ({ by }) =>
    publicText`${who(by)}が作成者側として再度お尋ねしました（経過時間は数え直しません）`,
  "carried-over": ({ pull }) =>
    publicText`${whereAllowed("reference", code(pull, "reference"), literal("別のプルリクエスト"))}を引き継いだため、その待ち時間も数えます`,
  "escalation-asked": ({ by }) => publicText`${who(by)}が次の段階に進めるよう依頼しました`,
  asked: ({ by, people }) => publicText`${who(by)}が ${names(people)}に対応を依頼しました`,
  taken: ({ by, until }, timezone) => publicText`${who(by)}が ${isoDate(until, timezone)} まで担当しています`,
  "take-ended": () => literal("担当の期間が終わりました"),
  quieted: ({ by, until }, timezone) =>
    publicText`${who(by)}が ${isoDate(until, timezone)} までここでのお知らせを止めました`,
  reminded: ({ n, people }) =>
    people.length === 0
      ? publicText`${count(n)} 回目のお願いをお送りしました`
      : publicText`${names(people)}に ${count(n)} 回目のお願いをお送りしました`,
  "author-side-told": () => literal("作成者側に、番が来ていることをお知らせしました"),

  // Whether a severity may be read depends on its label, which is not known here; the reminder itself names it where it may.
  "reminder-due": ({ target, severity }) =>
    publicText`${
      severity === null ? noText : whereAllowed("full", publicText`重大度 ${code(severity, "full")} では、`)
    }応答のないまま ${durationInJapanese(target)}が経つと、お願いをお送りします`,
  "next-reminder-due": ({ every, n, limit }) =>
    publicText`前回のお願いから ${durationInJapanese(every)}が経つと、${count(n)} 回目（最大 ${count(limit)} 回）のお願いをお送りします`,
  "escalation-due": ({ reminders, every }) =>
    reminders === 0
      ? literal("お願いを送らない設定のため、代わりに次の段階に進みます")
      : publicText`${count(reminders)} 回のお願いのあと、さらに ${durationInJapanese(every)}のあいだ応答がない場合、次の段階に進みます`,
  "nobody-to-remind": () => literal("お願いできるメンテナーがいないため、次の段階に進みます"),
  "target-missed": ({ target }) => publicText`お約束した応答期限（${durationInJapanese(target)}）を過ぎました`,
  "escalation-asked-for": () => literal("次の段階に進めるよう依頼がありました"),
  "support-asked": ({ until }, timezone) =>
    inside(publicText`${isoMinute(until, timezone)} まで、資料の不足分をサポートに確認しています`),
  "owner-to-decide": () => inside(literal("意思決定者に諮るかどうかを、お客様担当が判断します")),
  "owner-asked": ({ until }, timezone) =>
    inside(publicText`${isoMinute(until, timezone)} まで、お客様担当の回答待ちです`),
  "owner-not-answered": ({ within }) =>
    inside(publicText`お客様担当から ${durationInJapanese(within)}のあいだ回答がありません`),
  "owner-silent": () => inside(literal("お客様担当に 2 回お尋ねしましたが、回答がありません")),
  "owner-waits": ({ until }, timezone) =>
    inside(publicText`お客様担当の判断により ${isoDate(until, timezone)} まで待ちます`),
  "owner-refused": () => inside(literal("お客様担当の判断により、これより先には進めません")),
  "deciders-to-decide": () => literal("意思決定者に判断をお願いします"),
  "deciders-asked": ({ until }, timezone) => publicText`${isoMinute(until, timezone)} までに判断をお願いしています`,
  "author-to-act": () => literal("作成者側の対応を先にお願いするため、次の段階への手続きを止めています"),
  "ladder-paused": () => literal("応答があったため、次の段階への手続きを止めています"),
  "author-turn-due": ({ target }) =>
    publicText`作成者側の番が ${durationInJapanese(target)}続くと、作成者側にお知らせします`,
  "author-turn-listed": ({ every }) =>
    publicText`作成者側へのお知らせから ${durationInJapanese(every)}のあいだ動きがない場合、当方の対応待ちとして一覧に載せます`,
  "still-nobodys-turn": ({ workingDays }) =>
    publicText`どちらの番でもない状態が ${count(workingDays)} 営業日続いたため、サポートにお知らせします`,
  "repository-limit-reached": ({ limit, until }, timezone) =>
    publicText`このリポジトリへのお願いは 1 日 ${count(limit)} 件までです${after(until, timezone)}`,
  "maintainer-limit-reached": ({ limit, until }, timezone) =>
    publicText`メンテナーお一人へのお願いは週 ${count(limit)} 件までです${after(until, timezone)}`,
  "outside-hours": ({ until }, timezone) =>
    publicText`営業時間外のため、${isoMinute(until, timezone)} からの営業時間を待ちます`,
  quiet: ({ until }, timezone) => publicText`${isoDate(until, timezone)} まで、ここではお知らせをお送りしません`,
  "everybody-quiet": () => literal("お願いできる方は全員、お知らせの対象外となっています"),
  unwanted: ({ until }, timezone) =>
    publicText`このアプリのコメントまたはラベルが取り除かれたため、${isoDate(until, timezone)} までここでは何もお送りしません`,
  "taken-until": ({ until }, timezone) => publicText`${isoDate(until, timezone)} まで担当の方がいます`,
  "snoozed-until": ({ until }, timezone) => publicText`${isoDate(until, timezone)} まで保留中です`,
  "nobodys-turn": () => literal("どちらの番でもありません"),
  gone: () => literal("GitHub 上で確認できなくなりました"),
  observing: () => literal("ポリシーにより、このアプリは観察のみを行います"),
  "no-policy": () => literal("ポリシーファイルがないため、このアプリは観察のみを行います"),
  paused: () => literal("このアプリは一時停止中です"),
  "not-tracked": () => literal("確認済みのケースが関連付けられておらず、ほかに追跡する理由もありません"),
  proposal: () => literal("ケースとの関連付けはまだ提案の段階です（サポート担当が確認できます）"),
  "not-installed": () => literal("このアプリはリポジトリにインストールされておらず、読み取りのみを行います"),
};

/** What goes on on the customer's side is told where references may be; elsewhere only that something does. */
const inside = (text: PublicText): PublicText => whereAllowed("reference", text, literal("次の段階の手続き中です"));

function after(until: number | null, timezone: string): PublicText {
  return until === null ? noText : publicText`（次は ${isoMinute(until, timezone)} 以降です）`;
}
