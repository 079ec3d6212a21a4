// Policies and public holidays in the database: a policy file's last good text beside what is wrong with its newest, a region's years.
import { z } from "zod";
import type { Db } from "../db/database.ts";
import type { OwnerId, RepositoryId } from "../github/refs.ts";
import type { PolicyError } from "./policy.ts";

export type PolicyScope = `owner:${number}` | `repository:${number}`;

export const ownerScope = (owner: OwnerId): PolicyScope => `owner:${owner}`;
export const repositoryScope = (repository: RepositoryId): PolicyScope => `repository:${repository}`;

export type StoredPolicy = {
  readonly scope: string;
  /** Where the file is, as `owner/name/.github/patch-advocate.yml`. */
  readonly path: string | null;
  readonly isFound: boolean;
  readonly goodText: string | null;
  readonly goodAt: number | null;
  /** What is wrong with the newest text; empty where that is the good one. */
  readonly errors: readonly PolicyError[];
  readonly sha: string | null;
  readonly checkedAt: number;
};

const storedErrors = z.array(
  z.object({
    line: z.number(),
    column: z.number(),
    path: z.string(),
    message: z.string(),
    text: z.string().exactOptional(),
  }),
);
const storedDates = z.array(z.string());

/** What is kept of these scopes' policies. */
export async function policiesOf(db: Db, scopes: readonly PolicyScope[]): Promise<ReadonlyMap<string, StoredPolicy>> {
  const rows = await db
    .selectFrom("policies")
    .selectAll()
    .where("scope", "in", [...scopes])
    .execute();
  return new Map(
    rows.map((row) => [
      row.scope,
      {
        scope: row.scope,
        path: row.path,
        isFound: row.is_found === 1,
        goodText: row.good_text,
        goodAt: row.good_at,
        errors: storedErrors.parse(JSON.parse(row.errors)),
        sha: row.commit_sha,
        checkedAt: row.checked_at,
      },
    ]),
  );
}

/** Keeps a scope's policy, unless something read later is kept already. */
export async function keepPolicy(db: Db, policy: StoredPolicy): Promise<void> {
  const row = {
    path: policy.path,
    is_found: policy.isFound ? (1 as const) : (0 as const),
    good_text: policy.goodText,
    good_at: policy.goodAt,
    errors: JSON.stringify(policy.errors),
    commit_sha: policy.sha,
    checked_at: policy.checkedAt,
  };
  await db
    .insertInto("policies")
    .values({ scope: policy.scope, ...row })
    .onConflict((conflict) =>
      conflict.column("scope").doUpdateSet(row).where("policies.checked_at", "<=", policy.checkedAt),
    )
    .execute();
}

/** Those of the repositories ("owner/name") that we know to be public, in the letters that were asked. */
export async function publicRepositoriesAmong(db: Db, names: readonly string[]): Promise<readonly string[]> {
  const found: string[] = [];
  for (const name of names) {
    const [owner = "", repository = ""] = name.toLowerCase().split("/");
    const row = await db
      .selectFrom("repositories")
      .select("id")
      .where((eb) => eb(eb.fn<string>("lower", ["owner_login"]), "=", owner))
      .where((eb) => eb(eb.fn<string>("lower", ["name"]), "=", repository))
      .where("visibility", "=", "public")
      .executeTakeFirst();
    if (row !== undefined) found.push(name);
  }
  return found;
}

export type HolidayRow = { readonly region: string; readonly year: number; readonly dates: readonly string[] };

/** The kept years of these regions. */
export async function holidayYears(
  db: Db,
  regions: readonly string[],
  years: readonly number[],
): Promise<readonly HolidayRow[]> {
  const rows = await db
    .selectFrom("holidays")
    .selectAll()
    .where("region", "in", [...regions])
    .where("year", "in", [...years])
    .execute();
  return rows.map(({ region, year, dates }) => ({ region, year, dates: storedDates.parse(JSON.parse(dates)) }));
}

/** Which of these regions have a year kept, and so exist. */
export async function regionsWithHolidays(db: Db, regions: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await db
    .selectFrom("holidays")
    .select("region")
    .distinct()
    .where("region", "in", [...regions])
    .execute();
  return new Set(rows.map(({ region }) => region));
}

/** Keeps years of holidays; what is kept already stays. */
export async function keepHolidays(db: Db, rows: readonly HolidayRow[]): Promise<void> {
  if (rows.length === 0) return;
  await db
    .insertInto("holidays")
    .values(rows.map(({ region, year, dates }) => ({ region, year, dates: JSON.stringify(dates) })))
    .onConflict((conflict) => conflict.columns(["region", "year"]).doNothing())
    .execute();
}

const HOLIDAY_SOURCE = "holidays.source";

/** Empties the table of holidays where it was filled from another source than this. */
export async function forgetHolidaysUnlessFrom(db: Db, source: string): Promise<void> {
  const kept = await db.selectFrom("settings").select("value").where("name", "=", HOLIDAY_SOURCE).executeTakeFirst();
  if (kept?.value === source) return;
  await db.deleteFrom("holidays").execute();
  await db
    .insertInto("settings")
    .values({ name: HOLIDAY_SOURCE, value: source })
    .onConflict((conflict) => conflict.column("name").doUpdateSet({ value: source }))
    .execute();
}

/** Repositories that have a policy file of their own. */
export async function repositoriesWithPolicy(db: Db): Promise<readonly number[]> {
  const rows = await db
    .selectFrom("policies")
    .select("scope")
    .where("is_found", "=", 1)
    .where("scope", "like", "repository:%")
    .execute();
  return rows.map((row) => Number(row.scope.slice("repository:".length)));
}
