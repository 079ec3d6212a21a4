// What the people of a case are told in a comment of its own, because they must hear it: an end, a later day, a release, a promise. Pure.
import {
  code,
  escaped,
  isoDate,
  linkTo,
  literal,
  login,
  noText,
  type PublicText,
  publicText,
} from "../effects/public-text.ts";
import type { Language } from "../policy/policy.ts";

/** A pull request as cases name it: `owner/repo#N`, with its page. */
export type PullName = { readonly reference: string; readonly url: string; readonly title: string };

type Done = { readonly by: string | null; readonly at: number };

/** `wordsUrl`: where the maintainers' own words stand, if they said any. */
export type CaseNote =
  | (Done & { readonly kind: "merged"; readonly wordsUrl: string | null })
  /** `by`: the commit or pull request by which it landed, where that is known. */
  | (Done & { readonly kind: "landed"; readonly with: string | null; readonly wordsUrl: string | null })
  | (Done & { readonly kind: "superseded"; readonly pull: string; readonly wordsUrl: string | null })
  | (Done & { readonly kind: "declined"; readonly wordsUrl: string | null })
  | (Done & { readonly kind: "reopened" })
  | (Done & { readonly kind: "put-off"; readonly untilAt: number; readonly reason: string })
  | {
      readonly kind: "shipped";
      readonly at: number;
      readonly tag: string;
      readonly name: string | null;
      readonly url: string | null;
      readonly author: string;
      /** The customer's consultant, where there is one and they did not write it themselves. */
      readonly consultant: string | null;
    };

export type NoteWords = {
  readonly language: Language;
  readonly timezone: string;
  readonly pull: PullName;
  readonly note: CaseNote;
};

/** The comment, whole. Everything in it needs disclosure `full`: it is for private case repositories alone. */
export const caseNoteText = (words: NoteWords): PublicText => notes[words.language](words);

/** The customer was promised to hear on that day (YYYY-MM-DD). */
export const reportDueText = (date: string, language: Language): PublicText => reports[language](code(date, "full"));

export const pullText = ({ reference, url, title }: PullName): PublicText =>
  publicText`${linkTo(code(reference, "full"), url, "full")} ${escaped(title, "full")}`;

/** A release by its name, or by its tag where it has none. */
export function releaseText({ tag, name, url }: { tag: string; name: string | null; url: string | null }): PublicText {
  const shown = name === null || name.trim() === "" ? tag : name;
  return url === null ? code(shown, "full") : linkTo(code(shown, "full"), url, "full");
}

const english = (by: string | null): PublicText => (by === null ? literal("somebody") : login(by));
const japanese = (by: string | null): PublicText =>
  by === null ? literal("どなたか") : publicText` ${login(by)} さん`;

const said = (url: string | null, sentence: PublicText): PublicText =>
  url === null ? noText : publicText` ${linkTo(sentence, url, "full")}`;

const notes: Record<Language, (words: NoteWords) => PublicText> = {
  en: ({ pull, note, timezone }) => {
    const here = pullText(pull);
    const words = (url: string | null) => said(url, literal("What the maintainers said"));
    switch (note.kind) {
      case "merged":
        return publicText`${here}

**Merged** by ${english(note.by)} on ${isoDate(note.at, timezone)}. It is followed until a release contains it.${words(note.wordsUrl)}`;
      case "landed":
        return publicText`${here}

**Landed**: the change came in another way on ${isoDate(note.at, timezone)}${note.with === null ? noText : publicText` (${code(note.with, "full")})`}. It is followed until a release contains it.${words(note.wordsUrl)}`;
      case "superseded":
        return publicText`${here}

**Superseded** by ${code(note.pull, "full")} on ${isoDate(note.at, timezone)}. The case and the time that it has waited moved over to that one.${words(note.wordsUrl)}`;
      case "declined":
        return publicText`${here}

**Declined**: ${english(note.by)} closed it on ${isoDate(note.at, timezone)} without merging it, and that stands as a no.${words(note.wordsUrl)}`;
      case "reopened":
        return publicText`${here}

**Reopened** by ${english(note.by)} on ${isoDate(note.at, timezone)}. What was said here of its end no longer holds.`;
      case "put-off":
        return publicText`${here}

**Put off** by ${english(note.by)} until ${isoDate(note.untilAt, timezone)}: ${escaped(note.reason, "full")}`;
      case "shipped":
        return publicText`${here}

**Shipped** in ${releaseText(note)}, released on ${isoDate(note.at, timezone)}. Written by ${login(note.author)}${note.consultant === null ? noText : publicText`, for the customer by consultant ${login(note.consultant)}`}. Thank you.`;
    }
  },
  ja: ({ pull, note, timezone }) => {
    const here = pullText(pull);
    const words = (url: string | null) => said(url, literal("メンテナーのコメント"));
    switch (note.kind) {
      case "merged":
        return publicText`${here}

**マージ済み**: ${isoDate(note.at, timezone)} に${japanese(note.by)}がマージしました。リリースに含まれるまで引き続き確認します。${words(note.wordsUrl)}`;
      case "landed":
        return publicText`${here}

**反映済み**: ${isoDate(note.at, timezone)} に、この変更は別の形で取り込まれました${note.with === null ? noText : publicText`（${code(note.with, "full")}）`}。リリースに含まれるまで引き続き確認します。${words(note.wordsUrl)}`;
      case "superseded":
        return publicText`${here}

**引き継ぎ**: ${isoDate(note.at, timezone)} に ${code(note.pull, "full")} へ引き継がれました。このケースとこれまでの経過時間もそちらに移りました。${words(note.wordsUrl)}`;
      case "declined":
        return publicText`${here}

**見送り**: ${isoDate(note.at, timezone)} に${japanese(note.by)}がマージせずにクローズし、見送りとなりました。${words(note.wordsUrl)}`;
      case "reopened":
        return publicText`${here}

**再オープン**: ${isoDate(note.at, timezone)} に${japanese(note.by)}が再オープンしました。結論について先にお知らせした内容は取り消されます。`;
      case "put-off":
        return publicText`${here}

**保留**:${japanese(note.by)}のご判断により、${isoDate(note.untilAt, timezone)} まで保留となりました。理由: ${escaped(note.reason, "full")}`;
      case "shipped":
        return publicText`${here}

**リリース済み**: ${isoDate(note.at, timezone)} に公開された ${releaseText(note)} に含まれています。作成: ${login(note.author)} さん${note.consultant === null ? noText : publicText`、担当コンサルタント: ${login(note.consultant)} さん`}。ありがとうございました。`;
    }
  },
};

const reports: Record<Language, (date: PublicText) => PublicText> = {
  en: (date) =>
    publicText`**Report due**: the customer was promised to hear on ${date}. Once they have, note the next day with ${code("/case report 2027-03-15", "none")}.`,
  ja: (date) =>
    publicText`**報告予定**: ${date} はお客様への次回報告の予定日です。報告を終えられましたら、次回の予定日を ${code("/case report 2027-03-15", "none")} の形でお書きください。`,
};
