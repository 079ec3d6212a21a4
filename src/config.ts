// The environment, read once into a frozen Config. Apart, because nothing else may look at the environment.
import { type KeyOutcome, parsePrivateKey } from "./private-key.ts";
import { type Environment, present, VARIABLES, type Variables } from "./variables.ts";

export type { Environment } from "./variables.ts";

export type LogLevel = "trace" | "debug" | "info" | "warn" | "error" | "fatal" | "silent";

export type Config = {
  readonly app: { readonly id: number; readonly privateKey: string };
  /** One secret, or two while one is changed. */
  readonly webhook: { readonly secrets: readonly string[]; readonly path: string; readonly proxyUrl: string | null };
  /** Base URLs without a slash at the end. */
  readonly github: {
    readonly apiUrl: string;
    readonly graphqlUrl: string;
    readonly webUrl: string;
    readonly publicToken: string | null;
    readonly client: { readonly id: string; readonly secret: string } | null;
  };
  /** `host` null: every interface. */
  readonly web: {
    readonly port: number;
    readonly host: string | null;
    readonly publicUrl: string | null;
    /** None: one is made and kept in the database. Two while one is changed. */
    readonly sessionSecrets: readonly string[];
  };
  readonly databaseUrl: string;
  /** How long what is known of somebody who has uninstalled the App is kept. */
  readonly keepRemovedDays: number;
  readonly log: { readonly level: LogLevel; readonly format: "json" | "pretty" };
  readonly mail: { readonly url: string; readonly from: string | null } | null;
  readonly slack: {
    readonly botToken: string | null;
    readonly signingSecret: string | null;
    readonly apiUrl: string | null;
  };
  readonly pagerDuty: { readonly routingKey: string | null; readonly apiUrl: string | null };
  readonly notifyWebhook: { readonly url: string; readonly secret: string | null } | null;
};

export type ConfigOutcome =
  | { readonly kind: "config"; readonly config: Config }
  /** There are no credentials at all: the App does not exist yet. */
  | { readonly kind: "unconfigured"; readonly missing: readonly string[]; readonly known: Omit<Config, "app"> }
  /** Sentences that name the variable and never its value. */
  | { readonly kind: "errors"; readonly errors: readonly string[] };

/**
 * Reads the whole environment; an empty variable counts as one that is not set. `readText` reads the file that
 * PRIVATE_KEY_PATH names and throws when it cannot.
 */
export function readConfig(environment: Environment, readText: (path: string) => string): ConfigOutcome {
  const parsed = VARIABLES.safeParse(present(environment));
  const errors = parsed.success ? [] : parsed.error.issues.map((issue) => `${issue.path.join(".")} ${issue.message}.`);
  const set = new Set(Object.keys(present(environment)));
  errors.push(...missingPartners(set));

  const hasKey = set.has("PRIVATE_KEY") || set.has("PRIVATE_KEY_PATH");
  const key = hasKey ? readPrivateKey(environment, readText) : null;
  if (key?.kind === "error") errors.push(key.error);

  const missing = [
    ...(set.has("APP_ID") ? [] : ["APP_ID"]),
    ...(hasKey ? [] : ["PRIVATE_KEY"]),
    ...(set.has("WEBHOOK_SECRET") ? [] : ["WEBHOOK_SECRET"]),
  ];
  const isUnconfigured = !set.has("APP_ID") && !hasKey;
  if (isUnconfigured && errors.length === 0 && parsed.success) {
    const { app: _, ...known } = toConfig(parsed.data, "");
    return { kind: "unconfigured", missing, known: freeze(known) };
  }
  errors.push(...missing.map((name) => `${name} is not set: ${WHERE_TO_FIND[name]}.`));

  if (!parsed.success || key?.kind !== "key" || errors.length > 0) return { kind: "errors", errors };
  return { kind: "config", config: freeze(toConfig(parsed.data, key.key)) };
}

/** The database's URL alone, for commands that need no credentials. */
export function readDatabaseUrl(environment: Environment): { url: string } | { error: string } {
  const parsed = VARIABLES.shape.DATABASE_URL.safeParse(present(environment).DATABASE_URL);
  return parsed.success ? { url: parsed.data } : { error: `DATABASE_URL ${parsed.error.issues[0]?.message}.` };
}

export type PublicUrl =
  | { readonly kind: "address"; readonly url: string | null }
  | { readonly kind: "error"; readonly error: string };

/** PUBLIC_URL alone, for commands that print an address. */
export function readPublicUrl(environment: Environment): PublicUrl {
  const parsed = VARIABLES.shape.PUBLIC_URL.safeParse(present(environment).PUBLIC_URL);
  if (parsed.success) return { kind: "address", url: parsed.data ?? null };
  return { kind: "error", error: `PUBLIC_URL ${parsed.error.issues[0]?.message}.` };
}

const GITHUB = VARIABLES.pick({
  GHE_HOST: true,
  GHE_PROTOCOL: true,
  GITHUB_API_URL: true,
  GITHUB_GRAPHQL_URL: true,
  GITHUB_WEB_URL: true,
});

/** The hosts of GitHub's pages and API, for commands that look for its addresses in texts; none where what is set cannot be read. */
export function readGithubHosts(environment: Environment): readonly string[] {
  const parsed = GITHUB.safeParse(present(environment));
  if (!parsed.success) return [];
  const { apiUrl, webUrl } = githubUrls(parsed.data);
  return [...new Set([apiUrl, webUrl].map((url) => new URL(url).host))];
}

const WHERE_TO_FIND: Readonly<Record<string, string>> = {
  APP_ID: "it is on the settings page of your GitHub App",
  PRIVATE_KEY: "generate one on the settings page of your GitHub App, or name its file in PRIVATE_KEY_PATH",
  WEBHOOK_SECRET:
    "without it anybody could send deliveries; make one with `openssl rand -hex 32` and give it to the GitHub App too",
};

function missingPartners(set: ReadonlySet<string>): string[] {
  return [...missingClient(set), ...missingSender(set)];
}

function missingSender(set: ReadonlySet<string>): string[] {
  return set.has("SMTP_URL") && !set.has("SMTP_FROM")
    ? ["SMTP_FROM is not set but SMTP_URL is: mails need a sender, such as Patch Advocate <patches@example.com>."]
    : [];
}

function missingClient(set: ReadonlySet<string>): string[] {
  if (set.has("GITHUB_CLIENT_ID") === set.has("GITHUB_CLIENT_SECRET")) return [];
  const [there, absent] = set.has("GITHUB_CLIENT_ID")
    ? ["GITHUB_CLIENT_ID", "GITHUB_CLIENT_SECRET"]
    : ["GITHUB_CLIENT_SECRET", "GITHUB_CLIENT_ID"];
  return [`${absent} is not set but ${there} is: signing in needs both.`];
}

function readPrivateKey(environment: Environment, readText: (path: string) => string): KeyOutcome {
  const { PRIVATE_KEY: inline, PRIVATE_KEY_PATH: path } = present(environment);
  if (inline !== undefined) return parsePrivateKey(inline, "PRIVATE_KEY");
  try {
    return parsePrivateKey(readText(path ?? ""), "PRIVATE_KEY_PATH");
  } catch {
    return { kind: "error", error: "PRIVATE_KEY_PATH names a file that cannot be read." };
  }
}

function toConfig(variables: Variables, privateKey: string): Config {
  const { GITHUB_CLIENT_ID: clientId, GITHUB_CLIENT_SECRET: clientSecret } = variables;
  return {
    app: { id: variables.APP_ID ?? 0, privateKey },
    webhook: {
      secrets: variables.WEBHOOK_SECRET ?? [],
      path: variables.WEBHOOK_PATH,
      proxyUrl: variables.WEBHOOK_PROXY_URL ?? null,
    },
    github: {
      ...githubUrls(variables),
      publicToken: variables.GITHUB_PUBLIC_TOKEN ?? null,
      client: clientId === undefined || clientSecret === undefined ? null : { id: clientId, secret: clientSecret },
    },
    web: {
      port: variables.PORT,
      host: variables.HOST ?? null,
      publicUrl: variables.PUBLIC_URL ?? null,
      sessionSecrets: variables.SESSION_SECRET ?? [],
    },
    databaseUrl: variables.DATABASE_URL,
    keepRemovedDays: variables.KEEP_REMOVED_DAYS,
    log: { level: variables.LOG_LEVEL, format: variables.LOG_FORMAT },
    mail: variables.SMTP_URL === undefined ? null : { url: variables.SMTP_URL, from: variables.SMTP_FROM ?? null },
    slack: {
      botToken: variables.SLACK_BOT_TOKEN ?? null,
      signingSecret: variables.SLACK_SIGNING_SECRET ?? null,
      apiUrl: variables.SLACK_API_URL ?? null,
    },
    pagerDuty: {
      routingKey: variables.PAGERDUTY_ROUTING_KEY ?? null,
      apiUrl: variables.PAGERDUTY_API_URL ?? null,
    },
    notifyWebhook:
      variables.NOTIFY_WEBHOOK_URL === undefined
        ? null
        : { url: variables.NOTIFY_WEBHOOK_URL, secret: variables.NOTIFY_WEBHOOK_SECRET ?? null },
  };
}

type WhereGithubIs = Pick<Variables, keyof typeof GITHUB.shape>;

/**
 * Where GitHub is: GITHUB_API_URL wins over GHE_HOST, and each of the other two follows from what is known.
 * GitHub Enterprise Server serves https://HOST/api/v3 and https://HOST/api/graphql; github.com has a host of its own, api.HOST.
 */
function githubUrls(variables: WhereGithubIs): { apiUrl: string; graphqlUrl: string; webUrl: string } {
  const server = variables.GHE_HOST === undefined ? null : `${variables.GHE_PROTOCOL}://${variables.GHE_HOST}`;
  const apiUrl = variables.GITHUB_API_URL ?? (server === null ? "https://api.github.com" : `${server}/api/v3`);
  const parsed = new URL(apiUrl);
  const graphqlUrl = /\/api\/v3$/.test(apiUrl) ? apiUrl.replace(/v3$/, "graphql") : `${apiUrl}/graphql`;
  const webUrl = server ?? `${parsed.protocol}//${parsed.host.replace(/^api\./, "")}`;
  return {
    apiUrl,
    graphqlUrl: variables.GITHUB_GRAPHQL_URL ?? graphqlUrl,
    webUrl: variables.GITHUB_WEB_URL ?? webUrl,
  };
}

function freeze<T extends object>(value: T): T {
  for (const part of Object.values(value)) if (typeof part === "object" && part !== null) freeze(part);
  return Object.freeze(value);
}
