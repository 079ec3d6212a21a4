// A small GitHub with a product that only listens, and Probot's Octokit to speak to it.

import { Probot, ProbotOctokit } from "probot";
import { afterEach, beforeEach, vi } from "vitest";
import { type GitHub, startGitHub } from "../support/github/github.ts";
import { startReceiver } from "./receiver.ts";

export const SECRET = "a-secret-of-the-tests";
export const engine = { owner: "acme-db", repo: "engine" };

export interface Stage {
  github: GitHub;
  receiver: Awaited<ReturnType<typeof startReceiver>>;
  /** What the product answers to deliveries. */
  status: number;
}

/** Sets the stage anew for every test of a file; a violation of GitHub's description fails the test. */
export function stageGitHub(): Stage {
  const stage: Partial<Stage> = {};
  beforeEach(async () => {
    vi.useFakeTimers({ toFake: ["Date"], now: new Date("2026-03-02T09:00:00.123Z") });
    stage.status = 202;
    stage.receiver = await startReceiver(() => stage.status ?? 202);
    stage.github = await startGitHub({
      webhookUrl: stage.receiver.url,
      webhookSecret: SECRET,
      organizations: [
        {
          login: "acme-db",
          owners: ["boss"],
          members: ["mira"],
          publicMembers: ["dana"],
          teams: { support: ["dana"], engine: ["mira"] },
        },
      ],
      users: ["stranger"],
      repositories: [
        { name: "acme-db/engine", teams: { engine: "write" }, files: { ".github/patch-advocate.yml": "version: 1\n" } },
        { name: "acme-db/cases", visibility: "private" },
      ],
      installations: [{ account: "acme-db", repositories: "all" }],
    });
  });
  afterEach(async () => {
    await stage.github?.close();
    await stage.receiver?.close();
    vi.useRealTimers();
  });
  return {
    get github() {
      return set(stage.github);
    },
    get receiver() {
      return set(stage.receiver);
    },
    get status() {
      return set(stage.status);
    },
    set status(status: number) {
      stage.status = status;
    },
  };
}

/** Without throttling and repeating, which wait by `Date`: that stands still here. */
export function quiet() {
  return ProbotOctokit.defaults((options: Record<string, unknown>) => ({
    ...options,
    throttle: { enabled: false },
    retry: { enabled: false },
  }));
}

export function probot({ appId, privateKey, url }: GitHub): Probot {
  return new Probot({ Octokit: quiet(), appId, privateKey, secret: SECRET, baseUrl: url, logLevel: "fatal" });
}

export function octokit(github: GitHub) {
  return probot(github).auth(github.installationId("acme-db"));
}

export function told(github: GitHub): string[] {
  return github.deliveries.map(({ event, action }) => (action === null ? event : `${event}.${action}`));
}

function set<T>(value: T | undefined): T {
  if (value === undefined) throw new Error("The stage is set when a test begins.");
  return value;
}
