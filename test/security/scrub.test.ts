// Taking a person out of texts: all ways in which they are named go, and nothing that only looks alike.
import { expect, test } from "vitest";
import { keptSide, markOf } from "../../src/erasure/mark.ts";
import { scrubOf } from "../../src/erasure/scrub.ts";

const SCRUB = scrubOf(
  {
    ids: new Set([7]),
    logins: new Set(["mira", "ok"]),
    emails: new Set(["mira@acme.example"]),
    slacks: new Set(["u0123"]),
    names: new Set(["Mira Meier", "佐藤"]),
  },
  4,
);
const MARK = "erased--4";

test.each([
  ["Hello @mira, thanks.", `Hello ${MARK}, thanks.`],
  ["Mira asked mira.", `${MARK} asked ${MARK}.`],
  ["Mira Meier <Mira@Acme.example>", `${MARK} <erased--4.1@erased.invalid>`],
  ["佐藤さんへ", `${MARK}さんへ`],
  ["U0123 was told", `${MARK} was told`],
  // Others, and what is no person.
  ["admiral mira-x @mira-x x-mira", "admiral mira-x @mira-x x-mira"],
  ["https://github.com/mira/engine @mira/engine", "https://github.com/mira/engine @mira/engine"],
  ["samira@acme.example mira@acme.example.org", "samira@acme.example mira@acme.example.org"],
  // Too short to be told from other words but behind an @.
  ["ok, said @ok", `ok, said ${MARK}`],
])("words: %s", (text, without) => {
  expect(SCRUB.words(text)).toBe(without);
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
    why: "as mira said",
  };
  const after = {
    turn: "mira",
    by: MARK,
    n: 3,
    at: null,
    mentions: { logins: [MARK, "noel"] },
    why: `as ${MARK} said`,
  };
  expect(SCRUB.json(JSON.stringify(before))).toBe(JSON.stringify(after));
});

test("nobody's words are touched for somebody of whom nothing is known", () => {
  const none = scrubOf(
    { ids: new Set(), logins: new Set(), emails: new Set(), slacks: new Set(), names: new Set() },
    1,
  );
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
