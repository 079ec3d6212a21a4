// CODEOWNERS as GitHub reads it, which is not as git reads .gitignore.
import { describe, expect, test } from "vitest";
import { codeOwnersOf } from "../../src/policy/code-owners.ts";

/** Whether a pattern matches a path. */
const isMatch = (pattern: string, path: string) => codeOwnersOf(`${pattern} @a`, [path]).logins.length === 1;

describe("patterns", () => {
  test.for<[string, string[], string[]]>([
    ["*", ["a", "a/b/c.js", ".hidden"], []],
    ["*.js", ["a.js", "a/b/c.js", ".js"], ["a.jsx", "a.ts"]],
    ["/build/logs/", ["build/logs/a", "build/logs/b/c"], ["build/logs", "x/build/logs/a", "build/logsx/a"]],
    ["docs/*", ["docs/a.md", "docs/*"], ["docs/a/b.md", "x/docs/a.md", "docs"]],
    ["docs/*.md", ["docs/a.md"], ["docs/a/b.md", "docs/a.txt"]],
    ["apps/", ["apps/a", "x/apps/a", "x/apps/a/b"], ["apps", "xapps/a"]],
    ["/docs/", ["docs/a", "docs/a/b"], ["x/docs/a"]],
    ["/scripts", ["scripts", "scripts/a", "scripts/a/b"], ["x/scripts", "scriptsx"]],
    ["scripts", ["scripts", "a/scripts", "a/scripts/b"], ["scripts2"]],
    ["**/logs", ["logs", "a/logs", "a/b/logs/c"], ["logs2"]],
    ["**/logs/*.log", ["logs/a.log", "x/logs/a.log"], ["logs/x/a.log"]],
    ["a/**/b", ["a/b", "a/x/b", "a/x/y/b", "a/x/b/c"], ["b", "x/a/b"]],
    ["a/**", ["a/b", "a/b/c"], ["a", "x/a/b"]],
    ["**", ["a", "a/b"], []],
    ["/*", ["a"], ["a/b"]],
    ["/a/*/c", ["a/b/c", "a/b/c/d"], ["a/c", "a/b/x/c"]],
    ["a?c.md", ["abc.md", "x/a-c.md"], ["ac.md", "abbc.md", "a/c.md"]],
    ["a\\ b.md", ["a b.md"], ["a", "b.md"]],
    ["a\\*b", ["a*b"], ["axb"]],
    ["日本*.md", ["日本語.md", "x/日本.md"], ["日.md"]],
    ["Docs/", ["Docs/a"], ["docs/a"]],
    ["/", [], ["a", "a/b"]],
  ])("%s", ([pattern, yes, no]) => {
    expect(yes.filter((path) => !isMatch(pattern, path))).toEqual([]);
    expect(no.filter((path) => isMatch(pattern, path))).toEqual([]);
  });
});

test("the last line that matches wins, and one without owners leaves its files unowned", () => {
  const text = "* @everyone\n/apps/ @octo/apps @dana\n/apps/github\n*.md docs@example.com @mira";
  expect(codeOwnersOf(text, ["apps/a.js"])).toMatchObject({
    logins: ["dana"],
    teams: [{ organization: "octo", slug: "apps" }],
  });
  expect(codeOwnersOf(text, ["apps/github/a.js"])).toMatchObject({ logins: [], teams: [] });
  expect(codeOwnersOf(text, ["apps/github/a.md"])).toMatchObject({ logins: ["mira"], teams: [] });
  expect(codeOwnersOf(text, ["z", "apps/a.js", "y"])).toMatchObject({ logins: ["everyone", "dana"] });
});

test("who is named twice, in whatever letters, is one", () => {
  expect(codeOwnersOf("a @Dana @octo/Apps\nb @dana @octo/apps", ["a", "b"])).toMatchObject({
    logins: ["dana"],
    teams: [{ organization: "octo", slug: "apps" }],
  });
});

test("comments, blank lines and Windows line ends are read over", () => {
  expect(codeOwnersOf("# all\r\n\r\n  *.js   @dana   # @mira\r\n*.ts @ana#x\r\n", ["a.js"])).toMatchObject({
    logins: ["dana"],
    ignored: [{ line: 4 }],
  });
});

test("what GitHub does not read is left out, with the reason", () => {
  const text = [
    "* @dana",
    "!a @mira",
    "[ab] @mira",
    "\\#a @mira",
    "a mira",
    "a @mira dana@example.com",
    "b *** @x",
    "x*** @x",
  ].join("\n");
  const answer = codeOwnersOf(text, ["a", "b", "#a", "!a"]);
  expect(answer.logins).toEqual(["mira", "dana"]);
  expect(answer.ignored).toEqual([
    { line: 8, text: "x***", because: "three asterisks mean nothing" },
    { line: 7, text: "b", because: "*** is neither @login nor @organization/team" },
    { line: 6, text: "dana@example.com", because: "an e-mail address names nobody who could be mentioned" },
    { line: 5, text: "a", because: "mira is neither @login nor @organization/team" },
    { line: 4, text: "\\#a", because: "CODEOWNERS cannot escape a # at the start" },
    { line: 3, text: "[ab]", because: "CODEOWNERS has no ranges in [ ]" },
    { line: 2, text: "!a", because: "CODEOWNERS has no exceptions with !" },
  ]);
  expect(answer.isComplete).toBe(true);
});

describe("hostile files cost bounded time", () => {
  const deep = `${"a/".repeat(1_000)}b`;
  test.for<[string, string, string[]]>([
    ["stars against a long name", `${"*a".repeat(200)}b @x`, ["a".repeat(4_000)]],
    ["depths against a deep path", `${"**/a/".repeat(99)}c @x`, [deep]],
    ["lines without end", "nothing/like/it @x\n".repeat(150_000), Array.from({ length: 300 }, (_, i) => `src/${i}.ts`)],
    ["one long line", `a ${"@x ".repeat(900_000)}`, ["a"]],
    [
      "many stars, many paths",
      `${"*x".repeat(240)} @x\n`.repeat(5_000),
      Array.from({ length: 300 }, (_, i) => `${"x".repeat(200)}${i}`),
    ],
  ])("%s", ([, text, paths]) => {
    const started = performance.now();
    codeOwnersOf(text, paths);
    expect(performance.now() - started).toBeLessThan(2_000);
  });

  test("above 3 MB nothing is read, and that is said", () => {
    expect(codeOwnersOf("* @x\n".repeat(700_000), ["a"])).toEqual({
      logins: [],
      teams: [],
      ignored: [{ line: 1, text: "", because: "the file is larger than the 3 MB that GitHub reads" }],
      isComplete: false,
    });
  });
});
