// The questions that digests ask of the database: one for each of their sections.
import { type SqlBool, sql } from "kysely";
import { z } from "zod";
import type { CustomerEventBody, EventPull } from "../cases/customer-event.ts";
import type { Db } from "../db/database.ts";
import type { Severity } from "../policy/policy.ts";

const standing = z.object({
  turn: z.enum(["maintainer", "author", "nobody"]),
  sinceAt: z.number(),
  waitsForUs: z.boolean().optional(),
  asked: z.array(z.string()).optional(),
  mode: z.string().optional(),
});

export type StoredPatch = {
  readonly id: string;
  readonly repositoryId: number;
  readonly repository: string;
  readonly number: number;
  readonly title: string;
  readonly authorLogin: string;
  readonly gravity: number;
  readonly standing: z.infer<typeof standing>;
};

/** Patches that are followed and acted on: open ones, and those that no release contains for long. */
export async function followedPatches(db: Db, ownerId: number): Promise<readonly StoredPatch[]> {
  const followed = db
    .selectFrom("patches")
    .innerJoin("repositories", "repositories.id", "patches.repository_id")
    .select(["patches.id", "repository_id", "owner_login", "name", "number", "title", "author_login"])
    .select(["gravity", "standing"])
    .where("patches.owner_id", "=", ownerId)
    .where("is_tracked", "=", 1);
  // Two questions, since neither database uses an index where one is joined to the other by "or".
  const rows = [
    ...(await followed
      .where("state", "=", sql.lit("open" as const))
      .orderBy("patches.id")
      .execute()),
    ...(await followed
      .where("state", "!=", sql.lit("open" as const))
      .where("patches.id", "in", unreleasedPatches(ownerId))
      .orderBy("patches.id")
      .execute()),
  ];
  return rows.flatMap((row) => {
    const parsed = standing.safeParse(JSON.parse(row.standing ?? "null"));
    if (!parsed.success || parsed.data.mode !== "act") return [];
    const { id, number, title, gravity } = row;
    return [
      {
        id,
        number,
        title,
        gravity,
        repositoryId: row.repository_id,
        repository: `${row.owner_login}/${row.name}`,
        authorLogin: row.author_login,
        standing: parsed.data,
      },
    ];
  });
}

const unreleasedPatches = (ownerId: number) =>
  sql<string>`(select patch_id from told where owner_id = ${ownerId} and kind = 'unreleased' and ended_at is null)`;

export type StoredLink = {
  readonly patchId: string;
  readonly reference: string;
  readonly severity: Severity | null;
  readonly customerId: string | null;
};

/** The confirmed links of the owner's followed patches to open cases. */
export async function linksOfOwner(db: Db, ownerId: number): Promise<readonly StoredLink[]> {
  const rows = await db
    .selectFrom("links")
    .innerJoin("cases", "cases.id", "links.case_id")
    .innerJoin("patches", "patches.id", "links.patch_id")
    .select(["links.patch_id", "reference", "severity", "customer_id"])
    .where("cases.owner_id", "=", ownerId)
    .where("is_tracked", "=", 1)
    .where("links.state", "=", "confirmed")
    .where("cases.state", "=", "open")
    .orderBy("cases.id")
    .execute();
  return rows.map((row) => ({
    patchId: row.patch_id,
    reference: row.reference,
    severity: row.severity,
    customerId: row.customer_id,
  }));
}

export type StoredProposal = Pick<StoredPatch, "repositoryId" | "repository" | "number" | "title"> & {
  readonly reference: string;
  readonly customerId: string | null;
  readonly madeBy: string;
};

/** Links to open pull requests that wait for somebody to confirm or drop them, the oldest first. */
export async function proposalsOfOwner(db: Db, ownerId: number): Promise<readonly StoredProposal[]> {
  const rows = await db
    .selectFrom("links")
    .innerJoin("cases", "cases.id", "links.case_id")
    .innerJoin("patches", "patches.id", "links.patch_id")
    .innerJoin("repositories", "repositories.id", "patches.repository_id")
    .select(["made_by", "reference", "customer_id", "patches.repository_id", "repositories.owner_login", "name"])
    .select(["patches.number", "patches.title"])
    .where("cases.owner_id", "=", ownerId)
    .where("patches.state", "=", sql.lit("open" as const))
    .where("links.state", "=", sql.lit("proposed" as const))
    .orderBy("made_at")
    .orderBy("cases.id")
    .execute();
  return rows.map((row) => ({
    repositoryId: row.repository_id,
    repository: `${row.owner_login}/${row.name}`,
    number: row.number,
    title: row.title,
    reference: row.reference,
    customerId: row.customer_id,
    madeBy: row.made_by,
  }));
}

/** Which customers the owner's patches concern. */
export async function customersOfPatches(db: Db, ownerId: number): Promise<ReadonlyMap<string, readonly string[]>> {
  const rows = await db
    .selectFrom("patch_customers")
    .select(["patch_id", "customer_id"])
    .where("owner_id", "=", ownerId)
    .orderBy("customer_id")
    .execute();
  return new Map(
    [...Map.groupBy(rows, (row) => row.patch_id)].map(([id, theirs]) => [id, theirs.map((row) => row.customer_id)]),
  );
}

/** The silences that were told and hold still. */
export async function openSilences(
  db: Db,
  ownerId: number,
): Promise<ReadonlyMap<string, { readonly kind: "pause" | "unreleased"; readonly toldAt: number }>> {
  const rows = await db
    .selectFrom("told")
    .select(["patch_id", "kind", "told_at"])
    .where("owner_id", "=", ownerId)
    .where("kind", "in", ["pause", "unreleased"])
    .where(sql<SqlBool>`ended_at is null`)
    .execute();
  return new Map(
    rows.flatMap((row) =>
      row.patch_id === null
        ? []
        : [[row.patch_id, { kind: row.kind === "pause" ? "pause" : "unreleased", toldAt: row.told_at }] as const],
    ),
  );
}

/** Patches whose account owner has not answered an escalation. */
export async function ownerSilentPatches(db: Db, ownerId: number): Promise<ReadonlySet<string>> {
  const rows = await db
    .selectFrom("escalations")
    .select("patch_id")
    .where("owner_id", "=", ownerId)
    .where("state", "=", "owner-silent")
    .where(sql<SqlBool>`ended_at is null`)
    .execute();
  return new Set(rows.map((row) => row.patch_id));
}

export type StoredReport = {
  readonly reference: string;
  readonly title: string;
  readonly severity: Severity | null;
  readonly customerId: string | null;
  readonly day: string;
};

/** Open cases whose customers were promised to hear until a day (YYYY-MM-DD). */
export async function reportsUntil(db: Db, ownerId: number, day: string): Promise<readonly StoredReport[]> {
  const rows = await db
    .selectFrom("cases")
    .select(["reference", "title", "severity", "customer_id", "next_report"])
    .where("owner_id", "=", ownerId)
    .where("state", "=", "open")
    .where("next_report", "is not", null)
    .where("next_report", "<=", day)
    .orderBy("next_report")
    .orderBy("id")
    .execute();
  return rows.flatMap((row) => {
    const { reference, title, severity, customer_id, next_report } = row;
    return next_report === null ? [] : [{ reference, title, severity, customerId: customer_id, day: next_report }];
  });
}

type StoredEventData = {
  readonly case: { readonly reference: string } | null;
  readonly pull: EventPull | null;
  readonly event: CustomerEventBody;
};

export type StoredEvent = StoredEventData & { readonly customerId: string; readonly at: number };

/** What moved for the owner's customers after `sinceAt`, the newest first. */
export async function eventsOfOwner(
  db: Db,
  ownerId: number,
  asked: { readonly sinceAt: number; readonly limit: number },
): Promise<readonly StoredEvent[]> {
  const rows = await db
    .selectFrom("customer_events")
    .select(["customer_id", "at", "data"])
    .where("owner_id", "=", ownerId)
    .where("at", ">", asked.sinceAt)
    .orderBy("at", "desc")
    .orderBy("id", "desc")
    .limit(asked.limit)
    .execute();
  return rows.map((row) => {
    const data = JSON.parse(row.data) as StoredEventData;
    return { customerId: row.customer_id, at: row.at, case: data.case, pull: data.pull, event: data.event };
  });
}

const named = z.object({ name: z.string() });

/** Who was to hear something since a time and did not, for good. */
export async function failedReaders(
  db: Db,
  ownerId: number,
  sinceAt: number,
): Promise<readonly { readonly name: string; readonly times: number }[]> {
  const rows = await db
    .selectFrom("notices")
    .select(["recipient", "recipient_data"])
    .where("owner_id", "=", ownerId)
    .where("state", "=", sql.lit("failed" as const))
    .where("channel", "=", "person")
    .where("finished_at", ">", sinceAt)
    .orderBy("id")
    .execute();
  return [...Map.groupBy(rows, (row) => row.recipient)].map(([recipient, theirs]) => {
    const parsed = named.safeParse(JSON.parse(theirs[0]?.recipient_data ?? "null"));
    return { name: parsed.success ? parsed.data.name : recipient, times: theirs.length };
  });
}
