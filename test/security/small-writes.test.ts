// Forgetting an owner and dropping payloads, of which there may be very many: some rows at a time, so that whoever else writes is not kept waiting.
import { setImmediate } from "node:timers/promises";
import { zstdCompressSync } from "node:zlib";
import { pino } from "pino";
import { describe, expect, onTestFinished, test } from "vitest";
import { type Database, openDatabase } from "../../src/db/database.ts";
import { dropPayloads } from "../../src/erasure/person-store.ts";
import { forgetRemoved } from "../../src/erasure/removed.ts";
import { DIALECTS, makeDatabase } from "../support/databases.ts";

const NOW = Date.parse("2026-03-02T09:00:00Z");
const DAY = 24 * 60 * 60_000;

async function opened(on: (typeof DIALECTS)[number]): Promise<Database> {
  const made = await makeDatabase(on);
  const database = await openDatabase(made.url);
  onTestFinished(async () => {
    await database.close();
    await made.remove();
  });
  return database;
}

describe.each(DIALECTS)("on %s", (on) => {
  test("an owner is forgotten table by table, each once but for its rows, with a pause after every delete", async () => {
    const database = await opened(on);
    const { db } = database;
    const gone = { id: 5, owner_id: 7, owner_login: "acme-db", owner_type: "Organization", state: "deleted" } as const;
    await db
      .insertInto("installations")
      .values({ ...gone, permissions: "{}", installed_at: NOW - 60 * DAY, removed_at: NOW - 31 * DAY })
      .execute();
    const decision = { owner_id: 7, patch_id: "1#1", at: NOW, kind: "taken", because: "", data: "{}" } as const;
    for (let from = 0; from < 2500; from += 500)
      await db
        .insertInto("decisions")
        .values(Array.from({ length: 500 }, () => decision))
        .execute();
    let transactions = 0;
    const counted: Database = {
      ...database,
      transaction: (work) => {
        transactions += 1;
        return database.transaction(work);
      },
    };
    const forgetting = { database: counted, log: pino({ level: "silent" }), keptDays: 30, now: NOW };
    expect(await forgetRemoved({ ...forgetting, turn: { isStopped: () => true } })).toEqual({
      done: 0,
      isUnfinished: true,
    });
    transactions = 0;
    let pauses = 0;
    let isOver = false;
    const pausing = (async () => {
      for (; !isOver; pauses += 1) await setImmediate();
    })();
    expect(await forgetRemoved({ ...forgetting, turn: { isStopped: () => false } })).toEqual({
      done: 1,
      isUnfinished: false,
    });
    isOver = true;
    await pausing;
    expect(transactions).toBeLessThan(60);
    expect(pauses).toBeGreaterThanOrEqual(transactions - 2);
    expect(await db.selectFrom("decisions").select("id").execute()).toEqual([]);
  });

  test("payloads are dropped outside any transaction, all that are done with and of the failed ones those that name somebody", async () => {
    const database = await opened(on);
    const { db } = database;
    const row = { event: "issue_comment", received_at: NOW, run_after: NOW };
    const bodyOf = (text: string) => new Uint8Array(zstdCompressSync(text));
    await db
      .insertInto("deliveries")
      .values([
        ...Array.from({ length: 450 }, (_, n) => ({
          ...row,
          id: `done-${n}`,
          state: "done" as const,
          body: bodyOf("noel"),
        })),
        { ...row, id: "failed-hers", state: "failed", body: bodyOf("Mira") },
        { ...row, id: "failed-his", state: "failed", body: bodyOf("noel") },
      ])
      .execute();
    const single: Database = { ...database, transaction: () => Promise.reject(new Error("this is one transaction")) };
    const asked = { texts: ["mira"], now: NOW };
    expect(await dropPayloads(single, { ...asked, isCheck: true })).toBe(451);
    expect(await dropPayloads(single, { ...asked, isCheck: false })).toBe(451);
    const left = await db.selectFrom("deliveries").select("id").where("body", "is not", null).execute();
    expect(left).toEqual([{ id: "failed-his" }]);
  });
});
