// One contender of bench/receive in a process of its own: `probot` keeps nothing, `receiver URL` keeps every delivery.
import { generateKeyPairSync } from "node:crypto";
import { createServer } from "node:http";
import { Hono } from "hono";
import { createNodeMiddleware, Probot } from "probot";
import { openDatabase } from "../src/db/database.ts";
import { createReceiver } from "../src/github/receive.ts";
import { createKeeper } from "../src/github/receive-thread.ts";
import { createLog } from "../src/log.ts";
import { createMetrics } from "../src/metrics.ts";
import { createWebServer } from "../src/web/server.ts";

const [kind, databaseUrl = ""] = process.argv.slice(2);
const path = "/api/github/webhooks";
const secret = "a secret for the bench";
const port = kind === "probot" ? await serveProbot() : await serveReceiver();
process.send?.({ port, path, secret });
process.on("disconnect", () => process.exit(0));

/** As Probot's documentation mounts it, with one handler that does nothing. */
async function serveProbot(): Promise<number> {
  const { privateKey } = generateKeyPairSync("rsa", {
    modulusLength: 2048,
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
    publicKeyEncoding: { type: "spki", format: "pem" },
  });
  const probot = new Probot({ appId: 1, privateKey, secret, logLevel: "warn" });
  const app = (on: Probot) => on.on("pull_request", async () => undefined);
  const middleware = await createNodeMiddleware(app, { probot, webhooksPath: path });
  const server = createServer(middleware);
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const address = server.address();
  return typeof address === "object" && address !== null ? address.port : 0;
}

async function serveReceiver(): Promise<number> {
  const database = await openDatabase(databaseUrl);
  const metrics = createMetrics();
  const log = createLog({ level: "info", format: "json" });
  const { keep } = createKeeper({ databaseUrl, database, metrics });
  const receive = createReceiver({ secrets: () => [secret], keep, now: () => Date.now(), log, metrics });
  const server = createWebServer({ webhookPath: path, receive, routes: new Hono() });
  const { port } = await server.listen({ port: 0, host: "127.0.0.1" });
  return port;
}
