// Connections to PostgreSQL that end under the product: the pool's, one inside a transaction, the one that listens, and behind a pooler.
import { sql } from "kysely";
import { describe, expect, onTestFinished, test } from "vitest";
import { type Database, openDatabase } from "../../src/db/database.ts";
import { DIALECTS, makeDatabase, onServer } from "../support/databases.ts";
import { PGBOUNCER, startPgbouncer } from "../support/pgbouncer.ts";

async function open(url: string) {
  const faults: Error[] = [];
  const database = await openDatabase(url, (error) => faults.push(error));
  onTestFinished(() => database.close());
  return { database, faults };
}

async function fresh({ isEmpty = false } = {}) {
  const made = await makeDatabase("postgres", { isEmpty });
  onTestFinished(made.remove);
  return made.url;
}

const nameIn = (url: string) => new URL(url).pathname.slice(1);
const endConnections = (url: string) =>
  onServer(`select pg_terminate_backend(pid) from pg_stat_activity where datname = '${nameIn(url)}'`);
const answers = (database: Database) => sql<{ n: number }>`select 1 as n`.execute(database.db);

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  const endsAt = performance.now() + 10_000;
  while (!(await holds())) {
    if (performance.now() > endsAt) throw new Error("waited in vain");
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

describe.runIf(DIALECTS.includes("postgres"))("on PostgreSQL", () => {
  // Mutation: without the listener on each connection the transaction's own error ends the whole test process.
  test("a connection that is ended inside a transaction fails that transaction alone, and the next one works", async () => {
    const url = await fresh();
    const { database, faults } = await open(url);
    const lost = database.transaction(async (tx) => {
      await sql`insert into settings (name, value) values ('begun', '1')`.execute(tx);
      const heard = faults.length;
      await endConnections(url);
      // Until it is known here, with no statement under way.
      await until(() => faults.length > heard);
      await sql`insert into settings (name, value) values ('ended', '1')`.execute(tx);
    });
    await expect(lost).rejects.toThrow();
    expect((await answers(database)).rows).toEqual([{ n: 1 }]);
    const { rows } = await sql`select name from settings where name in ('begun', 'ended')`.execute(database.db);
    expect(rows).toEqual([]);
  });

  test("connections that are ended while they rest are replaced, and each is told of once", async () => {
    const url = await fresh();
    const { database, faults } = await open(url);
    await Promise.all([answers(database), answers(database), answers(database)]);
    await endConnections(url);
    await until(() => faults.length === 3);
    const all = await Promise.all(Array.from({ length: 12 }, () => answers(database)));
    expect(all).toHaveLength(12);
    expect(faults.map(({ message }) => message)).toEqual(
      Array.from({ length: 3 }, () => "terminating connection due to administrator command"),
    );
  });

  test("hints of other processes are heard again after the connection that listens was ended", async () => {
    const url = await fresh();
    const [listening, telling] = [await open(url), await open(url)];
    const heard: string[] = [];
    listening.database.onHint((topic) => heard.push(topic));
    const isHeard = async () => {
      telling.database.hint("patches");
      await new Promise((resolve) => setTimeout(resolve, 20));
      return heard.includes("patches");
    };
    await until(isHeard);
    await endConnections(url);
    await until(async () => {
      heard.length = 0;
      return isHeard();
    });
  });

  test("processes that start at once on an empty database bring its tables up to date one after the other", async () => {
    const url = await fresh({ isEmpty: true });
    const opened = await Promise.all([open(url), open(url), open(url)]);
    for (const { database } of opened) expect((await answers(database)).rows).toEqual([{ n: 1 }]);
  });
});

describe.runIf(DIALECTS.includes("postgres") && PGBOUNCER !== null)("behind PgBouncer in transaction mode", () => {
  // Mutation: with Kysely's own lock, which is a session's, one of them waits for ever or another's is let go.
  test("processes that start at once bring the tables up to date, and no lock is left behind", async () => {
    const url = await fresh({ isEmpty: true });
    const { through } = await startPgbouncer(onTestFinished);
    const opened = await Promise.all([open(through(url)), open(through(url)), open(through(url))]);
    for (const { database } of opened) expect((await answers(database)).rows).toEqual([{ n: 1 }]);
    const { database } = await open(url);
    const { rows } = await sql`select count(*) as n from pg_locks
      where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())`.execute(
      database.db,
    );
    expect(rows).toEqual([{ n: 0 }]);
  });
});
