// Which links wait for somebody to confirm or drop them. Apart from what waits, because a proposal has no effect but to be listed.
import { sql } from "kysely";
import type { Db } from "../../db/database.ts";

export type Proposal = {
  readonly caseId: number;
  readonly reference: string;
  readonly caseTitle: string;
  readonly customer: { readonly id: string; readonly name: string } | null;
  readonly repository: string;
  readonly number: number;
  readonly title: string;
  readonly madeBy: string;
  readonly madeAt: number;
};

/** Proposals for open pull requests, the oldest first. */
export async function proposalsToAnswer(
  db: Db,
  ownerId: number,
  page: { readonly offset: number; readonly limit: number },
): Promise<readonly Proposal[]> {
  const rows = await db
    .selectFrom("links")
    .innerJoin("patches", "patches.id", "links.patch_id")
    .innerJoin("cases", "cases.id", "links.case_id")
    .innerJoin("repositories", "repositories.id", "patches.repository_id")
    .leftJoin("customers", (join) =>
      join.onRef("customers.owner_id", "=", "cases.owner_id").onRef("customers.id", "=", "cases.customer_id"),
    )
    .select(["links.case_id", "links.made_by", "links.made_at", "cases.reference", "cases.title as case_title"])
    .select(["customers.id as customer_id", "customers.name as customer_name", "repositories.name as repository"])
    .select(["patches.number", "patches.title"])
    .where("links.owner_id", "=", ownerId)
    .where("links.state", "=", sql.lit("proposed" as const))
    .where("patches.state", "=", sql.lit("open" as const))
    .where("patches.owner_id", "=", ownerId)
    .orderBy("links.made_at")
    .orderBy("links.case_id")
    .orderBy("links.patch_id")
    .limit(page.limit)
    .offset(page.offset)
    .execute();
  return rows.map((row) => ({
    caseId: row.case_id,
    reference: row.reference,
    caseTitle: row.case_title,
    customer:
      row.customer_id === null || row.customer_name === null ? null : { id: row.customer_id, name: row.customer_name },
    repository: row.repository,
    number: row.number,
    title: row.title,
    madeBy: row.made_by,
    madeAt: row.made_at,
  }));
}
