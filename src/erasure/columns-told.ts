// The columns of what rises, what is told and what is behind the board, and what becomes of each when a person is erased. Apart from the others
// only for length: the same rules hold.
import type { BoardSchema } from "../db/schema-board.ts";
import type { TellingSchema } from "../db/schema-telling.ts";
import { never, type Table } from "./treatment.ts";

export const TOLD: { readonly [Name in keyof (TellingSchema & BoardSchema)]: Table<Name> } = {
  notices: {
    how: "scrub",
    columns: {
      ...never(
        "id",
        "owner_id",
        "channel",
        "patch_id",
        "kind",
        "thread",
        "is_urgent",
        "state",
        "run_after",
        "attempts",
      ),
      ...never("first_try_at", "tried", "claimed_until", "claimed_by", "created_at", "finished_at"),
      key: "key",
      recipient: "key",
      recipient_data: "json",
      body: "json",
      because: "words",
      recalled: "words",
      outcome: "json",
    },
  },
  notice_threads: {
    how: "drop",
    columns: { ...never("thread", "channel", "at"), recipient: "key", reference: "key" },
  },
  choices: {
    how: "drop",
    columns: {
      ...never("token_hash", "owner_id", "kind", "subject", "language", "created_at", "expires_at", "answered_at"),
      asked: "json",
      answer: "json",
    },
  },
  escalations: {
    how: "scrub",
    columns: {
      ...never("id", "owner_id", "patch_id", "opened_at", "cause", "is_anyway", "missing", "severity", "state"),
      ...never(
        "state_at",
        "round",
        "wait_until",
        "decide_by",
        "times_asked",
        "paused_at",
        "paused_because",
        "ended_at",
      ),
      because: "words",
      asked_by: "value",
      reason: "words",
      outcome: "words",
    },
  },
  escalation_steps: {
    how: "scrub",
    columns: {
      ...never("id", "owner_id", "escalation_id", "patch_id", "at", "kind", "head_sha", "outcome_at"),
      key: "key",
      addressees: "json",
      because: "words",
      cause_key: "words",
      dossier: "json",
      outcome: "words",
    },
  },
  listed_decisions: {
    how: "drop",
    columns: {
      ...never("id", "owner_id", "patch_id", "due_at", "sent_at"),
      recipient: "key",
      recipient_data: "json",
      step_key: "key",
    },
  },
  case_comments: {
    how: "scrub",
    columns: {
      ...never("case_id", "comment_id", "comment_node_id", "written_hash", "written_at", "deleted_at"),
      news: "key",
    },
  },
  customer_events: {
    how: "scrub",
    columns: {
      ...never("id", "owner_id", "customer_id", "case_id", "patch_id", "kind", "at"),
      key: "key",
      data: "json",
    },
  },
  patch_times: {
    how: "never",
    columns: {
      ...never("patch_id", "owner_id", "repository_id", "opened_at", "first_response_at", "response_millis"),
      ...never("escalated_at", "decided_at", "decision", "decision_millis", "escalated_decision_millis", "released_at"),
      ...never("release_tag", "release_millis"),
    },
  },
  feeds: {
    how: "never",
    columns: never("token_hash", "prefix", "owner_id", "customer_id", "created_at", "revoked_at"),
  },
  told: {
    how: "scrub",
    columns: { ...never("owner_id", "kind", "patch_id", "customer_id", "told_at", "ended_at"), key: "key" },
  },
  digests: { how: "never", columns: never("owner_id", "due_at", "began_at") },
  digest_readers: { how: "drop", columns: { ...never("owner_id", "covered_until"), recipient: "key" } },
  releases: {
    how: "never",
    columns: {
      ...never("repository_id", "tag", "name", "url", "published_at", "is_prerelease", "run_after", "attempts"),
    },
  },
  release_checks: { how: "never", columns: never("patch_id", "tag", "at") },
  sessions: {
    how: "drop",
    columns: {
      ...never("token_hash", "created_at", "seen_at", "expires_at", "revoked_at", "browser"),
      person_key: "key",
      person: "json",
    },
  },
  board_access: { how: "apart", columns: { ...never("owner_id", "access", "read_at"), person_key: "key" } },
  sign_in_links: {
    how: "drop",
    columns: { ...never("token_hash", "created_at", "expires_at"), email: "value" },
  },
  contact_links: {
    how: "scrub",
    columns: {
      ...never("id", "token_hash", "prefix", "owner_id", "customer_id", "created_at", "expires_at", "revoked_at"),
      contact: "json",
      made_by: "value",
    },
  },
  contact_link_openings: { how: "never", columns: never("id", "link_id", "at", "what") },
  api_tokens: {
    how: "scrub",
    columns: {
      ...never("id", "token_hash", "prefix", "owner_id", "scope", "created_at", "expires_at", "last_used_at"),
      ...never("revoked_at"),
      name: "words",
      made_by: "value",
    },
  },
  customer_changes: {
    how: "apart",
    columns: { ...never("id", "owner_id", "customer_id", "at", "how"), by: "value", before: "json", after: "json" },
  },
  board_acts: {
    how: "scrub",
    columns: {
      ...never("id", "owner_id", "at", "kind", "subject"),
      person_key: "key",
      person: "value",
      words: "words",
    },
  },
};
