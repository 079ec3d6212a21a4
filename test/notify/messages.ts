// Messages for the renderers' tests: one with everything in it, and one in which every piece of data is poisoned.
import type { Block, Message } from "../../src/notify/message.ts";

export const PLAIN: Message = {
  subject: "Needs your answer: Shinshu Bank waits for a fix",
  language: "en",
  blocks: [
    { kind: "paragraph", line: ["Please decide by ", { kind: "strong", text: "2026-03-20" }, "."] },
    { kind: "heading", text: "What is wrong" },
    {
      kind: "quote",
      text: "Searches crash after an update.\nThe fix keeps the index open for as long as somebody still reads from it.",
    },
    {
      kind: "facts",
      rows: [
        { label: "Needed by", value: ["2026-04-01"] },
        {
          label: "The fix",
          value: [{ kind: "link", text: "acme-db/engine #12", url: "https://github.com/acme-db/engine/pull/12" }],
        },
      ],
    },
    {
      kind: "choices",
      choices: [
        {
          label: "Put it before the deciders",
          url: "https://pa.example/answer/abc?a=escalate",
          value: "abc:escalate",
          style: "primary",
        },
        { label: "Wait until a date", url: "https://pa.example/answer/abc?a=wait", value: null, style: "plain" },
        { label: "Tell support", url: null, value: null, style: "danger" },
      ],
    },
    { kind: "fold" },
    { kind: "list", items: [["12 files, ", { kind: "code", text: "/case status" }], ["2 reminders"]] },
  ],
};

export const POISON = [
  "<!channel> <@U012345> <https://evil.example|click> <script>alert(1)</script> \"'>",
  "@dana @acme/leads #12 acme/db#7 GH-3 https://evil.example/a www.evil.example deadbeef1234",
  "**bold** `code` [x](javascript:alert(1)) ![i](https://evil.example/p.png) | a |",
  "</details></blockquote></p>\u202e\u0000\u200b&amp;",
].join("\n");

const poisoned = (text: string): readonly Block[] => [
  { kind: "heading", text },
  {
    kind: "paragraph",
    line: [text, { kind: "strong", text }, { kind: "code", text }, { kind: "link", text, url: "javascript:alert(1)" }],
  },
  { kind: "paragraph", line: [{ kind: "link", text, url: "https://ok.example/\"><script>?a=1&copy;=2'()`" }] },
  { kind: "list", items: [[text], [{ kind: "code", text }]] },
  { kind: "facts", rows: [{ label: text, value: [text] }] },
  { kind: "quote", text },
  {
    kind: "choices",
    choices: [
      { label: text, url: "javascript:alert(1)", value: null, style: "primary" },
      { label: text, url: "data:text/html,x", value: "v", style: "plain" },
      { label: text, url: "https://somebody@evil.example/", value: null, style: "plain" },
    ],
  },
  { kind: "fold" },
  { kind: "paragraph", line: [text] },
];

export const POISONED: Message = { subject: POISON, language: "en", blocks: poisoned(POISON) };
export const ENDLESS: Message = {
  subject: "x".repeat(60_000),
  language: "en",
  blocks: [
    { kind: "choices", choices: [{ label: "Answer", url: null, value: "token:yes", style: "primary" }] },
    ...Array.from({ length: 20 }, () => poisoned("あ".repeat(60_000))).flat(),
  ],
};
