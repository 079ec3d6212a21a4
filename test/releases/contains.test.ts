// What a comparison with a release says of a fix, and which tags call themselves prereleases.
import { describe, expect, test } from "vitest";
import { containmentOf, isPrereleaseTag } from "../../src/releases/contains.ts";

const MERGE = `0123456789abcdef0123456789abcdef0123${"4567"}`;
const HEAD = `fedcba9876543210fedcba9876543210fedc${"ba98"}`;
const picked = (sha: string) => `Fix the lock\n\nIt hung.\n\n(cherry picked from commit ${sha})\n`;

describe("a release", () => {
  test.each([
    ["contains what it is ahead of", "ahead", [], "contained"],
    ["contains what it is", "identical", [], "contained"],
    ["does not contain what it is behind", "behind", [], "not"],
    ["does not contain what is on another line", "diverged", ["Fix the lock (#1)"], "not"],
    ["contains a backport of the merge", "diverged", ["Other", picked(MERGE)], "backported"],
    ["contains a backport of the branch's last commit", "diverged", [picked(HEAD)], "backported"],
    ["contains a backport by a shortened name", "diverged", [picked(MERGE.slice(0, 12))], "backported"],
    [
      "contains one with a trailer after it",
      "diverged",
      [`${picked(MERGE)}\nSigned-off-by: M <m@acme.example>`],
      "backported",
    ],
    ["does not contain what a name of seven letters may mean", "diverged", [picked(MERGE.slice(0, 7))], "not"],
    ["does not contain another's backport", "diverged", [picked("9".repeat(40))], "not"],
    [
      "does not contain what a sentence only speaks of",
      "diverged",
      [`As said (cherry picked from commit ${MERGE}) before`],
      "not",
    ],
  ])("%s", (_, status, messages, expected) => {
    expect(containmentOf({ status, messages }, [MERGE, HEAD])).toBe(expected);
  });

  test("hostile messages are read in a moment", () => {
    const message = "(cherry picked from commit ".repeat(20_000);
    const startedAt = performance.now();
    expect(containmentOf({ status: "diverged", messages: [message] }, [MERGE])).toBe("not");
    expect(performance.now() - startedAt).toBeLessThan(500);
  });
});

test.each([
  ["v1.2.0", false],
  ["1.2", false],
  ["release-2026-03", false],
  ["preview", true],
  ["v1.2.0-rc.1", true],
  ["v1.2.0-rc1", true],
  ["v2.0.0-beta", true],
  ["2.0b.alpha3", true],
  ["nightly-2026-03-02", true],
  ["v1.0-archive", false],
  ["prelude-1.0", false],
  ["v1.0-devices", false],
])("the tag %s is a prerelease: %s", (tag, expected) => {
  expect(isPrereleaseTag(tag)).toBe(expected);
});
