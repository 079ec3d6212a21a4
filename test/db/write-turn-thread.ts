// A thread that takes its turn again and again while the process takes its own: what test/db/write-turn.test.ts sets against each other.
import { parentPort, workerData } from "node:worker_threads";
import { inThreadTurn, type WriteTurns } from "../../src/db/write-turn.ts";

const { turns, shared, times }: { turns: WriteTurns; shared: SharedArrayBuffer; times: number } = workerData;
/** How many turns the process has begun, and how many hold one at this moment. */
const [BEGUN, HOLDING] = [0, 1];
const cells = new Int32Array(shared);
const waits: number[] = [];
let together = 0;
for (let n = 0; n < times; n += 1) {
  // Not at once again: so that the process is amid a turn as often as not.
  Atomics.wait(cells, HOLDING, -1, 1);
  const wantedAt = Atomics.load(cells, BEGUN);
  inThreadTurn(turns, () => {
    waits.push(Atomics.load(cells, BEGUN) - wantedAt);
    together += Atomics.load(cells, HOLDING);
  });
}
parentPort?.postMessage({ waits, together });
