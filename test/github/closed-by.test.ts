// What GitHub's timeline says closed a pull request, as facts.
import { expect, test } from "vitest";
import { factsOfItems } from "../../src/github/graphql-patch.ts";

const AT = "2026-03-02T10:00:00Z";
const MIRA = { __typename: "User", login: "mira", databaseId: 3 };
const event = { __typename: "ClosedEvent", createdAt: AT, actor: MIRA };
const SHA = "c".repeat(40);
const pull = {
  __typename: "PullRequest",
  number: 12,
  merged: true,
  repository: { nameWithOwner: "acme-db/engine" },
  mergeCommit: { oid: SHA },
};

const landings = (closer?: unknown) =>
  factsOfItems([closer === undefined ? event : { ...event, closer }]).flatMap((fact) =>
    fact.kind === "landed"
      ? [{ how: fact.how, sha: fact.sha, pull: fact.pull, at: fact.at, by: fact.actor?.login }]
      : [],
  );

const at = Date.parse(AT);

test.each([
  ["nobody knows what", undefined, []],
  ["just somebody", null, []],
  ["a commit", { __typename: "Commit", oid: SHA }, [{ how: "closing", sha: SHA, pull: null, at, by: "mira" }]],
  ["a merged pull request", pull, [{ how: "closing", sha: SHA, pull: "acme-db/engine#12", at, by: "mira" }]],
  ["a pull request that is not merged", { ...pull, merged: false, mergeCommit: null }, []],
  ["a project", { __typename: "ProjectV2" }, []],
])("closed by %s", (_what, closer, expected) => expect(landings(closer)).toEqual(expected));

test("the same closing, read twice, is one fact", () => {
  const [first, second] = [1, 2].map(() => factsOfItems([{ ...event, closer: { __typename: "Commit", oid: SHA } }]));
  expect(first?.map(({ key }) => key)).toEqual(second?.map(({ key }) => key));
});
