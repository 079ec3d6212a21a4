// Sends signed deliveries as fast as a server answers them, over raw sockets, so that the sender costs as little as it can on a
// machine that it shares with what it measures.
import { createHmac, randomUUID } from "node:crypto";
import { connect, type Socket } from "node:net";

export type Target = { readonly port: number; readonly path: string; readonly secret: string };

export type Load = {
  readonly body: Buffer;
  readonly event: string;
  readonly connections: number;
  readonly millis: number;
  /** Ends earlier once so many were sent. */
  readonly count?: number;
};

export type Measured = {
  readonly answered: number;
  readonly perSecond: number;
  readonly p50Millis: number;
  readonly p99Millis: number;
  readonly refused: number;
};

/** Keeps every connection busy with one delivery at a time, each under a GUID of its own, for `millis`. */
export async function sendDeliveries(target: Target, load: Load): Promise<Measured> {
  const signature = createHmac("sha256", target.secret).update(load.body).digest("hex");
  const head = (id: string) =>
    `POST ${target.path} HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\nuser-agent: GitHub-Hookshot/bench\r\n` +
    `x-github-event: ${load.event}\r\nx-github-delivery: ${id}\r\nx-hub-signature-256: sha256=${signature}\r\n` +
    `content-length: ${load.body.length}\r\n\r\n`;
  const startedAt = performance.now();
  const endsAt = startedAt + load.millis;
  const times: number[] = [];
  let refused = 0;
  let left = load.count ?? Number.POSITIVE_INFINITY;

  const keepBusy = async (): Promise<void> => {
    const socket = await open(target.port);
    while (performance.now() < endsAt && left > 0) {
      left -= 1;
      const sentAt = performance.now();
      socket.cork();
      socket.write(head(randomUUID()), "latin1");
      socket.write(load.body);
      socket.uncork();
      const status = await readStatus(socket);
      if (status >= 200 && status < 300) times.push(performance.now() - sentAt);
      else refused += 1;
    }
    socket.destroy();
  };
  await Promise.all(Array.from({ length: load.connections }, keepBusy));

  const seconds = (performance.now() - startedAt) / 1000;
  times.sort((a, b) => a - b);
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? Number.NaN;
  return {
    answered: times.length,
    perSecond: times.length / seconds,
    p50Millis: at(0.5),
    p99Millis: at(0.99),
    refused,
  };
}

export type Outgoing = { readonly id: string; readonly event: string; readonly body: Buffer };

/**
 * Sends one delivery at a time a connection, as many side by side as are asked for, like GitHub's own senders: each has ten seconds.
 * Answers the status, or 0 where nobody answered.
 */
export function createSender(secret: string, path: string): (port: number, delivery: Outgoing) => Promise<number> {
  const free = new Map<number, Socket[]>();
  return async (port, { id, event, body }) => {
    const signature = createHmac("sha256", secret).update(body).digest("hex");
    const rest = free.get(port) ?? [];
    free.set(port, rest);
    let socket: Socket | undefined;
    try {
      // The server closes what has rested for some seconds.
      do socket = rest.pop();
      while (socket?.destroyed === true);
      socket ??= await open(port);
      socket.setTimeout(10_000);
      socket.cork();
      socket.write(
        `POST ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\nuser-agent: GitHub-Hookshot/bench\r\n` +
          `x-github-event: ${event}\r\nx-github-delivery: ${id}\r\nx-hub-signature-256: sha256=${signature}\r\n` +
          `content-length: ${body.length}\r\n\r\n`,
        "latin1",
      );
      socket.write(body);
      socket.uncork();
      const status = await readStatus(socket);
      socket.setTimeout(0);
      rest.push(socket);
      return status;
    } catch {
      socket?.destroy();
      return 0;
    }
  };
}

function open(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: "127.0.0.1", noDelay: true }, () => resolve(socket));
    // One that breaks is closed, too, which whoever waits on it hears of.
    socket.on("error", reject).on("timeout", () => socket.destroy());
  });
}

/** Reads one whole answer: by its content-length, or chunks up to the empty one. */
function readStatus(socket: Socket): Promise<number> {
  return new Promise((resolve, reject) => {
    let text = "";
    const gone = () => reject(new Error("the server closed the connection"));
    const take = (chunk: Buffer) => {
      text += chunk.toString("latin1");
      const headEnd = text.indexOf("\r\n\r\n");
      if (headEnd === -1) return;
      const length = /\r\ncontent-length: (\d+)/i.exec(text.slice(0, headEnd))?.[1];
      const isWhole = length === undefined ? text.endsWith("0\r\n\r\n") : text.length >= headEnd + 4 + Number(length);
      if (!isWhole) return;
      socket.off("data", take).off("close", gone);
      resolve(Number(text.slice(9, 12)));
    };
    socket.on("data", take).on("close", gone);
  });
}
