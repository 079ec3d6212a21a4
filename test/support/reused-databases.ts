// PostgreSQL databases that tests use one after the other: making one costs up to half a second where many files were deleted just before, as
// each dropped one leaves behind; emptying one costs a few milliseconds.
import { randomBytes } from "node:crypto";
import { Client } from "pg";

/** Beyond this, what deleted rows leave behind costs more than a new database. */
const LARGEST_BYTES = 24_000_000;

type Server = { readonly urlOf: (name: string) => string; readonly onServer: (statement: string) => Promise<void> };

const free: string[] = [];
/** What a new one looks like: the same for all copies of one template. */
let looksNew: string | null = null;

/** A copy of `template` without a row, made or used again. `remove` empties it for the next one; where that fails it is dropped. */
export async function takeDatabase(
  template: string,
  { urlOf, onServer }: Server,
): Promise<{ url: string; remove: () => Promise<void> }> {
  const name = free.pop() ?? (await make());
  return {
    url: urlOf(name),
    remove: async () => {
      if (await empty(urlOf(name))) free.push(name);
      else await onServer(`drop database if exists ${name} with (force)`);
    },
  };

  async function make(): Promise<string> {
    const made = `${template}_${randomBytes(4).toString("hex")}`;
    await onServer(`create database ${made} template ${template}`);
    looksNew ??= await withClient(urlOf(made), look);
    return made;
  }
}

/** Whether it is as good as new: whoever was still connected is sent away, every row deleted, every number begins at 1 again. */
async function empty(url: string): Promise<boolean> {
  try {
    return await withClient(url, async (client) => {
      await sendOthersAway(client);
      await client.query(DELETE_ROWS);
      const { rows } = await client.query("select pg_database_size(current_database())::integer as bytes");
      return rows[0]?.bytes <= LARGEST_BYTES && (await look(client)) === looksNew;
    });
  } catch {
    return false;
  }
}

async function sendOthersAway(client: Client): Promise<void> {
  const others = "from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()";
  for (let tries = 0; tries < 500; tries += 1) {
    const { rows } = await client.query(`select pg_terminate_backend(pid) ${others}`);
    if (rows.length === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  throw new Error("others stay connected");
}

const DELETE_ROWS = `
  set session_replication_role = replica;
  do $$ declare each record; has_rows boolean; begin
    for each in select tablename as name from pg_tables where schemaname = 'public' and tablename not like 'kysely_%' loop
      execute format('select exists (select from %I)', each.name) into has_rows;
      if has_rows then execute format('delete from %I', each.name); end if;
    end loop;
    for each in select sequencename as name from pg_sequences where schemaname = 'public' and last_value is not null loop
      perform setval(format('%I', each.name)::regclass, 1, false);
    end loop;
  end $$`;

async function look(client: Client): Promise<string> {
  const { rows } = await client.query(`select concat_ws(' ',
    (select count(*) from pg_attribute), (select count(*) from pg_class), (select count(*) from pg_constraint), (select count(*) from pg_trigger),
    (select count(*) from pg_proc), (select string_agg(name, ',' order by name) from kysely_migration),
    (select count(*) from pg_db_role_setting where setdatabase = (select oid from pg_database where datname = current_database()))) as look`);
  return String(rows[0]?.look);
}

/** A connection for as long as `work` lasts. */
export async function withClient<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 3000 });
  client.on("error", () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
