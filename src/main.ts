// The server's process: environment, start, signals, stop. The only file that knows it is a process; everything else is given
// what it needs.
import { existsSync, readFileSync } from "node:fs";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { type Config, readConfig } from "./config.ts";
import { openDatabase } from "./db/database.ts";
import { claimForThisServer } from "./db/one-server.ts";
import { createLog, describeFault, type Log } from "./log.ts";
import { createMetrics } from "./metrics.ts";
import { addressText, configErrorsText, secondServerText, unconfiguredText } from "./start-messages.ts";
import { startWebhookProxy } from "./web/webhook-proxy.ts";

const STOP_MILLIS = 25_000;
/** A terminal and npm both pass on one Ctrl-C; only what comes later than this is a second one. */
const SAME_SIGNAL_MILLIS = 500;

// Customers are in the files that we make: nobody else on the machine may read them.
process.umask(0o077);
if (existsSync(".env")) process.loadEnvFile(".env");
const outcome = readConfig(process.env, (path) => readFileSync(path, "utf8"));
switch (outcome.kind) {
  case "unconfigured":
    leave(unconfiguredText(outcome.missing));
    break;
  case "errors":
    leave(configErrorsText(outcome.errors));
    break;
  case "config":
    if (!claimForThisServer(outcome.config.databaseUrl)) leave(secondServerText(outcome.config.databaseUrl));
    await serve(outcome.config, createLog(outcome.config.log));
}

async function serve(config: Config, log: Log): Promise<void> {
  process.on("unhandledRejection", (reason) => {
    log.fatal({ err: reason }, "something failed that nobody waited for; the process ends");
    process.exit(1);
  });
  try {
    // Loaded only now: whoever has something to correct should not wait for it.
    const { createApp } = await import("./app.ts");
    const metrics = createMetrics();
    const onFault = (error: Error) => log.warn({ error: describeFault(error) }, "a database connection broke");
    const database = await openDatabase(config.databaseUrl, onFault);
    const app = await createApp({ config, database, now: () => Date.now(), log, metrics });
    const { port } = await app.start();
    const proxy = await proxyFor(config, port, log);
    stopOnSignals(log, async () => {
      await proxy?.stop();
      await app.stop();
      await database.close();
    });
    const at = { url: addressText(config.web, port), port, webhookPath: config.webhook.path };
    log.info({ ...at, database: database.dialect }, "ready");
    giveBackMemory();
  } catch (error) {
    log.fatal({ err: error }, "Patch Advocate could not start");
    process.exit(1);
  }
}

/** Loading the modules leaves 20 MB behind that V8 would keep until it needs room. */
function giveBackMemory(): void {
  setFlagsFromString("--expose-gc");
  const collect: unknown = runInNewContext("gc");
  if (typeof collect === "function") collect({ type: "major", flavor: "last-resort", execution: "async" });
}

async function proxyFor(config: Config, port: number, log: Log): Promise<{ stop: () => Promise<void> } | null> {
  const { proxyUrl: source, path } = config.webhook;
  if (source === null) return null;
  return startWebhookProxy({ source, target: `http://${config.web.host ?? "localhost"}:${port}${path}`, log });
}

function stopOnSignals(log: Log, stop: () => Promise<void>): void {
  let firstAt: number | null = null;
  const onSignal = (signal: NodeJS.Signals) => {
    if (firstAt !== null) {
      if (performance.now() - firstAt < SAME_SIGNAL_MILLIS) return;
      log.warn({ signal }, "ended at once by a second signal");
      process.exit(1);
    }
    firstAt = performance.now();
    log.info({ signal }, "stopping: what is in hand is finished first");
    setTimeout(() => {
      log.error("did not finish in time; what is left is taken up at the next start");
      process.exit(1);
    }, STOP_MILLIS).unref();
    stop().then(
      () => {
        log.info("stopped");
        process.exit(0);
      },
      (error: unknown) => {
        log.error({ err: error }, "could not stop cleanly; what is left is taken up at the next start");
        process.exit(1);
      },
    );
  };
  process.on("SIGTERM", onSignal);
  process.on("SIGINT", onSignal);
}

function leave(text: string): never {
  console.error(text);
  process.exit(1);
}
