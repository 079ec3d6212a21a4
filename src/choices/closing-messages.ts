// What the question about a closing is about, for its page: what is known of the pull request. Pure, in both languages.
import type { Message } from "../notify/message.ts";
import type { Language } from "../policy/policy.ts";

/** What is known of a pull request that was closed without a word. */
export type ClosingWords = {
  readonly language: Language;
  readonly name: string;
  readonly url: string;
  readonly title: string;
  readonly author: string;
  readonly closedBy: string | null;
  readonly closedAt: string;
};

/** What the question about a closing is about. */
export function closingMessage(words: ClosingWords): Message {
  const say = CLOSING[words.language];
  return {
    subject: say.subject(words.name),
    language: words.language,
    blocks: [
      {
        kind: "facts",
        rows: [
          { label: say.pull, value: [{ kind: "link", text: words.name, url: words.url }] },
          { label: say.title, value: [words.title] },
          { label: say.author, value: [words.author] },
          { label: say.closed, value: [say.closedBy(words.closedAt, words.closedBy)] },
        ],
      },
    ],
  };
}

type ClosingTexts = {
  readonly subject: (name: string) => string;
  readonly pull: string;
  readonly title: string;
  readonly author: string;
  readonly closed: string;
  readonly closedBy: (at: string, by: string | null) => string;
};

const CLOSING: Readonly<Record<Language, ClosingTexts>> = {
  en: {
    subject: (name) => `${name} was closed without being merged`,
    pull: "Pull request",
    title: "Title",
    author: "Author",
    closed: "Closed",
    closedBy: (at, by) => (by === null ? at : `${at}, by ${by}`),
  },
  ja: {
    subject: (name) => `${name} はマージされずにクローズされました`,
    pull: "プルリクエスト",
    title: "タイトル",
    author: "作成者",
    closed: "クローズ",
    closedBy: (at, by) => (by === null ? at : `${at}（${by}）`),
  },
};
