// Which targets are left alone for a while because they failed several times on end. A hint in memory only: what waits for it keeps its
// time in its row, so that a receiver that hangs holds up nobody else, and another process finds out by itself.
import { circuitMillis, type Target } from "./outcome.ts";

export type Rest = {
  readonly untilAt: number;
  /** Somebody has to mend it: nobody should wait for it who can be told otherwise. */
  readonly isUnusable: boolean;
};

export type Circuit = {
  /** How long a target is left alone; null where it may be tried. */
  readonly restOf: (target: Target, now: number) => Rest | null;
  readonly worked: (target: Target) => void;
  /** `retryAfterMillis`: how long the target itself asked for. */
  readonly failed: (
    target: Target,
    fault: { readonly now: number; readonly retryAfterMillis: number; readonly isUnusable: boolean },
  ) => void;
};

export function createCircuit(): Circuit {
  const states = new Map<Target, Rest & { readonly failures: number }>();
  return {
    restOf: (target, now) => {
      const state = states.get(target);
      return state === undefined || state.untilAt <= now ? null : state;
    },
    worked: (target) => {
      states.delete(target);
    },
    failed: (target, { now, retryAfterMillis, isUnusable }) => {
      const failures = (states.get(target)?.failures ?? 0) + 1;
      states.set(target, { failures, untilAt: now + Math.max(circuitMillis(failures), retryAfterMillis), isUnusable });
    },
  };
}
