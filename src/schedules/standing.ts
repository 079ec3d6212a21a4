// Whether a schedule's turn has come. Apart from the table, because this is pure: clocks differ, and one may have been far ahead.

export type ScheduleRow = {
  readonly claimed_until: number | null;
  readonly due_at: number;
  readonly last_run_at: number | null;
};

export type Standing =
  | "due"
  /** Not due yet, or in somebody's hand. */
  | "resting"
  /** It rests until a time that only a clock that was ahead can have named. Nothing would be done until then, so that it is due. */
  | "ahead";

type Time = { readonly now: number; readonly everyMillis: number; readonly onlyIfDue: boolean };

/** Clocks that are further apart than this do not agree on whose turn it is; no lease and no wait beyond the period is longer. */
const APART_MILLIS = 60 * 60_000;

export function standingOf(row: ScheduleRow, { now, everyMillis, onlyIfDue }: Time): Standing {
  const lease = row.claimed_until ?? 0;
  const isAhead =
    lease > now + APART_MILLIS ||
    row.due_at > now + everyMillis + APART_MILLIS ||
    (row.last_run_at ?? 0) > now + APART_MILLIS;
  if (isAhead) return "ahead";
  return lease > now || (onlyIfDue && row.due_at > now) ? "resting" : "due";
}
