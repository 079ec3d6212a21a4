// What the page of API tokens says.
import type { Language } from "../../policy/policy.ts";

export type TokensTexts = {
  readonly title: string;
  readonly what: string;
  readonly none: string;
  readonly name: string;
  readonly scope: string;
  readonly scopes: Readonly<Record<"read" | "write", string>>;
  readonly scopeNames: Readonly<Record<"read" | "write", string>>;
  readonly days: string;
  readonly make: string;
  readonly makeTitle: string;
  readonly wrongName: string;
  readonly wrongScope: string;
  readonly wrongDays: string;
  readonly begins: string;
  readonly madeBy: string;
  readonly lastUsed: string;
  readonly never: string;
  readonly until: string;
  readonly over: (day: string) => string;
  readonly revokedOn: (day: string) => string;
  readonly act: string;
  readonly revoke: string;
  readonly of: (name: string) => string;
  readonly done: Readonly<Record<"revoked" | "gone", string>>;
  readonly madeTitle: (name: string) => string;
  readonly onceOnly: string;
  readonly token: string;
  readonly use: string;
  readonly toTokens: string;
};

export const TOKENS_TEXTS: Readonly<Record<Language, TokensTexts>> = {
  en: {
    title: "API tokens",
    what: "With a token another program asks for what waits, for cases and customers, or brings them in. What it can ask for is described at /api/v1/openapi.json.",
    none: "There are no tokens yet. Make one for each program that needs one, so that it can be taken back alone.",
    name: "What it is for, such as \u201chelp desk\u201d",
    scope: "What it may",
    scopes: {
      read: "Read: what waits, patches, cases and customers",
      write: "Read and import: customers and cases as well",
    },
    scopeNames: { read: "read", write: "read and import" },
    days: "Days until it ends (at most 365)",
    make: "Make a token",
    makeTitle: "Make a token",
    wrongName: "Write what it is for, on one line of at most 100 characters.",
    wrongScope: "Choose what the token may.",
    wrongDays: "Write a whole number of days from 1 to 365.",
    begins: "Begins with",
    madeBy: "Made by",
    lastUsed: "Last used",
    never: "never",
    until: "Until",
    over: (day) => `ended on ${day}`,
    revokedOn: (day) => `taken back on ${day}`,
    act: "What you can do",
    revoke: "Take back",
    of: (name) => `the token ${name}`,
    done: {
      revoked: "The token is taken back. It opens nothing any more.",
      gone: "That token was taken back before, or there is none such.",
    },
    madeTitle: (name) => `The token for ${name}`,
    onceOnly: "It is shown only now. Put it into the other program before you leave this page.",
    token: "Token",
    use: "The program sends it with every request:",
    toTokens: "To the tokens",
  },
  ja: {
    title: "API トークン",
    what: "トークンを使うと、ほかのプログラムから待ち状況、ケース、お客様を取得したり、取り込んだりできます。取得できる内容は /api/v1/openapi.json に記載されています。",
    none: "トークンはまだありません。個別に無効にできるよう、プログラムごとに 1 つずつ作成してください。",
    name: "用途（例: ヘルプデスク）",
    scope: "権限",
    scopes: {
      read: "読み取り: 待ち状況、パッチ、ケース、お客様",
      write: "読み取りと取り込み: お客様とケースの取り込みを含む",
    },
    scopeNames: { read: "読み取り", write: "読み取りと取り込み" },
    days: "有効日数（最大 365 日）",
    make: "トークンを作成",
    makeTitle: "トークンの作成",
    wrongName: "用途を 1 行、100 文字以内で入力してください。",
    wrongScope: "トークンの権限を選んでください。",
    wrongDays: "日数を 1 から 365 までの整数で入力してください。",
    begins: "先頭の文字",
    madeBy: "作成者",
    lastUsed: "最終使用",
    never: "未使用",
    until: "有効期限",
    over: (day) => `${day} に終了`,
    revokedOn: (day) => `${day} に無効化`,
    act: "操作",
    revoke: "無効にする",
    of: (name) => `トークン ${name}`,
    done: {
      revoked: "トークンを無効にしました。今後は使用できません。",
      gone: "そのトークンはすでに無効か、存在しません。",
    },
    madeTitle: (name) => `${name} のトークン`,
    onceOnly: "トークンが表示されるのは今だけです。このページを離れる前に、使用するプログラムに設定してください。",
    token: "トークン",
    use: "プログラムからは、すべてのリクエストに次のように付けて送信します。",
    toTokens: "トークンの一覧へ",
  },
};
