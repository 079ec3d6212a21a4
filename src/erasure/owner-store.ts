// What is asked of the database about owners who have uninstalled the App: whose time is over, and taking all of theirs away, some rows at a time.
import { type RawBuilder, sql } from "kysely";
import type { Database, Db, Tx } from "../db/database.ts";
import type { Schema } from "../db/schema.ts";

const REPOSITORIES = "repository_id in (select id from repositories where owner_id = :owner)";
const PATCHES = "patch_id in (select id from patches where owner_id = :owner)";
const INSTALLATIONS = "installation_id in (select id from installations where owner_id = :owner)";
const CASES = "case_id in (select id from cases where owner_id = :owner)";
const OWN = "owner_id = :owner";

/**
 * Which rows of each table are an owner's, those that others are found by last; null where none are. The types see to it that no table is
 * forgotten.
 */
const OWNED: { readonly [Name in keyof Schema]: string | null } = {
  backfills: REPOSITORIES,
  access: REPOSITORIES,
  code_owners: REPOSITORIES,
  repository_labels: REPOSITORIES,
  releases: REPOSITORIES,
  release_checks: PATCHES,
  facts: PATCHES,
  label_marks: PATCHES,
  reminders: PATCHES,
  case_comments: CASES,
  contact_link_openings: "link_id in (select id from contact_links where owner_id = :owner)",
  contact_links: OWN,
  effects: INSTALLATIONS,
  writes: INSTALLATIONS,
  missed_deliveries: INSTALLATIONS,
  reconciliations: INSTALLATIONS,
  memberships: "organization in (select lower(owner_login) from installations where owner_id = :owner)",
  policies:
    "(scope = 'owner:' || :owner or scope in (select 'repository:' || id from repositories where owner_id = :owner))",
  pauses: "scope = 'owner:' || :owner",
  links: OWN,
  commands: `(${OWN} or ${PATCHES})`,
  decisions: `(${OWN} or ${PATCHES})`,
  escalation_steps: `(${OWN} or ${PATCHES})`,
  escalations: OWN,
  listed_decisions: OWN,
  notice_threads: "thread in (select id from patches where owner_id = :owner)",
  notices: OWN,
  choices: OWN,
  quiet_people: OWN,
  customer_identities: OWN,
  customer_changes: OWN,
  customer_events: OWN,
  customers: OWN,
  people: OWN,
  patch_customers: OWN,
  patch_times: OWN,
  team_members: OWN,
  teams: OWN,
  feeds: OWN,
  told: OWN,
  digests: OWN,
  digest_readers: OWN,
  board_access: OWN,
  api_tokens: OWN,
  board_acts: OWN,
  cases: OWN,
  patches: OWN,
  repositories: OWN,
  // Payloads are gone after 7 days, failed ones after 30; what is left names nobody.
  deliveries: null,
  // Who it is stays known to be gone; the name is taken out at the end.
  installations: null,
  // End by themselves.
  sessions: null,
  sign_in_links: null,
  slots: null,
  // Asked again when they are a day old: all of them go with whoever is forgotten.
  user_organizations: "true",
  // Marks and GitHub's numbers, of whoever it was.
  erased_people: null,
  holidays: null,
  settings: null,
  leases: null,
  schedules: null,
};

export type Removed = { readonly id: number; readonly ownerId: number };

/** Notes when it was that installations were removed of which an earlier release kept only that they are. */
export async function noteRemovals(tx: Tx, now: number): Promise<void> {
  await tx
    .updateTable("installations")
    .set({ removed_at: now })
    .where("state", "=", sql.lit("deleted" as const))
    .where("forgotten_at", "is", null)
    .where("removed_at", "is", null)
    .execute();
}

/** Installations that were removed before a moment and of which something is kept. */
export async function removedBefore(db: Db, before: number): Promise<readonly Removed[]> {
  const rows = await db
    .selectFrom("installations")
    .select(["id", "owner_id"])
    .where("state", "=", sql.lit("deleted" as const))
    .where("forgotten_at", "is", null)
    .where("removed_at", "<=", before)
    .orderBy("id")
    .execute();
  return rows.map(({ id, owner_id }) => ({ id, ownerId: owner_id }));
}

/** Whether the App is installed there again, suspended or not, or was removed later only: then everything stays. */
export async function isThereAgain(db: Db, { ownerId, before }: { ownerId: number; before: number }): Promise<boolean> {
  const row = await db
    .selectFrom("installations")
    .select("id")
    .where("owner_id", "=", ownerId)
    .where((is) => is.or([is("state", "!=", "deleted"), is("removed_at", ">", before)]))
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

const TABLES_OWNED = Object.entries(OWNED).flatMap(([name, owned]) => (owned === null ? [] : [{ name, owned }]));

/**
 * Takes some of an owner's rows away, from the table at this place in the order. Answers where to go on, which is the same table until none is left
 * there: what leads to its rows stays until they are gone. Null once that was the last.
 */
export async function forgetSome(
  database: Database,
  of: { readonly ownerId: number; readonly rows: number; readonly place: number },
): Promise<number | null> {
  const next = TABLES_OWNED[of.place];
  if (next === undefined) return null;
  const row = sql.raw(database.dialect === "sqlite" ? "rowid" : "ctid");
  const table = sql.table(next.name);
  const which = whichOf(next.owned, of.ownerId);
  const deleted = await database.transaction((tx) =>
    sql`delete from ${table} where ${row} in (select ${row} from ${table} where ${which} limit ${of.rows})`.execute(tx),
  );
  return (deleted.numAffectedRows ?? 0n) >= BigInt(of.rows) ? of.place : of.place + 1;
}

function whichOf(owned: string, ownerId: number): RawBuilder<unknown> {
  // A number of ours, never anybody's words.
  return sql.raw(owned.replaceAll(":owner", String(Math.trunc(ownerId))));
}

/** Nothing is left of this installation but that it was there. */
export async function noteForgotten(tx: Tx, { id, now }: { id: number; now: number }): Promise<void> {
  await tx.updateTable("installations").set({ forgotten_at: now, owner_login: "" }).where("id", "=", id).execute();
}

/** Another installation of the same owner goes on: this one has nothing of its own. */
export async function noteNothingToForget(tx: Tx, { id, now }: { id: number; now: number }): Promise<void> {
  await tx.updateTable("installations").set({ forgotten_at: now }).where("id", "=", id).execute();
}
