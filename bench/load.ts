// A day of a large organisation, squeezed into minutes: real server processes, GitHub as a lean process beside them, and at the end what
// was received, how soon it was seen on GitHub, how far behind a burst put it, how memory went, and what was lost or said twice.
// `npx node bench/load.ts`; `--minutes 60`, `--database sqlite|postgres`, `--only day|processes`, `--seed N`; `--smoke` takes seconds.
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { measureDay, reportDay } from "./load-day.ts";
import { measureProcesses, reportProcesses } from "./load-processes.ts";
import { machine, writeResult } from "./result.ts";

const { values } = parseArgs({
  options: {
    smoke: { type: "boolean", default: false },
    minutes: { type: "string", default: "10" },
    database: { type: "string" },
    only: { type: "string" },
    seed: { type: "string", default: "1" },
  },
});
const IS_SMOKE = values.smoke || process.argv.includes("--smoke");
const databases = (["sqlite", "postgres"] as const).filter((each) => (values.database ?? each) === each);
const seed = Number(values.seed);

// On the checkout's own disk: a temporary folder may be memory, where a sync costs nothing.
const results = new URL("./results/", import.meta.url).pathname;
mkdirSync(results, { recursive: true });
const folder = mkdtempSync(join(results, "load-"));
try {
  const days = [];
  if (values.only !== "processes") {
    for (const dialect of databases) {
      const day = await measureDay({ dialect, seed, folder, minutes: Number(values.minutes), isSmoke: IS_SMOKE });
      reportDay(day);
      days.push(day);
    }
  }
  const processes =
    values.only !== "day" && databases.includes("postgres")
      ? await measureProcesses({ seed, folder, isSmoke: IS_SMOKE })
      : null;
  if (processes !== null) reportProcesses(processes);
  console.log(`seed ${seed}; ${machine()}`);
  // A short run may share its machine with others: what only came too late is not held against it.
  const isWhole = days.every((day) => (IS_SMOKE ? day.lostThoughAnswered + day.doubled.length === 0 : day.isWhole));
  console.log(isWhole ? "nothing was lost, nothing was said twice" : "NOT whole: see above");
  writeResult(values.database === undefined ? "load" : `load-${values.database}`, {
    machine: machine(),
    seed,
    days,
    processes,
  });
  if (!isWhole) process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true });
}
