// What the people of cases were told of a patch's end, so that reopening can take it back, and which cases a day of report has come for.
import { type SqlBool, sql } from "kysely";
import type { Db, Tx } from "../db/database.ts";
import type { CaseRow } from "./store.ts";

const ENDS = "case-end";
const REPORTS = "case-report";

export async function caseById(db: Db, id: number): Promise<CaseRow | undefined> {
  return db.selectFrom("cases").selectAll().where("id", "=", id).executeTakeFirst();
}

/** Cases whose confirmed links moved over from a patch to the one that supersedes it. */
export async function casesCarriedFrom(db: Db, patchId: string): Promise<readonly CaseRow[]> {
  return db
    .selectFrom("cases")
    .selectAll()
    .where("id", "in", (eb) =>
      eb.selectFrom("links").select("case_id").where("carried_from", "=", patchId).where("state", "=", "confirmed"),
    )
    .orderBy("id")
    .execute();
}

/** An end of the time `at` is told. */
export async function noteEndTold(
  tx: Tx,
  told: { ownerId: number; patchId: string; key: string; at: number },
): Promise<void> {
  await tx
    .insertInto("told")
    .values({
      key: `${ENDS}:${told.patchId}:${told.key}`,
      owner_id: told.ownerId,
      kind: ENDS,
      patch_id: told.patchId,
      customer_id: null,
      told_at: told.at,
      ended_at: null,
    })
    .onConflict((conflict) => conflict.column("key").doNothing())
    .execute();
}

/** Takes back every end from before a reopening at `at` that was told; true where there was one. */
export async function takeEndsBack(tx: Tx, patchId: string, at: number): Promise<boolean> {
  const result = await tx
    .updateTable("told")
    .set({ ended_at: at })
    .where("patch_id", "=", patchId)
    .where("kind", "=", ENDS)
    .where("told_at", "<=", at)
    .where("ended_at", "is", null)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

/** Open cases whose customers were promised to hear on a day of the span (YYYY-MM-DD, both inclusive) that was not told yet. */
export async function casesToReport(
  db: Db,
  days: { readonly from: string; readonly until: string },
): Promise<readonly CaseRow[]> {
  return db
    .selectFrom("cases")
    .selectAll("cases")
    .where("state", "=", "open")
    .where("next_report", "is not", null)
    .where("next_report", ">=", days.from)
    .where("next_report", "<=", days.until)
    .where(
      sql<SqlBool>`not exists (select 1 from told
        where told.key = ${sql.lit(`${REPORTS}:`)} || cases.id || ':' || cases.next_report)`,
    )
    .orderBy("cases.id")
    .execute();
}

/** That the day has come is told; false where it was told before. */
export async function noteReportTold(
  tx: Tx,
  told: { ownerId: number; caseId: number; customerId: string | null; date: string; at: number },
): Promise<boolean> {
  const result = await tx
    .insertInto("told")
    .values({
      key: `${REPORTS}:${told.caseId}:${told.date}`,
      owner_id: told.ownerId,
      kind: REPORTS,
      patch_id: null,
      customer_id: told.customerId,
      told_at: told.at,
      ended_at: told.at,
    })
    .onConflict((conflict) => conflict.column("key").doNothing())
    .executeTakeFirst();
  return (result.numInsertedOrUpdatedRows ?? 0n) > 0n;
}
