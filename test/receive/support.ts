// A receiver behind a real HTTP server, and senders that sign as GitHub does.
import { createHmac, randomUUID } from "node:crypto";
import { type IncomingHttpHeaders, type RequestListener, request } from "node:http";
import { Hono } from "hono";
import { pino } from "pino";
import { createReceiver, type Keeper, type NewDelivery, type ReceiveLimits } from "../../src/github/receive.ts";
import { createMetrics, type Metrics } from "../../src/metrics.ts";
import { createWebServer } from "../../src/web/server.ts";

export const NOW = Date.parse("2026-03-02T09:00:00Z");
export const SECRET = "a secret for tests";
export const log = pino({ level: "silent" });
const PATH = "/api/github/webhooks";

export type Answer = { readonly status: number; readonly text: string; readonly headers: IncomingHttpHeaders };

type Options = {
  readonly keep: Keeper["keep"];
  readonly secrets?: readonly string[];
  readonly limits?: ReceiveLimits;
  readonly requestMillis?: number;
  /** Sees each request before the receiver does. */
  readonly onRequest?: RequestListener;
};

export async function startReceiver(options: Options) {
  const receive = createReceiver({
    secrets: () => options.secrets ?? [SECRET],
    keep: options.keep,
    now: () => NOW,
    log,
    metrics: createMetrics(),
    ...(options.limits === undefined ? {} : { limits: options.limits }),
  });
  const server = createWebServer({
    webhookPath: PATH,
    receive: (incoming, outgoing) => {
      options.onRequest?.(incoming, outgoing);
      receive(incoming, outgoing);
    },
    routes: new Hono(),
    limits: { requestMillis: options.requestMillis ?? 15_000, closeMillis: 1000 },
  });
  const { port } = await server.listen({ port: 0, host: "127.0.0.1" });
  return { port, stop: server.close, send: (delivery: Sent = {}) => send(port, delivery) };
}

export type Sent = {
  readonly method?: string;
  readonly body?: string | Buffer;
  readonly secret?: string;
  /** Undefined takes a header away. */
  readonly headers?: Readonly<Record<string, string | undefined>>;
};

export function sign(body: string | Buffer, secret = SECRET): string {
  return `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`;
}

export function headersOf({ body = "{}", secret, headers }: Sent): Record<string, string> {
  const all = {
    "content-type": "application/json",
    "x-github-event": "ping",
    "x-github-delivery": randomUUID(),
    "x-hub-signature-256": sign(body, secret),
    ...headers,
  };
  return Object.fromEntries(Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined));
}

function send(port: number, sent: Sent): Promise<Answer> {
  const { answered, outgoing } = begin(port, sent);
  outgoing.end(sent.body ?? "{}");
  return answered;
}

/** Opens a request and leaves its body to the caller. */
export function begin(port: number, sent: Sent) {
  const outgoing = request({
    port,
    host: "127.0.0.1",
    path: PATH,
    method: sent.method ?? "POST",
    headers: headersOf(sent),
  });
  const answered = new Promise<Answer>((resolve, reject) => {
    outgoing.on("error", reject);
    outgoing.on("response", (response) => {
      let text = "";
      response.on("data", (chunk: Buffer) => {
        text += chunk.toString();
      });
      response.on("end", () => resolve({ status: response.statusCode ?? 0, text, headers: response.headers }));
    });
  });
  return { answered, outgoing };
}

/** Keeps in memory. */
export function memoryKeeper() {
  const kept: NewDelivery[] = [];
  const keep = async (delivery: NewDelivery) => {
    kept.push(delivery);
  };
  return { kept, keep, textOf: (index: number) => Buffer.from(kept[index]?.body ?? []).toString() };
}

/** Metrics that remember how many deliveries each commit held. */
export function countCommits(): { metrics: Metrics; commits: number[] } {
  const commits: number[] = [];
  return { metrics: { ...createMetrics(), committed: (deliveries) => commits.push(deliveries) }, commits };
}

export function deliveryOf(id: string, body = "{}"): NewDelivery {
  const bytes = new TextEncoder().encode(body);
  return { id, event: "ping", receivedAt: NOW, body: new Uint8Array(bytes) };
}
