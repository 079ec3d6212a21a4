// What a weekly digest says, in both languages. Apart, so that the words can be read and changed without touching what is told to whom.
import type { CustomerEventBody } from "../cases/customer-event.ts";
import { lapseLine } from "../customers/messages.ts";
import { cutTo, readable } from "../effects/escape.ts";
import { isoDate } from "../effects/public-text.ts";
import { wordsOf } from "../notify/line.ts";
import type { Block, Inline, Line, Message } from "../notify/message.ts";
import type { Language } from "../policy/policy.ts";
import type { DigestLine, PatchLine, Section, SectionName } from "./digest.ts";

export type DigestWords = {
  readonly reader: { readonly name: string; readonly language: Language; readonly timezone: string };
  readonly sections: readonly Section[];
  /** Since when what moved is told. */
  readonly sinceAt: number;
};

/** The digest, whole. */
export function digestMessage({ reader, sections, sinceAt }: DigestWords): Message {
  const { language, timezone } = reader;
  const words = texts[language];
  const number = sections
    .filter(({ name }) => ATTENTION.has(name))
    .reduce((sum, { lines, more }) => sum + lines.length + more, 0);
  return {
    language,
    subject: words.subject(number),
    blocks: [
      paragraph(words.hello(reader.name)),
      paragraph(words.opening(dayOf(sinceAt, timezone))),
      ...sections.flatMap((section) => sectionBlocks(section, { language, timezone })),
      paragraph(...words.closing),
    ],
  };
}

type Reading = { readonly language: Language; readonly timezone: string };

/** Sections that somebody has to act on. */
const ATTENTION: ReadonlySet<SectionName> = new Set(["reports", "owner-silent", "ours", "asked"]);

const MOST_NAMED = 5;
const LONGEST_TITLE = 120;

const paragraph = (...line: Inline[]): Block => ({ kind: "paragraph", line });

const dayOf = (at: number, timezone: string): string => wordsOf(isoDate(at, timezone), "none");

function sectionBlocks({ name, lines, more }: Section, reading: Reading): readonly Block[] {
  const words = texts[reading.language];
  const items = lines.map((line) => lineIn(name, line, reading));
  return [
    { kind: "heading", text: words.headings[name] },
    { kind: "list", items: more === 0 ? items : [...items, [words.more(more, lines.length > 0)]] },
  ];
}

function lineIn(section: SectionName, line: DigestLine, reading: Reading): Line {
  const words = texts[reading.language];
  switch (line.kind) {
    case "patch":
      return [
        ...linked(line.patch),
        words.standing(section, line, dayOf(line.sinceAt, reading.timezone)),
        about(line, reading),
      ];
    case "report": {
      const { customer, report, days } = line;
      const who: Line = customer === null ? [] : [{ kind: "strong", text: customer }, words.honoured, words.colon];
      return [...who, `${titled(report.reference, report.title)}${words.between}${words.reportBy(report.day, days)}`];
    }
    case "event": {
      const { event } = line;
      const pull: Line = event.pull === null ? [] : [...linked(event.pull), words.colon];
      const reference = event.reference === null ? "" : `${event.reference}${words.between}`;
      return [
        `${dayOf(event.at, reading.timezone)} `,
        { kind: "strong", text: line.customer },
        `${words.honoured}${words.colon}${reference}`,
        ...pull,
        words.happened(event.event),
      ];
    }
    case "lapse":
      return lapseLine(line, reading.language);
    case "proposal":
      return [
        ...linked(line.proposal.patch),
        words.colon,
        { kind: "code", text: line.proposal.reference },
        words.proposedBy(line.proposal.madeBy),
      ];
    case "unreached":
      return [{ kind: "strong", text: line.unreached.name }, words.colon, words.unreached(line.unreached)];
  }
}

const linked = ({ name, url, title }: PatchLine["patch"]): Line => [
  { kind: "link", text: name, url },
  ` ${short(title)}`,
];

/** Titles and names are anybody's words: a line of a list holds only their beginning. */
const short = (text: string): string => cutTo(readable(text), LONGEST_TITLE);

/** A case that nobody has given a title bears its reference as one. */
const titled = (reference: string, title: string): string =>
  title === reference || title === "" ? reference : `${reference} ${short(title)}`;

/** Severity, customers and cases in brackets, as far as the line has them. */
function about({ severity, customers, references }: PatchLine, { language }: Reading): string {
  const words = texts[language];
  const some = (names: readonly string[]) =>
    names.length <= MOST_NAMED ? names : [...names.slice(0, MOST_NAMED), "…"];
  const parts = [...(severity === null ? [] : [severity]), ...some(customers), ...some(references)];
  return parts.length === 0 ? "" : words.brackets(parts.join(words.between));
}

type Texts = {
  readonly subject: (number: number) => string;
  readonly hello: (name: string) => string;
  readonly opening: (since: string) => string;
  readonly closing: Line;
  readonly headings: Record<SectionName, string>;
  readonly more: (n: number, isAfterSome: boolean) => string;
  readonly colon: string;
  /** What follows a customer's name. */
  readonly honoured: string;
  readonly between: string;
  readonly brackets: (text: string) => string;
  readonly standing: (section: SectionName, line: PatchLine, since: string) => string;
  readonly reportBy: (day: string, days: number) => string;
  readonly happened: (event: CustomerEventBody) => string;
  readonly proposedBy: (login: string) => string;
  readonly unreached: (who: { readonly because: "no-address" | "failed"; readonly times: number }) => string;
};

const DECIDED: Record<Language, Record<Extract<CustomerEventBody, { kind: "decided" }>["decision"], string>> = {
  en: {
    merged: "merged",
    landed: "landed another way",
    superseded: "superseded by another pull request",
    declined: "closed without being merged",
  },
  ja: {
    merged: "マージされました",
    landed: "別の形で取り込まれました",
    superseded: "別のプルリクエストに引き継がれました",
    declined: "見送りとなりました",
  },
};

const texts: Record<Language, Texts> = {
  en: {
    subject: (number) => {
      if (number === 0) return "Weekly digest of patches";
      return `Weekly digest of patches: ${number} ${number === 1 ? "needs" : "need"} attention`;
    },
    hello: (name) => `Hello ${name},`,
    opening: (since) => `This is what waits, and what has moved since ${since}. What is gravest comes first.`,
    closing: [
      "This digest comes once a week, and not at all when there is nothing to tell. The owner’s policy says when, under ",
      { kind: "code", text: "digest" },
      ".",
    ],
    headings: {
      reports: "Customers who must hear within two days",
      "owner-silent": "Escalations without an account owner’s answer",
      ours: "Waits for us",
      asked: "Waits for you as a maintainer",
      theirs: "Waits for the maintainers",
      silences: "Silent for long",
      proposals: "Links to confirm or drop",
      unreached: "Could not be told",
      moved: "What moved",
    },
    more: (n, isAfterSome) => (isAfterSome ? `and ${n} more` : `${n}, for which there was no room here`),
    colon: ": ",
    honoured: "",
    between: ", ",
    brackets: (text) => ` (${text})`,
    standing: (section, { isListed, silence }, since) => {
      if (section === "silences" && silence === "unreleased") return `, in no release, decided on ${since}`;
      if (section === "silences") return `, nobody’s turn since ${since}`;
      if (section === "owner-silent") return "";
      return `, since ${since}${section === "ours" && isListed ? "; the author’s side was told in vain" : ""}`;
    },
    reportBy: (day, days) => {
      if (days < 0) return `was promised to hear on ${day}`;
      return `by ${day} (${days === 0 ? "today" : days === 1 ? "tomorrow" : `in ${days} days`})`;
    },
    happened: (event) => {
      switch (event.kind) {
        case "linked":
          return "linked";
        case "decided":
          return DECIDED.en[event.decision];
        case "reopened":
          return "reopened";
        case "put-off":
          return `put off until ${event.until}`;
        case "shipped":
          return `shipped in ${event.name ?? event.tag}`;
        case "workaround-known":
          return "a workaround is known";
      }
    },
    proposedBy: (login) => `, proposed by ${login}`,
    unreached: ({ because, times }) => {
      if (because === "no-address") return "no address is known";
      return times === 1 ? "a message failed for good" : `${times} messages failed for good`;
    },
  },
  ja: {
    subject: (number) =>
      number === 0 ? "パッチの週次まとめ" : `パッチの週次まとめ: ご確認いただきたい件 ${number} 件`,
    hello: (name) => `${name} 様`,
    opening: (since) => `回答待ちの件と、${since} 以降に動きのあった件を、重大度の高い順にお知らせします。`,
    closing: [
      "このまとめは週に一度お送りし、お知らせする件がない週はお送りしません。送信の曜日と時刻は、オーナーのポリシーの ",
      { kind: "code", text: "digest" },
      " で設定します。",
    ],
    headings: {
      reports: "2 日以内にご連絡が必要なお客様",
      "owner-silent": "お客様担当の回答待ちのエスカレーション",
      ours: "当方の対応待ち",
      asked: "メンテナーとしてのご回答待ち",
      theirs: "メンテナーの回答待ち",
      silences: "長く動きのない件",
      proposals: "確認待ちの関連付け",
      unreached: "お知らせできなかった方",
      moved: "動きのあった件",
    },
    more: (n, isAfterSome) => (isAfterSome ? `ほか ${n} 件` : `${n} 件（紙幅の都合により省略）`),
    colon: ": ",
    honoured: " 様",
    between: "、",
    brackets: (text) => `（${text}）`,
    standing: (section, { isListed, silence }, since) => {
      if (section === "silences" && silence === "unreleased") return `: ${since} に決定、未リリース`;
      if (section === "silences") return `: ${since} からどちらの番でもない状態`;
      if (section === "owner-silent") return "";
      return `: ${since} から${section === "ours" && isListed ? "（お知らせ済み、対応待ち）" : ""}`;
    },
    reportBy: (day, days) => {
      if (days < 0) return `${day} にご連絡のお約束（期日超過）`;
      return `${day} までにご連絡のお約束（${days === 0 ? "本日" : days === 1 ? "明日" : `あと ${days} 日`}）`;
    },
    happened: (event) => {
      switch (event.kind) {
        case "linked":
          return "関連付けられました";
        case "decided":
          return DECIDED.ja[event.decision];
        case "reopened":
          return "再オープンされました";
        case "put-off":
          return `${event.until} まで保留となりました`;
        case "shipped":
          return `${event.name ?? event.tag} でリリースされました`;
        case "workaround-known":
          return "回避策が見つかりました";
      }
    },
    proposedBy: (login) => `（${login} さんの提案）`,
    unreached: ({ because, times }) =>
      because === "no-address" ? "宛先が登録されていません" : `お送りできなかったお知らせ ${times} 件`,
  },
};
