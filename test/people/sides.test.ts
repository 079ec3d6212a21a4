// Who stands on which side of a patch, by who they are to it: the product's words "author's side" and "maintainer" as a table.
import { describe, expect, test } from "vitest";
import { isSideKnown, type Names, type SideLists, sideOf } from "../../src/people/sides.ts";

const names = (logins: readonly string[], ids: readonly number[] = []): Names => ({
  logins: new Set(logins),
  memberIds: new Set(ids),
});
const lists = (over: Partial<SideLists>): SideLists => ({
  authorId: 1,
  support: names([]),
  maintainers: names([]),
  codeOwners: names([]),
  requestedIds: new Set(),
  customersPeople: new Set(),
  linkedBy: new Set(),
  pushedIds: new Set(),
  writerIds: new Set(),
  ...over,
});

/** Dana, in the letters that GitHub shows, where lists are in lower case. */
const dana = { id: 7, login: "Dana" };
const byLogin = names(["dana"]);
const byTeam = names([], [7]);
const is = new Set([7]);
const isNamed = new Set(["dana"]);

describe("Dana is", () => {
  test.each<readonly [string, Partial<SideLists>, string]>([
    ["neither where nothing is known of her", {}, "neither"],
    ["on the author's side as the author", { authorId: 7 }, "author"],
    [
      "on the author's side as the author, whatever else she is",
      { authorId: 7, maintainers: byLogin, writerIds: is },
      "author",
    ],
    ["on the author's side under support", { support: byLogin }, "author"],
    ["on the author's side in a team under support", { support: byTeam }, "author"],
    ["on the author's side under support, whatever access she has", { support: byLogin, writerIds: is }, "author"],
    [
      "on the author's side under support, although asked for a review",
      { support: byLogin, requestedIds: is },
      "author",
    ],
    ["on the author's side under support, although she owns code", { support: byTeam, codeOwners: byLogin }, "author"],
    ["on the author's side as a customer's person", { customersPeople: isNamed }, "author"],
    [
      "on the author's side as a customer's person, whatever access she has",
      { customersPeople: isNamed, writerIds: is, maintainers: byLogin },
      "author",
    ],
    ["on the author's side as who pushed", { pushedIds: is }, "author"],
    ["a maintainer with write access", { writerIds: is }, "maintainer"],
    ["a maintainer under maintainers", { maintainers: byLogin }, "maintainer"],
    ["a maintainer in a team under maintainers", { maintainers: byTeam }, "maintainer"],
    ["a maintainer in CODEOWNERS", { codeOwners: byLogin }, "maintainer"],
    ["a maintainer in a team in CODEOWNERS", { codeOwners: byTeam }, "maintainer"],
    ["a maintainer where asked for a review", { requestedIds: is }, "maintainer"],
    ["a maintainer still where she updated the branch", { writerIds: is, pushedIds: is }, "maintainer"],
    [
      "a maintainer by login under both, on other people's patches",
      { support: byLogin, maintainers: byLogin },
      "maintainer",
    ],
    [
      "on the author's side by login under both, where she linked the case",
      { support: byLogin, maintainers: byLogin, linkedBy: isNamed },
      "author",
    ],
    [
      "on the author's side by login under both, where she wrote it",
      { support: byLogin, maintainers: byLogin, authorId: 7 },
      "author",
    ],
    [
      "on the author's side under both, where one names only her team",
      { support: byTeam, maintainers: byLogin },
      "author",
    ],
    ["a maintainer who linked a case", { maintainers: byLogin, linkedBy: isNamed }, "maintainer"],
    ["neither where she only linked a case", { linkedBy: isNamed }, "neither"],
  ])("%s", (_, over, side) => {
    expect(sideOf(dana, lists(over))).toBe(side);
  });
});

describe("GitHub is asked for her access", () => {
  test.each<readonly [string, Partial<SideLists>, boolean]>([
    ["where nothing is known of her", {}, true],
    ["where she only pushed, since a maintainer who pushes stays one", { pushedIds: is }, true],
    ["not where a list tells her side", { codeOwners: byLogin }, false],
    ["not where she is the author", { authorId: 7 }, false],
  ])("%s", (_, over, isAsked) => {
    expect(isSideKnown(dana, lists(over))).toBe(!isAsked);
  });
});

test("a patch whose author's account is gone has no author by chance", () => {
  expect(sideOf({ id: 0, login: "ghost" }, lists({ authorId: null }))).toBe("neither");
});
