// The tables of what is written on GitHub and how much of it, as types. Apart from the others only for length: the same rules hold (ids from
// GitHub are numbers, times are epoch milliseconds, booleans are 0 or 1, JSON is text).
import type { Generated } from "kysely";

type Millis = number;
type Flag = 0 | 1;
type Json = string;

type RepositoryLabelTable = {
  repository_id: number;
  key: string;
  label_id: number;
  name: string;
  /** The name that the policy gave when we found or made it; `name` follows when a person renames it. */
  defined_as: string;
  /** `retired`: the policy has given the key another name since. */
  state: "present" | "deleted" | "retired";
};

/** Whose hand a label of ours was put on or taken off by, a row a patch and key. `ours to be`: written before we put it on. */
type LabelMarkTable = {
  patch_id: string;
  key: string;
  hand: "ours" | "ours to be" | "put by a person" | "taken off by a person";
};

type ReminderTable = {
  patch_id: string;
  round: string;
  n: number;
  decided_at: Millis;
  sent_at: Millis | null;
  comment_id: number | null;
  comment_node_id: string | null;
  /** JSON: [{ id, login, isMentioned }] */
  addressees: Json;
  state: "waiting" | "sent" | "withdrawn" | "failed" | "folded" | "observed";
};

type EffectTable = {
  id: Generated<number>;
  key: string;
  installation_id: number;
  lane: string;
  kind: string;
  body: Json;
  because: string;
  state: "due" | "done" | "withdrawn" | "failed" | "observed";
  /** Lowest goes first among what is due: answers, upkeep, reminders; the gravest of each before the others. */
  priority: Generated<number>;
  run_after: Millis;
  attempts: Generated<number>;
  first_try_at: Millis | null;
  claimed_until: Millis | null;
  claimed_by: string | null;
  /** Counts how often it was asked for again, so that what was asked while it was performed is not lost. */
  revision: Generated<number>;
  outcome: Json | null;
  created_at: Millis;
  finished_at: Millis | null;
};

/** One row a write that was sent or is about to be: pacing and the fuse count these. */
type WriteTable = { id: Generated<number>; installation_id: number; at: Millis; is_comment: Flag };

/** A limit's place, taken once: `repository-day:ID:DATE:N`, `maintainer-week:OWNER:USER:WEEK:N`. */
type SlotTable = { key: string; taken_by: string; at: Millis };

export type WritingSchema = {
  repository_labels: RepositoryLabelTable;
  label_marks: LabelMarkTable;
  reminders: ReminderTable;
  effects: EffectTable;
  writes: WriteTable;
  slots: SlotTable;
};
