// References to a help desk in people's texts, in bounded time whatever the pattern and the text.
import { describe, expect, test } from "vitest";
import { findReferences, type ReferencePattern } from "../../src/policy/policy.ts";
import { mistakes } from "./tables.ts";

const CASES: readonly ReferencePattern[] = [
  { pattern: "CASE-[0-9]{3,8}", url: "https://support.acme.example/{ref}" },
  { pattern: "SF [0-9]+", url: "https://sf.example/?q={ref}&again={ref}" },
  { pattern: "#Z[0-9]+", url: null },
];

test.for<[string, readonly object[]]>([
  ["nothing here", []],
  ["", []],
  [
    "see CASE-1234 and CASE-567.",
    [
      { ref: "CASE-1234", url: "https://support.acme.example/CASE-1234" },
      { ref: "CASE-567", url: "https://support.acme.example/CASE-567" },
    ],
  ],
  ["CASE-1234 CASE-1234", [{ ref: "CASE-1234", url: "https://support.acme.example/CASE-1234" }]],
  ["CASE-12", []],
  [
    "#Z7 before SF 42",
    [
      { ref: "SF 42", url: "https://sf.example/?q=SF%2042&again=SF%2042" },
      { ref: "#Z7", url: null },
    ],
  ],
])("in %j", ([text, expected]) => {
  expect(findReferences(text, CASES)).toEqual(expected);
});

test("no patterns find nothing", () => {
  expect(findReferences("CASE-1234", [])).toEqual([]);
});

test("at most fifty are found, and only in the first 65,536 characters", () => {
  const many = Array.from({ length: 200 }, (_, i) => `CASE-${1000 + i}`).join(" ");
  expect(findReferences(many, CASES)).toHaveLength(50);
  expect(findReferences(`${" ".repeat(65_530)}CASE-1234`, CASES)).toEqual([]);
});

test("twenty of the worst patterns that are allowed together are bounded, too", () => {
  const patterns = Array.from({ length: 20 }, (_, i) => ({ pattern: `\\pL{1,10}([^Z]*Z)?Q${i}`, url: null }));
  expect(
    mistakes(`cases: { references: [${patterns.map(({ pattern }) => `{ pattern: '${pattern}' }`).join(", ")}] }`),
  ).toEqual([]);
  const started = performance.now();
  findReferences("a".repeat(65_536), patterns);
  expect(performance.now() - started).toBeLessThan(5_000);
});

test("what is longer than a hundred characters is no reference", () => {
  expect(findReferences("x".repeat(500), [{ pattern: "x+", url: null }])).toEqual([]);
});

describe("patterns that would hang other engines", () => {
  test.for<[string, string]>([
    ["(a+)+$", `${"a".repeat(65_535)}!`],
    ["(a+)+b", "a".repeat(65_536)],
    ["(a|aa)+c", `c${"a".repeat(65_535)}`],
    ["(x+x+)+y", `y${"x".repeat(65_535)}`],
    ["[a-z]{1,140}Z", `Z${"a".repeat(65_535)}`],
    ["(?:a?){140}b", `b${"a".repeat(65_535)}`],
    ["\\pL{1,140}Q", `Q${"a".repeat(65_535)}`],
    ["a([^Z]*Z)?", "a".repeat(65_536)],
    ["[a-c]{1,3}(x.*Z)?", "abcx".repeat(16_384)],
    ["\\b", "a ".repeat(32_768)],
    [".*.*.*.*=.*", `=\n${"a".repeat(65_534)}`],
  ])("%s on 64 KB", ([pattern, text]) => {
    const started = performance.now();
    findReferences(text, [{ pattern, url: null }]);
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});
