// Whatever is written, reading it ends soon, never throws and yields little.
import fc from "fast-check";
import { expect, test } from "vitest";
import { parseCommands } from "../../src/commands/parse.ts";

const pieces = [
  "/case ",
  "/case link ",
  "snooze ",
  "CASE-7",
  "#1",
  "S1",
  "3d",
  "2027-01-01",
  "@mira",
  "@a/b",
  "\n",
  "\r\n",
  "    ",
  "- ",
  "> ",
  "`",
  "```",
  "<!--",
  "-->",
  "<div>",
  "\\",
  "　",
  "\u200b",
  "\0",
  "\ud800",
  "Case: ",
  "customer=",
  "[",
  "](",
  "*",
  "_",
  "&#64;",
  "😀",
];

test("any text is read without a fault, and what comes of it is bounded", () => {
  const text = fc.array(fc.oneof(fc.constantFrom(...pieces), fc.string({ unit: "binary" })), { maxLength: 60 });
  fc.assert(
    fc.property(text, (words) => {
      const read = parseCommands(words.join(""));
      expect(read.commands.length).toBeLessThanOrEqual(20);
      expect(read.problems.length).toBeLessThanOrEqual(20);
      expect(read.trailers.length).toBeLessThanOrEqual(20);
      expect(read.mentions.logins.length + read.mentions.teams.length).toBeLessThanOrEqual(100);
      for (const { text } of [...read.commands, ...read.problems]) {
        expect(text.length).toBeLessThanOrEqual(500);
        expect(text).not.toMatch(/[\n\r\0\u200b]/);
        expect(text.isWellFormed()).toBe(true);
      }
    }),
    { numRuns: 2_000 },
  );
});

const LONGEST = 65_536;
const filled = (piece: string) => piece.repeat(Math.ceil(LONGEST / piece.length)).slice(0, LONGEST);
const repeated = [
  "a<!--",
  "<!--\n",
  "a <!-- \n\n",
  "x<?",
  "x<!A ",
  "x<![CDATA[",
  "`a``",
  "a`b``c```d````",
  "<a b=",
  "> ",
  "- ",
  "* a\n",
  "- - ",
  ">>>>>> \n",
  "1. ",
  "[[[[",
  "](",
  "\\`",
  "/case link X\n",
  "/case\n",
  "/case `\n",
  "/case link X <!--",
  "Case: X\n",
  "@a ",
  "a@a",
  "@a/b ",
  "&",
  "<https://",
  "*a_",
  "```\n",
  "~~~\n```\n",
  "\u3000",
  "\u200b",
  "/case snooze 9",
  "/case 9\n",
];

// A grammar with a quadratic step needs minutes for this, on any machine.
test.each(repeated)("the longest text GitHub takes, made of %j, is read soon", { timeout: 5_000 }, (piece) => {
  expect(parseCommands(`/case why\n${filled(piece)}`).commands.length).toBeLessThanOrEqual(20);
});
