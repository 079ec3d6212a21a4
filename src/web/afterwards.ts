// What follows the answer to a request, because whoever asks should not wait for it or learn from how long it takes. Apart, so that a stop
// waits for all of it.
import { describeFault, type Log } from "../log.ts";

export type Afterwards = {
  /** Begins at once; a failure is logged as `failed`. */
  readonly later: (failed: string, work: () => Promise<void>) => void;
  /** Resolves once nothing is under way any more. */
  readonly settled: () => Promise<void>;
};

export function createAfterwards(log: Log): Afterwards {
  const underWay = new Set<Promise<void>>();
  return {
    later: (failed, work) => {
      const done = work()
        .catch((error: unknown) => log.warn({ error: describeFault(error) }, failed))
        .finally(() => underWay.delete(done));
      underWay.add(done);
    },
    settled: async () => {
      while (underWay.size > 0) await Promise.all(underWay);
    },
  };
}
