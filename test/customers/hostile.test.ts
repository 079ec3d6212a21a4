import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decodeFile, MAX_FILE_BYTES } from "../../src/customers/file.ts";
import { parseCustomers } from "../../src/customers/parse.ts";
import { problemsIn, said } from "./builders.ts";

const HEADER =
  "id,name,timezone,confidential,owner_name,owner_email,owner_language,consultant_github,logins,organizations,domains,plan,tier,from,until\n";
const TEN_SECONDS = 10_000;

const bomb = `customers:\n  - id: &a [x,x,x,x,x,x,x,x,x]\n${[..."bcdefghi"]
  .map((name, n) => `  - ${name}: &${name} [${Array(9).fill(`*${"abcdefgh"[n]}`).join(",")}]\n`)
  .join("")}`;

describe("a hostile file gets one clear answer in bounded time", () => {
  test.each([
    [
      "brackets",
      "[".repeat(1_000_000),
      "1:1 Too many brackets are open here. Close them, or write the lists without brackets.",
    ],
    [
      "braces",
      "{a: ".repeat(100_000),
      "1:1 Too many brackets are open here. Close them, or write the lists without brackets.",
    ],
    ["an alias bomb", bomb, "2:19 Aliases (*) repeat more than 100000 values. Write out what they repeat."],
    [
      "more than 8 MB of YAML",
      "x".repeat(8 * 1024 * 1024 + 1),
      "1:1 The file has more than 8 MB, the most that is read as YAML. Split it, or use CSV, which may have 20 MB.",
    ],
    [
      "deep but legal nesting",
      `customers:\n  - ${"[".repeat(20)}${"]".repeat(20)}\n`,
      "2:16 customers[0][0][0][0][0][0][0][0][0][0][0][0]: This is nested too deeply. Write it flatter.",
    ],
  ])("%s", (_name, text, problem) => {
    const started = performance.now();
    expect(problemsIn(text)).toEqual([problem]);
    expect(performance.now() - started).toBeLessThan(TEN_SECONDS);
  });

  test.each([
    ["hyphens", "- ".repeat(100_000)],
    ["indentation", Array.from({ length: 1_000 }, (_, n) => `${" ".repeat(n)}a:\n`).join("")],
  ])("%s", (_name, text) => {
    const problems = problemsIn(text);
    // How deep the reader can go depends on the stack: beyond that it says so, before that what stands there.
    expect(problems.length).toBeLessThanOrEqual(2);
    expect(problems.join("\n")).toMatch(/This is nested too deeply|This key is not known/);
  });

  test("more rows of CSV than a hundred thousand", () => {
    const text = HEADER + "a,A,,,,,,,,,,,,,\n".repeat(100_001);
    expect(problemsIn(text, "csv")).toEqual([
      "100002:1 The file has more than 100000 rows, the most that are read. Split it and import the parts one by one.",
    ]);
  });

  test("a quote that swallows the file", () => {
    expect(problemsIn(`${HEADER}a,"${"b\n".repeat(2_000_000)}`, "csv")).toHaveLength(1);
  });

  test("thousands of problems are told as the first fifty", () => {
    const text = `customers:\n${Array.from({ length: 5_000 }, (_, n) => `  - { id: "c ${n}" }\n`).join("")}`;
    expect(problemsIn(text)).toHaveLength(50);
  });

  test("a map of a hundred thousand keys", () => {
    const keys = Array.from({ length: 100_000 }, (_, n) => `k${n}: 1`).join(", ");
    const started = performance.now();
    expect(problemsIn(`customers: [{ ${keys} }]`)).toHaveLength(50);
    expect(performance.now() - started).toBeLessThan(TEN_SECONDS);
  });
});

test("a file beyond 20 MB is refused before it is read", () => {
  const decoded = decodeFile(new Uint8Array(MAX_FILE_BYTES + 1));
  expect(decoded.kind === "problems" ? said(decoded.problems) : []).toEqual([
    "1:1 The file has more than 20 MB, the most that is read. Split it and import the parts one by one.",
  ]);
});

test("a file that is not UTF-8 says how to save it", () => {
  const shiftJis = new Uint8Array([0x69, 0x64, 0x2c, 0x90, 0x4d, 0x8f, 0x42]);
  const decoded = decodeFile(shiftJis);
  expect(decoded.kind === "problems" ? said(decoded.problems) : []).toEqual([
    '1:1 The file is not UTF-8 text. Save it as UTF-8 (in Excel: "CSV UTF-8").',
  ]);
});

test("no text whatever makes the reader throw", () => {
  const pieces = fc.constantFrom(
    "customers:",
    "\n",
    "  - ",
    "id: ",
    "{",
    "}",
    "[",
    "]",
    "&a ",
    "*a",
    '"',
    ",",
    "<<: ",
    "? ",
    "\t",
    "\u0000",
    "!!binary x",
    "| ",
    "__proto__: 1",
    "x",
    "%YAML 9",
    "\r",
    "---",
  );
  const text = fc
    .array(fc.oneof(pieces, fc.string({ maxLength: 5 })), { maxLength: 40 })
    .map((parts) => parts.join(""));
  fc.assert(
    fc.property(text, fc.constantFrom("yaml", "csv"), (some, format) => {
      expect(["file", "problems"]).toContain(parseCustomers(format === "csv" ? HEADER + some : some, format).kind);
    }),
    { numRuns: 1_000 },
  );
});
