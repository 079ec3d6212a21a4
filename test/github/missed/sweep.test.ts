// How GitHub's list is read: a long one over several turns, no further than the app's hour allows, and with a word where it does not reach back.
import pino from "pino";
import { expect, onTestFinished, test } from "vitest";
import { type Database, openDatabase } from "../../../src/db/database.ts";
import { keepProgress, readProgress } from "../../../src/github/missed/progress.ts";
import { keepMissed } from "../../../src/github/missed/store.ts";
import { missedDeliveries } from "../../../src/github/missed/sweep.ts";
import { makeDatabase } from "../../support/databases.ts";

const NOW = Date.parse("2026-03-02T09:00:00Z");
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** A list of so many pages, each with one delivery that arrived; `asked` are the cursors that were sent. */
async function setStage({ pages, remaining = 4000 }: { readonly pages: number; readonly remaining?: number }) {
  const made = await makeDatabase("sqlite");
  const database = await openDatabase(made.url);
  onTestFinished(async () => {
    await database.close();
    await made.remove();
  });
  const stage = {
    database,
    asked: [] as (string | null)[],
    gaps: [] as (number | null)[],
    askedFor: [] as number[],
    refused: new Set<number>(),
  };
  const request = async (
    route: string,
    { cursor, delivery_id }: { readonly cursor?: string; delivery_id?: number },
  ) => {
    if (route.startsWith("POST")) {
      stage.askedFor.push(delivery_id ?? 0);
      const refused = stage.refused.has(delivery_id ?? 0);
      if (refused) throw Object.assign(new Error("Bad gateway"), { status: 502, response: { headers: {}, data: "" } });
      return {};
    }
    stage.asked.push(cursor ?? null);
    const page = Number(cursor ?? "0");
    const next = page + 1 < pages ? { link: `<https://github.test/list?cursor=${page + 1}>; rel="next"` } : {};
    const delivered_at = new Date(NOW - page * 1000).toISOString();
    return {
      data: [{ id: 1000 - page, guid: `g${page}`, event: "push", delivered_at, status: "OK", installation_id: 7 }],
      headers: {
        ...next,
        date: new Date(NOW).toUTCString(),
        "x-ratelimit-remaining": String(remaining),
        "x-ratelimit-reset": String((NOW + 30 * MINUTE) / 1000),
      },
    };
  };
  const schedule = missedDeliveries({
    database,
    github: { app: async () => ({ request }) as never },
    log: pino({ level: "silent" }),
    now: () => NOW,
    metrics: { missedDeliveries: () => undefined },
    of: "1@github.test",
    onGap: async (installationId) => {
      stage.gaps.push(installationId);
    },
  });
  return Object.assign(stage, { run: () => schedule.run(NOW, { isStopped: () => false }) });
}

test("a long list is read on in the next turn, a minute later, from where the last one stopped", async () => {
  const stage = await setStage({ pages: 35 });
  expect(await stage.run()).toEqual({ done: 0, nextAt: NOW + MINUTE });
  expect(stage.asked).toHaveLength(30);
  expect(await stage.run()).toEqual({ done: 0, nextAt: NOW + 5 * MINUTE });
  expect(stage.asked.slice(30)).toEqual(["30", "31", "32", "33", "34"]);
  expect(await readProgress(stage.database, "1@github.test")).toEqual({ doneAt: NOW - 2 * MINUTE, reading: null });
  expect(stage.gaps).toEqual([]);
});

test("what was read before is not read again", async () => {
  const stage = await setStage({ pages: 500 });
  await keepProgress(stage.database, "1@github.test", { doneAt: NOW - 2500, reading: null });
  await stage.run();
  expect(stage.asked).toEqual([null, "1", "2", "3"]);
});

test("with little left of the app's hour it is read on in the next", async () => {
  const stage = await setStage({ pages: 35, remaining: 499 });
  expect(await stage.run()).toEqual({ done: 0, nextAt: NOW + 30 * MINUTE });
  expect(stage.asked).toHaveLength(1);
});

test("a list that ends before what was read the last time has a gap; one of a quiet app has none", async () => {
  const stage = await setStage({ pages: 1 });
  await keepProgress(stage.database, "1@github.test", { doneAt: NOW - 2 * DAY, reading: null });
  await stage.run();
  expect(stage.gaps).toEqual([]);
  await keepProgress(stage.database, "1@github.test", { doneAt: NOW - 4 * DAY, reading: null });
  await stage.run();
  expect(stage.gaps).toEqual([null]);
});

/** Deliveries with these ids were missed, the first the oldest. */
const miss = async ({ database }: { readonly database: Database }, ids: readonly number[]) => {
  const missed = ids.map((deliveryId, n) => ({
    guid: `m${deliveryId}`,
    deliveryId,
    event: "push",
    installationId: null,
    deliveredAt: NOW - 60 * MINUTE + n,
    tryAt: NOW,
  }));
  await keepMissed(database.db, missed);
};
const tried = async ({ database }: { readonly database: Database }) =>
  database.db.selectFrom("missed_deliveries").select(["tries", "try_at"]).orderBy("delivered_at").execute();

test("one that GitHub cannot deliver again keeps no other waiting, and comes again in its turn", async () => {
  const stage = await setStage({ pages: 1 });
  await miss(stage, [1, 2, 3, 4, 5]);
  for (const id of [1, 2, 4]) stage.refused.add(id);
  await stage.run();
  expect(stage.askedFor).toEqual([1, 2, 3, 4, 5]);
  expect(await tried(stage)).toEqual(Array.from({ length: 5 }, () => ({ tries: 1, try_at: NOW + 5 * MINUTE })));
});

test("three that fail on end are GitHub's fault and not theirs: it is asked later, and the next time for others first", async () => {
  const stage = await setStage({ pages: 1 });
  await miss(stage, [1, 2, 3, 4]);
  for (const id of [1, 2, 3]) stage.refused.add(id);
  expect(await stage.run()).toMatchObject({ nextAt: NOW + MINUTE });
  expect(stage.askedFor).toEqual([1, 2, 3]);
  expect(await tried(stage)).toEqual([
    ...Array.from({ length: 3 }, () => ({ tries: 0, try_at: NOW + 5 * MINUTE })),
    { tries: 0, try_at: NOW },
  ]);
  await stage.run();
  expect(stage.askedFor).toEqual([1, 2, 3, 4]);
});
