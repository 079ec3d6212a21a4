// Of many processes one does what is done by the clock, once a period; what it leaves behind when it dies is taken over.
import pino from "pino";
import { describe, expect, onTestFinished, test } from "vitest";
import { type Database, openDatabase } from "../../src/db/database.ts";
import { createScheduler, type Schedule } from "../../src/schedules/scheduler.ts";
import { claimSchedule, hurrySchedule } from "../../src/schedules/store.ts";
import { DIALECTS, type Dialect, makeDatabase } from "../support/databases.ts";

const NOW = Date.parse("2026-06-10T03:00:00Z");
const MINUTE = 60_000;
const YEAR = 365 * 24 * 60 * MINUTE;

/** Three schedulers beside each other on one database, and every run that they made. */
async function setStage(on: Dialect, run: Schedule["run"] = async () => ({ done: 1 })) {
  const made = await makeDatabase(on);
  const database = await openDatabase(made.url);
  onTestFinished(async () => {
    await database.close();
    await made.remove();
  });
  const stage = { database, now: NOW, runs: [] as string[], logs: [] as string[] };
  const schedulers = ["one", "two", "three"].map((holder) =>
    createScheduler({
      database,
      log: pino({ base: null }, { write: (line: string) => stage.logs.push(line) }),
      now: () => stage.now,
      holder,
      schedules: [
        {
          name: "digest",
          everyMillis: 5 * MINUTE,
          run: async (at, turn) => {
            stage.runs.push(holder);
            return run(at, turn);
          },
        },
      ],
    }),
  );
  const runDue = () => Promise.all(schedulers.map((scheduler) => scheduler.runDue()));
  return Object.assign(stage, { schedulers, runDue });
}

const claim = (database: Database, holder: string, now: number) =>
  claimSchedule(database, {
    name: "digest",
    holder,
    now,
    everyMillis: 5 * MINUTE,
    claimedUntil: now + 2 * MINUTE,
    onlyIfDue: true,
  });

describe.each(DIALECTS)("on %s", (on) => {
  // Fails when claimSchedule always says yes.
  test("of three processes one runs it, and once a period", async () => {
    const stage = await setStage(on);
    for (let minutes = 0; minutes < 15; minutes += 1) {
      stage.now = NOW + minutes * MINUTE;
      await stage.runDue();
    }
    expect(stage.runs).toHaveLength(3);
  });

  // Fails when claimSchedule always says yes.
  test("what another process has in hand is not begun, even when asked for whether due or not", async () => {
    const stage = await setStage(on);
    expect(await claim(stage.database, "elsewhere", NOW)).toBe("due");
    stage.now = NOW + MINUTE;
    expect(await stage.schedulers[0]?.runOnce()).toBe(0);
    expect(stage.runs).toEqual([]);
  });

  test("what a dead process held is taken over after its lease, by one", async () => {
    const stage = await setStage(on);
    await claim(stage.database, "dead", NOW);
    stage.now = NOW + 2 * MINUTE;
    await stage.runDue();
    expect(stage.runs).toHaveLength(1);
  });

  test("one that fails is said, given back and due again in a minute", async () => {
    const stage = await setStage(on, () => Promise.reject(new Error("no")));
    await stage.runDue();
    stage.now = NOW + MINUTE - 1;
    await stage.runDue();
    expect(stage.runs).toHaveLength(1);
    stage.now = NOW + MINUTE;
    await stage.runDue();
    expect(stage.runs).toHaveLength(2);
    expect(stage.logs.map((line) => JSON.parse(line) as { part: string })).toMatchObject([
      { part: "digest" },
      { part: "digest" },
    ]);
  });

  test("one can say itself when it wants its next turn", async () => {
    const stage = await setStage(on, async (at) => ({ done: 0, nextAt: at + MINUTE }));
    await stage.runDue();
    stage.now = NOW + MINUTE;
    await stage.runDue();
    expect(stage.runs).toHaveLength(2);
  });

  test.each([
    ["ended its turn", (stage: { database: Database; runDue: () => Promise<unknown> }) => stage.runDue()],
    ["died in the midst of it", ({ database }: { database: Database }) => claim(database, "dead", NOW + YEAR)],
  ])("one start by a clock a year ahead, which %s, stops nothing once the clock is right", async (_how, act) => {
    const stage = await setStage(on);
    stage.now = NOW + YEAR;
    await act(stage);
    stage.runs.length = 0;
    stage.now = NOW;
    await stage.runDue();
    await stage.runDue();
    expect(stage.runs).toHaveLength(1);
    expect(stage.logs.map((line) => JSON.parse(line) as { msg: string })).toMatchObject([
      { msg: "a clock was far ahead when this was done last: it is done now, and by this clock" },
    ]);
    stage.now = NOW + 5 * MINUTE;
    await stage.runDue();
    expect(stage.runs).toHaveLength(2);
  });

  // Fails when the time of the last run is not looked at more loosely than to the second.
  test("clocks that are minutes apart do not make one process do what another has done just now", async () => {
    const stage = await setStage(on);
    stage.now = NOW + 59 * MINUTE;
    await stage.runDue();
    stage.now = NOW;
    await stage.runDue();
    expect(stage.runs).toHaveLength(1);
    expect(stage.logs).toEqual([]);
  });

  test("at the start it does not wait for its period, unless it ran just now", async () => {
    const stage = await setStage(on);
    await stage.runDue();
    const hurry = () =>
      hurrySchedule(stage.database, { name: "digest", now: stage.now, ranBefore: stage.now - MINUTE });
    stage.now = NOW + 1000;
    await hurry();
    await stage.runDue();
    expect(stage.runs).toHaveLength(1);
    stage.now = NOW + MINUTE;
    await hurry();
    await stage.runDue();
    expect(stage.runs).toHaveLength(2);
  });
});
