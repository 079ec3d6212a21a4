// What is told privately because a place is too public, in Japanese and with nothing to fold; the stories show the rest.
import { expect, test } from "vitest";
import { madePublicMessage, namedCustomerMessage, privateWordsMessage } from "../../src/disclosure/messages.ts";
import type { Message } from "../../src/notify/message.ts";
import { renderText } from "../../src/notify/render-text.ts";

const READER = { name: "Dana", language: "ja" } as const;
const WHERE = { name: "acme-db/engine#7", url: "https://github.example/acme-db/engine/pull/7" };
const shown = (message: Message) => `${message.subject}\n\n${renderText(message)}`;

test("why private words were refused, where everybody can read them", () => {
  const words = { reader: READER, where: WHERE, commands: ["/case stake", "/case summary"], isPublic: true };
  expect(shown(privateWordsMessage(words))).toBe(`実行されなかったコマンドのお知らせ: acme-db/engine#7

Dana 様

acme-db/engine#7 <https://github.example/acme-db/engine/pull/7> にお書き
いただいた /case stake、/case summary は、実行されませんでした。ケースの
内容やお客様のお名前は、どなたでもご覧になれるため、そちらにはお書きいた
だけません。

代わりに、非公開のケースリポジトリのケースにお書きください。

お書きいただいた内容は、まだ残っています。編集しても GitHub で以前の内容
を表示できるため、コメントの削除をお願いします。
`);
});

test("why private words were refused, where only some can read them", () => {
  const words = { reader: READER, where: WHERE, commands: ["/case stake"], isPublic: false };
  expect(shown(privateWordsMessage(words))).toBe(`実行されなかったコマンドのお知らせ: acme-db/engine#7

Dana 様

acme-db/engine#7 <https://github.example/acme-db/engine/pull/7> にお書き
いただいた /case stake は、実行されませんでした。ケースの内容やお客様の
お名前は、そちらにはお書きいただけません。

代わりに、非公開のケースリポジトリのケースにお書きください。

お書きいただいた内容は、まだ残っています。必要に応じて、コメントの削除を
お願いします。
`);
  expect(
    shown(privateWordsMessage({ ...words, reader: { ...READER, language: "en" } })),
  ).toBe(`Not done on acme-db/engine#7: private words

Hello Dana,

You wrote /case stake on acme-db/engine#7
<https://github.example/acme-db/engine/pull/7>, and it was not done: a
case’s own words and customers’ names do not belong there.

Write it on the case, in a private case repository, instead.

What you wrote still stands there. Delete the comment if it tells more
than it should.
`);
});

test("that a customer is named", () => {
  expect(
    shown(namedCustomerMessage({ reader: READER, where: WHERE, customer: "信州銀行" })),
  ).toBe(`公開の場所にお客様のお名前が含まれています: acme-db/engine#7

Dana 様

どなたでもご覧になれる acme-db/engine#7
<https://github.example/acme-db/engine/pull/7> に、信州銀行 様のお名前を
含む内容をお書きになりました。

意図されたものでない場合は、コメントの削除をお願いします。編集しても、
GitHub で以前の内容を表示できます。GitHub からすでに送信されたメールは取
り消せません。

このお知らせは、コメントごとに一度だけ、ご本人にのみお送りします。
`);
});

test("that a repository was made public in which nothing was said, and which holds cases", () => {
  const made = { where: { name: "acme-db/cases", url: "https://github.example/acme-db/cases" }, holdsCases: true };
  expect(
    shown(madePublicMessage({ ...made, reader: READER, tellings: [] })),
  ).toBe(`リポジトリが公開されました: acme-db/cases

Dana 様

acme-db/cases <https://github.example/acme-db/cases> が公開されました。
このアプリは今後、お客様やケースなど、公開の場所で述べてはならないことを
そちらには書きません。

これまでに書いたコメントに、公開できない内容はありません。

このリポジトリにはケースがあります。Issue に書かれた内容を、どなたでもご
覧になれる状態です。ポリシーの cases.repositories からは外す必要がありま
す。

意図されたものでない場合は、非公開に戻してください。その間に閲覧または複
製された内容は取り消せません。
`);
  expect(
    shown(madePublicMessage({ ...made, reader: { ...READER, language: "en" }, tellings: [] })),
  ).toBe(`Made public: acme-db/cases

Hello Dana,

acme-db/cases <https://github.example/acme-db/cases> was made public.
From now on this app says nothing there that may not be said in public:
neither customers nor cases.

Nothing that it wrote there before tells more than that.

It holds cases. Everybody can now read all that was written in its
issues. A policy must not name it under cases.repositories any more.

If this was not meant, make it private again; what was read or copied
meanwhile cannot be called back.
`);
});

test("more issues than fit are counted", () => {
  const tellings = Array.from({ length: 60 }, (_, index) => ({
    number: index + 1,
    url: "https://github.example/",
    references: 1,
    words: 2,
  }));
  const message = madePublicMessage({
    reader: { ...READER, language: "en" },
    where: WHERE,
    tellings,
    holdsCases: false,
  });
  const list = message.blocks.find((block) => block.kind === "list");
  expect(list?.items).toHaveLength(51);
  expect(list?.items.at(-1)).toEqual(["and 10 more issues and pull requests"]);
  expect(list?.items[0]).toEqual([
    { kind: "link", text: "#1", url: "https://github.example/" },
    ": 1 comment with references of cases, 2 comments with what cases say",
  ]);
});
