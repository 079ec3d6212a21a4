// What a customer's record reads: only what may be handed to the customer. Apart from the team's questions, so that no title, stake, note
// or login is even read here.
import { type SqlBool, sql } from "kysely";
import type { Db } from "../db/database.ts";
import { DECLINE_MILLIS } from "../patches/decided.ts";
import type { CaseCounts, DecisionTime, FixDecision, PromisedDay, RecordCase, RecordFix, Span } from "./record.ts";

type Of = { readonly ownerId: number; readonly customerId: string };

/** When the first of a customer's cases was received; null where there is none. */
export async function firstCaseAt(db: Db, { ownerId, customerId }: Of): Promise<number | null> {
  const row = await db
    .selectFrom("cases")
    .select(({ fn }) => fn.min("created_at").as("at"))
    .where("owner_id", "=", ownerId)
    .where("customer_id", "=", customerId)
    .executeTakeFirst();
  return row === undefined || row.at === null ? null : Number(row.at);
}

/** The cases that were received in a span, the oldest first. */
export async function casesReceived(
  db: Db,
  { ownerId, customerId }: Of,
  { fromAt, toAt, limit }: Span & { readonly limit: number },
): Promise<readonly RecordCase[]> {
  const rows = await db
    .selectFrom("cases")
    .select(["reference", "severity", "summary", "workaround", "state", "created_at"])
    .where("owner_id", "=", ownerId)
    .where("customer_id", "=", customerId)
    .where("created_at", ">=", fromAt)
    .where("created_at", "<", toAt)
    .orderBy("created_at")
    .orderBy("id")
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    reference: row.reference,
    severity: row.severity,
    summary: row.summary,
    workaround: row.workaround,
    isOpen: row.state === "open",
    receivedAt: row.created_at,
  }));
}

export async function countReceived(db: Db, { ownerId, customerId }: Of, { fromAt, toAt }: Span): Promise<CaseCounts> {
  const row = await db
    .selectFrom("cases")
    .select(({ fn }) => [
      fn.countAll<number>().as("total"),
      fn
        .sum<number>(sql<number>`case when workaround is null or lower(trim(workaround)) = 'none' then 0 else 1 end`)
        .as("with_workaround"),
    ])
    .where("owner_id", "=", ownerId)
    .where("customer_id", "=", customerId)
    .where("created_at", ">=", fromAt)
    .where("created_at", "<", toAt)
    .executeTakeFirst();
  return { total: Number(row?.total ?? 0), withWorkaround: Number(row?.with_workaround ?? 0) };
}

/** Fixes for a customer's cases that were sent, decided or released in a span, in the order in which they were sent. */
export async function fixesOf(
  db: Db,
  { ownerId, customerId }: Of,
  { fromAt, toAt, now, limit }: Span & { readonly now: number; readonly limit: number },
): Promise<readonly RecordFix[]> {
  const rows = await confirmedPatches(db, { ownerId, customerId })
    .leftJoin("patch_times", "patch_times.patch_id", "patches.id")
    .select(["cases.reference", "patches.id", "patches.opened_at", "patch_times.decision", "patch_times.decided_at"])
    .select(["patch_times.release_tag", "patch_times.released_at"])
    .where("patches.is_draft", "=", 0)
    .where(({ or, and, eb }) =>
      or(
        (["patches.opened_at", "patch_times.decided_at", "patch_times.released_at"] as const).map((column) =>
          and([eb(column, ">=", fromAt), eb(column, "<", toAt)]),
        ),
      ),
    )
    .orderBy("patches.opened_at")
    .orderBy("patches.id")
    .orderBy("cases.id")
    .limit(limit)
    .execute();
  return rows.map((row) => {
    const isSure = row.decision !== "declined" || (row.decided_at ?? now) <= now - DECLINE_MILLIS;
    return {
      patchId: row.id,
      reference: row.reference,
      sentAt: row.opened_at,
      decision: isSure ? toDecision(row.decision) : null,
      decidedAt: isSure ? row.decided_at : null,
      tag: row.release_tag,
      releasedAt: row.released_at,
    };
  });
}

function toDecision(stored: string | null): FixDecision | null {
  return stored === "merged" || stored === "landed" || stored === "declined" || stored === "superseded" ? stored : null;
}

const confirmedPatches = (db: Db, { ownerId, customerId }: Of) =>
  db
    .selectFrom("cases")
    .innerJoin("links", "links.case_id", "cases.id")
    .innerJoin("patches", "patches.id", "links.patch_id")
    .where("cases.owner_id", "=", ownerId)
    .where("cases.customer_id", "=", customerId)
    .where("links.state", "=", "confirmed");

/** How long decisions on a customer's fixes took that fell in a span; and in which repositories. A fix for several cases counts once. */
export async function ownDecisions(
  db: Db,
  of: Of,
  { fromAt, toAt, limit }: Span & { readonly limit: number },
): Promise<{ readonly times: readonly DecisionTime[]; readonly repositories: readonly number[] }> {
  const rows = await confirmedPatches(db, of)
    .innerJoin("patch_times", "patch_times.patch_id", "patches.id")
    .select(["patches.id", "patches.repository_id", "patch_times.decided_at", "patch_times.decision_millis"])
    .select("patch_times.escalated_decision_millis")
    .distinct()
    .where("patch_times.decided_at", ">=", fromAt)
    .where("patch_times.decided_at", "<", toAt)
    .where("patch_times.decision_millis", "is not", null)
    .where("patch_times.decision", "!=", "superseded")
    .orderBy("patch_times.decided_at")
    .orderBy("patches.id")
    .limit(limit)
    .execute();
  return { times: rows.flatMap(toTime), repositories: [...new Set(rows.map((row) => row.repository_id))] };
}

/**
 * The same of the owner's other patches in these repositories, those decided last first: the ones that no customer's case and no customer's
 * people stand behind.
 */
export async function othersDecisions(
  db: Db,
  ownerId: number,
  { fromAt, toAt, repositories, limit }: Span & { readonly repositories: readonly number[]; readonly limit: number },
): Promise<readonly DecisionTime[]> {
  if (repositories.length === 0) return [];
  const rows = await db
    .selectFrom("patch_times")
    .innerJoin("patches", "patches.id", "patch_times.patch_id")
    .select(["patches.id", "patch_times.decided_at", "patch_times.decision_millis"])
    .select("patch_times.escalated_decision_millis")
    .where("patch_times.owner_id", "=", ownerId)
    .where("patch_times.repository_id", "in", repositories)
    .where("patch_times.decided_at", ">=", fromAt)
    .where("patch_times.decided_at", "<", toAt)
    .where("patch_times.decision_millis", "is not", null)
    .where("patch_times.decision", "!=", "superseded")
    .where("patches.author_is_bot", "=", 0)
    .where(
      sql<SqlBool>`not exists (select 1 from links where links.patch_id = patches.id and links.state = ${sql.lit("confirmed")})`,
    )
    .where(sql<SqlBool>`not exists (select 1 from patch_customers where patch_customers.patch_id = patches.id)`)
    .orderBy("patch_times.decided_at", "desc")
    .orderBy("patches.id")
    .limit(limit)
    .execute();
  return rows.flatMap(toTime);
}

const toTime = (row: {
  readonly id: string;
  readonly decided_at: number | null;
  readonly decision_millis: number | null;
  readonly escalated_decision_millis: number | null;
}): readonly DecisionTime[] =>
  row.decided_at === null || row.decision_millis === null
    ? []
    : [
        {
          patchId: row.id,
          decidedAt: row.decided_at,
          millis: row.decision_millis,
          afterMillis: row.escalated_decision_millis,
        },
      ];

const REPORTS = "case-report";

/** The days of a year on which a customer was promised to hear and that have come, the first first. */
export async function promisedDays(
  db: Db,
  { ownerId, customerId }: Of,
  { year, limit }: { readonly year: number; readonly limit: number },
): Promise<readonly PromisedDay[]> {
  const rows = await db
    .selectFrom("told")
    .select("key")
    .where("owner_id", "=", ownerId)
    .where("customer_id", "=", customerId)
    .where("kind", "=", sql.lit(REPORTS))
    .where("key", "like", `${REPORTS}:%:${String(year).padStart(4, "0")}-%`)
    .limit(limit)
    .execute();
  // Keys are made by the cases' own report: the case's id, then the day.
  const promised = rows.flatMap(({ key }) => {
    const [, id, day] = /^case-report:(\d+):(\d{4}-\d{2}-\d{2})$/.exec(key) ?? [];
    return id === undefined || day === undefined ? [] : [{ caseId: Number(id), day }];
  });
  if (promised.length === 0) return [];
  const cases = await db
    .selectFrom("cases")
    .select(["id", "reference"])
    .where("id", "in", [...new Set(promised.map(({ caseId }) => caseId))])
    .where("owner_id", "=", ownerId)
    .where("customer_id", "=", customerId)
    .execute();
  const references = new Map(cases.map(({ id, reference }) => [id, reference]));
  return promised
    .flatMap(({ caseId, day }) => {
      const reference = references.get(caseId);
      return reference === undefined ? [] : [{ reference, day, caseId }];
    })
    .sort((a, b) => (a.day === b.day ? a.caseId - b.caseId : a.day < b.day ? -1 : 1))
    .map(({ reference, day }) => ({ reference, day }));
}

/** How often a customer was told of progress in a span, by their page and feed. */
export async function timesTold(db: Db, { ownerId, customerId }: Of, { fromAt, toAt }: Span): Promise<number> {
  const row = await db
    .selectFrom("customer_events")
    .select(({ fn }) => fn.countAll<number>().as("count"))
    .where("owner_id", "=", ownerId)
    .where("customer_id", "=", customerId)
    .where("at", ">=", fromAt)
    .where("at", "<", toAt)
    .executeTakeFirst();
  return Number(row?.count ?? 0);
}
