// The demo's process: `npm run demo` opens the board, tells the story, and in a terminal stays until Ctrl-C. With `--once` it ends with the
// story, with `--stay` it stays where no terminal is.
import { setTimeout as wait } from "node:timers/promises";
import { parseArgs } from "node:util";
import { invite } from "./invitation.ts";
import { createPrinter } from "./print.ts";
import { openStage } from "./stage.ts";
import { BEGIN, tellStory } from "./story.ts";
import { WORLD } from "./world.ts";

/** Between two steps, where somebody reads along. */
const READING_MILLIS = 900;
/** The same where somebody watches the board, which loads itself anew every few seconds. */
const WATCHING_MILLIS = 5000;
const BEFORE_MILLIS = 30_000;

const { stay, once } = parseArgs({
  options: { stay: { type: "boolean", default: false }, once: { type: "boolean", default: false } },
}).values;
const isTerminal = process.stdout.isTTY === true;
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
  await invite(stage, printer);
  if (isTerminal && !once) await untilWatched();
  const pause = async () => {
    if (isTerminal) await wait((await stage.isWatched()) ? WATCHING_MILLIS : READING_MILLIS);
  };
  await tellStory({ stage, printer, pause });
  if (once || !(stay || isTerminal)) return;
  printer.line();
  printer.line(`The board stays on ${stage.url}; its clock stands still.`);
  printer.line("The commands work beside it, for instance:");
  printer.line(`  DATABASE_URL=${stage.databaseUrl} npx patch-advocate customers export --format yaml -`);
  printer.line("Ctrl-C ends it and removes its data.");
  await stopped;
}

/** So that nobody misses the beginning while a browser opens. */
async function untilWatched(): Promise<void> {
  printer.line();
  printer.line(`The story begins once somebody has opened the board, or in ${BEFORE_MILLIS / 1000} seconds.`);
  for (let waited = 0; waited < BEFORE_MILLIS; waited += 250) {
    if (await stage.isWatched()) return;
    await wait(250);
  }
}
