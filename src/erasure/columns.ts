// Every column of every table, and what becomes of it when a person is erased. The types see to it that there is none without an entry: whoever
// adds a column has to say here whether it can hold a login, a name, an address or words of somebody's.
import type { Schema } from "../db/schema.ts";
import { TOLD } from "./columns-told.ts";
import { never, type Table } from "./treatment.ts";

export const TABLES: { readonly [Name in keyof Schema]: Table<Name> } = {
  ...TOLD,
  deliveries: {
    how: "apart",
    columns: {
      ...never("id", "event", "received_at", "state", "attempts", "run_after", "claimed_until", "finished_at"),
      ...never("installation_id"),
      because: "words",
      error: "words",
      body: "json",
    },
  },
  installations: {
    how: "never",
    columns: {
      ...never("id", "owner_id", "owner_type", "state", "permissions", "installed_at", "parked_until", "refusals"),
      ...never("removed_at", "forgotten_at"),
      owner_login: "theirs",
      parked_because: "never",
    },
  },
  pauses: { how: "scrub", columns: { ...never("scope", "since"), because: "words" } },
  repositories: {
    how: "never",
    columns: {
      ...never("id", "node_id", "installation_id", "owner_id", "visibility", "default_branch", "is_archived"),
      ...never("made_public_at", "seen_at"),
      owner_login: "theirs",
      name: "never",
    },
  },
  backfills: {
    how: "scrub",
    columns: {
      ...never("repository_id", "kind", "state", "cursor", "done", "total", "run_after", "claimed_until", "attempts"),
      error: "words",
    },
  },
  policies: {
    how: "never",
    columns: {
      ...never("scope", "path", "is_found", "good_at", "commit_sha", "checked_at"),
      good_text: "theirs",
      errors: "theirs",
    },
  },
  patches: {
    how: "scrub",
    columns: {
      ...never("id", "repository_id", "number", "owner_id", "pull_request_id", "node_id", "author_id", "author_is_bot"),
      ...never("state", "is_draft", "is_merged", "merge_sha", "opened_at", "head_sha", "base_ref", "requested_teams"),
      ...never("label_names", "seen_at", "version", "due_at", "claimed_until", "decided_at", "turn", "turn_since_at"),
      ...never(
        "waits_for_us",
        "is_tracked",
        "gravity",
        "wanted_labels",
        "escalation_due_at",
        "observation",
        "observed_at",
      ),
      title: "words",
      body: "words",
      author_login: "value",
      requested_reviewers: "json",
      standing: "json",
      escalation_because: "words",
    },
  },
  facts: {
    how: "scrub",
    columns: {
      ...never("patch_id", "kind", "at", "actor_id"),
      key: "words",
      actor_login: "value",
      data: "json",
    },
  },
  cases: {
    how: "scrub",
    columns: {
      ...never(
        "id",
        "owner_id",
        "repository_id",
        "number",
        "reference",
        "customer_id",
        "severity",
        "state",
        "needed_by",
      ),
      ...never("next_report", "url", "stamps", "created_at"),
      title: "words",
      summary: "words",
      stake: "words",
      workaround: "words",
      needed_by_why: "words",
      assignee: "value",
    },
  },
  links: {
    how: "scrub",
    columns: {
      ...never("case_id", "patch_id", "owner_id", "state", "is_by_support", "made_at", "carried_from"),
      made_by: "value",
      made_where: "key",
    },
  },
  commands: {
    how: "scrub",
    columns: {
      ...never("owner_id", "source", "occurrence", "patch_id", "case_id", "actor_id", "at"),
      text: "words",
      actor_login: "value",
      authority: "json",
      outcome: "json",
    },
  },
  erased_people: { how: "never", columns: never("user_id", "mark", "at") },
  quiet_people: { how: "never", columns: { ...never("owner_id", "user_id", "until", "at"), login: "theirs" } },
  customers: {
    how: "apart",
    columns: { ...never("owner_id", "id", "name", "timezone", "is_confidential", "due_at"), data: "json" },
  },
  customer_identities: { how: "drop", columns: { ...never("owner_id", "customer_id", "kind"), value: "value" } },
  people: { how: "drop", columns: { ...never("owner_id"), github: "value", data: "json" } },
  patch_customers: { how: "never", columns: never("patch_id", "customer_id", "owner_id") },
  access: { how: "drop", columns: { ...never("repository_id", "user_id", "permission", "read_at"), login: "value" } },
  teams: { how: "never", columns: never("owner_id", "slug", "is_found", "read_at") },
  team_members: { how: "drop", columns: { ...never("owner_id", "slug", "user_id"), login: "value" } },
  user_organizations: { how: "apart", columns: never("user_id", "organizations", "read_at") },
  memberships: { how: "apart", columns: never("organization", "user_id", "is_member", "read_at") },
  code_owners: { how: "never", columns: { ...never("repository_id", "path", "read_at"), text: "theirs" } },
  decisions: {
    how: "scrub",
    columns: { ...never("id", "owner_id", "patch_id", "at", "kind"), because: "words", data: "json" },
  },
  holidays: { how: "never", columns: never("region", "year", "dates") },
  settings: { how: "never", columns: never("name", "value") },
  leases: { how: "never", columns: never("name", "holder", "until") },
  repository_labels: {
    how: "never",
    columns: never("repository_id", "key", "label_id", "name", "defined_as", "state"),
  },
  label_marks: { how: "never", columns: never("patch_id", "key", "hand") },
  reminders: {
    how: "scrub",
    columns: {
      ...never("patch_id", "round", "n", "decided_at", "sent_at", "comment_id", "comment_node_id", "state"),
      addressees: "json",
    },
  },
  effects: {
    how: "scrub",
    columns: {
      ...never("id", "installation_id", "lane", "kind", "state", "priority", "run_after", "attempts", "first_try_at"),
      ...never("claimed_until", "claimed_by", "revision", "created_at", "finished_at"),
      key: "key",
      body: "json",
      because: "words",
      outcome: "json",
    },
  },
  writes: { how: "never", columns: never("id", "installation_id", "at", "is_comment") },
  slots: { how: "scrub", columns: { ...never("at"), key: "key", taken_by: "key" } },
  schedules: { how: "never", columns: never("name", "holder", "claimed_until", "due_at", "last_run_at") },
  missed_deliveries: {
    how: "scrub",
    columns: {
      ...never("guid", "delivery_id", "event", "installation_id", "delivered_at", "state", "tries", "try_at"),
      because: "words",
    },
  },
  reconciliations: {
    how: "never",
    columns: never("installation_id", "due_at", "began_at", "since_at", "place", "done_at"),
  },
};
