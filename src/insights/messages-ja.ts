// The texts of the page of insights in Japanese. Pure, and apart for length.
import type { InsightTexts } from "./messages.ts";

export const INSIGHT_TEXTS_JA: InsightTexts = {
  title: "分析",
  lead: "パッチの待ち時間と、エスカレーションの効果を示します。集計の単位はパッチ、チーム、契約です。個人別の集計は行いません。",
  countedAt: (instant) => `${instant} の集計です（5 分間保持されます）。`,
  counted: (patches, since) => `${since} 以降に作成されたパッチ：${patches} 件`,
  cut: (patches) =>
    `件数が多いため、新しい順に ${patches} 件のみを集計しています。すべてを確認するには、お客様、リポジトリ、または短い期間を選択してください。`,
  filters: "絞り込み",
  filterNames: { period: "期間", severity: "重大度", customer: "お客様", repository: "リポジトリ" },
  periods: { "3m": "直近 3 か月", "12m": "直近 12 か月", all: "全期間" },
  severities: { S1: "S1", S2: "S2", S3: "S3", S4: "S4", none: "重大度なし" },
  any: "すべて",
  show: "表示",
  clear: "絞り込みを解除",
  unknown: (filter, value) => `${filter}「${value}」は見つからないため、無視しました。`,
  emptyTitle: "集計できるデータがまだありません",
  empty: "Patch Advocate が最初のパッチを追跡し始めると、ここに集計が表示されます。",
  emptySteps: [
    "お客様を取り込み、お客様のパッチを判別できるようにしてください。",
    "ケースをリンクしてください。プルリクエストに「/case link」とケースの参照番号をコメントします。",
  ],
  noneHere: "条件に一致するパッチはありません。期間を長くするか、絞り込みを解除してください。",
  csv: "CSV をダウンロード",
  csvOf: (title) => `CSV をダウンロード：${title}`,
  table: "数値の表",
  tooFew: "パッチが 5 件未満のため、分布は表示しません。",
  tooFewShort: "5 件未満",
  figures: {
    "first-response": {
      title: "最初の応答までの時間",
      about:
        "レビュー可能になってからメンテナーが最初に応答するまでの営業日数を、作成月ごとに示します。応答のないパッチは四分位数に含みません。",
      caption: "最初の応答までの営業日数（作成月別）",
    },
    decision: {
      title: "決定までの時間",
      about:
        "レビュー可能になってから、マージ、取り込み、置き換え、見送りのいずれかに決まるまでの営業日数を、作成月ごとに示します。未決定のパッチは四分位数に含みません。",
      caption: "決定までの営業日数（作成月別）",
    },
    escalation: {
      title: "エスカレーションの前と後",
      about:
        "同じ尺度で比べられるよう、暦日で示します。作成から意思決定者に初めて依頼するまでと、そこから決定までの日数です。いずれも、エスカレーションされ決定済みとなった同じパッチの集計です。",
      caption: "エスカレーション前後の日数",
    },
    targets: {
      title: "目標時間内の応答",
      about:
        "最初の応答が目標時間内にあったパッチの割合です。目標は、現在のポリシーと、パッチの作成時に有効だったお客様の契約のうち、厳しい方です。応答のないパッチは、メンテナーの番になってからの時間が目標を超えた時点で超過とし、それまでは期限前としてどちらにも数えません。",
      caption: "目標時間内の応答",
    },
    customers: {
      title: "お客様のパッチとその他のパッチ",
      about:
        "お客様に関わるパッチとその他のパッチについて、同じ項目を並べて示します。お客様への対応が、ほかの貢献者へのしわ寄せになっていないかを確認できます。",
      caption: "お客様のパッチとその他のパッチ",
    },
    waiting: {
      title: "現在待っているパッチの経過日数",
      about:
        "メンテナーの番になっている未完了のパッチを、番になってからの営業日数で示します。期間の絞り込みは適用されません。",
      caption: "メンテナーの番になってからの営業日数別のパッチ数",
    },
    reminders: {
      title: "送信した確認のお願い",
      about:
        "確認のお願いの件数を、依頼先のチームと週ごとに示します（最大で直近 26 週）。ログイン名で依頼した個人は、まとめて 1 つの合計にしています。2 つのチームに依頼した確認のお願いは、それぞれに数えます。",
      caption: "チーム別・週別の確認のお願いの件数",
    },
  },
  spreadChart: "棒は各月のパッチの中央の半数、棒の中の線は中央値です。すべての数値は下の表にあります。",
  columns: {
    month: "月",
    opened: "作成",
    answered: "応答あり",
    decided: "決定済み",
    patches: "パッチ",
    lower: "第 1 四分位数",
    median: "中央値",
    upper: "第 3 四分位数",
    stretch: "区間",
    severity: "重大度",
    contract: "契約",
    within: "目標内",
    late: "超過",
    open: "期限前",
    share: "目標内の割合",
    whose: "対象",
    age: "営業日数",
    total: "合計",
    asked: "依頼先",
  },
  escalation: {
    sentence: (before, after) =>
      `エスカレーションされたパッチの半数は、それまでに ${before}以上待っていました。エスカレーション後は、半数が ${after}以内に決定されました。`,
    ofFew: (patches, before, after) =>
      patches === 1
        ? `エスカレーションされ決定されたパッチは 1 件です。それまでに ${before}待ち、エスカレーションから ${after}で決定されました。`
        : `エスカレーションされ決定されたパッチは ${patches} 件です。中央値は、エスカレーションまで ${before}、エスカレーションから決定まで ${after}です。`,
    workingDays: (days) => `エスカレーションから決定までの中央値は ${days}です。`,
    undecided: (patches) => `エスカレーション済みで未決定のパッチ：${patches} 件`,
    before: "作成からエスカレーションまで",
    after: "エスカレーションから決定まで",
    unescalated: "作成から決定まで（エスカレーションなし）",
    description: "棒の長さは中央値、棒に重なる線は中央の半数の範囲です。すべての数値は下の表にあります。",
  },
  targets: {
    bySeverity: "重大度別",
    byContract: "契約別",
    plans: { subscription: "サブスクリプション", consulting: "コンサルティング" },
    noContract: "契約なし",
    description: "棒の全長は、応答済みまたは超過のパッチ全体です。すべての数値は下の表にあります。",
    of: (share, patches) => `${share}（${patches} 件中）`,
  },
  customers: {
    sides: { customers: "お客様", others: "その他" },
    customersOnly:
      "ポリシーでお客様のパッチのみを追跡しているため（track: customers）、その他のパッチの情報は限られています。比較するには track: all を指定してください。",
    response: "最初の応答",
    decision: "決定",
    description: "棒の長さは営業日数の中央値、棒に重なる線は中央の半数の範囲です。すべての数値は下の表にあります。",
  },
  waiting: {
    under: (days) => `${days} 未満`,
    between: (from, to) => `${from}～${to}`,
    over: (days) => `${days} 以上`,
    authors: "作成者側の番",
    none: "メンテナーを待っているパッチはありません。",
    description: "列は経過営業日数、色は重大度です。すべての数値は下の表にあります。",
  },
  reminders: {
    persons: "個人（合計）",
    others: "その他のチーム",
    hidden:
      "ログイン名で依頼した個人の件数は、組織全体で 3 名以上の場合に限り合計で表示します。個人の数値は本人だけが確認できます。",
    own: (count) => `あなただけに表示しています：このうち ${count} 件があなた宛てでした。`,
    none: "この期間に送信した確認のお願いはありません。",
    description: "列は週、色はチームです。すべての数値は下の表にあります。",
  },
  workingDays: ({ words }) => `${words} 営業日`,
};
