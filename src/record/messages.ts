// What a customer's record says, in both languages. Pure. It is handed to the customer: their words, and no name of the team's.
import type { Language } from "../policy/policy.ts";
import type { FixDecision } from "./record.ts";

type RecordTexts = {
  readonly title: (year: string) => string;
  readonly subtitle: (customer: string) => string;
  readonly span: (from: string, until: string) => string;
  readonly soFar: (day: string) => string;
  readonly back: string;
  readonly years: string;
  readonly otherLanguage: string;
  readonly print: string;
  readonly glance: string;
  readonly received: string;
  readonly withWorkaround: string;
  readonly sent: string;
  readonly accepted: string;
  readonly shipped: string;
  readonly contracts: string;
  readonly noContracts: string;
  readonly plan: string;
  readonly plans: Readonly<Record<"subscription" | "consulting", string>>;
  readonly tier: string;
  readonly from: string;
  readonly until: string;
  readonly troubles: string;
  readonly noTroubles: string;
  readonly case: string;
  readonly on: string;
  readonly severity: string;
  readonly summary: string;
  readonly workaround: string;
  readonly noWorkaround: string;
  readonly stands: string;
  readonly open: string;
  readonly settled: string;
  readonly fixes: string;
  readonly noFixes: string;
  readonly sentOn: string;
  readonly decided: string;
  readonly decision: Readonly<Record<FixDecision, string>>;
  readonly withDevelopers: string;
  readonly release: string;
  readonly more: (shown: string, total: string) => string;
  readonly evenMore: (shown: string) => string;
  readonly time: string;
  readonly timeRow: Readonly<Record<TimeRow, string>>;
  readonly what: string;
  readonly compared: string;
  readonly howMany: string;
  readonly typical: string;
  readonly tooFew: (fewest: string) => string;
  readonly savedBefore: (time: string) => string;
  readonly savedOthers: (time: string) => string;
  readonly notSavedBefore: (time: string) => string;
  readonly notSavedOthers: (time: string) => string;
  readonly cannotSay: string;
  readonly computed: (fewestOwn: string, fewestOthers: string, day: string) => string;
  readonly reports: string;
  readonly promised: string;
  readonly day: string;
  readonly noPromised: string;
  readonly told: (times: string, isOne: boolean) => string;
  /** Between a word and its day, and after it. */
  readonly dated: readonly [string, string];
  readonly made: (when: string, timezone: string) => string;
};

export type TimeRow = "own" | "before" | "others" | "untilAsked" | "sinceAsked";

export const RECORD_TEXTS: Readonly<Record<Language, RecordTexts>> = {
  en: {
    title: (year) => `Record of ${year}`,
    subtitle: (customer) => customer,
    span: (from, until) => `${from} to ${until}`,
    soFar: (day) => ` (so far, until ${day})`,
    back: "To the customer",
    years: "Years",
    otherLanguage: "日本語",
    print: "Print this page, or save it as a PDF, with your browser: only the record itself is printed.",
    glance: "At a glance",
    received: "Troubles received",
    withWorkaround: "of these with a workaround",
    sent: "Fixes sent to the developers",
    accepted: "Fixes accepted by the developers",
    shipped: "Fixes that came with a release",
    contracts: "Contracts",
    noContracts: "No contract ran in this year.",
    plan: "Contract",
    plans: { subscription: "Subscription", consulting: "Consulting" },
    tier: "Tier",
    from: "From",
    until: "Until",
    troubles: "Troubles",
    noTroubles: "No trouble was received in this year.",
    case: "Case",
    on: "Received",
    severity: "Severity",
    summary: "What went wrong, and what the fix changes",
    workaround: "Workaround",
    noWorkaround: "There is none.",
    stands: "Today",
    open: "open",
    settled: "settled",
    fixes: "Fixes",
    noFixes: "No fix was sent, decided on or released in this year.",
    sentOn: "Sent",
    decided: "Decided",
    decision: {
      merged: "accepted",
      landed: "accepted in another form",
      declined: "not taken",
      superseded: "another fix took its place",
    },
    withDevelopers: "with the developers",
    release: "In release",
    more: (shown, total) => `The first ${shown} of ${total} are shown.`,
    evenMore: (shown) => `The first ${shown} are shown, and the figures above count only these.`,
    time: "Time",
    timeRow: {
      own: "Your fixes that were decided on in this year",
      before: "Your fixes that were decided on in the year before",
      others: "Other fixes in the same projects, decided on in this year, for which no customer waited",
      untilAsked: "Your fixes that we put before those who decide: until then",
      sinceAsked: "Your fixes that we put before those who decide: from then on",
    },
    what: "Time to a decision",
    compared: "Which fixes",
    howMany: "How many",
    typical: "Median",
    tooFew: (fewest) => `too few to say (fewer than ${fewest})`,
    savedBefore: (time) => `The median of your fixes is ${time} shorter than in the year before.`,
    savedOthers: (time) =>
      `The median of your fixes is ${time} shorter than that of fixes for which no customer waited.`,
    notSavedBefore: (time) =>
      `Your fixes were not decided on sooner than in the year before, when the median was ${time}.`,
    notSavedOthers: (time) =>
      `Your fixes were not decided on sooner than those for which no customer waited: their median is ${time}.`,
    cannotSay: "How much time was saved cannot be said for this year: there are too few fixes to compare.",
    computed: (fewestOwn, fewestOthers, day) =>
      `How this is computed: the working time from when a fix was first ready for review to the developers' decision, each by the working hours of its project; a working day here is ${day}. The figure is the median: half took at most that long. Fixes whose place another one took are left out, and those of programs. Fewer than ${fewestOwn} of your fixes, or ${fewestOthers} others, are not compared.`,
    reports: "Reports",
    promised: "Days on which you were promised to hear from us",
    day: "Day",
    noPromised: "No day was promised in this year.",
    told: (times, isOne) =>
      isOne ? "There was progress to tell you of once." : `There was progress to tell you of ${times} times.`,
    dated: [", ", ""],
    made: (when, timezone) => `Made on ${when}. Days are those of ${timezone}.`,
  },
  ja: {
    title: (year) => `${year}年 活動記録`,
    subtitle: (customer) => `${customer} 様`,
    span: (from, until) => `${from} ～ ${until}`,
    soFar: (day) => `（${day}まで）`,
    back: "お客様のページへ",
    years: "年",
    otherLanguage: "English",
    print: "ブラウザーで印刷するか PDF として保存してください。印刷されるのは活動記録の部分だけです。",
    glance: "概要",
    received: "受け付けたお問い合わせ",
    withWorkaround: "うち回避策をご案内したもの",
    sent: "開発元に提出した修正",
    accepted: "開発元が採用した修正",
    shipped: "リリースに含まれた修正",
    contracts: "ご契約",
    noContracts: "この年に有効なご契約はありません。",
    plan: "契約",
    plans: { subscription: "サブスクリプション契約", consulting: "コンサルティング契約" },
    tier: "プラン",
    from: "開始日",
    until: "終了日",
    troubles: "お問い合わせ",
    noTroubles: "この年に受け付けたお問い合わせはありません。",
    case: "番号",
    on: "受付日",
    severity: "重大度",
    summary: "問題と修正の内容",
    workaround: "回避策",
    noWorkaround: "ありません。",
    stands: "現在",
    open: "対応中",
    settled: "完了",
    fixes: "修正",
    noFixes: "この年に提出、判断、リリースされた修正はありません。",
    sentOn: "提出日",
    decided: "開発元の判断",
    decision: {
      merged: "採用",
      landed: "別の形で採用",
      declined: "見送り",
      superseded: "別の修正に引き継ぎ",
    },
    withDevelopers: "開発元で確認中",
    release: "リリース",
    more: (shown, total) => `${total} 件のうち最初の ${shown} 件を表示しています。`,
    evenMore: (shown) => `最初の ${shown} 件を表示しています。上の件数もこの範囲のものです。`,
    time: "所要時間",
    timeRow: {
      own: "この年に判断されたお客様の修正",
      before: "前年に判断されたお客様の修正",
      others: "同じプロジェクトでこの年に判断された、お待ちのお客様がいない修正",
      untilAsked: "意思決定者に依頼したお客様の修正: 依頼まで",
      sinceAsked: "意思決定者に依頼したお客様の修正: 依頼から",
    },
    what: "判断までの時間",
    compared: "対象の修正",
    howMany: "件数",
    typical: "中央値",
    tooFew: (fewest) => `件数不足のため算出できません（${fewest} 件未満）`,
    savedBefore: (time) => `お客様の修正は、前年と比べて中央値で ${time}早く判断されました。`,
    savedOthers: (time) => `お客様の修正は、お待ちのお客様がいない修正と比べて中央値で ${time}早く判断されました。`,
    notSavedBefore: (time) => `お客様の修正の判断は、前年より早くなっていません。前年の中央値は ${time}です。`,
    notSavedOthers: (time) =>
      `お客様の修正の判断は、お待ちのお客様がいない修正より早くなっていません。そちらの中央値は ${time}です。`,
    cannotSay: "比較できる修正の件数が足りないため、この年に短縮できた時間は算出できません。",
    computed: (fewestOwn, fewestOthers, day) =>
      `算出方法: 修正がレビュー可能になってから開発元が判断するまでの時間を、各プロジェクトの営業時間で計測しています。ここでの 1 営業日は ${day}です。値は中央値で、半数の修正はその時間以内に判断されました。別の修正に引き継がれたものと、プログラムが作成したものは含みません。お客様の修正が ${fewestOwn} 件未満、その他の修正が ${fewestOthers} 件未満の場合は比較しません。`,
    reports: "ご報告",
    promised: "ご報告をお約束した日",
    day: "日付",
    noPromised: "この年にご報告をお約束した日はありません。",
    told: (times) => `お知らせすべき進捗は ${times} 回ありました。`,
    dated: ["（", "）"],
    made: (when, timezone) => `作成日: ${when}。日付は ${timezone} のものです。`,
  },
};
