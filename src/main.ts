// The server's process: environment, start, signals, stop. The only file that knows it is a process; everything else is given
// what it needs.
import { existsSync, readFileSync } from "node:fs";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import type { App } from "./app.ts";
import { type Config, type ConfigOutcome, type Environment, readConfig } from "./config.ts";
import { openDatabase } from "./db/database.ts";
import { claimForThisServer } from "./db/one-server.ts";
import { troubleIn } from "./db/storage.ts";
import { createLog, describeFault, type Log } from "./log.ts";
import { createMetrics } from "./metrics.ts";
import { createReload } from "./reload-on-signal.ts";
import { checkApp } from "./setup/check-app.ts";
import type { Visit } from "./setup/visit.ts";
import {
  addressText,
  configErrorsText,
  refusedAppText,
  secondServerText,
  setupAddresses,
  storageText,
  unconfiguredText,
} from "./start-messages.ts";
import { startWebhookProxy } from "./web/webhook-proxy.ts";

type Unconfigured = Extract<ConfigOutcome, { kind: "unconfigured" }>;

const ENV_FILE = ".env";
/** How long a start waits to hear whether GitHub knows the App. */
const CHECK_MILLIS = 2000;
const STOP_MILLIS = 25_000;
/** A terminal and npm both pass on one Ctrl-C; only what comes later than this is a second one. */
const SAME_SIGNAL_MILLIS = 500;

// Whoever closes a terminal ends what runs in it; elsewhere SIGHUP asks that secrets be read again. Until there is a server it waits for it.
const isInTerminal = process.stdin.isTTY === true;
let isReloadAsked = false;
const noteReload = () => {
  isReloadAsked = true;
};

// Customers are in the files that we make: nobody else on the machine may read them.
process.umask(0o077);
const own: Environment = { ...process.env };
if (existsSync(ENV_FILE)) process.loadEnvFile(ENV_FILE);
const read = (environment: Environment) => readConfig(environment, (path) => readFileSync(path, "utf8"));
const outcome = read(process.env);
switch (outcome.kind) {
  case "unconfigured":
    await setUp(outcome, createLog(outcome.known.log));
    break;
  case "errors":
    leave(configErrorsText(outcome.errors));
    break;
  case "config":
    if (!isInTerminal) process.on("SIGHUP", noteReload);
    if (!claim(outcome.config.databaseUrl)) leave(secondServerText(outcome.config.databaseUrl));
    await serve(outcome.config, createLog(outcome.config.log));
}

async function serve(config: Config, log: Log): Promise<void> {
  endOnFault(log);
  const asked = checkApp({ app: config.app, apiUrl: config.github.apiUrl }, { fetch, now: Date.now() }).then(
    (check) => {
      if (check.kind === "refused") leave(refusedAppText(config.github.apiUrl, check.message));
    },
  );
  try {
    const begin = await prepare(config, { log });
    // A GitHub that is away, or slow, keeps nobody from receiving; an answer that comes later ends the process all the same.
    await Promise.race([asked, new Promise((resolve) => setTimeout(resolve, CHECK_MILLIS).unref())]);
    await begin();
  } catch (error) {
    failStart(error, log, config.databaseUrl);
  }
}

/** Serves the set-up page until there is an App, then the App, in the same process and on the same port. */
async function setUp({ missing, known }: Unconfigured, log: Log): Promise<void> {
  endOnFault(log);
  const leaveSetUp = () => process.exit(0);
  let isClaimed = false;
  const ignoreReload = () => log.info("there is no GitHub App yet, and so no secret to read again");
  process.on("SIGTERM", leaveSetUp);
  process.on("SIGINT", leaveSetUp);
  if (!isInTerminal) process.on("SIGHUP", ignoreReload);
  try {
    const { serveSetup } = await import("./setup/serve.ts");
    const { port, code } = await serveSetup({
      known,
      environment: process.env,
      own: new Set(Object.keys(own)),
      envPath: ENV_FILE,
      appYml: readFileSync(new URL("../app.yml", import.meta.url), "utf8"),
      read,
      prepare: async (config, visit) => {
        // Held from the first try on, if there are several.
        isClaimed ||= claimForThisServer(config.databaseUrl);
        if (!isClaimed) return { kind: "failed", because: secondServerText(config.databaseUrl) };
        const begin = await prepare(config, { log, visit });
        process.off("SIGTERM", leaveSetUp);
        process.off("SIGINT", leaveSetUp);
        if (!isInTerminal) process.on("SIGHUP", noteReload);
        process.off("SIGHUP", ignoreReload);
        return {
          kind: "ready",
          begin: () => begin().catch((error: unknown) => failStart(error, log, config.databaseUrl)),
        };
      },
      fetch,
      now: () => Date.now(),
      log,
    });
    const at = setupAddresses(known.web, { port, code });
    log.info({ url: at.elsewhere, port }, "there is no GitHub App yet: open the set-up page");
    console.error(unconfiguredText(missing, at));
  } catch (error) {
    log.fatal({ err: error }, "the set-up page could not start");
    process.exit(1);
  }
}

/** What failed without anybody waiting for it may have left anything half done. */
function endOnFault(log: Log): void {
  process.on("unhandledRejection", (reason) => {
    log.fatal({ err: reason }, "something failed that nobody waited for; the process ends");
    process.exit(1);
  });
}

/** Gets everything ready that can fail before the port is taken. Where it fails nothing stays open: it may be tried again. */
async function prepare(config: Config, { log, visit }: { log: Log; visit?: Visit }): Promise<() => Promise<void>> {
  // Loaded only now: whoever has something to correct should not wait for it.
  const { createApp } = await import("./app.ts");
  const metrics = createMetrics();
  const onFault = (error: Error) => log.warn({ error: describeFault(error) }, "a database connection broke");
  const database = await openDatabase(config.databaseUrl, onFault);
  const app = await createApp({
    config,
    database,
    now: () => Date.now(),
    log,
    metrics,
    ...(visit === undefined ? {} : { visit }),
  }).catch(async (error: unknown) => {
    await database.close();
    throw error;
  });
  return async () => {
    const { port } = await app.start();
    const proxy = await proxyFor(config, port, log);
    stopOnSignals(log, async () => {
      await proxy?.stop();
      await app.stop();
      await database.close();
    });
    const at = { url: addressText(config.web, port), port, webhookPath: config.webhook.path };
    log.info({ ...at, database: database.dialect, process: process.pid }, "ready");
    reloadOnSignal(config, { take: app.takeSecrets, log });
    giveBackMemory();
  };
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

function reloadOnSignal(config: Config, { take, log }: { take: App["takeSecrets"]; log: Log }): void {
  if (isInTerminal) return;
  const reload = createReload({ envPath: ENV_FILE, own, read, config, take, now: () => Date.now(), log });
  process.on("SIGHUP", () => void reload());
  process.off("SIGHUP", noteReload);
  if (isReloadAsked) void reload();
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

/** As claimForThisServer; where its file cannot even be made, that is what there is to say. */
function claim(databaseUrl: string): boolean {
  try {
    return claimForThisServer(databaseUrl);
  } catch (error) {
    leaveOverStorage(error, databaseUrl);
    throw error;
  }
}

function failStart(error: unknown, log: Log, databaseUrl: string): never {
  leaveOverStorage(error, databaseUrl);
  log.fatal({ err: error }, "Patch Advocate could not start");
  process.exit(1);
}

function leaveOverStorage(error: unknown, databaseUrl: string): void {
  const trouble = troubleIn(error);
  if (trouble !== null) leave(storageText(databaseUrl, trouble));
}

function leave(text: string): never {
  console.error(text);
  process.exit(1);
}
