// Words that were made for GitHub, read in a private message: they say the same, without GitHub's markup.
import { expect, test } from "vitest";
import { code, count, escaped, isoDate, login, publicText, zoneName } from "../../src/effects/public-text.ts";
import { lineOf, wordsOf } from "../../src/notify/line.ts";

test("code spans and bold words stay what they are, and everything else is plain text", () => {
  expect(lineOf(publicText`${login("mira")} waited **${count(3)} days** for ${code("a`b", "none")}.`, "none")).toEqual([
    { kind: "code", text: "mira" },
    " waited ",
    { kind: "strong", text: "3 days" },
    " for ",
    { kind: "code", text: "a`b" },
    ".",
  ]);
});

test("data reads as it was written, whatever GitHub would have made of it", () => {
  for (const written of [
    "**bold** `code` [link](https://evil.example) <b>",
    "@mira #7 www.example.com https://x.example GH-3 a1b2c3d4e5f6a7b8",
    "1. first & last | second",
    "*** ``` $x$ &#42;",
  ])
    expect(wordsOf(publicText`${escaped(written, "full")}`, "full")).toBe(written);
});

test("a line of code is a line of code whatever it holds", () => {
  expect(lineOf(publicText`${code("``", "none")}`, "none")).toEqual([{ kind: "code", text: "``" }]);
  expect(wordsOf(publicText`${isoDate(0, "UTC")} (${zoneName("Asia/Tokyo")})`, "none")).toBe("1970-01-01 (Asia/Tokyo)");
});
