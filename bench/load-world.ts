// The large organisation that bench/load replays: its repositories, people and pull requests, and what happens there, by a seed. Pure
// but for reading GitHub's recorded payloads, from which every body has its size and shape.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { z } from "zod";

export const ORGANIZATION = { id: 5_000_001, login: "acme-db" } as const;
export const INSTALLATION = 7_000_001;
export const BOT = { id: 9_000_001, login: "patch-advocate[bot]" } as const;
export const CUSTOMERS = ["sb-dev1", "sb-dev2", "sb-dev3"] as const;
const WRITERS = Array.from({ length: 60 }, (_, n) => `maintainer-${n}`);
const STRANGERS = Array.from({ length: 600 }, (_, n) => `contributor-${n}`);
const BOTS = ["ci-runner[bot]", "dependency-updates[bot]", "coverage[bot]"];

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

type Recorded = Record<string, unknown>;
const examples = z.array(z.object({ name: z.string(), examples: z.array(z.record(z.string(), z.unknown())) }));

const path = createRequire(import.meta.url).resolve("@octokit/webhooks-examples/api.github.com/index.json");
const recorded = new Map(
  examples.parse(JSON.parse(readFileSync(path, "utf8"))).map((each) => [each.name, each.examples]),
);

function example(event: string, action: string | null): Recorded {
  const all = recorded.get(event) ?? [];
  const found = all.find((each) => each.action === (action ?? undefined)) ?? all[0];
  if (found === undefined) throw new Error(`the examples hold no ${event}`);
  return found;
}

const part = (payload: Recorded, name: string): Recorded => {
  const value = payload[name];
  return typeof value === "object" && value !== null ? { ...value } : {};
};

export type World = {
  readonly repositoryOf: (id: number) => { readonly name: string };
  readonly repositoryIds: readonly number[];
  readonly pullOf: (repository: number, number: number) => Pull | undefined;
  readonly installation: () => object;
  /** The next thing that happens, at `now`. */
  readonly next: (now: number) => Happening;
  /** A command of somebody who may give it. */
  readonly command: (now: number) => Happening;
};

export const CASES = "cases";
const FIRST_REPOSITORY = 100_001;
/** In each repository. */
const OPEN_BEFORE = 12;
const isCustomers = ({ author }: Pull): boolean => CUSTOMERS.some((login) => login === author);

export function createWorld(seed: number, size: { readonly repositories: number }): World {
  const random = randomFrom(seed);
  const pick = <T>(from: readonly T[]): T => {
    const value = from[Math.floor(random() * from.length)];
    if (value === undefined) throw new RangeError("nothing to pick from");
    return value;
  };
  const repositoryIds = Array.from({ length: size.repositories }, (_, n) => FIRST_REPOSITORY + n);
  const nameOf = (id: number) =>
    id === FIRST_REPOSITORY ? ".github" : id === FIRST_REPOSITORY + 1 ? CASES : `engine-${id}`;
  const pulls: Pull[] = [];
  const byPlace = new Map<string, Pull>();
  const numbers = new Map<number, number>();
  let ids = 1_000_000_000;
  const id = () => (ids += 1);
  const sha = () => createHash("sha1").update(`${seed} ${id()}`).digest("hex");
  /** A few repositories are where most happens (a square of an even draw). */
  const busy = () => repositoryIds[2 + Math.floor(random() ** 2 * (repositoryIds.length - 2))] ?? FIRST_REPOSITORY + 2;
  const iso = (at: number) => new Date(at).toISOString().replace(/\.\d+Z$/, "Z");
  /** Mostly a line or two, seldom pages. */
  const words = () => "The lock is taken twice when the node comes back. ".repeat(1 + Math.floor(random() ** 4 * 60));

  const repositoryOf = (repository: number) => {
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
  };
  const common = (repository: number, sender: string) => ({
    repository: repositoryOf(repository),
    organization: ORGANIZATION,
    sender: accountOf(sender),
    installation: { id: INSTALLATION, node_id: "I_1" },
  });
  const numberIn = (repository: number) => {
    const number = (numbers.get(repository) ?? 0) + 1;
    numbers.set(repository, number);
    return number;
  };
  const open = (now: number, repository = busy()): Pull => {
    const author = random() < 0.01 ? pick(CUSTOMERS) : random() < 0.4 ? pick(WRITERS) : pick(STRANGERS);
    const pull: Pull = {
      repository,
      number: numberIn(repository),
      author,
      openedAt: now,
      head: sha(),
      state: "open",
      isMerged: false,
      labels: [],
      isLinked: false,
    };
    pulls.push(pull);
    byPlace.set(`${repository}#${pull.number}`, pull);
    return pull;
  };
  const some = (): Pull => pick(pulls);

  const shownPull = (pull: Pull, now: number, base: Recorded) => ({
    ...part(base, "pull_request"),
    id: pull.repository * 10_000 + pull.number,
    node_id: `PR_${pull.repository}#${pull.number}`,
    number: pull.number,
    title: `Take the lock once (${pull.number})`,
    body: words(),
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
  const ofPull = (pull: Pull, now: number, action: string, by: string, rest: object = {}): Happening => {
    const base = example("pull_request", action);
    const payload = {
      ...base,
      action,
      number: pull.number,
      pull_request: shownPull(pull, now, base),
      ...common(pull.repository, by),
      ...rest,
    };
    const expects = action === "opened" && isCustomers(pull) ? [`labels:${pull.repository}#${pull.number}`] : [];
    return { event: "pull_request", action, payload, repository: pull.repository, expects };
  };
  const ofComment = (
    pull: Pull,
    now: number,
    said: { by: string; body: string; comment?: number; expects?: readonly string[] },
  ): Happening => {
    const base = example("issue_comment", "created");
    const comment = {
      ...part(base, "comment"),
      id: said.comment ?? id(),
      node_id: `IC_${ids}`,
      user: accountOf(said.by),
      body: said.body,
      created_at: iso(now),
      updated_at: iso(now),
    };
    const issue = {
      ...part(base, "issue"),
      id: id(),
      node_id: `I_${ids}`,
      number: pull.number,
      title: `Take the lock once (${pull.number})`,
      body: words(),
      user: accountOf(pull.author),
      state: pull.state,
      created_at: iso(pull.openedAt),
      updated_at: iso(now),
      closed_at: null,
      pull_request: { url: "https://api.github.com/" },
    };
    const payload = { ...base, action: "created", issue, comment, ...common(pull.repository, said.by) };
    return {
      event: "issue_comment",
      action: "created",
      payload,
      repository: pull.repository,
      expects: said.expects ?? [],
    };
  };
  const ofReview = (pull: Pull, now: number, by: string): Happening => {
    const base = example("pull_request_review", "submitted");
    const review = {
      ...part(base, "review"),
      id: id(),
      user: accountOf(by),
      body: random() < 0.5 ? words() : null,
      state: pick(["approved", "commented", "commented", "changes_requested"]),
      submitted_at: iso(now),
    };
    const payload = {
      ...base,
      action: "submitted",
      review,
      pull_request: shownPull(pull, now, base),
      ...common(pull.repository, by),
    };
    return { event: "pull_request_review", action: "submitted", payload, repository: pull.repository, expects: [] };
  };
  const ofReviewComment = (pull: Pull, now: number, by: string): Happening => {
    const base = example("pull_request_review_comment", "created");
    const comment = {
      ...part(base, "comment"),
      id: id(),
      node_id: `RC_${ids}`,
      pull_request_review_id: id(),
      user: accountOf(by),
      body: words(),
      created_at: iso(now),
      updated_at: iso(now),
    };
    const payload = {
      ...base,
      action: "created",
      comment,
      pull_request: shownPull(pull, now, base),
      ...common(pull.repository, by),
    };
    return {
      event: "pull_request_review_comment",
      action: "created",
      payload,
      repository: pull.repository,
      expects: [],
    };
  };
  const plain = (event: string, action: string | null, by: string, rest: (base: Recorded) => object): Happening => {
    const base = example(event, action);
    const repository = busy();
    const payload = { ...base, ...(action === null ? {} : { action }), ...rest(base), ...common(repository, by) };
    return { event, action, payload, repository, expects: [] };
  };

  const push = (now: number): Happening =>
    plain("push", null, pick(WRITERS), (base) => ({
      ref: random() < 0.3 ? "refs/heads/main" : `refs/heads/topic-${Math.floor(random() * 500)}`,
      after: sha(),
      commits: Array.from({ length: 1 + Math.floor(random() * 4) }, () => ({
        ...(Array.isArray(base.commits) ? base.commits[0] : {}),
        id: sha(),
        message: words(),
        timestamp: iso(now),
        added: [],
        removed: [],
        modified: ["src/lock.ts"],
      })),
    }));
  const onIssue = (event: "issues" | "issue_comment", now: number): Happening =>
    plain(event, event === "issues" ? pick(["opened", "labeled", "edited"]) : "created", pick(STRANGERS), (base) => ({
      issue: {
        ...part(base, "issue"),
        id: id(),
        number: 100_000 + Math.floor(random() * 1000),
        title: "It is slow",
        body: words(),
        user: accountOf(pick(STRANGERS)),
        state: "open",
        created_at: iso(now),
        updated_at: iso(now),
        closed_at: null,
      },
      ...(event === "issues"
        ? {}
        : {
            comment: { ...part(base, "comment"), id: id(), node_id: `IC_${ids}`, body: words(), created_at: iso(now) },
          }),
    }));

  /** What an hour of such an organisation is made of, in parts of a hundred. */
  const MIX: readonly (readonly [number, (now: number) => Happening])[] = [
    [17, (now) => ofComment(some(), now, { by: pick(random() < 0.4 ? WRITERS : STRANGERS), body: words() })],
    [9, (now) => ofComment(some(), now, { by: pick(BOTS), body: words() })],
    [8, (now) => onIssue("issue_comment", now)],
    [6, (now) => onIssue("issues", now)],
    [5, (now) => opened(now)],
    [11, (now) => pushed(some(), now)],
    [9, (now) => labelled(some(), now)],
    [3, (now) => ofPull(some(), now, "edited", pick(WRITERS), { changes: {} })],
    [4, (now) => closed(some(), now)],
    [8, (now) => ofReview(some(), now, pick(WRITERS))],
    [8, (now) => ofReviewComment(some(), now, pick(WRITERS))],
    [10, push],
    [1, () => plain("create", null, pick(WRITERS), () => ({ ref: `topic-${id()}`, ref_type: "branch" }))],
    [1, () => plain("label", "created", pick(WRITERS), () => ({}))],
  ];
  const opened = (now: number) => {
    const pull = open(now);
    return ofPull(pull, now, "opened", pull.author);
  };
  const pushed = (pull: Pull, now: number) => {
    pull.head = sha();
    return ofPull(pull, now, "synchronize", pull.author, { before: sha(), after: pull.head });
  };
  const labelled = (pull: Pull, now: number) => {
    const name = pick(["bug", "ci: passed", "size/S", "needs-rebase"]);
    if (!pull.labels.includes(name)) pull.labels = [...pull.labels, name];
    return ofPull(pull, now, "labeled", pick(BOTS), { label: { id: userIdOf(name), name } });
  };
  const closed = (pull: Pull, now: number) => {
    // Those that an answer is looked for on stay open.
    if (pull.isLinked || isCustomers(pull)) return pushed(pull, now);
    pull.state = "closed";
    pull.isMerged = random() < 0.8;
    return ofPull(pull, now, "closed", pick(WRITERS));
  };

  // What was open before the day began, by people who are nobody's customers.
  for (const repository of repositoryIds.slice(2)) {
    for (let n = 0; n < OPEN_BEFORE; n += 1) {
      const pull = open(Date.parse("2026-01-05T09:00:00Z"), repository);
      if (isCustomers(pull)) pulls.pop();
    }
  }

  return {
    repositoryOf,
    repositoryIds,
    pullOf: (repository, number) => byPlace.get(`${repository}#${number}`),
    installation: () => ({
      ...example("installation", "created"),
      action: "created",
      installation: {
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
      },
      repositories: repositoryIds.map((each) => ({
        id: each,
        node_id: `R_${each}`,
        name: nameOf(each),
        full_name: `${ORGANIZATION.login}/${nameOf(each)}`,
        private: nameOf(each) === CASES,
      })),
      sender: accountOf("maintainer-0"),
    }),
    next: (now) => {
      let draw = random() * 100;
      for (const [share, happening] of MIX) {
        draw -= share;
        if (draw < 0) return happening(now);
      }
      return push(now);
    },
    command: (now) => {
      const pull = open(now);
      pull.isLinked = true;
      const by = pick(WRITERS);
      const comment = id();
      const [body, expected] =
        random() < 0.7
          ? [`/case link CASE-${100 + Math.floor(random() * 900_000)}`, `labels:${pull.repository}#${pull.number}`]
          : ["/case status", `comment:${pull.repository}#${pull.number}`];
      const expects = [`reaction:${comment}`, expected];
      return ofComment(pull, now, { by, body, comment, expects });
    },
  };
}
