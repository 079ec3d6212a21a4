// Every text of the pages of customers, in both languages.
import type { Language } from "../../policy/policy.ts";
import type { ContractState, Paid } from "./contract-words.ts";

type Plan = "subscription" | "consulting";

export type CustomerTexts = {
  readonly title: string;
  readonly filter: { readonly text: string; readonly mine: string; readonly show: string; readonly clear: string };
  readonly noneHere: string;
  readonly nothingTitle: string;
  readonly nothing: string;
  readonly toImport: string;
  readonly askSupport: string;
  readonly columns: {
    readonly customer: string;
    readonly contract: string;
    readonly cases: string;
    readonly patches: string;
    readonly owner: string;
  };
  /** Days as they are shown. */
  readonly paid: (paid: Paid, day: (day: string) => string) => string;
  readonly afterGrace: string;
  readonly nobody: string;
  readonly confidential: string;
  readonly sections: {
    readonly contracts: string;
    readonly patches: string;
    readonly cases: string;
    readonly people: string;
    readonly more: string;
  };
  readonly noContracts: string;
  readonly chart: {
    readonly title: (customer: string) => string;
    readonly description: string;
    readonly today: string;
    readonly grace: string;
  };
  readonly contract: {
    readonly plan: string;
    readonly from: string;
    readonly until: string;
    readonly countsUntil: string;
    readonly targets: string;
    readonly state: string;
  };
  readonly plans: Readonly<Record<Plan, string>>;
  readonly tiered: (plan: string, tier: string) => string;
  readonly states: Readonly<Record<ContractState, string>>;
  readonly moreContracts: (number: string) => string;
  readonly noPatches: string;
  readonly allPatches: string;
  readonly settled: string;
  readonly noCases: string;
  readonly allCases: string;
  readonly people: {
    readonly owner: string;
    readonly deputy: string;
    readonly consultant: string;
    readonly contacts: string;
    readonly logins: string;
    readonly none: string;
    readonly moreContacts: (number: string) => string;
  };
  readonly toContacts: string;
  readonly toRecord: string;
  readonly noFeed: string;
  readonly feeds: string;
  readonly feed: (prefix: string, since: string) => string;
  readonly toEdit: string;
  readonly toHistory: string;
};

export const CUSTOMER_TEXTS: Readonly<Record<Language, CustomerTexts>> = {
  en: {
    title: "Customers",
    filter: { text: "Name or id", mine: "Only mine", show: "Show", clear: "Show all" },
    noneHere: "There is no customer that fits.",
    nothingTitle: "There is no customer yet",
    nothing: "Whose patches are followed, and until when, follows from the customers and their contracts.",
    toImport: "Import your customers",
    askSupport: "Ask support or an owner of the organisation to import them.",
    columns: {
      customer: "Customer",
      contract: "Contract",
      cases: "Open cases",
      patches: "Waiting patches",
      owner: "Account owner",
    },
    paid: (paid, day) => {
      switch (paid.kind) {
        case "pays":
          return `Under contract until ${day(paid.until)}`;
        case "lapsing":
          return `Lapsing: the contract ended on ${day(paid.ended)} and still counts until ${day(paid.until)}`;
        case "begins":
          return `Not under contract yet: the next one begins on ${day(paid.from)}`;
        case "over":
          return `No contract counts any more: the last one ended on ${day(paid.ended)}`;
        case "none":
          return "No contract that counts";
      }
    },
    afterGrace: "After that day nobody is reminded of their patches as a customer’s, and the labels come off.",
    nobody: "nobody",
    confidential: "Confidential: nothing that others can read may show who this is.",
    sections: {
      contracts: "Contracts",
      patches: "What waits",
      cases: "Cases",
      people: "People",
      more: "More",
    },
    noContracts: "There is no contract. Without one their patches are followed only by confirmed links.",
    chart: {
      title: (customer) => `Contracts of ${customer} over time`,
      description:
        "Each bar is a contract, the pale part behind it its grace, the line is today. The table beneath says the same.",
      today: "Today",
      grace: "Grace",
    },
    contract: {
      plan: "Contract",
      from: "From",
      until: "Until",
      countsUntil: "Counts until",
      targets: "Promised",
      state: "Today",
    },
    plans: { subscription: "Subscription", consulting: "Consulting" },
    tiered: (plan, tier) => `${plan} (${tier})`,
    states: {
      ahead: "begins later",
      counts: "counts",
      lapsing: "lapsing",
      over: "over",
      "without-subscription": "does not count without a subscription",
    },
    moreContracts: (number) => `and ${number} older ones`,
    noPatches: "No patch of theirs waits.",
    allPatches: "All that waits for them",
    settled: "Decided lately",
    noCases: "They have no open case.",
    allCases: "All their cases",
    people: {
      owner: "Account owner",
      deputy: "Deputy",
      consultant: "Consultant",
      contacts: "Contacts",
      logins: "On GitHub",
      none: "nobody is named",
      moreContacts: (number) => `and ${number} more`,
    },
    toContacts: "Links to the customer’s page, for each contact",
    toRecord: "Record of a year, to print for the renewal",
    noFeed: "none yet. This makes one:",
    feeds: "Atom feeds",
    feed: (prefix, since) => `${prefix}…, since ${since}`,
    toEdit: "Change what is known of this customer",
    toHistory: "What was changed, and by whom",
  },
  ja: {
    title: "お客様",
    filter: { text: "名称または ID", mine: "自分の担当のみ", show: "表示", clear: "すべて表示" },
    noneHere: "条件に合うお客様はいません。",
    nothingTitle: "お客様はまだ登録されていません",
    nothing: "どのパッチをいつまで追跡するかは、お客様とその契約に基づいて決まります。",
    toImport: "お客様を取り込む",
    askSupport: "取り込みは、サポートまたは組織オーナーにご依頼ください。",
    columns: {
      customer: "お客様",
      contract: "契約",
      cases: "対応中のケース",
      patches: "待っているパッチ",
      owner: "お客様担当",
    },
    paid: (paid, day) => {
      switch (paid.kind) {
        case "pays":
          return `契約中（${day(paid.until)}まで）`;
        case "lapsing":
          return `猶予期間中: 契約は${day(paid.ended)}に終了し、${day(paid.until)}までは有効として扱います`;
        case "begins":
          return `契約前: 次の契約は${day(paid.from)}に始まります`;
        case "over":
          return `有効な契約なし: 最後の契約は${day(paid.ended)}に終了しました`;
        case "none":
          return "有効な契約なし";
      }
    },
    afterGrace: "その日を過ぎると、お客様の案件としてのお願いは止まり、ラベルも外れます。",
    nobody: "なし",
    confidential: "機密: ほかの人が読める場所に、このお客様が分かる内容を出しません。",
    sections: {
      contracts: "契約",
      patches: "待ち状況",
      cases: "ケース",
      people: "担当と連絡先",
      more: "関連ページ",
    },
    noContracts: "契約はありません。契約がない間は、確認済みの関連付けがあるパッチのみを追跡します。",
    chart: {
      title: (customer) => `${customer} 様の契約の推移`,
      description: "棒は契約、その後ろの薄い部分は猶予期間、線は本日を表します。下の表も同じ内容です。",
      today: "本日",
      grace: "猶予期間",
    },
    contract: {
      plan: "契約",
      from: "開始日",
      until: "終了日",
      countsUntil: "有効とする最終日",
      targets: "お約束の応答期限",
      state: "本日の状態",
    },
    plans: { subscription: "サブスクリプション契約", consulting: "コンサルティング契約" },
    tiered: (plan, tier) => `${plan}（${tier}）`,
    states: {
      ahead: "開始前",
      counts: "有効",
      lapsing: "猶予期間中",
      over: "終了",
      "without-subscription": "サブスクリプション契約がないため対象外",
    },
    moreContracts: (number) => `ほか、以前の契約 ${number} 件`,
    noPatches: "待っているパッチはありません。",
    allPatches: "待っているパッチをすべて表示",
    settled: "最近決定したもの",
    noCases: "対応中のケースはありません。",
    allCases: "ケースをすべて表示",
    people: {
      owner: "お客様担当",
      deputy: "代理",
      consultant: "担当コンサルタント",
      contacts: "連絡先",
      logins: "GitHub アカウント",
      none: "登録なし",
      moreContacts: (number) => `ほか ${number} 名`,
    },
    toContacts: "連絡先ごとの、お客様用ページへのリンク",
    toRecord: "年間の記録（契約更新の際の印刷用）",
    noFeed: "まだありません。次のコマンドで作成できます:",
    feeds: "Atom フィード",
    feed: (prefix, since) => `${prefix}…（${since}から）`,
    toEdit: "このお客様の登録内容を変更",
    toHistory: "変更履歴",
  },
};
