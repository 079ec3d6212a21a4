// Policies that were written to do harm, or by accident look like it: refused, in bounded time.
import { describe, expect, test } from "vitest";
import { parsePolicy } from "../../src/policy/policy.ts";
import { mistakes } from "./tables.ts";

describe("hostile files are refused in bounded time", () => {
  const nines = Array.from(
    { length: 9 },
    (_, i) => `a${i + 1}: &a${i + 1} [${Array.from({ length: 9 }, () => `*a${i}`).join(", ")}]`,
  );
  test.for<[string, string | Uint8Array, string]>([
    [
      "a bomb of aliases",
      ["a0: &a0 [x, x, x, x, x, x, x, x, x]", ...nines].join("\n"),
      "There are more than 50 aliases (*). Write the values out.",
    ],
    ["an alias of itself", "a: &a [*a]", "This is nested too deeply. A policy has at most 12 levels."],
    [
      "a file of 1 MB",
      "# x\n".repeat(262_144),
      "patch-advocate.yml has 1024 KB; a policy may have at most 64 KB. Take out what is not policy.",
    ],
    [
      "just over 64 KB",
      "x".repeat(65_537),
      "patch-advocate.yml has 65 KB; a policy may have at most 64 KB. Take out what is not policy.",
    ],
    [
      "65,536 two-byte letters",
      "é".repeat(65_536),
      "patch-advocate.yml has 128 KB; a policy may have at most 64 KB. Take out what is not policy.",
    ],
    [
      "deep lists",
      `a: ${"[".repeat(500)}${"]".repeat(500)}`,
      "This is nested too deeply. A policy has at most 12 levels.",
    ],
    [
      "lists too deep for the parser",
      "[".repeat(32_000) + "]".repeat(32_000),
      "This is nested too deeply. A policy has at most 12 levels.",
    ],
    ["nothing but quotes", '""'.repeat(30_000), "This is not YAML: Unexpected double-quoted-scalar at node end."],
    [
      "quotes behind a value",
      `mode: ${'""'.repeat(30_000)}`,
      "This is not YAML: Unexpected double-quoted-scalar at node end.",
    ],
    ["deep dashes", "- ".repeat(32_000), "This is nested too deeply. A policy has at most 12 levels."],
    [
      "thousands of entries",
      `support: [${"a, ".repeat(20_000)}]`,
      "This has more than 5000 entries. Shorten the policy.",
    ],
    ["Latin-1", new Uint8Array([109, 111, 100, 101, 58, 32, 0xe9]), "This is not UTF-8 text. Save the file as UTF-8."],
    ["UTF-16", new Uint8Array([0xff, 0xfe, 109, 0, 111, 0]), "This is not UTF-8 text. Save the file as UTF-8."],
    [
      "a list of 201",
      `support: [${Array.from({ length: 201 }, (_, i) => `a${i}`).join(", ")}]`,
      "This list has more than 200 entries. Name teams instead of people, or shorten it.",
    ],
  ])("%s", ([, input, told]) => {
    const started = performance.now();
    const parsed = parsePolicy(input, { where: "patch-advocate.yml" });
    expect(performance.now() - started).toBeLessThan(1_500);
    expect(parsed.kind === "errors" ? parsed.errors[0]?.message : parsed.kind).toBe(told);
    expect(parsed.kind === "errors" ? parsed.errors.length : 0).toBeLessThanOrEqual(50);
  });

  test.for([
    [
      "keys",
      Array.from({ length: 9_000 }, (_, i) => `a${i}: 1`)
        .join("\n")
        .slice(0, 65_000),
    ],
    ["equal keys", "a: 1\n".repeat(13_000)],
    ["anchors", `a: [${"&a 1,".repeat(10_000)}]`],
    ["aliases", `a: &a 1\nb: [${"*a,".repeat(20_000)}]`],
    ["closing brackets", "}".repeat(65_000)],
    ["empty quotes", "''".repeat(32_000)],
    ["commas", `[${",".repeat(65_000)}]`],
    ["quotes", '"'.repeat(65_000)],
    ["directives", "%A\n".repeat(20_000)],
    ["documents", "---\n".repeat(16_000)],
    ["question marks", "? ".repeat(32_000)],
    ["closing braces", "}\n".repeat(32_000)],
    ["a long word", `mode: ${"x".repeat(65_000)}`],
    ["a long key", `${"x".repeat(1_000)}: 1`],
    ["entries under a long key", `? ${"x".repeat(30_000)}\n: [${"a,".repeat(4_000)}]`],
    ["a long time zone", `calendar: { timezone: ${"a/".repeat(30_000)} }`],
    ["a long pattern", `cases: { references: [{ pattern: "${"(a+)+".repeat(10_000)}" }] }`],
  ])("nothing but %s", ([, text = ""]) => {
    const started = performance.now();
    const told = mistakes(text);
    expect(performance.now() - started).toBeLessThan(1_500);
    expect(told.length).toBeGreaterThan(0);
    expect(told.join("\n").length).toBeLessThan(30_000);
  });
});
