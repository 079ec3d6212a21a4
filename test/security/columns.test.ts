// The table of what becomes of each column when a person is erased names every column that the database has, and no other.
import { expect, onTestFinished, test } from "vitest";
import { openDatabase } from "../../src/db/database.ts";
import { TABLES } from "../../src/erasure/columns.ts";
import { DIALECTS, makeDatabase } from "../support/databases.ts";

test.each(DIALECTS)("on %s every column has an entry that says whether it can hold a person", async (on) => {
  const made = await makeDatabase(on);
  const database = await openDatabase(made.url);
  onTestFinished(async () => {
    await database.close();
    await made.remove();
  });
  const there = (await database.db.introspection.getTables()).flatMap(({ name, columns }) =>
    columns.map((column) => `${name}.${column.name}`),
  );
  const listed = Object.entries(TABLES).flatMap(([name, { columns }]) =>
    Object.keys(columns).map((column) => `${name}.${column}`),
  );
  expect(listed.toSorted()).toEqual(there.toSorted());
});
