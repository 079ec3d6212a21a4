// The Japanese texts of the pages about repositories. Apart, so that one person can read a language from top to bottom.
import type { RepositoriesTexts } from "./messages.ts";

export const REPOSITORIES_IN_JAPANESE: RepositoriesTexts = {
  title: "リポジトリ",
  intro: "アプリが導入されているリポジトリごとに、適用中のポリシー、待ち状況、問題点を表示します。",
  empty:
    "アプリが導入されたリポジトリはまだありません。パッチを追跡するリポジトリに、GitHub からアプリを導入してください。",
  emptyLimited: "担当されているリポジトリには、アプリが導入されていません。",
  caption: "リポジトリの一覧（名前順）",
  columns: {
    name: "リポジトリ",
    mode: "モード",
    visibility: "公開範囲",
    followed: "追跡中のパッチ",
    maintainers: "メンテナー待ち",
    authors: "作成者待ち",
    problems: "問題点",
  },
  next: "続きを表示",
  first: "先頭に戻る",
  modes: { act: "動作中", observe: "観察中", unconfigured: "ポリシーなし" },
  modeMeans: {
    act: "ポリシーに従ってラベルを付与し、メンテナーに確認のお願いを送り、回答がない場合はエスカレーションします。",
    observe: "判断の内容はすべて表示されますが、GitHub には書き込まず、どなたにも連絡しません。",
    unconfigured: "ポリシーがないため、コマンドへの回答以外は何も書き込みません。",
  },
  visibilities: { public: "公開", private: "非公開", internal: "内部" },
  disclosures: {
    none: "none: お客様もケースも記載しません",
    reference: "reference: ケースの参照番号を記載することがあります",
    full: "full: すべての内容を記載できます",
  },
  mistakes: (_count, shown) => `ポリシーの誤り ${shown} 件`,
  notRead: "以前の内容を読み込めませんでした",
  beingRead: "読み込み中",
  archived: "アーカイブ済み",
  appIsOff: "アプリはこのリポジトリから外されています。これまでの内容は表示されますが、書き込みは行われません。",
  onGitHub: "GitHub で開く",
  standing: "現在の状態",
  mode: "モード",
  visibility: "公開範囲",
  branch: "既定のブランチ",
  disclosure: "記載できる内容",
  freshlyPublic:
    "オーナーのポリシーが書かれたあとに公開されたため、そのポリシーがあらためてコミットされるまで、ここには何も記載しません。",
  paused: (since, because) => `${since} から書き込みを一時停止しています（理由: ${because}）。`,
  pausedDo: (owner) =>
    `再開するには patch-advocate resume ${owner} を実行してください。全体を停止している場合は patch-advocate resume です。`,
  parked: (until, because) => `現在、GitHub がアプリを受け付けていません（${because}）。${until} に再試行します。`,
  readsPutOff: (owner, until) =>
    `${owner} の GitHub リクエスト枠が残り少ないため、読み取りは ${until} まで延期されます。コマンド、ラベル、リマインダーは続きます。`,
  parkedDo:
    "失われた内容はありません。続く場合は、GitHub の App の設定で、停止されていないか、権限が承認されているかをご確認ください。",
  suspended: "GitHub 上でアプリが停止されています。停止が解除されるまで、書き込みは行われません。",
  policyTitle: "適用中のポリシー",
  policyOf: (places) => `${places} と既定値によるものです。`,
  policyNone: "このリポジトリにもオーナー側にもポリシーのファイルがないため、観察のみを行います。",
  policyNoneDo: "動作を始めるためにコミットする内容",
  lastGood: "最新版に誤りがあるため、最後に有効だった版を適用しています。",
  sources: { repository: "このリポジトリ", owner: "オーナー", default: "既定値" },
  policyFile: "ポリシー全体",
  mistakesTitle: "ポリシーの誤り",
  mistakesIn: (place) => `${place} の誤り`,
  mistakesOfOwner: "オーナーのポリシーに誤りがあります。管理している方には、ここに内容が表示されます。",
  errorColumns: { line: "行", column: "列", key: "キー", text: "該当行", message: "対応方法" },
  readingTitle: "以前の内容の読み込み",
  readings: { patches: "パッチ", cases: "ケース" },
  reading: (state, done, total) =>
    ({
      pending: `${total === null ? "" : `${total} 件中 `}${done} 件を読み込み済み`,
      done: `${done} 件を読み込みました`,
      failed: `${done} 件で中断しました`,
    })[state],
  readingNever: "読み込む内容はありませんでした。",
  patchesTitle: "パッチ",
  patchesNone:
    "追跡中のパッチはありません。プルリクエストのコメントに /case link REF と書いて、ケースを紐付けてください。",
  patchesMore: (shown) => `重大なものから ${shown} 件を表示しています。`,
  allWaiting: "このリポジトリの待ち状況",
  patchColumns: { patch: "パッチ", severity: "重大度", turn: "番", since: "開始日" },
  turns: { maintainer: "メンテナー", author: "作成者", nobody: "なし" },
  writesTitle: "GitHub の上限",
  writes: ({ writes, writeLimit, comments, fuse }) =>
    `この組織の直近 1 時間の書き込みは上限 ${writeLimit} 件のうち ${writes} 件、うちコメントは ${comments} 件です。コメントが ${fuse} 件に達すると、書き込みは自動的に停止します。`,
  budget: {
    core: (remaining, limit, at) => `${at} の時点で、GitHub へのリクエストの残りは ${limit} 回中 ${remaining} 回です。`,
    graphql: (remaining, limit, at) =>
      `${at} の時点で、GitHub の GraphQL の残りは ${limit} ポイント中 ${remaining} ポイントです。`,
  },
  budgetUnknown: "GitHub へのリクエストの残りは、まだ分かりません。",
  undoneTitle: "過去 7 日間に書き込まれなかったもの",
  undoneNone: "書き込む予定のものは、すべて完了しています。",
  undoneDo: "失敗したものを再試行するには patch-advocate deliveries retry --writes 番号 を実行してください。",
  undoneColumns: { at: "日時", what: "内容", outcome: "結果", because: "理由" },
  deliveriesTitle: "GitHub からの配信",
  deliveriesAll:
    "配信がどのリポジトリのものかは処理するまで分からないため、組織のすべてのリポジトリの配信を表示しています。",
  deliveriesHidden:
    "このサーバーは複数の組織で使われており、配信がどの組織のものか分からないため、ここには表示しません。サーバーの管理者は patch-advocate deliveries list で確認できます。",
  deliveriesNone: "配信はまだ届いていません。GitHub の App の設定で、Webhook の URL をご確認ください。",
  deliveriesPending: (count) => `${count} 件が処理待ちです。`,
  deliveriesDo: "失敗した配信を再試行するには patch-advocate deliveries retry ID を実行してください。",
  deliveryColumns: { at: "受信日時", event: "イベント", state: "状態", because: "理由", id: "ID" },
  deliveryStates: { pending: "処理待ち", done: "完了", ignored: "対象外", failed: "失敗" },
  comma: "、",
};
