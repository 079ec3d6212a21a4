// How long something waits before it is tried again, as tables.
import { expect, test } from "vitest";
import { createCircuit } from "../../src/notify/circuit.ts";
import { circuitMillis, noticeBackoffMillis } from "../../src/notify/outcome.ts";

test("a message waits twice as long each time, an hour at most, an urgent one five minutes", () => {
  const seconds = (isUrgent: boolean) =>
    [1, 2, 3, 6, 7, 10, 11, 500].map((n) => noticeBackoffMillis(n, { isUrgent }) / 1000);
  expect(seconds(false)).toEqual([5, 10, 20, 160, 320, 2560, 3600, 3600]);
  expect(seconds(true)).toEqual([5, 10, 20, 160, 300, 300, 300, 300]);
});

test("a target is left alone from its third failure on end", () => {
  expect([1, 2, 3, 4, 7, 8, 9, 500].map((n) => circuitMillis(n) / 1000)).toEqual([0, 0, 20, 40, 320, 600, 600, 600]);
});

test("a target that works again counts its failures anew, and one target's are not another's", () => {
  const circuit = createCircuit();
  const fault = { now: 0, retryAfterMillis: 0, isUnusable: false };
  for (let n = 0; n < 3; n += 1) circuit.failed("mail", fault);
  expect([circuit.restOf("mail", 0)?.untilAt, circuit.restOf("slack", 0)]).toEqual([20_000, null]);
  expect(circuit.restOf("mail", 20_000)).toBe(null);
  circuit.worked("mail");
  circuit.failed("mail", fault);
  expect(circuit.restOf("mail", 0)).toBe(null);
  circuit.failed("mail", { ...fault, retryAfterMillis: 45_000 });
  expect(circuit.restOf("mail", 0)?.untilAt).toBe(45_000);
});
