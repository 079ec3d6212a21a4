// What somebody writes who means harm, or a machine that has gone wrong: words, numbers and trees, seeded. All targets of the fuzz mix them.
import fc from "fast-check";

/** What has broken software before: ends of lines, directions, halves of letters, names of prototypes, formulas, markup, our own words. */
const WORDS: readonly string[] = [
  "",
  " ",
  "\0",
  "\r",
  "\n",
  "\t",
  "\u2028",
  "\u00a0",
  "\u200b",
  "\u202e",
  "\u2066",
  "\ufeff",
  "\ud800",
  "\udfff",
  "\ufffd",
  "😀",
  "e\u0301",
  "ß",
  "İ",
  "__proto__",
  "constructor",
  "prototype",
  "toString",
  "hasOwnProperty",
  "null",
  "undefined",
  "NaN",
  "true",
  "-0",
  "1e400",
  "9007199254740993",
  "=cmd|' /C calc'!A0",
  '=HYPERLINK("https://x.example","y")',
  "+1",
  "@sum(1)",
  "<!-- patch-advocate:status -->",
  "<!--",
  "-->",
  "<script>alert(1)</script>",
  "javascript:alert(1)",
  "https://169.254.169.254/latest",
  "../../etc/passwd",
  "%00",
  "%2e%2e/",
  "';drop table patches;--",
  "{{7*7}}",
  "@everyone",
  "<@U123>",
  "*a*",
  "`",
  "/case resolve",
  "Case: CASE-7",
  "CASE-7",
  "customer=shinshu-bank",
  "2026-02-30",
  "0000-00-00T00:00:00Z",
  "+275761-01-01T00:00:00Z",
  "Asia/Tokyo",
  "acme-db/engine",
  "a/b/c",
  "x".repeat(300),
];

export const hostileWord: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...WORDS) },
  { weight: 2, arbitrary: fc.string({ unit: "binary", maxLength: 12 }) },
  { weight: 1, arbitrary: fc.string({ maxLength: 30 }) },
);

/** Several of them in a row, seldom thousands. */
export const hostileText = (longest: number): fc.Arbitrary<string> =>
  fc
    .tuple(fc.array(hostileWord, { maxLength: 6 }), repeats)
    .map(([words, times]) => words.join("").repeat(times).slice(0, longest));

/** Mostly once. */
const repeats = fc.oneof(
  { weight: 40, arbitrary: fc.constant(1) },
  { weight: 4, arbitrary: fc.integer({ min: 2, max: 60 }) },
  { weight: 1, arbitrary: fc.constant(4_000) },
);

/** Numbers as JSON can hold them, beyond what is whole or finite. */
export const hostileNumber: fc.Arbitrary<number> = fc.constantFrom(
  0,
  -0,
  -1,
  0.5,
  1e-7,
  2 ** 31,
  2 ** 32,
  2 ** 53,
  2 ** 53 + 2,
  2 ** 63,
  1e21,
  1.7976931348623157e308,
  -(2 ** 53),
  253_402_300_800,
);

/** `depth` lists or objects within each other. */
export function nested(depth: number, kind: "list" | "object"): unknown {
  let value: unknown = "x";
  for (let level = 0; level < depth; level += 1) value = kind === "list" ? [value] : { a: value };
  return value;
}

/** Any value in the place of another. */
export const hostileValue: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom<unknown>(null, true, false, [], {}, [null], "") },
  { weight: 3, arbitrary: hostileNumber },
  { weight: 5, arbitrary: hostileText(100_000) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(fc.constantFrom(3, 40, 900), fc.constantFrom("list", "object"))
      .map(([depth, kind]) => nested(depth, kind)),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(100, 20_000).map((length) => Array.from({ length }, () => ({ id: 1, login: "a" }))),
  },
  { weight: 1, arbitrary: fc.dictionary(hostileWord, fc.constant(1), { maxKeys: 5 }) },
);
