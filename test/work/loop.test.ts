// The loop that engines turn in: a hundred hints while it works are one more pass and one look at when to turn again.
import { pino } from "pino";
import { expect, onTestFinished, test } from "vitest";
import { createLoop } from "../../src/work/loop.ts";

test("hints that come while it works are one more pass, and one look at what falls due next", async () => {
  let hint = (): void => undefined;
  let passes = 0;
  let looks = 0;
  const first = Promise.withResolvers<void>();
  const rested = Promise.withResolvers<void>();
  const loop = createLoop({
    database: {
      onHint: (listener) => {
        hint = () => listener("patches");
        return () => undefined;
      },
    },
    log: pino({ level: "silent" }),
    topic: "patches",
    pollMillis: 60_000,
    pass: async () => {
      passes += 1;
      if (passes === 1) await first.promise;
      return 0;
    },
    sleepMillis: async () => {
      looks += 1;
      rested.resolve();
      return 60_000;
    },
    failure: "deciding failed",
  });
  onTestFinished(() => loop.stop());

  loop.start();
  for (let hints = 0; hints < 100; hints += 1) hint();
  first.resolve();
  await rested.promise;
  await new Promise(setImmediate);

  expect([passes, looks]).toEqual([2, 1]);
});

test("a pass that fails is reported, and the next hint turns again", async () => {
  let hint = (): void => undefined;
  const logged: string[] = [];
  const again = Promise.withResolvers<void>();
  const failed = Promise.withResolvers<void>();
  let passes = 0;
  const loop = createLoop({
    database: {
      onHint: (listener) => {
        hint = () => listener("patches");
        return () => undefined;
      },
    },
    log: pino({ level: "error" }, { write: (line: string) => logged.push(line) }),
    topic: "patches",
    pollMillis: 60_000,
    pass: async () => {
      passes += 1;
      if (passes === 1) throw new Error("the database is away");
      again.resolve();
      return 0;
    },
    sleepMillis: async () => {
      failed.resolve();
      return 60_000;
    },
    failure: "deciding failed",
  });
  onTestFinished(() => loop.stop());

  loop.start();
  await failed.promise;
  hint();
  await again.promise;

  expect(logged.map((line) => (JSON.parse(line) as { msg: string }).msg)).toEqual(["deciding failed"]);
});
