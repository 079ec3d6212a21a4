// The tables of what is done by the clock rather than by a webhook, as types. Apart from the others only for length: the same rules hold (ids
// from GitHub are numbers, times are epoch milliseconds, booleans are 0 or 1, JSON is text).
import type { Generated } from "kysely";

type Millis = number;
type Json = string;

/** Something done once a period by one process. Free where `claimed_until` is over. */
type ScheduleTable = {
  name: string;
  holder: string | null;
  claimed_until: Millis | null;
  due_at: Generated<Millis>;
  last_run_at: Millis | null;
};

/** A delivery of which GitHub says that it did not reach us, until it arrives or is given up. */
type MissedDeliveryTable = {
  guid: string;
  /** Of the newest attempt: that is what GitHub keeps longest. */
  delivery_id: number;
  event: string;
  installation_id: number | null;
  delivered_at: Millis;
  state: "due" | "given up";
  tries: Generated<number>;
  try_at: Millis;
  because: string | null;
};

/** When an installation is next compared with GitHub, and how far that has come. */
type ReconciliationTable = {
  installation_id: number;
  due_at: Millis;
  began_at: Millis | null;
  /** What happened before was compared the last time. */
  since_at: Millis | null;
  /** JSON: where to go on; null where none is under way. */
  place: Json | null;
  done_at: Millis | null;
};

export type SchedulesSchema = {
  schedules: ScheduleTable;
  missed_deliveries: MissedDeliveryTable;
  reconciliations: ReconciliationTable;
};
