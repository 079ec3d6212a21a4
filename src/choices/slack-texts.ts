// The few words that only Slack needs around a question; all others are those of its page.
import type { Language } from "../policy/policy.ts";

type SlackTexts = {
  /** Slack takes 24 characters here. */
  readonly formTitle: Readonly<Record<"wait" | "no", string>>;
  readonly overTitle: string;
  readonly submit: string;
  readonly close: string;
  readonly notYours: (name: string) => string;
  readonly gone: string;
  readonly noForm: (url: string | null) => string;
  readonly failed: string;
};

export const SLACK_TEXTS: Readonly<Record<Language, SlackTexts>> = {
  en: {
    formTitle: { wait: "Wait until a day", no: "Do not put it forward" },
    overTitle: "Closed",
    submit: "Answer",
    close: "Close",
    notYours: (name) => `This was asked of ${name}, and only they can answer it here. Nothing was done.`,
    gone: "What was asked here is no longer kept. You can still write /case escalate with a reason on the pull request.",
    noForm: (url) =>
      url === null
        ? "The form could not be opened. Please press the button once more."
        : `The form could not be opened. Please press the button once more, or answer here: ${url}`,
    failed: "That did not work. It is safe to press the button once more in a minute.",
  },
  ja: {
    formTitle: { wait: "日付と理由", no: "見送りの理由" },
    overTitle: "受付終了",
    submit: "回答する",
    close: "閉じる",
    notYours: (name) => `こちらは ${name} 様へのお尋ねのため、ご本人のみご回答いただけます。まだ何も行われていません。`,
    gone: "こちらのお尋ねは保存期間が過ぎています。プルリクエストに /case escalate と理由をお書きいただくことは可能です。",
    noForm: (url) =>
      url === null
        ? "入力画面を開けませんでした。もう一度ボタンを押してください。"
        : `入力画面を開けませんでした。もう一度ボタンを押していただくか、こちらからご回答ください: ${url}`,
    failed: "処理できませんでした。しばらくしてから、もう一度ボタンを押してください。",
  },
};
