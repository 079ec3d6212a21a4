// Who and what there is in the large organisation that bench/load replays, and GitHub's recorded payloads, from which every body has its size
// and shape.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { z } from "zod";

export const ORGANIZATION = { id: 5_000_001, login: "acme-db" } as const;
export const INSTALLATION = 7_000_001;
export const BOT = { id: 9_000_001, login: "patch-advocate[bot]" } as const;
export const CUSTOMERS = ["sb-dev1", "sb-dev2", "sb-dev3"] as const;
export const WRITERS = Array.from({ length: 60 }, (_, n) => `maintainer-${n}`);
export const STRANGERS = Array.from({ length: 600 }, (_, n) => `contributor-${n}`);
export const BOTS = ["ci-runner[bot]", "dependency-updates[bot]", "coverage[bot]"];

export type Random = () => number;

/** Numbers from 0 to 1 that are the same for the same seed (mulberry32). */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export const isWriter = (login: string): boolean => login.startsWith("maintainer-");
/** The same number for the same login. */
export const userIdOf = (login: string): number =>
  login === BOT.login ? BOT.id : createHash("sha256").update(login).digest().readUInt32BE(0) + 10_000_000;

export const accountOf = (login: string) => ({
  id: userIdOf(login),
  login,
  node_id: `U_${userIdOf(login)}`,
  type: login.endsWith("[bot]") ? "Bot" : "User",
  site_admin: false,
  html_url: `https://github.com/${login}`,
});

export type Pull = {
  readonly repository: number;
  readonly number: number;
  readonly author: string;
  readonly openedAt: number;
  head: string;
  state: "open" | "closed";
  isMerged: boolean;
  labels: string[];
  isLinked: boolean;
};

/** What happened, and what of it must be seen on GitHub in answer. */
export type Happening = {
  readonly event: string;
  readonly action: string | null;
  readonly payload: object;
  readonly repository: number;
  /** `reaction:COMMENT` or `comment:REPOSITORY#NUMBER` or `labels:REPOSITORY#NUMBER`. */
  readonly expects: readonly string[];
};

export type Recorded = Record<string, unknown>;
const examples = z.array(z.object({ name: z.string(), examples: z.array(z.record(z.string(), z.unknown())) }));

const path = createRequire(import.meta.url).resolve("@octokit/webhooks-examples/api.github.com/index.json");
const recorded = new Map(
  examples.parse(JSON.parse(readFileSync(path, "utf8"))).map((each) => [each.name, each.examples]),
);

export function example(event: string, action: string | null): Recorded {
  const all = recorded.get(event) ?? [];
  const found = all.find((each) => each.action === (action ?? undefined)) ?? all[0];
  if (found === undefined) throw new Error(`the examples hold no ${event}`);
  return found;
}

export const part = (payload: Recorded, name: string): Recorded => {
  const value = payload[name];
  return typeof value === "object" && value !== null ? { ...value } : {};
};

const CASES = "cases";
export const FIRST_REPOSITORY = 100_001;

const nameOf = (id: number) =>
  id === FIRST_REPOSITORY ? ".github" : id === FIRST_REPOSITORY + 1 ? CASES : `engine-${id}`;

export function repositoryOf(repository: number): Recorded & { readonly name: string } {
  const name = nameOf(repository);
  return {
    ...part(example("pull_request", "opened"), "repository"),
    id: repository,
    node_id: `R_${repository}`,
    name,
    full_name: `${ORGANIZATION.login}/${name}`,
    private: name === CASES,
    visibility: name === CASES ? "private" : "public",
    default_branch: "main",
    archived: false,
    owner: { ...accountOf(ORGANIZATION.login), ...ORGANIZATION, type: "Organization" },
  };
}

/** The webhook that installs the App on all of it. */
export function installationOf(repositoryIds: readonly number[]): object {
  return {
    ...example("installation", "created"),
    action: "created",
    installation: installedApp(),
    repositories: repositoryIds.map((each) => ({
      id: each,
      node_id: `R_${each}`,
      name: nameOf(each),
      full_name: `${ORGANIZATION.login}/${nameOf(each)}`,
      private: nameOf(each) === CASES,
    })),
    sender: accountOf("maintainer-0"),
  };
}

/** A pull request as a payload shows it at `now`. */
export const shownPull = (pull: Pull, now: number, base: Recorded, body: string) => ({
  ...part(base, "pull_request"),
  id: pull.repository * 10_000 + pull.number,
  node_id: `PR_${pull.repository}#${pull.number}`,
  number: pull.number,
  title: `Take the lock once (${pull.number})`,
  body,
  user: accountOf(pull.author),
  state: pull.state,
  draft: false,
  merged: pull.isMerged,
  merged_at: pull.isMerged ? iso(now) : null,
  closed_at: pull.state === "closed" ? iso(now) : null,
  merge_commit_sha: pull.isMerged ? pull.head : null,
  created_at: iso(pull.openedAt),
  updated_at: iso(now),
  head: { ...part(part(base, "pull_request"), "head"), sha: pull.head },
  base: { ...part(part(base, "pull_request"), "base"), ref: "main" },
  requested_reviewers: [],
  requested_teams: [],
  labels: pull.labels.map((name) => ({ id: userIdOf(name), name, color: "ededed", default: false })),
});

export const iso = (at: number): string => new Date(at).toISOString().replace(/\.\d+Z$/, "Z");

/** The installation itself, as GitHub shows it to the App. */
export const installedApp = (): object => ({
  ...part(example("installation", "created"), "installation"),
  id: INSTALLATION,
  account: { ...accountOf(ORGANIZATION.login), ...ORGANIZATION, type: "Organization" },
  created_at: "2026-01-01T00:00:00Z",
  permissions: {
    contents: "read",
    metadata: "read",
    members: "read",
    checks: "write",
    issues: "write",
    pull_requests: "write",
  },
});
