// What the settings' first page says, and the words that its pages share.
import type { Language } from "../../policy/policy.ts";

export type SettingsTexts = {
  readonly title: string;
  readonly parts: readonly { readonly path: string; readonly title: string; readonly what: string }[];
  readonly back: string;
};

export const SETTINGS_TEXTS: Readonly<Record<Language, SettingsTexts>> = {
  en: {
    title: "Settings",
    parts: [
      {
        path: "/settings/customers",
        title: "Customers",
        what: "Import a file after seeing what it changes, edit one customer with its contracts, take everything out as a file, see who changed what.",
      },
      {
        path: "/settings/cases",
        title: "Cases of your help desk",
        what: "Import a file of cases after seeing what it changes.",
      },
      {
        path: "/settings/people",
        title: "People and channels",
        what: "Who hears things where, who cannot be reached, and a test message.",
      },
      {
        path: "/settings/tokens",
        title: "API tokens",
        what: "Let another program read the board or import customers and cases.",
      },
      { path: "/settings/sessions", title: "Your sessions", what: "Where you are signed in, and how to end it." },
    ],
    back: "Settings",
  },
  ja: {
    title: "設定",
    parts: [
      {
        path: "/settings/customers",
        title: "お客様",
        what: "変更内容を確認してからファイルを取り込む、お客様と契約を編集する、ファイルに書き出す、変更履歴を見る。",
      },
      {
        path: "/settings/cases",
        title: "ヘルプデスクのケース",
        what: "変更内容を確認してから、ケースのファイルを取り込む。",
      },
      {
        path: "/settings/people",
        title: "連絡先とチャネル",
        what: "誰にどこで連絡するか、連絡できない人は誰かの確認と、テスト送信。",
      },
      {
        path: "/settings/tokens",
        title: "API トークン",
        what: "ほかのプログラムからボードの内容を読む、お客様やケースを取り込む。",
      },
      {
        path: "/settings/sessions",
        title: "ご自分のセッション",
        what: "どこでサインインしているかの確認と、その終了。",
      },
    ],
    back: "設定",
  },
};
