// SIGHUP: `.env` and the private key's file are read again, and the new secrets taken while the server goes on. Apart from the process's
// start, because it is a whole act of its own: read, ask GitHub, take, tell.
import { existsSync, readFileSync } from "node:fs";
import { parseEnv } from "node:util";
import type { Config, ConfigOutcome } from "./config.ts";
import type { Log } from "./log.ts";
import { decideReload } from "./reload.ts";
import { type AppCheck, checkApp } from "./setup/check-app.ts";
import type { Environment } from "./variables.ts";

type Reloading = {
  readonly envPath: string;
  /** The process's own environment, without what `.env` added: it wins, and cannot change. */
  readonly own: Environment;
  readonly read: (environment: Environment) => ConfigOutcome;
  readonly config: Config;
  readonly take: (config: Config) => Promise<void>;
  readonly now: () => number;
  readonly log: Log;
};

const NOT_TAKEN = "the secrets that were read again are not taken: those from before go on to count";

/** Answers what a signal is to do. Signals that come close together are done one after the other. */
export function createReload(reloading: Reloading): () => Promise<void> {
  const { log } = reloading;
  const started = environmentNow(reloading);
  let running = reloading.config;
  const reload = async () => {
    const environment = environmentNow(reloading);
    const decided = decideReload({ environment, outcome: reloading.read(environment) }, { started, running });
    if (decided.kind === "refused") return log.error({ errors: decided.errors }, NOT_TAKEN);
    const { config, isKeyNew, taken, later } = decided;
    const check: AppCheck | null = isKeyNew
      ? await checkApp({ app: config.app, apiUrl: config.github.apiUrl }, { fetch, now: reloading.now() })
      : null;
    const refusal = check === null ? null : refusalIn(check);
    if (refusal !== null) return log.error({ errors: [refusal] }, NOT_TAKEN);
    await reloading.take(config);
    running = config;
    log.info({ variables: taken }, taken.length === 0 ? "read again: no secret has changed" : "new secrets count now");
    if (later.length > 0) log.warn({ variables: later }, "these have changed too and count only after a restart");
  };
  let last = Promise.resolve();
  return () => {
    last = last.then(reload).catch((error: unknown) => log.error({ err: error }, NOT_TAKEN));
    return last;
  };
}

/** A key that nobody has confirmed may be half a file, or another App's: the one before works. */
function refusalIn(check: AppCheck): string | null {
  switch (check.kind) {
    case "known":
      return null;
    case "refused":
      return `GitHub does not take the private key for the App's: ${check.message}`;
    case "not-asked":
      return "GitHub did not answer whether the new private key is the App's: send SIGHUP again once it is reached.";
  }
}

function environmentNow({ envPath, own }: Pick<Reloading, "envPath" | "own">): Environment {
  return { ...(existsSync(envPath) ? parseEnv(readFileSync(envPath, "utf8")) : {}), ...own };
}
