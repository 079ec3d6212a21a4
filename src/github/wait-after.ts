// When to ask GitHub again after something went wrong, and whether that try counts: the same for every engine that only reads. Pure, so that it
// is a table in tests. Deliveries and writes, of which some must not be tried for ever, have rules of their own.
import { troubleIn } from "../db/storage.ts";
import { type Fault, faultOf } from "./faults.ts";

export type Wait = {
  readonly fault: Fault;
  readonly runAfter: number;
  /** How many tries count after this one. */
  readonly attempts: number;
};

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/**
 * A minute, doubled with every try that counts, an hour at most; longer where GitHub names a time, or says no. Being asked to wait is no failure, nor is
 * an installation that is refused as a whole, a permission taken back, nor a storage of ours that takes no writes: those do not count.
 */
export function waitAfter(
  error: unknown,
  { attempts, now }: { readonly attempts: number; readonly now: number },
): Wait {
  const fault = faultOf(error, now);
  const grown = now + Math.min(MINUTE * 2 ** attempts, HOUR);
  if (troubleIn(error) !== null) return { fault, runAfter: now + MINUTE, attempts };
  switch (fault.kind) {
    case "rate-limited":
      return { fault, runAfter: fault.isTold ? fault.untilAt : Math.max(fault.untilAt, grown), attempts };
    case "refused-installation":
      return { fault, runAfter: grown, attempts };
    case "passing":
      return { fault, runAfter: Math.max(grown, now + (fault.retryAfterMillis ?? 0)), attempts: attempts + 1 };
    case "permission":
      // Nobody says when it is given back, and it is not for us to give up on it.
      return { fault, runAfter: now + HOUR, attempts };
    case "gone":
    case "invalid":
    case "moved":
    case "unknown":
      return { fault, runAfter: grown, attempts: attempts + 1 };
  }
}
