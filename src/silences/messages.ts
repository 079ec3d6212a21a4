// What people hear privately of a silence: that it is their turn, that a patch lies aside, that no release contains what was merged. Apart, so
// that the words can be read and changed without touching a rule.
import { cutTo, readable } from "../effects/escape.ts";
import { isoDate, isoMinute } from "../effects/public-text.ts";
import { lineOf, wordsOf } from "../notify/line.ts";
import type { Block, Inline, Line, Message } from "../notify/message.ts";
import { type Reason, reasonText } from "../patches/reasons.ts";
import { durationInEnglish } from "../patches/reasons-en.ts";
import { durationInJapanese } from "../patches/reasons-ja.ts";
import { roughTime, type WorkingTime } from "../patches/working-time.ts";
import type { Duration, Language, Severity } from "../policy/policy.ts";
import type { SilenceKind } from "./decide.ts";

/** A pull request as a private reader may know it. */
export type PatchWords = {
  /** `owner/repo#N` */
  readonly name: string;
  readonly url: string;
  readonly title: string;
};

/** What it is for, as far as the reader may know. */
export type ConcernWords = {
  readonly references: readonly string[];
  readonly customers: readonly string[];
  readonly severity: Severity | null;
};

export type Reader = { readonly name: string; readonly language: Language; readonly timezone: string };

export type AuthorTurnWords = {
  readonly reader: Reader;
  readonly patch: PatchWords;
  /** Null for the author, who may be anybody. */
  readonly concern: ConcernWords | null;
  readonly waiting: WorkingTime;
  readonly sinceAt: number;
  /** What was asked, and by whom. */
  readonly asked: Reason;
  readonly target: Duration;
  /** After as much again it stands on the account owner's list. */
  readonly every: Duration;
};

export type SilenceWords = {
  readonly reader: Reader;
  readonly patch: PatchWords;
  readonly concern: ConcernWords;
  readonly kind: SilenceKind;
  readonly sinceAt: number;
  readonly waiting: WorkingTime;
  readonly because: Reason;
};

/** Tells somebody on the author's side that it is their turn, what was asked and how to hand it back. */
export const authorTurnMessage = (words: AuthorTurnWords): Message => ({
  language: words.reader.language,
  ...authorTurn[words.reader.language](words),
});

/** Tells consultant and support of a pause, or of a merge that no release contains. */
export const silenceMessage = (words: SilenceWords): Message => ({
  language: words.reader.language,
  ...silences[words.reader.language][words.kind](words),
});

type Words = Omit<Message, "language">;

const MOST_NAMED = 20;
const LONGEST_TITLE = 200;

const paragraph = (...line: Inline[]): Block => ({ kind: "paragraph", line });

const linked = ({ name, url, title }: PatchWords): Line => [
  { kind: "link", text: name, url },
  ` ${cutTo(readable(title), LONGEST_TITLE)}`,
];

const reasonLine = (reason: Reason, reader: Reader): Line => lineOf(reasonText(reason, reader), "full");

const rough = (time: WorkingTime, language: Language): string => wordsOf(roughTime(time, language), "none");

const duration = (length: Duration, language: Language): string =>
  wordsOf(language === "en" ? durationInEnglish(length) : durationInJapanese(length), "none");

const minute = (at: number, { timezone }: Reader): string => wordsOf(isoMinute(at, timezone), "none");
const day = (at: number, { timezone }: Reader): string => wordsOf(isoDate(at, timezone), "none");

const LABELS: Record<Language, { customers: string; references: string; severity: string; between: string }> = {
  en: { customers: "Customers", references: "Cases", severity: "Gravest severity", between: ", " },
  ja: { customers: "お客様", references: "ケース", severity: "最も重い重大度", between: "、" },
};

function concernBlock(concern: ConcernWords | null, language: Language): readonly Block[] {
  if (concern === null) return [];
  const label = LABELS[language];
  const listed = (names: readonly string[]): string =>
    names.slice(0, MOST_NAMED).join(label.between) + (names.length > MOST_NAMED ? `${label.between}…` : "");
  const rows = [
    ...(concern.customers.length === 0 ? [] : [{ label: label.customers, value: [listed(concern.customers)] }]),
    ...(concern.references.length === 0 ? [] : [{ label: label.references, value: [listed(concern.references)] }]),
    ...(concern.severity === null ? [] : [{ label: label.severity, value: [concern.severity] }]),
  ];
  return rows.length === 0 ? [] : [{ kind: "facts", rows }];
}

const HAND_BACK = { kind: "code", text: "/case waiting maintainer" } as const;

const authorTurn: Record<Language, (words: AuthorTurnWords) => Words> = {
  en: ({ reader, patch, concern, waiting, sinceAt, asked, target, every }) => ({
    subject: `Your answer is awaited: ${patch.name}`,
    blocks: [
      paragraph(`Hello ${reader.name},`),
      paragraph(
        ...linked(patch),
        " has been waiting for its author’s side for ",
        { kind: "strong", text: rough(waiting, "en") },
        `, since ${minute(sinceAt, reader)} (${reader.timezone}): `,
        ...reasonLine(asked, reader),
        ".",
      ),
      ...concernBlock(concern, "en"),
      paragraph(
        "To hand it back, push an update, reply on the pull request or to the review, or write ",
        HAND_BACK,
        " there.",
      ),
      paragraph(
        `You are reading this because the author’s side is told after ${duration(target, "en")} of its turn. It is said once; after another ${duration(every, "en")} the pull request stands on the account owner’s list of what waits for us.`,
      ),
    ],
  }),
  ja: ({ reader, patch, concern, waiting, sinceAt, asked, target, every }) => ({
    subject: `ご対応のお願い: ${patch.name}`,
    blocks: [
      paragraph(`${reader.name} 様`),
      paragraph(
        "次のプルリクエストは、",
        `${minute(sinceAt, reader)}（${reader.timezone}）から `,
        { kind: "strong", text: rough(waiting, "ja") },
        "、作成者側の対応をお待ちしています。",
      ),
      paragraph(...linked(patch)),
      paragraph("内容: ", ...reasonLine(asked, reader), "。"),
      ...concernBlock(concern, "ja"),
      paragraph(
        "メンテナーの番に戻すには、更新をプッシュする、プルリクエストかレビューに返信する、または ",
        HAND_BACK,
        " とお書きください。",
      ),
      paragraph(
        `このお知らせの基準: 作成者側の番が ${duration(target, "ja")}続くと、作成者側に一度だけお知らせします。さらに ${duration(every, "ja")}が経つと、お客様担当の「当方の対応待ち」一覧に載ります。`,
      ),
    ],
  }),
};

const silences: Record<Language, Record<SilenceKind, (words: SilenceWords) => Words>> = {
  en: {
    pause: ({ reader, patch, concern, waiting, sinceAt, because }) => ({
      subject: `Nobody’s turn for ${rough(waiting, "en")}: ${patch.name}`,
      blocks: [
        paragraph(`Hello ${reader.name},`),
        paragraph(
          ...linked(patch),
          " has been nobody’s turn for ",
          { kind: "strong", text: rough(waiting, "en") },
          `, since ${day(sinceAt, reader)}: `,
          ...reasonLine(because, reader),
          ".",
        ),
        ...concernBlock(concern, "en"),
        paragraph(
          "While it lies aside nobody is reminded and nothing is escalated. If the customer still waits for it, see to it that it goes on: mark it ready for review, take the label off that exempts it, or write ",
          { kind: "code", text: "/case unsnooze" },
          " on it. If not, close it, and tell the customer.",
        ),
        paragraph("This is said once. As long as it holds, your weekly digest lists it."),
      ],
    }),
    unreleased: ({ reader, patch, concern, waiting, sinceAt, because }) => ({
      subject: `In no release after ${rough(waiting, "en")}: ${patch.name}`,
      blocks: [
        paragraph(`Hello ${reader.name},`),
        paragraph(
          ...linked(patch),
          ` was decided on ${day(sinceAt, reader)} (`,
          ...reasonLine(because, reader),
          "), and no release has contained it for ",
          { kind: "strong", text: rough(waiting, "en") },
          ".",
        ),
        ...concernBlock(concern, "en"),
        paragraph(
          "The customer cannot use the fix until it is released. Ask the maintainers when the next release is planned, or whether the fix can be ported back, and tell the customer.",
        ),
        paragraph("This is said once. As long as it holds, your weekly digest lists it."),
      ],
    }),
  },
  ja: {
    pause: ({ reader, patch, concern, waiting, sinceAt, because }) => ({
      subject: `動きのないプルリクエストのお知らせ（${rough(waiting, "ja")}）: ${patch.name}`,
      blocks: [
        paragraph(`${reader.name} 様`),
        paragraph(
          `次のプルリクエストは、${day(sinceAt, reader)} から `,
          { kind: "strong", text: rough(waiting, "ja") },
          "、どちらの番でもない状態が続いています。",
        ),
        paragraph(...linked(patch)),
        paragraph("理由: ", ...reasonLine(because, reader), "。"),
        ...concernBlock(concern, "ja"),
        paragraph(
          "この間は、どなたにもお願いをお送りせず、次の段階にも進みません。お客様が引き続きお待ちの場合は、レビュー可能にする、対象外とするラベルを外す、または ",
          { kind: "code", text: "/case unsnooze" },
          " と書くなどして、再開をご検討ください。不要になった場合は、クローズのうえ、お客様へのご連絡をお願いします。",
        ),
        paragraph("このお知らせは一度だけお送りします。この状態が続く間は、週次のまとめに記載します。"),
      ],
    }),
    unreleased: ({ reader, patch, concern, waiting, sinceAt, because }) => ({
      subject: `未リリースの修正のお知らせ（${rough(waiting, "ja")}）: ${patch.name}`,
      blocks: [
        paragraph(`${reader.name} 様`),
        paragraph(
          `次の修正は ${day(sinceAt, reader)} に採用が決まりましたが、`,
          { kind: "strong", text: rough(waiting, "ja") },
          "が経っても、どのリリースにも含まれていません。",
        ),
        paragraph(...linked(patch)),
        paragraph("決定: ", ...reasonLine(because, reader), "。"),
        ...concernBlock(concern, "ja"),
        paragraph(
          "リリースされるまで、お客様はこの修正をお使いになれません。次のリリースの予定、または旧バージョンへの適用の可否をメンテナーにご確認のうえ、お客様へのご連絡をお願いします。",
        ),
        paragraph("このお知らせは一度だけお送りします。この状態が続く間は、週次のまとめに記載します。"),
      ],
    }),
  },
};
