// Every text of the page of what waits, and of the tables that show patches on the board.
import type { Language } from "../../policy/policy.ts";
import type { Turn } from "./parse.ts";

/** A number as it is shown, and whether it is one. */
export type Counted = { readonly words: string; readonly isOne: boolean };

export type WaitingTexts = {
  readonly title: string;
  /** Null counts are none. */
  readonly summary: (counts: Readonly<Record<Turn, Counted | null>>) => string;
  readonly atLeast: (number: string) => string;
  readonly sections: Readonly<Record<Turn, string>>;
  readonly explained: Readonly<Record<Turn, string>>;
  /** For maintainers, to whom the author's side is not "us". */
  readonly limited: {
    readonly summary: WaitingTexts["summary"];
    readonly sections: WaitingTexts["sections"];
    readonly explained: WaitingTexts["explained"];
    readonly turns: WaitingTexts["turns"];
  };
  readonly counted: (section: string, number: string) => string;
  readonly withoutCustomer: string;
  readonly caption: (section: string, customer: string) => string;
  readonly all: (section: string) => string;
  readonly filters: string;
  readonly filter: {
    readonly text: string;
    readonly textLimited: string;
    readonly customer: string;
    readonly severity: string;
    readonly turn: string;
    readonly repository: string;
    readonly any: string;
    readonly noSeverity: string;
    readonly mine: string;
    readonly show: string;
    readonly clear: string;
  };
  readonly unknown: (words: string) => string;
  readonly first: string;
  readonly more: string;
  readonly pages: string;
  readonly noneHere: string;
  readonly nothingTitle: string;
  readonly nothing: string;
  readonly nothingLimited: string;
  readonly toLink: readonly [string, string];
  readonly toImport: readonly [string, string, string];
  readonly proposals: string;
  readonly proposalsExplained: string;
  readonly proposalsAll: string;
  readonly proposedBy: (login: string) => string;
  readonly confirm: string;
  readonly drop: string;
  readonly about: (reference: string) => string;
  readonly table: {
    readonly patch: string;
    readonly case: string;
    readonly severity: string;
    readonly customer: string;
    readonly waits: string;
    readonly turn: string;
    readonly next: string;
    readonly act: string;
    readonly proposed: string;
  };
  readonly turns: Readonly<Record<Turn, string>>;
  readonly moreCases: (number: string) => string;
  readonly notFollowed: string;
  readonly nothingPlanned: string;
  readonly since: (day: string) => string;
  readonly listed: string;
  readonly ended: Readonly<Record<string, string>>;
  readonly release: (tag: string) => string;
};

/** What a table shows where nothing is known. */
export const NOTHING = "–";

const counted = (count: Counted | null, one: string, many: string): readonly string[] =>
  count === null ? [] : [`${count.words} ${count.isOne ? one : many}`];

export const WAITING_TEXTS: Readonly<Record<Language, WaitingTexts>> = {
  en: {
    title: "Waiting",
    summary: ({ author, maintainer, nobody }) => {
      const parts = [
        ...counted(author, "waits for us", "wait for us"),
        ...counted(maintainer, "waits for the maintainers", "wait for the maintainers"),
        ...counted(nobody, "is nobody’s turn", "are nobody’s turn"),
      ];
      return parts.length === 0 ? "No patch waits." : `Of the patches, ${parts.join(", ")}.`;
    },
    atLeast: (number) => `more than ${number}`,
    sections: {
      author: "Waits for us",
      maintainer: "Waits for the maintainers",
      nobody: "Nobody’s turn",
    },
    explained: {
      author: "Something was asked of the author’s side. Nothing moves before it is answered.",
      maintainer: "The maintainers have it before them. They are reminded as the policy says.",
      nobody: "Drafts, and what was put off. No time counts here.",
    },
    limited: {
      summary: ({ author, maintainer, nobody }) => {
        const parts = [
          ...counted(maintainer, "waits for the maintainers", "wait for the maintainers"),
          ...counted(author, "waits for the author’s side", "wait for the author’s side"),
          ...counted(nobody, "is nobody’s turn", "are nobody’s turn"),
        ];
        return parts.length === 0 ? "No patch waits." : `Of the patches in your repositories, ${parts.join(", ")}.`;
      },
      sections: {
        author: "Waits for the author’s side",
        maintainer: "Waits for the maintainers",
        nobody: "Nobody’s turn",
      },
      explained: {
        author: "Something was asked of the author’s side.",
        maintainer: "A review, a question, “later” or “no” all settle it. The order is yours to choose.",
        nobody: "Drafts, and what was put off. No time counts here.",
      },
      turns: { author: "the author’s side", maintainer: "the maintainers", nobody: "nobody" },
    },
    counted: (section, number) => `${section} (${number})`,
    withoutCustomer: "Without a customer",
    caption: (section, customer) => `${section}: ${customer}`,
    all: (section) => `All of “${section}”`,
    filters: "Show only some",
    filter: {
      text: "Title or reference",
      textLimited: "Title",
      customer: "Customer",
      severity: "Severity",
      turn: "Turn",
      repository: "Repository",
      any: "Any",
      noSeverity: "Without a severity",
      mine: "Only mine",
      show: "Show",
      clear: "Show everything",
    },
    unknown: (words) => `The address asks for ${words}, which is not known here and was left out.`,
    first: "Back to the first page",
    more: "Next page",
    pages: "Pages of this list",
    noneHere: "Nothing waits that fits these filters.",
    nothingTitle: "Nothing waits",
    nothing: "Every patch that is followed has been answered, or none is followed yet. To follow one:",
    nothingLimited: "No patch in your repositories waits for anybody.",
    toLink: ["Link a case: write ", " in a comment on the pull request."],
    toImport: ["Tell whose patches count: ", "import your customers", "."],
    proposals: "Links to confirm or drop",
    proposalsExplained: "Somebody’s words name these cases. A proposed link does nothing until support confirms it.",
    proposalsAll: "All proposed links",
    proposedBy: (login) => `proposed by ${login}`,
    confirm: "Confirm",
    drop: "Drop",
    about: (reference) => `the link to ${reference}`,
    table: {
      patch: "Patch",
      case: "Case",
      severity: "Severity",
      customer: "Customer",
      waits: "How long",
      turn: "Turn",
      next: "What happens next",
      act: "Answer",
      proposed: "Proposed",
    },
    turns: { author: "us", maintainer: "the maintainers", nobody: "nobody" },
    moreCases: (number) => `and ${number} more`,
    notFollowed: "Not followed",
    nothingPlanned: "Nothing",
    since: (day) => `since ${day}`,
    listed: "the author’s side was told in vain",
    ended: {
      merged: "Merged",
      landed: "Landed another way",
      superseded: "Superseded by another pull request",
      declined: "Declined",
      closed: "Closed",
    },
    release: (tag) => `shipped in ${tag}`,
  },
  ja: {
    title: "待ち状況",
    summary: ({ author, maintainer, nobody }) => {
      const part = (name: string, count: Counted | null) => (count === null ? [] : [`${name} ${count.words} 件`]);
      const parts = [
        ...part("当方の対応待ち", author),
        ...part("メンテナーの回答待ち", maintainer),
        ...part("どちらの番でもない状態", nobody),
      ];
      return parts.length === 0 ? "待っているパッチはありません。" : `パッチの内訳: ${parts.join("、")}。`;
    },
    atLeast: (number) => `${number} 超`,
    sections: {
      author: "当方の対応待ち",
      maintainer: "メンテナーの回答待ち",
      nobody: "どちらの番でもない",
    },
    explained: {
      author: "作成者側への依頼があり、対応するまで先に進みません。",
      maintainer: "メンテナーが確認中です。ポリシーに従って、確認のお願いをお送りします。",
      nobody: "ドラフト、または保留中のパッチです。経過時間は数えません。",
    },
    limited: {
      summary: ({ author, maintainer, nobody }) => {
        const part = (name: string, count: Counted | null) => (count === null ? [] : [`${name} ${count.words} 件`]);
        const parts = [
          ...part("メンテナーの回答待ち", maintainer),
          ...part("作成者側の対応待ち", author),
          ...part("どちらの番でもない状態", nobody),
        ];
        return parts.length === 0
          ? "待っているパッチはありません。"
          : `担当リポジトリのパッチの内訳: ${parts.join("、")}。`;
      },
      sections: {
        author: "作成者側の対応待ち",
        maintainer: "メンテナーの回答待ち",
        nobody: "どちらの番でもない",
      },
      explained: {
        author: "作成者側に対応をお願いしています。",
        maintainer: "レビュー、質問、「後で」、「見送り」のいずれでも結構です。順番はお任せします。",
        nobody: "ドラフト、または保留中のパッチです。経過時間は数えません。",
      },
      turns: { author: "作成者側", maintainer: "メンテナー", nobody: "なし" },
    },
    counted: (section, number) => `${section}（${number}）`,
    withoutCustomer: "お客様なし",
    caption: (section, customer) => `${section}: ${customer}`,
    all: (section) => `「${section}」をすべて表示`,
    filters: "絞り込み",
    filter: {
      text: "タイトルまたは参照番号",
      textLimited: "タイトル",
      customer: "お客様",
      severity: "重大度",
      turn: "現在の番",
      repository: "リポジトリ",
      any: "指定なし",
      noSeverity: "重大度なし",
      mine: "自分の担当のみ",
      show: "表示",
      clear: "すべて表示",
    },
    unknown: (words) => `アドレスの ${words} は、ここにはない条件のため無視しました。`,
    first: "最初のページへ戻る",
    more: "次のページ",
    pages: "一覧のページ",
    noneHere: "条件に合うパッチはありません。",
    nothingTitle: "待っているパッチはありません",
    nothing: "追跡中のパッチはすべて回答済みか、追跡中のパッチがまだありません。追跡を始めるには:",
    nothingLimited: "担当リポジトリに、対応待ちのパッチはありません。",
    toLink: ["ケースを関連付ける: プルリクエストのコメントに ", " とお書きください。"],
    toImport: ["対象となるお客様を登録する: ", "お客様を取り込む", "。"],
    proposals: "確認待ちの関連付け",
    proposalsExplained:
      "本文などでケースが言及されています。提案された関連付けは、サポートが確認するまで効果を持ちません。",
    proposalsAll: "提案された関連付けをすべて表示",
    proposedBy: (login) => `${login} さんの提案`,
    confirm: "確認する",
    drop: "取り下げる",
    about: (reference) => `${reference} との関連付け`,
    table: {
      patch: "パッチ",
      case: "ケース",
      severity: "重大度",
      customer: "お客様",
      waits: "待ち時間",
      turn: "現在の番",
      next: "次の予定",
      act: "回答",
      proposed: "提案",
    },
    turns: { author: "当方", maintainer: "メンテナー", nobody: "なし" },
    moreCases: (number) => `ほか ${number} 件`,
    notFollowed: "追跡していません",
    nothingPlanned: "予定なし",
    since: (day) => `${day}から`,
    listed: "作成者側にお知らせ済み、動きなし",
    ended: {
      merged: "マージ済み",
      landed: "別の形で取り込み済み",
      superseded: "別のプルリクエストに引き継ぎ",
      declined: "見送り",
      closed: "クローズ",
    },
    release: (tag) => `${tag} でリリース済み`,
  },
};

/** The words that depend on which side whoever looks is on. */
export function sidedTexts({ language, isLimited }: { readonly language: Language; readonly isLimited: boolean }) {
  const { limited, summary, sections, explained, turns } = WAITING_TEXTS[language];
  return isLimited ? limited : { summary, sections, explained, turns };
}
