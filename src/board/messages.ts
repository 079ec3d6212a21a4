// Every text of the board's frame and of signing in. Pages have their own beside them.
import type { Language } from "../policy/policy.ts";
import type { Role } from "./access.ts";
import type { Theme } from "./viewer.ts";

export type Section = "waiting" | "cases" | "customers" | "repositories" | "insights" | "observe" | "log" | "settings";

export type BoardTexts = {
  readonly skip: string;
  readonly sections: Readonly<Record<Section, string>>;
  readonly navigation: string;
  readonly signedInAs: (name: string) => string;
  readonly signOut: string;
  readonly otherBoards: string;
  readonly language: string;
  readonly otherLanguage: string;
  readonly theme: string;
  readonly themes: Readonly<Record<Theme, string>>;
  readonly apply: string;
  readonly roles: Readonly<Record<Role, string>>;
  readonly stale: (since: string) => string;
  readonly notFoundTitle: string;
  readonly notFound: string;
  readonly refusedTitle: string;
  readonly refused: string;
  readonly tooLargeTitle: string;
  readonly tooLarge: string;
  readonly failedTitle: string;
  readonly failed: string;
  readonly awayTitle: string;
  readonly away: string;
  readonly boardsTitle: string;
  readonly noBoardTitle: string;
  readonly noBoard: string;
  readonly toSignIn: string;
  readonly toFirstPage: string;
};

export const BOARD_TEXTS: Readonly<Record<Language, BoardTexts>> = {
  en: {
    skip: "Skip to the content",
    sections: {
      waiting: "Waiting",
      cases: "Cases",
      customers: "Customers",
      repositories: "Repositories",
      insights: "Insights",
      observe: "Observed",
      log: "Log",
      settings: "Settings",
    },
    navigation: "Pages",
    signedInAs: (name) => `Signed in as ${name}`,
    signOut: "Sign out",
    otherBoards: "Other organisations",
    language: "Language",
    otherLanguage: "日本語",
    theme: "Colours",
    themes: { auto: "As the system", light: "Light", dark: "Dark" },
    apply: "Apply",
    roles: {
      owner: "organisation owner",
      support: "support",
      consultant: "consultant",
      "account-owner": "account owner",
      deputy: "deputy",
      decider: "decider",
      maintainer: "maintainer",
    },
    stale: (since) =>
      `GitHub cannot be reached. This page shows what was known until then; who you are was last asked on ${since}.`,
    notFoundTitle: "There is no such page",
    notFound: "It may have been moved, or it is not for you to see.",
    refusedTitle: "This was not done",
    refused:
      "The form was too old, or it did not come from this site. Go back, load the page again, and try once more.",
    tooLargeTitle: "This is too large",
    tooLarge:
      "More than 8 MB are not read here, and nothing was changed. Split the file, or let somebody import it with the command patch-advocate customers import or cases import, which take 20 MB of CSV.",
    failedTitle: "This did not work",
    failed: "Nothing was changed. Try again in a minute.",
    awayTitle: "GitHub cannot be asked who you are",
    away: "GitHub does not answer at the moment, so that nobody can say what you may do here now. Nothing was changed. Try again in a few minutes.",
    boardsTitle: "Whose board would you like to see?",
    noBoardTitle: "There is no board for you yet",
    noBoard:
      "You are signed in, but no organisation here names you as an owner, support, consultant, account owner, deputy, decider or maintainer. Ask whoever installed Patch Advocate to add you to the policy's support, or to the customers' file.",
    toSignIn: "Sign in as somebody else",
    toFirstPage: "To the first page",
  },
  ja: {
    skip: "本文へ移動",
    sections: {
      waiting: "待ち状況",
      cases: "ケース",
      customers: "お客様",
      repositories: "リポジトリ",
      insights: "分析",
      observe: "観察結果",
      log: "記録",
      settings: "設定",
    },
    navigation: "ページ一覧",
    signedInAs: (name) => `${name} としてサインイン中`,
    signOut: "サインアウト",
    otherBoards: "ほかの組織",
    language: "言語",
    otherLanguage: "English",
    theme: "配色",
    themes: { auto: "システムに合わせる", light: "ライト", dark: "ダーク" },
    apply: "適用",
    roles: {
      owner: "組織オーナー",
      support: "サポート",
      consultant: "コンサルタント",
      "account-owner": "お客様担当",
      deputy: "代理",
      decider: "意思決定者",
      maintainer: "メンテナー",
    },
    stale: (since) =>
      `GitHub に接続できません。このページはそれまでに分かっている内容です。権限の最終確認は ${since} です。`,
    notFoundTitle: "ページが見つかりません",
    notFound: "移動されたか、閲覧の権限がありません。",
    refusedTitle: "操作は行われませんでした",
    refused:
      "フォームの有効期限が切れているか、このサイト以外から送信されました。前のページを再読み込みして、もう一度お試しください。",
    tooLargeTitle: "サイズが大きすぎます",
    tooLarge:
      "8 MB を超える内容は受け付けられません。何も変更されていません。ファイルを分割するか、20 MB までの CSV を扱えるコマンド patch-advocate customers import または cases import での取り込みをご依頼ください。",
    failedTitle: "処理できませんでした",
    failed: "何も変更されていません。しばらくしてから、もう一度お試しください。",
    awayTitle: "GitHub で権限を確認できません",
    away: "現在 GitHub から応答がないため、権限を確認できません。何も変更されていません。数分後にもう一度お試しください。",
    boardsTitle: "どの組織のボードを表示しますか",
    noBoardTitle: "表示できるボードがまだありません",
    noBoard:
      "サインインは完了していますが、組織オーナー、サポート、コンサルタント、お客様担当、代理、意思決定者、メンテナーのいずれにも登録されていません。Patch Advocate を導入した担当者に、ポリシーの support またはお客様ファイルへの追加をご依頼ください。",
    toSignIn: "別のアカウントでサインイン",
    toFirstPage: "最初のページへ",
  },
};
