// The only way to GitHub: Probot's Octokit with its own pacing and retries off, a time limit on every request, and our name.
// Apart, because both of those double or delay writes where nobody sees it (the outbox paces and retries instead).
import type { Logger } from "pino";
import { Probot, ProbotOctokit } from "probot";
import { z } from "zod";
import type { Database } from "../db/database.ts";
import { signedAnew } from "./app-token.ts";
import { graphqlFault, isRateLimit } from "./faults.ts";
import { keepSetting, readSetting } from "./identity-store.ts";

/** Our app as GitHub names it, and the account that our comments stand under. */
export type BotIdentity = { readonly slug: string; readonly login: string; readonly userId: number };

export type GraphqlError = { readonly type?: string; readonly message: string; readonly path?: readonly unknown[] };

/** What GitHub answered to one request, for figures. `remaining` is what is left of the limit named `resource`. */
export type RequestNote = {
  readonly method: string;
  readonly status: number | "not reached";
  readonly resource: string | null;
  readonly remaining: number | null;
};

export type GitHub = {
  /** For `probot.receive` and event handlers. */
  readonly probot: Probot;
  /** Speaks as the app itself: installations, deliveries. */
  readonly app: () => Promise<ProbotOctokit>;
  /** Speaks as one installation. */
  readonly installation: (installationId: number) => Promise<ProbotOctokit>;
  /**
   * Sends one document and parses its data. Errors beside data are returned with it (an id that cannot be read is null in the
   * data); no data at all or a limit met is thrown, for `faultOf`.
   */
  readonly graphql: <T>(request: GraphqlRequest<T>) => Promise<{ data: T; errors: readonly GraphqlError[] }>;
  /** Who we are; asked of GitHub once (through the given installation), then kept. */
  readonly botIdentity: (installationId: number) => Promise<BotIdentity>;
};

type GraphqlRequest<T> = {
  readonly installationId: number;
  readonly document: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly schema: z.ZodType<T>;
};

type GitHubParts = {
  readonly config: {
    readonly appId: number;
    /** Asked each time that something is signed: it may be changed while we run. */
    readonly privateKey: () => string;
    readonly apiUrl: string;
    readonly graphqlUrl?: string;
  };
  readonly database: Database;
  readonly log: Logger;
  readonly fetch?: typeof globalThis.fetch;
  /** Hears of every answer. */
  readonly metrics?: (note: RequestNote) => void;
  /** Hears what is left of an installation's hour. */
  readonly onBudget?: (installationId: number, remaining: number) => void;
};

const REQUEST_MILLIS = 30_000;
const CLIENTS_KEPT = 200;

const identity = z.object({ slug: z.string(), login: z.string(), userId: z.number().int() });
const graphqlAnswer = z.object({
  data: z.unknown(),
  errors: z
    .array(
      z.object({
        type: z.string().optional(),
        message: z.string().catch(""),
        path: z.array(z.unknown()).optional().catch(undefined),
      }),
    )
    .optional(),
});

/** Builds the client. Nothing is asked of GitHub before the first use. */
export function createGitHub({ config, database, log, fetch, metrics, onBudget }: GitHubParts): GitHub {
  const apiUrl = config.apiUrl.replace(/\/+$/, "");
  const graphqlUrl = config.graphqlUrl ?? graphqlUrlOf(apiUrl);
  const probot = new Probot({
    appId: config.appId,
    privateKey: config.privateKey(),
    baseUrl: apiUrl,
    // Below "warn" Probot and Octokit write whole payloads and bodies into the log.
    log: log.isLevelEnabled("warn") ? log.child({}, { level: "warn" }) : log,
    request: { fetch: boundedFetch(fetch ?? globalThis.fetch, metrics) },
    // The function form: Probot's own defaults overwrite the object form.
    Octokit: ProbotOctokit.defaults((options: Record<string, unknown>) => ({
      ...options,
      auth: signedAnew(options.auth, config),
      retry: { enabled: false },
      throttle: { enabled: false },
    })),
  });

  const clients = new Map<number, Promise<ProbotOctokit>>();
  const installation = (installationId: number): Promise<ProbotOctokit> => {
    const known = clients.get(installationId);
    if (known !== undefined) return known;
    const made = probot.auth(installationId).then((octokit) => {
      octokit.hook.after("request", ({ headers }) => {
        // REST's hour: GraphQL's and others' are counted apart.
        const remaining = Number(headers["x-ratelimit-remaining"] ?? Number.NaN);
        if ((headers["x-ratelimit-resource"] ?? "core") === "core" && Number.isFinite(remaining))
          onBudget?.(installationId, remaining);
      });
      return boundWhole(octokit);
    });
    made.catch(() => clients.delete(installationId));
    const oldest = clients.keys().next().value;
    if (clients.size >= CLIENTS_KEPT && oldest !== undefined) clients.delete(oldest);
    clients.set(installationId, made);
    return made;
  };
  const app = (): Promise<ProbotOctokit> => probot.auth();

  const graphql: GitHub["graphql"] = async ({ installationId, document, variables, schema }) => {
    const octokit = await installation(installationId);
    const { data: body, headers } = await octokit.request({
      method: "POST",
      url: graphqlUrl,
      query: document,
      variables,
    });
    const { data, errors = [] } = graphqlAnswer.parse(body);
    if (isRateLimit(errors) || data === null || data === undefined)
      throw graphqlFault({ url: graphqlUrl, headers, errors });
    return { data: schema.parse(data), errors };
  };

  const settingName = `bot-identity:${config.appId}@${apiUrl}`;
  let known: Promise<BotIdentity> | null = null;
  const askIdentity = async (installationId: number): Promise<BotIdentity> => {
    const kept = await readSetting(database.db, settingName);
    if (kept !== null) return identity.parse(JSON.parse(kept));
    const slug = z.object({ slug: z.string() }).parse((await (await app()).request("GET /app")).data).slug;
    const octokit = await installation(installationId);
    const { data } = await octokit.request("GET /users/{username}", { username: `${slug}[bot]` });
    const user = z.object({ login: z.string(), id: z.number().int() }).parse(data);
    const asked: BotIdentity = { slug, login: user.login, userId: user.id };
    await keepSetting(database.db, { name: settingName, value: JSON.stringify(asked) });
    return asked;
  };
  const botIdentity = (installationId: number): Promise<BotIdentity> => {
    known ??= askIdentity(installationId).catch((error: unknown) => {
      known = null;
      throw error;
    });
    return known;
  };

  return { probot, app, installation, graphql, botIdentity };
}

/** GitHub Enterprise Server has its GraphQL beside `/api/v3`, github.com beneath the root. */
const graphqlUrlOf = (apiUrl: string): string =>
  /\/api\/v3$/.test(apiUrl) ? apiUrl.replace(/\/v3$/, "/graphql") : `${apiUrl}/graphql`;

/** Gives every single request, those for tokens too, a time limit, and tells `metrics` of its answer. */
function boundedFetch(fetch: typeof globalThis.fetch, metrics?: (note: RequestNote) => void): typeof globalThis.fetch {
  return async (input, init) => {
    const limit = AbortSignal.timeout(REQUEST_MILLIS);
    const signal = init?.signal ? AbortSignal.any([init.signal, limit]) : limit;
    const method = init?.method ?? "GET";
    try {
      const answer = await fetch(input, { ...init, signal });
      metrics?.(noteOf(method, answer));
      return answer;
    } catch (error) {
      metrics?.({ method, status: "not reached", resource: null, remaining: null });
      throw error;
    }
  };
}

function noteOf(method: string, answer: Response): RequestNote {
  const remaining = Number(answer.headers.get("x-ratelimit-remaining") ?? Number.NaN);
  return {
    method,
    status: answer.status,
    resource: answer.headers.get("x-ratelimit-resource"),
    remaining: Number.isFinite(remaining) ? remaining : null,
  };
}

/** Bounds a whole call: after a fresh token Octokit repeats a 401 for five seconds by the clock, which may stand still. */
function boundWhole(octokit: ProbotOctokit): ProbotOctokit {
  octokit.hook.wrap("request", (request, options) =>
    request({ ...options, request: { signal: AbortSignal.timeout(REQUEST_MILLIS), ...options.request } }),
  );
  return octokit;
}
