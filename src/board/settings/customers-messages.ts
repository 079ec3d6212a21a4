// What the pages say on which customers are looked up, edited and followed back.
import type { Language } from "../../policy/policy.ts";

export type CustomersTexts = {
  readonly title: string;
  readonly find: string;
  readonly search: string;
  readonly toImport: string;
  readonly toAdd: string;
  readonly exportYaml: string;
  readonly exportCsv: string;
  readonly exportNote: string;
  readonly allHistory: string;
  readonly none: string;
  readonly noneFound: string;
  readonly customer: string;
  readonly id: string;
  readonly acts: string;
  readonly edit: string;
  readonly history: string;
  readonly contacts: string;
  readonly confidential: string;
  readonly next: string;
  readonly historyTitle: (name: string) => string;
  readonly allHistoryTitle: string;
  readonly noHistory: string;
  readonly historyNote: string;
  readonly when: string;
  readonly who: string;
  readonly what: string;
  readonly how: (by: string, how: "command" | "page" | "api") => string;
  readonly added: string;
  readonly older: string;
};

export const CUSTOMERS_TEXTS: Readonly<Record<Language, CustomersTexts>> = {
  en: {
    title: "Customers",
    find: "Find",
    search: "Id or name",
    toImport: "Import a file",
    toAdd: "Add a customer",
    exportYaml: "Take out as customers.yml",
    exportCsv: "Take out as CSV",
    exportNote:
      "The file holds everything about customers and people (CSV: the flat part). Keep it out of repositories; importing it again changes nothing.",
    allHistory: "What was changed about customers",
    none: "No customers are known yet. Import a customers.yml, or add the first one by hand.",
    noneFound: "No customer has this in its id or name.",
    customer: "Customer",
    id: "Id",
    acts: "What you can do",
    edit: "Edit",
    history: "History",
    contacts: "Contacts",
    confidential: "confidential",
    next: "Next page",
    historyTitle: (name) => `What was changed about ${name}`,
    allHistoryTitle: "What was changed about customers",
    noHistory: "Nothing has been changed since this is kept.",
    historyNote: "The newest first, by import, on this page or over the API.",
    when: "When",
    who: "By whom",
    what: "What",
    how: (by, how) => {
      if (how === "command") return by === "command" ? "by command" : `${by}, by command`;
      return how === "api" ? `${by}, over the API` : `${by}, on the board`;
    },
    added: "added",
    older: "Older changes",
  },
  ja: {
    title: "お客様",
    find: "検索",
    search: "ID または名前",
    toImport: "ファイルを取り込む",
    toAdd: "お客様を追加",
    exportYaml: "customers.yml として書き出す",
    exportCsv: "CSV として書き出す",
    exportNote:
      "ファイルにはお客様と連絡先のすべての情報が含まれます（CSV は表形式で表せる項目のみ）。リポジトリには置かないでください。同じファイルを取り込んでも何も変わりません。",
    allHistory: "お客様の変更履歴",
    none: "お客様がまだ登録されていません。customers.yml を取り込むか、最初のお客様を追加してください。",
    noneFound: "ID または名前が一致するお客様はありません。",
    customer: "お客様",
    id: "ID",
    acts: "操作",
    edit: "編集",
    history: "履歴",
    contacts: "ご担当者",
    confidential: "機密扱い",
    next: "次のページ",
    historyTitle: (name) => `${name} 様の変更履歴`,
    allHistoryTitle: "お客様の変更履歴",
    noHistory: "記録を始めてから、変更はありません。",
    historyNote: "取り込み、このページ、API による変更を新しい順に表示しています。",
    when: "日時",
    who: "変更した人",
    what: "内容",
    how: (by, how) => {
      if (how === "command") return by === "command" ? "コマンド" : `${by}（コマンド）`;
      return how === "api" ? `${by}（API）` : `${by}（ボード）`;
    },
    added: "追加",
    older: "以前の変更",
  },
};
