// By what somebody is known here: from a login or an address to all logins, addresses, names and ids of the same person.
import { sql } from "kysely";
import { storedCustomer, storedPerson } from "../customers/customer.ts";
import type { Db } from "../db/database.ts";
import { isErased } from "./mark.ts";
import type { Known } from "./scrub.ts";

type Found = {
  readonly ids: Set<number>;
  readonly logins: Set<string>;
  readonly emails: Set<string>;
  readonly slacks: Set<string>;
  readonly names: Set<string>;
};

export type WhoIs =
  | { readonly kind: "known"; readonly known: Known }
  /** GitHub gives a login that somebody has left to another: who is meant has to be said. */
  | { readonly kind: "several"; readonly login: string; readonly ids: readonly number[] };

type Asked = {
  readonly person: string;
  readonly id: number | null;
  /** Of GitHub's pages and API. */
  readonly hosts: readonly string[];
};

/**
 * Everything that stands for the person with this login or address, and, where several bore the login, with this id of GitHub's. Logins that they
 * bore before count, and what others bear or bore too is told apart.
 */
export async function whoIs(db: Db, { person, id, hosts }: Asked): Promise<WhoIs> {
  const found: Found = { ids: new Set(), logins: new Set(), emails: new Set(), slacks: new Set(), names: new Set() };
  if (person.includes("@")) found.emails.add(person.toLowerCase());
  else found.logins.add(person.toLowerCase());
  const shared = new Set<string>();
  const people = await db.selectFrom("people").select("data").execute();
  const customers = await db.selectFrom("customers").select("data").execute();
  // Twice: what the first round finds may lead to more.
  for (let round = 0; round < 2; round += 1) {
    for (const login of [...found.logins]) {
      const ids = await idsOf(db, login);
      const theirs = ids.length > 1 ? ids.filter((each) => each === id || found.ids.has(each)) : ids;
      if (ids.length > 1 && theirs.length === 0) return { kind: "several", login, ids };
      for (const each of theirs) found.ids.add(each);
    }
    for (const each of [...found.ids])
      for (const login of await loginsOf(db, each)) {
        const isTheirsAlone = (await idsOf(db, login)).every((other) => found.ids.has(other));
        (isTheirsAlone ? found.logins : shared).add(login);
      }
    for (const login of shared) found.logins.delete(login);
    for (const { data } of people) join(found, storedPerson(data));
    for (const { data } of customers) {
      const { owner, contacts } = storedCustomer(data);
      if (owner !== null) join(found, owner);
      if (owner?.deputy) join(found, owner.deputy);
      for (const contact of contacts) join(found, { ...contact, github: null, slack: null });
    }
    for (const login of shared) found.logins.delete(login);
  }
  return { kind: "known", known: { ...found, shared, hosts, accounts: await accountsAmong(db, found.logins) } };
}

async function accountsAmong(db: Db, logins: ReadonlySet<string>): Promise<ReadonlySet<string>> {
  const rows = await db.selectFrom("repositories").select("owner_login").distinct().execute();
  return logins.intersection(new Set(rows.map(({ owner_login }) => owner_login.toLowerCase())));
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
  const ids = new Set<number>();
  for (const [table, id, name] of PLACES) {
    const { rows } = await sql<{ id: number | null }>`select distinct ${sql.ref(id)} as id from ${sql.table(table)}
      where lower(${sql.ref(name)}) = ${login}`.execute(db);
    for (const row of rows) if (row.id !== null) ids.add(Number(row.id));
  }
  return [...ids].sort((a, b) => a - b);
}

async function loginsOf(db: Db, id: number): Promise<readonly string[]> {
  const logins: string[] = [];
  for (const [table, column, name] of PLACES) {
    const { rows } = await sql<{
      login: string | null;
    }>`select distinct ${sql.ref(name)} as login from ${sql.table(table)}
      where ${sql.ref(column)} = ${id}`.execute(db);
    logins.push(...rows.flatMap(({ login }) => (login === null || isErased(login) ? [] : [login.toLowerCase()])));
  }
  return logins;
}
