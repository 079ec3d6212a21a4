// Whose turn it is to write into a SQLite file: the thread that keeps deliveries, or everybody else. SQLite itself lets one write at a time,
// but whoever waits for it sleeps by a timetable: the thread would wait for seconds behind a process that writes without pause, and the
// process would stand still while the thread waits for the disk. So they take turns, the thread first.

import { setImmediate } from "node:timers/promises";

/** What both sides share, as `workerData` can carry it. */
export type WriteTurns = SharedArrayBuffer;

/** The cells: in whose hand the turn is, whether the thread wants it, and how often it was given back. */
const HOLDER = 0;
const WANTED = 1;
const GIVEN_BACK = 2;
const NOBODY = 0;
const PROCESS = 1;
const THREAD = 2;
/** Longer than any transaction: then SQLite's own lock decides, so that nothing stands still for a fault of ours. */
const PATIENCE_MILLIS = 2000;

export const makeWriteTurns = (): WriteTurns => new SharedArrayBuffer(3 * Int32Array.BYTES_PER_ELEMENT);

/** Runs `write` in the process's turn, after the thread's where that is waiting. */
export async function inProcessTurn<T>(turns: WriteTurns, write: () => Promise<T>): Promise<T> {
  const cells = new Int32Array(turns);
  // Everything on SQLite answers at once: without a pause one piece of work after another would be done before the next request is heard.
  await setImmediate();
  const isOurs = await takeForProcess(cells);
  try {
    return await write();
  } finally {
    if (isOurs) giveBack(cells, PROCESS);
  }
}

/** Runs `write` in the thread's turn; the thread sleeps until then. */
export function inThreadTurn<T>(turns: WriteTurns, write: () => T): T {
  const cells = new Int32Array(turns);
  const isOurs = takeForThread(cells);
  try {
    return write();
  } finally {
    if (isOurs) giveBack(cells, THREAD);
  }
}

/** For a thread that has ended, perhaps amid its turn. */
export function endThreadTurn(turns: WriteTurns): void {
  const cells = new Int32Array(turns);
  Atomics.store(cells, WANTED, 0);
  giveBack(cells, THREAD);
}

/** False where patience ended first. The thread goes first once, then it is whoever comes. */
async function takeForProcess(cells: Int32Array): Promise<boolean> {
  const endsAt = performance.now() + PATIENCE_MILLIS;
  for (let isFirst = true; ; isFirst = false) {
    const seen = Atomics.load(cells, GIVEN_BACK);
    const isLeft = isFirst && Atomics.load(cells, WANTED) === 1;
    if (!isLeft && Atomics.compareExchange(cells, HOLDER, NOBODY, PROCESS) === NOBODY) return true;
    const left = endsAt - performance.now();
    if (left <= 0) return false;
    const { value } = Atomics.waitAsync(cells, GIVEN_BACK, seen, left);
    if ((await value) === "timed-out") return false;
  }
}

function takeForThread(cells: Int32Array): boolean {
  const endsAt = performance.now() + PATIENCE_MILLIS;
  Atomics.store(cells, WANTED, 1);
  try {
    for (;;) {
      const seen = Atomics.load(cells, GIVEN_BACK);
      if (Atomics.compareExchange(cells, HOLDER, NOBODY, THREAD) === NOBODY) return true;
      const left = endsAt - performance.now();
      if (left <= 0 || Atomics.wait(cells, GIVEN_BACK, seen, left) === "timed-out") return false;
    }
  } finally {
    Atomics.store(cells, WANTED, 0);
  }
}

function giveBack(cells: Int32Array, holder: number): void {
  Atomics.compareExchange(cells, HOLDER, holder, NOBODY);
  Atomics.add(cells, GIVEN_BACK, 1);
  Atomics.notify(cells, GIVEN_BACK);
}
