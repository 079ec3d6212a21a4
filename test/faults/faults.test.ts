// `npm run faults` in small, for every change: what goes wrong changes nothing of what there is in the end, and that this can fail.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DIALECTS } from "../support/databases.ts";
import { compare, runFaults } from "./faults.ts";
import type { Script } from "./script.ts";

const SECONDS = 240;
/** Always the same here, so that a change is held against what passed before it; `npm run faults` draws another each time. */
const seed = 201;

/** The answer to dana reaches GitHub, and the connection ends before GitHub can say so. */
const ANSWER_IS_LOST: Script = {
  steps: [
    {
      wait: "hours",
      act: { kind: "say", by: "dana", patch: 0, text: "/case nonsense" },
      disturbances: [{ kind: "github", at: 1, fault: "reset after", to: "comments" }],
    },
  ],
  afterwards: [],
};

let folder: string | undefined;
// In memory SQLite's full sync costs nothing.
beforeAll(() => {
  folder = process.env.TMPDIR;
  process.env.TMPDIR = "/dev/shm";
});
afterAll(() => {
  if (folder === undefined) delete process.env.TMPDIR;
  else process.env.TMPDIR = folder;
});

describe("what goes wrong changes nothing of what there is in the end", () => {
  test("with one process on SQLite", { timeout: SECONDS * 1000 }, async () => {
    const report = await runFaults({ on: "sqlite", processes: 1, runs: 40, seconds: 60, seed, shrinkSeconds: 30 });
    expect(report.failure).toBe(null);
  });

  test.runIf(DIALECTS.includes("postgres"))(
    "with three processes on PostgreSQL",
    { timeout: SECONDS * 1000 },
    async () => {
      const report = await runFaults({ on: "postgres", processes: 3, runs: 10, seconds: 25, seed, shrinkSeconds: 30 });
      expect(report.failure).toBe(null);
    },
  );
});

test("an answer of which GitHub's word was lost is written once, and twice where nobody looks for its marker", {
  timeout: SECONDS * 1000,
}, async () => {
  const setting = { on: "sqlite", processes: 1 } as const;
  expect((await compare(ANSWER_IS_LOST, setting)).differs).toEqual([]);
  const blind = await compare(ANSWER_IS_LOST, { ...setting, without: "the look for the marker" });
  expect(blind.differs.find((line) => line.startsWith("answers on"))).toBeDefined();
});
