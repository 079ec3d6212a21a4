// Whether what waits to be written is still to be: written, dropped for good, or only put off.
import { expect, test } from "vitest";
import type { Step } from "../../src/patches/next-step.ts";
import { heldBy } from "../../src/patches/still-holds.ts";
import { at } from "./builders.ts";

const NOW = at("2026-03-04T09:00:00Z");
const LATER = NOW + 3_600_000;
const REMIND = { code: "nobody-to-remind" } as const;

test.each<[string, Step, object]>([
  ["is what comes next", { kind: "remind", n: 1, mention: [], named: [], because: REMIND }, { holds: true }],
  ["has to be looked at first", { kind: "observe-first", because: REMIND }, { holds: true }],
  ["is not wanted any more", { kind: "none", because: REMIND }, { holds: false }],
  [
    "waits for people's hours",
    { kind: "wait", what: "remind", untilAt: LATER, because: { code: "outside-hours", until: LATER } },
    { holds: false, againAt: LATER },
  ],
  ["waits for something else", { kind: "wait", what: "remind", untilAt: LATER, because: REMIND }, { holds: false }],
  [
    "comes right after the ladder's move",
    { kind: "wait", what: "remind", untilAt: NOW, because: REMIND },
    { holds: false, againAt: NOW + 60_000 },
  ],
])("a reminder that %s", (_, step, held) => {
  const { because: _because, ...told } = { because: undefined, ...heldBy(step, { wanted: "remind", now: NOW }) };
  expect(told).toEqual(held);
});
