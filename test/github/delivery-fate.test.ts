// What becomes of a delivery that could not be worked on, by what went wrong; and whose turn it is where GitHub is slow for somebody.
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test, vi } from "vitest";
import { type Fate, fateOf } from "../../src/github/delivery-fate.ts";
import type { Fault } from "../../src/github/faults.ts";
import { createTurns } from "../../src/github/inbox-turns.ts";

const NOW = Date.UTC(2026, 2, 2, 9);
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const because = "GitHub said so";
const limited = { scope: "secondary", resource: "all", isTold: true, because } as const;
const again = (millis: number, isCounted = true): Fate => ({ kind: "again", runAfter: NOW + millis, isCounted });
const failed: Fate = { kind: "failed", because };

const table: readonly [name: string, fault: Fault, attempts: number, receivedAt: number, fate: Fate][] = [
  ["GitHub fails", { kind: "passing", because }, 1, NOW, again(10_000)],
  ["GitHub fails for long", { kind: "passing", because }, 31, NOW, again(60 * MINUTE)],
  ["GitHub fails for about a day", { kind: "passing", because }, 32, NOW, failed],
  ["a limit is met", { kind: "rate-limited", untilAt: NOW + 20 * MINUTE, ...limited }, 1, NOW, again(20 * MINUTE)],
  ["a limit is about to end", { kind: "rate-limited", untilAt: NOW + 1000, ...limited }, 3, NOW, again(40_000)],
  ["the installation is refused", { kind: "refused-installation", because }, 1, NOW, again(MINUTE, false)],
  ["it is for ten minutes", { kind: "refused-installation", because }, 1, NOW - 10 * MINUTE, again(10 * MINUTE, false)],
  ["it is for a day", { kind: "refused-installation", because }, 1, NOW - DAY, again(60 * MINUTE, false)],
  ["it is for days", { kind: "refused-installation", because }, 80, NOW - 6 * DAY, again(60 * MINUTE, false)],
  ["it is for a week", { kind: "refused-installation", because }, 80, NOW - 7 * DAY, failed],
  ["a permission was taken back", { kind: "permission", because }, 1, NOW, failed],
  ["what it is about is gone", { kind: "gone", because }, 1, NOW, failed],
  ["GitHub refuses what we ask", { kind: "invalid", because, codes: [] }, 1, NOW, failed],
  ["we are at fault", { kind: "unknown", because }, 7, NOW, again(640_000)],
  ["we are at fault for the eighth time", { kind: "unknown", because }, 8, NOW, failed],
];

test.each(table)("where %s a delivery waits as it should or stops", (_name, fault, attempts, receivedAt, fate) => {
  expect(fateOf(fault, { attempts, receivedAt, now: NOW, limits: { attempts: 8, attemptsAtGitHub: 32 } })).toEqual(
    fate,
  );
});

test("whoever waits long for GitHub gives the place away, and no more of that installation is begun", async () => {
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  const turns = createTurns<{ id: string; installationId: number; isSuspect: boolean }>(
    { concurrency: 2, slowMillis: 5, slowAnInstallation: 2, slowInAll: 4 },
    {
      work: ({ id }) => {
        begun.push(id);
        return new Promise((end) => ends.set(id, end));
      },
      onPlace: () => turns.launch(),
    },
  );
  turns.add([1, 2, 3, 4].map((n) => ({ id: `slow ${n}`, installationId: 7, isSuspect: false })));
  turns.launch();
  expect(begun).toEqual(["slow 1", "slow 2"]);
  // The first that waits long makes room for a third; then there are enough of them.
  await vi.waitFor(() => expect(turns.slow()).toBe(3));
  expect(begun).toHaveLength(3);
  expect(turns.blocked()).toEqual([7]);
  expect(turns.takeBlocked().map(({ id }) => id)).toEqual(["slow 4"]);

  turns.add(["a", "b", "c", "d"].map((id) => ({ id, installationId: 8, isSuspect: false })));
  turns.launch();
  expect(begun.slice(3)).toEqual(["a", "b"]);
  // One more may wait long among all: then the places are taken.
  await vi.waitFor(() => expect(begun.slice(5)).toEqual(["c"]));
  await sleep(20);
  expect(begun.slice(6)).toEqual([]);

  for (const id of ["slow 1", "slow 2"]) ends.get(id)?.();
  await vi.waitFor(() => expect(turns.blocked()).toEqual([]));
  for (const end of ends.values()) end();
  await vi.waitFor(() => expect(begun).toContain("d"));
});
