// Writing down what was done outside, where the storage takes no writes just then. Apart, because everything that acts on the world needs it: an
// outcome that is forgotten is done or looked for once more.
import { setTimeout as after } from "node:timers/promises";
import { troubleIn } from "../db/storage.ts";

const AGAIN_MILLIS = 1000;

/**
 * Writes until it works, for as long as it is the storage that fails; every other fault is thrown at once, and so is the last one when
 * `isStopped`. A claim that runs out meanwhile does no harm: what is written is guarded by it.
 */
export async function keepOutcome<Kept>(write: () => Promise<Kept>, isStopped: () => boolean): Promise<Kept> {
  for (;;) {
    try {
      return await write();
    } catch (error) {
      if (troubleIn(error) === null || isStopped()) throw error;
      await after(AGAIN_MILLIS);
    }
  }
}
