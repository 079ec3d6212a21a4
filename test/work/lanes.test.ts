// Lanes: one that is slow or fails keeps no other from its work, and none is worked on twice at once.
import { pino } from "pino";
import { expect, onTestFinished, test, vi } from "vitest";
import { createLanes, type Lane } from "../../src/work/lanes.ts";

const POLL_MILLIS = 60_000;

function lanesOf(claim: Parameters<typeof createLanes>[0]["claim"]) {
  const logged: string[] = [];
  let hint = (): void => undefined;
  const lanes = createLanes({
    database: {
      onHint: (listener) => {
        hint = () => listener("patches");
        return () => undefined;
      },
    },
    log: pino({ level: "error" }, { write: (line: string) => logged.push(JSON.parse(line).msg) }),
    topic: "patches",
    pollMillis: POLL_MILLIS,
    claim,
  });
  return { lanes, logged, hint: () => hint() };
}

test("a lane that waits keeps no other waiting, and one that fails is told and ends", async () => {
  const slow = Promise.withResolvers<void>();
  const due: Lane[] = [
    { id: 1, work: () => slow.promise },
    { id: 2, work: () => Promise.reject(new Error("the second fails")) },
    { id: 1, work: async () => void done.push("first again") },
    { id: 3, work: async () => void done.push("third") },
  ];
  const done: string[] = [];
  const { lanes, logged } = lanesOf(async ({ busy }) => {
    const index = due.findIndex(({ id }) => !busy.includes(id));
    return index < 0 ? [] : due.splice(index, 1);
  });
  const idle = lanes.runUntilIdle();
  await expect.poll(() => done).toEqual(["third"]);
  expect(logged).toEqual(["patches could not be worked on"]);
  slow.resolve();
  expect(await idle).toBe(4);
  expect(done).toEqual(["third", "first again"]);
});

test("a lane whose work always fails runs once a poll, whatever is hinted at, while the others go on", async () => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
  onTestFinished(() => void vi.useRealTimers());
  let failed = 0;
  const done: number[] = [];
  /** What is due stays due, as a release does whose claim the database did not take. */
  const failing: Lane = {
    id: 1,
    work: async () => {
      failed += 1;
      // Without a rest it would go on for ever in one turn of the event loop, and this test with it.
      if (failed < 100) throw new Error("the disk is full");
    },
  };
  const due: Lane[] = [];
  const { lanes, logged, hint } = lanesOf(async ({ busy }) => [
    ...(busy.includes(failing.id) || failed >= 100 ? [] : [failing]),
    ...due.splice(0),
  ]);
  lanes.start();
  await vi.advanceTimersByTimeAsync(0);
  expect(failed).toBe(1);
  for (let hints = 0; hints < 10; hints += 1) {
    due.push({ id: 2, work: async () => void done.push(hints) });
    hint();
    await vi.advanceTimersByTimeAsync(0);
  }
  expect([failed, done.length]).toEqual([1, 10]);
  await vi.advanceTimersByTimeAsync(3 * POLL_MILLIS);
  expect(failed).toBe(4);
  expect(logged).toHaveLength(4);
  expect(await lanes.runUntilIdle()).toBe(1);
  await lanes.stop();
});
