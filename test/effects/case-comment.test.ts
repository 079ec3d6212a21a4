// The comment that is kept up to date on a case: one, however often it is tried, changed only when it says something else.
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { CaseComment } from "../../src/cases/comment.ts";
import { noteCaseCommentDeleted } from "../../src/cases/comment-store.ts";
import type { Effect } from "../../src/effects/effect.ts";
import { repositoryId } from "../../src/github/refs.ts";
import { DIALECTS, REPOSITORY } from "./databases.ts";
import { MINUTE } from "./effects.ts";
import { COMMENTS, type Stage, startStage } from "./stage.ts";

const CASE: Effect = { kind: "case-comment", caseId: 7, repositoryId: repositoryId(REPOSITORY), number: 3 };
const EDITS = /^PATCH .*\/issues\/comments\/\d+$/;

const says = (markdown: string, over: Partial<Extract<CaseComment, { kind: "text" }>> = {}): CaseComment => ({
  kind: "text",
  room: { repositoryId: REPOSITORY, number: 3, installationId: 900, language: "en", timezone: "UTC" },
  markdown,
  hash: `hash of ${markdown}`,
  news: "none",
  hasPatches: true,
  ...over,
});

describe.each(DIALECTS)("on %s", (dialect) => {
  let stage: Stage;
  const ask = () => stage.ask(CASE, { key: "case-comment:7" });
  const bodies = () => stage.little.comments.map(({ body }) => body.split("\n")[0]);
  const kept = () => stage.database.db.selectFrom("case_comments").selectAll().executeTakeFirst();
  async function shows(text: CaseComment): Promise<void> {
    stage.rules.caseCommentOf = async () => text;
    await ask();
    await stage.outbox.runUntilIdle();
  }

  beforeEach(async () => {
    stage = await startStage(dialect);
  });
  afterEach(() => stage.close());

  test("it is made once, changed in place, and left alone where it says the same", async () => {
    await shows(says("One."));
    await shows(says("One."));
    stage.advance(MINUTE);
    await shows(says("Two."));
    await shows(says("Two."));
    expect(bodies()).toEqual(["Two."]);
    expect(stage.little.requests).toEqual([
      "POST /repos/owner-500/repo-70/issues/3/comments",
      "PATCH /repos/owner-500/repo-70/issues/comments/100",
    ]);
    expect(stage.little.bodies.at(-1)).toEqual({ body: "Two.\n\n<!-- patch-advocate case-comment%3A7 -->\n" });
    expect(await kept()).toMatchObject({ case_id: 7, comment_id: 100, written_hash: "hash of Two." });
  });

  test("only a new comment counts for the fuse", async () => {
    await shows(says("One."));
    stage.advance(MINUTE);
    await shows(says("Two."));
    const writes = await stage.database.db.selectFrom("writes").select("is_comment").orderBy("id").execute();
    expect(writes).toEqual([{ is_comment: 1 }, { is_comment: 0 }]);
  });

  test("after a crash between writing and keeping there is one comment, and it says what holds by then", async () => {
    stage.rules.caseCommentOf = async () => says("One.");
    await ask();
    await stage.performAndDie();
    expect(bodies()).toEqual(["One."]);
    stage.rules.caseCommentOf = async () => says("Two.");
    stage.advance(MINUTE);
    await stage.newOutbox("restarted").runUntilIdle();
    expect(bodies()).toEqual(["Two."]);
    expect(await kept()).toMatchObject({ comment_id: 100, written_hash: "hash of Two." });
  });

  test("an answer that was lost costs a second change, or a look, and never a second comment", async () => {
    stage.little.failNext({ matches: COMMENTS, answer: "cut", when: "after" });
    await shows(says("One."));
    stage.advance(2 * MINUTE);
    await stage.outbox.runUntilIdle();
    expect(bodies()).toEqual(["One."]);
    stage.little.failNext({ matches: EDITS, answer: "cut", when: "after" });
    await shows(says("Two."));
    stage.advance(2 * MINUTE);
    await stage.outbox.runUntilIdle();
    expect(bodies()).toEqual(["Two."]);
    expect((await stage.row("case-comment:7")).state).toBe("done");
  });

  test("where a person deleted it, it is written again only once there is news", async () => {
    await shows(says("One."));
    stage.little.comments.splice(0);
    await stage.database.transaction((tx) => noteCaseCommentDeleted(tx, 100, stage.now()));
    stage.advance(2 * MINUTE);
    await shows(says("Two."));
    expect(bodies()).toEqual([]);
    expect(await stage.outcome("case-comment:7")).toEqual({
      kind: "withdrawn",
      because: "somebody deleted the comment, and there is no news",
    });
    await shows(says("Merged.", { news: "merged" }));
    expect(bodies()).toEqual(["Merged."]);
    expect(await kept()).toMatchObject({ deleted_at: null, news: "merged" });
  });

  test("a deletion that no webhook told of is found out, and counts the same", async () => {
    await shows(says("One."));
    stage.little.comments.splice(0);
    stage.advance(2 * MINUTE);
    await shows(says("Two."));
    await shows(says("Three."));
    expect(bodies()).toEqual([]);
    expect(stage.little.requests.filter((request) => request.startsWith("PATCH"))).toHaveLength(1);
  });

  test.each([
    ["nothing is linked", says("None.", { hasPatches: false }), "no pull request is linked to the case"],
    [
      "the case is elsewhere by now",
      says("One.", { room: { repositoryId: 71, number: 3, installationId: 900, language: "en", timezone: "UTC" } }),
      "the case has moved",
    ],
    [
      "nothing may be written there",
      { kind: "none", because: "the case's repository is public" } as const,
      "the case's repository is public",
    ],
  ])("nothing is written where %s", async (_, text, because) => {
    await shows(text);
    expect(stage.little.requests).toEqual([]);
    expect(await stage.outcome("case-comment:7")).toEqual({ kind: "withdrawn", because });
  });

  test("while the repository observes, that it would be written is noted", async () => {
    stage.rules.writesAllowed = async () => "nothing";
    await shows(says("One."));
    expect(stage.little.requests).toEqual([]);
    expect((await stage.row("case-comment:7")).state).toBe("observed");
  });
});
