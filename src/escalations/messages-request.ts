// What an escalation says on a pull request: the one neutral request for a decision, and why an escalation was refused. Apart from what is
// told privately, because everybody may read this.
import {
  code,
  isoDate,
  isoMinute,
  joined,
  literal,
  noText,
  type PublicText,
  publicText,
  zoneName,
} from "../effects/public-text.ts";
import { roughTime, type WorkingTime } from "../patches/working-time.ts";
import type { Language, Severity } from "../policy/policy.ts";
import { type Addressees, addressed } from "../reminders/messages.ts";
import type { Lack } from "./decidable.ts";

export type DecisionRequestWords = Addressees & {
  readonly language: Language;
  readonly timezone: string;
  readonly decideByAt: number;
  /** The gravest, only where its label is on. */
  readonly severity: Severity | null;
  /** Whether somebody under a support contract depends on it; false where the policy tracks all. */
  readonly isUnderContract: boolean;
  readonly waited: WorkingTime;
};

/** The request, whole: by when a decision is asked for, what settles it and how to say so. */
export const decisionRequestText = (words: DecisionRequestWords): PublicText => requests[words.language](words);

const severities: Record<Severity, PublicText> = {
  S1: literal("S1"),
  S2: literal("S2"),
  S3: literal("S3"),
  S4: literal("S4"),
};

const isNobody = ({ mention, named }: Addressees): boolean => mention.length + named.length === 0;

const MINUTE = 60_000;

const requests: Record<Language, (words: DecisionRequestWords) => PublicText> = {
  en: (words) => publicText`${isNobody(words) ? literal("Hello,") : publicText`Hello ${addressed(words, "en")},`}

This pull request ${
    words.waited.millis < MINUTE
      ? literal("waits for a decision")
      : publicText`has been waiting for a decision for **${roughTime(words.waited, "en")}**`
  }${words.isUnderContract ? literal(", and somebody under a support contract depends on it") : noText}${
    words.severity === null ? noText : publicText` (severity ${severities[words.severity]})`
  }. Could you say by **${isoMinute(words.decideByAt, words.timezone)}** (${zoneName(words.timezone)}) what is to become of it?

Taking it, taking it with changes, “no” or “later” all settle it, and which of them is yours to choose:

- To take it, with or without changes: a review that says so
- Not to take it: a word why, and closing it
- To come back to it later: ${code("/case later YYYY-MM-DD reason", "none")}
- To look into it first: ${code("/case take", "none")}

${code("/case why", "none")} shows how this came about. This app never closes or merges anything.`,

  ja: (words) => publicText`${isNobody(words) ? literal("ご担当の皆さま") : addressed(words, "ja")}

ご判断のお願いです。このプルリクエストは、${
    words.waited.millis < MINUTE
      ? literal("ご判断をお待ちしています。")
      : publicText`ご判断を **${roughTime(words.waited, "ja")}** お待ちしています。`
  }${words.isUnderContract ? literal("サポート契約をお持ちの方が、この変更を必要とされています") : noText}${severityInJapanese(
    words,
  )}**${isoMinute(words.decideByAt, words.timezone)}**（${zoneName(words.timezone)}）までに、今後の扱いをお知らせいただけますでしょうか。

取り込み、変更のうえ取り込み、「見送り」、「後日」のいずれでも結構です。どれを選ばれるかは、皆さまのご判断にお任せします。

- 取り込まれる場合（変更の有無を問わず）: レビューでお知らせください
- 見送られる場合: 理由を添えてクローズしてください
- 後日にされる場合: ${code("/case later YYYY-MM-DD 理由", "none")}
- まず確認される場合: ${code("/case take", "none")}

これまでの経緯は ${code("/case why", "none")} でご覧いただけます。このアプリがプルリクエストをクローズまたはマージすることはありません。`,
};

function severityInJapanese({ severity, isUnderContract }: DecisionRequestWords): PublicText {
  if (severity === null) return isUnderContract ? literal("。") : noText;
  return isUnderContract
    ? publicText`（重大度: ${severities[severity]}）。`
    : publicText`重大度は ${severities[severity]} です。`;
}

export type RefusalWords = {
  readonly language: Language;
  readonly timezone: string;
  readonly lacks: readonly Lack[];
  /** Whether this sender may insist, for this patch. */
  readonly mayInsist: boolean;
};

type RefusalTexts = {
  readonly opening: PublicText;
  readonly insist: PublicText;
  readonly lack: (lack: Lack, timezone: string) => PublicText;
};

/** Why a patch cannot be put before anybody yet, and who has to act. */
export function escalationRefusalText({ language, timezone, lacks, mayInsist }: RefusalWords): PublicText {
  const texts = refusals[language];
  const items = lacks.map((lack) => publicText`- ${texts.lack(lack, timezone)}`);
  return publicText`${texts.opening}

${joined(items, literal("\n"))}${mayInsist ? publicText`\n\n${texts.insist}` : noText}`;
}

/** Each lack alone, as one clause and who has to act. */
export const lackText = (lack: Lack, { language, timezone }: { language: Language; timezone: string }): PublicText =>
  refusals[language].lack(lack, timezone);

const checksIn = (checks: readonly string[], between: PublicText): PublicText =>
  joined(
    checks.slice(0, 5).map((check) => code(check, "none")),
    between,
  );

const refusals: Record<Language, RefusalTexts> = {
  en: {
    opening: literal("This cannot be decided on yet, so nobody was asked:"),
    insist: publicText`If it cannot wait for that, ${code("/case escalate anyway reason", "none")} goes through and says so on its first line.`,
    lack: (lack, timezone) => {
      switch (lack.code) {
        case "closed":
          return literal("it is closed: there is nothing left to decide");
        case "archived":
          return literal("its repository is archived: nobody can act on it");
        case "unknown":
          return literal("GitHub has not shown its newest state yet: please try again in a few minutes");
        case "draft":
          return literal("it is a draft: its author’s side has to mark it ready for review");
        case "snoozed":
          return publicText`it is put off until ${isoDate(lack.until, timezone)}: ${code("/case unsnooze", "none")} ends that`;
        case "exempt":
          return literal("the policy exempts it: its maintainers would have to take that off");
        case "conflict":
          return lack.who === "author"
            ? literal("it conflicts with its base branch: its author’s side has to resolve that")
            : literal("it conflicts with its base branch: its maintainers have to resolve that");
        case "checks-failing": {
          const checks = lack.checks.length === 0 ? noText : publicText` (${checksIn(lack.checks, literal(", "))})`;
          return publicText`required checks fail${checks}: ${
            lack.who === "author"
              ? literal("its author’s side has to mend that")
              : literal("its maintainers have to mend that")
          }`;
        }
        case "not-maintainers-turn":
          return publicText`it is the author’s turn: an update, a reply or ${code("/case waiting maintainer", "none")} hands it back to the maintainers`;
      }
    },
  },
  ja: {
    opening: literal("まだ判断していただける状態ではないため、どなたにもお願いしていません。"),
    insist: publicText`お待ちいただけない場合は、${code("/case escalate anyway 理由", "none")} で進められます（その旨が冒頭に記されます）。`,
    lack: (lack, timezone) => {
      switch (lack.code) {
        case "closed":
          return literal("すでにクローズされています（判断していただくことがありません）");
        case "archived":
          return literal("リポジトリがアーカイブされています（どなたも対応できません）");
        case "unknown":
          return literal("最新の状態をまだ GitHub から確認できていません（数分後にもう一度お試しください）");
        case "draft":
          return literal("下書きです（作成者側がレビュー可能な状態にする必要があります）");
        case "snoozed":
          return publicText`${isoDate(lack.until, timezone)} まで保留中です（${code("/case unsnooze", "none")} で解除できます）`;
        case "exempt":
          return literal("ポリシーにより対象外です（メンテナーが対象に戻す必要があります）");
        case "conflict":
          return lack.who === "author"
            ? literal("ベースブランチと競合しています（作成者側の対応が必要です）")
            : literal("ベースブランチと競合しています（メンテナーの対応が必要です）");
        case "checks-failing": {
          const checks = lack.checks.length === 0 ? noText : publicText`（${checksIn(lack.checks, literal("、"))}）`;
          return publicText`必須のチェックが失敗しています${checks}。${
            lack.who === "author" ? literal("作成者側の対応が必要です") : literal("メンテナーの対応が必要です")
          }`;
        }
        case "not-maintainers-turn":
          return publicText`作成者側の番です（更新、返信または ${code("/case waiting maintainer", "none")} でメンテナーの番に戻ります）`;
      }
    },
  },
};
