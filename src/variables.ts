// Every variable of the environment and what it must look like. Apart from what is made of them, for length.
import { z } from "zod";

export type Environment = Readonly<Record<string, string | undefined>>;

const URL_RULE = "must be a URL that begins with http:// or https://";
const httpUrl = z
  .url({ protocol: /^https?$/, error: URL_RULE })
  .transform((url) => url.replace(/\/+$/, ""))
  .optional();
const secret = z.string().regex(/^\S+$/, "must not contain spaces").optional();
/** One, or two while it is changed. */
const twoSecrets = z
  .string()
  .transform((text) => text.trim().split(/\s+/))
  .refine(
    (secrets) => secrets.length <= 2,
    "holds more than two secrets; only two, separated by a space, are possible",
  );

export const VARIABLES = z.object({
  APP_ID: z
    .string()
    .regex(/^[1-9][0-9]{0,14}$/, "must be a number: the App ID on the settings page of your GitHub App")
    .transform(Number)
    .optional(),
  PRIVATE_KEY: z.string().optional(),
  PRIVATE_KEY_PATH: z.string().optional(),
  WEBHOOK_SECRET: twoSecrets
    .refine(
      (secrets) => !secrets.includes("development"),
      "must not be `development`, which everybody knows: make one with `openssl rand -hex 32`",
    )
    .optional(),
  WEBHOOK_PATH: z
    .string()
    .regex(/^\/[A-Za-z0-9._~/-]+$/, "must be a path such as /api/github/webhooks")
    .refine(
      (path) =>
        !/^\/(healthz|readyz|metrics|answer|feeds|slack|o|c|assets|sign-in|sign-out|reading|setup|api\/v1)(\/|$)/.test(
          path,
        ),
      "must not be a path that the app itself uses",
    )
    .default("/api/github/webhooks"),
  WEBHOOK_PROXY_URL: httpUrl,
  GHE_HOST: z
    .string()
    .regex(/^[A-Za-z0-9.-]+(:[0-9]{1,5})?$/, "must be a host name such as github.example.com, without https://")
    .optional(),
  GHE_PROTOCOL: z.enum(["https", "http"], "must be https or http").default("https"),
  GITHUB_API_URL: httpUrl,
  GITHUB_GRAPHQL_URL: httpUrl,
  GITHUB_WEB_URL: httpUrl,
  GITHUB_PUBLIC_TOKEN: secret,
  GITHUB_CLIENT_ID: secret,
  GITHUB_CLIENT_SECRET: secret,
  PORT: z
    .string()
    .regex(/^[0-9]{1,5}$/, "must be a number from 0 to 65535")
    .transform(Number)
    .refine((port) => port <= 65_535, "must be a number from 0 to 65535")
    .default(3000),
  HOST: z
    .string()
    .regex(/^[A-Za-z0-9.:-]+$/, "must be a host name or an address such as 0.0.0.0")
    .optional(),
  PUBLIC_URL: httpUrl,
  SESSION_SECRET: twoSecrets
    .refine(
      (secrets) => secrets.every((each) => each.length >= 32),
      "must have at least 32 characters: make one with `openssl rand -hex 32`",
    )
    .optional(),
  DATABASE_URL: z
    .string()
    .regex(/^(sqlite:.+|postgres(ql)?:\/\/.+)$/, "must be sqlite:PATH or postgres://USER:PASSWORD@HOST:PORT/NAME")
    .default("sqlite:data/patch-advocate.db"),
  KEEP_REMOVED_DAYS: z
    .string()
    // What is under way when an owner is removed is over in a day.
    .regex(/^[1-9][0-9]{0,3}$/, "must be a number of days from 1 to 9999")
    .transform(Number)
    .default(30),
  LOG_LEVEL: z
    .enum(
      ["trace", "debug", "info", "warn", "error", "fatal", "silent"],
      "must be one of trace, debug, info, warn, error, fatal, silent",
    )
    .default("info"),
  LOG_FORMAT: z.enum(["json", "pretty"], "must be json or pretty").default("json"),
  SMTP_URL: z.url({ protocol: /^smtps?$/, error: "must be a URL that begins with smtp:// or smtps://" }).optional(),
  SMTP_FROM: z
    .string()
    .regex(
      /^(?:[^<>\r\n]*<[^\s<>,;@]+@[^\s<>,;@]+>|[^\s<>,;@]+@[^\s<>,;@]+)$/,
      "must be an address such as Patch Advocate <patches@example.com>",
    )
    .optional(),
  SLACK_BOT_TOKEN: secret,
  SLACK_SIGNING_SECRET: secret,
  SLACK_API_URL: httpUrl,
  PAGERDUTY_ROUTING_KEY: secret,
  PAGERDUTY_API_URL: httpUrl,
  NOTIFY_WEBHOOK_URL: httpUrl,
  NOTIFY_WEBHOOK_SECRET: secret,
});

export type Variables = z.infer<typeof VARIABLES>;

/** The variables that are set, by name; an empty one counts as one that is not. */
export function present(environment: Environment): Record<string, string> {
  const values: Record<string, string> = {};
  for (const name of Object.keys(VARIABLES.shape)) {
    const value = environment[name];
    if (value !== undefined && value.trim() !== "") values[name] = value.trim();
  }
  return values;
}
