// How long one look for work takes when nothing is due, as the store fills with patches: it should not grow with them.
// `npx node bench/tick.ts`; `--smoke` stores 1,000 and 10,000 patches and judges nothing. PostgreSQL by TEST_DATABASE_URL.
import { sql } from "kysely";
import pino from "pino";
import { type Database, openDatabase } from "../src/db/database.ts";
import { claimDue, installationsWithDue } from "../src/effects/claims-store.ts";
import { claimBackfill } from "../src/github/backfill-store.ts";
import { claimDeliveries } from "../src/github/deliveries-store.ts";
import { claimDuePatches, nextPatchDueAt } from "../src/patches/store.ts";
import { createSweeper } from "../src/sweeper.ts";
import { makeDatabase } from "../test/support/databases.ts";
import { machine, median, writeResult } from "./result.ts";

const IS_SMOKE = process.argv.includes("--smoke");
const SIZES = IS_SMOKE ? [1_000, 10_000] : [10_000, 100_000, 1_000_000];
const ROUNDS = IS_SMOKE ? 5 : 25;
const NOW = Date.parse("2026-06-10T03:00:00Z");
const DAY = 86_400_000;
const INSTALLATION = 7;
/** Flat: the largest store's look takes at most so much longer, or stays below what a clock on a busy machine tells. */
const TARGET = { times: 2, orMillis: 5 };

const asked = () => Promise.reject(new Error("where nothing is due GitHub is asked nothing"));
const NOBODY = {
  people: {
    mayWrite: asked,
    membersOf: asked,
    publicOrganizations: asked,
    isMember: asked,
    isMemberNow: asked,
    roleIn: asked,
    ownersOf: asked,
  },
  channels: { hasMail: true, hasSlack: true, hasWebhook: true, hasPagerDuty: true },
  addresses: { publicUrl: null, webUrl: "https://github.com" },
};

const rows: { database: string; patches: number; part: string; medianMillis: number }[] = [];
for (const dialect of ["sqlite", "postgres"] as const) await measure(dialect);
report();

async function measure(dialect: "sqlite" | "postgres"): Promise<void> {
  const made = await makeDatabase(dialect);
  const database = await openDatabase(made.url);
  try {
    let stored = 0;
    for (const size of SIZES) {
      await fill(database, stored, size);
      stored = size;
      console.log(`${dialect}: ${size} patches stored`);
      for (const [part, work] of Object.entries(partsOf(database))) {
        await work();
        const millis: number[] = [];
        for (let round = 0; round < ROUNDS; round += 1) {
          const startedAt = performance.now();
          await work();
          millis.push(performance.now() - startedAt);
        }
        rows.push({ database: dialect, patches: size, part, medianMillis: Number(median(millis).toFixed(2)) });
      }
    }
  } finally {
    await database.close();
    await made.remove();
  }
}

function partsOf(database: Database): Readonly<Record<string, () => Promise<unknown>>> {
  const log = pino({ level: "silent" });
  // A sweeper of its own each time: the first sweep of one also drops what is old.
  const sweep = () => createSweeper({ ...NOBODY, database, log, now: () => NOW }).runOnce();
  const claim = { now: NOW, claimedUntil: NOW + 60_000, limit: 50 };
  const effects = { installationId: INSTALLATION, now: NOW, limit: 10, holder: "bench", until: NOW + 60_000 };
  return {
    "deciders: claim, next": async () => {
      await claimDuePatches(database, NOW, 50);
      await nextPatchDueAt(database.db, NOW);
    },
    "outbox: look": () => installationsWithDue(database.db, NOW),
    "outbox: claim": () => claimDue(database, { ...effects, busyLanes: [], heldKinds: [] }),
    "inbox: claim": () => database.transaction((tx) => claimDeliveries(tx, database.dialect, claim)),
    "backfill: claim": () => claimBackfill(database, NOW),
    sweeper: sweep,
  };
}

/** Patches that are due tomorrow or later, each with a delivery and an effect that are done; every tenth has a new proposal. */
async function fill(database: Database, from: number, to: number): Promise<void> {
  const { db } = database;
  const step = 700;
  for (let start = from; start < to; start += step * 20) {
    await database.transaction(async (tx) => {
      for (let at = start; at < Math.min(to, start + step * 20); at += step) {
        const numbers = Array.from({ length: Math.min(step, to - at) }, (_, index) => at + index);
        await tx.insertInto("patches").values(numbers.map(patch)).execute();
        const proposed = numbers.filter((number) => number % 10 === 0);
        if (proposed.length > 0) await tx.insertInto("links").values(proposed.map(link)).execute();
        await tx.insertInto("deliveries").values(numbers.map(delivery)).execute();
        await tx.insertInto("effects").values(numbers.map(effect)).execute();
      }
    });
  }
  await sql`analyze`.execute(db);
}

function patch(number: number) {
  return {
    id: `${number % 100}#${number}`,
    repository_id: number % 100,
    number,
    owner_id: 1,
    title: `Patch ${number}`,
    body: "",
    author_login: "sb-dev1",
    author_is_bot: 0 as const,
    state: "open" as const,
    is_draft: 0 as const,
    is_merged: 0 as const,
    opened_at: NOW - DAY,
    head_sha: "",
    base_ref: "main",
    requested_reviewers: "[]",
    requested_teams: "[]",
    label_names: "[]",
    seen_at: NOW - DAY,
    due_at: NOW + DAY + number,
  };
}

function link(number: number) {
  const made = { made_by: "pattern", made_where: "body", made_at: NOW - DAY };
  return { case_id: number, patch_id: patch(number).id, owner_id: 1, state: "proposed" as const, ...made };
}

function delivery(number: number) {
  const times = { received_at: NOW - DAY, run_after: NOW - DAY, finished_at: NOW - DAY };
  return { id: `delivery-${number}`, event: "pull_request", state: "done" as const, ...times };
}

function effect(number: number) {
  const lane = patch(number).id;
  const times = { run_after: NOW - DAY, created_at: NOW - DAY, finished_at: NOW - DAY };
  const what = { key: `labels:${lane}`, lane, kind: "labels", body: "{}", because: "bench", state: "done" as const };
  return { ...what, installation_id: INSTALLATION, ...times };
}

function report(): void {
  console.table(rows);
  const tooSlow = rows.filter((row) => {
    const least = rows.find((other) => other.database === row.database && other.part === row.part)?.medianMillis ?? 0;
    return row.medianMillis > Math.max(least * TARGET.times, TARGET.orMillis);
  });
  const isReached = tooSlow.length === 0;
  console.log(
    `${machine()}; ${IS_SMOKE ? "smoke run: not judged" : `target ${isReached ? "reached" : "NOT reached"}`}`,
  );
  writeResult("tick", { machine: machine(), isSmoke: IS_SMOKE, target: TARGET, isReached, rows });
  if (!IS_SMOKE && !isReached) process.exitCode = 1;
}
