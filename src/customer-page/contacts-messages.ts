// What the board says of a customer's contacts and their links, in both languages. Pure.
import type { Language } from "../policy/policy.ts";

export type ContactsDone = "sent" | "revoked" | "over";

export type ContactsTexts = {
  readonly title: (customer: string) => string;
  readonly back: string;
  readonly explained: string;
  readonly shown: string;
  readonly none: string;
  readonly contacts: string;
  readonly name: string;
  readonly language: string;
  readonly languages: Readonly<Record<Language, string>>;
  readonly asBrowser: string;
  readonly link: string;
  readonly noLink: string;
  readonly until: string;
  readonly madeBy: (who: string) => string;
  readonly opened: string;
  readonly never: string;
  readonly times: (count: string, isOne: boolean) => string;
  readonly act: string;
  readonly make: string;
  readonly makeAnew: string;
  readonly revoke: string;
  /** What a button is about, for who hears it read. */
  readonly for: (name: string) => string;
  readonly gone: string;
  readonly goneExplained: string;
  readonly notYours: string;
  readonly done: Readonly<Record<ContactsDone, string>>;
  readonly noSuchContact: string;
  readonly madeTitle: (name: string) => string;
  readonly onceOnly: string;
  readonly address: string;
  readonly openUntil: (day: string) => string;
  readonly send: (email: string) => string;
  readonly sendExplained: string;
  readonly cannotSend: string;
  readonly write: string;
  readonly toContacts: string;
};

export const CONTACTS_TEXTS: Readonly<Record<Language, ContactsTexts>> = {
  en: {
    title: (customer) => `Contacts of ${customer}`,
    back: "To the customer",
    explained:
      "Each contact can have one link to a page that shows the progress of this customer's cases. It needs no password, opens for 90 days, and you can take it back at any time. Nobody has one until you make it.",
    shown:
      "The page shows, word for word, each case's summary and workaround, and its days of need and of the next report. It never shows titles, stakes, reasons, logins or pull requests.",
    none: "The customers' file names no contacts of this customer. Add them under contacts, with name, e-mail address and language, and import it again.",
    contacts: "Contacts",
    name: "Contact",
    language: "Language",
    languages: { en: "English", ja: "Japanese" },
    asBrowser: "as their browser",
    link: "Link",
    noLink: "none",
    until: "Opens until",
    madeBy: (who) => `made by ${who}`,
    opened: "Opened",
    never: "never",
    times: (count, isOne) => (isOne ? "once, on" : `${count} times, last on`),
    act: "What you can do",
    make: "Make a link",
    makeAnew: "Replace it by a new link",
    revoke: "Take it back",
    for: (name) => ` for ${name}`,
    gone: "Links of people who are no contacts any more",
    goneExplained:
      "They show nothing as long as the customers' file does not name these people. Take them back so that it stays so.",
    notYours:
      "Support, the organisation's owners and this customer's consultant, account owner and deputy make links and take them back.",
    done: {
      sent: "The link will be mailed within the contact's working hours.",
      revoked: "The link was taken back. It shows nothing any more.",
      over: "This link was replaced or taken back meanwhile. Nothing was done.",
    },
    noSuchContact: "This person is no contact of the customer any more. No link was made.",
    madeTitle: (name) => `A link for ${name}`,
    onceOnly:
      "This address is shown only now: only its beginning is kept. A link that this contact had before shows nothing any more.",
    address: "Address",
    openUntil: (day) => `It can be opened until ${day}.`,
    send: (email) => `Mail it to ${email}`,
    sendExplained:
      "The contact gets it in their language within their working hours. Nothing is sent unless you press.",
    cannotSend:
      "It cannot be mailed from here: SMTP_URL, SMTP_FROM and PUBLIC_URL have to be set. Copy it, or write a mail yourself.",
    write: "Write a mail yourself",
    toContacts: "To the contacts",
  },
  ja: {
    title: (customer) => `${customer} の連絡先`,
    back: "お客様のページへ",
    explained:
      "連絡先ごとに 1 つ、このお客様のケースの進捗を表示するページへのリンクを発行できます。パスワードは不要で、90 日間有効です。いつでも無効にできます。発行するまで、どなたにもリンクはありません。",
    shown:
      "ページには、各ケースの概要と回避策がそのままの文面で、必要期日と次回報告日とともに表示されます。タイトル、商談への影響、理由、ログイン名、プルリクエストは表示されません。",
    none: "お客様ファイルに、このお客様の連絡先がありません。contacts に氏名、メールアドレス、言語を追加し、もう一度インポートしてください。",
    contacts: "連絡先",
    name: "連絡先",
    language: "言語",
    languages: { en: "英語", ja: "日本語" },
    asBrowser: "ブラウザーの設定",
    link: "リンク",
    noLink: "なし",
    until: "有効期限",
    madeBy: (who) => `発行: ${who}`,
    opened: "閲覧",
    never: "なし",
    times: (count) => `${count} 回、最終`,
    act: "操作",
    make: "リンクを発行",
    makeAnew: "新しいリンクに置き換える",
    revoke: "無効にする",
    for: (name) => `（${name} 様）`,
    gone: "連絡先から外れた方のリンク",
    goneExplained:
      "お客様ファイルにこの方々が載っていない間は、何も表示されません。今後も表示されないように、無効にしてください。",
    notYours:
      "リンクの発行と無効化は、サポート、組織オーナー、およびこのお客様のコンサルタント、お客様担当、代理が行えます。",
    done: {
      sent: "連絡先の営業時間内に、リンクをメールでお送りします。",
      revoked: "リンクを無効にしました。今後は何も表示されません。",
      over: "このリンクは、すでに置き換えられたか無効になっています。何も行われませんでした。",
    },
    noSuchContact: "この方はもうこのお客様の連絡先ではありません。リンクは発行されませんでした。",
    madeTitle: (name) => `${name} 様のリンク`,
    onceOnly:
      "このアドレスが表示されるのは今回だけです。保存されるのは先頭の文字だけです。この連絡先の以前のリンクは無効になりました。",
    address: "アドレス",
    openUntil: (day) => `有効期限は${day}です。`,
    send: (email) => `${email} にメールで送る`,
    sendExplained: "連絡先の言語で、先方の営業時間内に届きます。ボタンを押すまで何も送信されません。",
    cannotSend:
      "ここからはメールで送れません。SMTP_URL、SMTP_FROM、PUBLIC_URL の設定が必要です。コピーするか、ご自身でメールを作成してください。",
    write: "自分でメールを作成",
    toContacts: "連絡先一覧へ",
  },
};
