// What makes the outbox wait: faults, refused installations, pauses and claims of the dead, on both databases.
import { pino } from "pino";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Database } from "../../src/db/database.ts";
import { claimDue } from "../../src/effects/claims-store.ts";
import type { NewEffect } from "../../src/effects/effect.ts";
import { createOutbox } from "../../src/effects/outbox.ts";
import type { Outcome } from "../../src/effects/outcome.ts";
import { parkInstallation, pauseWriting, resumeWriting, unparkInstallation } from "../../src/effects/pauses-store.ts";
import type { EffectRow } from "../../src/effects/row.ts";
import { enqueue, failedEffects, retryFailed } from "../../src/effects/store.ts";
import { DIALECTS, INSTALLATION, OWNER, openTestDatabase, seedInstallation, type TestDatabase } from "./databases.ts";
import { asked, MINUTE, reaction, reply, START } from "./effects.ts";

const DONE: Outcome = { kind: "done", outcome: { kind: "reaction" } };
const log = pino({ level: "silent" });

describe.each(DIALECTS)("on %s", (dialect) => {
  let opened: TestDatabase;
  let database: Database;
  let now: number;
  let performed: string[];

  beforeEach(async () => {
    opened = await openTestDatabase(dialect);
    database = opened.database;
    now = START;
    performed = [];
    await seedInstallation(database);
  });
  afterEach(() => opened.close());

  const ask = (...effects: readonly NewEffect[]) => database.transaction((tx) => enqueue(tx, effects, now));
  const outboxOn = (on: Database, perform: (row: EffectRow) => Promise<Outcome>, holder = "here") =>
    createOutbox({ database: on, perform, now: () => now, log, holder });
  const recording = (outcome: (row: EffectRow) => Outcome | Promise<Outcome> = () => DONE) =>
    outboxOn(database, async (row) => {
      performed.push(row.key);
      return outcome(row);
    });
  const stateOf = async (key: string) =>
    (await database.db.selectFrom("effects").select("state").where("key", "=", key).executeTakeFirst())?.state;

  test("a fault that passes is tried again, later each time, and after ten attempts lies in sight until retried", async () => {
    const outbox = recording(() => ({ kind: "again", because: "GitHub answered 502" }));
    await ask(asked(reaction(), { key: "r" }));
    const waits: number[] = [];
    for (let tries = 1; tries <= 10; tries += 1) {
      await outbox.runUntilIdle();
      expect(performed).toHaveLength(tries);
      const row = await database.db.selectFrom("effects").selectAll().executeTakeFirstOrThrow();
      if (row.state === "due") waits.push((row.run_after - now) / 1000);
      now = row.run_after;
    }
    expect(waits).toEqual([5, 10, 20, 40, 80, 160, 320, 640, 1280]);
    const failed = await failedEffects(database.db, 10);
    expect(failed.map(({ key, outcome }) => ({ key, outcome }))).toEqual([
      {
        key: "r",
        outcome: JSON.stringify({
          kind: "failed",
          because: "10 attempts failed, the last with: GitHub answered 502",
        }),
      },
    ]);
    expect(await database.transaction((tx) => retryFailed(tx, "all", now))).toBe(1);
    await outbox.runUntilIdle();
    expect(performed).toHaveLength(11);
  });

  test("a fault of ours counts as an attempt too", async () => {
    const outbox = recording(() => {
      throw new TypeError("oops");
    });
    await ask(asked(reaction(), { key: "r" }));
    await outbox.runUntilIdle();
    const row = await database.db.selectFrom("effects").selectAll().executeTakeFirstOrThrow();
    expect(row).toMatchObject({ state: "due", attempts: 1, run_after: now + 5000, claimed_until: null });
  });

  test("a row that cannot be read fails in sight and holds up nobody", async () => {
    const outbox = recording();
    await ask(asked(reply(), { key: "broken", lane: "p" }), asked(reply(), { key: "good", lane: "p" }));
    await database.db
      .updateTable("effects")
      .set({ body: '{"kind":"new thing"}' })
      .where("key", "=", "broken")
      .execute();
    await outbox.runUntilIdle();
    expect(performed).toEqual(["good"]);
    expect(await stateOf("broken")).toBe("failed");
  });

  test("an installation that is refused waits whole, from a minute up to an hour, and delays no other", async () => {
    await seedInstallation(database, { installation: 901, owner: 501, repository: 71 });
    const outbox = recording((row) =>
      row.installationId === INSTALLATION ? { kind: "parked", untilAt: null, because: "suspended" } : DONE,
    );
    await ask(
      asked(reply(), { key: "refused 1", lane: "p1" }),
      asked(reply(), { key: "refused 2", lane: "p1" }),
      asked(reply(), { key: "fine", installationId: 901 }),
    );
    const waits: number[] = [];
    for (let tries = 0; tries < 8; tries += 1) {
      await outbox.runUntilIdle();
      const row = await installation();
      waits.push(((row.parked_until ?? 0) - now) / MINUTE);
      now = row.parked_until ?? now;
    }
    expect(waits).toEqual([1, 2, 4, 8, 16, 32, 60, 60]);
    expect(performed.filter((key) => key === "fine")).toHaveLength(1);
    expect(performed).not.toContain("refused 2");

    await database.transaction((tx) => unparkInstallation(tx, INSTALLATION));
    expect(await installation()).toMatchObject({ parked_until: null, refusals: 0 });
  });

  test("a success counts refusals anew but does not cut short a wait that GitHub asked for", async () => {
    const park = (untilAt: number | null) =>
      database.transaction((tx) =>
        parkInstallation(tx, { dialect, installationId: INSTALLATION, untilAt, because: "limit", now }),
      );
    await park(now + 10 * MINUTE);
    await park(null);
    expect(await installation()).toMatchObject({ parked_until: now + 10 * MINUTE, refusals: 1 });
    now += 10 * MINUTE;
    const outbox = recording();
    await ask(asked(reply(), { key: "a" }));
    await outbox.runUntilIdle();
    expect(await installation()).toMatchObject({ refusals: 0 });
  });

  test("a pause of all or of the owner stops everything, and resuming lets it go on", async () => {
    const outbox = recording();
    await ask(asked(reply(), { key: "a" }));
    for (const scope of ["all", `owner:${OWNER}`] as const) {
      await database.transaction((tx) => pauseWriting(tx, { scope, because: "by hand", since: now }));
      await outbox.runUntilIdle();
      expect(performed).toEqual([]);
      expect(await database.transaction((tx) => resumeWriting(tx, scope))).toBe(true);
      expect(await database.transaction((tx) => resumeWriting(tx, scope))).toBe(false);
    }
    await outbox.runUntilIdle();
    expect(performed).toEqual(["a"]);
  });

  test("suspended and deleted installations write nothing", async () => {
    const outbox = recording();
    await ask(asked(reply(), { key: "a" }));
    for (const state of ["suspended", "deleted"] as const) {
      await database.db.updateTable("installations").set({ state }).execute();
      await outbox.runUntilIdle();
    }
    expect(performed).toEqual([]);
  });

  test("what a process that died had in hand is taken over when its lease ends", async () => {
    await ask(asked(reply(), { key: "a" }));
    await claimDue(database, {
      installationId: INSTALLATION,
      now,
      limit: 4,
      holder: "dead",
      until: now + MINUTE,
      busyLanes: [],
      heldKinds: [],
    });
    const outbox = recording();
    await outbox.runUntilIdle();
    expect(performed).toEqual([]);
    now += MINUTE;
    await outbox.runUntilIdle();
    expect(performed).toEqual(["a"]);
  });

  const installation = () =>
    database.db.selectFrom("installations").selectAll().where("id", "=", INSTALLATION).executeTakeFirstOrThrow();
});
