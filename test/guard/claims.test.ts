// What keeps processes out of each other's hands, each at its own statement: these tests fail when one of the guards is taken out of SQL.
// `scripts/mutations.ts` takes them out one by one.
import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Database, openDatabase } from "../../src/db/database.ts";
import { claimDeliveries, keepDeliveries } from "../../src/github/deliveries-store.ts";
import { claimDuePatches, makeDue, type SavedDecision, saveDecision } from "../../src/patches/store.ts";
import { DIALECTS, makeDatabase } from "../support/databases.ts";

const NOW = Date.parse("2026-03-02T09:00:00Z");
const HOUR = 3_600_000;

const PATCH = {
  repository_id: 1,
  owner_id: 7,
  title: "",
  body: "",
  author_login: "dev",
  author_is_bot: 0,
  state: "open",
  is_draft: 0,
  is_merged: 0,
  opened_at: 0,
  head_sha: "",
  base_ref: "main",
  requested_reviewers: "[]",
  requested_teams: "[]",
  label_names: "[]",
  seen_at: 0,
  due_at: NOW,
} as const;

const DECISION: SavedDecision = {
  standing: {
    turn: "maintainer",
    sinceAt: NOW,
    because: { code: "opened-ready", by: "dev", at: NOW },
    clockMillis: 0,
    heldMillis: { maintainer: 0, author: 0 },
    round: "1",
    step: { kind: "none", because: { code: "nobody-to-remind" } },
    waitsForUs: false,
    mode: "act",
    labelsHash: "hash",
  },
  isTracked: true,
  gravity: 1,
  wantedLabels: [],
  dueAt: null,
  escalation: null,
  now: NOW,
};

describe.each(DIALECTS)("on %s", (dialect) => {
  let database: Database;
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
    await database.db.deleteFrom("patches").execute();
    await database.db.deleteFrom("deliveries").execute();
  });

  const aPatch = (number: number) =>
    database.db
      .insertInto("patches")
      .values({ ...PATCH, id: `1#${number}`, number })
      .execute();
  const aDelivery = (id: string) =>
    keepDeliveries(database.db, [
      { id, event: "issues", receivedAt: NOW, installationId: null, body: new Uint8Array() },
    ]);

  test("a decision about a patch that changed meanwhile is not saved (fails when the guard is taken out of the save)", async () => {
    await aPatch(1);
    const [read] = await claimDuePatches(database, NOW, 1);
    if (read === undefined) throw new Error("the patch is not due");
    await database.transaction((tx) => makeDue(tx, ["1#1"], NOW));
    const save = () => database.transaction((tx) => saveDecision(tx, read, DECISION));
    expect(await save()).toBe(false);
    const [again] = await database.db.selectFrom("patches").select(["due_at", "decided_at"]).execute();
    expect(again).toEqual({ due_at: NOW, decided_at: null });
  });

  test("a decision is saved once, whoever decided it too (fails when the guard is taken out of the save)", async () => {
    await aPatch(1);
    const [read] = await claimDuePatches(database, NOW, 1);
    if (read === undefined) throw new Error("the patch is not due");
    const save = () => database.transaction((tx) => saveDecision(tx, read, DECISION));
    expect([await save(), await save()]).toEqual([true, false]);
  });

  test("a patch in one process's hand is in no other's until its time is over (fails when the lease is taken out)", async () => {
    await aPatch(1);
    const claimed = async (at: number) => (await claimDuePatches(database, at, 5)).map(({ id }) => id);
    expect([await claimed(NOW), await claimed(NOW + 1_000), await claimed(NOW + HOUR)]).toEqual([["1#1"], [], ["1#1"]]);
  });

  test("a delivery in one process's hand is in no other's until its time is over (fails when the lease is taken out)", async () => {
    await aDelivery("a");
    const claimed = (now: number) =>
      database.transaction(async (tx) =>
        (await claimDeliveries(tx, dialect, { now, claimedUntil: now + 60_000, limit: 5 })).map(({ id }) => id),
      );
    expect([await claimed(NOW), await claimed(NOW + 1_000), await claimed(NOW + 60_000)]).toEqual([["a"], [], ["a"]]);
  });

  // SQLite has one writer at a time: there nobody can be skipped.
  if (dialect === "postgres")
    test("who claims does not wait for who is claiming (fails when `skip locked` is taken out)", async () => {
      for (const id of ["a", "b"]) await aDelivery(id);
      await aPatch(1);
      await aPatch(2);
      const claim = { now: NOW, claimedUntil: NOW + 60_000, limit: 1 };
      const other = await database.transaction(async (one) => {
        const mine = await claimDeliveries(one, dialect, claim);
        const held = await one.selectFrom("patches").select("id").where("id", "=", "1#1").forUpdate().execute();
        const theirs = await database.transaction(async (tx) => {
          await sql`set local lock_timeout = 1000`.execute(tx);
          return claimDeliveries(tx, dialect, claim);
        });
        const patches = await Promise.race([claimDuePatches(database, NOW, 5), afterASecond()]);
        return { deliveries: [...mine, ...theirs].map(({ id }) => id), held: held.length, patches };
      });
      expect(other.deliveries.toSorted()).toEqual(["a", "b"]);
      expect(other.patches === "late" ? "late" : other.patches.map(({ id }) => id)).toEqual(["1#2"]);
    });
});

const afterASecond = (): Promise<"late"> => new Promise((resolve) => setTimeout(() => resolve("late"), 1_000));
