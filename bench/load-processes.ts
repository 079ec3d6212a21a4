// The second half of bench/load: the same deliveries at once to one of the product's processes and to two, on one PostgreSQL.
import { readFileSync } from "node:fs";
import { cpus } from "node:os";
import { z } from "zod";
import { processorSeconds } from "./load-servers.ts";
import { leftToDo, openStage, untilIdle } from "./load-stage.ts";

const TARGET = 1.7;
const flooded = z.object({ sendMillis: z.number() });

export async function measureProcesses(given: { seed: number; folder: string; isSmoke: boolean }) {
  const count = given.isSmoke ? 400 : 10_000;
  const runs = [];
  for (const processes of [1, 2]) runs.push(await measure({ ...given, processes, count }));
  const [one, two] = runs;
  return { count, runs, ratio: (two?.perSecond ?? 0) / (one?.perSecond ?? 1), target: TARGET };
}

async function measure(given: { seed: number; folder: string; isSmoke: boolean; processes: number; count: number }) {
  const repositories = given.isSmoke ? 10 : 200;
  const stage = await openStage({ dialect: "postgres", seed: given.seed, folder: given.folder, repositories });
  try {
    await stage.startServers(given.processes);
    await stage.order({ do: "install" });
    await untilIdle(stage, 120_000);
    const pids = stage.servers().map(({ pid }) => pid);
    const before = {
      servers: pids.map(processorSeconds),
      github: processorSeconds(stage.githubPid),
      machine: machineTimes(),
    };
    const startedAt = performance.now();
    const { sendMillis } = flooded.parse(await stage.order({ do: "flood", count: given.count }));
    for (;;) {
      const left = await leftToDo(stage.database);
      if (left.deliveries + left.patches === 0) break;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    const seconds = (performance.now() - startedAt) / 1000;
    const machine = machineTimes();
    return {
      processes: given.processes,
      seconds,
      sendSeconds: sendMillis / 1000,
      perSecond: given.count / seconds,
      serverProcessorSeconds: pids.map((pid, n) => processorSeconds(pid) - (before.servers[n] ?? 0)),
      githubProcessorSeconds: processorSeconds(stage.githubPid) - before.github,
      machineBusy: 1 - (machine.idle - before.machine.idle) / (machine.all - before.machine.all),
    };
  } finally {
    await stage.close();
  }
}

/** All that the machine's processors did, and how much of it was nothing. */
function machineTimes(): { all: number; idle: number } {
  const fields = readFileSync("/proc/stat", "utf8").split("\n")[0]?.split(/\s+/).slice(1).map(Number) ?? [];
  return { all: fields.reduce((sum, each) => sum + each, 0), idle: (fields[3] ?? 0) + (fields[4] ?? 0) };
}

export function reportProcesses({ count, runs, ratio, target }: Awaited<ReturnType<typeof measureProcesses>>): void {
  console.log(`\n${count} deliveries at once on PostgreSQL, until they are worked on and decided`);
  console.table(
    runs.map((run) => ({
      processes: run.processes,
      "deliveries/s": Math.round(run.perSecond),
      "received within s": Number(run.sendSeconds.toFixed(1)),
      "processor s, each": run.serverProcessorSeconds.map((each) => each.toFixed(1)).join(" + "),
      "GitHub's processor s": Number(run.githubProcessorSeconds.toFixed(1)),
      "machine busy": `${Math.round(run.machineBusy * 100)} %`,
    })),
  );
  console.log(
    `two processes ${ratio.toFixed(2)} × one (${target} where there are cores for both; here ${cpus().length} for all)`,
  );
}
