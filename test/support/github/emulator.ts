// Starts emulate's GitHub and opens what its public API keeps shut: its rows, its tokens and its deliveries before they are sent.
// emulate shows them only to the plugin it registers, so we listen in on that registration.

import { createEmulator } from "emulate";
import type { Rows } from "./rows.ts";

/** Who a token speaks for, in emulate's words. */
interface TokenOwner {
  login: string;
  id: number;
  scopes: readonly string[];
  installation?: {
    installationId: number;
    appId: number;
    accountId: number;
    accountType: "User" | "Organization";
    permissions: Readonly<Record<string, string>>;
    repositoryIds: readonly number[];
    repositorySelection: "all" | "selected";
  };
}

/** A webhook as emulate would send it, in the middle of the request that caused it. */
export interface Dispatch {
  readonly event: string;
  readonly action: string | undefined;
  readonly payload: Readonly<Record<string, unknown>>;
}

export interface Emulator {
  readonly rows: Rows;
  readonly tokens: Map<string, TokenOwner>;
  fetch(request: Request): Promise<Response>;
  close(): Promise<void>;
}

interface Registered {
  readonly app: { fetch(request: Request): Promise<Response> };
  readonly rows: Rows;
  readonly tokens: Map<string, TokenOwner>;
  readonly webhooks: {
    dispatch: (event: string, action: string | undefined, payload: Dispatch["payload"]) => Promise<void>;
  };
}

/** First ids by collection, so that no two kinds of thing share one: with GitHub an account's id is unique among users and organisations. */
const FIRST_IDS: Readonly<Record<string, number>> = {
  "github.users": 1_001,
  "github.orgs": 50_001,
  "github.teams": 90_001,
  "github.repos": 700_001,
  "github.issues": 10_000_001,
  "github.pull_requests": 20_000_001,
  "github.comments": 30_000_001,
  "github.reviews": 40_000_001,
  "github.labels": 50_000_001,
  "github.releases": 60_000_001,
  "github.check_runs": 70_000_001,
  "github.check_suites": 80_000_001,
};

const registered = new Map<string, Registered>();
const emulateUrl = import.meta.resolve("emulate");
const GITHUB_CHUNK = "./dist-DWLNEG6M.js";
let listening: Promise<void> | undefined;

export async function startEmulator(options: {
  readonly url: string;
  readonly seed: Readonly<Record<string, unknown>>;
  readonly onDispatch: (dispatch: Dispatch) => void;
}): Promise<Emulator> {
  listening ??= listenToRegistration();
  await listening;
  const emulator = await createEmulator({
    service: "github",
    port: 0,
    hostname: "127.0.0.1",
    baseUrl: options.url,
    seed: { tokens: {}, github: options.seed },
  });
  const inside = registered.get(options.url);
  if (inside === undefined) throw new Error("emulate did not register its GitHub: has its version changed?");
  registered.delete(options.url);
  inside.webhooks.dispatch = async (event, action, payload) => options.onDispatch({ event, action, payload });
  return {
    rows: inside.rows,
    tokens: inside.tokens,
    fetch: (request) => inside.app.fetch(request),
    close: () => emulator.close(),
  };
}

async function listenToRegistration(): Promise<void> {
  const chunk = (await import(new URL(GITHUB_CHUNK, emulateUrl).href)) as EmulateChunk;
  const register = chunk.githubPlugin.register;
  chunk.githubPlugin.register = (app, store, webhooks, baseUrl, tokens) => {
    const rows = chunk.getGitHubStore(store);
    for (const [name, first] of Object.entries(FIRST_IDS)) store.collection(name).autoId = first;
    register.call(chunk.githubPlugin, app, store, webhooks, baseUrl, tokens);
    registered.set(baseUrl, { app, rows, tokens, webhooks });
  };
}

interface EmulateStore {
  collection(name: string): { autoId: number };
}
interface EmulateChunk {
  readonly githubPlugin: {
    register: (
      app: Registered["app"],
      store: EmulateStore,
      webhooks: Registered["webhooks"],
      baseUrl: string,
      tokens: Map<string, TokenOwner>,
    ) => void;
  };
  getGitHubStore(store: EmulateStore): Rows;
}
