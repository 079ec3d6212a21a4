// The product's process as bench/kills starts and kills it, and a database of its own on either kind of store.
import { type ChildProcessByStdio, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import { Client } from "pg";

const START = fileURLToPath(new URL("../src/start.js", import.meta.url));
const POSTGRES = process.env.TEST_DATABASE_URL ?? "postgres://postgres@127.0.0.1:5432/postgres";

export type Dialect = "sqlite" | "postgres";
export type Store = { readonly url: string; readonly remove: () => Promise<void> };

/** An empty database. What is committed there waits for the disk, as in production. */
export async function makeStore(dialect: Dialect): Promise<Store> {
  if (dialect === "sqlite") {
    const folder = mkdtempSync(join(tmpdir(), "patch-advocate-kills-"));
    return {
      url: `sqlite:${join(folder, "kills.db")}`,
      remove: async () => rmSync(folder, { recursive: true, force: true }),
    };
  }
  const name = `kills_${randomBytes(6).toString("hex")}`;
  await onPostgres(`create database ${name}`);
  const url = new URL(POSTGRES);
  url.pathname = `/${name}`;
  return { url: url.href, remove: () => onPostgres(`drop database if exists ${name} with (force)`) };
}

async function onPostgres(statement: string): Promise<void> {
  const client = new Client({ connectionString: POSTGRES });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

export type Server = {
  /** Resolves with where it listens; null when it was killed before that. Rejects when it ended by itself. */
  readonly ready: Promise<string | null>;
  readonly kill: () => Promise<void>;
  /** SIGTERM, once it is ready. */
  readonly stop: () => Promise<void>;
};

/** Starts a server; every line it logs is given to `onLine`. */
export function startServer(environment: Readonly<Record<string, string>>, onLine: (line: string) => void): Server {
  const child: ChildProcessByStdio<null, Readable, Readable> = spawn(process.execPath, [START], {
    cwd: tmpdir(),
    stdio: ["ignore", "pipe", "pipe"],
    env: { PATH: process.env.PATH, HOST: "127.0.0.1", PORT: "0", ...environment },
  });
  const ended = once(child, "exit");
  // Nobody outlives the bench, however it ends.
  const killAtExit = () => child.kill("SIGKILL");
  process.once("exit", killAtExit);
  child.once("exit", () => process.off("exit", killAtExit));
  let isKilled = false;
  let errors = "";
  child.stderr.on("data", (chunk: Buffer) => {
    errors += chunk.toString();
  });
  const ready = new Promise<string | null>((resolve, reject) => {
    let rest = "";
    child.stdout.on("data", (chunk: Buffer) => {
      const lines = (rest + chunk.toString()).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) {
        const port = /"port":(\d+).*"msg":"ready"/.exec(line)?.[1];
        if (port !== undefined) resolve(`http://127.0.0.1:${port}`);
        if (line.includes('"level":"fatal"')) errors += line.slice(0, 1000);
        onLine(line);
      }
    });
    child.once("exit", (code) => {
      if (isKilled) resolve(null);
      else reject(new Error(`the server ended by itself with code ${code}: ${errors}`));
    });
  });
  return {
    ready,
    stop: async () => {
      await ready;
      isKilled = true;
      child.kill("SIGTERM");
      await ended;
    },
    kill: async () => {
      isKilled = true;
      child.kill("SIGKILL");
      await ended;
    },
  };
}
