// The questions of the pages of cases. Lists are found by id in the order of an index, and only what is shown is read.
import { type SqlBool, sql } from "kysely";
import type { CustomerEventBody } from "../../cases/customer-event.ts";
import type { CaseRow } from "../../cases/store.ts";
import type { Db } from "../../db/database.ts";
import { likePattern } from "../../db/like.ts";
import type { Severity } from "../../policy/policy.ts";
import type { CaseFilters, CaseState } from "./parse.ts";

export type ListedCase = {
  readonly id: number;
  readonly reference: string;
  readonly title: string;
  readonly summary: string | null;
  readonly severity: Severity | null;
  readonly state: CaseState;
  readonly customer: { readonly id: string; readonly name: string } | null;
  readonly neededBy: string | null;
  readonly nextReport: string | null;
};

/** Cases gravest first, then the oldest. */
export async function listedCases(
  db: Db,
  asked: { readonly ownerId: number; readonly filters: CaseFilters; readonly offset: number; readonly limit: number },
): Promise<readonly ListedCase[]> {
  const { ownerId, offset, limit } = asked;
  const { text, state, severity, customer } = asked.filters;
  const pattern = likePattern(text ?? "");
  const chosen = db
    .selectFrom("cases")
    .select("id")
    .where("owner_id", "=", ownerId)
    .$if(state !== "all", (all) => all.where("state", "=", state === "all" ? "open" : state))
    .$if(customer !== null, (all) => all.where("customer_id", "=", customer ?? ""))
    .$if(severity !== null, (all) =>
      all.where(sql<SqlBool>`coalesce(severity, 'S5') = ${severity === "none" ? "S5" : severity}`),
    )
    .$if(text !== null, (all) =>
      all.where(
        sql<SqlBool>`(lower(reference) like ${pattern} escape '\\' or lower(title) like ${pattern} escape '\\'
          or lower(summary) like ${pattern} escape '\\')`,
      ),
    )
    .orderBy(sql`coalesce(severity, 'S5')`)
    .orderBy("created_at")
    .orderBy("id")
    .limit(limit)
    .offset(offset);
  const ids = (await chosen.execute()).map(({ id }) => id);
  if (ids.length === 0) return [];
  const rows = await db
    .selectFrom("cases")
    .leftJoin("customers", (join) =>
      join.onRef("customers.owner_id", "=", "cases.owner_id").onRef("customers.id", "=", "cases.customer_id"),
    )
    .select(["cases.id", "reference", "title", "summary", "severity", "state", "needed_by", "next_report"])
    .select(["customers.id as customer_id", "customers.name as customer_name"])
    .where("cases.id", "in", ids)
    .execute();
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => {
    const row = byId.get(id);
    if (row === undefined) return [];
    return [
      {
        id,
        reference: row.reference,
        title: row.title,
        summary: row.summary,
        severity: row.severity,
        state: row.state,
        customer:
          row.customer_id === null || row.customer_name === null
            ? null
            : { id: row.customer_id, name: row.customer_name },
        neededBy: row.needed_by,
        nextReport: row.next_report,
      },
    ];
  });
}

/** How many cases of each state the owner has. */
export async function caseCounts(db: Db, ownerId: number): Promise<ReadonlyMap<string, number>> {
  const rows = await db
    .selectFrom("cases")
    .select((eb) => ["state", eb.fn.countAll<number>().as("count")])
    .where("owner_id", "=", ownerId)
    .groupBy("state")
    .execute();
  return new Map(rows.map(({ state, count }) => [state, Number(count)]));
}

export async function caseOfOwner(db: Db, ownerId: number, id: number): Promise<CaseRow | undefined> {
  return db.selectFrom("cases").selectAll().where("id", "=", id).where("owner_id", "=", ownerId).executeTakeFirst();
}

export type LinkOfCase = {
  readonly patchId: string;
  readonly state: "proposed" | "confirmed";
  readonly madeBy: string;
  readonly madeAt: number;
};

/** The patches that a case is linked to, confirmed first, then the newest. */
export async function linksOfCase(db: Db, caseId: number, limit: number): Promise<readonly LinkOfCase[]> {
  const rows = await db
    .selectFrom("links")
    .select(["patch_id", "state", "made_by", "made_at"])
    .where("case_id", "=", caseId)
    .where("state", "in", ["proposed", "confirmed"])
    .orderBy("state")
    .orderBy("made_at", "desc")
    .orderBy("patch_id")
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    patchId: row.patch_id,
    state: row.state === "confirmed" ? "confirmed" : "proposed",
    madeBy: row.made_by,
    madeAt: row.made_at,
  }));
}

export type ToldCustomer = { readonly at: number; readonly event: CustomerEventBody };

/** What the case's customer has been told, the newest first. */
export async function toldOfCase(db: Db, caseId: number, limit: number): Promise<readonly ToldCustomer[]> {
  const rows = await db
    .selectFrom("customer_events")
    .select(["at", "data"])
    .where("case_id", "=", caseId)
    .orderBy("at", "desc")
    .orderBy("id", "desc")
    .limit(limit)
    .execute();
  return rows.map(({ at, data }) => ({ at, event: storedEvent(data) }));
}

/** Written by us, so that what is there is trusted. */
const storedEvent = (data: string): CustomerEventBody => (JSON.parse(data) as { event: CustomerEventBody }).event;
