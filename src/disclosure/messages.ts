// What people hear privately because a place is too public for what was said there. Apart, because none of it may be said in that place.
import type { Block, Inline, Line, Message } from "../notify/message.ts";
import type { Language } from "../policy/policy.ts";

type Reader = { readonly name: string; readonly language: Language };

/** Where it happened: `owner/repo#N`, or `owner/repo`. */
export type Where = { readonly name: string; readonly url: string };

export type PrivateWordsWords = {
  readonly reader: Reader;
  readonly where: Where;
  /** The verbs of the commands that were not run, as `/case stake`. */
  readonly commands: readonly string[];
  readonly isPublic: boolean;
};

/** Why a command was not run there, for whoever wrote it. */
export const privateWordsMessage = (words: PrivateWordsWords): Message => ({
  language: words.reader.language,
  ...privateWords[words.reader.language](words),
});

export type NamedCustomerWords = {
  readonly reader: Reader;
  readonly where: Where;
  readonly customer: string;
};

/** That a comment names a customer where everybody can read it, for whoever wrote it. */
export const namedCustomerMessage = (words: NamedCustomerWords): Message => ({
  language: words.reader.language,
  ...namedCustomer[words.reader.language](words),
});

/** What our own comments on one issue or pull request tell: references of cases, or a case's own words. */
export type Telling = {
  readonly number: number;
  readonly url: string;
  readonly references: number;
  readonly words: number;
};

export type MadePublicWords = {
  readonly reader: Reader;
  readonly where: Where;
  readonly tellings: readonly Telling[];
  readonly holdsCases: boolean;
};

/** That a repository was made public, what was said there, and what is being minimised. */
export const madePublicMessage = (words: MadePublicWords): Message => ({
  language: words.reader.language,
  ...madePublic[words.reader.language](words),
});

type Words = Omit<Message, "language">;

const MOST_LINES = 50;

const paragraph = (...line: Inline[]): Block => ({ kind: "paragraph", line });
const link = ({ name, url }: Where): Inline => ({ kind: "link", text: name, url });

function codes(commands: readonly string[], between: string): Line {
  return commands.flatMap((text, index): readonly Inline[] => [
    ...(index === 0 ? [] : [between]),
    { kind: "code", text },
  ]);
}

const privateWords: Record<Language, (words: PrivateWordsWords) => Words> = {
  en: ({ reader, where, commands, isPublic }) => ({
    subject: `Not done on ${where.name}: private words`,
    blocks: [
      paragraph(`Hello ${reader.name},`),
      paragraph(
        "You wrote ",
        ...codes(commands, ", "),
        " on ",
        link(where),
        `, and it was not done: a case’s own words and customers’ names do not belong there${isPublic ? ", since everybody can read it" : ""}.`,
      ),
      paragraph("Write it on the case, in a private case repository, instead."),
      paragraph(
        `What you wrote still stands there. ${isPublic ? "Delete the comment: editing is not enough, since GitHub shows what a comment said before." : "Delete the comment if it tells more than it should."}`,
      ),
    ],
  }),
  ja: ({ reader, where, commands, isPublic }) => ({
    subject: `実行されなかったコマンドのお知らせ: ${where.name}`,
    blocks: [
      paragraph(`${reader.name} 様`),
      paragraph(
        link(where),
        " にお書きいただいた ",
        ...codes(commands, "、"),
        ` は、実行されませんでした。ケースの内容やお客様のお名前は、${isPublic ? "どなたでもご覧になれるため、" : ""}そちらにはお書きいただけません。`,
      ),
      paragraph("代わりに、非公開のケースリポジトリのケースにお書きください。"),
      paragraph(
        isPublic
          ? "お書きいただいた内容は、まだ残っています。編集しても GitHub で以前の内容を表示できるため、コメントの削除をお願いします。"
          : "お書きいただいた内容は、まだ残っています。必要に応じて、コメントの削除をお願いします。",
      ),
    ],
  }),
};

const namedCustomer: Record<Language, (words: NamedCustomerWords) => Words> = {
  en: ({ reader, where, customer }) => ({
    subject: `A customer is named in public: ${where.name}`,
    blocks: [
      paragraph(`Hello ${reader.name},`),
      paragraph(
        "What you wrote on ",
        link(where),
        " names ",
        { kind: "strong", text: customer },
        ", and everybody can read it there.",
      ),
      paragraph(
        "If that was not meant, delete the comment: editing is not enough, since GitHub shows what a comment said before. Mails that GitHub sent of it cannot be called back.",
      ),
      paragraph("This is said once a comment, to you alone."),
    ],
  }),
  ja: ({ reader, where, customer }) => ({
    subject: `公開の場所にお客様のお名前が含まれています: ${where.name}`,
    blocks: [
      paragraph(`${reader.name} 様`),
      paragraph(
        "どなたでもご覧になれる ",
        link(where),
        " に、",
        { kind: "strong", text: customer },
        " 様のお名前を含む内容をお書きになりました。",
      ),
      paragraph(
        "意図されたものでない場合は、コメントの削除をお願いします。編集しても、GitHub で以前の内容を表示できます。GitHub からすでに送信されたメールは取り消せません。",
      ),
      paragraph("このお知らせは、コメントごとに一度だけ、ご本人にのみお送りします。"),
    ],
  }),
};

const sumOf = (tellings: readonly Telling[]): number =>
  tellings.reduce((sum, { references, words }) => sum + references + words, 0);

function tellingList(
  tellings: readonly Telling[],
  line: (telling: Telling) => string,
  more: (n: number) => string,
): Block {
  const shown = tellings.slice(0, MOST_LINES);
  const items: Line[] = shown.map((each) => [{ kind: "link", text: `#${each.number}`, url: each.url }, line(each)]);
  return {
    kind: "list",
    items: tellings.length > shown.length ? [...items, [more(tellings.length - shown.length)]] : items,
  };
}

const comments = (n: number): string => `${n} ${n === 1 ? "comment" : "comments"}`;

const madePublic: Record<Language, (words: MadePublicWords) => Words> = {
  en: ({ reader, where, tellings, holdsCases }) => ({
    subject: `Made public: ${where.name}`,
    blocks: [
      paragraph(`Hello ${reader.name},`),
      paragraph(
        link(where),
        " was made public. From now on this app says nothing there that may not be said in public: neither customers nor cases.",
      ),
      ...(tellings.length === 0
        ? [paragraph("Nothing that it wrote there before tells more than that.")]
        : [
            paragraph(
              sumOf(tellings) === 1
                ? "One comment that it wrote there before tells more. It is being minimised, which hides it but deletes nothing; whoever may write in the repository can delete it:"
                : `${sumOf(tellings)} comments that it wrote there before tell more. They are being minimised, which hides them but deletes nothing; whoever may write in the repository can delete them:`,
            ),
            tellingList(
              tellings,
              ({ references, words }) =>
                `: ${[
                  ...(references === 0 ? [] : [`${comments(references)} with references of cases`]),
                  ...(words === 0 ? [] : [`${comments(words)} with what cases say`]),
                ].join(", ")}`,
              (n) => `and ${n} more issues and pull requests`,
            ),
          ]),
      ...(holdsCases
        ? [
            paragraph(
              { kind: "strong", text: "It holds cases." },
              " Everybody can now read all that was written in its issues. A policy must not name it under ",
              { kind: "code", text: "cases.repositories" },
              " any more.",
            ),
          ]
        : []),
      paragraph(
        "If this was not meant, make it private again; what was read or copied meanwhile cannot be called back.",
      ),
    ],
  }),
  ja: ({ reader, where, tellings, holdsCases }) => ({
    subject: `リポジトリが公開されました: ${where.name}`,
    blocks: [
      paragraph(`${reader.name} 様`),
      paragraph(
        link(where),
        " が公開されました。このアプリは今後、お客様やケースなど、公開の場所で述べてはならないことをそちらには書きません。",
      ),
      ...(tellings.length === 0
        ? [paragraph("これまでに書いたコメントに、公開できない内容はありません。")]
        : [
            paragraph(
              `これまでに書いたコメントのうち ${sumOf(tellings)} 件に、公開できない内容が含まれています。順に最小化して非表示にしますが、削除はされません。削除は、リポジトリに書き込み権限をお持ちの方が行えます。`,
            ),
            tellingList(
              tellings,
              ({ references, words }) =>
                `: ${[
                  ...(references === 0 ? [] : [`ケースの参照番号を含むコメント ${references} 件`]),
                  ...(words === 0 ? [] : [`ケースの内容を含むコメント ${words} 件`]),
                ].join("、")}`,
              (n) => `ほか ${n} 件の Issue とプルリクエスト`,
            ),
          ]),
      ...(holdsCases
        ? [
            paragraph(
              { kind: "strong", text: "このリポジトリにはケースがあります。" },
              "Issue に書かれた内容を、どなたでもご覧になれる状態です。ポリシーの ",
              { kind: "code", text: "cases.repositories" },
              " からは外す必要があります。",
            ),
          ]
        : []),
      paragraph(
        "意図されたものでない場合は、非公開に戻してください。その間に閲覧または複製された内容は取り消せません。",
      ),
    ],
  }),
};
