// The product's own processes for bench/load, started as people start them, and what the machine says of each: memory and processor time.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createWriteStream, readFileSync } from "node:fs";
import { z } from "zod";

export type Server = {
  readonly port: number;
  readonly pid: number;
  /** Lines of the log at level warn and above, by message. */
  readonly complaints: ReadonlyMap<string, number>;
  /** SIGTERM; rests once it has ended. */
  readonly stop: () => Promise<void>;
};

const START = new URL("../src/start.js", import.meta.url).pathname;
const line = z.object({ level: z.union([z.string(), z.number()]), msg: z.string(), port: z.number().optional() });

/** `start` is another release's, perhaps. */
export async function startServer(
  environment: NodeJS.ProcessEnv,
  { logPath, start = START }: { readonly logPath: string; readonly start?: string },
): Promise<Server> {
  const child = spawn(process.execPath, [start], {
    stdio: ["ignore", "pipe", "inherit"],
    env: { PATH: process.env.PATH, HOST: "127.0.0.1", PORT: "0", ...environment },
  });
  const complaints = new Map<string, number>();
  const port = await listening(child, { complaints, logPath });
  return {
    port,
    pid: child.pid ?? 0,
    complaints,
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, "exit");
      child.kill("SIGTERM");
      await ended;
    },
  };
}

function listening(
  child: ChildProcess,
  { complaints, logPath }: { complaints: Map<string, number>; logPath: string },
): Promise<number> {
  const log = createWriteStream(logPath, { flags: "a" });
  return new Promise((resolve, reject) => {
    let rest = "";
    child.stdout?.on("data", (chunk: Buffer) => {
      const lines = (rest + chunk.toString()).split("\n");
      rest = lines.pop() ?? "";
      for (const text of lines) {
        const said = line.parse(JSON.parse(text));
        if (said.msg === "ready" && said.port !== undefined) resolve(said.port);
        if (!isComplaint(said.level)) continue;
        complaints.set(said.msg, (complaints.get(said.msg) ?? 0) + 1);
        log.write(`${text}\n`);
      }
    });
    child.once("exit", (code) => reject(new Error(`the server ended with ${code}; see ${logPath}`)));
  });
}

const isComplaint = (level: string | number): boolean =>
  typeof level === "number" ? level >= 40 : ["warn", "error", "fatal"].includes(level);

/** Resident megabytes of a process, as Linux tells it. */
export function residentMegabytes(pid: number): number {
  const kilobytes = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
  return Number(kilobytes) / 1024;
}

/** Seconds of processor time that a process has had, its threads' too. */
export function processorSeconds(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

/** What one unit of x adds to y, by least squares. */
export function slope(points: readonly { readonly x: number; readonly y: number }[]): number {
  const meanX = points.reduce((sum, { x }) => sum + x, 0) / points.length;
  const meanY = points.reduce((sum, { y }) => sum + y, 0) / points.length;
  const over = points.reduce((sum, { x, y }) => sum + (x - meanX) * (y - meanY), 0);
  const under = points.reduce((sum, { x }) => sum + (x - meanX) ** 2, 0);
  return under === 0 ? 0 : over / under;
}
