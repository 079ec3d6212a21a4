// `npm run demo` as somebody sees it who runs it: the whole printed story, and that it ends by itself.
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const MAIN = new URL("../../src/demo/main.ts", import.meta.url).pathname;
/** After a change of the story: `npm run -s demo > test/demo/story.txt`, with the changing parts as below, and read it. */
const STORY = readFileSync(new URL("story.txt", import.meta.url), "utf8");

test("the demo tells its story and ends", async () => {
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [MAIN]);
  expect(withoutChance(stdout)).toBe(STORY);
  expect(stderr).toBe("");
});

test("with --stay it goes on answering until it is stopped, and leaves nothing behind", async () => {
  const demo = spawn(process.execPath, [MAIN, "--stay"], { stdio: ["ignore", "pipe", "inherit"] });
  const ended = once(demo, "exit");
  let printed = "";
  for await (const chunk of demo.stdout) {
    printed += chunk;
    if (printed.includes("Ctrl-C ends it")) break;
  }
  const url = /The board stays on (\S+);/.exec(printed)?.[1] ?? "";
  expect(await (await fetch(`${url}/readyz`)).text()).toBe("ready\n");
  const file = /DATABASE_URL=sqlite:(\S+)/.exec(printed)?.[1] ?? "";
  expect(existsSync(file)).toBe(true);

  demo.kill("SIGINT");
  expect(await ended).toEqual([0, null]);
  expect(existsSync(file)).toBe(false);
});

/** Ports, folders and how many requests it took differ from run to run. */
function withoutChance(text: string): string {
  return text
    .replace(/127\.0\.0\.1:\d+/g, "127.0.0.1:PORT")
    .replace(/\/(answer|sign-in\/link)\/[\w-]{43}/g, "/$1/TOKEN")
    .replace(/patch-advocate-demo-\w+/g, "patch-advocate-demo")
    .replace(/sqlite:\S+\/patch-advocate-demo/, "sqlite:/tmp/patch-advocate-demo")
    .replace(/\d+ webhooks, \d+ requests/, "N webhooks, N requests");
}
