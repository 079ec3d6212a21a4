// Tables for who sees the board and what they do there, and what its pages sort by. Migrations only go forward and never drop what the
// running release still reads.
import { type Kysely, sql } from "kysely";
import type { Dialect } from "../database.ts";

const TABLES: Readonly<Record<string, string>> = {
  sessions: `token_hash text primary key, person_key text not null, person text not null, browser text not null,
    created_at bigint not null, seen_at bigint not null, expires_at bigint not null, revoked_at bigint`,
  board_access: `owner_id bigint not null, person_key text not null, access text not null, read_at bigint not null,
    primary key (owner_id, person_key)`,
  sign_in_links: `token_hash text primary key, email text not null, created_at bigint not null, expires_at bigint not null`,
  contact_links: `id $id, token_hash text not null unique, prefix text not null, owner_id bigint not null, customer_id text not null,
    contact text not null, made_by text not null, created_at bigint not null, expires_at bigint not null, revoked_at bigint`,
  contact_link_openings: `id $id, link_id bigint not null, at bigint not null, what text not null`,
  api_tokens: `id $id, token_hash text not null unique, prefix text not null, owner_id bigint not null, name text not null,
    scope text not null, made_by text not null, created_at bigint not null, expires_at bigint not null, last_used_at bigint,
    revoked_at bigint`,
  customer_changes: `id $id, owner_id bigint not null, customer_id text not null, at bigint not null, "by" text not null,
    how text not null, before text, after text`,
  board_acts: `id $id, owner_id bigint not null, at bigint not null, person_key text not null, person text not null,
    kind text not null, subject text not null, words text not null`,
};

const COLUMNS: readonly string[] = [
  "alter table patches add column turn text",
  "alter table patches add column turn_since_at bigint",
  "alter table patches add column waits_for_us integer not null default 0",
  "alter table decisions add column owner_id bigint",
  "alter table commands add column owner_id bigint",
  "alter table escalation_steps add column owner_id bigint",
];

const INDEXES: readonly string[] = [
  "create index sessions_person on sessions (person_key)",
  "create index sessions_expires on sessions (expires_at)",
  "create index sign_in_links_expires on sign_in_links (expires_at)",
  "create index sign_in_links_email on sign_in_links (email, created_at)",
  "create index contact_links_customer on contact_links (owner_id, customer_id)",
  "create index contact_link_openings_link on contact_link_openings (link_id, id)",
  "create index api_tokens_owner on api_tokens (owner_id)",
  "create index customer_changes_customer on customer_changes (owner_id, customer_id, id)",
  "create index customer_changes_owner on customer_changes (owner_id, id)",
  "create index board_acts_owner on board_acts (owner_id, id)",
  "create index board_acts_subject on board_acts (subject, id)",
  // In the order of the page of what waits, with what is searched there: a title of GitHub's has at most 256 characters, which fit.
  "create index patches_waiting on patches (owner_id, turn, gravity, opened_at, id, title) where state = 'open' and is_tracked = 1",
  "create index patches_waiting_here on patches (repository_id, turn, gravity, opened_at, id) where state = 'open' and is_tracked = 1",
  // The order for maintainers, who see no severity.
  "create index patches_oldest_here on patches (repository_id, turn, opened_at, id, title) where state = 'open' and is_tracked = 1",
  "create index links_to_answer on links (owner_id, made_at) where state = 'proposed'",
  "create index links_made_by on links (owner_id, made_by, made_at) where state = 'confirmed'",
  // The log, newest first.
  "create index decisions_owner on decisions (owner_id, at, id)",
  "create index commands_owner on commands (owner_id, at, source)",
  "create index escalation_steps_owner on escalation_steps (owner_id, at, id)",
  "create index board_acts_owner_at on board_acts (owner_id, at, id)",
  "create index effects_finished on effects (installation_id, finished_at, id) where finished_at is not null",
  "create index effects_finished_lane on effects (lane, finished_at, id) where finished_at is not null",
  "create index notices_finished on notices (owner_id, finished_at, id) where finished_at is not null",
  "create index commands_ownerless on commands (source) where owner_id is null",
  "create index escalation_steps_ownerless on escalation_steps (id) where owner_id is null",
  "create index repositories_owner on repositories (owner_id, name)",
  "create index patches_turnless on patches (id) where turn is null and standing is not null",
  "create index decisions_ownerless on decisions (id) where owner_id is null",
  "create index cases_assignee on cases (owner_id, assignee) where state = 'open' and assignee is not null",
  "create index cases_listed on cases (owner_id, state, (coalesce(severity, 'S5')), created_at, id)",
  "create index cases_of_customer on cases (owner_id, customer_id, state, (coalesce(severity, 'S5')), created_at, id)",
  "create index customer_events_case on customer_events (case_id) where case_id is not null",
  "create index cases_open on cases (owner_id, severity, created_at) where state = 'open'",
  "create index patch_times_owner on patch_times (owner_id, decided_at)",
  // All that is counted of patches and of what waits, so that counting reads no row itself.
  "create index patch_times_opened on patch_times (owner_id, opened_at, patch_id, response_millis, escalated_at, decided_at, decision_millis, escalated_decision_millis)",
  "create index patches_turns on patches (owner_id, turn, gravity, repository_id, turn_since_at) where state = 'open' and is_tracked = 1",
  "create index told_reports on told (owner_id, customer_id) where kind = 'case-report'",
  "create index reminders_sent on reminders (sent_at, patch_id) where sent_at is not null",
];

export async function up(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  const id =
    dialect === "sqlite" ? "integer primary key autoincrement" : "bigint generated by default as identity primary key";
  for (const [table, columns] of Object.entries(TABLES)) {
    await sql.raw(`create table ${table} (${columns.replaceAll("$id", id)})`).execute(db);
  }
  for (const column of COLUMNS) await sql.raw(column).execute(db);
  const [turn, since, ours] =
    dialect === "sqlite"
      ? ["standing ->> '$.turn'", "standing ->> '$.sinceAt'", "standing ->> '$.waitsForUs' = 1"]
      : [
          "standing::json ->> 'turn'",
          "(standing::json ->> 'sinceAt')::bigint",
          "standing::json ->> 'waitsForUs' = 'true'",
        ];
  await sql
    .raw(
      `update patches set turn = ${turn}, turn_since_at = ${since}, waits_for_us = case when ${ours} then 1 else 0 end where standing is not null`,
    )
    .execute(db);
  await sql
    .raw("update decisions set owner_id = (select owner_id from patches where patches.id = decisions.patch_id)")
    .execute(db);
  await sql
    .raw(
      `update commands set owner_id = coalesce((select owner_id from patches where patches.id = commands.patch_id),
        (select owner_id from cases where cases.id = commands.case_id))`,
    )
    .execute(db);
  await sql
    .raw(
      "update escalation_steps set owner_id = (select owner_id from escalations where escalations.id = escalation_steps.escalation_id)",
    )
    .execute(db);
  for (const index of INDEXES) await sql.raw(index).execute(db);
}
