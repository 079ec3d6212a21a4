// How many deliveries a second are received and kept, beside a bare Probot that keeps nothing: same payload, same connections, one
// run, turn by turn. `npx node bench/receive.ts`; `--smoke` takes seconds and judges nothing.
import { type ChildProcess, fork } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { z } from "zod";
import { openDatabase } from "../src/db/database.ts";
import { examplePayload } from "./example.ts";
import { machine, median, writeResult } from "./result.ts";
import { type Measured, sendDeliveries, type Target } from "./senders.ts";

const IS_SMOKE = process.argv.includes("--smoke");
const ROUNDS = IS_SMOKE ? 1 : 5;
const MILLIS = IS_SMOKE ? 500 : 4000;
const WARM_UP_MILLIS = IS_SMOKE ? 150 : 1500;
const CONNECTIONS = 32;
const PAYLOAD_BYTES = 21_000;
const POSTGRES = process.env.TEST_DATABASE_URL ?? "postgres://postgres@127.0.0.1:5432/postgres";
const TARGETS = { sqlite: { perSecond: 1.2, p99: 1.5 }, postgres: { perSecond: 0.8, p99: 1.5 } };

type Contender = { readonly name: string; readonly databaseUrl: string | null; readonly rounds: Measured[] };

const folder = inResults();
const postgresName = `bench_receive_${randomBytes(6).toString("hex")}`;
const postgresUrl = new URL(POSTGRES);
postgresUrl.pathname = `/${postgresName}`;
const contenders: Contender[] = [
  { name: "probot", databaseUrl: null, rounds: [] },
  { name: "sqlite", databaseUrl: `sqlite:${join(folder, "receive.db")}`, rounds: [] },
  { name: "postgres", databaseUrl: postgresUrl.toString(), rounds: [] },
];

await onServer(`create database ${postgresName}`);
try {
  const { body, event } = examplePayload(PAYLOAD_BYTES);
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const contender of contenders) contender.rounds.push(await measure(contender, body, event));
  }
  await proveKept();
  report(body.length);
} finally {
  rmSync(folder, { recursive: true });
  await onServer(`drop database ${postgresName} with (force)`);
}

/** One contender alone on the machine: started, warmed up, measured, ended. */
async function measure({ name, databaseUrl }: Contender, body: Buffer, event: string): Promise<Measured> {
  const { child, target } = await startServer(name, databaseUrl);
  try {
    await sendDeliveries(target, { body, event, connections: CONNECTIONS, millis: WARM_UP_MILLIS });
    const measured = await sendDeliveries(target, { body, event, connections: CONNECTIONS, millis: MILLIS });
    if (measured.refused > 0) throw new Error(`${name} refused ${measured.refused} deliveries`);
    return measured;
  } finally {
    child.disconnect();
    await new Promise((ended) => child.once("exit", ended));
  }
}

async function startServer(name: string, databaseUrl: string | null): Promise<{ child: ChildProcess; target: Target }> {
  const parameters = databaseUrl === null ? ["probot"] : ["receiver", databaseUrl];
  // Each as its own people start it: ours with what src/start.js sets.
  const execArgv = databaseUrl === null ? [] : ["--semi-space-growth-factor=1", "--heap-growing-percent=100"];
  const child = fork(new URL("./receive-server.ts", import.meta.url), parameters, { execArgv });
  const told = await new Promise<unknown>((resolve, reject) => {
    child.once("message", resolve);
    child.once("exit", (code) => reject(new Error(`${name} ended with code ${code} before it listened`)));
  });
  return { child, target: z.object({ port: z.number(), path: z.string(), secret: z.string() }).parse(told) };
}

/** Whoever got a 2xx must be in the table; the warm-up's are too. */
async function proveKept(): Promise<void> {
  for (const { name, databaseUrl, rounds } of contenders) {
    if (databaseUrl === null) continue;
    const { db, close } = await openDatabase(databaseUrl);
    const { count } = await db
      .selectFrom("deliveries")
      .select((column) => column.fn.countAll<number>().as("count"))
      .executeTakeFirstOrThrow();
    await close();
    const answered = rounds.reduce((sum, round) => sum + round.answered, 0);
    if (Number(count) < answered) throw new Error(`${name} answered ${answered} deliveries and kept ${count}`);
  }
}

function report(payloadBytes: number): void {
  const figures = contenders.map(({ name, rounds }) => ({
    name,
    perSecond: Math.round(median(rounds.map((round) => round.perSecond))),
    p50Millis: median(rounds.map((round) => round.p50Millis)),
    p99Millis: median(rounds.map((round) => round.p99Millis)),
  }));
  const [probot] = figures;
  if (probot === undefined) throw new Error("nothing was measured");
  const rows = figures.map((figure) => ({
    ...figure,
    ratio: figure.perSecond / probot.perSecond,
    p99Ratio: figure.p99Millis / probot.p99Millis,
  }));
  console.table(
    rows.map((row) => ({
      "": row.name === "probot" ? "bare Probot, keeps nothing" : `kept durably, ${row.name}`,
      "deliveries/s": row.perSecond,
      ratio: row.ratio.toFixed(2),
      "p50 ms": row.p50Millis.toFixed(1),
      "p99 ms": row.p99Millis.toFixed(1),
      "p99 ratio": row.p99Ratio.toFixed(2),
    })),
  );
  const isReached = rows.every((row) => {
    if (row.name !== "sqlite" && row.name !== "postgres") return true;
    return row.ratio >= TARGETS[row.name].perSecond && row.p99Ratio <= TARGETS[row.name].p99;
  });
  const words = `${payloadBytes} bytes, ${CONNECTIONS} connections, median of ${ROUNDS} rounds of ${MILLIS / 1000} s`;
  console.log(`${words}; ${machine()}`);
  console.log(IS_SMOKE ? "smoke run: not judged" : `targets ${isReached ? "reached" : "NOT reached"}`);
  writeResult("receive", {
    machine: machine(),
    payloadBytes,
    connections: CONNECTIONS,
    targets: TARGETS,
    isReached,
    rows,
  });
  if (!IS_SMOKE && !isReached) process.exitCode = 1;
}

/** On the checkout's own disk: a temporary folder may be memory, where a sync costs nothing. */
function inResults(): string {
  const results = new URL("./results/", import.meta.url).pathname;
  mkdirSync(results, { recursive: true });
  return mkdtempSync(join(results, "receive-"));
}

async function onServer(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: POSTGRES });
  await client.connect();
  await client.query(statement);
  await client.end();
}
