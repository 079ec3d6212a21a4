// The fuzz of what people write on GitHub: comments of any length, commands that are nearly right, and Markdown that was made to be slow.
import fc from "fast-check";
import { VERBS } from "../../src/commands/command.ts";
import { LONGEST_COMMAND, MOST_COMMANDS, newCommands, parseCommands } from "../../src/commands/parse.ts";
import { markerOf, withMarker } from "../../src/effects/marker.ts";
import { hostileWord } from "./hostile.ts";
import type { Target } from "./target.ts";

/** GitHub takes no longer comment. */
const LONGEST = 65_536;

const PIECES = [
  "/case ",
  "／ｃａｓｅ ",
  "Case: ",
  "Customer: ",
  "Severity: S1",
  "\n",
  "\r\n",
  "\n\n",
  "    ",
  "\t",
  "> ",
  ">",
  "- ",
  "1. ",
  "* ",
  "# ",
  "```\n",
  "~~~\n",
  "`",
  "``",
  "<!--",
  "-->",
  "<!-- \n",
  "<div>",
  "</div>",
  "<a b=",
  "<?",
  "<![CDATA[",
  "<!A ",
  "\\",
  "[",
  "](",
  "![",
  "[a]: b\n",
  "*",
  "_",
  "**",
  "|",
  "|-|\n",
  "&#64;",
  "&amp;",
  "&",
  "@mira",
  "@acme-db/engine",
  "<https://",
  "CASE-7",
  "#1",
  "acme-db/engine#1",
  "https://github.com/acme-db/engine/pull/1",
  "S1",
  "3d",
  "2026-02-30",
  "customer=shinshu-bank",
  "none",
  "anyway",
  "<!-- patch-advocate status%3A1 -->",
  "<!-- patch-advocate %zz -->",
  "😀",
];

const piece = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom(...PIECES) },
  { weight: 2, arbitrary: fc.constantFrom(...VERBS) },
  { weight: 1, arbitrary: hostileWord },
);

const ofPieces = fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join(""));

/** A few pieces, again and again until nothing more fits: that is what makes readers of Markdown slow. */
const filling = fc.array(piece, { minLength: 1, maxLength: 4 }).map((pieces) => {
  const one = pieces.join("");
  return one === "" ? "" : one.repeat(Math.ceil(LONGEST / one.length)).slice(0, LONGEST);
});

const inputs = fc.oneof(
  { weight: 6, arbitrary: ofPieces },
  {
    weight: 2,
    arbitrary: fc
      .tuple(fc.constantFrom("", "/case why\n", "Case: CASE-7\n"), filling)
      .map(([first, rest]) => (first + rest).slice(0, LONGEST)),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(fc.constantFrom(...VERBS), fc.array(piece, { maxLength: 12 }))
      .map(([verb, words]) => `/case ${verb} ${words.join(" ")}`),
  },
);

export const comments: Target<string> = {
  name: "comments",
  inputs,
  harmOf: async (input, measure) => {
    const read = await measure(() => {
      markerOf(input);
      return parseCommands(input);
    });
    if (
      read.commands.length > MOST_COMMANDS ||
      read.problems.length > MOST_COMMANDS ||
      read.trailers.length > MOST_COMMANDS
    )
      return "more is read than one comment may bring";
    if (read.mentions.logins.length + read.mentions.teams.length > 100) return "too many mentions are read";
    const told = [...read.commands, ...read.problems];
    for (const { text } of told) {
      if (text.length > LONGEST_COMMAND) return `a command has ${text.length} characters`;
      if (!text.isWellFormed() || /[\n\r\0]/.test(text)) return "a command cannot be kept as it is";
      // What was answered once is found by its key again.
      const key = `answer:1:${text}`;
      if (encodeURIComponent(key).length <= 1_000 && markerOf(withMarker("", key)) !== key)
        return "the marker of a command does not say it again";
    }
    const again = newCommands(input, input);
    return again.commands.length + again.problems.length === 0
      ? null
      : "a comment that was not edited has something new";
  },
  show: (input) => JSON.stringify(input),
};
