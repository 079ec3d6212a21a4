// Deliveries that a story sends by itself, side by side and with what it wants in them: signed as GitHub signs, of an event that concerns nobody.
import { randomBytes } from "node:crypto";
import { onTestFinished } from "vitest";
import type { ProcessStory } from "./start-process.ts";

const CONNECTIONS = 3;

export type Answer = { readonly id: string; readonly status: number | null; readonly retryAfter: string | null };

/** Sends one; a status of null: nobody answered. `bytes` of it cannot be made smaller. */
export async function sendDelivery({ github }: Pick<ProcessStory, "github">, id: string, bytes = 100): Promise<Answer> {
  const body = JSON.stringify({ zen: randomBytes(bytes).toString("base64") });
  try {
    const response = await fetch(github.webhookUrl ?? "", {
      method: "POST",
      headers: {
        "content-type": "application/json",
        "x-github-event": "ping",
        "x-github-delivery": id,
        "x-hub-signature-256": github.sign(body),
      },
      body,
    });
    await response.text();
    return { id, status: response.status, retryAfter: response.headers.get("retry-after") };
  } catch {
    return { id, status: null, retryAfter: null };
  }
}

/** Sends without a pause over some connections until told to stop; answers every answer. */
export function keepSending(
  story: Pick<ProcessStory, "github">,
  prefix: string,
): { readonly answered: () => readonly string[]; readonly stop: () => Promise<readonly Answer[]> } {
  const answers: Answer[] = [];
  let sent = 0;
  let isStopped = false;
  const connection = async () => {
    while (!isStopped) {
      sent += 1;
      answers.push(await sendDelivery(story, `${prefix}-${sent}`, 1000));
    }
  };
  const connections = Promise.all(Array.from({ length: CONNECTIONS }, connection));
  onTestFinished(() => {
    isStopped = true;
  });
  return {
    answered: () => answers.filter(({ status }) => status === 202).map(({ id }) => id),
    stop: async () => {
      isStopped = true;
      await connections;
      return answers;
    },
  };
}
