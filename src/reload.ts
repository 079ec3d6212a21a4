// Secrets that are changed while the server runs: what of a newly read environment counts at once, and what only after a restart. Apart from
// the process, because this is pure.
import type { Config, ConfigOutcome } from "./config.ts";
import { type Environment, present } from "./variables.ts";

/** What the running server lets go of and takes anew by itself. */
const LIVE = ["WEBHOOK_SECRET", "SESSION_SECRET", "PRIVATE_KEY", "PRIVATE_KEY_PATH"];

type Read = { readonly environment: Environment; readonly outcome: ConfigOutcome };

export type Reload =
  /** Sentences that name the variable and never its value. */
  | { readonly kind: "refused"; readonly errors: readonly string[] }
  | {
      readonly kind: "read";
      /** The running configuration with the new secrets. */
      readonly config: Config;
      readonly isKeyNew: boolean;
      /** The variables whose new values count. */
      readonly taken: readonly string[];
      /** Those that count only after a restart. */
      readonly later: readonly string[];
    };

/** Holds what was read anew against what the server was started with (`started`) and the secrets that count now (`running`). */
export function decideReload(anew: Read, { started, running }: { started: Environment; running: Config }): Reload {
  const { outcome } = anew;
  if (outcome.kind === "errors") return { kind: "refused", errors: outcome.errors };
  if (outcome.kind === "unconfigured")
    return { kind: "refused", errors: [`${outcome.missing.join(", ")} is not set any more.`] };
  const { app, webhook, web } = outcome.config;
  const isKeyNew = app.privateKey !== running.app.privateKey;
  // Its line is as likely to be lost as taken out, and without it everybody would be signed out.
  const isSessionGone = web.sessionSecrets.length === 0 && running.web.sessionSecrets.length > 0;
  const sessionSecrets = isSessionGone ? running.web.sessionSecrets : web.sessionSecrets;
  const config: Config = {
    ...running,
    app: { ...running.app, privateKey: app.privateKey },
    webhook: { ...running.webhook, secrets: webhook.secrets },
    web: { ...running.web, sessionSecrets },
  };
  const taken = [
    ...(isKeyNew ? [present(anew.environment).PRIVATE_KEY === undefined ? "PRIVATE_KEY_PATH" : "PRIVATE_KEY"] : []),
    ...(isSame(webhook.secrets, running.webhook.secrets) ? [] : ["WEBHOOK_SECRET"]),
    ...(isSame(sessionSecrets, running.web.sessionSecrets) ? [] : ["SESSION_SECRET"]),
  ];
  const later = [
    ...differing(started, anew.environment).filter((name) => !LIVE.includes(name)),
    ...(isSessionGone ? ["SESSION_SECRET"] : []),
  ];
  return { kind: "read", config, isKeyNew, taken, later };
}

const isSame = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((each, index) => each === other[index]);

function differing(one: Environment, other: Environment): readonly string[] {
  const [before, after] = [present(one), present(other)];
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((name) => before[name] !== after[name]);
}
