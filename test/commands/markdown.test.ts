// Where a command may stand: at the start of a line, outside code, quotes, HTML and comments.
import { expect, test } from "vitest";
import { newCommands, parseCommands } from "../../src/commands/parse.ts";

const ranIn = (text: string) => parseCommands(text).commands.map((command) => command.text);

const runs: readonly (readonly [string, string, readonly string[]])[] = [
  ["alone", "/case why", ["why"]],
  ["after prose, without a blank line", "Thanks!\n/case why\nBye", ["why"]],
  ["several, with CRLF", "/case why\r\n/case status\r\n\r\n/case help", ["why", "status", "help"]],
  ["several, with old line ends", "/case why\r/case status", ["why", "status"]],
  ["after three spaces", "   /case why", ["why"]],
  ["after an ideographic space", "　/case why", ["why"]],
  ["directly after a list", "- one\n- two\n/case why", ["why"]],
  ["in a list item's own line", "1. one\n   /case why", ["why"]],
  ["after a heading", "# Title\n/case why", ["why"]],
  ["before a rule", "/case why\n---\n", ["why"]],
  ["after a table", "a | b\n--- | ---\n1 | 2\n/case why", ["why"]],
  ["inside details, after a blank line", "<details>\n\n/case why\n\n</details>", ["why"]],
  ["after a closed comment", "<!-- hidden -->\n/case why", ["why"]],
  ["after a closed fence", "```\n/case status\n```\n/case why", ["why"]],
  ["after a backtick that is never closed", "a ` b\n/case why", ["why"]],
  ["after a hard break", "one\\\n/case why", ["why"]],
];

test.each(runs)("a command runs %s", (_where, text, commands) => {
  expect(ranIn(text)).toEqual(commands);
});

const silent: readonly (readonly [string, string])[] = [
  ["in a fenced block", "```\n/case why\n```"],
  ["in a fenced block of tildes", "~~~sh\n/case why\n~~~"],
  ["in a fenced block that is never closed", "```\n/case why"],
  ["in a fenced block inside a list", "- a\n\n  ```\n  /case why\n  ```"],
  ["in an indented block", "    /case why"],
  ["after a tab", "\t/case why"],
  ["in inline code", "`/case why`"],
  ["in inline code over lines", "`one\n/case why\ntwo`"],
  ["in a quote", "> /case why"],
  ["in a quote's lazy line", "> quoted\n/case why"],
  ["in a quote inside a list", "- > /case why"],
  ["in a quoted list", "> - a\n>   /case why"],
  ["in an HTML comment", "<!--\n/case why\n-->"],
  ["in an HTML comment within a paragraph", "one <!-- two\n/case why\n--> three"],
  ["in an HTML comment that is never closed", "<!--\n\n/case why"],
  ["in an HTML block", "<div>\n/case why\n</div>"],
  ["in a script", "<script>\n\n/case why\n</script>"],
  ["in pre", "<pre>\n\n/case why\n</pre>"],
  ["in an attribute", '<a title="\n/case why\n">x</a>'],
  ["after a list's mark", "- /case why"],
  ["after a number", "1. /case why"],
  ["after a task's box", "- [ ] /case why"],
  ["after a heading's mark", "# /case why"],
  ["within a line", "please /case why"],
  ["escaped", "\\/case why"],
  ["in full-width letters", "／case why"],
  ["as part of a path", "/cases/why\n/case/why\n/case-why"],
  ["with a zero-width space inside", "/ca\u200bse why"],
  ["with a long s", "/ca\u017fe why"],
];

test.each(silent)("nothing runs %s", (_where, text) => {
  const { commands, problems } = parseCommands(text);
  expect({ commands, problems }).toEqual({ commands: [], problems: [] });
});

test.each([
  ["Case: CASE-7", [{ kind: "case", refs: ["CASE-7"] }]],
  [
    "fixes it\n\ncase : CASE-7, CASE-8\nCASE: acme-db/cases#9",
    [
      { kind: "case", refs: ["CASE-7", "CASE-8"] },
      { kind: "case", refs: ["acme-db/cases#9"] },
    ],
  ],
  ["Case: CASE-7 (urgent)", [{ kind: "case", refs: ["CASE-7"] }]],
  [
    "Customer: shinshu-bank\r\nSeverity: s1\r\nPatch: acme-db/engine#12 #3",
    [
      { kind: "customer", customer: "shinshu-bank" },
      { kind: "severity", severity: "S1" },
      { kind: "patch", refs: ["acme-db/engine#12", "#3"] },
    ],
  ],
  ["Case:", []],
  ["Case: none", []],
  ["Case: see below", []],
  ["Case: 2 users reported this", []],
  ["Customer: Shinshu Bank is unhappy", []],
  ["Severity: high", []],
  ["Use case: CASE-7", []],
  ["- Case: CASE-7", []],
  ["> Case: CASE-7", []],
  ["    Case: CASE-7", []],
  ["`Case: CASE-7`", []],
  ["```\nCase: CASE-7\n```", []],
  ["<!--\nCase: CASE-7\n-->", []],
] as const)("of %j the trailers are read", (text, trailers) => {
  const read = parseCommands(text).trailers.map((trailer) =>
    "refs" in trailer ? { ...trailer, refs: trailer.refs.map((ref) => ref.text) } : trailer,
  );
  expect(read).toEqual(trailers);
});

test.each([
  ["@mira and @acme-db/Engine, @mira again", ["mira"], ["acme-db/engine"]],
  ["(@mira) *@kenji* @kenji_acme's\n@dana.", ["mira", "kenji", "kenji_acme", "dana"], []],
  ["mira@acme.example foo@bar https://example.com/@mira @@mira", [], []],
  ["`@mira`\n> @kenji\n\n```\n@dana\n```\n<!-- @ito -->", [], []],
  ["/case ask @mira", ["mira"], []],
  ["@mira- @-mira ＠mira", ["mira"], []],
  ["miraさんと@dana", ["dana"], []],
] as const)("%j addresses %j and %j", (text, logins, teams) => {
  expect(parseCommands(text).mentions).toEqual({ logins, teams });
});

test.each([
  ["/case why", true],
  ["\n/case why\n\n  /case nope  \n", true],
  ["<!-- hidden -->\n/case take", true],
  ["/case why\nthanks", false],
  ["> quote\n\n/case why", false],
  ["Case: CASE-7", false],
  ["<!-- a --> b\n/case why", false],
  ["", false],
] as const)("whether %j is only commands: %s", (text, isOnly) => {
  expect(parseCommands(text).isOnlyCommands).toBe(isOnly);
});

test.each([
  ["a command added", "/case why", "/case why\n/case status", ["status"]],
  ["a command written once more", "/case why", "/case why\n/case why", ["why"]],
  ["prose changed", "a\n/case why", "b\n\n/case  WHY", []],
  ["a command changed", "/case link CASE-7", "/case link CASE-8", ["link CASE-8"]],
  ["a command taken out of code", "`/case why`", "/case why", ["why"]],
  ["a command moved", "/case why\n/case status", "/case status\n/case why", []],
  ["a command taken away", "/case why", "", []],
] as const)("of an edit runs only what is new: %s", (_what, before, after, texts) => {
  expect(newCommands(before, after).commands.map((command) => command.text)).toEqual(texts);
});

test("an edit does not bring an old mistake up again", () => {
  expect(newCommands("/case nope", "/case nope\n/case nay").problems.map((problem) => problem.text)).toEqual(["nay"]);
});
