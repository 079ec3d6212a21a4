// The structured log: fixed messages, details as fields. Apart, because what must never be logged is decided here.
import { createRequire } from "node:module";
import { type DestinationStream, type Logger, pino, type TransportSingleOptions } from "pino";
import type { Config } from "./config.ts";
import { troubleIn } from "./db/storage.ts";

export type Log = Logger;

/** Fields that would hold a secret or somebody's words if ever a whole object were logged. */
const REDACTED = [
  "token",
  "secret",
  "privateKey",
  "payload",
  "body",
  "authorization",
  "*.token",
  "*.secret",
  "*.privateKey",
  "*.payload",
  "*.body",
  "*.authorization",
  "err.request",
  "err.response",
  // Probot's faults hold the whole delivery.
  "err.event",
  "err.aggregateErrors[*].event",
  // PostgreSQL repeats values in these.
  "err.detail",
  "err.where",
  "err.cause",
  // Of an address that is none, the whole of it.
  "err.input",
  "*.headers.authorization",
];

/** Makes the process's logger. `pretty` falls back to JSON where pino-pretty is not installed. */
export function createLog(config: Config["log"], destination?: DestinationStream): Log {
  const options = {
    level: config.level,
    base: null,
    redact: { paths: REDACTED, censor: "[not logged]" },
    formatters: { level: (label: string) => ({ level: label }) },
    timestamp: pino.stdTimeFunctions.isoTime,
    hooks: { logMethod: leaveOutStorage },
  };
  if (destination !== undefined) return pino(options, destination);
  const transport = config.format === "pretty" ? prettyTransport() : null;
  if (transport === null) return pino(options);
  // A formatter for levels cannot cross into the thread of a transport.
  return pino({ ...options, formatters: {}, transport });
}

/**
 * A full disk fails every worker again and again. What is wrong and what to do about it is told once, where the storage is watched; those
 * who met it do not repeat it. Whatever ends the process is told all the same.
 */
function leaveOutStorage(this: Log, args: Parameters<pino.LogFn>, method: pino.LogFn, level: number): void {
  const [first]: readonly unknown[] = args;
  const isWorkers = level === pino.levels.values.error || level === pino.levels.values.warn;
  if (isWorkers && typeof first === "object" && first !== null && "err" in first && troubleIn(first.err) !== null)
    return;
  method.apply(this, args);
}

function prettyTransport(): TransportSingleOptions | null {
  try {
    return { target: createRequire(import.meta.url).resolve("pino-pretty") };
  } catch {
    return null;
  }
}

const LONGEST_FAULT = 2000;
const SECRETS = new RegExp(
  [
    /\b(?:gh[a-z]_|github_pat_)[A-Za-z0-9_]+/,
    /\bxox[a-z]-[A-Za-z0-9-]+/,
    /\beyJ[A-Za-z0-9_.-]{20,}/,
    /(?<=\b(?:bearer|token) )[^\s"']+/,
    /-----BEGIN[\s\S]*/,
    /(?<=\bpostgres(?:ql)?:\/\/)[^\s?]+(?=@)/,
    /(?<=:\/\/)[^\s/]+(?=@)/,
    /(?<=[?&][a-z_]*(?:password|secret|token)=)[^&\s"']+/,
  ]
    .map((pattern) => pattern.source)
    .join("|"),
  "gi",
);

/** A fault in at most 2,000 characters, with what caused it and without tokens: fit to be stored and shown to a person. */
export function describeFault(fault: unknown): string {
  const words: string[] = [];
  for (let at: unknown = fault, depth = 0; at !== undefined && at !== null && depth < 5; depth += 1) {
    const first: unknown = at instanceof AggregateError ? at.errors[0] : undefined;
    const said = at instanceof Error ? at.message || at.name : String(at);
    if (first === undefined && !words.some((word) => word.includes(said))) words.push(said);
    at = first ?? (at instanceof Error ? at.cause : undefined);
  }
  const text = words
    .join(": ")
    .slice(0, 10 * LONGEST_FAULT)
    .replace(SECRETS, "[secret]");
  return text.length > LONGEST_FAULT ? `${text.slice(0, LONGEST_FAULT - 1)}…` : text;
}
