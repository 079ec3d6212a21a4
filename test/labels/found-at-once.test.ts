// Two processes that come upon the same label at the same time: both go on, and it is known once.
import { sql } from "kysely";
import { expect, onTestFinished, test, vi } from "vitest";
import { openDatabase, type Tx } from "../../src/db/database.ts";
import { patchId } from "../../src/github/refs.ts";
import { keepMarks, keepRepositoryLabel, labelsOfRepository } from "../../src/patches/label-store.ts";
import { DIALECTS, makeDatabase } from "../support/databases.ts";

const ON = DIALECTS.filter((dialect) => dialect === "postgres");

test.each(ON)("a label that two processes find at once is known once on %s", async (on) => {
  const { db, atOnce } = await stage(on);
  const label = { id: 71, name: "customer" };
  await atOnce((tx) => keepRepositoryLabel(tx, { repositoryId: 7, key: "customer", label, definedAs: "customer" }));
  expect(await labelsOfRepository(db, 7)).toEqual([
    { key: "customer", labelId: 71, name: "customer", definedAs: "customer", state: "present" },
  ]);
});

test.each(ON)("a hand on a label that two processes note at once is noted once on %s", async (on) => {
  const { db, atOnce } = await stage(on);
  await atOnce((tx) => keepMarks(tx, patchId(7, 1), { customer: "put by a person" }));
  expect(await db.selectFrom("label_marks").selectAll().execute()).toHaveLength(1);
});

async function stage(on: (typeof ON)[number]) {
  const made = await makeDatabase(on);
  const database = await openDatabase(made.url);
  onTestFinished(async () => {
    await database.close();
    await made.remove();
  });
  const { db, transaction } = database;
  const isWaiting = async () => {
    const { rows } = await sql<{ n: string }>`select count(*) as n from pg_locks
      where not granted and database = (select oid from pg_database where datname = current_database())
        or not granted and locktype = 'transactionid'`.execute(db);
    expect(Number(rows[0]?.n)).toBeGreaterThan(0);
  };
  /** The second begins before the first has committed, and waits for it. */
  const atOnce = async (work: (tx: Tx) => Promise<void>) => {
    let second: Promise<void> = Promise.resolve();
    await transaction(async (tx) => {
      await work(tx);
      second = transaction(work);
      await vi.waitFor(isWaiting, { timeout: 20_000 });
    });
    await second;
  };
  return { db, atOnce };
}
