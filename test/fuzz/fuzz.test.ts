// A few inputs of each kind; `npm run fuzz` tries a hundred thousand.
import { expect, test } from "vitest";
import { runAll, TARGET_NAMES } from "./run.ts";

/** The same inputs each time: what fails here fails for everybody. */
const RUN = { count: 300, seed: 20_260_302 };

test.for(TARGET_NAMES)("no fuzzed input does harm or keeps anybody waiting: %s", { timeout: 120_000 }, async (only) => {
  const outcomes = await runAll({ ...RUN, only, onOutcome: () => undefined });
  expect(outcomes.map(({ harm, count }) => ({ harm, count }))).toEqual([{ harm: null, count: RUN.count }]);
});
