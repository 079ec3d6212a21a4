// An outside system that is told things over HTTP: it keeps every request, and answers as a story wants.
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

export type Received = {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** As it came, for signatures. */
  readonly raw: string;
  readonly body: unknown;
};

/** `hang`: no answer ever. `drop`: the connection ends without one. */
export type Reply =
  | { readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: unknown }
  | "hang"
  | "drop";

export type Receiver = {
  readonly url: string;
  readonly received: readonly Received[];
  /** How it answers from now on; what it gives undefined for is answered as usual. */
  readonly answer: (reply: (request: Received) => Reply | undefined | Promise<Reply | undefined>) => void;
  readonly close: () => Promise<void>;
};

export async function startReceiver(
  usual: (request: Received) => Reply | Promise<Reply> = () => ({ status: 204 }),
): Promise<Receiver> {
  const received: Received[] = [];
  let special: (request: Received) => Reply | undefined | Promise<Reply | undefined> = () => undefined;
  const server = createServer((request, response) => {
    read(request).then(async (raw) => {
      const noted: Received = {
        method: request.method ?? "",
        path: request.url ?? "/",
        headers: Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)])),
        raw,
        body: parsed(raw),
      };
      received.push(noted);
      const reply = (await special(noted)) ?? (await usual(noted));
      if (reply === "hang") return;
      if (reply === "drop") return response.destroy();
      response.writeHead(reply.status, { "content-type": "application/json", ...reply.headers });
      response.end(reply.body === undefined ? "" : JSON.stringify(reply.body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    answer: (reply) => {
      special = reply;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

async function read(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}

function parsed(raw: string): unknown {
  try {
    return JSON.parse(raw);
  } catch {
    return raw;
  }
}
