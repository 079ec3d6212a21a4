// The demo's process: `npm run demo` tells the story and ends, with `--stay` it stays until Ctrl-C.
import { setTimeout as wait } from "node:timers/promises";
import { parseArgs } from "node:util";
import { createPrinter } from "./print.ts";
import { openStage } from "./stage.ts";
import { BEGIN, tellStory } from "./story.ts";
import { WORLD } from "./world.ts";

/** Between two steps, where somebody watches. */
const READING_MILLIS = 900;

const { stay } = parseArgs({ options: { stay: { type: "boolean", default: false } } }).values;
const printer = createPrinter((line) => console.log(line));

printer.title("Patch Advocate, shown: the product itself, on an emulated GitHub, with a clock that is moved.");
const stage = await openStage({ now: BEGIN, github: WORLD });
const stopped = new Promise<void>((resolve) => {
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => resolve());
});
try {
  await Promise.race([show(), stopped]);
} finally {
  await stage.close();
}
// A story that was stopped halfway still waits for its next step.
process.exit();

async function show(): Promise<void> {
  printer.line(`It listens on ${stage.url}, keeps its data in ${stage.databaseUrl}`);
  printer.line(`and takes ${stage.github.webUrl} for GitHub.`);
  const pause = async () => {
    if (process.stdout.isTTY) await wait(READING_MILLIS);
  };
  await tellStory({ stage, printer, pause });
  if (!stay) return;
  printer.line();
  printer.line(`It stays on ${stage.url} (/healthz, /readyz, /metrics); its clock stands still.`);
  printer.line("The commands work beside it, for instance:");
  printer.line(`  DATABASE_URL=${stage.databaseUrl} npx patch-advocate customers export --format yaml -`);
  printer.line("Ctrl-C ends it and removes its data.");
  await stopped;
}
