// What the mail with a sign-in link says.
import type { Message } from "../../notify/message.ts";
import type { Language } from "../../policy/policy.ts";

type Told = { readonly language: Language; readonly name: string; readonly url: string };

export function signInMail({ language, name, url }: Told): Message {
  const text = TEXTS[language];
  return {
    subject: text.subject,
    language,
    blocks: [
      { kind: "paragraph", line: [text.greeting(name)] },
      { kind: "paragraph", line: [text.what] },
      { kind: "choices", choices: [{ label: text.open, url, value: null, style: "primary" }] },
      { kind: "paragraph", line: [text.holds] },
      { kind: "paragraph", line: [text.notYou] },
    ],
  };
}

type Texts = {
  readonly subject: string;
  readonly greeting: (name: string) => string;
  readonly what: string;
  readonly open: string;
  readonly holds: string;
  readonly notYou: string;
};

const TEXTS: Readonly<Record<Language, Texts>> = {
  en: {
    subject: "Your link to Patch Advocate's board",
    greeting: (name) => `Dear ${name},`,
    what: "Somebody, probably you, asked on the sign-in page for a link to the board, which shows where each customer's patch stands.",
    open: "Open the board",
    holds: "The link is for you alone and holds for 7 days. It opens a page with a button; the button signs you in.",
    notYou: "If you did not ask for it, do nothing: nobody is signed in by this mail.",
  },
  ja: {
    subject: "Patch Advocate のボードへのリンク",
    greeting: (name) => `${name} 様`,
    what: "サインインページで、ボード（お客様ごとのパッチの状況を表示する画面）へのリンクのご請求がありました。",
    open: "ボードを開く",
    holds: "このリンクはご本人専用で、7 日間有効です。開いたページのボタンを押すとサインインします。",
    notYou:
      "お心当たりがない場合は、何もなさらずそのままにしてください。このメールだけでサインインされることはありません。",
  },
};
