// The structured log: fixed messages, details as fields. Apart, because what must never be logged is decided here.
import { createRequire } from "node:module";
import { type DestinationStream, type Logger, pino, type TransportSingleOptions } from "pino";
import type { Config } from "./config.ts";

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
  };
  if (destination !== undefined) return pino(options, destination);
  const transport = config.format === "pretty" ? prettyTransport() : null;
  if (transport === null) return pino(options);
  // A formatter for levels cannot cross into the thread of a transport.
  return pino({ ...options, formatters: {}, transport });
}

function prettyTransport(): TransportSingleOptions | null {
  try {
    return { target: createRequire(import.meta.url).resolve("pino-pretty") };
  } catch {
    return null;
  }
}
