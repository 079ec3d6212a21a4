// A write whose address leads on: under a new name it is tried again, with another owner it is not, since it was decided by the old one's rules.
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { DIALECTS, OWNER, REPOSITORY } from "./databases.ts";
import { MINUTE, reply } from "./effects.ts";
import { COMMENTS, type Stage, startStage } from "./stage.ts";

describe.each(DIALECTS)("on %s", (dialect) => {
  let stage: Stage;

  beforeEach(async () => {
    stage = await startStage(dialect);
  });
  afterEach(() => stage.close());

  /** The write is led on, and the repository is read under the name that we know. */
  async function movedTo(full: { readonly id?: number; readonly owner: { id: number; login: string }; name: string }) {
    const { little } = stage;
    const shown = { id: REPOSITORY, node_id: `R_${REPOSITORY}`, private: false, default_branch: "main", ...full };
    const data = { ...shown, full_name: `${full.owner.login}/${full.name}` };
    const location = `${little.apiUrl}/repositories/${shown.id}/issues/1/comments`;
    const redirect = { status: 301, data: { message: "Moved Permanently" }, headers: { location } };
    little.failNext({ matches: COMMENTS, answer: redirect, when: "before" });
    little.failNext({ matches: /^GET \/repos\/owner-500\/repo-70$/, answer: { status: 200, data }, when: "before" });
    await stage.ask(reply());
    await stage.outbox.runUntilIdle();
    stage.advance(MINUTE);
    await stage.outbox.runUntilIdle();
    const [known] = await stage.database.db
      .selectFrom("repositories")
      .select(["owner_id", "owner_login", "name"])
      .execute();
    return { known, written: little.comments.length, outcome: await stage.outcome() };
  }

  test("a repository that was renamed, or whose owner was, is written to under its new name", async () => {
    expect(await movedTo({ owner: { id: OWNER, login: "owner-anew" }, name: "repo-anew" })).toEqual({
      known: { owner_id: OWNER, owner_login: "owner-anew", name: "repo-anew" },
      written: 1,
      outcome: expect.objectContaining({ kind: "comment" }),
    });
    expect(stage.little.requests.at(-1)).toBe("POST /repos/owner-anew/repo-anew/issues/1/comments");
  });

  test.each([
    ["another owner", { owner: { id: 501, login: "owner-501" } }, "the repository has another owner now"],
    ["another repository", { id: 71, owner: { id: OWNER, login: "owner-500" } }, "another repository has its name now"],
    ["the same", { owner: { id: OWNER, login: "owner-500" } }, "what it was about was moved to another repository"],
  ])(
    "where %s is found nothing is written, and what we know of it stays for the event to change",
    async (_, found, because) => {
      expect(await movedTo({ name: "repo-70", ...found })).toEqual({
        known: { owner_id: OWNER, owner_login: "owner-500", name: "repo-70" },
        written: 0,
        outcome: { kind: "withdrawn", because },
      });
    },
  );
});
