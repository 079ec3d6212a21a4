// What the page of people and channels says, and the test message itself.
import { facts, paragraph } from "../../notify/blocks.ts";
import type { Way } from "../../notify/channels.ts";
import type { Message } from "../../notify/message.ts";
import type { Language } from "../../policy/policy.ts";
import type { HeardAs } from "./hearers.ts";

export type ChannelName = "mail" | "slack" | "webhook" | "pagerDuty";

export type PeopleTexts = {
  readonly title: string;
  readonly channelsTitle: string;
  readonly channelsNote: string;
  readonly channel: string;
  readonly channels: Readonly<Record<ChannelName, string>>;
  readonly state: string;
  readonly isSet: string;
  readonly isNotSet: (variables: string) => string;
  readonly peopleTitle: string;
  readonly peopleNote: string;
  readonly none: string;
  readonly unreached: (count: number, total: string) => string;
  readonly allReached: string;
  readonly name: string;
  readonly as: string;
  readonly heardAs: Readonly<Record<HeardAs, string>>;
  readonly customers: (count: string, isOne: boolean) => string;
  readonly ways: string;
  readonly byWay: Readonly<Record<Way, string>>;
  readonly noWay: string;
  readonly hours: string;
  readonly usualHours: string;
  readonly languages: Readonly<Record<Language, string>>;
  readonly act: string;
  readonly you: string;
  readonly test: string;
  readonly testTo: (name: string) => string;
  readonly youUnknown: string;
  readonly next: string;
  readonly sending: (name: string) => string;
  readonly sent: (name: string, by: string) => string;
  readonly notSent: (name: string) => string;
};

export const PEOPLE_TEXTS: Readonly<Record<Language, PeopleTexts>> = {
  en: {
    title: "People and channels",
    channelsTitle: "Channels",
    channelsNote: "They are set in the environment of the server.",
    channel: "Channel",
    channels: { mail: "Mail", slack: "Slack", webhook: "Webhook to your own systems", pagerDuty: "PagerDuty" },
    state: "State",
    isSet: "set up",
    isNotSet: (variables) => `not set up: set ${variables}`,
    peopleTitle: "Who hears things where",
    peopleNote:
      "From the customers' files and the owner's policy; of teams, who was in them when GitHub was asked last. To change an address, edit the customer, or import people.",
    none: "Nobody is known yet. Import a customers.yml with account owners and people.",
    unreached: (count, total) =>
      count === 1 ? `One of ${total} cannot be reached.` : `${count} of ${total} cannot be reached.`,
    allReached: "Everybody can be reached.",
    name: "Name",
    as: "Hears things as",
    heardAs: {
      "account-owner": "account owner",
      deputy: "deputy",
      consultant: "consultant",
      support: "support",
      decider: "decider",
      person: "one of the people",
    },
    customers: (count, isOne) => (isOne ? "one customer" : `${count} customers`),
    ways: "Where",
    byWay: { slack: "Slack", mail: "mail" },
    noWay: "cannot be reached: no address is known for a channel that is set up",
    hours: "When, and in which language",
    usualHours: "09:00-18:00",
    languages: { en: "English", ja: "Japanese" },
    act: "What you can do",
    you: "you",
    test: "Send a test",
    testTo: (name) => `to ${name}`,
    youUnknown:
      "No address of yours is known: add yourself under people in the customers' file to hear things, and to send yourself a test.",
    next: "Next page",
    sending: (name) => `The test to ${name} is on its way. This page looks again by itself.`,
    sent: (name, by) => `The test to ${name} was handed over by ${by}.`,
    notSent: (name) => `The test to ${name} was not sent:`,
  },
  ja: {
    title: "連絡先とチャネル",
    channelsTitle: "チャネル",
    channelsNote: "サーバーの環境変数で設定します。",
    channel: "チャネル",
    channels: { mail: "メール", slack: "Slack", webhook: "自社システムへの Webhook", pagerDuty: "PagerDuty" },
    state: "状態",
    isSet: "設定済み",
    isNotSet: (variables) => `未設定（${variables} を設定してください）`,
    peopleTitle: "誰にどこで連絡するか",
    peopleNote:
      "お客様のファイルと組織のポリシーに基づきます。チームについては、GitHub に最後に確認した時点のメンバーです。連絡先を変更するには、お客様を編集するか、people を取り込んでください。",
    none: "連絡先がまだ登録されていません。お客様担当と people を記載した customers.yml を取り込んでください。",
    unreached: (count, total) => `${total} 人のうち ${count} 人に連絡できません。`,
    allReached: "全員に連絡できます。",
    name: "名前",
    as: "連絡を受ける立場",
    heardAs: {
      "account-owner": "お客様担当",
      deputy: "代理",
      consultant: "コンサルタント",
      support: "サポート",
      decider: "意思決定者",
      person: "people に登録",
    },
    customers: (count) => `お客様 ${count} 社`,
    ways: "連絡先",
    byWay: { slack: "Slack", mail: "メール" },
    noWay: "連絡できません（設定済みのチャネルで使える連絡先がありません）",
    hours: "時間帯と言語",
    usualHours: "09:00-18:00",
    languages: { en: "英語", ja: "日本語" },
    act: "操作",
    you: "ご自分",
    test: "テスト送信",
    testTo: (name) => `${name} 宛て`,
    youUnknown:
      "ご自分の連絡先が登録されていません。連絡やテスト送信を受け取るには、お客様のファイルの people にご自分を追加してください。",
    next: "次のページ",
    sending: (name) => `${name} 宛てのテストを送信しています。このページは自動的に更新されます。`,
    sent: (name, by) => `${name} 宛てのテストを${by}で送信しました。`,
    notSent: (name) => `${name} 宛てのテストは送信されませんでした。理由:`,
  },
};

type Test = { readonly language: Language; readonly name: string; readonly askedBy: string; readonly owner: string };

export function testMessage({ language, name, askedBy, owner }: Test): Message {
  const text = TESTS[language];
  return {
    subject: text.subject,
    language,
    blocks: [
      paragraph(text.greeting(name)),
      paragraph(text.what),
      facts([
        [text.asked, askedBy],
        [text.of, owner],
      ]),
      paragraph(text.nothing),
    ],
  };
}

const TESTS = {
  en: {
    subject: "A test message from Patch Advocate",
    greeting: (name: string) => `Dear ${name},`,
    what: "This is a test: what Patch Advocate has to tell you about customers' patches reaches you here.",
    asked: "Asked for by",
    of: "Organisation",
    nothing: "There is nothing for you to do.",
  },
  ja: {
    subject: "Patch Advocate からのテスト送信",
    greeting: (name: string) => `${name} 様`,
    what: "これはテストです。お客様のパッチに関する Patch Advocate からのご連絡は、こちらに届きます。",
    asked: "依頼者",
    of: "組織",
    nothing: "ご対応いただくことはありません。",
  },
} as const;
