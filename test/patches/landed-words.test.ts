// Where people write that a change came in another way, and what only looks like it.
import { describe, expect, test } from "vitest";
import { landedIn, wordsOfMessage } from "../../src/patches/landed-words.ts";

const HOST = "github.com";
const SHA = "0123456789abcdef0123456789abcdef01234567";
const engine = { owner: "acme-db", repo: "engine" };
const commit = (sha: string, repository: typeof engine | null = null) => ({ kind: "commit", repository, sha });

describe("a comment says where the change landed:", () => {
  test.each([
    [`Landed in ${SHA}`, commit(SHA)],
    ["Thanks! landed in 0123abc.", commit("0123abc")],
    ["Merged in `0123ABC`, thank you.", commit("0123abc")],
    ["Committed as 0123abc", commit("0123abc")],
    ["Landed in: 0123abc", commit("0123abc")],
    ["Landed\nin\n0123abc", commit("0123abc")],
    ["Landed in 0123abc...4567def", commit("4567def")],
    ["Landed in [0123abc](https://github.com/acme-db/engine/commit/0123abc)", commit("0123abc")],
    [`Landed in https://github.com/acme-db/engine/commit/${SHA}`, commit(SHA, engine)],
    ["Landed in acme-db/engine@0123abc", commit("0123abc", engine)],
    ["This pull request has been merged in acme-db/engine@0123abc.", commit("0123abc", engine)],
    [
      `@mira merged this pull request in [acme-db/engine@0123abc](https://github.com/x/y/commit/1)`,
      commit("0123abc", engine),
    ],
    ["Landed in #12", { kind: "pull", repository: null, number: 12 }],
    ["Merged in acme-db/engine#12", { kind: "pull", repository: engine, number: 12 }],
    ["Landed in https://github.com/acme-db/engine/pull/12", { kind: "pull", repository: engine, number: 12 }],
  ])("%j", (comment, expected) => expect(landedIn(comment, HOST)).toEqual(expected));

  test.each([
    ["This has not landed yet."],
    ["It landed in the wrong place."],
    ["landed in 0123ab"],
    [`Landed in ${SHA}0`],
    ["> Landed in 0123abc\n\nReally?"],
    ["Landed in https://gitlab.example/acme-db/engine/commit/0123abc"],
    ["Landed in https://gitlab.example/acme-db/engine/pull/12"],
    ["islanded in 0123abc"],
    [""],
  ])("not in %j", (comment) => expect(landedIn(comment, HOST)).toBeNull());
});

describe("a commit's message names the pull requests that it closes:", () => {
  const here = (number: number) => ({ repository: null, number });
  const there = (number: number) => ({ repository: engine, number });
  test.each([
    ["Mend it\n\nCloses #12", [here(12)]],
    ["fixes: #12, resolves #13", [here(12), here(13)]],
    ["Fix #12 and mend the rest", [here(12)]],
    ["Resolved GH-12", [here(12)]],
    ["Closes acme-db/engine#12", [there(12)]],
    ["Closes https://github.com/acme-db/engine/pull/12", [there(12)]],
    ["Mend it\n\nPR-URL: https://github.com/acme-db/engine/pull/12\nReviewed-By: Mira", [there(12)]],
    ["Mend it (#12)", []],
    ["Refs: #12", []],
    ["discloses #12", []],
    ["Closes https://gitlab.example/acme-db/engine/pull/12", []],
    ["PR-URL: https://gitlab.example/acme-db/engine/pull/12", []],
    ["see PR-URL: https://github.com/acme-db/engine/pull/12", []],
  ])("%j", (message, pulls) => expect(wordsOfMessage(message, HOST).pulls).toEqual(pulls));

  test("and what it was picked from", () => {
    const message = `Mend it\n\n(cherry picked from commit ${SHA.toUpperCase()})\n(cherry picked from commit 0123abc)`;
    expect(wordsOfMessage(message, HOST)).toEqual({ pulls: [], pickedFrom: [SHA] });
  });
});

test.each([
  "closes ".repeat(10_000),
  "landed in ".repeat(7000),
  "#".repeat(65_000),
  `pr-url: ${"h".repeat(65_000)}`,
  "> ".repeat(30_000),
  `landed in ${"[`(<*".repeat(13_000)}`,
])("a hostile text is read soon: %#", (text) => {
  const before = performance.now();
  landedIn(text, HOST);
  wordsOfMessage(text, HOST);
  expect(performance.now() - before).toBeLessThan(500);
});
