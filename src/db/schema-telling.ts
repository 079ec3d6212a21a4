// The tables of what rises, what is told privately and what became of a fix, as types. Apart from the others only for length: the same
// rules hold (ids from GitHub are numbers, times are epoch milliseconds, booleans are 0 or 1, JSON is text).
import type { Generated } from "kysely";

type Millis = number;
type Flag = 0 | 1;
type Json = string;

/** A private message to a person, or an event for outside, on its way. `recipient` is a recipient's key, or the channel's name. */
type NoticeTable = {
  id: Generated<number>;
  key: string;
  owner_id: number;
  channel: "person" | "webhook" | "pagerduty";
  recipient: string;
  /** JSON: the Recipient as known when it was asked for; null's text for events. */
  recipient_data: Json;
  patch_id: string | null;
  kind: string;
  /** What mails and Slack messages about the same are threaded by; a patch's id. */
  thread: string | null;
  is_urgent: Generated<Flag>;
  /** JSON: a Message, or an event. */
  body: Json;
  because: string;
  state: "due" | "done" | "failed" | "withdrawn";
  run_after: Millis;
  attempts: Generated<number>;
  /** When the first of these attempts was made. */
  first_try_at: Millis | null;
  /** JSON: the ways that failed for good and are not tried again. */
  tried: Generated<Json>;
  claimed_until: Millis | null;
  claimed_by: string | null;
  /** Why it holds no longer, where that came up while it was in hand: it does not go out unless it has left already. */
  recalled: string | null;
  outcome: Json | null;
  created_at: Millis;
  finished_at: Millis | null;
};

/** What the first message of a thread was called by its channel: a Message-ID, or a Slack channel and timestamp. */
type NoticeThreadTable = {
  thread: string;
  recipient: string;
  channel: "mail" | "slack";
  reference: string;
  at: Millis;
};

/** A question that somebody was asked behind an unguessable link; only the token's hash is kept. */
type ChoiceTable = {
  token_hash: string;
  owner_id: number;
  kind: "escalation" | "closed";
  /** The escalation's id, or the patch's. */
  subject: string;
  /** JSON: who was asked. */
  asked: Json;
  language: "en" | "ja";
  created_at: Millis;
  expires_at: Millis;
  answered_at: Millis | null;
  answer: Json | null;
};

type EscalationTable = {
  id: Generated<number>;
  owner_id: number;
  patch_id: string;
  opened_at: Millis;
  cause: "reminders" | "target" | "nobody" | "command";
  because: string;
  asked_by: string | null;
  reason: string | null;
  is_anyway: Generated<Flag>;
  /** JSON: what a decision lacked when it went through anyway. */
  missing: Generated<Json>;
  severity: "S1" | "S2" | "S3" | "S4" | null;
  state: "support" | "owner" | "owner-again" | "owner-silent" | "owner-waits" | "owner-refused" | "deciders" | "ended";
  state_at: Millis;
  /** The stretch between two responses that it belongs to: a response pauses it. */
  round: string;
  wait_until: Millis | null;
  decide_by: Millis | null;
  /** How often the deciders were asked. */
  times_asked: Generated<number>;
  /** While something holds it. */
  paused_at: Millis | null;
  paused_because: "response" | "put-off" | "taken" | "closed" | null;
  ended_at: Millis | null;
  outcome: string | null;
};

/** One step of a ladder: when, to whom, because of what, with the dossier as it was, and what came of it. */
type EscalationStepTable = {
  id: Generated<number>;
  /** Null where a release that knew none wrote it, until the sweep fills it in. */
  owner_id: number | null;
  key: string;
  escalation_id: number;
  patch_id: string;
  at: Millis;
  kind: string;
  addressees: Generated<Json>;
  because: string;
  /** The key of the fact that asked for it, so that none asks twice. */
  cause_key: string | null;
  dossier: Json | null;
  head_sha: string | null;
  outcome: string | null;
  outcome_at: Millis | null;
};

/** What a decider who has had their dossiers of the week hears of in one ranked list instead. */
type ListedDecisionTable = {
  id: Generated<number>;
  owner_id: number;
  recipient: string;
  recipient_data: Json;
  patch_id: string;
  step_key: string;
  due_at: Millis;
  sent_at: Millis | null;
};

/** Our one comment on a case that is an issue, kept up to date in place. */
type CaseCommentTable = {
  case_id: number;
  comment_id: number | null;
  comment_node_id: string | null;
  written_hash: string | null;
  written_at: Millis | null;
  /** What it last told that people must hear: where somebody deleted it, it is written again only once that is another. */
  news: string | null;
  deleted_at: Millis | null;
};

/** What a customer's feed and digests tell. */
type CustomerEventTable = {
  id: Generated<number>;
  key: string;
  owner_id: number;
  customer_id: string;
  case_id: number | null;
  patch_id: string | null;
  kind: string;
  at: Millis;
  data: Json;
};

/** How long it took from the opening, in instants and in working time, with and without an escalation. */
type PatchTimeTable = {
  patch_id: string;
  owner_id: number;
  repository_id: number;
  opened_at: Millis;
  first_response_at: Millis | null;
  response_millis: Millis | null;
  /** When deciders were first asked. */
  escalated_at: Millis | null;
  decided_at: Millis | null;
  decision: string | null;
  decision_millis: Millis | null;
  escalated_decision_millis: Millis | null;
  released_at: Millis | null;
  release_tag: string | null;
  release_millis: Millis | null;
};

type FeedTable = {
  token_hash: string;
  /** The token's first characters, by which people know which one it is. */
  prefix: string;
  owner_id: number;
  customer_id: string;
  created_at: Millis;
  revoked_at: Millis | null;
};

/** What somebody was told once, and does not hear again but in a digest, as long as it holds. */
type ToldTable = {
  key: string;
  owner_id: number;
  kind: string;
  patch_id: string | null;
  customer_id: string | null;
  told_at: Millis;
  ended_at: Millis | null;
};

/** When an owner's digests are looked at next, and since when there are any: nobody gets one of a week before. */
type DigestTable = { owner_id: number; due_at: Millis; began_at: Millis };

/** Until when a reader has been told what moved. */
type DigestReaderTable = { owner_id: number; recipient: string; covered_until: Millis };

type ReleaseTable = {
  repository_id: number;
  tag: string;
  name: string | null;
  url: string | null;
  published_at: Millis;
  is_prerelease: Generated<Flag>;
  /** When it is to be held against what was decided before it; null while there is nothing to ask. `attempts`: how often that failed. */
  run_after: Millis | null;
  attempts: Generated<number>;
};

/** A release that was found not to contain a patch. */
type ReleaseCheckTable = { patch_id: string; tag: string; at: Millis };

export type TellingSchema = {
  notices: NoticeTable;
  notice_threads: NoticeThreadTable;
  choices: ChoiceTable;
  escalations: EscalationTable;
  escalation_steps: EscalationStepTable;
  listed_decisions: ListedDecisionTable;
  case_comments: CaseCommentTable;
  customer_events: CustomerEventTable;
  patch_times: PatchTimeTable;
  feeds: FeedTable;
  told: ToldTable;
  digests: DigestTable;
  digest_readers: DigestReaderTable;
  releases: ReleaseTable;
  release_checks: ReleaseCheckTable;
};
