// The policy to commit says to act and nothing else anew, and GitHub's page for it opens at the right place.
import { describe, expect, test } from "vitest";
import { actingText, editAddress, firstPolicy } from "../../../src/board/observe/act-policy.ts";
import { parsePolicy, resolvePolicy } from "../../../src/policy/policy.ts";

describe("the text that lets the app act", () => {
  test.each([
    ["the word alone", "mode: observe\n", "mode: act\n"],
    [
      "quoted, with a comment",
      '# ours\nmode: "observe" # first\nsupport: [dana]\n',
      "# ours\nmode: act # first\nsupport: [dana]\n",
    ],
    ["without the word", "version: 1\nsupport: [dana] # us\n", "version: 1\nsupport: [dana] # us\nmode: act\n"],
    ["an empty file", "", "mode: act\n"],
    ["a file of comments", "# nothing yet", "# nothing yet\nmode: act\n"],
    ["a flow", "{ mode: observe, support: [dana] }\n", "{ mode: act, support: [ dana ] }\n"],
    [
      "another key's value",
      'mode: observe\nexempt: { labels: ["mode: observe"] }\n',
      'mode: act\nexempt: { labels: ["mode: observe"] }\n',
    ],
    ["acting already", "mode: act\n", "mode: act\n"],
    ["what is no policy", "- a list\n", null],
    ["what is wrong", "mode: observe\nsuport: [dana]\n", null],
  ])("%s", (_, text, expected) => {
    expect(actingText(text)).toBe(expected);
  });

  test.each(["en", "ja"] as const)("a first policy is a good one in %s", (language) => {
    const text = firstPolicy({ language, timezone: "Asia/Tokyo", support: ["dana", 'x"y'] });
    expect(text).toMatchSnapshot();
    const parsed = parsePolicy(firstPolicy({ language, timezone: "Asia/Tokyo", support: ["dana"] }), { where: "it" });
    if (parsed.kind !== "policy") throw new Error(JSON.stringify(parsed.errors));
    const policy = resolvePolicy({ owner: parsed.partial, repository: null, visibility: "private" });
    expect([policy.mode, policy.language, policy.support]).toEqual([
      "act",
      language,
      [{ kind: "login", login: "dana" }],
    ]);
  });

  test("GitHub's own pages", () => {
    const file = { owner: "acme-db", name: ".github", branch: "release/1 #2", path: ".github/patch-advocate.yml" };
    expect(editAddress("https://github.example", { ...file, isNew: false })).toBe(
      "https://github.example/acme-db/.github/edit/release/1%20%232/.github/patch-advocate.yml",
    );
    expect(editAddress("https://github.example", { ...file, branch: "", isNew: true })).toBe(
      "https://github.example/acme-db/.github/new/HEAD?filename=.github%2Fpatch-advocate.yml",
    );
  });
});
