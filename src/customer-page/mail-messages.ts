// The mail that brings a contact the address of their page, in both languages. Pure. It names nobody of the team and no case.
import { namedDay } from "../notify/dates.ts";
import type { Inline, Message } from "../notify/message.ts";
import type { Language } from "../policy/policy.ts";

export type LinkMail = {
  readonly name: string;
  readonly language: Language;
  readonly url: string;
  /** The day on which it ends (YYYY-MM-DD). */
  readonly until: string;
};

export function linkMessage({ name, language, url, until }: LinkMail): Message {
  const text = TEXTS[language];
  return {
    language,
    subject: text.subject,
    blocks: [
      paragraph(text.hello(name)),
      paragraph(text.shows),
      { kind: "choices", choices: [{ label: text.open, url, value: null, style: "primary" }] },
      paragraph(text.address(namedDay(until, language))),
      paragraph(text.unexpected),
    ],
  };
}

/** The same for somebody's own mail program: plain lines. */
export function linkLetter(mail: LinkMail): { readonly subject: string; readonly text: string } {
  const text = TEXTS[mail.language];
  const lines = [
    text.hello(mail.name),
    text.shows,
    mail.url,
    text.address(namedDay(mail.until, mail.language)),
    text.unexpected,
  ];
  return { subject: text.subject, text: lines.join("\n\n") };
}

const paragraph = (...line: Inline[]) => ({ kind: "paragraph", line }) as const;

type Texts = {
  readonly subject: string;
  readonly hello: (name: string) => string;
  readonly shows: string;
  readonly open: string;
  readonly address: (until: string) => string;
  readonly unexpected: string;
};

const TEXTS: Readonly<Record<Language, Texts>> = {
  en: {
    subject: "Where you see the progress of your cases",
    hello: (name) => `Hello ${name},`,
    shows:
      "on the page below you see at any time how far your cases with us are: what we have received, which fixes are with the developers, what they decided, and which release contains a fix.",
    open: "See the progress of your cases",
    address: (until) =>
      `It needs no password: whoever has the address can read the page, so please pass it on only to those who may. It can be opened until ${until}.`,
    unexpected: "If you did not expect this, leave it unopened and tell your contact in our support.",
  },
  ja: {
    subject: "お問い合わせの進捗をご覧いただけるページのご案内",
    hello: (name) => `${name} 様`,
    shows:
      "下記のページで、お問い合わせの進捗をいつでもご覧いただけます。受付の状況、開発元で確認中の修正、開発元の判断、修正を含むリリースを掲載しています。",
    open: "お問い合わせの進捗を見る",
    address: (until) =>
      `パスワードは不要です。アドレスをご存じの方はどなたでもご覧いただけますので、閲覧してよい方以外への転送はお控えください。有効期限は${until}です。`,
    unexpected: "お心当たりのない場合は、ページを開かずにサポート担当者へお知らせください。",
  },
};
