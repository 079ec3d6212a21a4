// The questions that insights ask. Where thousands of rows are wanted the database packs them into one text: a text is read ten times as
// fast as as many rows, on both databases.
import { type RawBuilder, sql } from "kysely";
import { z } from "zod";
import type { Db } from "../db/database.ts";
import type { WaitingCount } from "./figures.ts";
import { GRAVITIES, type Gravity, type RemindersSent } from "./insight.ts";
import { numberOrNull, pack, unpack } from "./packed-store.ts";

/** Of what: an owner's patches, or those of one repository, customer or severity alone. */
export type Scope = {
  readonly ownerId: number;
  readonly repositoryId: number | null;
  readonly customerId: string | null;
  readonly severity: Gravity | null;
};

export type TimesRow = {
  readonly patchId: string;
  /** As in the patch's id, of which it is the first part. */
  readonly repositoryId: number;
  readonly openedAt: number;
  readonly responseMillis: number | null;
  readonly escalatedAt: number | null;
  readonly decidedAt: number | null;
  readonly decisionMillis: number | null;
  readonly escalatedDecisionMillis: number | null;
  /** Since when it is the maintainers' turn; null where it is not, or where they have responded before. */
  readonly waitsSinceAt: number | null;
};

/** Looked up only where nobody has answered: a patch's own row is long. */
const waitsSince = sql<number | null>`case when patch_times.response_millis is null and patch_times.decided_at is null
  then (select patches.turn_since_at from patches where patches.id = patch_times.patch_id
    and patches.state = 'open' and patches.is_tracked = 1 and patches.turn = 'maintainer') end`;

/** How long patches that were opened since then took, the newest so many. */
export async function timesSince(
  db: Db,
  scope: Scope,
  { fromAt, limit }: { readonly fromAt: number; readonly limit: number },
): Promise<readonly TimesRow[]> {
  const newest = db
    .selectFrom("patch_times")
    .select([
      "patch_id",
      "opened_at",
      "response_millis",
      "escalated_at",
      "decided_at",
      "decision_millis",
      "escalated_decision_millis",
      waitsSince.as("waits_since_at"),
    ])
    .where("owner_id", "=", scope.ownerId)
    .where("opened_at", ">=", fromAt)
    .$if(scope.repositoryId !== null, (all) => all.where("repository_id", "=", scope.repositoryId ?? 0))
    .$if(scope.customerId !== null, (all) => all.where("patch_id", "in", ofCustomer(db, scope)))
    .$if(scope.severity !== null, (all) => all.where(hasSeverity(sql.ref("patch_times.patch_id"), scope)))
    .orderBy("opened_at", "desc")
    .limit(limit);
  const { packed } = await db
    .selectFrom(newest.as("newest"))
    .select(
      pack(
        "patch_id",
        "opened_at",
        "response_millis",
        "escalated_at",
        "decided_at",
        "decision_millis",
        "escalated_decision_millis",
        "waits_since_at",
      ).as("packed"),
    )
    .executeTakeFirstOrThrow();
  return unpack(packed).map(([patchId = "", opened, response, escalated, decided, decision, after, since]) => ({
    patchId,
    repositoryId: Number.parseInt(patchId, 10),
    openedAt: Number(opened),
    responseMillis: numberOrNull(response),
    escalatedAt: numberOrNull(escalated),
    decidedAt: numberOrNull(decided),
    decisionMillis: numberOrNull(decision),
    escalatedDecisionMillis: numberOrNull(after),
    waitsSinceAt: numberOrNull(since),
  }));
}

/** Whether any of an owner's patches has ever been followed. */
export async function isAnyCounted(db: Db, ownerId: number): Promise<boolean> {
  const any = await db
    .selectFrom("patch_times")
    .select("patch_id")
    .where("owner_id", "=", ownerId)
    .limit(1)
    .executeTakeFirst();
  return any !== undefined;
}

/** Of the cases that are linked to a patch, closed ones included; and of the open ones alone, by which its clock runs. */
export type PatchSeverity = { readonly gravest: Gravity; readonly gravestOpen: Gravity };

/** The severities of those of an owner's patches that are wanted and to which a case with one is linked. */
export async function severitiesOfPatches(
  db: Db,
  ownerId: number,
  wanted: ReadonlySet<string>,
): Promise<ReadonlyMap<string, PatchSeverity>> {
  const { packed } = await db
    .selectFrom("links")
    .innerJoin("cases", "cases.id", "links.case_id")
    .select(pack("links.patch_id", "cases.severity", "cases.state").as("packed"))
    .where("links.owner_id", "=", ownerId)
    .where("links.state", "=", "confirmed")
    .where("cases.severity", "is not", null)
    .executeTakeFirstOrThrow();
  const severities = new Map<string, PatchSeverity>();
  for (const [patchId = "", severity, state] of unpack(packed, wanted)) {
    const known = severities.get(patchId) ?? { gravest: "none", gravestOpen: "none" };
    const gravity = gravityNamed(severity);
    severities.set(patchId, {
      gravest: graver(known.gravest, gravity),
      gravestOpen: state === "open" ? graver(known.gravestOpen, gravity) : known.gravestOpen,
    });
  }
  return severities;
}

/** The customers of those of an owner's patches that are wanted: who wrote them, or whose cases are linked. */
export async function customersOfPatches(
  db: Db,
  ownerId: number,
  wanted: ReadonlySet<string>,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const { packed } = await db
    .selectFrom("patch_customers")
    .select(pack("patch_id", "customer_id").as("packed"))
    .where("owner_id", "=", ownerId)
    .executeTakeFirstOrThrow();
  const customers = new Map<string, string[]>();
  for (const [patchId = "", customerId = ""] of unpack(packed, wanted)) {
    const known = customers.get(patchId);
    if (known === undefined) customers.set(patchId, [customerId]);
    else known.push(customerId);
  }
  return customers;
}

/** Where ages part, as instants, the latest first: what waits since that instant or longer is in the next bucket. */
export type AgesOfPlace = {
  /** The repositories of this place; null for all that are in no other. */
  readonly repositoryIds: readonly number[] | null;
  readonly edges: readonly { readonly severity: Gravity; readonly instants: readonly number[] }[];
};

/** Open patches that we follow and whose turn it is somebody's, counted; read from an index alone. */
export async function waitingByAge(
  db: Db,
  scope: Scope,
  places: readonly AgesOfPlace[],
): Promise<readonly WaitingCount[]> {
  const rows = await db
    .selectFrom("patches")
    .select(({ fn }) => ["turn", "gravity", bucketIn(places).as("bucket"), fn.countAll<number>().as("count")])
    .where("owner_id", "=", scope.ownerId)
    // In the text of the statement, else SQLite does not use the partial index.
    .where("state", "=", sql.lit("open"))
    .where("is_tracked", "=", sql.lit(1))
    .where("turn", "in", ["maintainer", "author"])
    .where("turn_since_at", "is not", null)
    .$if(scope.repositoryId !== null, (all) => all.where("repository_id", "=", scope.repositoryId ?? 0))
    .$if(scope.customerId !== null, (all) => all.where("id", "in", ofCustomer(db, scope)))
    .$if(scope.severity !== null, (all) => all.where("gravity", "=", gravityOf(scope.severity ?? "none")))
    .groupBy(["turn", "gravity", sql`3`])
    .execute();
  return rows.map(({ turn, gravity, bucket, count }) => ({
    turn: turn === "author" ? "author" : "maintainer",
    severity: GRAVITIES[gravity - 1] ?? "none",
    bucket: Number(bucket),
    count: Number(count),
  }));
}

/** Instants stand in the text of the statement: they are ours, and PostgreSQL groups by no expression that holds parameters. */
function bucketIn(places: readonly AgesOfPlace[]): RawBuilder<number> {
  const ofInstants = (instants: readonly number[]) => {
    const steps = instants.map((at, bucket) => sql`when turn_since_at > ${sql.lit(at)} then ${sql.lit(bucket)}`);
    return sql`case ${sql.join(steps, sql` `)} else ${sql.lit(instants.length)} end`;
  };
  const ofPlace = ({ edges }: AgesOfPlace) => {
    const steps = edges.map(
      ({ severity, instants }) => sql`when gravity = ${sql.lit(gravityOf(severity))} then ${ofInstants(instants)}`,
    );
    return sql`case ${sql.join(steps, sql` `)} end`;
  };
  const steps = places.map((place) =>
    place.repositoryIds === null
      ? sql`when true then ${ofPlace(place)}`
      : sql`when repository_id in (${sql.join(place.repositoryIds.map((id) => sql.lit(id)))}) then ${ofPlace(place)}`,
  );
  return sql`case ${sql.join(steps, sql` `)} end`;
}

/** As in `patches.gravity`: 1 for the gravest, 5 for none. */
const gravityOf = (severity: Gravity): number => GRAVITIES.indexOf(severity) + 1;

const WEEK = 7 * 86_400_000;
const addressees = z.array(z.object({ kind: z.enum(["person", "team"]), key: z.string() }));

/** Reminders sent since then, those that asked the same in the same week together. Weeks count from `fromAt`. */
export async function remindersSince(db: Db, scope: Scope, fromAt: number): Promise<readonly RemindersSent[]> {
  const week = sql<number>`cast((reminders.sent_at - ${sql.lit(fromAt)}) / ${sql.lit(WEEK)} as integer)`;
  const patch = sql.ref("reminders.patch_id");
  const rows = await db
    .selectFrom("reminders")
    .select(({ fn }) => ["reminders.addressees", week.as("week"), fn.countAll<number>().as("count")])
    .where("reminders.sent_at", ">=", fromAt)
    .where("reminders.state", "in", ["sent", "folded"])
    // Asked of each reminder, so that the few of these weeks are read and not every patch.
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom("patch_times")
          .select("patch_times.patch_id")
          .whereRef("patch_times.patch_id", "=", "reminders.patch_id")
          .where("patch_times.owner_id", "=", scope.ownerId)
          .$if(scope.repositoryId !== null, (all) =>
            all.where("patch_times.repository_id", "=", scope.repositoryId ?? 0),
          ),
      ),
    )
    .$if(scope.customerId !== null, (all) => all.where("reminders.patch_id", "in", ofCustomer(db, scope)))
    .$if(scope.severity !== null, (all) => all.where(hasSeverity(patch, scope)))
    .groupBy(["reminders.addressees", week])
    .execute();
  return rows.map(({ addressees: kept, week, count }) => ({
    week: Number(week),
    count: Number(count),
    asked: addressees.parse(JSON.parse(kept)),
  }));
}

const ofCustomer = (db: Db, { ownerId, customerId }: Scope) =>
  db
    .selectFrom("patch_customers")
    .select("patch_customers.patch_id")
    .where("patch_customers.owner_id", "=", ownerId)
    .where("patch_customers.customer_id", "=", customerId ?? "");

/** Whether the gravest of the cases that are linked to a patch has the severity; `none` where none of them has any. */
function hasSeverity(patch: RawBuilder<unknown>, { severity }: Scope): RawBuilder<boolean> {
  const gravest = sql`(select min(cases.severity) from links inner join cases on cases.id = links.case_id
    where links.patch_id = ${patch} and links.state = 'confirmed')`;
  return severity === "none" ? sql`${gravest} is null` : sql`${gravest} = ${severity}`;
}

const gravityNamed = (text: string | undefined): Gravity => GRAVITIES.find((each) => each === text) ?? "none";

/** The graver comes first in `GRAVITIES`. */
const graver = (one: Gravity, other: Gravity): Gravity =>
  GRAVITIES.indexOf(one) <= GRAVITIES.indexOf(other) ? one : other;
