// What the pages say on which a file of customers or cases is brought in.
import type { Language } from "../../policy/policy.ts";

export type Imported = "customers" | "people" | "cases";

export type ImportTexts = {
  readonly title: Readonly<Record<"customers" | "cases", string>>;
  readonly what: Readonly<Record<"customers" | "cases", string>>;
  readonly file: string;
  readonly pasted: string;
  readonly show: string;
  readonly nothing: string;
  readonly problems: (count: number) => string;
  readonly problemsNote: string;
  readonly line: string;
  readonly column: string;
  readonly problem: string;
  readonly previewTitle: string;
  readonly previewNote: string;
  readonly moved: string;
  readonly lists: Readonly<Record<Imported, string>>;
  readonly counts: (of: {
    readonly added: string;
    readonly changed: string;
    readonly unchanged: string;
    readonly kept: string | null;
  }) => string;
  readonly nothingToDo: string;
  readonly added: string;
  readonly changed: string;
  readonly from: (before: string, after: string) => string;
  readonly more: (count: string) => string;
  readonly press: Readonly<Record<"customers" | "cases", string>>;
  readonly other: string;
  readonly done: Readonly<Record<"customers" | "cases", string>>;
};

export const IMPORT_TEXTS: Readonly<Record<Language, ImportTexts>> = {
  en: {
    title: { customers: "Import customers", cases: "Import cases" },
    what: {
      customers:
        "A customers.yml, or CSV with a row a contract. You see first what it would change; nothing is changed before you press a second time. Customers that are not in the file stay as they are.",
      cases:
        "CSV, YAML or JSON with a case a row. You see first what it would change; nothing is changed before you press a second time. Cases that are not in the file stay as they are, and so does what a row leaves empty.",
    },
    file: "File",
    pasted: "Or its text",
    show: "Show what it changes",
    nothing: "There is nothing to import. Choose a file, or put its text into the field.",
    problems: (count) => (count === 1 ? "One thing is wrong in the file" : `${count} things are wrong in the file`),
    problemsNote: "Nothing was imported. Correct the text below, or the file, and show the changes again.",
    line: "Line",
    column: "Column",
    problem: "What is wrong",
    previewTitle: "What the import would change",
    previewNote: "Nothing has been changed yet.",
    moved:
      "Somebody else changed something meanwhile, so nothing was imported. This is what the import would change now.",
    lists: { customers: "Customers", people: "People", cases: "Cases" },
    counts: ({ added, changed, unchanged, kept }) =>
      `${added} added, ${changed} changed, ${unchanged} unchanged${kept === null ? "" : `, ${kept} not in the file and kept`}.`,
    nothingToDo: "Everything in the file is stored already. There is nothing to import.",
    added: "added",
    changed: "changed",
    from: (before, after) => `${before} → ${after}`,
    more: (count) => `and ${count} more`,
    press: { customers: "Import these customers", cases: "Import these cases" },
    other: "Take another file",
    done: {
      customers: "The customers are imported. Their patches are labelled anew.",
      cases: "The cases are imported.",
    },
  },
  ja: {
    title: { customers: "お客様の取り込み", cases: "ケースの取り込み" },
    what: {
      customers:
        "customers.yml、または 1 行に 1 契約の CSV を指定してください。まず変更内容を表示し、もう一度ボタンを押すまで何も変更しません。ファイルにないお客様はそのまま残ります。",
      cases:
        "1 件ずつケースを記載した CSV、YAML または JSON を指定してください。まず変更内容を表示し、もう一度ボタンを押すまで何も変更しません。ファイルにないケースと、空欄の項目はそのまま残ります。",
    },
    file: "ファイル",
    pasted: "または内容を貼り付け",
    show: "変更内容を表示",
    nothing: "取り込む内容がありません。ファイルを選ぶか、内容を貼り付けてください。",
    problems: (count) => `ファイルに ${count} 件の誤りがあります`,
    problemsNote:
      "何も取り込まれていません。下の内容またはファイルを修正して、もう一度変更内容を表示してください。説明は英語で表示されます。",
    line: "行",
    column: "列",
    problem: "誤りの内容",
    previewTitle: "取り込みによる変更内容",
    previewNote: "まだ何も変更されていません。",
    moved: "その間にほかの変更があったため、取り込みは行われませんでした。現時点での変更内容は次のとおりです。",
    lists: { customers: "お客様", people: "連絡先", cases: "ケース" },
    counts: ({ added, changed, unchanged, kept }) =>
      `追加 ${added} 件、変更 ${changed} 件、変更なし ${unchanged} 件${kept === null ? "" : `、ファイルになくそのまま残るもの ${kept} 件`}。`,
    nothingToDo: "ファイルの内容はすべて登録済みです。取り込むものはありません。",
    added: "追加",
    changed: "変更",
    from: (before, after) => `${before} → ${after}`,
    more: (count) => `ほか ${count} 件`,
    press: { customers: "これらのお客様を取り込む", cases: "これらのケースを取り込む" },
    other: "別のファイルを選ぶ",
    done: {
      customers: "お客様を取り込みました。対象のパッチのラベルは順次更新されます。",
      cases: "ケースを取り込みました。",
    },
  },
};
