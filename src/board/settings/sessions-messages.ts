// What the page of somebody's own sessions says.
import type { Language } from "../../policy/policy.ts";

export type SessionsTexts = {
  readonly title: string;
  readonly what: string;
  readonly browser: string;
  readonly unnamed: string;
  readonly since: string;
  readonly seen: string;
  readonly act: string;
  readonly here: string;
  readonly end: string;
  readonly of: (browser: string) => string;
  readonly endOthers: string;
  readonly alone: string;
  readonly done: Readonly<Record<"ended" | "others" | "gone", string>>;
};

export const SESSIONS_TEXTS: Readonly<Record<Language, SessionsTexts>> = {
  en: {
    title: "Your sessions",
    what: "Where you are signed in. A session ends by itself after 8 hours without use, and after 7 days in any case.",
    browser: "Browser",
    unnamed: "a browser that does not say its name",
    since: "Signed in",
    seen: "Last seen",
    act: "What you can do",
    here: "this one",
    end: "End",
    of: (browser) => `the session in ${browser}`,
    endOthers: "End all others",
    alone: "You are signed in nowhere else.",
    done: {
      ended: "The session is ended.",
      others: "All your other sessions are ended.",
      gone: "That session was over already.",
    },
  },
  ja: {
    title: "ご自分のセッション",
    what: "現在サインインしている場所です。8 時間使用しないとき、または 7 日が経過したときに自動的に終了します。",
    browser: "ブラウザー",
    unnamed: "名称不明のブラウザー",
    since: "サインイン",
    seen: "最終使用",
    act: "操作",
    here: "現在のセッション",
    end: "終了",
    of: (browser) => `${browser} のセッション`,
    endOthers: "ほかのセッションをすべて終了",
    alone: "ほかにサインインしている場所はありません。",
    done: {
      ended: "セッションを終了しました。",
      others: "ほかのセッションをすべて終了しました。",
      gone: "そのセッションはすでに終了しています。",
    },
  },
};
