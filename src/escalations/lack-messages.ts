// What a patch lacks before it can be decided on, and who has to act, in words that everybody may read. Pure; the reasons are decidable.ts's.
import { code, isoDate, joined, literal, noText, type PublicText, publicText } from "../effects/public-text.ts";
import type { Language } from "../policy/policy.ts";
import type { Lack, LackCode } from "./decidable.ts";

type LackTexts = {
  readonly [C in LackCode]: (lack: Extract<Lack, { code: C }>, timezone: string) => PublicText;
};

const MOST_CHECKS = 5;

const english: LackTexts = {
  closed: () => literal("It is closed."),
  archived: () => literal("Its repository is archived."),
  unknown: () => literal("GitHub does not say yet whether it can be merged; please try again in some minutes."),
  draft: () => literal("It is a draft: its author has to mark it ready for review."),
  snoozed: ({ until }, timezone) =>
    publicText`It is put off until ${isoDate(until, timezone)}; ${code("/case unsnooze", "none")} ends that.`,
  exempt: () => literal("The policy exempts it, by its author or by a label: its maintainers have to take that away."),
  conflict: ({ who }) =>
    publicText`It conflicts with its base branch: ${who === "author" ? literal("its author has") : literal("its maintainers have")} to resolve that.`,
  "checks-failing": ({ who, checks }) =>
    publicText`Required checks fail${checks.length === 0 ? noText : publicText` (${checksIn(checks, literal(", "))})`}: ${who === "author" ? literal("its author has") : literal("its maintainers have")} to mend that.`,
  "not-maintainers-turn": () =>
    publicText`Its maintainers wait for its author: an answer or a push hands it back, or ${code("/case waiting maintainer", "none")}.`,
};

const japanese: LackTexts = {
  closed: () => literal("すでにクローズされています。"),
  archived: () => literal("リポジトリがアーカイブされています。"),
  unknown: () => literal("マージできるかどうかを GitHub が確認しています。数分後にもう一度お試しください。"),
  draft: () => literal("下書きです。作成者の方がレビュー可能な状態にする必要があります。"),
  snoozed: ({ until }, timezone) =>
    publicText`${isoDate(until, timezone)} まで保留中です。${code("/case unsnooze", "none")} で解除できます。`,
  exempt: () => literal("作成者またはラベルにより、ポリシーの対象外です。メンテナーの方の解除が必要です。"),
  conflict: ({ who }) =>
    publicText`ベースブランチと競合しています。${who === "author" ? literal("作成者の方") : literal("メンテナーの方")}による解消が必要です。`,
  "checks-failing": ({ who, checks }) =>
    publicText`必須のチェック${checks.length === 0 ? noText : publicText`（${checksIn(checks, literal("、"))}）`}が失敗しています。${who === "author" ? literal("作成者の方") : literal("メンテナーの方")}による修正が必要です。`,
  "not-maintainers-turn": () =>
    publicText`作成者側のお返事待ちです。お返事かプッシュ、または ${code("/case waiting maintainer", "none")} でメンテナーの番に戻ります。`,
};

const texts: Record<Language, LackTexts> = { en: english, ja: japanese };

/** A sentence or two for each. */
export function lacksIn(
  lacks: readonly Lack[],
  words: { readonly language: Language; readonly timezone: string },
): readonly PublicText[] {
  return lacks.map((lack) => {
    // The catalogue's type holds a text for exactly this lack's code; TypeScript cannot follow the two through one index.
    const text = texts[words.language][lack.code] as (lack: Lack, timezone: string) => PublicText;
    return text(lack, words.timezone);
  });
}

const checksIn = (checks: readonly string[], between: PublicText): PublicText =>
  joined(
    checks.slice(0, MOST_CHECKS).map((check) => code(check, "none")),
    between,
  );
