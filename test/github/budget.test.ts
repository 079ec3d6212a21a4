// What is left of GitHub's hour is kept now and then, and at once when little is left.
import pino from "pino";
import { describe, expect, onTestFinished, test } from "vitest";
import { openDatabase } from "../../src/db/database.ts";
import { budgetOf, createBudgetKeeper } from "../../src/github/budget.ts";
import { DIALECTS, makeDatabase } from "../support/databases.ts";

describe.each(DIALECTS)("on %s", (on) => {
  test("a request is noted every five minutes, and the first with which little is left", async () => {
    const made = await makeDatabase(on);
    const database = await openDatabase(made.url);
    onTestFinished(async () => {
      await database.close();
      await made.remove();
    });
    let now = 1000;
    const keep = createBudgetKeeper({ database, now: () => now, log: pino({ enabled: false }) });
    const kept = async (remaining: number, at: number) => {
      now = at;
      keep(7, remaining);
      // Nobody waits for it, so it is asked for until it is there.
      await expect.poll(() => budgetOf(database.db, 7)).not.toBeNull();
      return budgetOf(database.db, 7);
    };
    expect(await budgetOf(database.db, 7)).toBeNull();
    expect(await kept(4999, 1000)).toEqual({ remaining: 4999, at: 1000 });
    expect(await kept(4000, 200_000)).toEqual({ remaining: 4999, at: 1000 });
    keep(7, 499);
    await expect.poll(() => budgetOf(database.db, 7)).toEqual({ remaining: 499, at: 200_000 });
    expect(await kept(400, 300_000)).toEqual({ remaining: 499, at: 200_000 });
    now = 500_000;
    keep(7, 4999);
    await expect.poll(() => budgetOf(database.db, 7)).toEqual({ remaining: 4999, at: 500_000 });
    expect(await budgetOf(database.db, 8)).toBeNull();
  });
});
