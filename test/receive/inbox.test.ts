// Working on what was kept, on both databases: bounded, again after a failure, by somebody else after a death, never twice at once.
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { type Database, openDatabase } from "../../src/db/database.ts";
import {
  claimDeliveries,
  dropOldPayloads,
  forgetOldDeliveries,
  keepDeliveries,
  listDeliveries,
  retryDelivery,
  retryFailedDeliveries,
} from "../../src/github/deliveries-store.ts";
import { waitMillisAfter } from "../../src/github/delivery-fate.ts";
import { createInbox, type Delivery, type InboxLimits, type Received } from "../../src/github/inbox.ts";
import { packBody } from "../../src/github/receive-body.ts";
import { createMetrics } from "../../src/metrics.ts";
import { DIALECTS, makeDatabase } from "../support/databases.ts";
import { log, NOW } from "./support.ts";

const SECOND = 1000;

test.each([
  [1, 10],
  [2, 20],
  [3, 40],
  [4, 80],
  [5, 160],
  [6, 320],
  [7, 640],
  [9, 2560],
  [10, 3600],
  [1000, 3600],
])("after attempt %i the next comes %i seconds later", (attempts, seconds) => {
  expect(waitMillisAfter(attempts)).toBe(seconds * SECOND);
});

describe.each(DIALECTS)("on %s", (dialect) => {
  let database: Database;
  let now = NOW;
  let cleanUp: () => Promise<void>;

  beforeAll(async () => {
    const { url, remove } = await makeDatabase(dialect);
    database = await openDatabase(url);
    cleanUp = async () => {
      await database.close();
      await remove();
    };
  });
  afterAll(() => cleanUp());
  beforeEach(async () => {
    now = NOW;
    await database.db.deleteFrom("deliveries").execute();
  });

  function inboxWith(receive: (delivery: Delivery) => Promise<Received>, limits: Partial<InboxLimits> = {}) {
    return createInbox({ database, receive, now: () => now, log, metrics: createMetrics(), limits });
  }

  const done = async (): Promise<Received> => ({ kind: "done" });

  async function keep(ids: readonly string[], body = '{"action":"opened"}'): Promise<void> {
    const rows = ids.map((id) => ({
      id,
      event: "issues",
      receivedAt: now,
      installationId: null,
      body: packBody(new Uint8Array(new TextEncoder().encode(body))),
    }));
    await keepDeliveries(database.db, rows);
  }

  const many = (count: number) => Array.from({ length: count }, (_, index) => `d-${String(index).padStart(3, "0")}`);

  const rowOf = (id: string) =>
    database.db.selectFrom("deliveries").selectAll().where("id", "=", id).executeTakeFirstOrThrow();

  test("each delivery is handed over once, decoded, and then done", async () => {
    await keep(["d-1", "d-2"]);
    const received: Delivery[] = [];
    const inbox = inboxWith(async (delivery) => {
      received.push(delivery);
      return { kind: "done" };
    });

    expect(await inbox.runUntilIdle()).toBe(2);
    expect(await inbox.runUntilIdle()).toBe(0);

    expect(received.toSorted((a, b) => (a.id < b.id ? -1 : 1))).toEqual([
      { id: "d-1", name: "issues", payload: { action: "opened" } },
      { id: "d-2", name: "issues", payload: { action: "opened" } },
    ]);
    expect(await rowOf("d-1")).toMatchObject({ state: "done", attempts: 1, finished_at: NOW, claimed_until: null });
  });

  test("what is not ours is ignored, with its reason", async () => {
    await keep(["d-1"]);

    await inboxWith(async () => ({ kind: "ignored", because: "nobody asked for this event" })).runUntilIdle();

    expect(await rowOf("d-1")).toMatchObject({ state: "ignored", because: "nobody asked for this event" });
  });

  test.each([
    ["text", "not JSON", "the payload is not JSON"],
    ["nothing", "", "the payload is not JSON"],
    ["half of it", '{"action":', "the payload is not JSON"],
    ["a list", "[1]", "the payload is not a JSON object"],
    ["null", "null", "the payload is not a JSON object"],
  ])("a signed payload that is garbage (%s) is kept and lies in sight at once", async (_name, body, error) => {
    await keep(["d-1"], body);
    const receive = vi.fn(done);

    await inboxWith(receive).runUntilIdle();

    expect(receive).not.toHaveBeenCalled();
    expect(await listDeliveries(database.db, { state: "failed", limit: 10 })).toEqual([
      { id: "d-1", event: "issues", state: "failed", receivedAt: NOW, attempts: 1, because: null, error },
    ]);
    expect((await rowOf("d-1")).body).not.toBeNull();
  });

  test("a failure is tried again later and later, and after eight attempts lies in sight", async () => {
    await keep(["d-1"]);
    const triedAt: number[] = [];
    const inbox = inboxWith(async () => {
      triedAt.push((now - NOW) / SECOND);
      throw new Error("the store is away", { cause: new Error("connection refused") });
    });

    for (let step = 0; step < 200; step += 1) {
      await inbox.runUntilIdle();
      now += 10 * SECOND;
    }

    expect(triedAt).toEqual([0, 10, 30, 70, 150, 310, 630, 1270]);
    expect(await rowOf("d-1")).toMatchObject({
      state: "failed",
      attempts: 8,
      error: "the store is away: connection refused",
      finished_at: NOW + 1270 * SECOND,
    });
  });

  test("what failed once and then worked is done and forgets its error", async () => {
    await keep(["d-1"]);
    let isAway = true;
    const inbox = inboxWith(async () => {
      if (isAway) throw new AggregateError([new Error("GitHub is away")]);
      return { kind: "done" };
    });

    await inbox.runUntilIdle();
    expect(await rowOf("d-1")).toMatchObject({ state: "pending", error: "GitHub is away", run_after: NOW + 10_000 });
    isAway = false;
    now += 10 * SECOND;
    await inbox.runUntilIdle();

    expect(await rowOf("d-1")).toMatchObject({ state: "done", attempts: 2, error: null });
  });

  test("what a process that died had in hand comes back when its time is over, not before", async () => {
    await keep(["d-1"]);
    const lost = await database.transaction((tx) =>
      claimDeliveries(tx, dialect, { now, claimedUntil: now + 60 * SECOND, limit: 8 }),
    );
    const inbox = inboxWith(done);

    now += 60 * SECOND - 1;
    expect(await inbox.runUntilIdle()).toBe(0);
    now += 1;
    expect(await inbox.runUntilIdle()).toBe(1);

    expect(lost.map(({ id }) => id)).toEqual(["d-1"]);
    expect(await rowOf("d-1")).toMatchObject({ state: "done", attempts: 2 });
  });

  test("one that kills the process again and again is not tried for ever", async () => {
    await keep(["d-1"]);
    for (let death = 0; death < 16; death += 1) {
      await database.transaction((tx) => claimDeliveries(tx, dialect, { now, claimedUntil: now, limit: 8 }));
    }
    const receive = vi.fn(done);

    await inboxWith(receive).runUntilIdle();

    expect(receive).not.toHaveBeenCalled();
    expect(await rowOf("d-1")).toMatchObject({
      state: "failed",
      error: "the process ended 16 times while it worked on this",
    });
  });

  test("while GitHub is away or asks to wait, a delivery is tried for about a day, and not before GitHub said", async () => {
    await keep(["d-1"]);
    const resetAt = now + 50 * 60_000;
    const headers = { "x-ratelimit-remaining": "0", "x-ratelimit-reset": String(Math.ceil(resetAt / 1000)) };
    const limited = Object.assign(new Error("API rate limit exceeded"), {
      status: 403,
      request: { url: "https://api.github.com/", method: "GET", headers: {} },
      response: { status: 403, url: "https://api.github.com/", headers, data: { message: "API rate limit exceeded" } },
    });
    const inbox = inboxWith(async () => {
      throw new AggregateError([limited], "the handlers failed");
    });

    for (let tries = 1; tries <= 12; tries += 1) {
      await inbox.runUntilIdle();
      const row = await rowOf("d-1");
      expect(row).toMatchObject({ state: "pending", attempts: tries });
      if (tries === 1) expect(row.run_after).toBeGreaterThanOrEqual(resetAt);
      now = row.run_after;
    }
  });

  test("no more than eight are worked on at once, however many wait", async () => {
    await keep(many(100));
    let atOnce = 0;
    let most = 0;
    const inbox = inboxWith(async () => {
      atOnce += 1;
      most = Math.max(most, atOnce);
      await new Promise((turn) => setImmediate(turn));
      atOnce -= 1;
      return { kind: "done" };
    });

    expect(await inbox.runUntilIdle()).toBe(100);

    expect(most).toBe(8);
  });

  test("several workers share the work and none of it is done twice", async () => {
    await keep(many(200));
    const seen: string[] = [];
    const receive = async ({ id }: Delivery): Promise<Received> => {
      seen.push(id);
      await new Promise((turn) => setImmediate(turn));
      return { kind: "done" };
    };

    await Promise.all([inboxWith(receive).runUntilIdle(), inboxWith(receive).runUntilIdle()]);

    expect(seen.toSorted()).toEqual(many(200));
  });

  test("a running inbox takes up what comes, and stopping finishes what is in hand and gives the rest back", async () => {
    const started: string[] = [];
    const gate = Promise.withResolvers<void>();
    const inbox = inboxWith(async ({ id }) => {
      started.push(id);
      await gate.promise;
      return { kind: "done" };
    });
    inbox.start();
    await keep(many(30));
    inbox.wake();
    await vi.waitFor(() => expect(started).toHaveLength(8));

    const stopped = inbox.stop();
    gate.resolve();
    await stopped;

    const states = await database.db
      .selectFrom("deliveries")
      .select((column) => ["state", "attempts", "claimed_until", column.fn.countAll<number>().as("count")])
      .groupBy(["state", "attempts", "claimed_until"])
      .orderBy("state")
      .execute();
    expect(states).toEqual([
      { state: "done", attempts: 1, claimed_until: null, count: 8 },
      { state: "pending", attempts: 0, claimed_until: null, count: 22 },
    ]);
    expect(started).toHaveLength(8);
  });

  test("an error that is kept holds no token and has an end", async () => {
    await keep(["d-1"]);
    const token = `ghs_${"a".repeat(36)}`;

    await inboxWith(async () => {
      throw new Error(`refused ${token} ${"x".repeat(5000)}`);
    }).runUntilIdle();

    expect((await rowOf("d-1")).error).toBe(`refused [secret] ${"x".repeat(1982)}…`);
  });

  test("a payload is dropped after its time and its GUID later still, and later where it failed", async () => {
    await keep(["done"]);
    await inboxWith(done).runUntilIdle();
    await keep(["failed"], "garbage");
    await inboxWith(done).runUntilIdle();
    await keep(["waiting"]);
    const bodies = async () =>
      (await database.db.selectFrom("deliveries").selectAll().orderBy("id").execute())
        .filter(({ body }) => body !== null)
        .map(({ id }) => id);
    const left = async () => (await listDeliveries(database.db, { state: null, limit: 10 })).map(({ id }) => id);
    const retry = (id: string) => database.transaction((tx) => retryDelivery(tx, id, now));

    await database.transaction((tx) => dropOldPayloads(tx, { settled: NOW + 1, failed: NOW }));
    expect(await bodies()).toEqual(["failed", "waiting"]);
    await database.transaction((tx) => dropOldPayloads(tx, { settled: NOW + 1, failed: NOW + 1 }));
    expect(await bodies()).toEqual(["waiting"]);
    expect(await retry("failed")).toBe("payload dropped");
    expect(await database.transaction((tx) => retryFailedDeliveries(tx, now))).toBe(0);

    await database.transaction((tx) => forgetOldDeliveries(tx, { settled: NOW + 1, failed: NOW }));
    expect(await left()).toEqual(["failed", "waiting"]);
    await database.transaction((tx) => forgetOldDeliveries(tx, { settled: NOW + 1, failed: NOW + 1 }));
    expect(await left()).toEqual(["waiting"]);
    expect(await retry("failed")).toBe("unknown");
  });
});
