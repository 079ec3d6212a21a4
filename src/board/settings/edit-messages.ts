// What the page says on which one customer is edited or added.
import type { Language } from "../../policy/policy.ts";

export type EditTexts = {
  readonly title: (name: string) => string;
  readonly addTitle: string;
  readonly note: string;
  readonly saved: string;
  readonly wrong: (count: number) => string;
  readonly moved: string;
  readonly tooMuch: string;
  readonly toImport: string;
  readonly claimed: (of: "id" | "login" | "organization" | "domain", value: string, by: string) => string;
  readonly groups: {
    readonly about: string;
    readonly contracts: string;
    readonly owner: string;
    readonly ownerNote: string;
    readonly deputy: string;
    readonly belongs: string;
    readonly contacts: string;
    readonly elsewhere: string;
  };
  readonly contractsNote: string;
  readonly contactsNote: string;
  readonly idNote: string;
  readonly confidential: string;
  readonly confidentialNote: string;
  readonly consultant: string;
  readonly lists: string;
  readonly ids: string;
  readonly contract: (n: number) => string;
  readonly contact: (n: number) => string;
  readonly labels: Readonly<
    Record<
      "id" | "name" | "timezone" | "email" | "language" | "slack" | "github" | "plan" | "tier" | "from" | "until",
      string
    >
  >;
  readonly target: (severity: string) => string;
  readonly targetNote: string;
  readonly plans: Readonly<Record<"" | "subscription" | "consulting", string>>;
  readonly languages: Readonly<Record<"" | "en" | "ja", string>>;
  readonly save: string;
  readonly add: string;
};

export const EDIT_TEXTS: Readonly<Record<Language, EditTexts>> = {
  en: {
    title: (name) => `Edit ${name}`,
    addTitle: "Add a customer",
    note: "What you save counts at once, and stands in the history with your name.",
    saved: "Saved. The customer's patches are labelled anew.",
    wrong: (count) => (count === 1 ? "One thing is wrong" : `${count} things are wrong`),
    moved:
      "Somebody else changed this customer meanwhile, so nothing was saved. What you typed is below; the history shows what they changed. Save again to put yours in its place.",
    tooMuch: "This customer holds more than the form can show. Change it in a customers.yml and import that.",
    toImport: "Import a file",
    claimed: (of, value, by) => {
      const what = { id: "The id", login: "The login", organization: "The organisation", domain: "The domain" }[of];
      return `${what} ${value} belongs to the customer ${by}. Take it away there first, or write another.`;
    },
    groups: {
      about: "The customer",
      contracts: "Contracts",
      owner: "Account owner",
      ownerNote: "They hear what waits, and decide whether it goes up. Without an address they hear nothing.",
      deputy: "Deputy of the account owner",
      belongs: "Who belongs to the customer",
      contacts: "Contacts",
      elsewhere: "Elsewhere",
    },
    contractsNote:
      "Both days count. To end a contract, write its last day. A contract whose fields are all empty is taken away; an empty one is for the next.",
    contactsNote: "Who may get a link to the customer's page. A contact whose fields are all empty is taken away.",
    idNote: "Letters, digits and . - _, such as shinshu-bank. It is used in commands and cannot be changed later.",
    confidential: "Confidential",
    confidentialNote: "The customer must not be recognisable from anything public.",
    consultant: "Consultant, GitHub login",
    lists: "Several with a space between them.",
    ids: "A line each, such as zendesk: 3600",
    contract: (n) => `Contract ${n}`,
    contact: (n) => `Contact ${n}`,
    labels: {
      id: "Id",
      name: "Name",
      timezone: "Time zone, such as Asia/Tokyo",
      email: "E-mail",
      language: "Language",
      slack: "Slack member id, such as U0123",
      github: "GitHub login",
      plan: "Plan",
      tier: "Tier",
      from: "First day",
      until: "Last day",
    },
    target: (severity) => `Target ${severity}`,
    targetNote: "Targets are working time such as 4h or 2d; empty: the policy's.",
    plans: { "": "none", subscription: "subscription", consulting: "consulting" },
    languages: { "": "not said", en: "English", ja: "Japanese" },
    save: "Save",
    add: "Add the customer",
  },
  ja: {
    title: (name) => `${name} 様の編集`,
    addTitle: "お客様の追加",
    note: "保存した内容はすぐに有効になり、お名前とともに履歴に残ります。",
    saved: "保存しました。対象のパッチのラベルは順次更新されます。",
    wrong: (count) => `${count} 件の誤りがあります`,
    moved:
      "その間にほかの方がこのお客様を変更したため、保存されませんでした。入力内容は下に残っています。ほかの方の変更は履歴でご確認ください。もう一度保存すると、入力内容で置き換えます。",
    tooMuch: "このお客様には、フォームで表せない内容が登録されています。customers.yml を編集して取り込んでください。",
    toImport: "ファイルを取り込む",
    claimed: (of, value, by) => {
      const what = { id: "ID", login: "ログイン名", organization: "組織", domain: "ドメイン" }[of];
      return `${what} ${value} はお客様 ${by} に登録されています。先にそちらから外すか、別の値を入力してください。`;
    },
    groups: {
      about: "お客様",
      contracts: "契約",
      owner: "お客様担当",
      ownerNote: "待ち状況の連絡を受け、エスカレーションを判断します。連絡先がない場合は何も届きません。",
      deputy: "お客様担当の代理",
      belongs: "お客様に属するアカウント",
      contacts: "ご担当者",
      elsewhere: "ほかのシステム",
    },
    contractsNote:
      "開始日と最終日はいずれも契約期間に含まれます。契約を終了するには最終日を入力してください。すべての欄を空にした契約は削除されます。末尾の空欄は新しい契約用です。",
    contactsNote: "お客様ページへのリンクをお渡しできる方です。すべての欄を空にしたご担当者は削除されます。",
    idNote: "英数字と . - _ が使えます（例: shinshu-bank）。コマンドで使用し、後から変更できません。",
    confidential: "機密扱い",
    confidentialNote: "公開の場でお客様が特定されないようにします。",
    consultant: "コンサルタントの GitHub ログイン名",
    lists: "複数ある場合は空白で区切ってください。",
    ids: "1 行に 1 件（例: zendesk: 3600）",
    contract: (n) => `契約 ${n}`,
    contact: (n) => `ご担当者 ${n}`,
    labels: {
      id: "ID",
      name: "名前",
      timezone: "タイムゾーン（例: Asia/Tokyo）",
      email: "メールアドレス",
      language: "言語",
      slack: "Slack メンバー ID（例: U0123）",
      github: "GitHub ログイン名",
      plan: "プラン",
      tier: "ティア",
      from: "開始日",
      until: "最終日",
    },
    target: (severity) => `目標時間 ${severity}`,
    targetNote: "目標時間は 4h、2d のような稼働時間で入力します。空欄の場合はポリシーに従います。",
    plans: { "": "なし", subscription: "サブスクリプション", consulting: "コンサルティング" },
    languages: { "": "指定なし", en: "英語", ja: "日本語" },
    save: "保存",
    add: "お客様を追加",
  },
};
