// The road that GitHub's deliveries take to the processes: a balancer before them, on which deliveries are lost, doubled and left unanswered.
import { createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { DeliveryFate } from "./disturbance.ts";

export type Road = {
  readonly url: string;
  /** The `at`-th delivery from now on. */
  readonly arm: (at: number, fate: DeliveryFate) => void;
  /** GUIDs of what is to be sent once more although it arrived. */
  readonly takeAgainLater: () => readonly string[];
  readonly close: () => Promise<void>;
};

/** `next` says where the next one goes; null: nobody is there. */
export async function openRoad(next: () => string | null, hear: (fate: DeliveryFate) => void): Promise<Road> {
  let armed: { left: number; readonly fate: DeliveryFate }[] = [];
  let againLater: string[] = [];

  const nextFate = (): DeliveryFate | null => {
    armed = armed.map((each) => ({ ...each, left: each.left - 1 }));
    const due = armed.find(({ left }) => left <= 0);
    if (due === undefined) return null;
    armed = armed.filter((each) => each !== due);
    hear(due.fate);
    return due.fate;
  };

  async function pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await read(request);
    const fate = nextFate();
    const to = next();
    if (to === null || fate === "lost") return void response.destroy();
    const times = fate === "twice" ? 2 : 1;
    const sent = await Promise.all(Array.from({ length: times }, () => send(`${to}${request.url}`, request, body)));
    if (fate === "again later") againLater.push(String(request.headers["x-github-delivery"]));
    const status = sent[0] ?? null;
    if (status === null || fate === "unanswered") return void response.destroy();
    response.writeHead(status).end();
  }

  const server = createServer((request, response) => {
    pass(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    arm: (at, fate) => {
      armed.push({ left: at, fate });
    },
    takeAgainLater: () => {
      const taken = againLater;
      againLater = [];
      return taken;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

async function read(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** The status, or null where nobody answers. */
function send(url: string, { headers }: IncomingMessage, body: Buffer): Promise<number | null> {
  return new Promise((resolve) => {
    const request = httpRequest(url, { method: "POST", agent: false, headers });
    request.on("error", () => resolve(null));
    request.on("response", (response) => {
      response.on("error", () => resolve(null));
      response.on("end", () => resolve(response.statusCode ?? null));
      response.resume();
    });
    request.end(body);
  });
}
