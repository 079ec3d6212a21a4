// When people act. Never within the hour of something falling due: which of the two comes first a fault may rightly change.
import type { Act, Step, Wait } from "./script.ts";
import { BEGINS_AT } from "./seed.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Later in the day people act whatever falls due: what comes late must still be done on the same working day. */
const LATEST = 5 * HOUR;

/** Longer waits end in the morning or at noon of a day, so that whatever was late is done on the same working day. */
export function timeAfter(now: number, wait: Wait): number {
  const morning = morningOf(now);
  const isLate = now - morning > 3 * HOUR;
  switch (wait) {
    case "minute":
      return now + MINUTE;
    case "hours":
      return isLate ? morning + DAY : now + 2 * HOUR;
    case "day":
      return morning + DAY;
    case "days":
      return morning + 3 * DAY;
    case "week":
      return morning + 7 * DAY;
  }
}

/** Nobody acts in the minute after a question: what is told of a patch is what is known when it is answered, which a fault may delay. */
export function waitOf({ wait }: Step, before: Step | undefined): Wait {
  return wait === "minute" && before !== undefined && isQuestion(before.act) ? "hours" : wait;
}

const isQuestion = (act: Act): boolean => "text" in act && /^\/case (?:status|why)$/.test(act.text);

/** Whether something fell due within the hour before `now`, or will within the hour after it. */
export function isNear(now: number, lastDueAt: number, nextDueAt: number | null): boolean {
  if (now - morningOf(now) >= LATEST) return false;
  return now - lastDueAt < HOUR || (nextDueAt !== null && nextDueAt - now < HOUR);
}

/** An hour after what is near. */
export function quietTimeAfter(now: number, lastDueAt: number, nextDueAt: number | null): number {
  const isNextNear = nextDueAt !== null && nextDueAt - now < HOUR;
  return (isNextNear ? nextDueAt : lastDueAt) + HOUR;
}

function morningOf(now: number): number {
  return BEGINS_AT + Math.floor((now - BEGINS_AT) / DAY) * DAY;
}
