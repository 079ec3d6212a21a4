// What the checklist asks the store: six small questions, whatever is in it.
import { sql } from "kysely";
import type { Db } from "../db/database.ts";
import type { Checklist } from "./checklist.ts";

const MOST = 10;

/** What there is besides the App itself. */
export async function readChecklist(db: Db): Promise<Omit<Checklist, "app">> {
  const owners = await db
    .selectFrom("installations")
    .select("owner_login")
    .where("state", "!=", "deleted")
    .orderBy("installed_at")
    .orderBy("id")
    .limit(MOST)
    .execute();
  const installations = await db
    .selectFrom("installations")
    .select((eb) => eb.fn.countAll<number>().as("count"))
    .where("state", "!=", "deleted")
    .executeTakeFirstOrThrow();
  // As the partial index has it: by what is written out in the statement.
  const newest = await db
    .selectFrom("deliveries")
    .select("finished_at")
    .where("state", "in", [sql.lit("done" as const), sql.lit("ignored" as const)])
    .orderBy("finished_at", "desc")
    .limit(1)
    .executeTakeFirst();
  // The owner's file stands twice where its repository is one of ours: one path is one file.
  const found = db.selectFrom("policies").where("is_found", "=", 1);
  const paths = await found.select("path").distinct().orderBy("path").limit(MOST).execute();
  const policies = await found
    .select((eb) => [
      eb.fn.count<number>("path").distinct().as("count"),
      eb.fn.count<number>("path").distinct().filterWhere("errors", "!=", "[]").as("with_errors"),
    ])
    .executeTakeFirstOrThrow();
  const customers = await db
    .selectFrom("customers")
    .select((eb) => eb.fn.countAll<number>().as("count"))
    .executeTakeFirstOrThrow();
  return {
    installed: { owners: owners.map((row) => row.owner_login), count: Number(installations.count) },
    webhook: { at: newest?.finished_at ?? null },
    policy: {
      paths: paths.flatMap((row) => row.path ?? []),
      count: Number(policies.count),
      withErrors: Number(policies.with_errors),
    },
    customers: { count: Number(customers.count) },
  };
}
