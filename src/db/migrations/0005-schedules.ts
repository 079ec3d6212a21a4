// Schedules that one process at a time keeps, deliveries that GitHub could not bring us, whose those are that came, and how far each
// installation was compared with GitHub.
import { type Kysely, sql } from "kysely";

const STATEMENTS: readonly string[] = [
  `create table schedules (name text primary key, holder text, claimed_until bigint, due_at bigint not null default 0,
    last_run_at bigint)`,
  `create table missed_deliveries (guid text primary key, delivery_id bigint not null, event text not null,
    installation_id bigint, delivered_at bigint not null, state text not null, tries integer not null default 0,
    try_at bigint not null, because text)`,
  "create index missed_deliveries_due on missed_deliveries (try_at) where state = 'due'",
  `create table reconciliations (installation_id bigint primary key, due_at bigint not null, began_at bigint, since_at bigint,
    place text, done_at bigint)`,
  "create index reconciliations_due on reconciliations (due_at)",
  "alter table deliveries add column installation_id bigint",
  // With whose they are, so that a long backlog of one is passed over in the index.
  "drop index deliveries_pending",
  "create index deliveries_pending on deliveries (run_after, installation_id) where state = 'pending'",
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}
