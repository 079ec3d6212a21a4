// Every text of the pages of cases, in both languages.
import type { Language } from "../../policy/policy.ts";
import type { Field, ProblemCode } from "./decide.ts";
import type { CaseState } from "./parse.ts";

export type CaseTexts = {
  readonly title: string;
  /** Null where none is. */
  readonly summary: (counts: Readonly<Record<CaseState, string | null>>) => string;
  readonly filters: string;
  readonly filter: {
    readonly text: string;
    readonly state: string;
    readonly show: string;
    readonly clear: string;
  };
  readonly states: Readonly<Record<CaseState | "all", string>>;
  readonly noneHere: string;
  readonly nothingTitle: string;
  readonly nothing: string;
  readonly toLink: readonly [string, string];
  readonly toImport: string;
  readonly columns: {
    readonly case: string;
    readonly severity: string;
    readonly customer: string;
    readonly about: string;
    readonly state: string;
    readonly neededBy: string;
    readonly report: string;
  };
  readonly noCustomer: string;
  readonly page: {
    readonly title: (reference: string) => string;
    readonly words: string;
    readonly patches: string;
    readonly noPatches: string;
    readonly proposals: string;
    readonly told: string;
    readonly notTold: string;
    readonly toldNobody: string;
    readonly when: string;
    readonly what: string;
    readonly proposedBy: string;
    readonly more: (number: string) => string;
    readonly atHelpDesk: string;
    readonly asIssue: string;
    readonly notKnown: string;
    readonly noWorkaround: string;
    readonly edit: string;
    readonly editExplained: string;
    readonly ofIssue: string;
    readonly save: string;
    readonly saved: string;
    readonly wrong: string;
    readonly notYours: string;
  };
  readonly fields: Readonly<Record<Field, string>>;
  readonly hints: Readonly<Partial<Record<Field, string>>>;
  readonly problems: Readonly<Record<ProblemCode, string>>;
};

export const CASE_TEXTS: Readonly<Record<Language, CaseTexts>> = {
  en: {
    title: "Cases",
    summary: ({ open, resolved, closed }) => {
      const parts = [
        ...(open === null ? [] : [`${open} open`]),
        ...(resolved === null ? [] : [`${resolved} resolved`]),
        ...(closed === null ? [] : [`${closed} closed`]),
      ];
      return parts.length === 0 ? "There is no case yet." : `Cases: ${parts.join(", ")}.`;
    },
    filters: "Show only some",
    filter: {
      text: "Reference, title or summary",
      state: "State",
      show: "Show",
      clear: "Show all open cases",
    },
    states: { open: "open", resolved: "resolved", closed: "closed", all: "any" },
    noneHere: "There is no case that fits.",
    nothingTitle: "There is no case yet",
    nothing: "A case is a customer’s trouble. It comes here by itself once somebody names it:",
    toLink: ["Write ", " in a comment on a pull request, or open an issue in a case repository."],
    toImport: "Or take over the cases of your help desk",
    columns: {
      case: "Case",
      severity: "Severity",
      customer: "Customer",
      about: "What goes wrong",
      state: "State",
      neededBy: "Needed by",
      report: "Next report",
    },
    noCustomer: "not known",
    page: {
      title: (reference) => `Case ${reference}`,
      words: "In plain words",
      patches: "Patches",
      noPatches: "No patch is linked to this case. Write this in a comment on the pull request:",
      proposals: "Links to confirm or drop",
      told: "What the customer has been told",
      notTold: "Nothing yet. What is told here stands in their feed, on their page and in the weekly digest.",
      toldNobody: "Nothing, since nobody has said whose case it is.",
      when: "When",
      what: "What",
      proposedBy: "Proposed by",
      more: (number) => `More than ${number} are linked; the first are shown.`,
      atHelpDesk: "Open it at the help desk",
      asIssue: "Open its issue",
      notKnown: "not known",
      noWorkaround: "There is none.",
      edit: "Write these words anew",
      editExplained:
        "The account owner and the deciders read them as they stand here. Only what you change is written.",
      ofIssue: "Title, state and assignee are those of its issue; change them there.",
      save: "Save",
      saved: "Saved. What follows from it is decided within a minute.",
      wrong: "Nothing was saved. Please look at what is marked.",
      notYours: "Only support, the customer’s consultant and the account owner may write a case’s words.",
    },
    fields: {
      title: "Title",
      state: "State",
      customer: "Customer",
      severity: "Severity",
      summary: "Summary",
      stake: "Stake",
      workaround: "Workaround",
      "needed-by": "Needed by",
      "needed-by-why": "Why by then",
      report: "Next report",
      assignee: "Assignee",
    },
    hints: {
      summary: "One or two plain sentences: what goes wrong, and what the fix changes.",
      stake: "What it means for the deal.",
      workaround: "Write “none” where there is none. Leave it empty as long as nobody knows.",
      report: "When the customer was promised to hear.",
    },
    problems: {
      "bad-severity": "A severity is S1, S2, S3 or S4.",
      "bad-state": "A state is open, resolved or closed.",
      "unknown-customer": "There is no such customer for whom you may speak.",
      "bad-date": "That is no day. Please write it as 2027-03-31.",
      "in-the-past": "That day has passed. Please name one that is still to come.",
      "too-far": "That is more than two years away. Please name a day that somebody will remember.",
      "why-without-day": "A reason needs its day.",
      "no-title": "A case needs a title.",
      "too-long": "That is too long.",
    },
  },
  ja: {
    title: "ケース",
    summary: ({ open, resolved, closed }) => {
      const parts = [
        ...(open === null ? [] : [`対応中 ${open} 件`]),
        ...(resolved === null ? [] : [`解決済み ${resolved} 件`]),
        ...(closed === null ? [] : [`終了 ${closed} 件`]),
      ];
      return parts.length === 0 ? "ケースはまだありません。" : `ケースの内訳: ${parts.join("、")}。`;
    },
    filters: "絞り込み",
    filter: {
      text: "参照番号、タイトル、概要",
      state: "状態",
      show: "表示",
      clear: "対応中のケースをすべて表示",
    },
    states: { open: "対応中", resolved: "解決済み", closed: "終了", all: "指定なし" },
    noneHere: "条件に合うケースはありません。",
    nothingTitle: "ケースはまだありません",
    nothing: "ケースとは、お客様がお困りの事象です。どなたかが言及すると、自動的にここに表示されます:",
    toLink: ["プルリクエストのコメントに ", " とお書きいただくか、ケース用リポジトリで Issue を作成してください。"],
    toImport: "または、ヘルプデスクのケースを取り込む",
    columns: {
      case: "ケース",
      severity: "重大度",
      customer: "お客様",
      about: "事象の概要",
      state: "状態",
      neededBy: "ご希望の期日",
      report: "次回報告予定",
    },
    noCustomer: "不明",
    page: {
      title: (reference) => `ケース ${reference}`,
      words: "概要",
      patches: "パッチ",
      noPatches: "関連付けられたパッチはありません。プルリクエストのコメントに次のようにお書きください:",
      proposals: "確認待ちの関連付け",
      told: "お客様にお伝えした内容",
      notTold: "まだありません。お客様のフィードとページ、週次のまとめに、ここと同じ内容が載ります。",
      toldNobody: "どのお客様のケースか不明なため、お伝えしていません。",
      when: "日時",
      what: "内容",
      proposedBy: "提案者",
      more: (number) => `${number} 件を超える関連付けがあるため、最初の分のみ表示しています。`,
      atHelpDesk: "ヘルプデスクで開く",
      asIssue: "Issue を開く",
      notKnown: "不明",
      noWorkaround: "ありません。",
      edit: "内容を書き直す",
      editExplained: "お客様担当と意思決定者は、ここに書かれた内容をそのまま読みます。変更した項目だけが保存されます。",
      ofIssue: "タイトル、状態、担当者は Issue のものです。変更は Issue で行ってください。",
      save: "保存",
      saved: "保存しました。これに伴う判断は 1 分以内に行われます。",
      wrong: "保存していません。印の付いた項目をご確認ください。",
      notYours: "ケースの内容を書けるのは、サポート、担当コンサルタント、お客様担当のみです。",
    },
    fields: {
      title: "タイトル",
      state: "状態",
      customer: "お客様",
      severity: "重大度",
      summary: "概要",
      stake: "影響",
      workaround: "回避策",
      "needed-by": "ご希望の期日",
      "needed-by-why": "期日の理由",
      report: "次回報告予定",
      assignee: "担当者",
    },
    hints: {
      summary: "何が起きていて、修正で何が変わるのかを、平易な 1、2 文でお書きください。",
      stake: "契約や商談への影響をお書きください。",
      workaround: "ない場合は none とお書きください。まだ分からない場合は空欄のままにしてください。",
      report: "お客様にご連絡をお約束した日です。",
    },
    problems: {
      "bad-severity": "重大度は S1、S2、S3、S4 のいずれかです。",
      "bad-state": "状態は「対応中」「解決済み」「終了」のいずれかです。",
      "unknown-customer": "該当するお客様がいないか、担当のお客様ではありません。",
      "bad-date": "日付として読み取れません。2027-03-31 の形式でお書きください。",
      "in-the-past": "過ぎた日付です。これからの日付をお書きください。",
      "too-far": "2 年以上先の日付です。覚えていられる日付をお書きください。",
      "why-without-day": "理由には期日が必要です。",
      "no-title": "タイトルが必要です。",
      "too-long": "長すぎます。",
    },
  },
};
