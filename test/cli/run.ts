// Runs the product as people do: a child process, started through src/start.js in a folder of its own.
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const START = fileURLToPath(new URL("../../src/start.js", import.meta.url));

export type Ran = { readonly code: number | null; readonly out: string; readonly err: string };

type Place = { readonly folder: string; readonly environment?: Readonly<Record<string, string>> };

/** A folder to run in, and how to remove it. */
export function makeFolder(): { folder: string; remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), "patch-advocate-run-"));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Starts it and leaves it running. Nothing of this process's own configuration is passed on. */
export function start(words: readonly string[], { folder, environment = {} }: Place, file = START): ChildProcess {
  const env = { PATH: process.env.PATH ?? "", ...environment };
  return spawn(process.execPath, [file, ...words], { cwd: folder, env, stdio: ["ignore", "pipe", "pipe"] });
}

/** Runs it to its end. */
export function run(words: readonly string[], place: Place, file = START): Promise<Ran> {
  return endOf(start(words, place, file));
}

export function endOf(child: ChildProcess): Promise<Ran> {
  const said = { out: "", err: "" };
  child.stdout?.on("data", (chunk: Buffer) => {
    said.out += chunk.toString();
  });
  child.stderr?.on("data", (chunk: Buffer) => {
    said.err += chunk.toString();
  });
  return new Promise((resolve) => child.on("close", (code) => resolve({ code, ...said })));
}
