// The tables as types, in one place: ids from GitHub are numbers, times are epoch milliseconds, booleans are 0 or 1, JSON is text.
import type { Generated } from "kysely";
import type { BoardSchema } from "./schema-board.ts";
import type { SchedulesSchema } from "./schema-schedules.ts";
import type { TellingSchema } from "./schema-telling.ts";
import type { WritingSchema } from "./schema-writing.ts";

type Millis = number;
type Flag = 0 | 1;
type Json = string;

/** One webhook as it arrived. `body` is the raw payload, zstd-compressed. */
type DeliveryTable = {
  id: string;
  event: string;
  received_at: Millis;
  state: "pending" | "done" | "ignored" | "failed";
  attempts: Generated<number>;
  run_after: Millis;
  claimed_until: Millis | null;
  because: string | null;
  error: string | null;
  finished_at: Millis | null;
  body: Uint8Array | null;
  /** 0: it is no installation's; null: not known before its payload is read. */
  installation_id: number | null;
};

type InstallationTable = {
  id: number;
  owner_id: number;
  owner_login: string;
  owner_type: "Organization" | "User";
  state: "active" | "suspended" | "deleted";
  permissions: Json;
  installed_at: Millis;
  /** Set while a token is refused: nothing of this installation is tried before. */
  parked_until: Millis | null;
  parked_because: string | null;
  /** How often on end GitHub refused: each time it waits longer. */
  refusals: Generated<number>;
  /** When we heard that it is no more, and when what was known of its owner went because of that. */
  removed_at: Millis | null;
  forgotten_at: Millis | null;
};

/** What somebody stopped by hand or by the fuse. `scope` is `all` or `owner:ID`. */
type PauseTable = { scope: string; since: Millis; because: string };

type RepositoryTable = {
  id: number;
  node_id: string;
  installation_id: number | null;
  owner_id: number;
  owner_login: string;
  name: string;
  visibility: "public" | "private" | "internal";
  default_branch: string;
  is_archived: Flag;
  /** When it was made public: what the owner's policy said before no longer raises what may be told there. */
  made_public_at: Millis | null;
  /** When the row's changeable words were true, so that an older payload does not overwrite a newer one. */
  seen_at: Millis;
};

/** Reading what was there before we came: one row a repository and kind, with the page to go on from. */
type BackfillTable = {
  repository_id: number;
  kind: "patches" | "cases";
  state: "pending" | "done" | "failed";
  cursor: string | null;
  done: Generated<number>;
  total: number | null;
  run_after: Millis;
  claimed_until: Millis | null;
  attempts: Generated<number>;
  error: string | null;
};

/** A policy file's last good text, and what is wrong with the newest. `scope` is `owner:ID` or `repository:ID`. */
type PolicyTable = {
  scope: string;
  path: string | null;
  is_found: Flag;
  good_text: string | null;
  good_at: Millis | null;
  errors: Json;
  commit_sha: string | null;
  checked_at: Millis;
};

type PatchTable = {
  id: string;
  repository_id: number;
  number: number;
  owner_id: number;
  pull_request_id: number | null;
  node_id: string | null;
  title: string;
  body: string;
  author_id: number | null;
  author_login: string;
  author_is_bot: Flag;
  state: "open" | "closed" | "unknown";
  is_draft: Flag;
  is_merged: Flag;
  /** The commit by which it was merged. */
  merge_sha: string | null;
  opened_at: Millis;
  head_sha: string;
  base_ref: string;
  /** JSON: [{ id, login }] */
  requested_reviewers: Json;
  /** JSON: [{ id, slug }] */
  requested_teams: Json;
  /** JSON: names of the labels that are on it now. */
  label_names: Json;
  /** GitHub's `updated_at` of the newest payload applied here. */
  seen_at: Millis;
  version: Generated<number>;
  due_at: Millis | null;
  claimed_until: Millis | null;
  decided_at: Millis | null;
  standing: Json | null;
  /** Of the standing, what pages sort and filter by. Null as long as only an earlier release has decided. */
  turn: "maintainer" | "author" | "nobody" | null;
  turn_since_at: Millis | null;
  waits_for_us: Generated<Flag>;
  is_tracked: Generated<Flag>;
  /** 1 to 4 as the gravest open case's severity, 5 for none: what is due goes gravest first. */
  gravity: Generated<number>;
  /** JSON: keys of the labels that should be on it, by the last decision. */
  wanted_labels: Generated<Json>;
  escalation_due_at: Millis | null;
  escalation_because: string | null;
  /** JSON: { mergeable, checks, files }, read together. */
  observation: Json | null;
  observed_at: Millis | null;
};

type FactTable = {
  patch_id: string;
  key: string;
  kind: string;
  at: Millis;
  actor_id: number | null;
  actor_login: string | null;
  data: Json;
};

type CaseTable = {
  id: Generated<number>;
  owner_id: number;
  /** The issue, where the case is one. */
  repository_id: number | null;
  number: number | null;
  reference: string;
  title: string;
  customer_id: string | null;
  severity: "S1" | "S2" | "S3" | "S4" | null;
  state: "open" | "resolved" | "closed";
  summary: string | null;
  stake: string | null;
  workaround: string | null;
  needed_by: string | null;
  needed_by_why: string | null;
  next_report: string | null;
  assignee: string | null;
  url: string | null;
  /** JSON: { word: time of its last writer } */
  stamps: Json;
  created_at: Millis;
};

type LinkTable = {
  case_id: number;
  patch_id: string;
  owner_id: number;
  state: "proposed" | "confirmed" | "dropped";
  made_by: string;
  /** Whether whoever made it may speak for the customer: only then it may show one that is confidential. */
  is_by_support: Generated<Flag>;
  made_where: string;
  made_at: Millis;
  /** The patch that this one supersedes and that the link came over from; null where somebody made it here. */
  carried_from: string | null;
};

/** A command that ran, so that it never runs twice. `source` names the comment or body. */
type CommandTable = {
  /** Null where a release that knew none wrote it, until the sweep fills it in. */
  owner_id: number | null;
  source: string;
  text: string;
  occurrence: number;
  patch_id: string | null;
  case_id: number | null;
  actor_id: number;
  actor_login: string;
  authority: Json;
  outcome: Json;
  at: Millis;
};

type QuietPersonTable = { owner_id: number; user_id: number; login: string; until: Millis | null; at: Millis };

type CustomerTable = {
  owner_id: number;
  id: string;
  name: string;
  timezone: string;
  is_confidential: Flag;
  /** JSON: the whole customer as parsed. */
  data: Json;
  /** When next a contract begins, ends or its grace ends. */
  due_at: Millis | null;
};

/** What belongs to a customer, lower case, for look-ups. */
type CustomerIdentityTable = {
  owner_id: number;
  customer_id: string;
  kind: "login" | "organization" | "domain";
  value: string;
};

type PersonTable = { owner_id: number; github: string; data: Json };

type PatchCustomerTable = { patch_id: string; customer_id: string; owner_id: number };

/** Caches of what GitHub says of people, each with when it was asked. */
type AccessTable = { repository_id: number; user_id: number; login: string; permission: string; read_at: Millis };
type TeamTable = { owner_id: number; slug: string; is_found: Flag; read_at: Millis };
type TeamMemberTable = { owner_id: number; slug: string; user_id: number; login: string };
type UserOrganizationsTable = { user_id: number; organizations: Json; read_at: Millis };
type MembershipTable = { organization: string; user_id: number; is_member: Flag; read_at: Millis };
type CodeOwnersTable = { repository_id: number; path: string | null; text: string | null; read_at: Millis };

type DecisionTable = {
  id: Generated<number>;
  /** Null where a release that knew none wrote it, until the sweep fills it in. */
  owner_id: number | null;
  patch_id: string;
  at: Millis;
  kind: string;
  because: string;
  data: Json;
};

type HolidayTable = { region: string; year: number; dates: Json };
type SettingTable = { name: string; value: string };
type LeaseTable = { name: string; holder: string; until: Millis };

export type Schema = BoardSchema &
  SchedulesSchema &
  TellingSchema &
  WritingSchema & {
    deliveries: DeliveryTable;
    installations: InstallationTable;
    pauses: PauseTable;
    repositories: RepositoryTable;
    backfills: BackfillTable;
    policies: PolicyTable;
    patches: PatchTable;
    facts: FactTable;
    cases: CaseTable;
    links: LinkTable;
    commands: CommandTable;
    quiet_people: QuietPersonTable;
    /** Who was erased and has done nothing since. */
    erased_people: { user_id: number; mark: string; at: Millis };
    customers: CustomerTable;
    customer_identities: CustomerIdentityTable;
    people: PersonTable;
    patch_customers: PatchCustomerTable;
    access: AccessTable;
    teams: TeamTable;
    team_members: TeamMemberTable;
    user_organizations: UserOrganizationsTable;
    memberships: MembershipTable;
    code_owners: CodeOwnersTable;
    decisions: DecisionTable;
    holidays: HolidayTable;
    settings: SettingTable;
    leases: LeaseTable;
  };
