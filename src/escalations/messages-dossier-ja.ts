// The Japanese words of a dossier, in the register of a letter between companies. Apart, so that one person can read a language from top
// to bottom.
import { code } from "../notify/blocks.ts";
import { dayInWords } from "../notify/dates.ts";
import type { CourseEntry, DossierCheck } from "./dossier.ts";
import type { DossierWords, FirstLineTold } from "./dossier-words.ts";

const MOST_NAMED = 3;

/** A login, or a team as `organization/team`. */
const named = (name: string): string => (name.includes("/") ? `${name} の皆さま` : `${name} さん`);

const names = (people: readonly string[]): string => people.map(named).join("、");

/** A space stands between Latin letters or digits and Japanese ones. */
const spaced = (words: string): string => (/[\w/)]$/u.test(words) ? `${words} ` : words);

const until = (when: string | null): string => (when === null ? "" : `${spaced(when)}までに`);

const because = (reason: string | null): string => (reason === null ? "" : `（理由: ${reason}）`);

function checksInWords(checks: readonly DossierCheck[]): string {
  const failing = checks.filter((each) => each.state === "failing").map((each) => each.name);
  const running = checks.filter((each) => each.state === "running");
  if (failing.length + running.length === 0) return `${checks.length} 件すべて成功`;
  return [
    ...(failing.length === 0
      ? []
      : [`${checks.length} 件中 ${failing.length} 件が失敗（${failing.slice(0, 5).join("、")}）`]),
    ...(running.length === 0 ? [] : [`${checks.length} 件中 ${running.length} 件が実行中`]),
  ].join("、");
}

function entryInWords(entry: CourseEntry, day: (at: number) => string): string {
  const who = entry.who.length === 0 ? "担当者" : names(entry.who);
  switch (entry.what) {
    case "opened":
      return `${who}が修正を提出しました`;
    case "ready":
      return `${who}が修正を確認いただける状態にしました`;
    case "reminded":
      return entry.who.length === 0 ? "開発元にご確認をお願いしました" : `${who}にご確認をお願いしました`;
    case "answered":
      return `開発元の ${who}から回答がありました`;
    case "changes-requested":
      return `開発元の ${who}から変更のご要望がありました`;
    case "approved":
      return `開発元の ${who}が承認しました`;
    case "updated":
      return `${who}が更新を提出しました`;
    case "owner-put-forward":
      return "お客様担当が意思決定者に上げるよう判断しました";
    case "escalation-asked":
      return `${who}が次の段階に進めるよう依頼しました`;
    case "support-asked":
      return "不足している情報をサポートに確認しました";
    case "owner-asked":
      return "お客様担当に判断をお願いしました";
    case "owner-silent":
      return "お客様担当に 2 回お尋ねしましたが、回答待ちのままです";
    case "deciders-asked":
      return "意思決定者に判断をお願いしました";
    case "put-off":
      return `${who}が ${day(entry.until)}にあらためて検討すると決めました`;
    case "taken":
      return `${who}が ${day(entry.until)}まで担当することになりました`;
  }
}

export const DOSSIER_IN_JAPANESE: DossierWords = {
  labels: {
    severity: "重大度",
    stake: "影響",
    neededBy: "ご希望の期日",
    workaround: "回避策",
    nextReport: "次回報告予定",
    since: "お待ちの期間",
    case: "ケース",
    fix: "修正",
    software: "対象ソフトウェア",
    waiting: "回答待ちの期間",
    others: "ほかにお待ちのお客様",
    author: "作成者",
    consultant: "担当コンサルタント",
    size: "変更の規模",
    requiredChecks: "必須のテスト",
    otherChecks: "その他のテスト",
    reviews: "レビュー",
    held: "累計の対応時間",
    reminders: "ご確認のお願い",
    head: "対象コミット",
  },
  headings: {
    trouble: "お困りの内容",
    fix: "修正の状況",
    workaround: "回避策",
    report: "お客様への次回報告予定",
    course: "経過",
    question: "お選びください",
    waiting: "お待ちのお客様と内容",
    answers: "ご判断ごとのお客様への影響",
  },
  between: "、",
  betweenSentences: "／",
  unknown: "不明",
  none: "なし",
  notAgreed: "未定",
  noSummary: "内容はまだ記録されていません。",
  noCase: "関連するケースはまだありません。",
  nobodyNamed: "開発元",
  wordNames: {
    summary: "お困りの内容",
    stake: "影響",
    workaround: "回避策の有無",
    severity: "重大度",
    customer: "対象のお客様",
  },
  lacks: {
    closed: "すでにクローズされています",
    archived: "リポジトリがアーカイブされています",
    unknown: "最新の状態をまだ GitHub から確認できていません",
    draft: "まだ下書きです",
    snoozed: "保留中です",
    exempt: "ポリシーの対象外です",
    conflict: "新しい変更と競合しています",
    "checks-failing": "必須のテストが失敗しています",
    "not-maintainers-turn": "先に作成者側の対応が必要です",
  },
  customer: (name) => `${name} 様`,
  somebody: "お客様",
  customers: (who) =>
    who.length > MOST_NAMED ? `お客様 ${who.length} 社` : who.length === 0 ? "お客様" : who.join("、"),
  severity: (severity) => `${severity}（S1 が最も重大、S4 が最も軽微）`,
  neededBy: (day, why) => `${day}${because(why)}`,
  firstLine: (line, told) => {
    switch (line.code) {
      case "anyway": {
        const missing = line.missing.map((each) => lackInWords(each)).join("。");
        return `この修正は、まだそのままではご判断いただけません${missing === "" ? "" : `（${missing}）`}。${line.by === "" ? "担当者" : `${line.by} さん`}の依頼により、それでもお送りしています${because(line.reason)}。`;
      }
      case "owner-not-heard":
        return "お客様担当には 2 回お尋ねしましたが、回答をいただいておりません。";
      case "unknown-words":
        return `サポートに確認しましたが、次の点は不明のままです: ${line.words.map((word) => DOSSIER_IN_JAPANESE.wordNames[word]).join("、")}。`;
      case "again":
        return askedBefore(dayInWords(line.askedAt, told.dates), told);
      case "put-off-is-over":
        return `${dayInWords(line.until, told.dates)}まで保留とされていましたが、その日になりました。`;
    }
  },
  insteadOf: (owner) => [
    `${owner === null ? "お客様担当" : `${owner} さんの連絡先`}の登録がないため、代わりにお尋ねしています。`,
    code("customers.yml"),
    " にご登録ください。",
  ],
  requested: (who, reason) => `${who} さんの依頼によりお送りしています${because(reason)}。`,
  recommendation: ({ answer, by, as, did, severity, hasNoWorkaround }, isOwner) => {
    const advice = isOwner
      ? "意思決定者に上げることをお勧めします"
      : answer === "take"
        ? "取り込みをお勧めします"
        : "ご要望の変更を加えたうえでの取り込みをお勧めします";
    const grounds = [
      `${as === "consultant" ? "担当コンサルタント" : "サポート"}の ${by} さんが${did === "wrote" ? "作成" : "関連付け"}`,
      ...(severity === null ? [] : [`重大度 ${severity}`]),
      ...(hasNoWorkaround ? ["回避策なし"] : []),
    ];
    return `${advice}（${grounds.join("、")}）。`;
  },
  size: (n, additions, deletions) => `${n} ファイル、${additions} 行追加、${deletions} 行削除`,
  checks: checksInWords,
  approved: (who) => `${who} さんが承認`,
  asksForChanges: (who) => `${who} さんが変更を要望`,
  held: (maintainers, author) => `開発元 ${maintainers}、作成者側 ${author}`,
  waited: (time) => time,
  others: (n) => `ほかに ${n} 社`,
  since: (day) => `${spaced(day)}から`,
  entry: (entry, dates) => entryInWords(entry, (at) => dayInWords(at, dates)),
  dated: (day, what) => `${day} ${what}`,
  subject: {
    ownerAsked: (customer, when) =>
      `【経緯報告】${customer}がお待ちの修正について：${until(when)}ご判断をお願いいたします`,
    ownerTold: (customer) => `【経緯報告】${customer}がお待ちの修正について：意思決定者に判断をお願いしました`,
    urgent: (subject) => `【至急】${subject}`,
    deciders: (patch, severity, when) =>
      `【ご判断のお願い】${patch}${severity === null ? "" : `（重大度 ${severity}）`}${when === null ? "" : `：${spaced(when)}まで`}`,
    support: (patch, what) =>
      what === "account-owner"
        ? `【ご連絡】${patch} についてお客様担当に判断をお願いしました`
        : `【ご連絡】${patch} について意思決定者に判断をお願いしました`,
  },
  owner: {
    opening: (customer, waited) =>
      `${customer}がお待ちの修正について、経緯をご報告いたします。${waited === null ? "現在、開発元の回答待ちです。" : `開発元の回答待ちの期間は、${waited}になりました。`}`,
    question: (when) => `この件を意思決定者に上げるかどうか、${until(when)}ご回答をお願いいたします。`,
    told: (when) =>
      `意思決定者に、${until(when)}判断をいただけるようお願いしました。お手続きは不要です。結果が分かり次第、ご連絡いたします。`,
    answers: (customer) => [
      {
        name: "意思決定者に上げる",
        means: `この資料を意思決定者に非公開でお送りし、判断をお願いします。取り込み、変更のうえ取り込み、見送り、後日のいずれであっても、${customer}にお返事ができます。`,
      },
      {
        name: "日付まで待つ",
        means: `${customer}にはその日までお待ちいただき、その日にあらためてお尋ねします。理由は、ケースを関連付けた担当者にお伝えします。`,
      },
      {
        name: "今回は見送る",
        means: `意思決定者には上げず、${customer}には引き続きお待ちいただきます。理由は、ケースを関連付けた担当者にお伝えします。`,
      },
    ],
    silence: (rises, isLastTime) => ({
      name: "ご回答がない場合",
      means: `${isLastTime ? "" : "代理の方も含めて、もう一度お尋ねします。その後もご回答がないときは、"}${
        rises
          ? "お客様担当から回答をいただいていない旨を添えて、意思決定者に上げます。"
          : "上げずに、回答待ちとして一覧に載せます。"
      }`,
    }),
    otherwise: (consultant) => [
      `ボタンが表示されない場合は、${consultant === null ? "担当コンサルタントまたはサポート" : `担当コンサルタントの ${consultant} さんまたはサポート`}にご回答をお伝えください。GitHub のアカウントをお持ちの方は、修正のページに `,
      code("/case escalate"),
      " と理由を書いて、意思決定者に上げることもできます。",
    ],
  },
  deciders: {
    ask: (patch, when) => [patch, ` について、${until(when)}ご判断をお願いいたします。`],
    answers: (customers, workarounds) => [
      {
        name: "取り込む",
        means: `${customers}には、次のリリースで修正をお届けできます。`,
        how: ["承認してマージしてください。"],
      },
      {
        name: "変更のうえ取り込む",
        means: `${customers}には、理由をお伝えしたうえで、その分お待ちいただきます。`,
        how: ["レビューで変更をご依頼ください。作成者側が対応します。"],
      },
      {
        name: "見送る",
        means: {
          none: `${customers}には、理由とともにお伝えします。回避策はありません。`,
          partly: `${customers}には、理由とともにお伝えします。回避策のないお客様がいらっしゃいます。`,
          some: `${customers}には、理由とともにお伝えし、引き続き回避策をご利用いただきます。`,
          unknown: `${customers}には、理由とともにお伝えします。`,
        }[workarounds],
        how: ["理由を添えてクローズしてください。"],
      },
      {
        name: "後日にする",
        means: `${customers}には日付をお伝えし、その日まではお尋ねしません。`,
        how: ["プルリクエストに ", code("/case later YYYY-MM-DD 理由"), " とお書きください。"],
      },
    ],
    silence: {
      name: "ご回答がない場合",
      means:
        "お客様には、見通しのないままお待ちいただくことになります。もう一度お願いし、その後は多くても週に一度お願いします。",
    },
    taking: [
      "どなたかが確認に入られる場合は、プルリクエストに ",
      code("/case take"),
      " とお書きください。最長 10 営業日、手続きを止めます。",
    ],
    waiting: (n, day) =>
      n === 1
        ? `1 社が ${spaced(day)}からお待ちです。`
        : `${n} 社がお待ちです。最初のお客様は ${spaced(day)}からです。`,
  },
  support: {
    ownerAsked: (owners, when) =>
      `${owners.length === 0 ? "お客様担当" : `お客様担当（${names(owners)}）`}に、意思決定者に上げるかどうかの判断を、${until(when)}お願いしています。ご参考までにお送りします。`,
    decidersAsked: (when) =>
      `意思決定者に、${until(when)}判断をいただけるようお願いしています。ご参考までにお送りします。`,
    complete: (words) => [
      `不明な点: ${words}。ご存じの方は、ケースに `,
      code("/case summary"),
      "、",
      code("/case stake"),
      "、",
      code("/case workaround"),
      "、",
      code("/case severity"),
      "、",
      code("/case customer"),
      " でお書きください。",
    ],
  },
};

function askedBefore(day: string, { reader, asked }: FirstLineTold): string {
  if (asked === "deciders")
    return `${reader === "decider" ? "" : "意思決定者には "}${day}にお願いしましたが、まだご判断をいただいておりません。`;
  return `${reader === "owner" ? "" : "お客様担当には "}${day}にお尋ねしましたが、まだご回答をいただいておりません。`;
}

function lackInWords(code: string): string {
  const known: Readonly<Record<string, string>> = DOSSIER_IN_JAPANESE.lacks;
  return known[code] ?? code;
}
