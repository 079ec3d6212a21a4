// Further processes of the product beside the one of a story, on the same database, as people run several.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { onTestFinished } from "vitest";
import { z } from "zod";
import type { ProcessStory } from "./start-process.ts";

const START = new URL("../../src/start.js", import.meta.url).pathname;
const WEBHOOK_PATH = "/api/github/webhooks";
const line = z.object({ msg: z.string(), url: z.string().optional() });

export type FurtherProcess = { readonly url: string; readonly kill: () => Promise<void> };

/** Starts one more with the same environment; answers where it listens once it is ready. */
export async function startFurther(environment: Readonly<Record<string, string>>): Promise<FurtherProcess> {
  const child = spawn(process.execPath, [START], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { PATH: process.env.PATH, ...environment },
  });
  const kill = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, "exit");
    child.kill("SIGKILL");
    await ended;
  };
  onTestFinished(kill);
  return { url: await readyAt(child), kill };
}

function readyAt(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let rest = "";
    let errors = "";
    child.stderr?.on("data", (chunk: Buffer) => {
      errors += chunk.toString();
    });
    child.stdout?.on("data", (chunk: Buffer) => {
      const lines = (rest + chunk.toString()).split("\n");
      rest = lines.pop() ?? "";
      for (const { msg, url } of lines.map((text) => line.parse(JSON.parse(text))))
        if (msg === "ready" && url !== undefined) resolve(url);
    });
    child.once("exit", (code) => reject(new Error(`the process ended with ${code}: ${errors}`)));
  });
}

/** GitHub sends what follows to this one. */
export function sendTo(story: ProcessStory, url: string): void {
  story.github.webhookUrl = `${url}${WEBHOOK_PATH}`;
}

/** Asks GitHub for every delivery again that nobody took, until each was. */
export async function redeliverUntaken(story: ProcessStory): Promise<void> {
  await story.until("every delivery was taken", async () => {
    await story.github.settled();
    const taken = new Set(story.github.deliveries.filter(({ status }) => status === 202).map(({ guid }) => guid));
    const untaken = new Set(story.github.deliveries.map(({ guid }) => guid).filter((guid) => !taken.has(guid)));
    for (const guid of untaken) story.github.redeliver(guid);
    return untaken.size === 0;
  });
}
