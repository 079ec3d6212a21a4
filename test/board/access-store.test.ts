// Whose board an address means.
import { expect, onTestFinished, test } from "vitest";
import { boardOwnerByLogin } from "../../src/board/access-store.ts";
import { openDatabase } from "../../src/db/database.ts";
import { DIALECTS, makeDatabase } from "../support/databases.ts";

test.each(DIALECTS)("a login that others have taken over leads to their board on %s", async (on) => {
  const made = await makeDatabase(on);
  const database = await openDatabase(made.url);
  onTestFinished(async () => {
    await database.close();
    await made.remove();
  });
  const { db } = database;
  const common = { owner_type: "Organization", permissions: "{}" } as const;
  await db
    .insertInto("installations")
    .values([
      { ...common, id: 2, owner_id: 72, owner_login: "Acme", state: "active", installed_at: 2 },
      { ...common, id: 3, owner_id: 73, owner_login: "acme", state: "deleted", installed_at: 3 },
      { ...common, id: 1, owner_id: 71, owner_login: "acme", state: "active", installed_at: 1 },
    ])
    .execute();
  expect(await boardOwnerByLogin(db, "ACME")).toMatchObject({ ownerId: 72 });
  expect(await boardOwnerByLogin(db, "gone")).toBeNull();
});
