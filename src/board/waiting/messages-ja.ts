// The page of what waits, and the tables that show patches, in Japanese.
import type { Counted, WaitingTexts } from "./messages.ts";

const counted = (name: string, count: Counted | null): readonly string[] =>
  count === null ? [] : [`${name} ${count.words} 件`];

export const WAITING_JAPANESE: WaitingTexts = {
  title: "待ち状況",
  summary: ({ author, maintainer, nobody }) => {
    const parts = [
      ...counted("当方の対応待ち", author),
      ...counted("メンテナーの回答待ち", maintainer),
      ...counted("どちらの番でもない状態", nobody),
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
      const parts = [
        ...counted("メンテナーの回答待ち", maintainer),
        ...counted("作成者側の対応待ち", author),
        ...counted("どちらの番でもない状態", nobody),
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
};
