// In which order a repository's page shows what is followed there.
import { expect, onTestFinished, test } from "vitest";
import { gravestPatches, oldestPatches } from "../../../src/board/repositories/repositories-store.ts";
import { openDatabase } from "../../../src/db/database.ts";
import { DIALECTS, makeDatabase } from "../../support/databases.ts";

test.each(DIALECTS)("who sees no severity cannot tell it from the order, on %s", async (on) => {
  const made = await makeDatabase(on);
  const database = await openDatabase(made.url);
  onTestFinished(async () => {
    await database.close();
    await made.remove();
  });
  const { db } = database;
  const patch = { repository_id: 7, owner_id: 70, title: "", body: "", author_login: "x", author_is_bot: 0 } as const;
  const words = { head_sha: "", base_ref: "", label_names: "[]", requested_reviewers: "[]", requested_teams: "[]" };
  const stands = { state: "open", is_draft: 0, is_merged: 0, is_tracked: 1, seen_at: 1 } as const;
  const row = (number: number, gravity: number, turn: "maintainer" | "author" | "nobody") => ({
    ...patch,
    ...words,
    ...stands,
    id: `7#${number}`,
    number,
    opened_at: number,
    gravity,
    turn,
  });
  await db
    .insertInto("patches")
    .values([row(1, 5, "author"), row(2, 1, "maintainer"), row(3, 5, "maintainer"), row(4, 2, "nobody")])
    .execute();
  const numbers = (patches: readonly { readonly number: number }[]) => patches.map(({ number }) => number);
  expect(numbers(await gravestPatches(db, 7, 3))).toEqual([2, 4, 1]);
  expect(numbers(await oldestPatches(db, 7, 3))).toEqual([1, 2, 3]);
});
