// `npm run faults`: so many runs with everything that may go wrong, told in figures; at a failure its seed and the smallest script found.
import { existsSync } from "node:fs";
import { parseArgs } from "node:util";
import makeTemplates from "../support/global-setup.ts";
import { runFaults } from "./faults.ts";

const { values } = parseArgs({
  options: {
    runs: { type: "string", default: "50" },
    seed: { type: "string", default: String(Math.trunc(Math.random() * 2 ** 31)) },
    path: { type: "string" },
    processes: { type: "string", default: "1" },
    database: { type: "string", default: "sqlite" },
    seconds: { type: "string" },
    "shrink-seconds": { type: "string", default: "90" },
  },
});
const on = values.database === "postgres" ? "postgres" : "sqlite";
const processes = Number(values.processes);
if (on === "sqlite" && processes !== 1)
  throw new Error("a SQLite file has one process: --database postgres for several");

// Everything here ends with this machine: in memory SQLite's full sync costs nothing.
if (existsSync("/dev/shm")) process.env.TMPDIR ??= "/dev/shm";

const removeTemplates = await makeTemplates();
console.log(`seed ${values.seed}, ${processes === 1 ? "one process" : `${processes} processes`} on ${on}`);
try {
  const report = await runFaults({
    runs: Number(values.runs),
    seed: Number(values.seed),
    ...(values.path !== undefined && { path: values.path }),
    ...(values.seconds !== undefined && { seconds: Number(values.seconds) }),
    on,
    processes,
    shrinkSeconds: Number(values["shrink-seconds"]),
    onRun: (runs) => {
      if (runs % 10 === 0) console.log(`${runs} runs`);
    },
  });
  const cpu = process.cpuUsage();
  const cpuSeconds = Math.round((cpu.user + cpu.system) / 1e6);
  console.log(`${report.runs} runs in ${report.seconds} s (${cpuSeconds} s of a core); what went wrong in them:`);
  for (const [kind, count] of Object.entries(report.met).sort()) console.log(`  ${String(count).padStart(6)} ${kind}`);
  console.log(report.failure ?? "Every run ended as without it.");
  process.exitCode = report.failure === null ? 0 : 1;
} finally {
  await removeTemplates();
}
process.exit();
