// What whoever linked a patch, and support, are asked once it was closed without a word. Pure, in both languages.
import { isoMinute } from "../effects/public-text.ts";
import { wordsOf } from "../notify/line.ts";
import type { Block, Inline, Message } from "../notify/message.ts";
import type { Decided } from "../patches/decided.ts";
import type { Language } from "../policy/policy.ts";
import { CHOICE_TEXTS } from "./messages.ts";

export type ClosedWords = {
  readonly reader: { readonly name: string; readonly language: Language; readonly timezone: string };
  readonly patch: { readonly name: string; readonly url: string; readonly title: string };
  readonly closed: Extract<Decided, { kind: "declined" }>;
  readonly answer: { readonly url: string | null; readonly value: string };
};

export const closedQuestionMessage = (words: ClosedWords): Message => ({
  language: words.reader.language,
  ...texts[words.reader.language](words),
});

const paragraph = (...line: Inline[]): Block => ({ kind: "paragraph", line });
const written = (text: string): Inline => ({ kind: "code", text });

const minute = (at: number, timezone: string): string => `${wordsOf(isoMinute(at, timezone), "none")} (${timezone})`;

const declined = ({ reader, answer }: ClosedWords): Block => ({
  kind: "choices",
  choices: [{ label: CHOICE_TEXTS[reader.language].button.declined, ...answer, style: "plain" }],
});

const texts: Record<Language, (words: ClosedWords) => Omit<Message, "language">> = {
  en: (words) => {
    const { reader, patch, closed } = words;
    return {
      subject: `Was it a no? ${patch.name} was closed`,
      blocks: [
        paragraph(`Hello ${reader.name},`),
        paragraph(
          { kind: "link", text: patch.name, url: patch.url },
          ` ${patch.title}`,
          ` was closed without being merged on ${minute(closed.at, reader.timezone)}`,
          closed.by === null ? "." : ` by ${closed.by}.`,
        ),
        paragraph("Was that a no? Until somebody says so, nobody outside the team is told."),
        declined(words),
        paragraph("If the change went another way, write on the pull request which:"),
        {
          kind: "list",
          items: [
            [written("/case landed REF"), ", where it came in by another commit or pull request"],
            [written("/case superseded REF"), ", where another pull request takes its place"],
          ],
        },
        paragraph(
          `If nobody says anything, it counts as a no from ${minute(closed.sureAt, reader.timezone)} on, and is told as one. Reopening it takes that back.`,
        ),
      ],
    };
  },
  ja: (words) => {
    const { reader, patch, closed } = words;
    return {
      subject: `ご確認のお願い: ${patch.name} がクローズされました`,
      blocks: [
        paragraph(`${reader.name} 様`),
        paragraph(
          closed.by === null ? "" : `${closed.by} さんにより、`,
          `${minute(closed.at, reader.timezone)} に、次のプルリクエストがマージされずにクローズされました。`,
        ),
        paragraph({ kind: "link", text: patch.name, url: patch.url }, ` ${patch.title}`),
        paragraph("見送りと考えてよろしいでしょうか。ご確認いただくまで、チームの外にはお知らせしません。"),
        declined(words),
        paragraph("変更が別の形で取り込まれる場合は、プルリクエストに次のようにお書きください。"),
        {
          kind: "list",
          items: [
            [written("/case landed REF"), "：別のコミットやプルリクエストで取り込まれた場合"],
            [written("/case superseded REF"), "：別のプルリクエストに引き継がれた場合"],
          ],
        },
        paragraph(
          `お返事がない場合は、${minute(closed.sureAt, reader.timezone)} から見送りとして扱います。再オープンされれば取り消されます。`,
        ),
      ],
    };
  },
};
