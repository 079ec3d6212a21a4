// The HTTP server: the webhook's path goes straight to its receiver, everything else to hono. Apart, because starting, slow senders
// and stopping without cutting anybody off are here and nowhere else.
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { getRequestListener } from "@hono/node-server";
import type { Hono } from "hono";

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

export type WebServer = {
  /** Port 0: any that is free. Host null: every interface. Throws when the port is taken. */
  readonly listen: (at: { readonly port: number; readonly host: string | null }) => Promise<{ port: number }>;
  /** Accepts nothing new and resolves once every request that is under way has its answer. */
  readonly close: () => Promise<void>;
};

type Parts = {
  readonly webhookPath: string;
  readonly receive: Handler;
  readonly routes: Hono;
  /** How long a request may take to arrive, and how long `close` waits for those under way. */
  readonly limits?: { readonly requestMillis: number; readonly closeMillis: number };
};

const LIMITS = { requestMillis: 15_000, closeMillis: 20_000 };

/** Makes the server; it listens only when told to. */
export function createWebServer({ webhookPath, receive, routes, limits = LIMITS }: Parts): WebServer {
  const answer = getRequestListener(routes.fetch);
  let isClosing = false;

  const server = createServer(
    {
      requestTimeout: limits.requestMillis,
      headersTimeout: limits.requestMillis,
      connectionsCheckingInterval: Math.min(1000, limits.requestMillis / 4),
      keepAliveTimeout: 65_000,
    },
    (request, response) => {
      if (isClosing) response.shouldKeepAlive = false;
      const path = request.url ?? "/";
      if (path === webhookPath || path.startsWith(`${webhookPath}?`)) receive(request, response);
      else void answer(request, response);
    },
  );
  server.maxConnections = 2000;

  return {
    listen: ({ port, host }) =>
      new Promise((resolve, reject) => {
        server.once("error", reject);
        server.listen({ port, ...(host === null ? {} : { host }) }, () => {
          server.off("error", reject);
          const address = server.address();
          resolve({ port: typeof address === "object" && address !== null ? address.port : port });
        });
      }),
    close: () =>
      new Promise((resolve) => {
        isClosing = true;
        if (!server.listening) return resolve();
        const idle = setInterval(() => server.closeIdleConnections(), 100);
        const late = setTimeout(() => server.closeAllConnections(), limits.closeMillis);
        server.close(() => {
          clearInterval(idle);
          clearTimeout(late);
          resolve();
        });
      }),
  };
}
