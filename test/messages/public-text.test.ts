// Nothing private and nothing alive reaches a repository through a text of ours.
import fc from "fast-check";
import MarkdownIt from "markdown-it";
import { expect, test } from "vitest";
import type { Disclosure } from "../../src/effects/effect.ts";
import { readable } from "../../src/effects/escape.ts";
import {
  code,
  count,
  disclosureOf,
  escaped,
  isoDate,
  isoMinute,
  joined,
  literal,
  login,
  mention,
  mentionTeam,
  noText,
  type PublicText,
  publicText,
  renderPublic,
  whereAllowed,
  zoneName,
} from "../../src/effects/public-text.ts";

const shown = (text: PublicText, disclosure: Disclosure = "full") => renderPublic(text, disclosure);

test("a plain string is no public text", () => {
  const name: string = "Shinshu Bank";
  // @ts-expect-error a string is no part
  expect(() => publicText`${name} waits`).toThrow("only parts made in public-text.ts fit into a public text");
  // @ts-expect-error a string that came from elsewhere is no literal
  literal(name);
  // @ts-expect-error nor is an object that only looks like one
  expect(() => renderPublic({ nodes: [] }, "none")).toThrow("only parts made in public-text.ts");
});

test.each([
  ["a number", count(12), "12"],
  ["a person, named", login("mira"), "`mira`"],
  ["a person with a name that is none", login("`x` @mira"), "`` `x` @mira ``"],
  ["a person, mentioned", mention("mira"), "@mira"],
  ["a managed user, mentioned", mention("mira_acme"), "@mira_acme"],
  ["what cannot be a login, mentioned", mention("mira/x"), "`mira/x`"],
  ["a bot, mentioned", mention("dependabot[bot]"), "`dependabot[bot]`"],
  ["a team, mentioned", mentionTeam("acme-db", "engine"), "@acme-db/engine"],
  ["what cannot be a team, mentioned", mentionTeam("acme-db", "x y"), "`acme-db/x y`"],
  ["a day in a zone", isoDate(Date.UTC(2026, 10, 24, 20), "Asia/Tokyo"), "2026-11-25"],
  ["a minute in a zone", isoMinute(Date.UTC(2026, 10, 24, 20), "Asia/Tokyo"), "2026-11-25 05:00"],
  ["a zone", zoneName("America/New_York"), "`America/New_York`"],
  ["nothing", noText, ""],
  ["a list", joined([count(1), count(2), count(3)], literal(", ")), "1, 2, 3"],
  ["a list of nothing", joined([], literal(", ")), ""],
] as const)("%s is shown as it should be", (_what, text, markdown) => {
  expect(shown(text, "none")).toBe(markdown);
});

test("a count that is none is a fault", () => {
  expect(() => count(-1)).toThrow("a count in a public text is a whole number from zero on");
  expect(() => count(1.5)).toThrow("a count in a public text is a whole number from zero on");
});

test.each([
  ["mentions", "@mira @acme/engine a@b.c", "@&#8203;mira @&#8203;acme/engine a@&#8203;b.c"],
  ["references", "#12 acme/x#3 GH-4", "#&#8203;12 acme/x#&#8203;3 GH-&#8203;4"],
  [
    "addresses",
    "https://github.com/a/b/pull/1 www.acme.example",
    "https:&#8203;//github.com/a/b/pull/1 www&#8203;.acme.example",
  ],
  ["commits", "deadbeef1 in 2027", "deadbe&#8203;ef1 in 2027"],
  [
    "Markdown",
    "**a** `b` [c](d) ~e~ | $f$",
    "&#42;&#42;a&#42;&#42; &#96;b&#96; &#91;c&#93;(d) &#126;e&#126; &#124; &#36;f&#36;",
  ],
  ["HTML", "<!-- a --> <b>&amp;", "&#60;!-- a --&#62; &#60;b&#62;&#38;amp;"],
  ["emoji names", ":tada: at 12:30", "&#58;tada: at 12&#58;30"],
  ["blocks at a line's start", "- a", "&#45; a"],
  ["numbered blocks at a line's start", "1. a", "1&#46; a"],
  ["new lines", "a\n\n# b\r\n> c", "a #&#8203; b &#62; c"],
  ["invisible characters", "a\u202eb\u200bc\u0000d\u{e0041}", "abcd"],
  ["lone surrogates", "a\ud800b", "a\ufffdb"],
] as const)("data cannot bring %s to life", (_what, data, markdown) => {
  expect(shown(escaped(data, "full"))).toBe(markdown);
});

test.each([
  ["a reference", "CASE-7", "`CASE-7`"],
  ["backticks", "a`b``c", "``` a`b``c ```"],
  ["a bar, which would end a table's cell", "a|b", "`a¦b`"],
  ["new lines", "a\nb", "`a b`"],
] as const)("in code form data stays as it is: %s", (_what, data, markdown) => {
  expect(shown(code(data, "full"))).toBe(markdown);
});

test("data is cut to a length that a comment bears", () => {
  expect(shown(escaped("x".repeat(100_000), "full"))).toBe(`${"x".repeat(499)}…`);
  expect(shown(escaped("😀".repeat(100_000), "full"))).toBe(`${"😀".repeat(499)}…`);
  expect(shown(code("x".repeat(100_000), "full"))).toBe(`\`${"x".repeat(199)}…\``);
});

const hostile = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        "@",
        "#",
        "1",
        "`",
        "*",
        "_",
        "<",
        ">",
        "&",
        "[",
        "]",
        "(",
        ")",
        "|",
        "\\",
        "!",
        ":",
        "/",
        "w",
        ".",
        "-",
        "+",
        "=",
        "~",
        "$",
        "{",
        "^",
        '"',
        "\n",
        " ",
        "a",
        "mira",
        "https://",
        "www.",
        "<!--",
        "-->",
        "\u200b",
        "\u202e",
        "abcdef0",
      ),
      fc.string({ unit: "grapheme" }),
    ),
    { maxLength: 30 },
  )
  .map((words) => words.join(""));

const everything = new MarkdownIt({ html: true, linkify: true, breaks: true });
const undone = (html: string) =>
  html.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&quot;", '"').replaceAll("&amp;", "&");

test("whatever the data, Markdown shows exactly its characters, and GitHub finds nothing in them", () => {
  fc.assert(
    fc.property(hostile, (data) => {
      const expected = readable(data);
      if (expected === "") return;
      const html = everything.render(shown(escaped(data, "full"))).trimEnd();
      const inner = /^<p>(.*)<\/p>$/s.exec(html)?.[1] ?? `not one paragraph: ${html}`;
      expect(inner).not.toMatch(/[<>]/);
      const text = undone(inner);
      expect(text.replaceAll("\u200b", "")).toBe(expected.length > 500 ? expect.any(String) : expected);
      expect(text).not.toMatch(/@[a-z0-9]|#\d|\bGH-\d|:\/\/|\bwww\.|(?<![0-9a-z])[0-9a-f]{7,40}(?![0-9a-z])/i);
    }),
    { numRuns: 3_000 },
  );
});

test("in code form, too, data cannot leave its place", () => {
  fc.assert(
    fc.property(hostile, (data) => {
      if (readable(data) === "") return;
      const html = everything.render(shown(publicText`a ${code(data, "full")} b`)).trimEnd();
      expect(html).toMatch(/^<p>a <code>[^<>]*<\/code> b<\/p>$/s);
    }),
    { numRuns: 2_000 },
  );
});

const disclosures: readonly Disclosure[] = ["none", "reference", "full"];
const rank = { none: 0, reference: 1, full: 2 };

/** Any nesting of parts, each piece of data with a poison that names what it needs. */
const anyText: fc.Memo<PublicText> = fc.memo((depth) => {
  const needs = fc.constantFrom(...disclosures);
  const leaf = fc.oneof(
    fc.constant(literal("fixed")),
    needs.map((need) => escaped(`poison-${need}`, need)),
    needs.map((need) => code(`poison-${need}`, need)),
  );
  if (depth <= 1) return leaf;
  const inner = anyText(depth - 1);
  return fc.oneof(
    leaf,
    fc.tuple(inner, inner).map(([a, b]) => publicText`${a} and ${b}`),
    fc.tuple(needs, inner, inner).map(([need, a, b]) => whereAllowed(need, a, b)),
    fc.array(inner, { maxLength: 3 }).map((texts) => joined(texts, literal(", "))),
  );
});

test("under each disclosure a text either holds nothing beyond it or is not rendered at all", () => {
  fc.assert(
    fc.property(anyText(4), fc.constantFrom(...disclosures), (text, disclosure) => {
      let markdown: string;
      try {
        markdown = renderPublic(text, disclosure);
      } catch (fault) {
        expect(String(fault)).not.toContain("poison");
        return;
      }
      const told = disclosures.filter((each) => markdown.includes(`poison-${each}`));
      expect(told.every((each) => rank[each] <= rank[disclosure])).toBe(true);
      expect(disclosureOf(text, disclosure)).toBe(told.at(-1) ?? "none");
    }),
    { numRuns: 2_000 },
  );
});

test("a part that needs more is a fault that does not tell it", () => {
  const text = publicText`Waiting: ${escaped("Shinshu Bank", "full")}`;
  expect(() => renderPublic(text, "reference")).toThrow(
    "a public text holds a part that needs disclosure full, but reference is allowed",
  );
  expect(shown(whereAllowed("full", text, literal("Somebody waits")), "none")).toBe("Somebody waits");
});
