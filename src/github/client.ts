// The only way to GitHub: Probot's Octokit with its own pacing and retries off, a time limit on every request, and our name.
// Apart, because both of those double or delay writes where nobody sees it (the outbox paces and retries instead).
import type { Logger } from "pino";
import { Probot, ProbotOctokit } from "probot";
import { z } from "zod";
import type { Database } from "../db/database.ts";
import { signedAnew } from "./app-token.ts";
import type { BudgetKeeper } from "./budget.ts";
import { graphqlFault, isPassingError, isRateLimit, unusableAnswer } from "./faults.ts";
import { createGate } from "./gate.ts";
import { keepSetting, readSetting } from "./identity-store.ts";
import { createTokenCache, type TokenCache } from "./token-cache.ts";
import { boundedFetch, REQUEST_MILLIS, type RequestNote } from "./transport.ts";

/** Our app as GitHub names it, and the account that our comments stand under. */
export type BotIdentity = { readonly slug: string; readonly login: string; readonly userId: number };

export type GraphqlError = { readonly type?: string; readonly message: string; readonly path?: readonly unknown[] };

export type GitHub = {
  /** For `probot.receive` and event handlers. */
  readonly probot: Probot;
  /** Speaks as the app itself: installations, deliveries. */
  readonly app: () => Promise<ProbotOctokit>;
  /** Speaks as one installation. */
  readonly installation: (installationId: number) => Promise<ProbotOctokit>;
  /**
   * Sends one document and parses its data. Errors beside data are returned with it (an id that cannot be read is null in the
   * data); no data at all, a limit met, or a hole that may be filled next time is thrown, for `faultOf`.
   */
  readonly graphql: <T>(request: GraphqlRequest<T>) => Promise<{ data: T; errors: readonly GraphqlError[] }>;
  /** Until when reading that can wait has to, so that an installation's hour is left to commands and reminders; null: it need not. */
  readonly readsWaitUntil: (installationId: number) => number | null;
  /** Who we are; asked of GitHub once (through the given installation), then kept. */
  readonly botIdentity: (installationId: number) => Promise<BotIdentity>;
};

type GraphqlRequest<T> = {
  readonly installationId: number;
  readonly document: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly schema: z.ZodType<T>;
  /** Of many that are asked for at once, those that GitHub failed to read are missing, and the others taken. */
  readonly mayHaveHoles?: true;
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
  readonly onBudget?: BudgetKeeper;
  readonly now?: () => number;
};

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
export function createGitHub(parts: GitHubParts): GitHub {
  const { config, database, log, fetch, metrics, onBudget, now = Date.now } = parts;
  const gate = createGate(now);
  const tokens = createTokenCache(now);
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
      auth: withCache(signedAnew(options.auth, config), tokens),
      retry: { enabled: false },
      throttle: { enabled: false },
    })),
  });

  /** Every request of an installation goes through here. */
  const guarded = (octokit: ProbotOctokit, installationId: number): ProbotOctokit => {
    octokit.hook.wrap("request", async (request, options) => {
      const asked = { url: options.url, method: options.method };
      gate.pass(installationId, asked);
      const given = options.request?.signal;
      const send = async () => {
        // A whole call has an end: after a fresh token Octokit repeats a 401 for five seconds by the clock, which may stand still. Set in
        // place: other hooks are handed these very options.
        options.request = { ...options.request, signal: given ?? AbortSignal.timeout(REQUEST_MILLIS) };
        const answer = await request(options);
        const unusable = unusableAnswer({ ...answer, request: { ...asked, url: answer.url } });
        if (unusable !== null) throw unusable;
        return answer;
      };
      const hear = (headers: Readonly<Record<string, unknown>>) => {
        const heard = gate.hear(installationId, headers);
        if (heard !== null) onBudget?.(installationId, heard);
      };
      try {
        const answer = await send().catch(async (error: unknown) => {
          if (!isTokenOver(error)) throw error;
          // A kept token may be taken back before its hour is over. Nothing was done, so that it can be sent once more with a new one.
          tokens.forget(installationId);
          return send();
        });
        hear(answer.headers);
        gate.note(installationId, "answered");
        return answer;
      } catch (error) {
        // A token is asked for as the App, whose hour is no installation's.
        if (!isOfToken(error)) hear(refusalHeaders(error));
        gate.note(installationId, { error });
        throw error;
      }
    });
    return octokit;
  };

  const clients = new Map<number, Promise<ProbotOctokit>>();
  const installation = (installationId: number): Promise<ProbotOctokit> => {
    const known = clients.get(installationId);
    if (known !== undefined) return known;
    const made = probot.auth(installationId).then((octokit) => guarded(octokit, installationId));
    made.catch(() => clients.delete(installationId));
    const oldest = clients.keys().next().value;
    if (clients.size >= CLIENTS_KEPT && oldest !== undefined) clients.delete(oldest);
    clients.set(installationId, made);
    return made;
  };
  const app = (): Promise<ProbotOctokit> => probot.auth();

  const graphql: GitHub["graphql"] = async ({ installationId, document, variables, schema, mayHaveHoles }) => {
    const octokit = await installation(installationId);
    const { data: body, headers } = await octokit.request({
      method: "POST",
      url: graphqlUrl,
      query: document,
      variables,
    });
    const { data, errors = [] } = graphqlAnswer.parse(body);
    const fault = graphqlFault({ url: graphqlUrl, headers, errors });
    const isLimit = isRateLimit(errors);
    if (isLimit) gate.note(installationId, { error: fault });
    if (isLimit || data === null || data === undefined) throw fault;
    // What is missing since GitHub failed is not missing there.
    const isFailing = errors.some(isPassingError);
    if (isFailing && mayHaveHoles !== true) throw fault;
    const parsed = schema.safeParse(data);
    if (parsed.success) return { data: parsed.data, errors };
    throw errors.length > 0 ? fault : parsed.error;
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

  return { probot, app, installation, graphql, botIdentity, readsWaitUntil: gate.readsWaitUntil };
}

/** GitHub Enterprise Server has its GraphQL beside `/api/v3`, github.com beneath the root. */
const graphqlUrlOf = (apiUrl: string): string =>
  /\/api\/v3$/.test(apiUrl) ? apiUrl.replace(/\/v3$/, "/graphql") : `${apiUrl}/graphql`;

const withCache = (auth: unknown, cache: TokenCache): unknown =>
  typeof auth === "object" && auth !== null ? { ...auth, cache } : auth;

/** Whether an installation's token was refused, and it was not a new one (Octokit then says how often it tried). */
function isTokenOver(error: unknown): boolean {
  if (typeof error !== "object" || error === null || !("status" in error) || error.status !== 401) return false;
  const words = error instanceof Error ? error.message : "";
  return !isOfToken(error) && !/^After \d+ retries/.test(words);
}

const refusal = z.object({
  request: z.object({ url: z.string() }).optional().catch(undefined),
  response: z
    .object({ headers: z.record(z.string(), z.unknown()) })
    .optional()
    .catch(undefined),
});

const refused = (error: unknown) =>
  refusal.safeParse(typeof error === "object" && error !== null ? { ...error } : {}).data;
const isOfToken = (error: unknown): boolean => /\/access_tokens$/.test(refused(error)?.request?.url ?? "");
const refusalHeaders = (error: unknown): Readonly<Record<string, unknown>> => refused(error)?.response?.headers ?? {};
