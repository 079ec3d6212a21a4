// Which targets are left alone for a while because they failed several times on end. A hint in memory only: what waits for it keeps its
// time in its row, so that a receiver that hangs holds up nobody else, and another process finds out by itself.
import { circuitMillis, type Target } from "./outcome.ts";

export type Circuit = {
  /** Until when a target is left alone; null where it may be tried. */
  readonly restsUntil: (target: Target, now: number) => number | null;
  readonly worked: (target: Target) => void;
  /** `retryAfterMillis`: how long the target itself asked for. */
  readonly failed: (target: Target, at: { readonly now: number; readonly retryAfterMillis: number }) => void;
};

export function createCircuit(): Circuit {
  const states = new Map<Target, { readonly failures: number; readonly untilAt: number }>();
  return {
    restsUntil: (target, now) => {
      const untilAt = states.get(target)?.untilAt ?? 0;
      return untilAt > now ? untilAt : null;
    },
    worked: (target) => {
      states.delete(target);
    },
    failed: (target, { now, retryAfterMillis }) => {
      const failures = (states.get(target)?.failures ?? 0) + 1;
      states.set(target, { failures, untilAt: now + Math.max(circuitMillis(failures), retryAfterMillis) });
    },
  };
}
