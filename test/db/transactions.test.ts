// Transactions that wait for each other: the database ends one of them, and it is run again.
import { expect, onTestFinished, test } from "vitest";
import { openDatabase, type Tx } from "../../src/db/database.ts";
import { DIALECTS, makeDatabase } from "../support/databases.ts";

test.each(DIALECTS.filter((dialect) => dialect === "postgres"))(
  "two transactions that lock each other out on %s are both done",
  async (on) => {
    const made = await makeDatabase(on);
    const database = await openDatabase(made.url);
    onTestFinished(async () => {
      await database.close();
      await made.remove();
    });
    const { db } = database;
    await db
      .insertInto("settings")
      .values([
        { name: "one", value: "" },
        { name: "two", value: "" },
      ])
      .execute();
    let arrived = 0;
    const { promise: bothHoldOne, resolve: letGo } = Promise.withResolvers<void>();
    const append = (tx: Tx, name: string, word: string) =>
      tx
        .updateTable("settings")
        .set((eb) => ({ value: eb(eb.ref("value"), "||", word) }))
        .where("name", "=", name)
        .execute();
    const inOrder = (first: string, second: string, word: string) =>
      database.transaction(async (tx) => {
        await append(tx, first, word);
        arrived += 1;
        if (arrived === 2) letGo();
        await bothHoldOne;
        await append(tx, second, word);
      });
    await Promise.all([inOrder("one", "two", "a"), inOrder("two", "one", "b")]);
    const rows = await db.selectFrom("settings").selectAll().where("name", "in", ["one", "two"]).execute();
    expect(rows.map(({ value }) => [...value].toSorted().join(""))).toEqual(["ab", "ab"]);
    expect(arrived).toBe(3);
  },
);
