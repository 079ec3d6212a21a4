// Tables for what rises, what is told privately, and what became of a fix. Migrations only go forward and never drop what the running
// release still reads.
import { type Kysely, sql } from "kysely";
import type { Dialect } from "../database.ts";

const TABLES: Readonly<Record<string, string>> = {
  notices: `id $id, key text not null unique, owner_id bigint not null, channel text not null, recipient text not null,
    recipient_data text not null, patch_id text, kind text not null, thread text, is_urgent integer not null default 0,
    body text not null, because text not null, state text not null, run_after bigint not null,
    attempts integer not null default 0, first_try_at bigint, tried text not null default '[]', claimed_until bigint, claimed_by text,
    outcome text, created_at bigint not null, finished_at bigint`,
  notice_threads: `thread text not null, recipient text not null, channel text not null, reference text not null,
    at bigint not null, primary key (thread, recipient, channel)`,
  choices: `token_hash text primary key, owner_id bigint not null, kind text not null, subject text not null,
    asked text not null, language text not null, created_at bigint not null, expires_at bigint not null,
    answered_at bigint, answer text`,
  escalations: `id $id, owner_id bigint not null, patch_id text not null, opened_at bigint not null, cause text not null,
    because text not null, asked_by text, reason text, is_anyway integer not null default 0, missing text not null default '[]',
    severity text, state text not null, state_at bigint not null, round text not null, wait_until bigint, decide_by bigint,
    times_asked integer not null default 0, paused_at bigint, paused_because text, ended_at bigint, outcome text`,
  escalation_steps: `id $id, key text not null unique, escalation_id bigint not null, patch_id text not null, at bigint not null, kind text not null,
    addressees text not null default '[]', because text not null, cause_key text, dossier text, head_sha text, outcome text, outcome_at bigint`,
  listed_decisions: `id $id, owner_id bigint not null, recipient text not null, recipient_data text not null,
    patch_id text not null, step_key text not null, due_at bigint not null, sent_at bigint, unique (recipient, step_key)`,
  case_comments: `case_id bigint primary key, comment_id bigint, comment_node_id text, written_hash text, written_at bigint,
    news text, deleted_at bigint`,
  customer_events: `id $id, key text not null unique, owner_id bigint not null, customer_id text not null, case_id bigint,
    patch_id text, kind text not null, at bigint not null, data text not null`,
  patch_times: `patch_id text primary key, owner_id bigint not null, repository_id bigint not null, opened_at bigint not null, first_response_at bigint,
    response_millis bigint, escalated_at bigint, decided_at bigint, decision text, decision_millis bigint,
    escalated_decision_millis bigint, released_at bigint, release_tag text, release_millis bigint`,
  feeds: `token_hash text primary key, prefix text not null, owner_id bigint not null, customer_id text not null,
    created_at bigint not null, revoked_at bigint`,
  told: `key text primary key, owner_id bigint not null, kind text not null, patch_id text, customer_id text,
    told_at bigint not null, ended_at bigint`,
  digests: `owner_id bigint primary key, due_at bigint not null, began_at bigint not null`,
  digest_readers: `owner_id bigint not null, recipient text not null, covered_until bigint not null,
    primary key (owner_id, recipient)`,
  releases: `repository_id bigint not null, tag text not null, name text, url text, published_at bigint not null,
    is_prerelease integer not null default 0, run_after bigint, attempts integer not null default 0,
    primary key (repository_id, tag)`,
  release_checks: `patch_id text not null, tag text not null, at bigint not null, primary key (patch_id, tag)`,
};

const INDEXES: readonly string[] = [
  "create index notices_due on notices (run_after) where state = 'due'",
  "create index notices_lane on notices (owner_id, recipient, is_urgent desc, attempts, id, run_after, claimed_until) where state = 'due'",
  "create index notices_failed on notices (finished_at) where state = 'failed'",
  "create index notices_told on notices (finished_at) where state in ('done', 'withdrawn') and body != ''",
  "create index notices_patch on notices (patch_id) where patch_id is not null",
  "create index choices_subject on choices (kind, subject)",
  "create index choices_expires on choices (expires_at)",
  "create index effects_decision_request on effects (lane) where kind = 'decision-request'",
  "create unique index escalations_open on escalations (patch_id) where ended_at is null",
  "create index escalations_patch on escalations (patch_id, id)",
  "create index escalation_steps_escalation on escalation_steps (escalation_id, id)",
  "create index escalation_steps_patch on escalation_steps (patch_id, id)",
  "create index links_carried on links (carried_from) where carried_from is not null",
  "create index listed_decisions_due on listed_decisions (due_at) where sent_at is null",
  "create index customer_events_customer on customer_events (owner_id, customer_id, at)",
  "create index customer_events_patch on customer_events (patch_id) where patch_id is not null",
  "create index digests_due on digests (due_at)",
  "create index patches_head on patches (head_sha)",
  "create index told_open on told (owner_id, kind) where ended_at is null",
  "create index told_patch on told (patch_id) where ended_at is null and patch_id is not null",
  "create index patch_times_repository on patch_times (repository_id, decided_at)",
  "create index releases_due on releases (run_after) where run_after is not null",
  "create index cases_report on cases (next_report) where next_report is not null and state = 'open'",
];

export async function up(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  const id =
    dialect === "sqlite" ? "integer primary key autoincrement" : "bigint generated by default as identity primary key";
  for (const [table, columns] of Object.entries(TABLES)) {
    await sql.raw(`create table ${table} (${columns.replaceAll("$id", id)})`).execute(db);
  }
  await sql.raw("alter table patches add column merge_sha text").execute(db);
  await sql.raw("alter table links add column carried_from text").execute(db);
  for (const index of INDEXES) await sql.raw(index).execute(db);
}
