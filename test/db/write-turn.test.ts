// Turns at writing into a SQLite file: never both at once, and a thread that wants one waits for no more than what is under way.
import { once } from "node:events";
import { setTimeout } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import { expect, test } from "vitest";
import { z } from "zod";
import { endThreadTurn, inProcessTurn, inThreadTurn, makeWriteTurns } from "../../src/db/write-turn.ts";

const report = z.object({ waits: z.array(z.number()), together: z.number() });

test("a process that writes without pause lets the thread in after what is under way", async () => {
  const turns = makeWriteTurns();
  const shared = new SharedArrayBuffer(8);
  const cells = new Int32Array(shared);
  const file = new URL("./write-turn-thread.ts", import.meta.url).href;
  const thread = new Worker(new URL("../../src/start-thread.js", import.meta.url), {
    workerData: { file, turns, shared, times: 50 },
  });
  let isOver = false;
  const told = once(thread, "message").then(([message]) => {
    isOver = true;
    return report.parse(message);
  });
  while (!isOver) {
    await inProcessTurn(turns, async () => {
      Atomics.add(cells, 0, 1);
      Atomics.add(cells, 1, 1);
      await setTimeout(1);
      Atomics.sub(cells, 1, 1);
    });
  }
  const { waits, together } = await told;
  expect(waits).toHaveLength(50);
  expect(together).toBe(0);
  // One that had begun to take its turn just before the thread wanted one, and one more where the thread was put to sleep in between.
  expect(Math.max(...waits)).toBeLessThanOrEqual(2);
  await thread.terminate();
});

test("a thread that ended amid its turn keeps nobody waiting", async () => {
  const turns = makeWriteTurns();
  const order: string[] = [];
  let waiting: Promise<unknown> = Promise.resolve();
  inThreadTurn(turns, () => {
    waiting = inProcessTurn(turns, async () => order.push("process"));
    endThreadTurn(turns);
    order.push("thread ended");
  });
  await waiting;
  expect(order).toEqual(["thread ended", "process"]);
});
