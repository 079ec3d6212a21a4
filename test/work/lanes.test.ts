// Lanes: one that is slow or fails keeps no other from its work, and none is worked on twice at once.
import { expect, test } from "vitest";
import { createLanes, type Lane } from "../../src/work/lanes.ts";

test("a lane that waits keeps no other waiting, and one that fails is told and ends", async () => {
  const slow = Promise.withResolvers<void>();
  const due: Lane[] = [
    { id: 1, work: () => slow.promise },
    { id: 2, work: () => Promise.reject(new Error("the second fails")) },
    { id: 1, work: async () => void done.push("first again") },
    { id: 3, work: async () => void done.push("third") },
  ];
  const done: string[] = [];
  const failures: unknown[] = [];
  const lanes = createLanes({
    database: { onHint: () => () => undefined },
    log: { error: (...told: unknown[]) => void failures.push(told[1]), warn: () => undefined },
    topic: "patches",
    pollMillis: 60_000,
    failure: "a lane failed",
    claim: async ({ busy }) => {
      const index = due.findIndex(({ id }) => !busy.includes(id));
      return index < 0 ? [] : due.splice(index, 1);
    },
  });
  const idle = lanes.runUntilIdle();
  await expect.poll(() => done).toEqual(["third"]);
  expect(failures).toEqual(["a lane failed"]);
  slow.resolve();
  expect(await idle).toBe(4);
  expect(done).toEqual(["third", "first again"]);
});
