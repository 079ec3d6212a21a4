// What a release before the board decided stands on it, too.
import { expect, test } from "vitest";
import { openDatabase } from "../../src/db/database.ts";
import { tellTurns } from "../../src/patches/turnless-store.ts";
import { DIALECTS, makeDatabase } from "../support/databases.ts";

const PATCH = {
  repository_id: 1,
  owner_id: 7,
  title: "",
  body: "",
  author_login: "dev",
  author_is_bot: 0,
  state: "open",
  is_draft: 0,
  is_merged: 0,
  opened_at: 0,
  head_sha: "",
  base_ref: "main",
  requested_reviewers: "[]",
  requested_teams: "[]",
  label_names: "[]",
  seen_at: 0,
} as const;

test.each(DIALECTS)("whose turn it is comes from the standing where nobody wrote it beside, on %s", async (on) => {
  const made = await makeDatabase(on);
  const database = await openDatabase(made.url);
  const { db } = database;
  const standings = [
    JSON.stringify({ turn: "author", sinceAt: 5, waitsForUs: true }),
    JSON.stringify({ turn: "maintainer", sinceAt: 6 }),
    "{}",
    null,
  ];
  await db
    .insertInto("patches")
    .values(standings.map((standing, index) => ({ ...PATCH, id: `1#${index}`, number: index, standing })))
    .execute();

  expect(await database.transaction((tx) => tellTurns(tx, 10))).toBe(3);
  expect(await database.transaction((tx) => tellTurns(tx, 10))).toBe(0);
  expect(
    await db.selectFrom("patches").select(["turn", "turn_since_at", "waits_for_us"]).orderBy("id").execute(),
  ).toEqual([
    { turn: "author", turn_since_at: 5, waits_for_us: 1 },
    { turn: "maintainer", turn_since_at: 6, waits_for_us: 0 },
    { turn: "nobody", turn_since_at: null, waits_for_us: 0 },
    { turn: null, turn_since_at: null, waits_for_us: 0 },
  ]);
  await database.close();
  await made.remove();
});
