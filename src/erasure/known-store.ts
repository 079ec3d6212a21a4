// By what somebody is known here: from a login or an address to all logins, addresses, names and ids of the same person.
import { sql } from "kysely";
import { storedCustomer, storedPerson } from "../customers/customer.ts";
import type { Db } from "../db/database.ts";
import type { Known } from "./scrub.ts";

type Found = {
  readonly ids: Set<number>;
  readonly logins: Set<string>;
  readonly emails: Set<string>;
  readonly slacks: Set<string>;
  readonly names: Set<string>;
};

/** Everything that stands for the person with this login or address. Whoever bears a login now counts with those that they bore before. */
export async function knownAs(db: Db, given: string): Promise<Known> {
  const found: Found = { ids: new Set(), logins: new Set(), emails: new Set(), slacks: new Set(), names: new Set() };
  if (given.includes("@")) found.emails.add(given.toLowerCase());
  else found.logins.add(given.toLowerCase());
  const rows = await db.selectFrom("people").select("data").execute();
  const customers = await db.selectFrom("customers").select("data").execute();
  // Twice: what the first round finds may lead to more.
  for (let round = 0; round < 2; round += 1) {
    for (const { data } of rows) join(found, storedPerson(data));
    for (const { data } of customers) {
      const { owner, contacts } = storedCustomer(data);
      if (owner !== null) join(found, owner);
      if (owner?.deputy) join(found, owner.deputy);
      for (const contact of contacts) join(found, { ...contact, github: null, slack: null });
    }
    for (const login of [...found.logins]) for (const id of await idsOf(db, login)) found.ids.add(id);
    for (const id of found.ids) for (const login of await loginsOf(db, id)) found.logins.add(login.toLowerCase());
  }
  return found;
}

type Named = {
  readonly github: string | null;
  readonly email: string | null;
  readonly slack: string | null;
  readonly name: string | null;
};

/** Takes over who it is where login or address say that it is the same person. */
function join(found: Found, { github, email, slack, name }: Named): void {
  const isSame =
    (github !== null && found.logins.has(github.toLowerCase())) ||
    (email !== null && found.emails.has(email.toLowerCase()));
  if (!isSame) return;
  if (github !== null) found.logins.add(github.toLowerCase());
  if (email !== null) found.emails.add(email.toLowerCase());
  if (slack !== null) found.slacks.add(slack.toLowerCase());
  if (name !== null) found.names.add(name);
}

const PLACES = [
  ["facts", "actor_id", "actor_login"],
  ["patches", "author_id", "author_login"],
  ["access", "user_id", "login"],
  ["team_members", "user_id", "login"],
  ["commands", "actor_id", "actor_login"],
  ["quiet_people", "user_id", "login"],
] as const;

async function idsOf(db: Db, login: string): Promise<readonly number[]> {
  const ids: number[] = [];
  for (const [table, id, name] of PLACES) {
    const { rows } = await sql<{ id: number | null }>`select distinct ${sql.ref(id)} as id from ${sql.table(table)}
      where lower(${sql.ref(name)}) = ${login}`.execute(db);
    ids.push(...rows.flatMap((row) => (row.id === null ? [] : [Number(row.id)])));
  }
  return ids;
}

async function loginsOf(db: Db, id: number): Promise<readonly string[]> {
  const logins: string[] = [];
  for (const [table, column, name] of PLACES) {
    const { rows } = await sql<{
      login: string | null;
    }>`select distinct ${sql.ref(name)} as login from ${sql.table(table)}
      where ${sql.ref(column)} = ${id}`.execute(db);
    logins.push(...rows.flatMap(({ login }) => (login === null || login.startsWith("erased--") ? [] : [login])));
  }
  return logins;
}
