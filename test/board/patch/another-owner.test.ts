// What a patch keeps of the owner that its repository came from stays theirs.
import { expect, onTestFinished, test } from "vitest";
import { decisionsBefore, lastDossier, stepsTold } from "../../../src/board/patch/store.ts";
import { openDatabase } from "../../../src/db/database.ts";
import { DIALECTS, makeDatabase } from "../../support/databases.ts";

test.each(DIALECTS)("a new owner reads no decision, step or dossier of the one before on %s", async (on) => {
  const made = await makeDatabase(on);
  const database = await openDatabase(made.url);
  onTestFinished(async () => {
    await database.close();
    await made.remove();
  });
  const { db } = database;
  const escalation = { patch_id: "7#1", opened_at: 1, cause: "command", because: "", state_at: 1, round: "" } as const;
  await db
    .insertInto("escalations")
    .values({ ...escalation, owner_id: 70, state: "ended" })
    .execute();
  const { id } = await db.selectFrom("escalations").select("id").executeTakeFirstOrThrow();
  await db
    .insertInto("escalation_steps")
    .values({
      key: "s",
      escalation_id: id,
      patch_id: "7#1",
      owner_id: 70,
      at: 1,
      kind: "deciders",
      because: "",
      dossier: "{}",
    })
    .execute();
  const decision = { patch_id: "7#1", kind: "none", because: "", data: "{}" };
  await db
    .insertInto("decisions")
    .values([
      { ...decision, at: 1, owner_id: 70 },
      { ...decision, at: 2, owner_id: 71 },
    ])
    .execute();
  const seenBy = async (ownerId: number) => {
    const patch = { id: "7#1", ownerId };
    const decisions = await decisionsBefore(db, patch, { before: null, limit: 10 });
    return [decisions.map(({ at }) => at), (await stepsTold(db, patch)).length, await lastDossier(db, patch)];
  };
  expect(await seenBy(70)).toEqual([[1], 1, {}]);
  expect(await seenBy(71)).toEqual([[2], 0, null]);
});
