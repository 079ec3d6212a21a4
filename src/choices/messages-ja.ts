// The texts around a question behind a link, in Japanese.
import { LONGEST_REASON } from "./answer.ts";
import type { ChoiceTexts } from "./messages.ts";

const COUNT = LONGEST_REASON.toLocaleString("en");

export const CHOICES_IN_JAPANESE: ChoiceTexts = {
  of: {
    escalation: {
      question: "この件を意思決定者に上げますか",
      explained: "いずれか一つをお選びください。下のボタンを押していただくまで、何も行われません。",
    },
    closed: {
      question: "このクローズは見送りという判断でしたか",
      explained:
        "下のボタンを押していただくまで、何も行われません。ご回答がない場合は、クローズから3日後に見送りとして扱います。",
    },
  },
  button: {
    deciders: "意思決定者に上げる",
    wait: "この日まで待つ",
    no: "今回は見送る",
    declined: "はい、見送りです",
  },
  means: {
    deciders:
      "意思決定者に、この資料を非公開でただちにお送りします。プルリクエスト上では、お客様の名前を出さない中立的なお願いを多くても一度だけ行います。",
    wait: "その日までは上げません。その日になりましたら、自動的に改めて確認します。",
    no: "意思決定者には上げません。理由はケースを関連付けた担当者だけにお伝えし、社外には出しません。",
    declined:
      "ケースの関係者に、見送りとなったことをお知らせします。見送りでない場合は、変更の行き先をプルリクエストに /case landed REF または /case superseded REF とお書きください。",
  },
  asked: (name, at, until) =>
    `${name} 様に ${at} にお尋ねしました。${until} までご回答いただけます。このリンクをお持ちの方はどなたでもそのお名前で回答できますので、転送はお控えください。`,
  toAnswer: "ご回答欄へ",
  yourAnswer: "ご回答",
  more: "詳しい情報",
  until: "いつまで待つか",
  reason: "理由",
  wrong: "まだ何も行われていません。下の印のついた項目をご確認ください。",
  problem: (problem, { first, last }) => {
    switch (problem.code) {
      case "not-one-answer":
        return "下の回答から一つだけお選びください。";
      case "date-missing":
        return "日付を YYYY-MM-DD の形でご入力ください。";
      case "date-past":
        return `明日以降の日付をご入力ください。最も早い日は ${first} です。`;
      case "date-far":
        return `日付が先すぎます。最も遅い日は ${last} です。`;
      case "reason-missing":
        return "理由をご入力ください。ケースを関連付けた担当者にお伝えします。";
      case "reason-long":
        return `長すぎます。${COUNT} 文字以内でご入力ください。`;
    }
  },
  answered: (name, at) => `${name} 様が ${at} に回答されました`,
  gave: (answer, day) => {
    switch (answer.kind) {
      case "deciders":
        return "意思決定者に上げる。";
      case "wait":
        return `${day(answer.untilAt)} まで待つ。`;
      case "no":
        return "今回は見送り、意思決定者には上げない。";
      case "declined":
        return "クローズは見送りという判断。";
    }
  },
  reasonGiven: "理由",
  now: "今後の流れ",
  happens: {
    deciders:
      "意思決定者に、資料と判断の希望期日を添えて非公開でお願いします。結果はお知らせいたします。ほかにしていただくことはございません。",
    wait: "ケースを関連付けた担当者に理由をお伝えします。その日までは上げず、その日に自動的に改めて確認します。お待ちいただけなくなった場合は、プルリクエストに /case escalate と理由をお書きください。",
    no: "ケースを関連付けた担当者に理由をお伝えします。意思決定者には上げません。状況が変わりましたら、プルリクエストに /case escalate と理由をお書きください。",
    declined:
      "ケースの関係者に、見送りとなったことをお知らせします。プルリクエストが再び開かれた場合は、自動的に取り消されます。",
  },
  over: "こちらでのご回答は締め切られています",
  because: (over, minute) => {
    switch (over.code) {
      case "expired":
        return `回答期限は ${minute(over.at)} でした。`;
      case "ended":
        return over.outcome === "merged" || over.outcome === "landed"
          ? "変更はすでに取り込まれました。"
          : "この件は、プルリクエストの決定・クローズなどにより終了しています。";
      case "before-deciders":
        return "すでに意思決定者に上げられています。";
      case "answered-otherwise":
        return "すでに別の方法で回答されています。";
      case "rests":
        return "開発元から回答があったか、担当者が決まったため、現在はご回答いただく必要がありません。その後回答が途絶えた場合は、あらためてお尋ねします。";
      case "reopened":
        return "プルリクエストは再び開かれています。";
      case "decided-otherwise":
        return "見送りではない結果がすでに分かっています。";
      case "counted-as-no":
        return "すでに見送りとして扱われています。";
      case "moved-on":
        return "この件は、すでに次の段階に進んでいます。";
    }
  },
  otherwise: "ほかの方法",
  instead: {
    escalation:
      "プルリクエストのコメントに /case escalate と理由をお書きいただくか、担当コンサルタントまたはサポートにご依頼ください。",
    closed:
      "見送りでない場合は、変更の行き先をプルリクエストのコメントに /case landed REF または /case superseded REF とお書きください。",
  },
  missingTitle: "ページが見つかりません",
  missing:
    "アドレスが正しくないか、内容の保存期間が過ぎています。メールのリンクの場合は、途中で切れていないかご確認ください。プルリクエストのコメントに /case escalate と理由をお書きいただくことは、いつでも可能です。",
  refusedTitle: "受け付けられませんでした",
  refused: "フォームがこのページから送信されていません。メールのリンクを開き、そのページのボタンを押してください。",
  tooLargeTitle: "長すぎます",
  tooLarge: `まだ何も行われていません。前の画面に戻り、理由を ${COUNT} 文字以内にしてください。`,
  failedTitle: "処理できませんでした",
  failed:
    "内容は失われていません。しばらくしてからもう一度お試しください。すでに済んだことが二重に行われることはありません。続く場合は、Patch Advocate の管理者にお知らせください。",
};
