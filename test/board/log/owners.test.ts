// Rows that a release without owners wrote are found by their owner's log all the same, and none is looked at twice.
import { describe, expect, onTestFinished, test } from "vitest";
import { nameOwners } from "../../../src/board/log/owner-store.ts";
import { openDatabase } from "../../../src/db/database.ts";
import { DIALECTS, makeDatabase } from "../../support/databases.ts";

describe.each(DIALECTS)("on %s", (on) => {
  test("a few at a time get the owner of their patch, escalation or case", async () => {
    const made = await makeDatabase(on);
    const database = await openDatabase(made.url);
    onTestFinished(async () => {
      await database.close();
      await made.remove();
    });
    const { db } = database;
    const words = { title: "", body: "", author_login: "x", head_sha: "", base_ref: "", label_names: "[]" };
    await db
      .insertInto("patches")
      .values({
        id: "7#1",
        repository_id: 7,
        number: 1,
        owner_id: 70,
        ...words,
        author_is_bot: 0,
        state: "open",
        is_draft: 0,
        is_merged: 0,
        opened_at: 1,
        requested_reviewers: "[]",
        requested_teams: "[]",
        seen_at: 1,
      })
      .execute();
    await db
      .insertInto("cases")
      .values({ owner_id: 71, reference: "CASE-1", title: "", state: "open", stamps: "{}", created_at: 1 })
      .execute();
    const { id: caseId } = await db.selectFrom("cases").select("id").executeTakeFirstOrThrow();
    await db
      .insertInto("escalations")
      .values({
        owner_id: 72,
        patch_id: "7#1",
        opened_at: 1,
        cause: "command",
        because: "",
        state: "ended",
        state_at: 1,
        round: "",
      })
      .execute();
    const { id: escalationId } = await db.selectFrom("escalations").select("id").executeTakeFirstOrThrow();
    await db
      .insertInto("escalation_steps")
      .values({ key: "s", escalation_id: escalationId, patch_id: "7#1", at: 1, kind: "end", because: "" })
      .execute();
    const decision = { at: 1, kind: "none", because: "", data: "{}" };
    await db
      .insertInto("decisions")
      .values(["7#1", "7#1", "gone#1"].map((patch_id) => ({ ...decision, patch_id })))
      .execute();
    const command = {
      text: "/case help",
      occurrence: 1,
      actor_id: 1,
      actor_login: "x",
      authority: "{}",
      outcome: "{}",
    };
    await db
      .insertInto("commands")
      .values([
        { ...command, source: "a", patch_id: "7#1", case_id: null, at: 1 },
        { ...command, source: "b", patch_id: null, case_id: caseId, at: 1 },
        { ...command, source: "c", patch_id: null, case_id: null, at: 1 },
      ])
      .execute();

    const counts = [];
    for (let count = -1; count !== 0; counts.push(count)) count = await database.transaction((tx) => nameOwners(tx, 2));

    expect(counts).toEqual([5, 2, 0]);
    expect(await db.selectFrom("decisions").select("owner_id").orderBy("id").execute()).toEqual([
      { owner_id: 70 },
      { owner_id: 70 },
      { owner_id: 0 },
    ]);
    expect(await db.selectFrom("escalation_steps").select("owner_id").execute()).toEqual([{ owner_id: 72 }]);
    expect(await db.selectFrom("commands").select("owner_id").orderBy("source").execute()).toEqual([
      { owner_id: 70 },
      { owner_id: 71 },
      { owner_id: 0 },
    ]);
  });
});
