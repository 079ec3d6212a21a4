// Every text around a question behind a link: on its page, and where Slack shows the same. Pure, in both languages.
import type { Message } from "../notify/message.ts";
import type { Language } from "../policy/policy.ts";
import type { Answer, AnswerKind, AnswerProblem } from "./answer.ts";
import { LONGEST_REASON } from "./answer.ts";
import type { ChoiceKind } from "./choice.ts";

/** Why a question can no longer be answered. */
export type Over =
  | { readonly code: "expired"; readonly at: number }
  | { readonly code: "ended"; readonly outcome: string | null }
  | { readonly code: "before-deciders" }
  | { readonly code: "answered-otherwise" }
  | { readonly code: "rests" }
  | { readonly code: "reopened" }
  | { readonly code: "decided-otherwise" }
  | { readonly code: "counted-as-no" }
  | { readonly code: "moved-on" };

type QuestionTexts = {
  readonly question: string;
  readonly explained: string;
};

export type ChoiceTexts = {
  readonly of: Readonly<Record<ChoiceKind, QuestionTexts>>;
  readonly button: Readonly<Record<AnswerKind, string>>;
  readonly means: Readonly<Record<AnswerKind, string>>;
  readonly asked: (name: string, at: string, until: string) => string;
  readonly toAnswer: string;
  readonly yourAnswer: string;
  readonly more: string;
  readonly until: string;
  readonly reason: string;
  readonly wrong: string;
  readonly problem: (problem: AnswerProblem, days: { readonly first: string; readonly last: string }) => string;
  readonly answered: (name: string, at: string) => string;
  readonly gave: (answer: Answer, day: (at: number) => string) => string;
  readonly reasonGiven: string;
  readonly now: string;
  readonly happens: Readonly<Record<AnswerKind, string>>;
  readonly over: string;
  readonly because: (over: Over, minute: (at: number) => string) => string;
  readonly otherwise: string;
  readonly instead: Readonly<Record<ChoiceKind, string>>;
  readonly missingTitle: string;
  readonly missing: string;
  readonly refusedTitle: string;
  readonly refused: string;
  readonly tooLargeTitle: string;
  readonly tooLarge: string;
  readonly failedTitle: string;
  readonly failed: string;
};

/** `YYYY-MM-DD` of an instant. */
export const dayOf = (at: number, timezone: string): string => zoned(at, timezone).toPlainDate().toString();

/** `YYYY-MM-DD HH:MM (zone)` of an instant. */
export const minuteOf = (at: number, timezone: string): string =>
  `${zoned(at, timezone).toPlainDateTime().toString({ smallestUnit: "minute" }).replace("T", " ")} (${timezone})`;

const zoned = (at: number, timezone: string): Temporal.ZonedDateTime =>
  Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timezone);

const COUNT = LONGEST_REASON.toLocaleString("en");

export const CHOICE_TEXTS: Readonly<Record<Language, ChoiceTexts>> = {
  en: {
    of: {
      escalation: {
        question: "Should this be put before those who decide?",
        explained: "Choose one. Nothing has been done yet; it is done when you press a button below.",
      },
      closed: {
        question: "Was closing it a no?",
        explained:
          "Nothing has been done yet; it is done when you press the button below. If nobody says anything, it counts as a no three days after it was closed.",
      },
    },
    button: {
      deciders: "Put it before the deciders",
      wait: "Wait until then",
      no: "Do not put it before them",
      declined: "Yes, it was declined",
    },
    means: {
      deciders:
        "The deciders get this evidence privately, now. On the pull request itself at most one neutral request is made, which names no customer.",
      wait: "Nothing rises until that day. Then it is looked at again by itself.",
      no: "Nothing rises. Your reason goes to whoever linked the case, and to nobody outside.",
      declined:
        "The people of the cases hear that it was declined. If it was not a no, write on the pull request where the change went: /case landed REF or /case superseded REF.",
    },
    asked: (name, at, until) =>
      `${name} was asked on ${at}, and can answer until ${until}. Whoever has this link can answer in that name: please do not pass it on.`,
    toAnswer: "To your answer",
    yourAnswer: "Your answer",
    more: "For who wants to know more",
    until: "Until which day",
    reason: "Why",
    wrong: "Nothing was done yet. Please correct what is marked below.",
    problem: (problem, { first, last }) => {
      switch (problem.code) {
        case "not-one-answer":
          return "Choose exactly one of the answers below.";
        case "date-missing":
          return "Give a day, as YYYY-MM-DD.";
        case "date-past":
          return `That day is not in the future. The first possible day is ${first}.`;
        case "date-far":
          return `That is too far away. The last possible day is ${last}.`;
        case "reason-missing":
          return "Give a reason: whoever linked the case will read it.";
        case "reason-long":
          return `That is too long: at most ${COUNT} characters.`;
      }
    },
    answered: (name, at) => `${name} answered on ${at}`,
    gave: (answer, day) => {
      switch (answer.kind) {
        case "deciders":
          return "Put it before the deciders.";
        case "wait":
          return `Wait until ${day(answer.untilAt)}.`;
        case "no":
          return "Do not put it before the deciders.";
        case "declined":
          return "Closing it was a no.";
      }
    },
    reasonGiven: "Reason",
    now: "What happens now",
    happens: {
      deciders:
        "The deciders are asked privately, with the evidence and a date by which a decision is needed. You hear what comes of it. You need not do anything.",
      wait: "Whoever linked the case hears the reason. Nothing rises before that day; then it is looked at again by itself. If it cannot wait after all, write /case escalate with a reason on the pull request.",
      no: "Whoever linked the case hears the reason. Nothing rises. If that changes, write /case escalate with a reason on the pull request.",
      declined:
        "The people of the cases hear that it was declined. If the pull request is reopened, that is taken back by itself.",
    },
    over: "This can no longer be answered here",
    because: (over, minute) => {
      switch (over.code) {
        case "expired":
          return `It could be answered until ${minute(over.at)}.`;
        case "ended":
          return over.outcome === "merged" || over.outcome === "landed"
            ? "The change has been taken in meanwhile."
            : "It has come to an end meanwhile: the pull request is decided, closed or no longer followed.";
        case "before-deciders":
          return "It is before the deciders already.";
        case "answered-otherwise":
          return "It was answered another way meanwhile.";
        case "rests":
          return "The maintainers have answered or taken it in hand meanwhile. Should silence follow, you are asked again.";
        case "reopened":
          return "The pull request is open again.";
        case "decided-otherwise":
          return "It is known meanwhile what became of it, and it was not a no.";
        case "counted-as-no":
          return "It counts as a no already.";
        case "moved-on":
          return "It has moved on meanwhile.";
      }
    },
    otherwise: "What you can do instead",
    instead: {
      escalation:
        "Write /case escalate with a reason in a comment on the pull request, or ask the consultant or your support team to do so.",
      closed:
        "If it was not a no, write in a comment on the pull request where the change went: /case landed REF or /case superseded REF.",
    },
    missingTitle: "There is nothing here",
    missing:
      "The address is wrong, or what was here is no longer kept. If it came in a mail, check that it was copied whole. You can always write /case escalate with a reason in a comment on the pull request.",
    refusedTitle: "This was not accepted",
    refused: "The form was not sent from its own page. Open the link of the mail and press the button there.",
    tooLargeTitle: "That is too long",
    tooLarge: `Nothing was done. Please go back and shorten the reason to ${COUNT} characters.`,
    failedTitle: "That did not work",
    failed:
      "Nothing is lost, and it is safe to try again in a minute: what was already done is not done twice. If it stays so, tell whoever runs Patch Advocate.",
  },
  ja: {
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
  },
};

/** What is known of a pull request that was closed without a word. */
export type ClosedWords = {
  readonly language: Language;
  readonly name: string;
  readonly url: string;
  readonly title: string;
  readonly author: string;
  readonly closedBy: string | null;
  readonly closedAt: string;
};

/** What the question about a closing is about. */
export function closedMessage(words: ClosedWords): Message {
  const say = CLOSED[words.language];
  return {
    subject: say.subject(words.name),
    language: words.language,
    blocks: [
      {
        kind: "facts",
        rows: [
          { label: say.pull, value: [{ kind: "link", text: words.name, url: words.url }] },
          { label: say.title, value: [words.title] },
          { label: say.author, value: [words.author] },
          { label: say.closed, value: [say.closedBy(words.closedAt, words.closedBy)] },
        ],
      },
    ],
  };
}

type ClosedTexts = {
  readonly subject: (name: string) => string;
  readonly pull: string;
  readonly title: string;
  readonly author: string;
  readonly closed: string;
  readonly closedBy: (at: string, by: string | null) => string;
};

const CLOSED: Readonly<Record<Language, ClosedTexts>> = {
  en: {
    subject: (name) => `${name} was closed without being merged`,
    pull: "Pull request",
    title: "Title",
    author: "Author",
    closed: "Closed",
    closedBy: (at, by) => (by === null ? at : `${at}, by ${by}`),
  },
  ja: {
    subject: (name) => `${name} はマージされずにクローズされました`,
    pull: "プルリクエスト",
    title: "タイトル",
    author: "作成者",
    closed: "クローズ",
    closedBy: (at, by) => (by === null ? at : `${at}（${by}）`),
  },
};
