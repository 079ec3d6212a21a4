// How soon a server is ready and how much memory it holds: idle, and after 100,000 deliveries were received and worked on.
// `npx node bench/start.ts`; `--smoke` sends 500 and judges nothing.
import { type ChildProcess, type ChildProcessByStdio, execFileSync, spawn } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import { examplePayload } from "./example.ts";
import { machine, median, writeResult } from "./result.ts";
import { sendDeliveries } from "./senders.ts";

const IS_SMOKE = process.argv.includes("--smoke");
const DELIVERIES = IS_SMOKE ? 500 : 100_000;
const STARTS = IS_SMOKE ? 1 : 5;
const TARGETS = { readyMillis: 1500, idleMegabytes: 130, afterMegabytes: 220 };
const SECRET = "a-secret-for-the-bench";
const PATH = "/api/github/webhooks";

const results = fileURLToPath(new URL("./results/", import.meta.url));
mkdirSync(results, { recursive: true });
const folder = mkdtempSync(join(results, "start-"));
try {
  await measure();
} finally {
  rmSync(folder, { recursive: true });
}

async function measure(): Promise<void> {
  // The first start makes the database and Node's compile cache; what follows is every other start.
  await end((await start()).child);
  const readyMillis: number[] = [];
  for (let count = 1; count < STARTS; count += 1) {
    const started = await start();
    readyMillis.push(started.millis);
    await end(started.child);
  }
  const { child, port, millis } = await start();
  readyMillis.push(millis);
  await after(3000);
  const idleMegabytes = residentMegabytes(child);

  const { body, event } = examplePayload(21_000);
  const target = { port, path: PATH, secret: SECRET };
  const sent = await sendDeliveries(target, { body, event, connections: 32, millis: 600_000, count: DELIVERIES });
  if (sent.refused > 0) throw new Error(`${sent.refused} deliveries were refused`);
  const afterReceivingMegabytes = residentMegabytes(child);
  const workedMillis = await untilWorkedOn(port);
  await after(3000);
  const figures = {
    readyMillis: median(readyMillis),
    idleMegabytes,
    afterReceivingMegabytes,
    afterMegabytes: residentMegabytes(child),
  };
  const outcomes = await processedBy(port);
  await end(child);
  report({ ...figures, outcomes, receivedPerSecond: sent.perSecond, workedMillis });
}

async function start(): Promise<{ child: ChildProcess; port: number; millis: number }> {
  const { privateKey } = generateKeyPairSync("rsa", {
    modulusLength: 2048,
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
    publicKeyEncoding: { type: "spki", format: "pem" },
  });
  const env: NodeJS.ProcessEnv = {
    PATH: process.env.PATH ?? "",
    APP_ID: "1",
    PRIVATE_KEY: privateKey,
    WEBHOOK_SECRET: SECRET,
    WEBHOOK_PATH: PATH,
    PORT: "0",
    HOST: "127.0.0.1",
    LOG_LEVEL: "info",
    DATABASE_URL: `sqlite:${join(folder, "start.db")}`,
    // Nothing listens there: the deliveries are of a repository where the app is not installed, so nothing is asked.
    GITHUB_API_URL: "http://127.0.0.1:9",
  };
  const startedAt = performance.now();
  const file = fileURLToPath(new URL("../src/start.js", import.meta.url));
  const child: ChildProcessByStdio<null, Readable, null> = spawn(process.execPath, [file], {
    cwd: folder,
    env,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const port = await new Promise<number>((resolve, reject) => {
    let text = "";
    child.stdout.on("data", (chunk: Buffer) => {
      text = `${text}${chunk.toString()}`.slice(-10_000);
      const port = /"port":(\d+).*"msg":"ready"/.exec(text)?.[1];
      if (port !== undefined) resolve(Number(port));
    });
    child.once("exit", (code) => reject(new Error(`the server ended with code ${code}`)));
  });
  return { child, port, millis: performance.now() - startedAt };
}

async function end(child: ChildProcess): Promise<void> {
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGTERM");
  await ended;
}

/** Resident memory as the operating system counts it. */
function residentMegabytes({ pid }: ChildProcess): number {
  return Math.round(Number(execFileSync("ps", ["-o", "rss=", "-p", String(pid)]).toString()) / 1024);
}

async function untilWorkedOn(port: number): Promise<number> {
  const startedAt = performance.now();
  while (!/^patch_advocate_inbox_pending_deliveries 0$/m.test(await metricsOf(port))) {
    if (performance.now() - startedAt > 600_000)
      throw new Error("the deliveries were not worked on within ten minutes");
    await after(500);
  }
  return performance.now() - startedAt;
}

async function processedBy(port: number): Promise<Record<string, number>> {
  const lines = (await metricsOf(port)).matchAll(
    /^patch_advocate_deliveries_processed_total\{outcome="(\w+)"\} (\d+)$/gm,
  );
  return Object.fromEntries([...lines].map(([, outcome, count]) => [outcome, Number(count)]));
}

async function metricsOf(port: number): Promise<string> {
  return (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
}

function after(millis: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, millis));
}

type Figures = {
  readonly readyMillis: number;
  readonly idleMegabytes: number;
  readonly afterReceivingMegabytes: number;
  readonly afterMegabytes: number;
  readonly outcomes: Readonly<Record<string, number>>;
  readonly receivedPerSecond: number;
  readonly workedMillis: number;
};

function report(figures: Figures): void {
  console.table([
    { "": "ready after start, ms", measured: Math.round(figures.readyMillis), target: TARGETS.readyMillis },
    { "": "resident idle, MB", measured: figures.idleMegabytes, target: TARGETS.idleMegabytes },
    { "": `resident after receiving ${DELIVERIES}, MB`, measured: figures.afterReceivingMegabytes, target: "" },
    { "": "resident after working on them, MB", measured: figures.afterMegabytes, target: TARGETS.afterMegabytes },
  ]);
  const isReached =
    figures.readyMillis <= TARGETS.readyMillis &&
    figures.idleMegabytes <= TARGETS.idleMegabytes &&
    Math.max(figures.afterMegabytes, figures.afterReceivingMegabytes) <= TARGETS.afterMegabytes;
  const worked = `worked on ${JSON.stringify(figures.outcomes)}, the last ${(figures.workedMillis / 1000).toFixed(1)} s after it came`;
  console.log(`${Math.round(figures.receivedPerSecond)} received a second meanwhile; ${worked}; ${machine()}`);
  console.log(IS_SMOKE ? "smoke run: not judged" : `targets ${isReached ? "reached" : "NOT reached"}`);
  writeResult("start", { machine: machine(), deliveries: DELIVERIES, targets: TARGETS, isReached, ...figures });
  if (!IS_SMOKE && !isReached) process.exitCode = 1;
}
