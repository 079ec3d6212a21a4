// Who is registered under an address: account owners, deputies and people in the customers' files. Apart, because only signing in asks.
import { sql } from "kysely";
import { storedCustomer, storedPerson } from "../customers/customer.ts";
import type { Db } from "../db/database.ts";
import { likePattern } from "../db/like.ts";
import type { Language } from "../policy/policy.ts";

/** Somebody whom a file of the owner names with this address. */
export type Registered = {
  readonly ownerId: number;
  readonly name: string;
  readonly language: Language | null;
  readonly timezone: string | null;
};

const MOST = 200;

/** Account owners and deputies first, then the others; in files of all owners. */
export async function registeredByEmail(db: Db, email: string): Promise<readonly Registered[]> {
  const wanted = email.toLowerCase();
  const found: Registered[] = [];
  const customers = await db
    .selectFrom("customers")
    .select(["owner_id", "data", "timezone"])
    .where(holds(wanted))
    .limit(MOST)
    .execute();
  for (const row of customers) {
    const { owner } = storedCustomer(row.data);
    for (const each of [owner, owner?.deputy ?? null]) {
      if (each === null || each.email?.toLowerCase() !== wanted) continue;
      found.push({
        ownerId: row.owner_id,
        name: each.name,
        language: each.language,
        timezone: null,
      });
    }
  }
  const people = await db.selectFrom("people").select(["owner_id", "data"]).where(holds(wanted)).limit(MOST).execute();
  for (const row of people) {
    const { email: known, name, github, language, timezone } = storedPerson(row.data);
    if (known?.toLowerCase() !== wanted) continue;
    found.push({ ownerId: row.owner_id, name: name ?? github, language, timezone });
  }
  return found;
}

/** A first sieve, so that not every row is parsed. */
const holds = (email: string) => sql<boolean>`lower(data) like ${likePattern(`"${email}"`)} escape '\\'`;
