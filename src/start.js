#!/usr/bin/env node
// The first thing that runs, under whatever Node there is: finds a new enough one or says in one line what to do. Plain old
// JavaScript, because anything newer would be a syntax error where this is needed most.
const NEEDED = 26;
const words = process.argv.slice(2);
const isServer = words.length === 0 || (words.length === 1 && words[0] === "start");

if (Number(process.versions.node.split(".")[0]) >= NEEDED) {
  run().catch((error) => {
    console.error(error);
    process.exit(1);
  });
} else {
  hand().catch((error) => {
    console.error(error.message);
    process.exit(1);
  });
}

async function run() {
  const { enableCompileCache } = await import("node:module");
  const { setFlagsFromString } = await import("node:v8");
  enableCompileCache();
  // Left alone, V8 takes 100 MB more under load and is no faster for it: its space for young objects grows to 48 MB a thread, and it
  // waits until the heap is several times what lives in it.
  setFlagsFromString("--semi-space-growth-factor=1");
  setFlagsFromString("--heap-growing-percent=100");
  await import(isServer ? "./main.ts" : "./cli/main.ts");
}

/** Hands over to the Node that the npm package `node` brought: among this package's own dependencies, or beside this package. */
async function hand() {
  const { existsSync } = await import("node:fs");
  const { spawn } = await import("node:child_process");
  const { fileURLToPath } = await import("node:url");
  const places = ["../node_modules/node/bin/node", "../../node/bin/node"];
  const node = places.map((place) => fileURLToPath(new URL(place, import.meta.url))).find((path) => existsSync(path));
  if (node === undefined) {
    throw new Error(
      `Patch Advocate needs Node ${NEEDED} or newer and found ${process.version}: run \`npm ci && npm start\`, which brings it.`,
    );
  }
  const child = spawn(node, [fileURLToPath(import.meta.url)].concat(words), { stdio: "inherit" });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  child.on("error", (error) => {
    console.error(`Patch Advocate could not start ${node}: ${error.message}`);
    process.exit(1);
  });
  child.on("exit", (code) => process.exit(code === null ? 1 : code));
}
