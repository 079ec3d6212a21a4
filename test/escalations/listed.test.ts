// Who gets a ranked list and what stands in it, on both databases: nothing of it is lost where two processes send at the same moment.
import { describe, expect, onTestFinished, test } from "vitest";
import { type Database, openDatabase } from "../../src/db/database.ts";
import { listDecision, listsDueAt, noteListed } from "../../src/escalations/listed-store.ts";
import { DIALECTS, type Dialect, makeDatabase } from "../support/databases.ts";

const NOW = Date.parse("2026-03-03T08:00:00Z");
const HOUR = 3_600_000;

async function open(on: Dialect): Promise<Database> {
  const made = await makeDatabase(on);
  const database = await openDatabase(made.url);
  onTestFinished(async () => {
    await database.close();
    await made.remove();
  });
  return database;
}

type Listed = { readonly stepKey: string; readonly ownerId?: number; readonly dueAt?: number };

const list = (database: Database, { stepKey, ownerId = 7, dueAt = NOW }: Listed) =>
  database.transaction((tx) =>
    listDecision(tx, {
      ownerId,
      to: {
        key: "login:noel",
        name: "Noel",
        login: "noel",
        email: "noel@acme.example",
        slack: null,
        language: "en",
        timezone: "UTC",
        hours: null,
      },
      patchId: `100#${stepKey}`,
      stepKey,
      dueAt,
    }),
  );

const due = async (database: Database, now = NOW) =>
  (await listsDueAt(database.db, now)).map(({ owner_id, step_key }) => `${owner_id} ${step_key}`);

describe.each(DIALECTS)("on %s", (on) => {
  test("what is not due yet goes out with what is, of the same owner alone", async () => {
    const database = await open(on);
    await list(database, { stepKey: "1" });
    await list(database, { stepKey: "2", dueAt: NOW + HOUR });
    await list(database, { stepKey: "3", ownerId: 8, dueAt: NOW + HOUR });

    expect(await due(database, NOW - 1)).toEqual([]);
    expect(await due(database)).toEqual(["7 1", "7 2"]);
    expect(await due(database, NOW + HOUR)).toEqual(["7 1", "7 2", "8 3"]);
  });

  test("of two that send at the same moment, each sends what the other does not", async () => {
    const database = await open(on);
    await list(database, { stepKey: "1" });
    const early = (await listsDueAt(database.db, NOW)).map(({ id }) => id);
    await list(database, { stepKey: "2" });
    const late = (await listsDueAt(database.db, NOW)).map(({ id }) => id);
    const mark = async (ids: readonly number[]) => [...(await database.transaction((tx) => noteListed(tx, ids, NOW)))];

    expect(await mark(early)).toEqual(early);
    expect(await mark(late)).toEqual(late.slice(1));
    expect(await mark(late)).toEqual([]);
    expect(await due(database)).toEqual([]);
  });
});
