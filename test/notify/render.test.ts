// What each way of sending makes of the same message, whole, and of one in which every piece of data is poisoned.
import { describe, expect, test } from "vitest";
import type { Message } from "../../src/notify/message.ts";
import { renderHtml } from "../../src/notify/render-html.ts";
import { renderMarkdown } from "../../src/notify/render-markdown.ts";
import { renderSlack } from "../../src/notify/render-slack.ts";
import { renderText } from "../../src/notify/render-text.ts";
import { ENDLESS, PLAIN, POISON, POISONED } from "./messages.ts";

const text = (words: string, style?: object) => ({
  type: "text",
  text: words,
  ...(style === undefined ? {} : { style }),
});
const section = (...elements: readonly object[]) => ({ type: "rich_text_section", elements });
const rich = (...elements: readonly object[]) => ({ type: "rich_text", elements });

const oneLine = (line: Message["blocks"][number]): Message => ({ subject: "-", language: "en", blocks: [line] });

describe("plain text", () => {
  test("shows addresses beside their words, the fold as a line, and is as wide as mail programs like it", () => {
    expect(renderText(PLAIN)).toBe(`Please decide by 2026-03-20.

What is wrong
-------------

> Searches crash after an update.
> The fix keeps the index open for as long as somebody still reads from
> it.

Needed by: 2026-04-01
The fix: acme-db/engine #12
  <https://github.com/acme-db/engine/pull/12>

* Put it before the deciders
  https://pa.example/answer/abc?a=escalate

* Wait until a date
  https://pa.example/answer/abc?a=wait

* Tell support

========================================================================

- 12 files, /case status
- 2 reminders
`);
  });

  test("counts Japanese characters twice and leaves marks with the words before them", () => {
    const line = "更新のあと検索が止まることがあり、修正では索引を読み終えるまで開いたままにします。".repeat(2);
    expect(renderText(oneLine({ kind: "paragraph", line: [line] }))).toBe(
      `更新のあと検索が止まることがあり、修正では索引を読み終えるまで開いたまま
にします。更新のあと検索が止まることがあり、修正では索引を読み終えるまで
開いたままにします。
`,
    );
  });

  test("no address in data can be followed", () => {
    expect(renderText(POISONED)).not.toMatch(/\w:\/\/(?!ok\.example)|www\.|(?<!www\u200b\.|\/\/)evil\.example/u);
    expect(renderText(POISONED)).not.toContain("\u202e");
  });
});

describe("HTML", () => {
  test("is a whole document with inline styles that fetches nothing", () => {
    const document = renderHtml(PLAIN);
    expect(document).toMatch(/^<!doctype html>\n<html lang="en" style="color-scheme:light dark">\n<head>\n/u);
    expect(document).toContain("<title>Needs your answer: Shinshu Bank waits for a fix</title>");
    expect(document).not.toMatch(/<(?:style|script|img|link|iframe|form)\b|url\(|src=/u);
    const body = document.replaceAll(/ style="[^"]*"/gu, "");
    expect(body.slice(body.indexOf("<body"))).toBe(`<body>
<p>Please decide by <strong>2026-03-20</strong>.</p>
<h2>What is wrong</h2>
<blockquote>Searches crash after an update.<br>The fix keeps the index open for as long as somebody still reads from it.</blockquote>
<table><tr><th scope="row">Needed by</th><td>2026-04-01</td></tr><tr><th scope="row">The fix</th><td><a href="https://github.com/acme-db/engine/pull/12">acme-db/engine #12</a></td></tr></table>
<p><a href="https://pa.example/answer/abc?a=escalate">Put it before the deciders</a></p>
<p><a href="https://pa.example/answer/abc?a=wait">Wait until a date</a></p>
<p><strong>Tell support</strong></p>
<hr>
<ul><li>12 files, <code>/case status</code></li><li>2 reminders</li></ul>
</body>
</html>
`);
  });

  test("no tag, attribute or address in data works", () => {
    const document = renderHtml(POISONED);
    const tags = new Set([...document.matchAll(/<(\/?[a-z0-9]+)/gu)].map(([, tag]) => tag));
    expect(
      [...tags].filter(
        (tag) =>
          !/^\/?(?:html|head|meta|title|body|h2|p|strong|code|a|ul|li|table|tr|th|td|blockquote|br|hr)$/u.test(
            tag ?? "",
          ),
      ),
    ).toEqual([]);
    expect([...document.matchAll(/href="([^"]*)"/gu)].map(([, url]) => url)).toEqual([
      "https://ok.example/%22%3E%3Cscript%3E?a=1&amp;copy;=2%27()%60",
    ]);
  });
});

describe("Markdown", () => {
  test("folds what follows the fold, and writes no link that GitHub would make a cross-reference of", () => {
    expect(renderMarkdown(PLAIN)).toBe(`### Needs your answer: Shinshu Bank waits for a fix

Please decide by **2026-03-20**.

#### What is wrong

> Searches crash after an update.
>
> The fix keeps the index open for as long as somebody still reads from it.

- **Needed by**: 2026-04-01
- **The fix**: acme-db/engine #&#8203;12 (\`https://github.com/acme-db/engine/pull/12\`)

- [Put it before the deciders](<https://pa.example/answer/abc?a=escalate>)
- [Wait until a date](<https://pa.example/answer/abc?a=wait>)
- Tell support

<details><summary>Details</summary>

- 12 files, \`/case status\`
- 2 reminders

</details>
`);
  });

  test("outside code spans nothing in data is a tag, a mention, a reference, an address or markup", () => {
    const outside = renderMarkdown(POISONED).replaceAll(/``.*?(?<!`)``(?!`)/gu, "");
    const ours = outside
      .replaceAll(/<\/?(?:details|summary)>/gu, "")
      .replaceAll("](<https://ok.example/%22%3E%3Cscript%3E?a=1&amp;copy;=2%27()%60>)", "")
      .replaceAll(/^> ?/gmu, "");
    expect(ours.match(/[<>`]|@\w|#\d(?!\d*;)|GH-\d|:\/\/|www\.|deadbeef|\]\(|\*\*bold/gu)).toBeNull();
  });
});

describe("Slack", () => {
  test("shows words as rich text, answers as buttons, and the address alone where no answer can be sent", () => {
    expect(renderSlack(PLAIN)).toEqual({
      text: "Needs your answer: Shinshu Bank waits for a fix",
      blocks: [
        {
          type: "header",
          text: { type: "plain_text", text: "Needs your answer: Shinshu Bank waits for a fix", emoji: false },
        },
        rich(section(text("Please decide by "), text("2026-03-20", { bold: true }), text("."))),
        rich(section(text("What is wrong", { bold: true }))),
        rich({
          type: "rich_text_quote",
          elements: [
            text(
              "Searches crash after an update.\nThe fix keeps the index open for as long as somebody still reads from it.",
            ),
          ],
        }),
        rich(
          section(
            text("Needed by", { bold: true }),
            text(": "),
            text("2026-04-01"),
            text("\n"),
            text("The fix", { bold: true }),
            text(": "),
            { type: "link", url: "https://github.com/acme-db/engine/pull/12", text: "acme-db/engine #12" },
          ),
        ),
        {
          type: "actions",
          elements: [
            {
              type: "button",
              text: { type: "plain_text", text: "Put it before the deciders", emoji: false },
              style: "primary",
              action_id: "answer-4-0",
              value: "abc:escalate",
            },
            {
              type: "button",
              text: { type: "plain_text", text: "Wait until a date", emoji: false },
              action_id: "open-4-1",
              url: "https://pa.example/answer/abc?a=wait",
            },
          ],
        },
        rich({ type: "rich_text_list", style: "bullet", elements: [section(text("Tell support"))] }),
        { type: "divider" },
        rich({
          type: "rich_text_list",
          style: "bullet",
          elements: [section(text("12 files, "), text("/case status", { code: true })), section(text("2 reminders"))],
        }),
      ],
    });
  });

  test("no mention or link in data is left as Slack writes them, wherever it stands", () => {
    const sent = JSON.stringify(renderSlack(POISONED));
    expect(sent).not.toMatch(/<[!@#]|<https?:\/\/|mrkdwn|https?:\/\/(?!ok\.example)/u);
    expect(renderSlack(POISONED).text).not.toMatch(/[<>]/u);
  });

  test("keeps to Slack's limits and to the answers, however much there is to say", () => {
    const { blocks } = renderSlack(ENDLESS);
    expect(blocks.length).toBeLessThanOrEqual(50);
    expect(JSON.stringify(blocks).length).toBeLessThan(13_000);
    expect(JSON.stringify(blocks)).toContain('"value":"token:yes"');
    expect(JSON.stringify(blocks.at(-1))).toContain("This message was too long for Slack; its end was left out.");
    expect(JSON.stringify(blocks.at(0))).toContain(`"${"x".repeat(149)}…"`);
  });
});

test.each([
  ["text", renderText],
  ["HTML", renderHtml],
  ["Markdown", renderMarkdown],
  ["Slack", (message: Message) => JSON.stringify(renderSlack(message))],
])("%s of an endless message stays short enough to send, and an empty one is still a message", (_, render) => {
  expect(render(ENDLESS).length).toBeLessThan(1_500_000);
  expect(render({ subject: "", language: "ja", blocks: [] }).length).toBeGreaterThan(0);
  expect(POISON.length).toBeGreaterThan(0);
});
