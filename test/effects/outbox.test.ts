// The outbox: lanes, claims, coalesced labels and stopping, on both databases.
import { pino } from "pino";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Database } from "../../src/db/database.ts";
import type { NewEffect } from "../../src/effects/effect.ts";
import { createOutbox } from "../../src/effects/outbox.ts";
import type { Outcome } from "../../src/effects/outcome.ts";
import type { EffectRow } from "../../src/effects/row.ts";
import { enqueue } from "../../src/effects/store.ts";
import { DIALECTS, INSTALLATION, openTestDatabase, seedInstallation, type TestDatabase } from "./databases.ts";
import { asked, HOUR, labels, MINUTE, reminder, reply, START } from "./effects.ts";

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

  test("an effect that is asked for twice is performed once", async () => {
    const outbox = recording();
    await ask(asked(reply(), { key: "a" }), asked(reply(), { key: "a" }));
    await outbox.runUntilIdle();
    await ask(asked(reply(), { key: "a" }));
    await outbox.runUntilIdle();
    expect(performed).toEqual(["a"]);
    expect(await stateOf("a")).toBe("done");
  });

  test("one lane is gone through one at a time, answers first, then as asked", async () => {
    let atOnce = 0;
    let most = 0;
    const outbox = recording(async () => {
      atOnce += 1;
      most = Math.max(most, atOnce);
      await Promise.resolve();
      atOnce -= 1;
      return DONE;
    });
    const lane = { lane: "p" };
    await ask(
      asked(reminder(), { key: "reminder", ...lane }),
      asked(labels(), { key: "labels", ...lane }),
      asked(reply(), { key: "reply 1", ...lane }),
      asked(reply(), { key: "reply 2", ...lane }),
    );
    await outbox.runUntilIdle();
    expect(performed).toEqual(["reply 1", "reply 2", "labels", "reminder"]);
    expect(most).toBe(1);
  });

  test("what waits for later does not hold up its lane", async () => {
    const outbox = recording();
    await ask(
      asked(reply(), { key: "tomorrow", lane: "p", runAfter: now + 24 * HOUR }),
      asked(reply(), { key: "now", lane: "p" }),
    );
    await outbox.runUntilIdle();
    expect(performed).toEqual(["now"]);
    now += 24 * HOUR;
    await outbox.runUntilIdle();
    expect(performed).toEqual(["now", "tomorrow"]);
  });

  test("the gravest reminders go first", async () => {
    const outbox = recording();
    await ask(
      asked(reminder(1), { key: "none", rank: 4 }),
      asked(reminder(2), { key: "S1", rank: 0 }),
      asked(reminder(3), { key: "S3", rank: 2 }),
    );
    await outbox.runUntilIdle();
    expect(performed).toEqual(["S1", "S3", "none"]);
  });

  test("at most four lanes of one installation are worked in at once, and others are not held up by them", async () => {
    await seedInstallation(database, { installation: 901, owner: 501, repository: 71 });
    let atOnce = 0;
    let most = 0;
    const outbox = outboxOn(database, async (row) => {
      performed.push(row.key);
      if (row.installationId === INSTALLATION) {
        atOnce += 1;
        most = Math.max(most, atOnce);
        await new Promise((resolve) => setImmediate(resolve));
        atOnce -= 1;
      }
      return DONE;
    });
    await ask(...Array.from({ length: 30 }, (_, index) => asked(reply(), { key: `many ${index}` })));
    await ask(asked(reply(), { key: "other", installationId: 901 }));
    await outbox.runUntilIdle();
    expect(performed).toHaveLength(31);
    expect(performed.indexOf("other")).toBeLessThan(8);
    expect(most).toBe(4);
  });

  test("two processes never work in one lane at once, and nothing is performed twice", async () => {
    // SQLite has one server a file; there, two outboxes of one process must not clash either.
    const other = dialect === "postgres" ? await opened.again() : database;
    const busy = new Set<string>();
    const clashes: string[] = [];
    const perform = async (row: EffectRow): Promise<Outcome> => {
      if (busy.has(row.lane)) clashes.push(row.lane);
      busy.add(row.lane);
      performed.push(row.key);
      await new Promise((resolve) => setImmediate(resolve));
      busy.delete(row.lane);
      return DONE;
    };
    const effects = Array.from({ length: 40 }, (_, index) =>
      asked(reply(), { key: `${index}`, lane: `p${index % 5}` }),
    );
    await ask(...effects);
    const outboxes = [outboxOn(database, perform, "one"), outboxOn(other, perform, "two")];
    await Promise.all(outboxes.map((outbox) => outbox.runUntilIdle()));
    expect(clashes).toEqual([]);
    expect([...performed].sort()).toEqual(effects.map((effect) => effect.key).sort());
  });

  test("labels that are asked for while they are being performed are performed once more", async () => {
    const outbox = recording(async () => {
      if (performed.length === 1) await ask(asked(labels(), { key: "labels", because: "changed meanwhile" }));
      return DONE;
    });
    await ask(asked(labels(), { key: "labels" }));
    await outbox.runUntilIdle();
    expect(performed).toEqual(["labels", "labels"]);
    expect(await stateOf("labels")).toBe("done");
  });

  test("labels that wait are one row, due at the earlier time", async () => {
    const outbox = recording();
    await ask(asked(labels(), { key: "labels", runAfter: now + HOUR }));
    await ask(asked(labels(), { key: "labels", runAfter: now }));
    await ask(asked(labels(), { key: "labels", runAfter: now + 2 * HOUR }));
    await outbox.runUntilIdle();
    expect(performed).toEqual(["labels"]);
  });

  test("what was withdrawn or observed can be asked for again, what failed cannot", async () => {
    const outcomes: Record<string, Outcome> = {
      withdrawn: { kind: "withdrawn", because: "it is night" },
      observed: { kind: "observed", because: "the policy says to observe" },
      failed: { kind: "failed", because: "locked" },
    };
    const outbox = recording((row) => (performed.length > 3 ? DONE : (outcomes[row.key] ?? DONE)));
    const all = Object.keys(outcomes).map((key) => asked(reply(), { key }));
    await ask(...all);
    await outbox.runUntilIdle();
    await ask(...all);
    await outbox.runUntilIdle();
    expect(await Promise.all(Object.keys(outcomes).map(stateOf))).toEqual(["done", "done", "failed"]);
  });

  test("a class that pacing holds back waits, and the others go on", async () => {
    const outbox = recording((row) =>
      row.effect.kind === "labels" && performed.length < 3
        ? { kind: "later", at: now + MINUTE, because: "near the limit", holds: "upkeep" }
        : DONE,
    );
    await ask(
      asked(labels(1), { key: "labels 1", lane: "p1" }),
      asked(reminder(1), { key: "reminder 1", lane: "p1" }),
      asked(reply(), { key: "reply 1", lane: "p1" }),
    );
    await outbox.runUntilIdle();
    expect(performed).toEqual(["reply 1", "labels 1", "reminder 1"]);
    now += MINUTE;
    await outbox.runUntilIdle();
    expect(performed).toEqual(["reply 1", "labels 1", "reminder 1", "labels 1"]);
  });

  test("stopping waits for what is in hand and takes nothing more", async () => {
    let release = (): void => undefined;
    let begun = (): void => undefined;
    const isBegun = new Promise<void>((resolve) => {
      begun = resolve;
    });
    const outbox = recording(async () => {
      begun();
      await new Promise<void>((resolve) => {
        release = resolve;
      });
      return DONE;
    });
    await ask(asked(reply(), { key: "a", lane: "p" }), asked(reply(), { key: "b", lane: "p" }));
    outbox.start();
    await isBegun;
    const stopped = outbox.stop();
    release();
    await stopped;
    expect(performed).toEqual(["a"]);
    expect(await stateOf("a")).toBe("done");
    expect(await stateOf("b")).toBe("due");
  });
});
