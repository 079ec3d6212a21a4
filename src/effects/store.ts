// The outbox in SQL, what is asked for: rows in, and what failed for good. Apart, because a write is only asked for through here.
import { sql } from "kysely";
import type { Db, Tx } from "../db/database.ts";
import type { Effect, NewEffect } from "./effect.ts";
import { priorityOf } from "./row.ts";

const ROWS_A_STATEMENT = 500;
/** What is computed when it is performed: a row for each thing, however often it is asked for. */
const COALESCED: readonly Effect["kind"][] = ["labels", "case-comment"];

/**
 * Adds effects. One that is there already stays as it is, but what is coalesced is asked for again (also while it is being performed:
 * its revision tells), and what was withdrawn or only observed becomes due anew with the new body. Hint "effects" after commit.
 */
export async function enqueue(tx: Tx, effects: readonly NewEffect[], now: number): Promise<void> {
  const last = new Map(effects.map((effect) => [effect.key, effect]));
  const rows = [...last.values()].map((effect) => toRow(effect, now));
  for (let start = 0; start < rows.length; start += ROWS_A_STATEMENT) {
    await tx
      .insertInto("effects")
      .values(rows.slice(start, start + ROWS_A_STATEMENT))
      .onConflict((conflict) =>
        conflict
          .column("key")
          .doUpdateSet((eb) => ({
            installation_id: eb.ref("excluded.installation_id"),
            lane: eb.ref("excluded.lane"),
            body: eb.ref("excluded.body"),
            because: eb.ref("excluded.because"),
            priority: eb.ref("excluded.priority"),
            state: "due",
            run_after: sql<number>`case when effects.state = 'due' and effects.run_after < excluded.run_after
              then effects.run_after else excluded.run_after end`,
            attempts: 0,
            outcome: null,
            finished_at: null,
            revision: eb("effects.revision", "+", 1),
          }))
          .where((eb) =>
            eb.or([eb("effects.kind", "in", COALESCED), eb("effects.state", "in", ["withdrawn", "observed"])]),
          ),
      )
      .execute();
  }
}

function toRow(asked: NewEffect, now: number) {
  return {
    key: asked.key,
    installation_id: asked.installationId,
    lane: asked.lane,
    kind: asked.effect.kind,
    body: JSON.stringify(asked.effect),
    because: asked.because,
    state: "due" as const,
    priority: priorityOf(asked.effect.kind, asked.rank ?? 0),
    run_after: asked.runAfter,
    created_at: now,
  };
}

/** What failed for good, the newest first. */
export async function failedEffects(
  db: Db,
  limit: number,
): Promise<readonly { id: number; key: string; kind: string; outcome: string | null; finishedAt: number }[]> {
  const rows = await db
    .selectFrom("effects")
    .select(["id", "key", "kind", "outcome", "finished_at"])
    .where("state", "=", sql.lit("failed" as const))
    .orderBy("finished_at", "desc")
    .limit(limit)
    .execute();
  return rows.map((row) => ({ ...row, finishedAt: row.finished_at ?? 0 }));
}

/** Makes what failed due again: those ids, or everything that failed. Hint "effects" after commit. */
export async function retryFailed(tx: Tx, ids: readonly number[] | "all", now: number): Promise<number> {
  if (ids !== "all" && ids.length === 0) return 0;
  const retried = await tx
    .updateTable("effects")
    .set({ state: "due", run_after: now, attempts: 0, finished_at: null })
    .where("state", "=", "failed")
    .$if(ids !== "all", (query) => query.where("id", "in", ids === "all" ? [] : ids))
    .executeTakeFirst();
  return Number(retried.numUpdatedRows);
}

/** The app was taken off: what was to be written there is not any more. Reminders among it were never sent. */
export async function withdrawEffectsOf(tx: Tx, installationId: number, now: number): Promise<void> {
  const withdrawn = await tx
    .updateTable("effects")
    .set({
      state: "withdrawn",
      outcome: JSON.stringify({ kind: "withdrawn", because: "the app was uninstalled" }),
      finished_at: now,
    })
    .where("installation_id", "=", installationId)
    .where("state", "=", sql.lit("due" as const))
    .returning(["key", "lane", "kind"])
    .execute();
  const lanes = [...new Set(withdrawn.filter((row) => row.kind === "reminder").map((row) => row.lane))];
  for (let start = 0; start < lanes.length; start += ROWS_A_STATEMENT) {
    await tx
      .updateTable("reminders")
      .set({ state: "withdrawn" })
      .where("patch_id", "in", lanes.slice(start, start + ROWS_A_STATEMENT))
      .where("state", "=", "waiting")
      .execute();
  }
}
