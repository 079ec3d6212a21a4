// What an escalation says on a pull request: the one neutral request for a decision. Apart from what is told privately, because everybody
// may read this.
import { code, isoMinute, literal, noText, type PublicText, publicText, zoneName } from "../effects/public-text.ts";
import { roughTime, type WorkingTime } from "../patches/working-time.ts";
import type { Language, Severity } from "../policy/policy.ts";
import { type Addressees, addressed } from "../reminders/messages.ts";

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
