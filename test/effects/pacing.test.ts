// Pacing and the fuse: how many writes of which kind go out in a minute and in an hour, on both databases.
import { pino } from "pino";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Database } from "../../src/db/database.ts";
import { claimDue } from "../../src/effects/claims-store.ts";
import type { Effect } from "../../src/effects/effect.ts";
import { createOutbox } from "../../src/effects/outbox.ts";
import { reserve } from "../../src/effects/pacing.ts";
import { parkInstallation, pauses, pauseWriting, resumeWriting } from "../../src/effects/pauses-store.ts";
import { type EffectRow, parseEffect } from "../../src/effects/row.ts";
import { enqueue } from "../../src/effects/store.ts";
import { DIALECTS, INSTALLATION, OWNER, openTestDatabase, seedInstallation, type TestDatabase } from "./databases.ts";
import { asked, HOUR, labels, MINUTE, reaction, reminder, reply, START } from "./effects.ts";

const log = pino({ level: "silent" });

describe.each(DIALECTS)("on %s", (dialect) => {
  let opened: TestDatabase;
  let database: Database;
  let now: number;
  let sent: { kind: Effect["kind"]; at: number }[];

  beforeEach(async () => {
    opened = await openTestDatabase(dialect);
    database = opened.database;
    now = START;
    sent = [];
    await seedInstallation(database);
  });
  afterEach(() => opened.close());

  async function claimed(effect: Effect, key = "x"): Promise<EffectRow> {
    await database.transaction((tx) => enqueue(tx, [asked(effect, { key })], now));
    const [row] = await claimDue(database, {
      installationId: INSTALLATION,
      now,
      limit: 1,
      holder: "here",
      until: now + MINUTE,
      busyLanes: [],
      heldKinds: [],
    });
    if (row === undefined) throw new Error("nothing was claimed");
    return { ...row, effect: parseEffect(row.body) };
  }

  const reserveFor = async (effect: Effect, writes = 1) =>
    reserve({ database, log }, { row: await claimed(effect), installationId: INSTALLATION, writes, now });

  /** Notes writes as if they had been sent, `agoMillis` ago. */
  const sentBefore = (count: number, agoMillis: number, counted: "writes" | "comments" = "writes") =>
    database.db
      .insertInto("writes")
      .values(
        Array.from({ length: count }, () => ({
          installation_id: INSTALLATION,
          at: now - agoMillis,
          is_comment: counted === "comments" ? (1 as const) : (0 as const),
        })),
      )
      .execute();

  const IN_A_SECOND = { kind: "later", because: "GitHub's limit of writes is near" };
  const cases: readonly [name: string, effect: Effect, minute: number, hour: number, writes: number, waits: number][] =
    [
      ["a reply goes out with 79 in the minute", reply(), 79, 0, 1, 0],
      ["a reply waits with 80 in the minute", reply(), 80, 0, 1, MINUTE - 30_000],
      ["a reaction goes out with 499 in the hour", reaction(), 0, 499, 1, 0],
      ["a reaction waits with 500 in the hour", reaction(), 0, 500, 1, HOUR - 30 * MINUTE],
      ["a reminder goes out with 74 in the minute", reminder(), 74, 0, 1, 0],
      ["a reminder waits with 75 in the minute", reminder(), 75, 0, 1, MINUTE - 30_000],
      ["a reminder waits with 480 in the hour", reminder(), 0, 480, 1, HOUR - 30 * MINUTE],
      ["labels wait with 70 in the minute", labels(), 70, 0, 1, MINUTE - 30_000],
      ["labels wait with 435 in the hour", labels(), 0, 435, 1, HOUR - 30 * MINUTE],
      ["labels that need three writes wait with 68", labels(), 68, 0, 3, MINUTE - 30_000],
      ["labels that need three writes go out with 67", labels(), 67, 0, 3, 0],
      ["the longer wait counts", reply(), 80, 420, 1, HOUR - 30 * MINUTE],
    ];
  test.each(cases)("%s", async (_name, effect, minute, hour, writes, waits) => {
    if (minute > 0) await sentBefore(minute, 30_000);
    if (hour > 0) await sentBefore(hour, 30 * MINUTE);
    const outcome = await reserveFor(effect, writes);
    expect(outcome).toMatchObject(waits === 0 ? { kind: "reserved" } : { ...IN_A_SECOND, at: now + waits });
  });

  test("what is an hour old counts no more, and is forgotten", async () => {
    await sentBefore(500, HOUR, "comments");
    expect(await reserveFor(reminder())).toEqual({ kind: "reserved" });
    const { count } = await database.db
      .selectFrom("writes")
      .select(({ fn }) => fn.countAll<number>().as("count"))
      .executeTakeFirstOrThrow();
    expect(Number(count)).toBe(1);
  });

  test("another installation's writes count for that one only", async () => {
    await database.db
      .insertInto("writes")
      .values(Array.from({ length: 500 }, () => ({ installation_id: 12345, at: now, is_comment: 1 as const })))
      .execute();
    expect(await reserveFor(reminder())).toEqual({ kind: "reserved" });
  });

  test("reminders stop at 45 comments an hour, people are still answered", async () => {
    await sentBefore(45, 10 * MINUTE, "comments");
    expect(await reserveFor(reminder())).toEqual({
      kind: "later",
      at: now + 50 * MINUTE,
      because: "45 comments within an hour",
      holds: "reminder",
    });
    await database.db.deleteFrom("effects").execute();
    expect(await reserveFor(reply())).toEqual({ kind: "reserved" });
  });

  test("at 60 comments in an hour the fuse stops the owner until somebody resumes", async () => {
    await sentBefore(60, 10 * MINUTE, "comments");
    expect(await reserveFor(reply())).toMatchObject({ kind: "later", at: now });
    expect(await pauses(database.db)).toEqual([
      { scope: `owner:${OWNER}`, since: now, because: "fuse: 60 comments within an hour" },
    ]);

    await database.transaction((tx) => resumeWriting(tx, `owner:${OWNER}`));
    await database.db.deleteFrom("effects").execute();
    expect(await reserveFor(reply())).toEqual({ kind: "reserved" });
    expect(await pauses(database.db)).toEqual([]);
  });

  test("reactions and labels do not count for the fuse", async () => {
    await sentBefore(70, 10 * MINUTE);
    expect(await reserveFor(reply())).toEqual({ kind: "reserved" });
  });

  test("a pause that comes after the claim still stops the write", async () => {
    const row = await claimed(reply());
    await database.transaction((tx) => pauseWriting(tx, { scope: "all", because: "by hand", since: now }));
    expect(await reserve({ database, log }, { row, installationId: INSTALLATION, writes: 1, now })).toEqual({
      kind: "later",
      at: now,
      because: "writing is paused: by hand",
    });
  });

  test("an installation that was refused after the claim still waits", async () => {
    const row = await claimed(reply());
    const until = now + 5 * MINUTE;
    await database.transaction((tx) =>
      parkInstallation(tx, { dialect, installationId: INSTALLATION, untilAt: until, because: "limit", now }),
    );
    expect(await reserve({ database, log }, { row, installationId: INSTALLATION, writes: 1, now })).toMatchObject({
      kind: "later",
      at: until,
    });
  });

  test("a claim that another process has taken over writes nothing", async () => {
    const row = await claimed(reply());
    await database.db.updateTable("effects").set({ claimed_by: "another" }).execute();
    expect(await reserve({ database, log }, { row, installationId: INSTALLATION, writes: 1, now })).toEqual({
      kind: "lost",
    });
  });

  test("a thousand labels and fifty reminders go out within the limits, and neither starves the other", async () => {
    const outbox = createOutbox({
      database,
      now: () => now,
      log,
      holder: "here",
      perform: async (row) => {
        const place = await reserve({ database, log }, { row, installationId: INSTALLATION, writes: 1, now });
        if (place.kind !== "reserved") return place;
        sent.push({ kind: row.effect.kind, at: now });
        return { kind: "done", outcome: { kind: "reaction" } };
      },
    });
    await database.transaction((tx) =>
      enqueue(
        tx,
        [
          ...Array.from({ length: 600 }, (_, index) => asked(labels(index), { key: `labels ${index}` })),
          ...Array.from({ length: 50 }, (_, index) => asked(reminder(index), { key: `reminder ${index}` })),
        ],
        now,
      ),
    );
    for (let minute = 0; minute < 150; minute += 1) {
      await outbox.runUntilIdle();
      now += MINUTE;
    }
    const within = (millis: number, of: readonly { at: number }[]) =>
      Math.max(...of.map(({ at }) => of.filter((other) => other.at > at - millis && other.at <= at).length));
    expect(sent).toHaveLength(650);
    expect(within(MINUTE, sent)).toBeLessThanOrEqual(75);
    expect(within(HOUR, sent)).toBeLessThanOrEqual(480);
    const reminders = sent.filter(({ kind }) => kind === "reminder");
    expect(within(HOUR, reminders)).toBe(45);
    expect(reminders[44]?.at).toBeLessThan(START + HOUR);
    expect(await pauses(database.db)).toEqual([]);
  });
});
