// Taking a person out of texts: all ways in which they are named go, and nothing that only looks alike.
import { expect, test } from "vitest";
import { keptSide, markOf } from "../../src/erasure/mark.ts";
import { scrubOf } from "../../src/erasure/scrub.ts";

const NONE = {
  ids: new Set<number>(),
  logins: new Set<string>(),
  shared: new Set<string>(),
  hosts: [],
  accounts: new Set<string>(),
  emails: new Set<string>(),
  slacks: new Set<string>(),
  names: new Set<string>(),
};
const SCRUB = scrubOf(
  {
    ids: new Set([7]),
    logins: new Set(["mira", "ok", "mira_acme", "will"]),
    shared: new Set(["fix"]),
    hosts: ["github.com", "api.github.com"],
    accounts: new Set(["mira_acme"]),
    emails: new Set(["mira@acme.example", "mira_m@acme.example"]),
    slacks: new Set(["u0123"]),
    names: new Set(["Mira Meier", "Will", "佐藤", "原 一郎", "林", "Émile Öz"]),
  },
  4,
);
const MARK = "erased--4";

test.each([
  ["Hello @mira and @Will, thanks.", `Hello ${MARK} and ${MARK}, thanks.`],
  ["Mira Meier <Mira@Acme.example>", `${MARK} <erased--4.1@erased.invalid>`],
  ["Émile Öz wrote it", `${MARK} wrote it`],
  ["佐藤さんへ", `${MARK}さんへ`],
  ["原一郎様、原 一郎の報告", `${MARK}様、${MARK}の報告`],
  ["U0123 was told by mira_acme", `${MARK} was told by ${MARK}`],
  // As our own Markdown writes it.
  ["@&#8203;mira, mira&#95;acme, mira&#95;m@&#8203;acme.example", `${MARK}, ${MARK}, erased--4.2@erased.invalid`],
  // Others, and what is no person.
  ["admiral mira-x @mira-x x-mira", "admiral mira-x @mira-x x-mira"],
  ["@mira/engine, read/mira and mira/write", "@mira/engine, read/mira and mira/write"],
  // Addresses name whose it is, but for repositories of their own that are known here.
  ["see https://github.com/mira/engine/pull/3", `see https://github.com/${MARK}/engine/pull/3`],
  [
    "(https://github.com/Mira) mira/fork#12 mira/fork@0d1ecfd",
    `(https://github.com/${MARK}) ${MARK}/fork#12 ${MARK}/fork@0d1ecfd`,
  ],
  [
    "https://api.github.com/users/mira and https://github.com/mira-x",
    `https://api.github.com/users/${MARK} and https://github.com/mira-x`,
  ],
  ["See https://github.com/mira.", `See https://github.com/${MARK}.`],
  [
    "https:&#8203;//github.com/mira/fork mira/fork#&#8203;12",
    `https:&#8203;//github.com/${MARK}/fork ${MARK}/fork#&#8203;12`,
  ],
  // Elsewhere a login may be any word.
  ["https://support.acme.example/will/go will/do.md#now", "https://support.acme.example/will/go will/do.md#now"],
  ["https://github.com/acme-db/mira, acme-db/mira#1", "https://github.com/acme-db/mira, acme-db/mira#1"],
  ["https://github.com/mira_acme/cases/issues/1", "https://github.com/mira_acme/cases/issues/1"],
  ["samira@acme.example mira@acme.example.org", "samira@acme.example mira@acme.example.org"],
  ["mira meier, Émile Özil", "mira meier, Émile Özil"],
  ["原因と原則、林間の佐藤錦、佐藤、小原一郎、原一郎丸", "原因と原則、林間の佐藤錦、佐藤、小原一郎、原一郎丸"],
  // Words, or a login that somebody else bears too.
  ["This will fix it, ok? Will, Mira, mira: @fix", "This will fix it, ok? Will, Mira, mira: @fix"],
])("words: %s", (text, without) => {
  expect(SCRUB.words(text)).toBe(without);
});

test.each([
  ["This will do.", true],
  ["It was mira.", true],
  ["a fix for it", true],
  ["the fixed goodwill of @admiral", false],
])("what may be the person or any word is told apart: %s", (text, mayName) => {
  expect(SCRUB.mayName(text)).toBe(mayName);
});

test.each([
  ["digest:7:login:mira:2026-03-02", `digest:7:login:${MARK}:2026-03-02`],
  ["answer:1:2:mail:mira@acme.example", "answer:1:2:mail:erased--4.1@erased.invalid"],
  ["maintainer-week:7:2026-03-02:mira:1", `maintainer-week:7:2026-03-02:${MARK}:1`],
  ["mira:1:2", "mira:1:2"],
])("keys: %s", (text, without) => {
  expect(SCRUB.key(text)).toBe(without);
});

test("JSON: only where people stand, and in sentences", () => {
  const before = {
    turn: "mira",
    by: "mira",
    n: 3,
    at: null,
    mentions: { logins: ["mira", "noel"] },
    why: "as @mira said, it will",
    asked_of: [
      { id: 7, login: "fix", name: "Mira" },
      { id: 8, login: "fix", name: "Will" },
    ],
    row: { name: "Mira", email: "mira@acme.example" },
    label: "will",
  };
  const after = {
    turn: "mira",
    by: MARK,
    n: 3,
    at: null,
    mentions: { logins: [MARK, "noel"] },
    why: `as ${MARK} said, it will`,
    asked_of: [
      { id: 7, login: MARK, name: MARK },
      { id: 8, login: "fix", name: "Will" },
    ],
    row: { name: MARK, email: "erased--4.1@erased.invalid" },
    label: "will",
  };
  expect(SCRUB.json(JSON.stringify(before))).toBe(JSON.stringify(after));
});

test("nobody's words are touched for somebody of whom nothing is known", () => {
  const none = scrubOf(NONE, 1);
  expect([none.words("a b"), none.key("a"), none.value("a"), none.json('{"by":"a"}')]).toEqual([
    "a b",
    "a",
    "a",
    '{"by":"a"}',
  ]);
});

test("a mark tells the side, and is no login that GitHub gives", () => {
  expect([markOf(4, "maintainer"), markOf(4, "author"), markOf(4)].map(keptSide)).toEqual([
    "maintainer",
    "author",
    "neither",
  ]);
  expect([keptSide("mira"), keptSide("erased-4"), keptSide("erased--x")]).toEqual([null, null, null]);
});
