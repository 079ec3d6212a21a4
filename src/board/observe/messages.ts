// Every text of the page about what is only observed, in both languages.
import type { Language } from "../../policy/policy.ts";

export type ObservedAmounts = {
  readonly reminders: number;
  readonly addressed: number;
  readonly workingDays: number;
  readonly mostADay: number;
};

export type ObserveTexts = {
  readonly title: string;
  readonly intro: string;
  readonly observing: (names: string, count: number) => string;
  readonly allActing: string;
  readonly noRepositories: string;
  readonly more: string;
  readonly repository: string;
  readonly allRepositories: string;
  readonly day: string;
  readonly apply: string;
  readonly clear: string;
  readonly unknown: (filters: string) => string;
  readonly nothingTitle: string;
  readonly nothing: string;
  readonly nothingActing: string;
  readonly numbersTitle: string;
  readonly numbers: (numbers: ObservedAmounts, shown: (value: number) => string) => string;
  readonly atMost: (count: string) => string;
  readonly unlimited: string;
  readonly days: string;
  readonly columns: {
    readonly day: string;
    readonly reminders: string;
    readonly addressed: string;
    readonly authors: string;
    readonly labels: string;
    readonly others: string;
  };
  readonly peopleTitle: (day: string) => string;
  readonly people: string;
  readonly person: string;
  readonly about: string;
  readonly nobody: string;
  readonly textsTitle: string;
  readonly kinds: Readonly<Record<string, string>>;
  readonly to: (names: string) => string;
  readonly because: string;
  readonly wouldPutOn: (labels: string) => string;
  readonly wouldTakeOff: (labels: string) => string;
  readonly comma: string;
  readonly older: string;
  readonly newest: string;
  readonly untoldTitle: string;
  readonly untold: string;
  readonly when: string;
  readonly what: string;
  readonly whom: string;
  readonly actTitle: string;
  readonly actChange: (place: string) => string;
  readonly actFirst: (place: string) => string;
  readonly actByHand: (place: string) => string;
  readonly actErrors: string;
  readonly file: string;
  readonly toGitHub: string;
  readonly consequencesTitle: string;
  readonly consequences: (limits: { readonly perDay: string; readonly perWeek: string }) => readonly string[];
};

export const OBSERVE_TEXTS: Readonly<Record<Language, ObserveTexts>> = {
  en: {
    title: "Observed",
    intro:
      "While a repository observes, nothing is written there and nobody is told. This is what would have been said and labelled in the last 30 days.",
    observing: (names, count) =>
      `${count === 1 ? "This repository observes" : "These repositories observe"}: ${names}.`,
    allActing: "No repository observes: the policy lets the app act everywhere.",
    noRepositories: "The app is on no repository yet. Install it on one, and what it would do appears here.",
    more: "and others",
    repository: "Repository",
    allRepositories: "All",
    day: "Day",
    apply: "Show",
    clear: "Show everything",
    unknown: (filters) => `${filters}: this is not known here, so it was left out.`,
    nothingTitle: "Nothing was observed",
    nothing:
      "Nothing would have been said or labelled in this time. As soon as a patch is followed, what would be done appears here. Link a case to a pull request, or import your customers.",
    nothingActing: "What the app does now stands in the log.",
    numbersTitle: "How much it would have been",
    numbers: ({ reminders, addressed, workingDays, mostADay }, shown) =>
      [
        `${shown(reminders)} ${reminders === 1 ? "reminder" : "reminders"}`,
        `to ${shown(addressed)} ${addressed === 1 ? "person or team" : "people and teams"}`,
        `in ${shown(workingDays)} ${workingDays === 1 ? "working day" : "working days"}; at most ${shown(mostADay)} a day.`,
      ].join(" "),
    atMost: (count) => `More than ${count} entries were observed; the newest ${count} are counted.`,
    unlimited: "While it observes no limits hold back what is counted here. When it acts they do.",
    days: "Day by day, the newest first",
    columns: {
      day: "Day",
      reminders: "Reminders",
      addressed: "People and teams addressed",
      authors: "Authors told",
      labels: "Patches labelled",
      others: "Other",
    },
    peopleTitle: (day) => `Who would have been reminded on ${day}`,
    people: "By name, with the patches",
    person: "Person or team",
    about: "Patches",
    nobody: "Nobody would have been reminded on this day.",
    textsTitle: "What would have been said and labelled",
    kinds: {
      reminder: "Reminder",
      "author-turn": "To the author's side",
      "decision-request": "Request for a decision",
      "case-note": "Note on a case",
      reply: "Reply to a command",
      labels: "Labels",
    },
    to: (names) => `to ${names}`,
    because: "Because",
    wouldPutOn: (labels) => `would put on: ${labels}`,
    wouldTakeOff: (labels) => `would take off: ${labels}`,
    comma: ", ",
    older: "Older ones",
    newest: "Back to the newest",
    untoldTitle: "Messages that were held back",
    untold: "These were on their way when the policy came to observe, and were not sent.",
    when: "When",
    what: "What",
    whom: "To whom",
    actTitle: "To let it act",
    actChange: (place) => `Commit this as ${place}. It is the policy of now with "mode: act".`,
    actFirst: (place) =>
      `There is no policy yet. Commit this as ${place}: fill in who looks after customers and who maintains.`,
    actByHand: (place) => `Write "mode: act" in ${place}.`,
    actErrors:
      "The newest version of this file has mistakes, so this is made of the last good one. The repository's page names them.",
    file: "The whole file",
    toGitHub: "Open the file on GitHub",
    consequencesTitle: "What happens then",
    consequences: ({ perDay, perWeek }) => [
      "Labels are put on at once.",
      `What is overdue is reminded of gravest first, within working hours: at most ${perDay} a day in a repository, and ${perWeek} a week to one person.`,
      "Nothing is escalated that was not reminded of first, S1 by command excepted.",
      "Nothing is closed, merged or approved, ever. To stop it: patch-advocate pause, or mode: observe again.",
    ],
  },
  ja: {
    title: "観察結果",
    intro:
      "観察中のリポジトリには何も書き込まれず、どなたにも連絡しません。ここでは、過去 30 日間に行われたはずの連絡とラベル付けを確認できます。",
    observing: (names) => `観察中のリポジトリ: ${names}`,
    allActing: "観察中のリポジトリはありません。すべてのリポジトリで、ポリシーにより動作しています。",
    noRepositories:
      "アプリが導入されたリポジトリはまだありません。導入すると、行われるはずの内容がここに表示されます。",
    more: "ほか",
    repository: "リポジトリ",
    allRepositories: "すべて",
    day: "日付",
    apply: "表示",
    clear: "すべて表示",
    unknown: (filters) => `${filters}: ここでは使えない指定のため、除外しました。`,
    nothingTitle: "観察された内容はありません",
    nothing:
      "この期間に行われるはずだった連絡やラベル付けはありません。パッチの追跡が始まると、ここに表示されます。まずはプルリクエストにケースを紐付けるか、お客様をインポートしてください。",
    nothingActing: "現在の動作は「記録」でご確認いただけます。",
    numbersTitle: "連絡の量",
    numbers: ({ reminders, addressed, workingDays, mostADay }, shown) =>
      `${shown(workingDays)} 営業日で ${shown(addressed)} 件の宛先（人・チーム）に確認のお願い ${shown(reminders)} 件、1 日あたり最大 ${shown(mostADay)} 件`,
    atMost: (count) => `観察された内容が ${count} 件を超えているため、新しい ${count} 件を集計しています。`,
    unlimited: "観察中は上限を適用せずに集計しています。動作を始めると上限が適用されます。",
    days: "日ごとの内容（新しい順）",
    columns: {
      day: "日付",
      reminders: "確認のお願い",
      addressed: "宛先の人・チーム数",
      authors: "作成者側への連絡",
      labels: "ラベルを変更するパッチ",
      others: "その他",
    },
    peopleTitle: (day) => `${day} に確認のお願いを受け取るはずだった方`,
    people: "名前順の一覧と対象のパッチ",
    person: "人・チーム",
    about: "パッチ",
    nobody: "この日に確認のお願いを受け取るはずだった方はいません。",
    textsTitle: "行われるはずだった連絡とラベル付け",
    kinds: {
      reminder: "確認のお願い",
      "author-turn": "作成者側への連絡",
      "decision-request": "判断のお願い",
      "case-note": "ケースへのお知らせ",
      reply: "コマンドへの返信",
      labels: "ラベル",
    },
    to: (names) => `宛先: ${names}`,
    because: "理由",
    wouldPutOn: (labels) => `付与する予定: ${labels}`,
    wouldTakeOff: (labels) => `解除する予定: ${labels}`,
    comma: "、",
    older: "さらに古い内容",
    newest: "最新に戻る",
    untoldTitle: "送信を取りやめた通知",
    untold: "ポリシーが観察に切り替わった時点で送信前だったため、送信されていません。",
    when: "日時",
    what: "内容",
    whom: "宛先",
    actTitle: "動作を始めるには",
    actChange: (place) =>
      `次の内容を ${place} としてコミットしてください。現在のポリシーの mode を act に変更したものです。`,
    actFirst: (place) =>
      `ポリシーはまだありません。お客様の担当者とメンテナーを記入のうえ、${place} としてコミットしてください。`,
    actByHand: (place) => `${place} に「mode: act」とご記入ください。`,
    actErrors:
      "このファイルの最新版には誤りがあるため、最後に有効だった版をもとにしています。誤りの内容はリポジトリのページでご確認ください。",
    file: "ファイル全体",
    toGitHub: "GitHub でファイルを開く",
    consequencesTitle: "コミットすると",
    consequences: ({ perDay, perWeek }) => [
      "ラベルはすぐに付与されます。",
      `期限を過ぎたものは、重大なものから順に、営業時間内に確認のお願いを送ります。上限は 1 リポジトリあたり 1 日 ${perDay} 件、1 人あたり週 ${perWeek} 件です。`,
      "先に確認のお願いを送っていないものは、エスカレーションされません（コマンドによる S1 を除く）。",
      "クローズ、マージ、承認を行うことはありません。止めるには patch-advocate pause を実行するか、mode: observe に戻してください。",
    ],
  },
};
